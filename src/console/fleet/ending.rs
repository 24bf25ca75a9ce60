//! Carries a bulk delete out: two sessions at a time, each read first, so that none is deleted but the one that was meant.

use livy::{Call, CallError, Meaning, Page, Session, SessionPage};

use super::end_doubt::{Doubts, Verdict};
use super::end_item::Likeness;
use super::{EndItem, EndStage, Ends, Halt, Outcome};
use crate::Moment;
use crate::desk::Desk;
use crate::flight::{Flight, Purpose};
use crate::list::is_busy;
use crate::poll::Poll;

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
    pub(super) poll: Poll,
    /// Those whose deletes are on their way.
    sent: Vec<(usize, Session)>,
    tries: Vec<Try>,
    /// Those of which a 404 came that need not be about the session.
    pub(super) doubts: Doubts,
    /// Results since it was last carried.
    pub(super) uncarried: usize,
}

/// What was tried of one session.
#[derive(Clone, Copy, Debug, Default)]
struct Try {
    failures: u8,
    /// True once a delete was sent of which nobody knows what came.
    may_be_done: bool,
}

impl Ending {
    pub(super) fn of(ends: Ends) -> Self {
        let tries = vec![Try::default(); ends.items.len()];
        Self { ends, poll: Poll::default(), sent: Vec::new(), tries, doubts: Doubts::default(), uncarried: 0 }
    }

    pub(super) fn runs(&self) -> bool {
        matches!(self.ends.stage, EndStage::Running | EndStage::Waiting(..))
    }

    pub(super) fn begin(&mut self, now: Moment) {
        self.poll.restart(now);
        self.ends.stage = match (self.poll.due, &self.poll.error) {
            (Some(due), Some(error)) if due > now => EndStage::Waiting(due, error.clone()),
            _ => EndStage::Running,
        };
    }

    pub(super) fn halt(&mut self, halt: Halt) {
        self.ends.stage = EndStage::Stopped(halt);
    }

    pub(super) fn under_way(&self) -> usize {
        self.ends.items.iter().filter(|it| matches!(it.outcome, Outcome::Looking | Outcome::Deleting)).count()
    }

    fn next(&self) -> Option<usize> {
        self.ends.items.iter().position(|it| it.is_ticked && it.outcome == Outcome::Waiting)
    }

    pub(super) fn next_due(&self, desk: &Desk) -> Option<Moment> {
        let has_next = self.under_way() < AT_ONCE && self.next().is_some();
        let wants_page = self.doubts.want_a_page(desk) && !desk.flights.reads_a_page();
        self.poll.due.filter(|_| self.runs() && (has_next || wants_page))
    }

    pub(super) fn take_due(&mut self, desk: &Desk) -> Option<(Purpose, Call)> {
        if self.next_due(desk).is_none_or(|it| it > desk.now) {
            return None;
        }
        if !desk.flights.reads_a_page()
            && let Some(call) = self.doubts.take(desk)
        {
            return Some((Purpose::Look, call));
        }
        let at = self.next().filter(|_| self.under_way() < AT_ONCE)?;
        self.ends.items[at].outcome = Outcome::Looking;
        Some((Purpose::Look, Call::Session(self.ends.items[at].id.address().clone())))
    }

    pub(super) fn find(&self, flight: &Flight) -> Option<usize> {
        let (Call::Session(address) | Call::Delete(address)) = &flight.call else { return None };
        let is_open = |it: &EndItem| matches!(it.outcome, Outcome::Looking | Outcome::Deleting);
        self.ends.items.iter().position(|it| it.id.address() == address && is_open(it))
    }

    /// It was read before its delete, which follows at once: in between it may become another.
    pub(super) fn looked(&mut self, at: usize, answer: Result<Session, CallError>, desk: &mut Desk) {
        let session = match answer {
            Ok(session) => session,
            Err(error) => return self.failed(at, error, desk),
        };
        let item = &mut self.ends.items[at];
        item.outcome = match item.likeness(&session) {
            Likeness::Another => Outcome::Another,
            Likeness::Unproven if !item.is_ticked_unsure(&session) => Outcome::Unsure,
            _ if !item.is_busy && is_busy(&session.state) => Outcome::Busy,
            _ if self.ends.stage == EndStage::Running => {
                desk.start(Purpose::End, Call::Delete(item.id.address().clone()));
                self.sent.push((at, session));
                Outcome::Deleting
            }
            _ => Outcome::Waiting,
        };
        self.went_well(desk.now);
    }

