//! Outputs that are not here and that a person wants to see. One that is larger than what is read at once is read as a whole, beside
//! what else is asked: it takes its time. Nothing of it is tried again without a person, and what a tab has no room for is not tried.

use livy::{Answer, Call, CallError, StatementId};

use super::asking::Ask;
use super::{Sight, Statements};
use crate::Moment;
use crate::desk::Desk;
use crate::flight::{Flight, Purpose};

impl Statements {
    pub(super) fn want_output(&mut self, id: StatementId, sight: &Sight) {
        let Some(entry) = self.entries.iter_mut().find(|it| *it.id() == id) else { return };
        entry.wanted_at = Some(sight.now);
        if entry.is_beyond() {
            // There is no way to have it here.
        } else if entry.statement.unread.is_some() {
            entry.is_reading_whole = sight.is_open();
            entry.trouble.take_if(|_| sight.is_open());
        } else if (entry.has_shed_output || entry.trouble.is_some()) && !self.asking.gaps.contains(&id) {
            self.asking.gaps.push(id);
        }
    }

    /// At once, if one is wanted: one is read at a time.
    pub(super) fn whole_due(&self, sight: &Sight) -> Option<Moment> {
        let is_wanted = self.whole.is_none() && sight.is_shown && sight.is_open();
        (is_wanted && self.entries.iter().any(|it| it.is_reading_whole)).then(Moment::default)
    }

    pub(super) fn take_whole(&mut self, sight: &Sight) -> Option<(Purpose, Call)> {
        self.whole_due(sight)?;
        let wanted = self.entries.iter().filter(|it| it.is_reading_whole);
        let id = wanted.min_by_key(|it| it.wanted_at)?.id().clone();
        self.whole = Some(id.clone());
        Some((Purpose::Whole, Call::WholeStatement(sight.session.id.address().clone(), id)))
    }

    pub(super) fn whole_answered(
        &mut self,
        flight: &Flight,
        result: Result<Answer, CallError>,
        sight: &Sight,
        desk: &mut Desk,
    ) {
        self.whole = None;
        let Call::WholeStatement(_, id) = &flight.call else { return };
        let answered = result.and_then(|it| it.statement_at(id));
        // Whatever came, it was asked for once: only a person has so much read again.
        self.entries.iter_mut().filter(|it| it.id() == id).for_each(|it| it.is_reading_whole = false);
        if self.may_be_anothers(sight) {
            return;
        }
        if let Ok(Some(statement)) = &answered
            && self.doubts(statement, flight.sent, sight.now)
        {
            return;
        }
        if let Some(entry) = self.entries.iter_mut().find(|it| it.id() == id) {
            entry.exceeds =
                answered.as_ref().is_ok_and(|it| it.as_ref().is_some_and(|it| it.unread.is_some()));
            entry.trouble = answered.as_ref().err().cloned();
        }
        match answered {
            Ok(Some(statement)) => self.told(statement, sight.now),
            Ok(None) => self.denied(&Ask::One(id.clone()), false, sight.now, desk.jitter()),
            Err(error) => self.is_missing |= !sight.is_shown && error.is_gone(),
        }
        self.settle_run(desk);
        self.plan(sight.now);
    }

    /// Nothing can be asked for: what is not on its way is not read.
    pub(super) fn give_up_whole(&mut self) {
        for entry in &mut self.entries {
            entry.is_reading_whole &= self.whole.as_ref() == Some(entry.id());
        }
    }
}
