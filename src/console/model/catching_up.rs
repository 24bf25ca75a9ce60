//! Coming back: from the back of the browser, from a dead connection, from a machine that slept.

use std::time::Duration;

use livy::{Call, SessionId};

use super::{Effect, Model};
use crate::flight::Purpose;
use crate::{Moment, Stage};

/// So much later than it was wanted, a wake-up means that nothing ran meanwhile: in front timers come to the second, and in the
/// back Chromium lets one through a minute.
const PAUSE: Duration = Duration::from_secs(20);
const PAUSE_BEHIND: Duration = Duration::from_secs(90);

impl Model {
    /// A person wants to know now: what the present page shows is asked for, also what had stopped until a person acts.
    pub(super) fn ask_again(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        self.catch_up(now, effects);
        match self.watch.as_mut().filter(|it| it.is_of(&self.route)) {
            Some(watch) => watch.ask(now),
            None => self.list.poll.due = Some(now),
        }
        self.keep_alive.hurry_all(now);
    }

    /// What the present page shows is asked for at once, if it is to be asked for at all: what needs a person waits for one,
    /// and a server that asked for patience has it. A read that hangs is sent again.
    pub(super) fn catch_up(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        self.list.stir(now);
        for flight in self.flights.abandon_hanging(now) {
            effects.push(Effect::Abandon(flight.ticket));
            match flight.purpose {
                Purpose::Session => self.watch.iter_mut().for_each(|it| it.poll.due = Some(now)),
                Purpose::Log => self.watch.iter_mut().for_each(|it| it.log_due = Some(now)),
                Purpose::List => self.list.poll.due = Some(now),
                Purpose::Version => self.version_poll.due = Some(now),
                Purpose::LookUp => self.create.iter_mut().for_each(|it| it.look_due = Some(now)),
                Purpose::Name => self.name_check.iter_mut().for_each(|it| it.due = Some(now)),
                Purpose::Beat => {
                    if let Call::Session(address) = &flight.call {
                        self.keep_alive.hurry(address, now);
                    }
                }
                // Never given up: see `Flights::abandon_hanging`.
                Purpose::Check | Purpose::Create | Purpose::Delete => {}
            }
        }
        match self.watch.as_mut().filter(|it| it.is_of(&self.route)) {
            Some(watch) => watch.poll.hurry(now),
            None => self.list.poll.hurry(now),
        }
        let unknown = self.create.as_mut().filter(|it| matches!(it.stage, Stage::Unknown { .. }));
        if let Some(create) = unknown.filter(|_| !self.flights.is_open(Purpose::LookUp)) {
            create.look_due = Some(now);
        }
    }

    /// Before anything else is thought of: whether nothing ran since the last time, because the machine slept or the browser
    /// had put the tab to sleep. What happened meanwhile was not seen.
    pub(super) fn notice_a_pause(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let limit = if self.visible { PAUSE } else { PAUSE_BEHIND };
        if now.since(self.wanted_at) <= limit {
            return;
        }
        let last = self.last_told;
        self.watch.iter_mut().for_each(|it| it.not_seen(last));
        self.catch_up(now, effects);
    }

    /// The id of the session on the page.
    pub(super) fn shown_id(&self) -> Option<&SessionId> {
        self.shown_watch().and_then(|it| it.id())
    }
}
