//! The whole of what the page knows, and its one transition.

mod catching_up;
mod creating;
mod deleting;
mod event;
mod listing;
mod remembering;
mod returning;
mod spectating;

use std::time::Duration;

use livy::{Answer, Call, CallError, LogPage, Session, Version};

use crate::evidence::Evidence;
use crate::flight::{Flights, Purpose};
use crate::history::History;
use crate::keep_alive::KeepAlive;
use crate::owned_session::OwnedSession;
use crate::poll::Poll;
use crate::{Create, Fresh, Intent, Moment, NameCheck, Route, SessionList, Stage, Watch};
pub use event::{Effect, Event};
use returning::Leaving;

/// What the page knows.
#[derive(Clone, Debug)]
pub struct Model {
    route: Route,
    visible: bool,
    flights: Flights,
    version: Option<Version>,
    version_poll: Poll,
    list: SessionList,
    watch: Option<Watch>,
    history: History,
    /// How many bytes of ended sessions are kept beyond the tab, where they are.
    memory: Option<usize>,
    /// True once it is known what is kept already: before that, one session could be kept twice.
    has_recalled: bool,
    /// What was to be shown and may still be recalled.
    wanted: Option<Route>,
    leaving: Leaving,
    create: Option<Create>,
    name_check: Option<NameCheck>,
    own: Vec<OwnedSession>,
    keep_alive: KeepAlive,
    /// When it was last told anything, and when it wanted to be asked again.
    last_told: Moment,
    wanted_at: Moment,
    evidence: Evidence,
    random: u64,
}

impl Model {
    /// At the start of the page. `intent` is what the browser remembers of a create whose end it did not see; `carried` what the
    /// last page of this tab left of [`Effect::Carry`]; `random` spreads the retries of many tabs.
    pub fn new(
        route: Route,
        intent: Option<Intent>,
        carried: Option<&str>,
        random: u64,
        now: Moment,
    ) -> (Self, Vec<Effect>) {
        let mut model = Self {
            route: Route::Sessions,
            visible: true,
            flights: Flights::default(),
            version: None,
            version_poll: Poll::at_once(now),
            list: SessionList::new(now),
            watch: None,
            history: History::default(),
            memory: None,
            has_recalled: false,
            wanted: None,
            leaving: Leaving::default(),
            create: intent.map(|it| Create::resumed(it, now)),
            name_check: None,
            own: Vec::new(),
            keep_alive: KeepAlive::default(),
            last_told: now,
            wanted_at: now,
            evidence: Evidence::default(),
            random: random | 1,
        };
        // Before the first call: a session that was only looked at must not be kept alive by it.
        carried.and_then(|it| Watch::of_carried(it, now)).into_iter().for_each(|it| model.history.put(it));
        let effects = model.update(Event::Opened(route), now);
        (model, effects)
    }

    /// The present page.
    pub fn route(&self) -> &Route {
        &self.route
    }

    /// Which Livy answers, once it is known.
    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    /// The newest sessions.
    pub fn list(&self) -> &SessionList {
        &self.list
    }

