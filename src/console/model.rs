//! The whole of what the page knows, and its one transition.
//!
//! The main half is here: the route, the list, the calls, and what is kept alive. What only a session's page or the form needs is
//! a half of its own, which a part of the program lends: see [`SessionMachine`] and [`CreateMachine`].

mod asking;
mod catching_up;
mod fleet;
mod lending;
mod listing;
mod seeing;
mod telling;

use livy::{Answer, Call, CallError, Session, SessionId, Version};

use crate::create_machine::CreateMachine;
use crate::desk::{Desk, Made};
use crate::fleet::FleetMachine;
use crate::flight::Purpose;
use crate::fresh::Judge;
use crate::herald::Outage;
use crate::poll::Poll;
use crate::session_machine::SessionMachine;
use crate::statements::LendStatements;
use crate::{Create, Effect, Event, Fresh, Moment, NameCheck, Part, Route, SessionList, Watch};

pub use lending::Lent;

/// What the page knows.
pub struct Model {
    desk: Desk,
    session: Option<Box<dyn SessionMachine>>,
    create: Option<Box<dyn CreateMachine>>,
    fleet: Option<Box<dyn FleetMachine>>,
    /// What the halves are to be given when they are here.
    carried: Option<String>,
    intent: Option<String>,
    made: Option<Made>,
    /// The half for statements, until that of a session's page is here.
    lent_statements: Option<LendStatements>,
    /// What has happened and is for a half that is not here yet.
    unheard: Vec<Event>,
    version: Option<Version>,
    version_poll: Poll,
    /// When it was last told anything, and when it wanted to be asked again.
    last_told: Moment,
    wanted_at: Moment,
    judge: Judge,
    /// True once the words for failures were asked for.
    has_words: bool,
    /// True where the half of a session's page did not come when it was last asked for.
    lacks_session: bool,
    /// The page that the host knows to be open.
    told_route: Route,
    /// True while what happens is that a person opens a page.
    is_persons: bool,
    outage: Outage,
}

impl Model {
    /// At the start of the page. `intent` is what the browser remembers of a create whose end it did not see, as
    /// [`Effect::Remember`] wrote it; `carried` what the last page of this tab left of [`Effect::Carry`]; `random` spreads the
    /// retries of many tabs.
    pub fn new(
        route: Route,
        intent: Option<String>,
        carried: Option<String>,
        random: u64,
        now: Moment,
    ) -> (Self, Vec<Effect>) {
        let mut model = Self {
            desk: Desk::new(random, now),
            session: None,
            create: None,
            fleet: None,
            carried,
            intent,
            made: None,
            lent_statements: None,
            unheard: Vec::new(),
            version: None,
            version_poll: Poll::at_once(now),
            last_told: now,
            wanted_at: now,
            judge: Judge::default(),
            has_words: false,
            lacks_session: false,
            // The shell tells where it begins.
            told_route: route.clone(),
            is_persons: false,
            outage: Outage::default(),
        };
        let effects = model.update(Event::Opened(route), now);
        (model, effects)
    }

    /// The present page.
    pub fn route(&self) -> &Route {
        &self.desk.route
    }

    /// Which Livy answers, once it is known.
    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    /// The newest sessions.
    pub fn list(&self) -> &SessionList {
        &self.desk.list
    }

    /// The session that is, or was last, looked at; `None` also while its half of the machine is not here.
    pub fn watch(&self) -> Option<&Watch> {
        self.session.as_ref()?.watch()
    }

    /// The last session that was created in this browser, as far as the server or this page still knows it: what to begin the
    /// next one from. One that this page has watched has its whole request; the list's may lack what the server does not echo.
    pub fn last_own(&self) -> Option<&Session> {
        let Desk { own, list, .. } = &self.desk;
        own.iter().rev().find_map(|own| {
            let watched = self.session.as_ref().and_then(|it| it.known(own));
            watched.or_else(|| list.newest_first().find(|it| own.is(it)))
        })
    }

