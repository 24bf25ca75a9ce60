//! The runs of a stack trace's frames in a section, and how many frames can be folded before each of them: kept up as lines
//! come, so that nobody has to count a long log's traces to know where a row is. The states of a progress that another one
//! follows are such a run too, above the line they can be folded under.

use std::collections::VecDeque;
use std::ops::Range;

/// So few frames are drawn as they are: a fold would save nothing.
const WORTH_FOLDING: u64 = 3;

/// The bit of a run's number that tells states of a progress from frames of a trace.
const PROGRESS: u32 = 1 << 31;

/// Frames below the first line of a trace, or the states above the last one of a progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The first of them.
    pub(super) first: u64,
    /// How many, and [`PROGRESS`].
    frames: u32,
    /// How many frames of earlier runs can be folded, dropped ones included. Only differences are of use, and of the lines that
    /// are kept there are fewer than the number can tell, so it may begin anew.
    before: u32,
}

impl Run {
    /// How many.
    pub(super) fn frames(&self) -> u64 {
        u64::from(self.frames & !PROGRESS)
    }

    /// True for states of a progress, false for frames of a trace.
    pub(super) fn is_progress(&self) -> bool {
        self.frames & PROGRESS != 0
    }

    fn with_frames(self, first: u64, frames: u64) -> Self {
        Self { first, frames: narrow(frames) | (self.frames & PROGRESS), ..self }
    }

    /// The line after them.
    pub(super) fn end(&self) -> u64 {
        self.first + self.frames()
    }

    /// True where there are enough of them to be folded.
    pub(super) fn folds(&self) -> bool {
        self.frames() >= WORTH_FOLDING
    }

    fn foldable(&self) -> u32 {
        if self.folds() { narrow(self.frames()) } else { 0 }
    }

    /// What is left of it when lines before `first` are dropped. What stood above the frames may be dropped too: the first line
    /// that is left stands for it.
    fn after(self, first: u64) -> Self {
        let begins = self.first.max(first + 1);
        self.with_frames(begins, self.end().saturating_sub(begins))
    }
}

/// A section that is kept has fewer lines than that by far.
fn narrow(lines: u64) -> u32 {
    u32::try_from(lines).unwrap_or(PROGRESS).min(PROGRESS - 1)
}

/// The runs of a section that can be folded, ascending, and the last one there is.
///
/// Memory: 16 bytes for each trace with three frames or more, and an eighth of that as room for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frames {
    runs: VecDeque<Run>,
    /// The first line that is not dropped.
    start: u64,
}

impl Frames {
    /// These lines are frames or states of a progress, the last ones there are, and go on with those before them unless they are
    /// of another kind. Costs O(1).
    pub(super) fn push(&mut self, lines: Range<u64>, is_progress: bool) {
        let frames = lines.end.saturating_sub(lines.start);
        let before = match self.runs.back_mut() {
            Some(run) if run.end() == lines.start && run.is_progress() == is_progress => {
                *run = run.with_frames(run.first, run.frames() + frames);
                return;
            }
            Some(run) => run.before.wrapping_add(run.foldable()),
            None => 0,
        };
        self.runs.pop_back_if(|it| !it.folds());
        if self.runs.len() == self.runs.capacity() {
            self.runs.reserve_exact(self.runs.len() / 8 + 16);
        }
        let frames = narrow(frames) | if is_progress { PROGRESS } else { 0 };
        self.runs.push_back(Run { first: lines.start, frames, before });
    }

    /// Lines before this one are dropped.
    pub(super) fn drop_before(&mut self, first: u64) {
        self.start = first;
        while self.runs.front().is_some_and(|it| it.end() <= first) {
            self.runs.pop_front();
        }
    }

    /// A gap before a line parts the run that holds it: the line stands for itself, and for the frames below it. Of a progress
    /// the `last` state above the gap stands for those above it. Costs O(runs after it), and gaps come near the end.
    pub(super) fn part(&mut self, number: u64, last: u64) {
        let Some(at) = self.runs.partition_point(|it| it.first <= number).checked_sub(1) else { return };
        let Some(run) = self.runs.get(at).copied() else { return };
        let parts = if run.is_progress() && run.first < number && number <= run.end() {
            [(run.first, last.saturating_sub(run.first)), (number, run.end() - number)]
        } else if !run.is_progress() && number < run.end() {
            [(run.first, number - run.first), (number + 1, run.end() - number - 1)]
        } else {
            return;
        };
        self.runs.remove(at);
        for (first, frames) in parts.into_iter().rev() {
            let part = run.with_frames(first, frames);
            // The last one may go on.
            if part.folds() || frames > 0 && at == self.runs.len() {
                self.runs.insert(at, part);
            }
        }
        let mut before = run.before;
        for run in self.runs.range_mut(at..) {
            run.before = before;
            before = before.wrapping_add(run.foldable());
        }
    }

