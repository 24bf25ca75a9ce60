//! Carries a bulk delete out: two sessions at a time, each read first, so that none is deleted but the one that was meant.

use livy::{Answer, Call, CallError, Phase, Session, SessionId, SessionState};

use super::{EndItem, EndStage, Ends, Fleet, Halt, Outcome};
use crate::desk::Desk;
use crate::flight::{Flight, Purpose};
use crate::list::is_busy;
use crate::poll::Poll;
use crate::{Moment, SessionRow};

/// So many are read or deleted at a time.
const AT_ONCE: usize = 2;

/// A session whose answers are lost is tried so often.
const ATTEMPTS: u8 = 3;

/// With so many results the tab is told how far it is: it may be closed without a word.
const CARRY_EVERY: usize = 20;

/// A bulk delete at work.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) ends: Ends,
    poll: Poll,
    /// Those whose deletes are on their way.
    sent: Vec<(usize, Session)>,
    attempts: Vec<u8>,
    /// Results since it was last carried.
    uncarried: usize,
}

impl Ending {
    pub(super) fn of(ends: Ends) -> Self {
        let attempts = vec![0; ends.items.len()];
        Self { ends, poll: Poll::default(), sent: Vec::new(), attempts, uncarried: 0 }
    }

    fn runs(&self) -> bool {
        matches!(self.ends.stage, EndStage::Running | EndStage::Waiting(..))
    }

    fn begin(&mut self, now: Moment) {
        self.ends.stage = EndStage::Running;
        self.poll = Poll::at_once(now);
    }

    fn halt(&mut self, halt: Halt) {
        self.ends.stage = EndStage::Stopped(halt);
    }

    fn under_way(&self) -> usize {
        self.ends.items.iter().filter(|it| matches!(it.outcome, Outcome::Looking | Outcome::Deleting)).count()
    }

    fn next(&self) -> Option<usize> {
        self.ends.items.iter().position(|it| it.is_ticked && it.outcome == Outcome::Waiting)
    }

    pub(super) fn next_due(&self) -> Option<Moment> {
        let has_work = self.runs() && self.under_way() < AT_ONCE && self.next().is_some();
        self.poll.due.filter(|_| has_work)
    }

    pub(super) fn take_due(&mut self, now: Moment) -> Option<(Purpose, Call)> {
        if self.next_due().is_none_or(|it| it > now) {
            return None;
        }
        let at = self.next()?;
        self.ends.items[at].outcome = Outcome::Looking;
        Some((Purpose::Look, Call::Session(self.ends.items[at].id.address().clone())))
    }

    fn find(&self, flight: &Flight) -> Option<usize> {
        let (Call::Session(address) | Call::Delete(address)) = &flight.call else { return None };
        let is_open = |it: &EndItem| matches!(it.outcome, Outcome::Looking | Outcome::Deleting);
        self.ends.items.iter().position(|it| it.id.address() == address && is_open(it))
    }

    /// It was read before its delete, which follows at once: in between it may become another.
    fn looked(&mut self, at: usize, answer: Result<Session, CallError>, desk: &mut Desk) {
        let item = &mut self.ends.items[at];
        match answer {
            Ok(session) if !item.is(&session) => item.outcome = Outcome::Another,
            Ok(session) if !item.is_busy && is_busy(&session.state) => item.outcome = Outcome::Busy,
            Ok(session) if self.ends.stage == EndStage::Running => {
                item.outcome = Outcome::Deleting;
                desk.start(Purpose::End, Call::Delete(item.id.address().clone()));
                self.sent.push((at, session));
            }
            Ok(_) => item.outcome = Outcome::Waiting,
            Err(error) => return self.failed(at, error, desk),
        }
        self.went_well(desk.now);
    }

    fn deleted(&mut self, at: usize, answer: Result<(), CallError>, desk: &mut Desk) {
        let sent = self.sent.iter().position(|it| it.0 == at).map(|it| self.sent.swap_remove(it).1);
        match answer {
            Ok(()) => {
                self.ends.items[at].outcome = Outcome::Deleted;
                self.is_gone(at, sent.as_ref(), desk);
                self.went_well(desk.now);
            }
            Err(error) => self.failed(at, error, desk),
        }
    }

    /// While the server has asked for patience, the answer to what was sent before changes nothing.
    fn went_well(&mut self, now: Moment) {
        if self.ends.stage == EndStage::Running {
            self.poll = Poll::at_once(now);
        }
    }

