//! What is asked of the server next, and when.

use livy::{Call, CallError, StatementId};

use super::pace::{AT_ONCE, BEHIND, BUSY_LOOK, HEAVY, HIDDEN, HISTORY, wait};
use super::search::Search;
use super::{Origin, Reading, Run, Sight, Statements};
use crate::Moment;
use crate::flight::Purpose;
use crate::poll::backoff;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// How many there are, and the first that is kept: a list of one. It is asked for where nothing else helps.
    List,
    /// This number, to find the newest.
    Probe(u64),
    /// The one after the newest.
    Next,
    /// This one.
    One(StatementId),
}

/// What is known of the server's statements as a whole, and what is to be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    pub search: Search,
    /// Where the list of one begins: a statement whose output cannot be sent fails the whole list that has it.
    pub list_from: u64,
    /// Where the page of a list begins that is read next, since the one before it was cut.
    pub page_from: u64,
    /// The first and the newest that the server is known to have.
    pub first: Option<u64>,
    /// True where nothing before the first is there any more.
    pub is_first_sure: bool,
    pub newest: Option<u64>,
    /// True where ids are no numbers, so that there is no next one: the first page of the list is read instead.
    pub is_opaque: bool,
    /// To be read before anything else: what came between two that are known, and what a person has cancelled.
    pub gaps: Vec<StatementId>,
    /// To be read as there is time, the newest at the end.
    pub history: Vec<u64>,
    /// When to ask for the one after the newest.
    pub next_due: Option<Moment>,
    /// When to read the one that has the interpreter, which one that is, and since when it is waited for.
    pub open_due: Option<Moment>,
    pub open: Option<(StatementId, Moment)>,
    pub in_flight: Option<Ask>,
    /// True where that was asked before something became known that its answer does not know.
    pub is_outdated: bool,
    pub last_asked: Option<Moment>,
    pub error: Option<CallError>,
    pub failures: u32,
    pub not_before: Option<Moment>,
    /// True where only a person can help.
    pub is_stopped: bool,
    /// The one that has never been read and cannot be, and how often it was tried.
    pub unreadable: Option<(StatementId, u8)>,
    /// The one whose read had no answer in time: whether it is the way or the statement, the next answer tells.
    pub hung: Option<StatementId>,
    /// How many in a row were taken to be there because they cannot be read.
    pub guessed: u8,
    /// Those that are there and cannot be read, as far as anybody can tell.
    pub taken_as_there: Vec<u64>,
}

/// So many statements that cannot be sent are stepped over at the beginning of the list.
const MOST_STEPS: u64 = 20;

impl Asking {
    /// True once it is known which one is the newest, or that there is none.
    pub fn is_found(&self) -> bool {
        self.search == Search::Done
    }

    pub fn total(&self) -> Option<u64> {
        match (self.newest, self.first) {
            (None, _) if self.is_found() && !self.is_opaque => Some(0),
            (Some(newest), Some(first)) if first == 0 || self.is_first_sure => Some(newest + 1 - first),
            _ => None,
        }
    }

    pub fn trouble(&self) -> Option<&CallError> {
        self.error.as_ref()
    }

    pub fn succeeded(&mut self) {
        (self.error, self.failures, self.not_before, self.is_stopped) = (None, 0, None, false);
        self.guessed = 0;
    }

    /// Asks later, unless only a person can help.
    pub fn failed(&mut self, error: CallError, now: Moment, jitter: u8) {
        self.failures += 1;
        self.is_stopped |= error.needs_person();
        self.not_before = Some(now.after(backoff(self.failures, jitter, error.retry_after())));
        self.error = Some(error);
    }

    /// One that was never read has failed in Livy's own words; how often in a row.
    pub fn unread(&mut self, id: &StatementId) -> u8 {
        let before = self.unreadable.take().filter(|it| it.0 == *id).map_or(0, |it| it.1);
        self.unreadable = Some((id.clone(), before + 1));
        before + 1
    }

    /// The list of one failed on what stands there: the next one may do.
    pub fn step(&mut self) -> bool {
        self.list_from += 1;
        self.list_from < MOST_STEPS
    }

    /// The newest is known: those before it are read one by one.
    pub fn found(&mut self, newest: Option<u64>) {
        self.search = Search::Done;
        self.newest = self.newest.max(newest);
        let end = self.newest.map_or(0, |it| it + 1);
        self.history = (end.saturating_sub(AT_ONCE).max(self.first_kept())..end).collect();
    }

    /// None before this one is there.
    fn first_kept(&self) -> u64 {
        self.first.filter(|_| self.is_first_sure).unwrap_or(0)
    }
}

impl Statements {
    /// Where the reading stands.
    pub fn reading(&self) -> Reading {
        let asking = &self.asking;
        match () {
            () if self.is_over => Reading::Over,
            () if self.is_closed => Reading::Closed,
            () if asking.error.is_some() => Reading::Stale,
            () if asking.is_found() && asking.history.is_empty() && asking.gaps.is_empty() => Reading::Read,
            () if asking.last_asked.is_some() => Reading::Reading,
            () => Reading::Closed,
        }
    }

