//! What can be folded in a section's rows, and which folds somebody opened. It draws nothing and counts no rows.

use std::collections::BTreeSet;

use super::SectionLog;
use super::frames::Run;
use super::level::{LineShape, is_bare_frame};

/// The frames below a line, or the states of a progress above its last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fold {
    /// How many.
    pub frames: u64,
    /// Whether they are drawn.
    pub is_open: bool,
    /// Whether they are states of a progress.
    pub is_progress: bool,
}

/// Which traces and which progress are drawn whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfolded {
    /// Every one, except `heads`; otherwise only `heads`.
    pub all: bool,
    /// Lines that a run is folded under, or was when somebody turned it. Two turns of one run are none.
    pub heads: BTreeSet<u64>,
}

impl Unfolded {
    /// Opens or closes one.
    pub fn toggle(&mut self, head: u64) {
        if !self.heads.remove(&head) {
            self.heads.insert(head);
        }
    }
}

impl SectionLog {
    /// Adds a line of the error that a statement ended with. Of its traces those of Java fold, also where their frames stand bare; those of
    /// Python stay: they name lines of the code that was run.
    pub(crate) fn push_of_error(&mut self, line: &str) {
        let number = self.count();
        self.lines.push(line);
        let is_frame = self.lines.shape(number) == Some(LineShape::JvmFrame) || is_bare_frame(line);
        // A run has a line above it, under which it is folded.
        if is_frame && number > 0 {
            self.frames.push(number..number + 1, false);
        }
    }
}

/// The run that a line stands for, or has stood for, and its place.
pub(super) fn of_head(log: &SectionLog, head: u64) -> Option<(usize, Run)> {
    let trace = log.frames.at(head + 1).filter(|it| it.1.first == head + 1 && !it.1.is_progress());
    let progress = || log.frames.at(head).filter(|it| head <= it.1.end() && it.1.is_progress());
    trace.or_else(progress).filter(|it| it.1.folds())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Spark writes: a bar between two carriage returns, each of which ends a line.
    fn stage(states: usize) -> SectionLog {
        let mut log = SectionLog::default();
        log.push("before");
        for done in 0..states {
            log.push(&format!("[Stage 0:{}  ({done} + 1) / 99]", "=".repeat(done % 7)));
            log.push("");
        }
        log
    }

    #[test]
    fn a_gap_that_is_told_late_leaves_a_state_on_top_of_its_fold() {
        for (gap, heads) in [(11, [9, 19]), (12, [11, 19]), (19, [17, 19])] {
            let mut log = stage(10);
            log.gap_before(gap);
            let runs: Vec<Run> = (0..log.count()).filter_map(|it| Some(of_head(&log, it)?.1)).collect();
            assert!(runs.iter().all(|it| heads.contains(&it.end()) && it.is_progress()), "{gap}: {runs:?}");
            assert!(runs.iter().any(|it| it.end() == heads[0]), "{gap}: {runs:?}");
        }
    }

    #[test]
    fn what_is_left_of_a_progress_is_still_one() {
        let mut log = stage(40_000);
        log.bound(600_000);
        assert!(log.dropped() > 0);
        let (_, run) = log.frames.at(log.count()).unwrap();
        assert!(run.is_progress() && run.folds());
        assert_eq!(of_head(&log, log.count() - 2).map(|it| it.1), Some(run));
    }
}
