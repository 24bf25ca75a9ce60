//! What can be folded in a section's rows, and which folds somebody opened. It draws nothing and counts no rows.

use std::collections::BTreeSet;

use super::SectionLog;
use super::frames::Run;

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

/// The run that a line stands for, or has stood for, and its place.
pub(super) fn of_head(log: &SectionLog, head: u64) -> Option<(usize, Run)> {
    let trace = log.frames.at(head + 1).filter(|it| it.1.first == head + 1 && !log.is_progress(it.1));
    let progress = || log.frames.at(head).filter(|it| head <= it.1.end() && log.is_progress(it.1));
    trace.or_else(progress).filter(|it| it.1.folds())
}
