//! Cancelling statements, and keeping the session from idling out while one runs. Neither ever stops the session.

use livy::{Answer, Call, CallError, StatementId, StatementPhase};

use super::pace::renewal;
use super::{Cancel, Entry, Origin, Sight, Statements};
use crate::Moment;
use crate::desk::{Desk, taken};
use crate::flight::{Flight, Purpose};

impl Statements {
    /// A person wants these cancelled, in this order. A cancel is harmless to repeat, so that each press counts.
    pub(super) fn cancel(
        &mut self,
        ids: impl IntoIterator<Item = StatementId>,
        sight: &Sight,
        desk: &mut Desk,
    ) {
        for id in ids {
            let entry = self.entries.iter_mut().find(|it| *it.id() == id && it.is_open());
            if let Some(entry) = entry.filter(|it| it.cancel != Some(Cancel::Sent)) {
                entry.cancel = Some(Cancel::Sent);
                self.cancels.push(id);
            }
        }
        self.send_cancel(sight, desk);
    }

    /// All of one's own that wait: the newest first, so that none of them begins meanwhile.
    pub(super) fn cancel_waiting(&mut self, sight: &Sight, desk: &mut Desk) {
        let waits = |it: &&Entry| {
            it.origin != Origin::Elsewhere
                && it.statement.state.phase() == StatementPhase::Queued
                && it.is_open()
        };
        let waiting: Vec<StatementId> =
            self.entries.iter().rev().filter(waits).map(|it| it.id().clone()).collect();
        self.cancel(waiting, sight, desk);
    }

    /// One after the other: the server answers each at once.
    pub(super) fn send_cancel(&mut self, sight: &Sight, desk: &mut Desk) {
        if self.is_cancelling || self.cancels.is_empty() {
            return;
        }
        let call = Call::CancelStatement(sight.session.id.address().clone(), self.cancels[0].clone());
        // Where it cannot be sent now it stays the next one.
        self.is_cancelling = desk.start(Purpose::Cancel, call);
        if self.is_cancelling {
            self.cancels.remove(0);
            self.acted = Some(sight.now);
        }
    }

    pub(super) fn cancel_answered(
        &mut self,
        flight: &Flight,
        result: Result<Answer, CallError>,
        sight: &Sight,
        desk: &mut Desk,
    ) {
        self.is_cancelling = false;
        if let Call::CancelStatement(_, id) = &flight.call
            && let Some(entry) = self.entries.iter_mut().find(|it| it.id() == id)
        {
            match result.and_then(|it| it.deleted()) {
                Ok(()) => {
                    entry.cancel = Some(Cancel::Asked(flight.sent));
                    entry.cancel_since.get_or_insert(flight.sent);
                    // What waits is cancelled at once: it is read before its turn.
                    self.asking.gaps.push(id.clone());
                }
                Err(error) => entry.cancel = Some(Cancel::Refused(error)),
            }
        }
        self.send_cancel(sight, desk);
        self.plan(sight.now);
    }

    /// One of this browser's own runs that was not sent from this page: it counts as the last act that it was sent.
    pub(super) fn act_since(&mut self, id: &StatementId, now: Moment) {
        if self.acted.is_none()
            && let Some(entry) = self.entry(id).filter(|it| it.origin != Origin::Elsewhere && it.is_open())
        {
            let began = entry.statement.started.map_or(now, Moment::from_millis);
            self.acted = Some(began.min(now));
        }
    }

    /// When the idle clock is to be renewed: while something of one's own is open, and so long after the last act of this page.
    pub(super) fn renewal_due(&self, sight: &Sight) -> Option<Moment> {
        let runs =
            self.entries.iter().any(|it| it.origin != Origin::Elsewhere && (it.is_open() || it.lingers));
        let wanted = runs && self.keeps_busy && !self.is_renewing && !self.is_missing && sight.is_open();
        self.acted.filter(|_| wanted).map(|it| it.after(renewal(sight.idle)))
    }

    pub(super) fn take_renewal(&mut self, sight: &Sight) -> Option<(Purpose, Call)> {
        let mut due = self.renewal_due(sight);
        if !taken(&mut due, sight.now) {
            return None;
        }
        self.acted = Some(sight.now);
        self.is_renewing = true;
        Some((Purpose::Connect, Call::Connect(sight.session.id.address().clone())))
    }
}