    /// The sessions that end when this tab is closed, unless others look at them too: id and name.
    pub fn kept_alive(&self) -> impl Iterator<Item = (&SessionId, Option<&str>)> {
        self.desk.keep_alive.all()
    }

    /// What became of the last create; `None` also while its half of the machine is not here.
    pub fn create(&self) -> Option<&Create> {
        self.create.as_ref()?.create()
    }

    /// True while a create is under way, or its end is not known: another one is not begun.
    pub fn is_creating(&self) -> bool {
        self.create.as_ref().map_or(self.intent.is_some(), |it| it.is_open())
    }

    /// What is known of the name that stands in the form.
    pub fn name_check(&self) -> Option<&NameCheck> {
        self.create.as_ref()?.name_check()
    }

    /// How fresh the present page is.
    pub fn fresh(&self, now: Moment) -> Fresh {
        let Desk { route, list, .. } = &self.desk;
        if !route.is_of_a_session() {
            return Fresh::of(&list.poll, &self.judge, now);
        }
        let watched = match &self.session {
            None if self.lacks_session => Some(Fresh::not_loaded()),
            None => None,
            Some(session) => session.fresh(route, &self.judge, now),
        };
        watched.unwrap_or_else(|| Fresh::of(&Poll::default(), &self.judge, now))
    }

    /// Takes an event at a moment; the effects are to be performed in order.
    pub fn update(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        self.desk.now = now;
        self.notice_a_pause();
        match event {
            Event::Opened(route) => {
                self.is_persons = self.desk.going.take().as_ref() != Some(&route);
                self.opened(route);
            }
            Event::OpenedByHost(route) => {
                self.told_route.clone_from(&route);
                self.opened(route);
            }
            Event::Answered { ticket, result } => self.answered(ticket, result),
            Event::Owned(own) => {
                if self.desk.own != own {
                    // Another tab may have just created one.
                    self.desk.look_for_own();
                }
                self.desk.own = own;
                self.claim();
                self.desk.keep_the_listed();
                self.desk.list.draw(&self.desk.own);
            }
            Event::RefreshAsked => self.ask_again(),
            Event::Shown => {
                self.desk.visible = true;
                self.catch_up();
            }
            Event::CameOnline | Event::WentOffline => self.catch_up(),
            Event::ListHeld(is_held) => self.desk.list.hold(is_held, &self.desk.own),
            Event::NewSessionsAsked => self.draw_all(),
            Event::Witnessed(evidence) => self.judge.evidence = evidence,
            Event::KeepAlive(_) => {
                self.hear(event);
                self.ask_again();
            }
            Event::Hidden => {
                self.desk.visible = false;
                self.leave_fleet();
                self.hear(event);
            }
            Event::RowsShown { first, count } => self.rows_shown(first, count),
            Event::Queried(query) => self.queried(query),
            Event::PartMissing(part) => self.lacks_session |= part == Part::Session,
            Event::Left => {
                self.leave_fleet();
                self.hear(event);
            }
            Event::Woke => {}
            event => self.hear(event),
        }
        self.end_turn()
    }

    /// What follows each event.
    fn end_turn(&mut self) -> Vec<Effect> {
        let now = self.desk.now;
        while let Some(ticket) = self.desk.flights.overdue(now) {
            self.desk.perform(Effect::Abandon(ticket));
            self.answered(ticket, Err(CallError::TimedOut));
        }
        self.start_what_is_due();
        if let Some(session) = &mut self.session {
            session.settle(&mut self.desk);
        }
        if let Some(fleet) = &mut self.fleet {
            fleet.settle(&mut self.desk);
        }
        self.tell_the_host();
        // What is overdue, because another call is on its way, is wanted from now on: no time has passed without it.
        (self.last_told, self.wanted_at) = (now, self.next_wakeup(now).max(now));
        std::mem::take(&mut self.desk.effects)
    }

    fn claim(&mut self) {
        if let Some(session) = &mut self.session {
            session.claim(&mut self.desk);
        }
    }

