//! The half of the machine that a session's page needs: the session that is watched, those that were, and what is kept of them.
//!
//! Its code is in the part of the program that draws such a page. [`crate::Model`] asks for it with [`Effect::Need`], is lent it
//! ([`crate::Lent`]), and until then holds what it is to hear.

mod clearing;
mod deleting;
mod leaving;
mod missing;
mod remembering;
mod returning;
mod running;
mod spectating;
mod telling;
mod watched;

use livy::{Address, Answer, Call, CallError, Session, SessionId, StatementId};

use crate::announce::facts;
use crate::desk::{Desk, Made, taken};
use crate::flight::{Flight, Purpose};
use crate::fresh::{Fresh, Judge};
use crate::herald::Standing;
use crate::history::History;
use crate::statements::{LendStatements, Statements};
use crate::{
    About, Effect, Event, Facts, Moment, OwnedSession, RememberedSession, Route, SessionList, SessionRow,
    Watch,
};
use clearing::Clearing;
use leaving::Leaving;

/// What the main half asks of it.
pub(crate) trait SessionMachine {
    /// The session that is, or was last, looked at.
    fn watch(&self) -> Option<&Watch>;

    /// The id of the session on the page.
    fn shown_id(&self, route: &Route) -> Option<&SessionId>;

    /// How the session's page stands, for the host.
    fn standing(&self, route: &Route, now: Moment) -> Option<Standing<'_>>;

    /// What the host may know of the session on the page; nothing of one that is gone.
    fn facts(&self, route: &Route) -> Option<Facts>;

    /// How fresh the session's page is.
    fn fresh(&self, route: &Route, judge: &Judge, now: Moment) -> Option<Fresh>;

    /// True where there are any of these.
    fn has_remembered(&self, list: &SessionList) -> bool;

    /// Sessions that the list does not have, the latest first.
    fn remembered(&self, list: &SessionList) -> Vec<RememberedSession>;

    /// True once what ended was cleared as a person wanted, until that is old news.
    fn has_cleared(&self) -> bool;

    /// What is known of one of this browser's own.
    fn known(&self, own: &OwnedSession) -> Option<&Session>;

    /// A session was deleted from here, past its own page.
    fn deleted(&mut self, address: &Address, desk: &mut Desk);

    /// All that is known of the session of a row, where it was watched.
    fn whole(&self, row: &SessionRow) -> Option<Session>;

    /// Why the session of a row ended, where it was watched.
    fn cause(&self, row: &SessionRow) -> Option<&'static About>;

    /// When it wants to be asked again.
    fn next_due(&self, desk: &Desk) -> Option<Moment>;

    /// The call that is due for the page, or for what runs in a session that is not on it.
    fn take_due(&mut self, desk: &mut Desk) -> Option<(Purpose, Call)>;

    /// A page was opened, `before` it another one. The desk's route becomes another one where what was to be shown is not known.
    fn opened(&mut self, before: &Route, desk: &mut Desk);

    /// Something has happened that is for this half alone.
    fn hear(&mut self, event: Event, desk: &mut Desk);

    /// One of its calls was answered.
    fn answered(&mut self, flight: &Flight, result: Result<Answer, CallError>, desk: &mut Desk);

    /// A call was given up: it is sent again.
    fn resend(&mut self, flight: &Flight, now: Moment);

    /// What the page shows is asked for at once, if it is to be asked for at all; where a `person` wants it, in any case.
    fn hurry(&mut self, person: bool, desk: &mut Desk);

    /// The half for statements is here.
    fn lend_statements(&mut self, lend: LendStatements, desk: &mut Desk);

    /// The statements of the session on the page.
    fn statements(&self, route: &Route) -> Option<&Statements>;

    /// A session with a statement of this browser's own that has ended behind somebody's back, and which one.
    fn ended_unseen(&self) -> Option<(&Session, &StatementId)>;

    /// Nothing was seen from this moment on.
    fn not_seen(&mut self, from: Moment);

    /// Keeps what is this browser's own, and what a person keeps alive from here.
    fn claim(&mut self, desk: &mut Desk);

    /// A create on the form's page has made this session: its page is next.
    fn made(&mut self, made: Made, desk: &mut Desk);

    /// True where the half for statements could be used and is not here.
    fn wants_statements(&self, desk: &Desk) -> bool;

    /// True where the table of causes would tell more about the session on the page.
    fn wants_book(&self, route: &Route) -> bool;

    /// After each event: what has ended is kept, where that is wanted, and what is not true any more is not said.
    fn settle(&mut self, desk: &mut Desk);
}

/// The half, for [`crate::Model`] alone.
pub struct SessionHalf(pub(crate) Box<dyn SessionMachine>);

/// Makes the half. `carried` is what the last page of this tab has left.
pub type LendSession = fn(carried: Option<String>, now: Moment) -> SessionHalf;

/// The session's half as it is. See [`LendSession`].
pub fn session_machine(carried: Option<String>, now: Moment) -> SessionHalf {
    let mut watching = Watching::default();
    // Before the first call: a session that was only looked at must not be kept alive by it.
    if let Some(watch) = carried.and_then(|it| Watch::of_carried(&it, now)) {
        watching.history.put(watch);
    }
    SessionHalf(Box::new(watching))
}

