//! How much is left for the next page of the tab, and what was left last.

use crate::{Ending, Moment, Watch};

/// So much of a log is left for the next page, in bytes: a tab's storage holds some 5 MB, for all clusters of its origin.
const MOST: usize = 1 << 20;

/// With less room than this in the tab's storage nothing is left.
const LEAST: usize = 16 << 10;

/// What may be left, and what was.
pub(super) struct Leaving {
    /// How many bytes of log.
    pub room: usize,
    /// What was left last: without news it is not written again.
    last: Option<Left>,
}

/// How it is seen whether a watch has news.
#[derive(PartialEq)]
struct Left {
    key: Option<String>,
    answered: Option<Moment>,
    row: u64,
    ending: Option<Ending>,
}

impl Left {
    fn of(watch: &Watch) -> Self {
        let (key, answered) = (watch.key(), watch.answered());
        Self { key, answered, row: watch.log().revision(), ending: watch.ending() }
    }
}

impl Leaving {
    /// True for a watch that was left as it is.
    pub(super) fn has(&self, watch: &Watch) -> bool {
        self.last == Some(Left::of(watch))
    }

    /// This was left.
    pub(super) fn left(&mut self, watch: &Watch) {
        self.last = Some(Left::of(watch));
    }

    /// What was left is there no more.
    pub(super) fn is_gone(&mut self) {
        self.last = None;
    }

    /// There was no room for it. True where less may have.
    pub(super) fn shrink(&mut self) -> bool {
        self.room /= 4;
        self.last = None;
        self.room >= LEAST
    }
}

impl Default for Leaving {
    fn default() -> Self {
        Self { room: MOST, last: None }
    }
}
