//! What is asked of the server next, and when.

use livy::{Call, CallError, StatementId};

use super::kept::Kept;
use super::pace::{AT_ONCE, BEHIND, HIDDEN, HISTORY, HOPELESS};
use super::search::Search;
use super::{Reading, Run, Sight, Statements};
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
    /// One that no session has: whether the server answers, where something else had no answer.
    NoneSuch,
}

/// Livy reads the number as an `int`.
const NONE_SUCH: u64 = i32::MAX as u64;

/// What is known of the server's statements as a whole, and what is to be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    pub search: Search,
    /// Where the list of one begins: a statement whose output cannot be sent fails the whole list that has it.
    pub list_from: u64,
    /// Where the page of a list begins that is read next, since the one before it was cut.
    pub page_from: u64,
    /// And the last one of the page before it.
    pub page_behind: Option<StatementId>,
    /// While a page is taken in: which one is known to have come after the one that is told of.
    pub newer: Option<StatementId>,
    /// The first and the newest that the server is known to have.
    pub first: Option<u64>,
    /// True where nothing before the first is there any more.
    pub is_first_sure: bool,
    pub newest: Option<u64>,
    /// True where ids are no numbers, so that there is no next one: the first page of the list is read instead.
    pub is_opaque: bool,
    /// True there once the first page was read: a look for new ones need not go far.
    pub has_listed: bool,
    /// To be read before anything else: what came between two that are known, and what a person has cancelled.
    pub gaps: Vec<StatementId>,
    /// To be read as there is time, the newest at the end.
    pub history: Vec<u64>,
    /// What may be the statement that is looked for, the newest at the end: it is not denied before they are read.
    pub look_back: Vec<u64>,
    /// When to ask for the one after the newest.
    pub next_due: Option<Moment>,
    /// When to read one that is open; and which one was the last to begin or to come, and since when.
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
    /// Those that have never been read, and how often it was tried in vain.
    pub unreadable: Vec<(StatementId, u8)>,
    /// What had no answer that says anything: whether it is the way or the statement, another question tells.
    pub hung: Option<(Ask, CallError)>,
    /// How many in a row were taken to be there because they cannot be read.
    pub guessed: u8,
    /// When the one after the newest was last asked for.
    pub looked: Option<Moment>,
    /// True while the session is at work.
    pub is_busy: bool,
    pub kept: Kept,
}

/// So many statements that cannot be sent are stepped over at the beginning of the list.
const MOST_STEPS: u64 = 20;

impl Asking {
    /// True once it is known which one is the newest, or that there is none.
    pub fn is_found(&self) -> bool {
        self.search == Search::Done
    }

    /// How many the server has.
    pub fn total(&self) -> Option<u64> {
        match self.newest {
            _ if self.is_opaque => self.kept.told,
            _ if !self.is_found() => None,
            None => Some(0),
            Some(newest) => Some((newest + 1).saturating_sub(self.first_kept()).min(self.kept.most())),
        }
    }

    /// None before this one is there.
    pub fn first_kept(&self) -> u64 {
        let most =
            self.kept.most.zip(self.newest).map_or(0, |(most, newest)| (newest + 1).saturating_sub(most));
        self.first.filter(|_| self.is_first_sure).unwrap_or(0).max(most)
    }

    /// True once it was refused several times in a row, as to somebody who has to sign in.
    fn is_refused(&self) -> bool {
        self.failures >= u32::from(HOPELESS) && self.error.as_ref().is_some_and(CallError::needs_person)
    }

    pub fn trouble(&self) -> Option<&CallError> {
        self.error.as_ref()
    }

    pub fn succeeded(&mut self) {
        (self.error, self.failures, self.not_before, self.is_stopped) = (None, 0, None, false);
        self.guessed = 0;
    }

    /// Asks later. Where only a person can help, the session's own call tells.
    pub fn failed(&mut self, error: CallError, now: Moment, jitter: u8) {
        self.failures += 1;
        self.not_before = Some(now.after(backoff(self.failures, jitter, error.retry_after())));
        self.error = Some(error);
    }

    /// One that was never read has failed; how often since it was read last.
    pub fn unread(&mut self, id: &StatementId) -> u8 {
        if let Some(known) = self.unreadable.iter_mut().find(|it| it.0 == *id) {
            known.1 = known.1.saturating_add(1);
            return known.1;
        }
        self.unreadable.push((id.clone(), 1));
        1
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
}

impl Statements {
    /// Where the reading stands.
    pub fn reading(&self) -> Reading {
        let asking = &self.asking;
        match () {
            () if self.is_over => Reading::Over,
            () if self.is_closed => Reading::Closed,
            () if asking.error.is_some() || self.is_doubted() => Reading::Stale,
            () if asking.is_found() && asking.history.is_empty() && asking.gaps.is_empty() => Reading::Read,
            () if asking.last_asked.is_some() => Reading::Reading,
            () => Reading::Closed,
        }
    }