    fn failed(&mut self, at: usize, error: CallError, desk: &mut Desk) {
        let jitter = desk.jitter();
        self.attempts[at] += 1;
        let is_out = matches!(error, CallError::NoRoute { .. }) && desk.list.poll.error.is_none();
        let outcome = match error.status() {
            _ if error.is_gone() || is_out => {
                let was_sent = self.ends.items[at].outcome == Outcome::Deleting && self.attempts[at] > 1;
                self.ends.items[at].outcome = if was_sent { Outcome::Deleted } else { Outcome::Gone };
                self.is_gone(at, None, desk);
                return self.went_well(desk.now);
            }
            Some(401 | 403) => {
                self.halt(Halt::Refused(error.clone()));
                // One that this person may not delete must not keep the others waiting for good.
                if error.status() == Some(403) { Outcome::Failed(error) } else { Outcome::Waiting }
            }
            Some(429 | 430 | 503) => self.wait(error, jitter, desk.now),
            None if self.attempts[at] < ATTEMPTS => self.wait(error, jitter, desk.now),
            _ if error.leaves_doubt() && self.attempts[at] < ATTEMPTS => Outcome::Waiting,
            _ => Outcome::Failed(error),
        };
        self.ends.items[at].outcome = outcome;
    }

    fn wait(&mut self, error: CallError, jitter: u8, now: Moment) -> Outcome {
        self.poll.failed(error.clone(), now, jitter);
        if let (Some(due), true) = (self.poll.due, self.runs()) {
            self.ends.stage = EndStage::Waiting(due, error);
        }
        Outcome::Waiting
    }

    /// The server does not have it any more: whatever else knows it follows.
    fn is_gone(&mut self, at: usize, session: Option<&Session>, desk: &mut Desk) {
        let id = &self.ends.items[at].id;
        desk.keep_alive.forget(id.address());
        match session {
            Some(session) => {
                desk.herald.deleted(session, desk.now);
                desk.deleted = Some(id.address().clone());
            }
            None => desk.herald.gone_by_id(id.as_str(), desk.now),
        }
        desk.list.gone(id.as_str(), &desk.own, desk.now);
        self.uncarried += 1;
    }

    /// For the next page of the tab, where that is to be told.
    fn settle(&mut self, desk: &mut Desk) {
        if self.runs() && self.under_way() == 0 && self.next().is_none() {
            self.ends.stage = EndStage::Done;
            desk.list.poll.hurry(desk.now);
            self.carry(desk);
        } else if self.uncarried >= CARRY_EVERY {
            self.carry(desk);
        }
        if let EndStage::Waiting(due, _) = &self.ends.stage
            && *due <= desk.now
        {
            self.ends.stage = EndStage::Running;
        }
    }

    fn carry(&mut self, desk: &mut Desk) {
        self.uncarried = 0;
        desk.perform(crate::Effect::CarryEnds(Some(self.ends.to_storage())));
    }
}

impl EndItem {
    pub(super) fn of(row: &SessionRow) -> Self {
        let text = |column| Some(row.text(column).to_owned()).filter(|it| !it.is_empty());
        Self {
            id: row.id.clone(),
            name: row.name().map(str::to_owned),
            owner: text(crate::Column::Owner),
            app: row.app_id().map(str::to_owned),
            state: row.state.as_str().to_owned(),
            is_busy: row.is_busy(),
            is_ticked: !row.is_busy(),
            outcome: Outcome::Waiting,
        }
    }

    /// True for the session that was meant. Livy tells an application later than the rest.
    fn is(&self, told: &Session) -> bool {
        let same_app = match (&self.app, told.app_id()) {
            (Some(meant), Some(told)) => meant == told,
            (Some(_), None) => false,
            (None, _) => true,
        };
        let same_owner = self.owner.as_deref() == told.owner();
        // No session comes back to life, or starts again once it was ready.
        let meant = SessionState::parse(&self.state);
        let begins = matches!(told.state.phase(), Phase::Pending) && told.state != SessionState::Recovering;
        let is_later = !(meant.is_over() && told.state.phase() != Phase::Over
            || begins && matches!(meant.phase(), Phase::Ready | Phase::Working));
        self.id == told.id && self.name.as_deref() == told.name() && same_app && same_owner && is_later
    }
}

impl Fleet {
    /// The question.
    pub(super) fn ask_to_end(&mut self, desk: &Desk) {
        let is_known = self.selection.wish.is_none() && !self.selection.rows.is_empty();
        if !is_known || self.ending.as_ref().is_some_and(|it| it.runs()) {
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
        self.ending = Some(Ending::of(Ends { items, stage: EndStage::Asking }));
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
        let Some(ending) = self.ending.as_mut().filter(|it| it.ends.stage != EndStage::Asking) else {
            return;
        };
        for (item, attempts) in ending.ends.items.iter_mut().zip(&mut ending.attempts) {
            if matches!(item.outcome, Outcome::Failed(_)) {
                (item.outcome, *attempts) = (Outcome::Waiting, 0);
            }
        }
        ending.begin(desk.now);
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
        if let Some(ending) = &mut self.ending
            && let Some(at) = ending.find(flight)
        {
            ending.ends.items[at].outcome = Outcome::Waiting;
            ending.poll.due = Some(now);
        }
    }

    pub(super) fn settle_ending(&mut self, desk: &mut Desk) {
        if let Some(ending) = &mut self.ending {
            ending.settle(desk);
        }
    }
}
