//! Cancelling statements, and keeping the session from idling out while one runs. Neither ever stops the session.

use livy::{Answer, Call, CallError, StatementId, StatementPhase};

use super::pace::{CANCEL, renewal};
use super::{Cancel, Entry, Sight, Statements};
use crate::Moment;
use crate::desk::{Desk, taken};
use crate::flight::{Flight, Purpose};

impl Statements {
    /// The word of the page's contract for a cancel of this one; `is_busy` where the session's last state was that.
    pub fn cancel_word(&self, id: &StatementId, is_busy: bool) -> Option<&'static str> {
        let entry = self.entry(id)?;
        let is_alone = !self.entries.iter().any(|it| it.statement.state.phase() == StatementPhase::Working);
        if entry.is_unheeded(is_busy && is_alone) {
            return Some("unheeded");
        }
        Some(match entry.cancel.as_ref()? {
            Cancel::Sent | Cancel::Lost(_) => "sent",
            Cancel::Asked(_) => "asked",
            Cancel::Refused(_) => "refused",
        })
    }

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
        // The first one is a person's own call; the others go as the second has room.
        if let Some((purpose, call)) = self.take_cancel(sight) {
            self.is_cancelling = desk.start(purpose, call);
        }
    }

    /// All of one's own that wait: the newest first, so that none of them begins meanwhile.
    pub(super) fn cancel_waiting(&mut self, sight: &Sight, desk: &mut Desk) {
        let waits = |it: &&Entry| {
            it.origin.is_own() && it.statement.state.phase() == StatementPhase::Queued && it.is_open()
        };
        let waiting: Vec<StatementId> =
            self.entries.iter().rev().filter(waits).map(|it| it.id().clone()).collect();
        self.cancel(waiting, sight, desk);
    }

    /// All that came of one press but the first: the newest first.
    pub(super) fn cancel_copies(&mut self, sight: &Sight, desk: &mut Desk) {
        let copies: Vec<StatementId> = self.open_copies().rev().cloned().collect();
        self.cancel(copies, sight, desk);
    }

    /// What came of one press beside the first, where the request was repeated on its way, and is still to end.
    pub fn open_copies(&self) -> impl DoubleEndedIterator<Item = &StatementId> {
        let copies = self.run().map(|it| it.repeats()).unwrap_or_default();
        copies.iter().filter(|it| self.entry(it).is_some_and(Entry::is_open))
    }

    /// When the next one is sent: one after the other, the server answers each at once. Under the id of a session that is over there can
    /// be another one.
    pub(super) fn cancel_due(&self, sight: &Sight) -> Option<Moment> {
        let may_send = !self.may_be_anothers(sight) && !sight.is_over;
        let is_due = may_send && !self.is_cancelling && !self.cancels.is_empty();
        is_due.then(|| self.cancelled.map_or(Moment::default(), |it| it.after(CANCEL)))
    }

    pub(super) fn take_cancel(&mut self, sight: &Sight) -> Option<(Purpose, Call)> {
        if !taken(&mut self.cancel_due(sight), sight.now) {
            return None;
        }
        self.is_cancelling = true;
        (self.acted, self.cancelled) = (Some(sight.now), Some(sight.now));
        // It stays the next one until it is answered.
        Some((
            Purpose::Cancel,
            Call::CancelStatement(sight.session.id.address().clone(), self.cancels.first()?.clone()),
        ))
    }

    /// The session has gone, and what was still to be cancelled with it: of those nothing was sent.
    pub(super) fn drop_cancels(&mut self) {
        let sent = usize::from(self.is_cancelling);
        let unsent: Vec<StatementId> = std::mem::take(&mut self.cancels).into_iter().skip(sent).collect();
        for entry in self.entries.iter_mut().filter(|it| unsent.contains(it.id())) {
            entry.cancel = None;
        }
    }

    pub(super) fn cancel_answered(
        &mut self,
        flight: &Flight,
        result: Result<Answer, CallError>,
        sight: &Sight,
    ) {
        self.is_cancelling = false;
        let Call::CancelStatement(_, id) = &flight.call else { return };
        self.cancels.retain(|it| it != id);
        if let Some(entry) = self.entries.iter_mut().find(|it| it.id() == id) {
            match result.and_then(|it| it.deleted()) {
                Ok(()) => {
                    entry.cancel = Some(Cancel::Asked(flight.sent));
                    entry.cancel_since.get_or_insert(flight.sent);
                    self.renewed = self.renewed.max(Some(flight.sent));
                    // What waits is cancelled at once: it is read before its turn.
                    self.asking.gaps.push(id.clone());
                }
                Err(error) => {
                    entry.cancel_failed(error, flight.sent, sight.now);
                    if entry.cancel_is_lost() {
                        self.asking.gaps.push(id.clone());
                    }
                }
            }
        }
        self.plan(sight.now);
    }

    /// One of this browser's own runs that was not sent from this page: it counts as the last act that it was sent.
    pub(super) fn act_since(&mut self, id: &StatementId, now: Moment) {
        if self.acted.is_none()
            && let Some(entry) = self.entry(id).filter(|it| it.origin.is_own() && it.is_open())
        {
            let began = entry.statement.started.map_or(now, Moment::from_millis);
            self.acted = Some(began.min(now));
        }
    }

    /// When the idle clock is to be renewed: while something of one's own is open, and so long after the last act of this page.
    pub(super) fn renewal_due(&self, sight: &Sight) -> Option<Moment> {
        let runs = self.entries.iter().any(|it| it.origin.is_own() && (it.is_under_way() || it.lingers));
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