/// The one [`SessionMachine`].
#[derive(Default)]
struct Watching {
    watch: Option<Watch>,
    history: History,
    /// How many bytes of ended sessions are kept beyond the tab, where they are.
    keeps_at_most: Option<usize>,
    /// Whether code and results are kept with them.
    keeps_statements: bool,
    /// True once it is known what is kept already: before that, one session could be kept twice.
    has_recalled: bool,
    /// What was to be shown and may still be recalled.
    wanted: Option<Route>,
    leaving: Leaving,
    clearing: Clearing,
    has_asked_for_book: bool,
    running: running::Running,
}

impl SessionMachine for Watching {
    fn watch(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    fn shown_id(&self, route: &Route) -> Option<&SessionId> {
        self.shown(route).and_then(Watch::id)
    }

    fn standing(&self, route: &Route, now: Moment) -> Option<Standing<'_>> {
        let watch = self.shown(route)?;
        // That nothing more will come is the server's word.
        let answered = if watch.ending().is_some() { Some(now) } else { watch.answered() };
        Some(Standing { trouble: watch.trouble(), answered })
    }

    fn facts(&self, route: &Route) -> Option<Facts> {
        let watch = self.shown(route).filter(|it| !it.is_gone())?;
        watch.session().map(|it| facts(it))
    }

    fn fresh(&self, route: &Route, judge: &Judge, now: Moment) -> Option<Fresh> {
        let watch = self.shown(route)?;
        Some(match watch.ending() {
            Some(_) => Fresh::over(watch.answered()),
            None => Fresh::of(&watch.freshness(), judge, now).in_state(watch, now),
        })
    }

    fn has_remembered(&self, list: &SessionList) -> bool {
        !self.missing_from(list).is_empty()
    }

    fn remembered(&self, list: &SessionList) -> Vec<RememberedSession> {
        self.missing_from(list)
    }

    fn has_cleared(&self) -> bool {
        matches!(self.clearing, Clearing::Done(_))
    }

    fn known(&self, own: &OwnedSession) -> Option<&Session> {
        let watches = self.watch.iter().chain(self.history.iter());
        watches.filter_map(|it| it.session().map(AsRef::as_ref)).find(|it| own.is(it))
    }

    fn deleted(&mut self, address: &Address, desk: &mut Desk) {
        self.deleted_elsewhere(address, desk);
    }

    fn whole(&self, row: &SessionRow) -> Option<Session> {
        self.watch_of(row).and_then(|it| it.session().map(|it| it.as_ref().clone()))
    }

