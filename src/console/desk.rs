//! What the halves of the machine work on together: the main one, and those that a part of the program lends.

use livy::{Address, Call, Session, SessionPage};

use crate::cause::CauseBook;
use crate::flight::{Flights, Purpose};
use crate::herald::Herald;
use crate::keep_alive::KeepAlive;
use crate::{Effect, Moment, OwnedSession, Route, SessionList};

/// The page, its list, its calls, and what came of the present event so far.
pub(crate) struct Desk {
    /// The present moment.
    pub(crate) now: Moment,
    pub(crate) route: Route,
    pub(crate) visible: bool,
    pub(crate) flights: Flights,
    pub(crate) list: SessionList,
    pub(crate) own: Vec<OwnedSession>,
    pub(crate) keep_alive: KeepAlive,
    /// The session that has come of a create on the form's page, for the half that watches sessions.
    pub(crate) made: Option<Made>,
    /// The session that was deleted from here, for the half that tells of its creation.
    pub(crate) deleted: Option<Address>,
    /// The page that the machine itself wants opened, until it is.
    pub(crate) going: Option<Route>,
    pub(crate) herald: Herald,
    /// The table of causes, once its part of the program is here.
    pub(crate) book: Option<&'static dyn CauseBook>,
    pub(crate) effects: Vec<Effect>,
    /// What the tab remembers of statements whose fate is not known: of each session the last.
    pub(crate) runs: Vec<(Address, String)>,
    random: u64,
}

/// A session that was just made.
pub(crate) struct Made {
    pub session: Session,
    /// What was sent for it.
    pub body: String,
    /// When the answer came.
    pub at: Moment,
}

impl Desk {
    /// At the start of the page. `random` spreads the retries of many tabs.
    pub(crate) fn new(random: u64, now: Moment) -> Self {
        Self {
            now,
            route: Route::Sessions,
            visible: true,
            flights: Flights::default(),
            list: SessionList::new(now),
            own: Vec::new(),
            keep_alive: KeepAlive::default(),
            made: None,
            deleted: None,
            going: None,
            herald: Herald::default(),
            book: None,
            effects: Vec::new(),
            runs: Vec::new(),
            random: random | 1,
        }
    }

    /// To be performed after the event, in order.
    pub(crate) fn perform(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Opens another page without a person's asking for it.
    pub(crate) fn go(&mut self, route: Route) {
        self.going = Some(route.clone());
        self.perform(Effect::Go(route));
    }

    /// Sends a call, unless one of its kind is on its way: false then, and nothing will come of it.
    pub(crate) fn start(&mut self, purpose: Purpose, call: Call) -> bool {
        let ticket = self.flights.start(purpose, call.clone(), self.now);
        if let Some(ticket) = ticket {
            self.perform(Effect::Call { ticket, call });
        }
        ticket.is_some()
    }

    /// Whatever comes of such a call does not matter any more.
    pub(crate) fn abandon(&mut self, purpose: Purpose) {
        if let Some(ticket) = self.flights.abandon(purpose) {
            self.perform(Effect::Abandon(ticket));
        }
    }

    /// The tab is to remember this of a statement of that session, beside what it remembers of others; `None`: its fate is known.
    pub(crate) fn remember_run(&mut self, session: &Address, intent: Option<String>) {
        let known = self.runs.iter().position(|it| it.0 == *session).map(|at| self.runs.remove(at));
        if known.is_none() && intent.is_none() {
            return;
        }
        self.runs.extend(intent.map(|it| (session.clone(), it)));
        let all: Vec<&str> = self.runs.iter().map(|it| it.1.as_str()).collect();
        self.perform(Effect::RememberRun((!all.is_empty()).then(|| all.join("\n"))));
    }

    /// Of 0 to 255, for back-offs.
    pub(crate) fn jitter(&mut self) -> u8 {
        (self.number() >> 32) as u8
    }

    /// Another number each time (Marsaglia's xorshift).
    pub(crate) fn number(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }

    /// A session of this browser's own is new: an open list shows it at once.
    pub(crate) fn look_for_own(&mut self) {
        self.list.stir(self.now);
        if self.route == Route::Sessions {
            self.list.poll.hurry(self.now);
        }
    }

    /// The session that came of a create is this browser's own, whichever page is open.
    pub(crate) fn own_created(&mut self, created: &Session) {
        let Some(own) = OwnedSession::of(created, self.now) else { return };
        // An earlier one of the same id and name, before a restart of the server, say.
        self.own.retain(|it| !it.is(created));
        self.own.push(own);
        self.perform(Effect::Own(self.own.clone()));
        self.look_for_own();
        self.list.draw(&self.own);
        self.keep_alive.heard(created, self.now);
    }

    /// A page of the list has come, in answer to a call of that moment.
    pub(crate) fn list_arrived(&mut self, page: SessionPage, shown: bool, sent: Moment) {
        let Self { list, own, herald, visible, now, .. } = self;
        if list.arrived(page, own, shown, *visible, *now)
            && let Some(page) = list.page()
        {
            herald.listed(page, own, sent, *now);
        }
    }

    /// What the list shows of this browser's own is kept alive from here on, its page open or not.
    pub(crate) fn keep_the_listed(&mut self) {
        let Self { list, own, keep_alive, now, .. } = self;
        list.newest_first()
            .filter(|it| own.iter().any(|own| own.is(it)))
            .for_each(|it| keep_alive.listed(it, *now));
    }
}

/// Takes a moment that has come, so that what is due is begun once.
pub(crate) fn taken(due: &mut Option<Moment>, now: Moment) -> bool {
    due.take_if(|it| *it <= now).is_some()
}