    fn opened(&mut self, route: Route) {
        let before = std::mem::replace(&mut self.desk.route, route);
        if let Some(session) = &mut self.session {
            session.opened(&before, &mut self.desk);
        }
        if let Some(create) = &mut self.create {
            create.opened(&before, &self.desk);
        }
        if self.desk.route == Route::Sessions {
            self.desk.list.opened(&self.desk.own);
        }
        self.catch_up();
    }

    fn answered(&mut self, ticket: u64, result: Result<Answer, CallError>) {
        // Late: it was abandoned, or given up as overdue.
        let Some(flight) = self.desk.flights.land(ticket) else { return };
        let is_good = result.as_ref().is_ok_and(|it| (200..300).contains(&it.status));
        match (flight.purpose, &flight.call) {
            (Purpose::Version, _) => self.version_answered(result.and_then(|it| it.version())),
            (Purpose::List, _) => self.list_answered(result.and_then(|it| it.sessions()), flight.sent),
            (Purpose::Beat, Call::Session(address)) => {
                let jitter = self.desk.jitter();
                let Desk { keep_alive, herald, now, .. } = &mut self.desk;
                match result.and_then(|it| it.session_at(address)) {
                    Ok(session) if keep_alive.answered(&session, *now) => {
                        herald.saw(&session, flight.sent, *now);
                    }
                    Ok(session) => herald.gone_by_id(session.id.as_str(), *now),
                    Err(error) => {
                        keep_alive.failed(address, &error, *now, jitter);
                        if error.is_gone() {
                            herald.gone_by_id(address.as_str(), *now);
                        }
                    }
                }
            }
            (
                Purpose::Statement
                | Purpose::Whole
                | Purpose::Run
                | Purpose::Cancel
                | Purpose::Connect
                | Purpose::Complete,
                _,
            ) => {
                if let Some(session) = &mut self.session {
                    session.answered(&flight, result, &mut self.desk);
                }
            }
            (Purpose::Session | Purpose::Log | Purpose::Delete, _) => {
                if let Some(session) = &mut self.session {
                    session.answered(&flight, result, &mut self.desk);
                }
                self.forget_creation(|id, desk| desk.deleted.as_ref() == Some(id.address()));
                self.desk.deleted = None;
            }
            (Purpose::Check | Purpose::Create | Purpose::LookUp | Purpose::Name, _) => {
                if let Some(create) = &mut self.create {
                    create.answered(&flight, result, &mut self.desk);
                }
                self.hand_over();
            }
            (Purpose::Window, Call::Sessions { from, size }) => {
                self.window_answered((*from, *size), result.and_then(|it| it.sessions()));
            }
            (Purpose::Scan | Purpose::Look | Purpose::End, _) => {
                if let Some(fleet) = &mut self.fleet {
                    fleet.answered(&flight, result, &mut self.desk);
                }
                self.ended_among_others();
            }
            (Purpose::Beat | Purpose::Window, _) => {}
        }
        self.need_words(is_good);
    }

    /// Says nothing of the creation of a session any more where that is no longer true.
    fn forget_creation(&mut self, is_gone: impl Fn(&SessionId, &Desk) -> bool) {
        if let Some(create) = &mut self.create
            && create.session().is_some_and(|it| is_gone(it, &self.desk))
        {
            create.forget();
        }
    }

    fn version_answered(&mut self, answer: Result<Version, CallError>) {
        let jitter = self.desk.jitter();
        match answer {
            Ok(version) => self.version = Some(version),
            // Many gateways do not route it: a refusal is final, silence is not.
            Err(error @ (CallError::Unreachable | CallError::TimedOut)) => {
                self.version_poll.failed(error, self.desk.now, jitter)
            }
            Err(_) => {}
        }
    }

    /// The id of the session on the page.
    fn shown_id(&self) -> Option<&SessionId> {
        self.session.as_ref()?.shown_id(&self.desk.route)
    }
}
