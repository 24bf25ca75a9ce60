//! What a part of the program lends: asking for it, and what waits for it.

use super::Model;
use crate::cause::CauseBook;
use crate::create_machine::LendCreate;
use crate::fleet::LendFleet;
use crate::fresh::LentWords;
use crate::session_machine::{LendSession, SessionHalf};
use crate::statements::LendStatements;
use crate::{Effect, Event, Moment, Part, Route};

/// What a part of the program lends to the machine.
#[derive(Clone)]
pub enum Lent {
    /// The half for a session's page.
    Session(LendSession),
    /// The half for the statements of a session.
    Statements(LendStatements),
    /// The half for what becomes of a create.
    Create(LendCreate),
    /// The words for failures.
    Words(LentWords),
    /// The table of causes.
    Causes(&'static dyn CauseBook),
    /// The half for many sessions.
    Fleet(LendFleet),
}

impl Model {
    /// A part of the program is here at a moment; the effects are to be performed in order. A second time changes nothing.
    pub fn lend(&mut self, lent: Lent, now: Moment) -> Vec<Effect> {
        self.desk.now = now;
        self.notice_a_pause();
        match lent {
            Lent::Session(lend) => self.session_lent(lend),
            Lent::Statements(lend) => self.statements_lent(lend),
            Lent::Create(lend) => self.create_lent(lend),
            Lent::Words(words) => self.judge.lent = Some(words),
            Lent::Causes(book) => self.desk.book = Some(book),
            Lent::Fleet(lend) => self.fleet_lent(lend),
        }
        self.end_turn()
    }

    /// Hands an event to the half that it is for. What a half that is not here yet must not miss waits for it.
    pub(super) fn hear(&mut self, event: Event) {
        match event {
            Event::Submitted { .. } | Event::NameRested(_) => {
                if self.session.is_none() && matches!(event, Event::Submitted { .. }) {
                    // Its page is next, as a rule.
                    self.desk.perform(Effect::Need(Part::Session));
                }
                match &mut self.create {
                    Some(create) => create.hear(event, &mut self.desk),
                    None => self.wait(Part::Create, event),
                }
            }
            Event::Fleet(_) | Event::EndsCarried(_) => self.hear_of_fleet(event),
            // Both are pressed on what this half draws.
            Event::CreateDismissed | Event::CreateRepeated => {
                if let Some(create) = &mut self.create {
                    create.hear(event, &mut self.desk);
                }
            }
            _ => match &mut self.session {
                Some(session) => session.hear(event, &mut self.desk),
                None if matches!(event, Event::KeepingSet(Some(_)) | Event::KeptCleared) => {
                    self.wait(Part::Session, event);
                }
                None if matches!(event, Event::KeepingSet(None)) => self.unheard.push(event),
                // There is no page of a session yet: nothing to leave, to hold or to delete.
                None => {}
            },
        }
    }

    /// Asks for the parts that the present page or something that waits needs. Those that could not be fetched are asked for again.
    pub(super) fn need_parts(&mut self) {
        let is_form = self.desk.route == Route::New;
        let (waits_for_create, waits_for_session) =
            self.unheard.iter().fold((false, false), |waits, event| match event {
                Event::Submitted { .. } | Event::NameRested(_) => (true, waits.1),
                Event::KeepingSet(Some(_)) | Event::KeptCleared => (waits.0, true),
                _ => waits,
            });
        let is_session = self.desk.route.is_of_a_session() || self.carried.is_some() || waits_for_session;
        if self.session.is_none() && is_session {
            self.lacks_session = false;
            self.desk.perform(Effect::Need(Part::Session));
        }
        if self.create.is_none() && (is_form || self.intent.is_some() || waits_for_create) {
            self.desk.perform(Effect::Need(Part::Create));
        }
        if is_form {
            self.desk.perform(Effect::Need(Part::Form));
        }
        let wants_book = self.session.as_ref().is_some_and(|it| it.wants_book(&self.desk.route));
        if self.desk.book.is_none() && wants_book {
            self.desk.perform(Effect::Need(Part::Cause));
        }
        if self.session.as_ref().is_some_and(|it| it.wants_statements(&self.desk)) {
            self.desk.perform(Effect::Need(Part::Statements));
        }
        if matches!(self.desk.route, Route::Malformed(_)) {
            self.desk.perform(Effect::Need(Part::Notice));
        }
        self.need_fleet();
    }

    fn wait(&mut self, part: Part, event: Event) {
        self.unheard.push(event);
        self.desk.perform(Effect::Need(part));
    }

    /// The half of a session's page is here: it hears what has happened meanwhile.
    fn session_lent(&mut self, lend: LendSession) {
        if self.session.is_some() {
            return;
        }
        let SessionHalf(mut session) = lend(self.carried.take(), self.desk.now);
        if let Some(made) = self.made.take() {
            session.made(made, &mut self.desk);
        }
        session.opened(&Route::Sessions, &mut self.desk);
        session.claim(&mut self.desk);
        if let Some(lend) = self.lent_statements.take() {
            session.lend_statements(lend, &mut self.desk);
        }
        self.session = Some(session);
        self.hear_again();
    }

    /// The half for statements is here.
    fn statements_lent(&mut self, lend: LendStatements) {
        match &mut self.session {
            Some(session) => session.lend_statements(lend, &mut self.desk),
            None => self.lent_statements = Some(lend),
        }
    }

    /// The form's half is here.
    fn create_lent(&mut self, lend: LendCreate) {
        if self.create.is_none() {
            self.create = Some(lend(self.intent.take(), self.desk.now).0);
            self.hear_again();
        }
    }

    pub(super) fn hear_again(&mut self) {
        for event in std::mem::take(&mut self.unheard) {
            self.hear(event);
        }
    }

    /// With the first answer the words for failures are fetched: once the network is gone it is too late. Where they could not be
    /// fetched, each failure is another occasion. The rows of a list go first: they may need a second answer.
    pub(super) fn need_words(&mut self, is_good: bool) {
        // A page for people comes with a good status too.
        let is_good = is_good && self.desk.list.poll.error.is_none();
        let waits = is_good && self.desk.route == Route::Sessions && self.desk.list.page().is_none();
        if self.judge.lent.is_none() && !waits && !(is_good && self.has_words) {
            self.has_words = true;
            self.desk.perform(Effect::Need(Part::Notice));
        }
    }

    /// A session that has just been made is watched from its first answer on.
    pub(super) fn hand_over(&mut self) {
        if let Some(made) = self.desk.made.take() {
            match &mut self.session {
                Some(session) => session.made(made, &mut self.desk),
                None => self.made = Some(made),
            }
        }
        self.claim();
    }
}