    /// The session that is, or was last, looked at.
    pub fn watch(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    /// What became of the last create.
    pub fn create(&self) -> Option<&Create> {
        self.create.as_ref()
    }

    /// True while a create is under way, or its end is not known: another one is not begun.
    pub fn is_creating(&self) -> bool {
        self.create.as_ref().is_some_and(Create::is_open)
    }

    /// What is known of the name that stands in the form.
    pub fn name_check(&self) -> Option<&NameCheck> {
        self.name_check.as_ref()
    }

    /// What the browser told when a call last failed without an answer.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// How fresh the present page is.
    pub fn fresh(&self, now: Moment) -> Fresh {
        match self.shown_watch() {
            Some(watch) if watch.ending().is_some() => Fresh::over(watch.answered()),
            Some(watch) => Fresh::of(&watch.freshness(), &self.evidence, now).in_state(watch, now),
            None => Fresh::of(&self.list.poll, &self.evidence, now),
        }
    }

    /// When [`Event::Woke`] is wanted at the latest. While the tab is in front, at least once a second, for the ages on it.
    pub fn next_wakeup(&self, now: Moment) -> Moment {
        let watch = self.shown_watch();
        let dues = [
            self.version_poll.due,
            if watch.is_none() { self.list.poll.due } else { None },
            watch.and_then(|it| it.poll.due),
            watch.and_then(Watch::log_wanted),
            self.create.as_ref().and_then(|it| it.look_due),
            self.name_check.as_ref().and_then(|it| it.due),
            self.keep_alive.next_due(self.shown_id()).filter(|_| !self.flights.is_open(Purpose::Beat)),
            self.flights.next_deadline(),
        ];
        let tick = now.after(Duration::from_secs(if self.visible { 1 } else { 60 }));
        dues.into_iter().flatten().fold(tick, Moment::min)
    }

    /// Takes an event at a moment; the effects are to be performed in order.
    pub fn update(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.notice_a_pause(now, &mut effects);
        match event {
            Event::Opened(route) => self.opened(route, now, &mut effects),
            Event::Answered { ticket, result } => self.answered(ticket, result, now, &mut effects),
            Event::Submitted { request, token } => self.submitted(request, token, now, &mut effects),
            Event::NameRested(name) => {
                if self.name_check.as_ref().map(NameCheck::name) != name.as_ref() {
                    effects.extend(self.flights.abandon(Purpose::Name).map(Effect::Abandon));
                    self.name_check = name.map(|it| NameCheck::new(it, now));
                }
            }
            Event::Owned(own) => self.owned(own, now, &mut effects),
            Event::KeepAlive(id) => {
                if let Some(watch) = self.watch.as_mut().filter(|it| it.id() == Some(&id)) {
                    watch.keep();
                }
                self.ask_again(now, &mut effects);
            }
            Event::LogHeld(section, first) => {
                if let Some(watch) = self.watch.as_mut() {
                    watch.log_held(section, first);
                }
            }
            Event::MemorySet(cap) => self.memory_set(cap, &mut effects),
            Event::Recalled(facts) => self.recalled(&facts, now, &mut effects),
            Event::LogRecalled { key, text } => self.log_recalled(&key, &text),
            Event::MemoryCleared => self.forget_all(&mut effects),
            Event::LookedAnew => self.look_anew(now, &mut effects),
            Event::DeleteConfirmed(id) => self.delete_confirmed(&id, now, &mut effects),
            Event::RefreshAsked => self.ask_again(now, &mut effects),
            Event::Shown => {
                self.visible = true;
                self.catch_up(now, &mut effects);
            }
            Event::Hidden => {
                self.visible = false;
                self.leave(now, &mut effects);
                self.keep_what_lives(&mut effects);
            }
            Event::Left => self.leave(now, &mut effects),
            Event::NoRoom => self.had_no_room(now, &mut effects),
            Event::CameOnline | Event::WentOffline => self.catch_up(now, &mut effects),
            Event::ListHeld(is_held) => self.list.hold(is_held, &self.own),
            Event::NewSessionsAsked => self.list.draw_all(&self.own),
            Event::Witnessed(evidence) => self.evidence = evidence,
            Event::Woke => {}
        }
        while let Some(ticket) = self.flights.overdue(now) {
            effects.push(Effect::Abandon(ticket));
            self.answered(ticket, Err(CallError::TimedOut), now, &mut effects);
        }
        self.start_what_is_due(now, &mut effects);
        self.keep_what_ended(&mut effects);
        (self.last_told, self.wanted_at) = (now, self.next_wakeup(now));
        effects
    }

    /// The watch of the page that is open.
    fn shown_watch(&self) -> Option<&Watch> {
        self.watch.as_ref().filter(|it| it.is_of(&self.route))
    }

    fn opened(&mut self, route: Route, now: Moment, effects: &mut Vec<Effect>) {
        self.wanted = None;
        let route = self.open_watch(route, now, effects);
        let settled = self
            .create
            .as_ref()
            .is_some_and(|it| !matches!(it.stage, Stage::Unknown { .. }) && !it.is_open());
        let stays = self.create.as_ref().and_then(Create::session).is_some_and(|id| Route::of(id) == route);
        if settled && !stays && route != self.route {
            self.create = None;
        }
        if route == Route::Sessions {
            self.list.opened(&self.own);
        }
        self.route = route;
        self.catch_up(now, effects);
    }

    /// Sends what is due, as far as the second has room; the rest stays due. What the page shows goes first.
    fn start_what_is_due(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        while self.flights.has_room(now) {
            let Some((purpose, call)) = self.take_due(now) else { break };
            self.start(purpose, call, now, effects);
        }
    }

    /// The most urgent call that is due.
    fn take_due(&mut self, now: Moment) -> Option<(Purpose, Call)> {
        fn taken(due: &mut Option<Moment>, now: Moment) -> bool {
            due.take_if(|it| *it <= now).is_some()
        }
        if let Some(create) = self.create.as_mut()
            && taken(&mut create.look_due, now)
        {
            // A name that was sent is an address; see `SessionName`.
            return create.intent.address().map(|it| (Purpose::LookUp, Call::Session(it)));
        }
        if !self.flights.is_open(Purpose::Beat) {
            let shown = self.shown_id().cloned();
            if let Some(id) = self.keep_alive.take_due(shown.as_ref(), now) {
                return Some((Purpose::Beat, Call::Session(id.address().clone())));
            }
        }
        if let Some(watch) = self.watch.as_mut().filter(|it| it.is_of(&self.route)) {
            if taken(&mut watch.poll.due, now) {
                let call = if watch.only_looks() {
                    watch.list_call(&self.list)
                } else {
                    Call::Session(watch.address().clone())
                };
                return Some((Purpose::Session, call));
            }
            if !watch.awaits_log() && taken(&mut watch.log_due, now) {
                return Some((Purpose::Log, Call::Log(watch.address().clone())));
            }
        } else if taken(&mut self.list.poll.due, now) {
            return Some((Purpose::List, self.list.call()));
        }
        if let Some(check) = self.name_check.as_mut()
            && taken(&mut check.due, now)
        {
            return check.address().map(|it| (Purpose::Name, Call::Session(it)));
        }
        taken(&mut self.version_poll.due, now).then_some((Purpose::Version, Call::Version))
    }

    fn start(&mut self, purpose: Purpose, call: Call, now: Moment, effects: &mut Vec<Effect>) {
        if let Some(ticket) = self.flights.start(purpose, call.clone(), now) {
            effects.push(Effect::Call { ticket, call });
        }
    }

    fn answered(
        &mut self,
        ticket: u64,
        result: Result<Answer, CallError>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        // Late: it was abandoned, or given up as overdue.
        let Some(flight) = self.flights.land(ticket) else { return };
        let session = || result.as_ref().map_err(Clone::clone).and_then(Answer::session);
        match (flight.purpose, &flight.call) {
            (Purpose::Version, _) => self.version_answered(result.and_then(|it| it.version()), now),
            (Purpose::List, _) => self.list_answered(result.and_then(|it| it.sessions()), now),
            (Purpose::Session, Call::Sessions { from, .. }) => {
                self.list_looked_at(result.and_then(|it| it.sessions()), *from, now, effects);
            }
            (Purpose::Session, _) => self.session_answered(session(), now, effects),
            (Purpose::Log, _) => self.log_answered(result.and_then(|it| it.log()), now),
            (Purpose::Delete, Call::Delete(address)) => {
                self.delete_answered(address, result.and_then(|it| it.deleted()), now, effects);
            }
            (Purpose::Check, _) => self.check_answered(session(), now, effects),
            (Purpose::Create, _) => self.create_answered(session(), now, effects),
            (Purpose::LookUp, _) => self.look_answered(session(), now, effects),
            (Purpose::Beat, Call::Session(address)) => self.beat_answered(address, session(), now),
            (Purpose::Name, Call::Session(asked)) => {
                if let Some(check) = self.name_check.as_mut() {
                    check.answered(asked, session());
                }
            }
            (Purpose::Delete | Purpose::Beat | Purpose::Name, _) => {}
        }
    }

    fn version_answered(&mut self, answer: Result<Version, CallError>, now: Moment) {
        let jitter = self.jitter();
        match answer {
            Ok(version) => self.version = Some(version),
            // Many gateways do not route it: a refusal is final, silence is not.
            Err(error @ (CallError::Unreachable | CallError::TimedOut)) => {
                self.version_poll.failed(error, now, jitter)
            }
            Err(_) => {}
        }
    }

    fn session_answered(
        &mut self,
        answer: Result<Session, CallError>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(watch) = self.watch.as_mut().filter(|it| it.ending().is_none()) else { return };
        match answer {
            Ok(session) => {
                let route = Route::of(&session.id);
                let was_shown = watch.is_of(&self.route);
                self.told(session, now);
                if was_shown && route != self.route {
                    self.route = route.clone();
                    effects.push(Effect::Replace(route));
                }
            }
            Err(error) => self.not_told(error, now, effects),
        }
        self.claim(now, effects);
    }

    fn log_answered(&mut self, answer: Result<LogPage, CallError>, now: Moment) {
        let jitter = self.jitter();
        let Some(watch) = self.watch.as_mut() else { return };
        match answer {
            Ok(page) => watch.log_arrived(&page, now),
            Err(error) => watch.log_failed(error, now, jitter),
        }
    }

    /// Of 0 to 255, for back-offs (Marsaglia's xorshift).
    fn jitter(&mut self) -> u8 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 32) as u8
    }
}
