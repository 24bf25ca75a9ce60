//! Coming back: from the back of the browser, from a dead connection, from a machine that slept.

use std::time::Duration;

use livy::Call;

use super::Model;
use crate::Effect;
use crate::flight::{Flight, Purpose};

/// So much later than it was wanted, a wake-up means that nothing ran meanwhile: in front timers come to the second, and in the
/// back Chromium lets one through a minute.
const PAUSE: Duration = Duration::from_secs(20);
const PAUSE_BEHIND: Duration = Duration::from_secs(90);

impl Model {
    /// A person wants to know now: what the present page shows is asked for, also what had stopped until a person acts.
    pub(super) fn ask_again(&mut self) {
        self.catch_up();
        self.hurry_page(true);
        self.desk.keep_alive.hurry_all(self.desk.now);
    }

    /// What the present page shows is asked for at once, if it is to be asked for at all: what needs a person waits for one,
    /// and a server that asked for patience has it. A read that hangs is sent again.
    pub(super) fn catch_up(&mut self) {
        let now = self.desk.now;
        self.desk.list.stir(now);
        for flight in self.desk.flights.abandon_hanging(now) {
            self.desk.perform(Effect::Abandon(flight.ticket));
            self.due_again(&flight);
        }
        self.hurry_page(false);
        self.need_parts();
        if let Some(create) = &mut self.create {
            create.hurry(&self.desk);
        }
    }

    /// A call was given up, or could not be sent: it is due again.
    pub(super) fn due_again(&mut self, flight: &Flight) {
        let now = self.desk.now;
        match flight.purpose {
            Purpose::List => self.desk.list.poll.due = Some(now),
            Purpose::Version => self.version_poll.due = Some(now),
            Purpose::Beat => {
                if let Call::Session(address) = &flight.call {
                    self.desk.keep_alive.hurry(address, now);
                }
            }
            Purpose::Session | Purpose::Log | Purpose::Statement | Purpose::Whole | Purpose::Connect => {
                self.session.iter_mut().for_each(|it| it.resend(flight, now));
            }
            Purpose::LookUp | Purpose::Name => {
                self.create.iter_mut().for_each(|it| it.resend(flight.purpose, now));
            }
            Purpose::Window => self.desk.list.window.poll.due = Some(now),
            Purpose::Scan | Purpose::Look => {
                self.fleet.iter_mut().for_each(|it| it.resend(flight, now));
            }
            // A person's own, sent at once and never given up: see `Flights::abandon_hanging`.
            Purpose::Check
            | Purpose::Create
            | Purpose::Delete
            | Purpose::End
            | Purpose::Run
            | Purpose::Cancel
            | Purpose::Complete => {}
        }
    }

    fn hurry_page(&mut self, person: bool) {
        let now = self.desk.now;
        if self.desk.route.is_of_a_session() {
            if let Some(session) = &mut self.session {
                session.hurry(person, &mut self.desk);
            }
        } else if person {
            self.desk.list.poll.due = Some(now);
            self.desk.list.window.poll.due = Some(now);
        } else {
            self.desk.list.poll.hurry(now);
        }
    }

    /// Before anything else is thought of: whether nothing ran since the last time, because the machine slept or the browser
    /// had put the tab to sleep. What happened meanwhile was not seen.
    pub(super) fn notice_a_pause(&mut self) {
        let limit = if self.desk.visible { PAUSE } else { PAUSE_BEHIND };
        if self.desk.now.since(self.wanted_at) <= limit {
            return;
        }
        let last = self.last_told;
        self.session.iter_mut().for_each(|it| it.not_seen(last));
        self.catch_up();
    }
}
