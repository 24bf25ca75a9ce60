//! Finds which of the sessions that are read have ended, once there are fewer than were read.
//!
//! What stands behind an end has moved by one, what stands before has not: so one page in the middle tells in which half to look on.

use std::ops::Range;

use crate::SessionList;

/// Where an end can be.
#[derive(Debug, Default)]
pub(super) struct Doubt {
    range: Option<Range<usize>>,
    /// So many more are read than the server says, and reading all once more did not help: its total is not to be believed.
    accepted: usize,
}

impl Doubt {
    /// How many of those that are read have ended.
    pub(super) fn of(&self, list: &SessionList) -> usize {
        list.surplus().saturating_sub(self.accepted)
    }

    /// The page to read: in the middle of where an end can be.
    pub(super) fn page(&self, list: &SessionList, size: usize) -> Option<(usize, usize)> {
        if self.of(list) == 0 {
            return None;
        }
        let all = 0..list.slots.len();
        let range = self.range.clone().unwrap_or(all);
        let from = range.start + range.len().saturating_sub(size) / 2;
        Some((from, size))
    }

    /// A page has come that was read for it, when so many were in doubt. True where everything has to be read once more.
    pub(super) fn learn(&mut self, list: &SessionList, doubt: usize, from: usize, came: usize) -> bool {
        if self.of(list) < doubt {
            self.range = None;
            return false;
        }
        let Range { start, end } = self.range.take().unwrap_or(0..list.slots.len());
        let range = if list.slots.offset() > 0 { start..end.min(from) } else { start.max(from + came)..end };
        let is_nowhere = range.is_empty();
        self.range = Some(range).filter(|_| !is_nowhere);
        is_nowhere
    }

    /// All was read once more.
    pub(super) fn accept(&mut self, list: &SessionList) {
        self.accepted = list.surplus();
    }
}