    fn cause(&self, row: &SessionRow) -> Option<&'static About> {
        self.watch_of(row).and_then(|it| it.causes().first().map(|it| it.about))
    }

    fn next_due(&self, desk: &Desk) -> Option<Moment> {
        let of = |purpose, due| desk.flights.unless_open(purpose, due);
        let of_page = self
            .shown(&desk.route)
            .map(|it| [of(Purpose::Session, it.poll.due), of(Purpose::Log, it.log_wanted())]);
        of_page.into_iter().flatten().flatten().chain(self.statements_due(desk)).min()
    }

    fn take_due(&mut self, desk: &mut Desk) -> Option<(Purpose, Call)> {
        let now = desk.now;
        if let Some(due) = self.take_statements_due(desk) {
            return Some(due);
        }
        let watch = self.shown_mut(&desk.route)?;
        if !desk.flights.is_open(Purpose::Session) && taken(&mut watch.poll.due, now) {
            let call = match watch.doubt() {
                Some(doubt) => Call::Sessions { from: doubt.whereabouts.from, size: SessionList::SIZE },
                None if watch.only_looks() => watch.list_call(&desk.list),
                None => Call::Session(watch.address().clone()),
            };
            return Some((Purpose::Session, call));
        }
        let waits = watch.awaits_log() || desk.flights.is_open(Purpose::Log);
        let is_due = !waits && taken(&mut watch.log_due, now);
        let call = if watch.asks_from_start { Call::LogFromStart } else { Call::Log };
        is_due.then(|| (Purpose::Log, call(watch.address().clone())))
    }

    fn opened(&mut self, before: &Route, desk: &mut Desk) {
        self.wanted = None;
        if self.has_cleared() {
            self.clearing = Clearing::No;
        }
        self.open_watch(before, desk);
    }

    fn hear(&mut self, event: Event, desk: &mut Desk) {
        match event {
            Event::KeepAlive(id) => {
                if let Some(watch) = self.watch.as_mut().filter(|it| it.id() == Some(&id)) {
                    watch.keep();
                }
            }
            Event::LogHeld(section, first) => {
                if let Some(watch) = self.watch.as_mut() {
                    watch.log_held(section, first);
                }
            }
            Event::KeepingSet(cap) => self.keeping_set(cap, desk),
            Event::Recalled { facts, with_statements } => self.recalled(&facts, with_statements, desk),
            Event::LogRecalled { key, text } => self.log_recalled(&key, &text),
            Event::StatementsKept(keeps) => self.statements_kept(keeps, desk),
            Event::StatementsRecalled { key, text } => self.statements_recalled(&key, &text),
            Event::KeptCleared => self.forget_all(desk),
            Event::KeptForgotten => self.kept_forgotten(&desk.list),
            Event::LookedAnew => self.look_anew(desk),
            Event::DeleteConfirmed(id) => self.delete_confirmed(&id, desk),
            Event::Hidden => {
                self.leave(desk);
                self.keep_what_lives(desk);
            }
            Event::Left => self.leave(desk),
            Event::NoRoom => self.had_no_room(desk),
            event => self.statements_hear(event, desk),
        }
    }

    fn answered(&mut self, flight: &Flight, result: Result<Answer, CallError>, desk: &mut Desk) {
        match (flight.purpose, &flight.call) {
            (Purpose::Session, Call::Sessions { size, .. }) if self.is_judging() => {
                self.judged(result.and_then(|it| it.sessions()), *size, flight.sent, desk);
            }
            (Purpose::Session, Call::Sessions { from, .. }) => {
                self.list_looked_at(result.and_then(|it| it.sessions()), *from, flight.sent, desk);
            }
            (Purpose::Session, Call::Session(address)) => {
                self.session_answered(result.and_then(|it| it.session_at(address)), flight.sent, desk);
            }
            (Purpose::Log, call) => {
                let jitter = desk.jitter();
                let Some(watch) = self.watch.as_mut() else { return };
                let withholds = |it: &Answer| matches!(call, Call::Log(_)) && it.withholds_lines();
                match result {
                    Ok(answer) if withholds(&answer) => watch.log_withheld(desk.now),
                    result => match result.and_then(|it| it.log()) {
                        Ok(page) => watch.log_came(&page, desk.now),
                        Err(error) if error.has_no_such_call() && !watch.has_read_its_log() => {
                            let certain = matches!(error.status(), Some(405 | 501));
                            watch.log_absent(certain, desk.now, jitter);
                        }
                        Err(error) => watch.log_failed(error, desk.now, jitter),
                    },
                }
            }
            (Purpose::Delete, Call::Delete(address)) => {
                self.delete_answered(address, result.and_then(|it| it.deleted()), desk);
            }
            _ => self.statements_answered(flight, result, desk),
        }
    }

    fn resend(&mut self, flight: &Flight, now: Moment) {
        self.statements_dropped(flight, now);
        let Some(watch) = self.watch.as_mut() else { return };
        match flight.purpose {
            Purpose::Session => watch.poll.due = Some(now),
            Purpose::Log => watch.log_due = Some(now),
            _ => {}
        }
    }

    fn hurry(&mut self, person: bool, desk: &mut Desk) {
        let Some(watch) = self.shown_mut(&desk.route) else { return };
        watch.poll.hurry(desk.now);
        if person {
            watch.ask(desk.now);
        }
        self.hurry_statements(person, desk);
    }

    fn lend_statements(&mut self, lend: LendStatements, desk: &mut Desk) {
        self.statements_lent(lend, desk);
    }

    fn statements(&self, route: &Route) -> Option<&Statements> {
        self.shown_statements(route)
    }

    fn ended_unseen(&self) -> Option<(&Session, &StatementId)> {
        self.statement_ended_unseen()
    }

    fn not_seen(&mut self, from: Moment) {
        if let Some(watch) = self.watch.as_mut() {
            watch.not_seen(from);
        }
    }

    /// An application that is known only now is remembered with the rest.
    fn claim(&mut self, desk: &mut Desk) {
        let Some(watch) = self.watch.as_mut() else { return };
        let Some(session) = watch.session().cloned() else { return };
        if watch.ending().is_some() {
            desk.keep_alive.forget(session.id.address());
            return;
        }
        if let Some(own) = desk.own.iter_mut().find(|it| it.is(&session)) {
            watch.keep();
            if let Some(since) = own.since() {
                watch.known_since(since);
            }
            if own.complete(&session) {
                desk.perform(Effect::Own(desk.own.clone()));
            }
        }
        if watch.keeps() {
            desk.keep_alive.heard(&session, desk.now);
        }
    }

    fn made(&mut self, made: Made, desk: &mut Desk) {
        let Made { session, body, at } = made;
        let mut watch = Watch::new(session.id.address().clone(), at).asked_for(&body);
        watch.arrived(session, desk.visible, at);
        self.put_aside(desk);
        self.watch = Some(watch);
    }

    fn wants_statements(&self, desk: &Desk) -> bool {
        self.lacks_statements(desk)
    }

    fn wants_book(&self, route: &Route) -> bool {
        self.shown(route).is_some_and(Watch::wants_book)
    }

    fn settle(&mut self, desk: &mut Desk) {
        self.explain(desk);
        self.settle_statements(desk);
        self.keep_what_ended(desk);
        self.doubt_clearing(&desk.list);
    }
}