    pub(super) fn deleted(&mut self, at: usize, answer: Result<(), CallError>, desk: &mut Desk) {
        let sent = self.sent.iter().position(|it| it.0 == at).map(|it| self.sent.swap_remove(it).1);
        match answer {
            Ok(()) => {
                self.ends.items[at].outcome = Outcome::Deleted;
                self.is_gone(at, sent.as_ref(), desk);
                self.went_well(desk.now);
            }
            Err(error) => {
                self.tries[at].may_be_done |= error.leaves_doubt();
                self.failed(at, error, desk);
            }
        }
    }

    /// While the server has asked for patience, the answer to what was sent before changes nothing.
    pub(super) fn went_well(&mut self, now: Moment) {
        if self.ends.stage == EndStage::Running {
            self.poll = Poll::at_once(now);
        }
    }

    pub(super) fn failed(&mut self, at: usize, error: CallError, desk: &mut Desk) {
        if error.is_gone() {
            return self.was_gone(at, desk);
        }
        if error.is_missing() {
            // Whoever said that may know nothing of sessions: the list is asked.
            self.doubts.of(at, error, &self.ends.items[at].id, desk);
            return self.went_well(desk.now);
        }
        let jitter = desk.jitter();
        self.tries[at].failures += 1;
        let may_retry = self.tries[at].failures < ATTEMPTS;
        let is_sign_in = matches!(error, CallError::NotLivy { page: Page::SignIn, .. });
        let outcome = match error.status() {
            _ if error.needs_person() || is_sign_in => {
                self.halt(Halt::Refused(error.clone()));
                // One that this person may not delete must not keep the others waiting for good.
                if error.meaning() == Some(Meaning::Forbidden) {
                    Outcome::Failed(error)
                } else {
                    Outcome::Waiting
                }
            }
            Some(429 | 430 | 503) => self.wait(error, jitter, desk.now),
            None if may_retry => self.wait(error, jitter, desk.now),
            _ if error.leaves_doubt() && may_retry => Outcome::Waiting,
            _ => Outcome::Failed(error),
        };
        self.ends.items[at].outcome = outcome;
    }

    /// A page has come that may say whether one of them is gone.
    pub(super) fn judged(&mut self, call: &Call, answer: &Result<SessionPage, CallError>, desk: &mut Desk) {
        let Some((at, verdict)) = self.doubts.judged(call, answer, &self.ends.items) else { return };
        match verdict {
            Verdict::Gone => return self.was_gone(at, desk),
            Verdict::Unread(error) => return self.failed(at, error, desk),
            Verdict::Another => self.ends.items[at].outcome = Outcome::Another,
            Verdict::Failed(error) => self.ends.items[at].outcome = Outcome::Failed(error),
        }
        self.went_well(desk.now);
    }

    fn wait(&mut self, error: CallError, jitter: u8, now: Moment) -> Outcome {
        self.poll.failed(error.clone(), now, jitter);
        if let (Some(due), true) = (self.poll.due, self.runs()) {
            self.ends.stage = EndStage::Waiting(due, error);
        }
        Outcome::Waiting
    }

    /// The server does not have it any more; where a delete from here had no answer, because of that.
    pub(super) fn was_gone(&mut self, at: usize, desk: &mut Desk) {
        self.ends.items[at].outcome =
            if self.tries[at].may_be_done { Outcome::Deleted } else { Outcome::Gone };
        self.sent.retain(|it| it.0 != at);
        self.is_gone(at, None, desk);
        self.went_well(desk.now);
    }

    /// Whatever else knows it follows.
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

    /// Those that failed are tried again.
    pub(super) fn retry(&mut self, now: Moment) {
        for (item, tried) in self.ends.items.iter_mut().zip(&mut self.tries) {
            if matches!(item.outcome, Outcome::Failed(_)) {
                (item.outcome, tried.failures) = (Outcome::Waiting, 0);
            }
        }
        self.begin(now);
    }

    /// For the next page of the tab, where that is to be told.
    pub(super) fn settle(&mut self, desk: &mut Desk) {
        if self.runs() && self.under_way() == 0 && self.next().is_none() {
            self.ends.stage = EndStage::Done;
            desk.list.poll.hurry(desk.now);
            self.carry(desk);
        } else if self.uncarried >= CARRY_EVERY {
            self.carry(desk);
        }
        if !self.runs() {
            for at in self.doubts.drop_idle() {
                self.ends.items[at].outcome = Outcome::Waiting;
            }
        }
        if let EndStage::Waiting(due, _) = &self.ends.stage
            && *due <= desk.now
        {
            self.ends.stage = EndStage::Running;
        }
    }

    pub(super) fn carry(&mut self, desk: &mut Desk) {
        self.uncarried = 0;
        desk.perform(crate::Effect::CarryEnds(Some(self.ends.to_storage())));
    }
}
