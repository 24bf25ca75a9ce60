//! Whose turn it is to be read, among the statements that something is still to come of.
//!
//! The one that has the interpreter is followed. While none is known to have it, those that wait are read in turn: the first of them may
//! never begin (docs/statements.md), and others run all the same.

use std::time::Duration;

use livy::Phase;

use super::pace::{BUSY_LOOK, HEAVY, STUCK, wait};
use super::{Entry, Sight, Statements};
use crate::Moment;

impl Statements {
    /// The one that is read next: that which has the interpreter, or the first of those that wait and another one by turns.
    pub(super) fn next_open(&self) -> Option<&Entry> {
        let working = self.under_way().filter(|it| it.has_started()).min_by_key(|it| it.heard);
        if working.is_some() {
            return working;
        }
        let Some(first) = self.under_way().next() else {
            return self.entries.iter().filter(|it| it.is_open()).min_by_key(|it| it.heard);
        };
        let latest = self.under_way().skip(1).map(|it| it.heard).max();
        let other = self.under_way().skip(1).min_by_key(|it| it.heard);
        other.filter(|_| latest <= Some(first.heard)).or(Some(first))
    }

    fn under_way(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|it| it.is_under_way())
    }

    /// True while one is known to have the interpreter.
    fn has_working(&self) -> bool {
        self.under_way().any(Entry::has_started)
    }

    /// While the session is at work on what is not known here, somebody else has sent something.
    pub(super) fn busy_look(&self, sight: &Sight) -> Option<Moment> {
        let asking = &self.asking;
        let has_open = self.entries.iter().any(Entry::is_open);
        let is_known = self.has_working() || self.entries.iter().any(|it| it.lingers);
        // The first page of a list is heavy: it is read where nothing else is to be.
        let is_known = is_known || asking.is_opaque && has_open;
        let last = if has_open { asking.looked } else { asking.last_asked };
        (sight.is_busy() && asking.is_found() && !is_known).then(|| last.unwrap_or_default().after(BUSY_LOOK))
    }

    /// After each answer: when the one whose turn it is is read.
    pub(super) fn plan(&mut self, now: Moment) {
        let Some(next) = self.next_open() else {
            (self.asking.open, self.asking.open_due) = (None, None);
            return;
        };
        let (is_working, is_stuck) = (next.is_under_way() && next.has_started(), next.is_stuck);
        let is_heavy = next.statement.unread.is_some();
        // It counts from what began or came last.
        let newest = self.under_way().next_back().filter(|_| !is_working).unwrap_or(next);
        let (key, is_alone) = (newest.id().clone(), is_working || self.under_way().count() < 2);
        let asking = &mut self.asking;
        let since = match &asking.open {
            Some((known, since)) if *known == key => *since,
            _ => {
                asking.open_due = None;
                now
            }
        };
        let pace = wait(now.since(since));
        let pace = match () {
            () if is_stuck && asking.is_busy => BUSY_LOOK,
            () if is_stuck => STUCK,
            () if is_heavy => HEAVY,
            () if is_alone => pace,
            () => (pace / 2).max(wait(Duration::ZERO)),
        };
        let due = now.after(pace);
        asking.open = Some((key, since));
        asking.open_due = Some(asking.open_due.map_or(due, |it| it.min(due)));
    }

    /// The session was told of: what waits while it is idle is stuck after a while, and what is cancelled while it is at work runs on.
    pub(super) fn judge_by(&mut self, sight: &Sight) {
        let is_working = self.has_working();
        let is_busy = sight.is_busy();
        let lingers = self.entries.iter().any(|it| it.lingers);
        let rests = matches!(sight.session.state.phase(), Phase::Ready | Phase::Degraded);
        for entry in &mut self.entries {
            let is_next = !lingers && (!is_working || entry.has_started());
            entry.may_be_stuck(rests && is_next, sight.told, sight.now);
            entry.may_run_on(is_busy && !is_working, sight.told);
        }
        // One that was stuck may have begun.
        if is_busy && !std::mem::replace(&mut self.asking.is_busy, is_busy) {
            let soon = sight.now.after(wait(Duration::ZERO));
            self.asking.open_due = self.asking.open_due.map(|it| it.min(soon));
        }
        self.asking.is_busy = is_busy;
    }
}