    /// The most urgent question, and when it is to be asked.
    pub(super) fn next_ask(&self, sight: &Sight) -> Option<(Moment, Ask)> {
        let asking = &self.asking;
        if asking.in_flight.is_some() || asking.is_stopped || !sight.is_open() {
            return None;
        }
        let start = Moment::default();
        let looks_for = self.run.as_ref().is_some_and(Run::is_looked_for);
        let open = self.first_open().map(|it| Ask::One(it.id().clone()));
        let wanted = [
            (asking.search == Search::List).then_some((start, Ask::List)),
            asking.search.number().map(|it| (start, Ask::Probe(it))),
            asking.gaps.last().map(|it| (start, Ask::One(it.clone()))),
            asking.next_due.filter(|_| asking.is_found()).map(|it| (it, Ask::Next)),
            asking.open_due.zip(open),
            self.busy_look(sight).filter(|_| !looks_for).map(|it| (it, Ask::Next)),
            asking.history.last().and_then(|it| {
                let due = asking.last_asked.map_or(start, |last| last.after(HISTORY));
                Some((due, Ask::One(StatementId::numbered(*it)?)))
            }),
        ];
        let pause = match (sight.visible, sight.is_shown) {
            (false, _) => Some(HIDDEN),
            (true, false) => Some(BEHIND),
            (true, true) => None,
        };
        let rested = asking.last_asked.zip(pause).map(|(last, pause)| last.after(pause));
        let floor = asking.not_before.max(rested).unwrap_or(start);
        let wanted = wanted.into_iter().flatten().filter(|it| sight.is_shown || self.goes_on_behind(&it.1));
        let first = wanted.min_by_key(|it| it.0.max(floor))?;
        Some((first.0.max(floor), first.1))
    }

    /// Off the page only what is this browser's own is followed: the one that has the interpreter while one of its own is open,
    /// and the one whose fate is not known.
    fn goes_on_behind(&self, ask: &Ask) -> bool {
        let runs = || self.entries.iter().any(|it| it.origin != Origin::Elsewhere && it.is_open());
        let is_it = |id: &StatementId| self.first_open().is_some_and(|it| it.id() == id);
        match ask {
            _ if self.is_missing => false,
            Ask::One(id) => is_it(id) && runs(),
            _ => self.run.as_ref().is_some_and(Run::is_looked_for),
        }
    }

    /// While the session is at work on what is not known here, somebody else has sent something.
    fn busy_look(&self, sight: &Sight) -> Option<Moment> {
        let is_unknown = sight.is_busy() && self.asking.is_found() && self.first_open().is_none();
        let lingers = self.entries.iter().any(|it| it.lingers);
        let last = self.asking.last_asked.unwrap_or_default();
        (is_unknown && !lingers).then(|| last.after(BUSY_LOOK))
    }

    pub(super) fn take_ask(&mut self, sight: &Sight) -> Option<(Purpose, Call)> {
        let (_, ask) = self.next_ask(sight).filter(|(due, _)| *due <= sight.now)?;
        let session = sight.session.id.address().clone();
        let call = match &ask {
            Ask::List => Call::Statements { session, from: self.asking.list_from, size: 1 },
            Ask::Next if self.asking.is_opaque => {
                let from = self.asking.page_from;
                Call::Statements { session, from, size: u32::try_from(AT_ONCE - from).unwrap_or(1) }
            }
            Ask::Next => Call::Statement(session, StatementId::numbered(self.next_number())?),
            Ask::One(id) => Call::Statement(session, id.clone()),
            Ask::Probe(number) => Call::Statement(session, StatementId::numbered(*number)?),
        };
        match &ask {
            Ask::Next => self.asking.next_due = None,
            Ask::One(id) => {
                self.asking.gaps.retain(|it| it != id);
                self.asking.history.retain(|it| Some(*it) != id.number());
                if self.asking.open.as_ref().is_some_and(|it| it.0 == *id) {
                    self.asking.open_due = None;
                }
            }
            Ask::List | Ask::Probe(_) => {}
        }
        self.asking.last_asked = Some(sight.now);
        self.asking.in_flight = Some(ask);
        Some((Purpose::Statement, call))
    }

    /// The number that the next statement of this session has.
    pub(super) fn next_number(&self) -> u64 {
        self.asking.newest.map_or(0, |it| it + 1)
    }

    /// After each answer: when the one that has the interpreter is read next.
    pub(super) fn plan(&mut self, now: Moment) {
        let Some((id, is_heavy)) =
            self.first_open().map(|it| (it.id().clone(), it.statement.unread.is_some()))
        else {
            (self.asking.open, self.asking.open_due) = (None, None);
            return;
        };
        let asking = &mut self.asking;
        match &asking.open {
            Some((known, since)) if *known == id => {
                let due = now.after(if is_heavy { HEAVY } else { wait(now.since(*since)) });
                asking.open_due = Some(asking.open_due.map_or(due, |it| it.min(due)));
            }
            // Another one has the interpreter now.
            _ => {
                (asking.open, asking.open_due) =
                    (Some((id, now)), Some(now.after(wait(std::time::Duration::ZERO))))
            }
        }
    }

    /// Reads more of the history, older than what is here, until the server has none.
    pub(super) fn want_older(&mut self) {
        let Some(newest) = self.asking.newest else { return };
        // Without a hole from the newest on.
        let numbers = self.entries.iter().rev().filter_map(super::Entry::number);
        let end = numbers.fold(newest + 1, |end, it| if it + 1 == end { it } else { end });
        if self.asking.history.is_empty() {
            self.asking.history = (end.saturating_sub(AT_ONCE).max(self.asking.first_kept())..end).collect();
        }
    }
}
