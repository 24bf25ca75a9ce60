//! The runs of a stack trace's frames in a section, and how many frames can be folded before each of them: kept up as lines
//! come, so that nobody has to count a long log's traces to know where a row is.

use std::collections::VecDeque;

/// So few frames are drawn as they are: a fold would save nothing.
const WORTH_FOLDING: u64 = 3;

/// Frames below the first line of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The first of them.
    pub(super) first: u64,
    /// How many.
    pub(super) frames: u64,
    /// How many frames of earlier runs can be folded, dropped ones included.
    before: u64,
}

impl Run {
    /// True where there are enough of them to be folded.
    pub(super) fn folds(&self) -> bool {
        self.frames >= WORTH_FOLDING
    }

    fn foldable(&self) -> u64 {
        if self.folds() { self.frames } else { 0 }
    }

    /// What is left of it when lines before `first` are dropped. What stood above the frames may be dropped too: the first line
    /// that is left stands for it.
    fn after(self, first: u64) -> Self {
        let begins = self.first.max(first + 1);
        Self { first: begins, frames: (self.first + self.frames).saturating_sub(begins), ..self }
    }
}

/// All runs of a section, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frames {
    runs: VecDeque<Run>,
    /// The first line that is not dropped.
    start: u64,
}

impl Frames {
    /// The line is a frame, and the last one there is. Costs O(1).
    pub(super) fn push(&mut self, number: u64) {
        match self.runs.back_mut() {
            Some(run) if run.first + run.frames == number => run.frames += 1,
            last => {
                let before = last.map_or(0, |it| it.before + it.foldable());
                self.runs.push_back(Run { first: number, frames: 1, before });
            }
        }
    }

    /// Lines before this one are dropped.
    pub(super) fn drop_before(&mut self, first: u64) {
        self.start = first;
        while self.runs.front().is_some_and(|it| it.first + it.frames <= first) {
            self.runs.pop_front();
        }
    }

    /// A gap before a line parts the run that holds it: the line stands for itself, and for the frames below it. Costs O(runs
    /// after it), and gaps come near the end.
    pub(super) fn part(&mut self, number: u64) {
        let Some(at) = self.runs.partition_point(|it| it.first <= number).checked_sub(1) else { return };
        let Some(run) = self.runs.get(at).copied().filter(|it| number < it.first + it.frames) else { return };
        self.runs.remove(at);
        let end = run.first + run.frames;
        let parts = [(run.first, number - run.first), (number + 1, end - number - 1)];
        for (first, frames) in parts.into_iter().rev().filter(|it| it.1 > 0) {
            self.runs.insert(at, Run { first, frames, before: run.before });
        }
        let mut before = run.before;
        for run in self.runs.range_mut(at..) {
            run.before = before;
            before += run.foldable();
        }
    }

    /// A run by its place.
    fn get(&self, place: usize) -> Option<Run> {
        let run = self.runs.get(place).copied()?;
        // Only the first one can reach into what is dropped.
        Some(if place == 0 { run.after(self.start) } else { run })
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
                first.foldable() + run.before - second.before
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Frames;

    fn frames(lines: &[u64]) -> Frames {
        let mut frames = Frames::default();
        lines.iter().for_each(|it| frames.push(*it));
        frames
    }

    #[test]
    fn what_can_be_folded_before_a_run_is_what_is_left_of_the_ones_before_it() {
        let mut frames = frames(&[1, 2, 3, 5, 6, 10, 11, 12, 13, 20]);
        let before = |frames: &Frames| -> Vec<u64> {
            (0..frames.runs.len()).map(|it| frames.foldable_before(it)).collect()
        };
        assert_eq!(before(&frames), [0, 3, 3, 7]);
        frames.drop_before(1);
        assert_eq!(before(&frames), [0, 0, 0, 4], "two frames are left of the first, too few");
        frames.drop_before(4);
        assert_eq!((before(&frames), frames.runs.len()), (vec![0, 0, 4], 3));
        frames.drop_before(21);
        assert_eq!(frames.runs.len(), 0);
    }

    #[test]
    fn a_gap_parts_a_run() {
        for (gap, runs) in [
            (1, vec![(2, 3)]),
            (3, vec![(1, 2), (4, 1)]),
            (4, vec![(1, 3)]),
            (0, vec![(1, 4)]),
            (9, vec![(1, 4)]),
        ] {
            let mut frames = frames(&[1, 2, 3, 4]);
            frames.part(gap);
            let parts: Vec<(u64, u64)> = frames.runs.iter().map(|it| (it.first, it.frames)).collect();
            assert_eq!(parts, runs, "{gap}");
        }
    }
}
