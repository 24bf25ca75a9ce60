//! Which page of the list to read for the rows on the screen.

use std::ops::Range;
use std::time::Duration;

use super::slots::Slot;
use crate::Moment;
use crate::poll::{Poll, backoff};

/// A person who scrolls fast passes rows that need not be read.
const REST: Duration = Duration::from_millis(80);

/// What is on the screen may be old by so much: two calls a minute keep within what an open list may cost.
const STALE: Duration = Duration::from_secs(35);

/// Reads the rows on the screen that are older than the newest page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window {
    /// The rows on the screen, from the top.
    pub(super) shown: Range<usize>,
    pub(crate) poll: Poll,
    /// How many pages in a row brought nothing of what is on the screen.
    in_vain: u32,
}

impl Window {
    /// Other rows are on the screen.
    pub(super) fn show(&mut self, shown: Range<usize>, is_unread: bool, now: Moment) {
        if self.shown != shown {
            self.in_vain = 0;
        }
        self.shown = shown;
        // What no page has brought is not asked for sooner because the same rows are told of once more.
        if self.poll.error.is_none() && self.in_vain == 0 {
            let due = now.after(if is_unread { REST } else { STALE });
            self.poll.due =
                if is_unread { Some(due) } else { Some(self.poll.due.map_or(due, |it| it.min(due))) };
        }
    }

    /// A page for it has come; so many of its rows were not read before, and so many are not now. What no page brings is asked for less
    /// and less.
    pub(super) fn came(&mut self, before: usize, unread: usize, now: Moment) {
        self.in_vain = if unread > 0 && unread >= before { self.in_vain + 1 } else { 0 };
        let wait = match (unread, self.in_vain) {
            (0, _) => STALE,
            (_, 0) => Duration::ZERO,
            (_, times) => backoff(times, 0, None).min(STALE),
        };
        self.poll.succeeded(now, Some(wait));
    }
}

/// Where a page of so many sessions begins that has what is not known of these positions, or all of them where they are old; and how many
/// it needs.
pub(super) fn page_for(slots: &[Slot], wanted: Range<usize>, step: usize) -> Option<(usize, usize)> {
    let wanted = wanted.start..wanted.end.min(slots.len());
    let is_missing = |at: &usize| slots[*at] == Slot::Unknown;
    let first = wanted.clone().find(is_missing);
    let last = wanted.clone().rfind(is_missing);
    let (first, last) = match first.zip(last) {
        Some(both) => both,
        None if !wanted.is_empty() => (wanted.start, wanted.end - 1),
        None => return None,
    };
    let is_read = |at: Option<usize>| at.and_then(|it| slots.get(it)).is_some_and(|it| *it != Slot::Unknown);
    let from = if is_read(last.checked_add(1)) && !is_read(first.checked_sub(1)) {
        // What is read is newer: a person goes on to older ones.
        (last + 1).saturating_sub(step)
    } else if is_read(first.checked_sub(1)) {
        first
    } else {
        first.saturating_sub(step.saturating_sub(last - first + 1) / 2)
    };
    Some((from, step))
}
