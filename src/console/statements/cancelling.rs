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
        sight: &Sight<'_>,
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
    pub(super) fn cancel_waiting(&mut self, sight: &Sight<'_>, desk: &mut Desk) {
        let waits = |it: &&Entry| {
            it.origin == Origin::Here && it.statement.state.phase() == StatementPhase::Queued && it.is_open()
        };
        let waiting: Vec<StatementId> =
            self.entries.iter().rev().filter(waits).map(|it| it.id().clone()).collect();
        self.cancel(waiting, sight, desk);
    }

    /// One after the other: the server answers each at once.
    fn send_cancel(&mut self, sight: &Sight<'_>, desk: &mut Desk) {
        if self.is_cancelling || self.cancels.is_empty() {
            return;
        }
        let id = self.cancels.remove(0);
        self.is_cancelling = true;
        self.acted = Some(sight.now);
        desk.start(Purpose::Cancel, Call::CancelStatement(sight.session.id.address().clone(), id));
    }

    pub(super) fn cancel_answered(
        &mut self,
        flight: &Flight,
        result: Result<Answer, CallError>,
        sight: &Sight<'_>,
        desk: &mut Desk,
    ) {
        self.is_cancelling = false;
        if let Call::CancelStatement(_, id) = &flight.call
            && let Some(entry) = self.entries.iter_mut().find(|it| it.id() == id)
        {
            match result.and_then(|it| it.deleted()) {
                Ok(()) => {
                    entry.cancel = Some(Cancel::Asked(flight.sent));
                    // What waits is cancelled at once: it is read before its turn.
                    self.asking.gaps.push(id.clone());
                }
                Err(error) => entry.cancel = Some(Cancel::Refused(error)),
            }
        }
        self.send_cancel(sight, desk);
        self.plan(sight.now);
    }

    /// When the idle clock is to be renewed: while something of one's own is open, and so long after the last act of this page.
    pub(super) fn renewal_due(&self, sight: &Sight<'_>) -> Option<Moment> {
        let runs = self.entries.iter().any(|it| it.origin == Origin::Here && (it.is_open() || it.lingers));
        let wanted = runs && self.keeps_busy && !self.is_renewing && sight.is_open();
        self.acted.filter(|_| wanted).map(|it| it.after(renewal(sight.idle)))
    }

    pub(super) fn take_renewal(&mut self, sight: &Sight<'_>) -> Option<(Purpose, Call)> {
        let mut due = self.renewal_due(sight);
        if !taken(&mut due, sight.now) {
            return None;
        }
        self.acted = Some(sight.now);
        self.is_renewing = true;
        Some((Purpose::Connect, Call::Connect(sight.session.id.address().clone())))
    }
}
