//! Which call is due, and when the next one is.

use std::time::Duration;

use livy::Call;

use super::Model;
use crate::Moment;
use crate::desk::{Desk, taken};
use crate::flight::{Flight, Purpose};

impl Model {
    /// When [`crate::Event::Woke`] is wanted at the latest. While the tab is in front, at least once a second, for the ages on it.
    pub fn next_wakeup(&self, now: Moment) -> Moment {
        let Desk { route, list, flights, keep_alive, visible, .. } = &self.desk;
        let dues = [
            self.version_poll.due,
            if route.is_of_a_session() { None } else { flights.unless_open(Purpose::List, list.poll.due) },
            self.session.as_ref().and_then(|it| it.next_due(&self.desk)),
            self.create.as_ref().and_then(|it| it.next_due()),
            self.fleet_due(),
            flights.unless_open(Purpose::Beat, keep_alive.next_due(self.shown_id())),
            flights.next_deadline(),
        ];
        let tick = now.after(Duration::from_secs(if *visible { 1 } else { 60 }));
        dues.into_iter().flatten().fold(tick, Moment::min)
    }

    /// Sends what is due, as far as the second has room; the rest stays due. What the page shows goes first.
    pub(super) fn start_what_is_due(&mut self) {
        while self.desk.flights.has_room(self.desk.now) {
            let Some((purpose, call)) = self.take_due() else { break };
            // Nothing is taken that cannot be sent. If it were, it would be due again at once: this round is over then.
            if !self.desk.start(purpose, call.clone()) {
                self.due_again(&Flight::unsent(purpose, call, self.desk.now));
                break;
            }
        }
    }

    /// The most urgent call that is due, of those that wait for none of their kind.
    fn take_due(&mut self) -> Option<(Purpose, Call)> {
        let now = self.desk.now;
        if let Some(look) = self.create.as_mut().and_then(|it| it.take_due(now)) {
            return Some(look);
        }
        if !self.desk.flights.is_open(Purpose::Beat) {
            let shown = self.shown_id().cloned();
            if let Some(id) = self.desk.keep_alive.take_due(shown.as_ref(), now) {
                return Some((Purpose::Beat, Call::Session(id.address().clone())));
            }
        }
        // Also off their pages: what runs in a session is kept from idling out, and its end is told.
        let session = self.session.as_mut();
        if let Some(due) = session.and_then(|it| it.take_due(&mut self.desk)) {
            return Some(due);
        }
        if self.desk.route.is_of_a_session() {
            // Its page shows nothing else.
        } else if !self.desk.flights.is_open(Purpose::List) && taken(&mut self.desk.list.poll.due, now) {
            return Some((Purpose::List, self.desk.list.call()));
        } else if let Some(due) = self.take_window() {
            return Some(due);
        }
        if let Some(due) = self.fleet.as_mut().and_then(|it| it.take_due(&mut self.desk)) {
            return Some(due);
        }
        if let Some(name) = self.create.as_mut().and_then(|it| it.take_name(now)) {
            return Some(name);
        }
        taken(&mut self.version_poll.due, now).then_some((Purpose::Version, Call::Version))
    }
}