    /// The most urgent question, and when it is to be asked.
    pub(super) fn next_ask(&self, sight: &Sight) -> Option<(Moment, Ask)> {
        let asking = &self.asking;
        if asking.in_flight.is_some() || asking.is_stopped || sight.is_refused || !sight.is_open() {
            return None;
        }
        let start = Moment::default();
        let looks_for = self.run.as_ref().is_some_and(Run::is_looked_for);
        let open = self.next_open().map(|it| Ask::One(it.id().clone()));
        let one = |number: u64| Some((start, Ask::One(StatementId::numbered(number)?)));
        let next = asking.next_due.filter(|_| asking.is_found() && asking.look_back.is_empty());
        let wanted = [
            asking.hung.as_ref().filter(|_| !asking.is_opaque).map(|_| (start, Ask::NoneSuch)),
            (asking.search == Search::List).then_some((start, Ask::List)),
            asking.search.number().map(|it| (start, Ask::Probe(it))),
            asking.gaps.last().map(|it| (start, Ask::One(it.clone()))),
            asking.look_back.last().filter(|_| asking.is_found()).and_then(|it| one(*it)),
            next.map(|it| (it, Ask::Next)),
            asking.open_due.zip(open),
            self.busy_look(sight).filter(|_| !looks_for).map(|it| (it, Ask::Next)),
            asking.history.last().and_then(|it| {
                let due = asking.last_asked.map_or(start, |last| last.after(HISTORY));
                Some((due, Ask::One(StatementId::numbered(*it)?)))
            }),
            self.kept_look(),
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
        let runs = || self.entries.iter().any(|it| it.origin.is_own() && it.is_open());
        let is_it = |id: &StatementId| self.next_open().is_some_and(|it| it.id() == id);
        let looks_for = self.run.as_ref().is_some_and(Run::is_looked_for);
        match ask {
            _ if self.is_missing || self.asking.is_refused() => false,
            Ask::One(id) if self.asking.look_back.last() == id.number().as_ref() => looks_for,
            Ask::One(id) => is_it(id) && runs(),
            Ask::NoneSuch => looks_for || runs(),
            _ => looks_for,
        }
    }

    pub(super) fn take_ask(&mut self, sight: &Sight) -> Option<(Purpose, Call)> {
        let (_, ask) = self.next_ask(sight).filter(|(due, _)| *due <= sight.now)?;
        let session = sight.session.id.address().clone();
        let call = match &ask {
            Ask::List => Call::Statements { session, from: self.asking.list_from, size: 1 },
            Ask::Next if self.asking.is_opaque => {
                let from = self.asking.page_from;
                let size = u32::try_from(AT_ONCE - from).unwrap_or(1);
                match self.asking.has_listed {
                    true => Call::NewStatements { session, from, size },
                    false => Call::Statements { session, from, size },
                }
            }
            Ask::Next => Call::Statement(session, StatementId::numbered(self.next_number())?),
            Ask::One(id) => Call::Statement(session, id.clone()),
            Ask::Probe(number) => Call::Statement(session, StatementId::numbered(*number)?),
            Ask::NoneSuch => Call::Statement(session, StatementId::numbered(NONE_SUCH)?),
        };
        let turn = self.next_open().map(|it| it.id().clone());
        match &ask {
            Ask::Next => {
                self.asking.next_due = None;
                self.asking.looked = Some(sight.now);
            }
            Ask::One(id) => {
                self.asking.gaps.retain(|it| it != id);
                self.asking.history.retain(|it| Some(*it) != id.number());
                self.asking.look_back.retain(|it| Some(*it) != id.number());
                if turn.as_ref() == Some(id) {
                    self.asking.open_due = None;
                }
                if let Some((number, newest)) = id.number().zip(self.asking.newest) {
                    self.asking.kept.asks(number, newest);
                }
            }
            Ask::List | Ask::Probe(_) | Ask::NoneSuch => {}
        }
        self.asking.last_asked = Some(sight.now);
        self.asking.in_flight = Some(ask);
        Some((Purpose::Statement, call))
    }

    /// Nothing was made of the answer, or none came: it is asked once more.
    pub(super) fn ask_again(&mut self, ask: Ask, now: Moment) {
        match ask {
            Ask::Next => self.asking.next_due = Some(now),
            Ask::One(id) => self.asking.gaps.push(id),
            Ask::List | Ask::Probe(_) | Ask::NoneSuch => {}
        }
    }

    /// The number that the next statement of this session has.
    pub(super) fn next_number(&self) -> u64 {
        self.asking.newest.map_or(0, |it| it + 1)
    }

    /// Reads more of the history, older than what is here, until the server has none.
    pub(super) fn want_older(&mut self) {
        let Some(newest) = self.asking.newest.filter(|_| self.asking.history.is_empty()) else { return };
        let known: Vec<u64> = self.entries.iter().filter_map(super::Entry::number).collect();
        let missing = (self.asking.first_kept()..=newest).rev().filter(|it| !known.contains(it));
        let mut wanted: Vec<u64> = missing.take(AT_ONCE as usize).collect();
        wanted.reverse();
        self.asking.history = wanted;
    }
}