    /// A run by its place.
    fn get(&self, place: usize) -> Option<Run> {
        let run = self.runs.get(place).copied()?;
        // Only the first one can reach into what is dropped.
        Some(if place == 0 && self.start > 0 { run.after(self.start) } else { run })
    }

    /// The last run that begins at a line or before it, and its place. Costs O(log runs).
    pub(super) fn at(&self, number: u64) -> Option<(usize, Run)> {
        let place = self.runs.partition_point(|it| it.first <= number).checked_sub(1)?;
        let run = self.get(place)?;
        (run.first <= number).then_some((place, run))
    }

    /// How many frames can be folded in the runs before a place.
    pub(super) fn foldable_before(&self, place: usize) -> u64 {
        match (self.get(0), self.runs.get(1), self.runs.get(place)) {
            (Some(first), Some(second), Some(run)) if place > 0 => {
                u64::from(first.foldable().wrapping_add(run.before.wrapping_sub(second.before)))
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Frames, Run};

    fn frames(lines: &[u64]) -> Frames {
        let mut frames = Frames::default();
        lines.iter().for_each(|it| frames.push(*it..*it + 1, false));
        frames
    }

    #[test]
    fn what_can_be_folded_before_a_run_is_what_is_left_of_the_ones_before_it() {
        let mut frames = frames(&[1, 2, 3, 5, 6, 10, 11, 12, 13, 20]);
        let before = |frames: &Frames, line| frames.at(line).map(|it| frames.foldable_before(it.0));
        let all = |frames: &Frames| [1, 10, 20].map(|it| before(frames, it));
        assert_eq!(all(&frames), [Some(0), Some(3), Some(7)]);
        frames.drop_before(1);
        assert_eq!(all(&frames), [None, Some(0), Some(4)], "two frames are left of the first, too few");
        frames.drop_before(4);
        assert_eq!(all(&frames), [None, Some(0), Some(4)]);
        frames.drop_before(21);
        assert_eq!(all(&frames), [None; 3]);
    }

    #[test]
    fn what_can_be_folded_is_told_after_more_frames_than_the_number_counts() {
        let mut frames = frames(&[1, 2, 3]);
        frames.runs[0].before = u32::MAX - 1;
        [5, 6, 7, 9, 10, 11].iter().for_each(|it| frames.push(*it..*it + 1, false));
        assert_eq!(frames.at(9).map(|it| frames.foldable_before(it.0)), Some(6));
    }

    #[test]
    fn traces_too_short_to_be_folded_take_no_memory() {
        let taken = |frames: &Frames| frames.runs.capacity() * size_of::<Run>();
        let short: Vec<u64> = (0..100_000).filter(|it| it % 2 == 1).collect();
        assert!(taken(&frames(&short)) < 1_000);
        let long: Vec<u64> = (0..100_000).filter(|it| it % 4 > 0).collect();
        assert!(taken(&frames(&long)) < 5 * 100_000, "of a trace's four lines");
    }

    #[test]
    fn a_gap_parts_a_run() {
        for (gap, runs) in
            [(1, vec![(2, 3)]), (3, vec![(4, 1)]), (4, vec![(1, 3)]), (0, vec![(1, 4)]), (9, vec![(1, 4)])]
        {
            let mut frames = frames(&[1, 2, 3, 4]);
            frames.part(gap, gap.saturating_sub(1));
            let parts: Vec<(u64, u64)> = frames.runs.iter().map(|it| (it.first, it.frames())).collect();
            assert_eq!(parts, runs, "{gap}");
        }
    }

    #[test]
    fn a_gap_parts_a_progress_at_its_last_state() {
        for (gap, last, runs) in [
            (1, 0, vec![(1, 12)]),
            (7, 6, vec![(1, 5), (7, 6)]),
            (7, 5, vec![(1, 4), (7, 6)]),
            (13, 12, vec![(1, 11)]),
            (14, 13, vec![(1, 12)]),
        ] {
            let mut frames = Frames::default();
            frames.push(1..13, true);
            frames.part(gap, last);
            let parts: Vec<(u64, u64)> = frames.runs.iter().map(|it| (it.first, it.frames())).collect();
            assert_eq!(parts, runs, "{gap}");
            assert!(frames.runs.iter().all(Run::is_progress));
        }
    }
}
