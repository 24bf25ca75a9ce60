//! Calls in flight: at most one of a kind, each with its deadline and a number by which late answers are told.

use std::collections::VecDeque;
use std::time::Duration;

use livy::{Address, Call, Method};

use crate::Moment;

/// What a call is for. At most one of each is in flight, or one for each session: see [`Flights::start`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Version,
    List,
    Session,
    Log,
    Delete,
    /// Asks whether a name is free before a session is made of it.
    Check,
    Create,
    /// Looks for the session whose creation was not answered.
    LookUp,
    /// Asks whether the name in the form is free, while it is being typed.
    Name,
    /// Reads the rows on the screen.
    Window,
    /// Reads the whole list.
    Scan,
    /// Reads one session of many: before it is deleted, or to have all of it.
    Look,
    /// Deletes one session of many.
    End,
    /// Renews the heartbeat of a session that is not on the page.
    Beat,
    /// Reads one of the statements, or how many there are.
    Statement,
    /// Reads all of a statement with a large output, which a person has asked for.
    Whole,
    /// Runs code.
    Run,
    /// Cancels a statement.
    Cancel,
    /// Renews a session's idle clock.
    Connect,
    /// Asks how code could go on.
    Complete,
}

/// A call that was sent and is not answered yet.
#[derive(Clone, Debug)]
pub(crate) struct Flight {
    pub ticket: u64,
    pub purpose: Purpose,
    pub call: Call,
    pub sent: Moment,
    pub deadline: Moment,
}

impl Flight {
    /// A call that was due and could not be sent.
    pub(crate) fn unsent(purpose: Purpose, call: Call, now: Moment) -> Self {
        Self { ticket: 0, purpose, call, sent: now, deadline: now }
    }
}

/// All calls in flight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flights {
    last_ticket: u64,
    open: Vec<Flight>,
    /// When the latest calls were sent, the oldest first.
    latest: VecDeque<Moment>,
}

/// A read that is not answered by now may hang on a connection that is gone: when a tab comes back it is sent anew.
const HANGING: Duration = Duration::from_secs(2);

/// At most so many calls in any second, whatever happens on the page or in the log (docs/protocol.md §7).
const A_SECOND: usize = 5;
/// Calls that can wait leave room for one that a person asks for, which does not.
const POLLS_A_SECOND: usize = A_SECOND - 1;

impl Flights {
    /// Sends a call unless one of its kind is on its way; a delete, unless that session is being deleted: one takes minutes, and
    /// may not keep the next one waiting. What is about statements waits for no other session either.
    pub(crate) fn start(&mut self, purpose: Purpose, call: Call, now: Moment) -> Option<u64> {
        let is_one_of_many = matches!(purpose, Purpose::Delete | Purpose::Look | Purpose::End);
        let is_of_statements = matches!(
            purpose,
            Purpose::Statement
                | Purpose::Whole
                | Purpose::Run
                | Purpose::Cancel
                | Purpose::Connect
                | Purpose::Complete
        );
        let is_same = |it: &Flight| {
            it.purpose == purpose
                && (!is_one_of_many || it.call == call)
                && (!is_of_statements || it.call.session() == call.session())
        };
        if self.open.iter().any(is_same) {
            return None;
        }
        self.latest.push_back(now);
        if self.latest.len() > POLLS_A_SECOND {
            self.latest.pop_front();
        }
        self.last_ticket += 1;
        let ticket = self.last_ticket;
        self.open.push(Flight { ticket, purpose, call, sent: now, deadline: now.after(patience(purpose)) });
        Some(ticket)
    }

    /// Whether a call that can wait may be sent now.
    pub(crate) fn has_room(&self, now: Moment) -> bool {
        let crowded = self.latest.len() == POLLS_A_SECOND;
        !crowded || self.latest.front().is_none_or(|it| now.since(*it) >= Duration::from_secs(1))
    }

    /// Ends a flight by its number; `None` for one that is not open any more.
    pub(crate) fn land(&mut self, ticket: u64) -> Option<Flight> {
        let at = self.open.iter().position(|it| it.ticket == ticket)?;
        Some(self.open.remove(at))
    }

    /// Gives up a call whose answer no longer matters, and tells its number.
    pub(crate) fn abandon(&mut self, purpose: Purpose) -> Option<u64> {
        let ticket = self.open.iter().find(|it| it.purpose == purpose)?.ticket;
        self.land(ticket).map(|it| it.ticket)
    }

    /// Gives up the reads that have waited long enough to be hanging. What a person's create or delete waits for is left alone, and what
    /// takes its time.
    pub(crate) fn abandon_hanging(&mut self, now: Moment) -> Vec<Flight> {
        let can_wait = |it: &Flight| {
            it.call.method() == Method::Get && !matches!(it.purpose, Purpose::Check | Purpose::Whole)
        };
        self.open.extract_if(.., |it| can_wait(it) && now.since(it.sent) > HANGING).collect()
    }

    /// True while this very call is on its way.
    pub(crate) fn has(&self, call: &Call) -> bool {
        self.open.iter().any(|it| it.call == *call)
    }

