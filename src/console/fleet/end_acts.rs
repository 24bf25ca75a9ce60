//! What a person does with a bulk delete, and what comes back of its calls.

use livy::{Answer, CallError, SessionId};

use super::ending::Ending;
use super::{EndItem, EndStage, Ends, Fleet, Halt, Outcome};
use crate::desk::Desk;
use crate::flight::{Flight, Purpose};
use crate::{Moment, SessionRow};

/// Why the question of a bulk delete cannot be asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndBar {
    /// The list is read to know which sessions were meant.
    Selecting,
    /// Sessions are being deleted.
    Running,
    /// An earlier delete has stopped, or some of it failed: it is to be carried on or put away first.
    Unfinished,
}

impl Fleet {
    /// Why the question cannot be asked, where something is selected.
    pub(super) fn end_bar(&self) -> Option<EndBar> {
        let stage = self.ending.as_ref().map(|it| &it.ends.stage);
        match (&self.ending, stage) {
            (Some(ending), _) if ending.runs() || ending.under_way() > 0 => Some(EndBar::Running),
            (_, Some(EndStage::Stopped(_))) => Some(EndBar::Unfinished),
            (Some(ending), Some(EndStage::Done)) if ending.ends.failed() > 0 => Some(EndBar::Unfinished),
            _ => self.selection.wish.is_some().then_some(EndBar::Selecting),
        }
    }

    /// The question.
    pub(super) fn ask_to_end(&mut self, desk: &mut Desk) {
        if self.selection.rows.is_empty() || self.end_bar().is_some() {
            return;
        }
        let now = |row: &SessionRow| {
            let at = desk.list.slots.find(row.id.as_str())?;
            desk.list.slots.all()[at].row().filter(|it| it.is_same(row)).cloned()
        };
        let mut rows: Vec<_> =
            self.selection.rows.values().map(|it| now(it).unwrap_or_else(|| it.clone())).collect();
        rows.sort_by_key(|it| std::cmp::Reverse(it.number()));
        let items = rows.iter().map(|it| EndItem::of(it)).collect();
        let last = self.ending.replace(Ending::of(Ends { items, stage: EndStage::Asking }));
        if last.is_some_and(|it| it.ends.stage == EndStage::Done) {
            desk.perform(crate::Effect::CarryEnds(None));
        }
    }

    pub(super) fn tick(&mut self, id: &SessionId, is_ticked: bool) {
        if let Some(Ending { ends: Ends { items, stage: EndStage::Asking }, .. }) = &mut self.ending {
            items.iter_mut().filter(|it| it.id == *id).for_each(|it| it.is_ticked = is_ticked);
        }
    }

    /// The question was confirmed.
    pub(super) fn end(&mut self, desk: &mut Desk) {
        if let Some(ending) = self.ending.as_mut().filter(|it| it.ends.stage == EndStage::Asking) {
            ending.begin(desk.now);
            ending.carry(desk);
            self.selection.clear();
        }
    }

    pub(super) fn stop_ending(&mut self, desk: &mut Desk) {
        if let Some(ending) = self.ending.as_mut().filter(|it| it.runs()) {
            ending.halt(Halt::Person);
            ending.carry(desk);
        }
    }

    pub(super) fn go_on_ending(&mut self, desk: &mut Desk) {
        if let Some(ending) = &mut self.ending
            && matches!(ending.ends.stage, EndStage::Stopped(_) | EndStage::Waiting(..))
        {
            ending.begin(desk.now);
        }
    }

    pub(super) fn retry_failed(&mut self, desk: &mut Desk) {
        if let Some(ending) = self.ending.as_mut().filter(|it| it.ends.stage != EndStage::Asking) {
            ending.retry(desk.now);
        }
    }

    pub(super) fn dismiss_ending(&mut self, desk: &mut Desk) {
        if self
            .ending
            .take_if(|it| !it.runs() && it.under_way() == 0)
            .is_some_and(|it| it.ends.stage != EndStage::Asking)
        {
            desk.perform(crate::Effect::CarryEnds(None));
        }
    }

    pub(super) fn carried_over(&mut self, text: &str) {
        if self.ending.is_none() {
            self.ending = Ends::from_storage(text).map(Ending::of);
        }
    }

    /// A bulk delete that is not at its end is for the next page of the tab.
    pub(super) fn leave_ending(&mut self, desk: &mut Desk) {
        if let Some(ending) = self.ending.as_mut().filter(|it| it.uncarried > 0) {
            ending.carry(desk);
        }
    }

    /// True where the call was one of a bulk delete.
    pub(super) fn end_answered(
        &mut self,
        flight: &Flight,
        answer: &Result<Answer, CallError>,
        desk: &mut Desk,
    ) -> bool {
        let Some(ending) = &mut self.ending else { return false };
        let Some(at) = ending.find(flight) else { return false };
        match flight.purpose {
            Purpose::End => ending.deleted(at, answer.clone().and_then(|it| it.deleted()), desk),
            _ => ending.looked(at, answer.clone().and_then(|it| it.session()), desk),
        }
        true
    }

    /// A read before a delete was given up.
    pub(super) fn look_again(&mut self, flight: &Flight, now: Moment) {
        let Some(ending) = &mut self.ending else { return };
        ending.doubts.look_again(&flight.call);
        if let Some(at) = ending.find(flight) {
            ending.ends.items[at].outcome = Outcome::Waiting;
            ending.poll.hurry(now);
        }
    }

    pub(super) fn settle_ending(&mut self, desk: &mut Desk) {
        if let Some(ending) = &mut self.ending {
            ending.settle(desk);
        }
    }
}