    /// True while a page of the list is on its way that something other than the list's own round needs: one at a time is read.
    pub(crate) fn reads_a_page(&self) -> bool {
        let is_page = |it: &Flight| match it.purpose {
            Purpose::Window | Purpose::Scan => true,
            Purpose::Look => matches!(it.call, Call::Sessions { .. }),
            _ => false,
        };
        self.open.iter().any(is_page)
    }

    /// The one of its kind that is open.
    pub(crate) fn find(&self, purpose: Purpose) -> Option<&Flight> {
        self.open.iter().find(|it| it.purpose == purpose)
    }

    pub(crate) fn is_open(&self, purpose: Purpose) -> bool {
        self.open.iter().any(|it| it.purpose == purpose)
    }

    /// When a call of that kind is due that is wanted at this moment; nothing while one is on its way: with its end the next one goes.
    pub(crate) fn unless_open(&self, purpose: Purpose, due: Option<Moment>) -> Option<Moment> {
        due.filter(|_| !self.is_open(purpose))
    }

    /// True while a call of that kind about this session is on its way.
    pub(crate) fn is_open_for(&self, purpose: Purpose, session: &Address) -> bool {
        self.open.iter().any(|it| it.purpose == purpose && it.call.session() == Some(session))
    }

    /// A flight that has lasted too long.
    pub(crate) fn overdue(&self, now: Moment) -> Option<u64> {
        self.open.iter().find(|it| it.deadline <= now).map(|it| it.ticket)
    }

    pub(crate) fn next_deadline(&self) -> Option<Moment> {
        self.open.iter().map(|it| it.deadline).min()
    }
}

/// How long an answer is waited for. Reads are quick; a create queues behind other creates (SessionServlet.scala 130), and a
/// delete waits for the driver, on YARN up to two minutes (docs/protocol.md §2.3).
fn patience(purpose: Purpose) -> Duration {
    Duration::from_secs(match purpose {
        Purpose::Create => 120,
        Purpose::Delete | Purpose::End => 130,
        // It is answered once the driver has it.
        Purpose::Run => 60,
        // Hundreds of megabytes come over a slow line, too.
        Purpose::Whole => 600,
        Purpose::Check => 5,
        _ => 15,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_kind_and_late_answers_are_told() {
        let (mut flights, now) = (Flights::default(), Moment::default());
        let first = flights.start(Purpose::List, Call::Version, now).unwrap();
        assert_eq!(flights.start(Purpose::List, Call::Version, now), None);
        assert_eq!(flights.abandon(Purpose::List), Some(first));
        let second = flights.start(Purpose::List, Call::Version, now).unwrap();
        assert!(flights.land(first).is_none());
        assert!(flights.land(second).is_some() && flights.land(second).is_none());
        // Statements of one session do not wait for those of another.
        let of = |text: &str| Call::Connect(Address::parse(text).unwrap());
        let of_statements = [
            Purpose::Statement,
            Purpose::Whole,
            Purpose::Run,
            Purpose::Cancel,
            Purpose::Connect,
            Purpose::Complete,
        ];
        for purpose in of_statements {
            let sent = ["1", "2", "1"].map(|it| flights.start(purpose, of(it), now).is_some());
            assert_eq!(sent, [true, true, false], "{purpose:?}");
        }
    }

    #[test]
    fn a_second_has_room_for_five_and_one_of_them_is_a_persons() {
        let (mut flights, now) = (Flights::default(), Moment::default());
        for purpose in [Purpose::Version, Purpose::List, Purpose::Session, Purpose::Log] {
            assert!(flights.has_room(now));
            flights.start(purpose, Call::Version, now);
        }
        assert!(!flights.has_room(Moment::from_millis(999)));
        assert!(flights.start(Purpose::Delete, Call::Version, now).is_some());
        assert!(!flights.has_room(Moment::from_millis(999)) && flights.has_room(Moment::from_millis(1_000)));
    }

    #[test]
    fn a_read_that_hangs_can_be_given_up_and_nothing_else() {
        let mut flights = Flights::default();
        let at = Moment::from_millis;
        let read = flights.start(Purpose::Session, Call::Version, at(0)).unwrap();
        flights.start(Purpose::Create, Call::Create { body: String::new() }, at(0));
        flights.start(Purpose::Whole, Call::Version, at(0));
        flights.start(Purpose::Log, Call::Version, at(1_500));
        assert_eq!(flights.abandon_hanging(at(2_000)).len(), 0);
        let hanging: Vec<_> = flights.abandon_hanging(at(2_100)).iter().map(|it| it.ticket).collect();
        assert_eq!(hanging, [read]);
        assert!(flights.is_open(Purpose::Create) && flights.is_open(Purpose::Log));
    }

    #[test]
    fn patience_ends() {
        let mut flights = Flights::default();
        let ticket = flights.start(Purpose::Session, Call::Version, Moment::default());
        assert_eq!(flights.overdue(Moment::from_millis(14_999)), None);
        assert_eq!(flights.overdue(Moment::from_millis(15_000)), ticket);
        assert_eq!(flights.next_deadline(), Some(Moment::from_millis(15_000)));
    }
}
