//! What the server answers to questions.

use livy::{Answer, Call, CallError, Statement, StatementId, StatementPage};

use super::asking::Ask;
use super::pace::{AT_ONCE, HOPELESS};
use super::search::Search;
use super::unreadable::may_be_of_one;
use super::{Entry, Run, Sight, Statements};
use crate::Moment;
use crate::desk::Desk;
use crate::flight::Flight;

impl Statements {
    /// A statement was told of, by whichever answer.
    pub(super) fn told(&mut self, statement: Statement, now: Moment) {
        let (id, number) = (statement.id.clone(), statement.id.number());
        if let Some(number) = number {
            if self.asking.is_found() {
                self.asking.newest = self.asking.newest.max(Some(number));
                self.asking.kept.has(number, self.asking.newest.unwrap_or(number));
            }
            self.asking.first = Some(self.asking.first.map_or(number, |it| it.min(number)));
            self.asking.history.retain(|it| *it != number);
        }
        self.asking.unreadable.retain(|it| it.0 != id);
        match self.entries.iter_mut().find(|it| *it.id() == id) {
            Some(entry) => {
                let was_open = entry.is_open();
                entry.told(statement, now);
                if was_open && !entry.is_open() && entry.origin.is_own() {
                    self.ended = Some((id.clone(), self.is_seen));
                }
            }
            None => {
                let mut entry = Entry::new(statement);
                entry.known_since = now;
                let fresh = Statement::clone(&entry.statement);
                // As if it had been told once more: what depends on how far it has come is decided in one place.
                entry.told(fresh, now);
                self.insert(entry);
            }
        }
        self.claim(&id);
        self.act_since(&id, now);
        self.settle_lingering(&id);
        self.let_go_of_old();
    }

    /// In its place among the others.
    pub(super) fn insert(&mut self, entry: Entry) {
        let number = entry.number();
        let at = self.entries.partition_point(|it| it.number() < number);
        // Of ids that are no numbers the list knows the order; what comes by itself is the newest.
        let newer = || self.entries.iter().position(|it| Some(it.id()) == self.asking.newer.as_ref());
        let at = if number.is_none() { newer().unwrap_or(self.entries.len()) } else { at };
        self.entries.insert(at, entry);
    }

    /// What is cancelled and may run on has ended once a later one runs: it is read once more.
    fn settle_lingering(&mut self, started: &StatementId) {
        let Some(at) = self.entries.iter().position(|it| it.id() == started) else { return };
        if self.entries[at].has_started() {
            self.end_lingering(at);
        }
        // A later one has begun already: it had ended when it was read.
        if self.entries[at + 1..].iter().any(Entry::has_started) {
            self.entries[at].lingers = false;
        }
    }

    /// Those before this place have no interpreter any more.
    pub(super) fn end_lingering(&mut self, before: usize) {
        for entry in self.entries[..before].iter_mut().filter(|it| it.lingers) {
            entry.lingers = false;
            self.asking.gaps.push(entry.id().clone());
        }
    }

    pub(super) fn read_answered(
        &mut self,
        flight: &Flight,
        result: Result<Answer, CallError>,
        sight: &Sight,
        desk: &mut Desk,
    ) {
        let Some(ask) = self.asking.in_flight.take() else { return };
        let is_outdated = std::mem::take(&mut self.asking.is_outdated);
        let (now, jitter) = (sight.now, desk.jitter());
        if self.may_be_anothers(sight) {
            self.ask_again(ask, now);
            return;
        }
        let error = match (&flight.call, result) {
            (_, Err(error)) => Some(error),
            (Call::Statements { .. } | Call::NewStatements { .. }, Ok(answer)) => match answer.statements() {
                Ok(page) => {
                    self.asking.succeeded();
                    if page.statements.iter().any(|it| self.doubts(it, flight.sent, now)) {
                        self.ask_again(ask, now);
                        return;
                    }
                    if self.asking.is_opaque {
                        self.blame_hung(now);
                    }
                    self.listed(page, is_outdated, now, jitter);
                    None
                }
                // Not even one of them stands in so little: more of it is read.
                Err(CallError::Unreadable { .. }) if answer.cut.is_some() && self.asking.has_listed => {
                    self.asking.has_listed = false;
                    self.asking.next_due = Some(now);
                    None
                }
                Err(error) => Some(error),
            },
            (Call::Statement(_, id), Ok(answer)) => match answer.statement_at(id) {
                Ok(Some(statement)) => {
                    self.asking.succeeded();
                    if self.doubts(&statement, flight.sent, now) {
                        self.ask_again(ask, now);
                        return;
                    }
                    self.blame_hung(now);
                    self.told(statement, now);
                    self.is_there(&ask, now);
                    None
                }
                Ok(None) => {
                    self.asking.succeeded();
                    if sight.is_shown && self.doubts_denial(&ask, now) {
                        self.ask_again(ask, now);
                        return;
                    }
                    self.blame_hung(now);
                    self.denied(&ask, is_outdated, now, jitter);
                    None
                }
                Err(error) => Some(error),
            },
            (_, Ok(_)) => None,
        };
        if let Some(error) = error {
            self.is_missing |= !sight.is_shown && error.is_gone();
            self.doubt.asks |= error.needs_person();
            self.not_read(&ask, error, now, jitter);
        }
        self.settle_run(desk);
        self.plan(now);
    }

    /// The one that was asked for is there.
    pub(super) fn is_there(&mut self, ask: &Ask, now: Moment) {
        match ask {
            Ask::Next => self.asking.next_due = Some(now),
            Ask::Probe(_) => self.searched(true, now),
            Ask::One(_) | Ask::List | Ask::NoneSuch => {}
        }
    }

    /// A number was asked for to find the newest.
    fn searched(&mut self, is_there: bool, now: Moment) {
        let (search, newest) = self.asking.search.next(is_there);
        self.asking.search = search;
        if search == Search::Done {
            self.found(newest, now);
        }
    }

    /// Which one is the newest is known. What was sent from here may be among those that came after what was known then.
    fn found(&mut self, newest: Option<u64>, now: Moment) {
        let is_first = self.asking.newest.is_none();
        self.asking.found(newest);
        // What was read on the way and is far from the newest would stand there with holes between.
        let from = self.asking.history.first().copied();
        let sent = self.run.as_ref().and_then(Run::statement);
        self.entries.retain(|it| !is_first || it.is_open() || it.number() >= from || Some(it.id()) == sent);
        let read: Vec<u64> = self.entries.iter().filter_map(Entry::number).collect();
        self.asking.history.retain(|it| !read.contains(it));
        self.look_back();
        self.nothing_came_after();
        if self.run.as_ref().is_some_and(Run::is_looked_for) {
            self.asking.next_due = Some(now);
        }
    }

    fn listed(&mut self, page: StatementPage, is_outdated: bool, now: Moment, jitter: u8) {
        let was_searching = !self.asking.is_found();
        let first = page.statements.first().map(|it| it.id.number());
        match (first, page.total) {
            (Some(Some(first)), Some(total)) if !self.asking.is_opaque => {
                let first = first.saturating_sub(self.asking.list_from);
                (self.asking.first, self.asking.is_first_sure) = (Some(first), true);
                if first > 0 && self.asking.list_from == 0 {
                    self.asking.kept.most = Some(total);
                }
                self.found((first + total).checked_sub(1), now);
                return;
            }
            (None, _) if !self.asking.is_opaque => self.found(None, now),
            (Some(Some(first)), None) if page.is_cut && !self.asking.is_opaque => {
                self.asking.search = Search::from(first);
                return;
            }
            _ => {
                // Ids that are no numbers, or a list that does not say how many there are: its first page is all there is to go by.
                // Such servers begin with the newest.
                self.asking.is_opaque = true;
                self.asking.search = Search::Done;
                self.asking.kept.told = page.total;
                if self.told_page(page, now) {
                    self.asking.next_due = Some(now);
                    return;
                }
            }
        }
        if self.asking.is_opaque && !is_outdated {
            self.nothing_came_after();
        }
        if was_searching {
            self.asking.next_due = self.asking.is_opaque.then_some(now).or(self.asking.next_due);
        } else if let Some(run) = self.run.as_mut().filter(|it| it.is_looked_for() && !is_outdated) {
            self.asking.next_due = run.denied(now, jitter);
        }
    }

    /// A page of a list, the newest first. True where it was cut and brought something new: there is more behind the cut.
    fn told_page(&mut self, page: StatementPage, now: Moment) -> bool {
        let (before, count) = (self.entries.len(), page.statements.len() as u64);
        let page_from = std::mem::take(&mut self.asking.page_from);
        let last = page.statements.last().map(|it| it.id.clone());
        // Each is older than those before it: what is new goes in front of the nearest of them that is known.
        let mut newer = self.asking.page_behind.take();
        let mut told: Vec<(Statement, Option<StatementId>)> = Vec::with_capacity(page.statements.len());
        for statement in page.statements {
            let is_known = self.entry(&statement.id).is_some();
            let behind = newer.clone();
            newer = is_known.then(|| statement.id.clone()).or(newer);
            told.push((statement, behind));
        }
        for (mut statement, newer) in told.into_iter().rev() {
            let id = statement.id.clone();
            // What the cut goes through need not be large, since others stand before it: it is read by itself.
            let is_torn = statement.unread.take().is_some();
            if is_torn && self.entry(&id).is_none_or(Entry::is_open) {
                self.asking.gaps.push(id.clone());
            }
            if !is_torn || self.entry(&id).is_none() {
                self.asking.newer = newer;
                self.told(statement, now);
            }
        }
        self.asking.newer = None;
        let goes_on = page.is_cut && self.entries.len() > before && page_from + count < AT_ONCE;
        if goes_on {
            (self.asking.page_from, self.asking.page_behind) = (page_from + count, last);
        }
        self.asking.has_listed |= !goes_on;
        goes_on
    }

    /// The server has nothing after what is known: what was sent from here and has arrived has not come once more.
    fn nothing_came_after(&mut self) {
        self.run.iter_mut().for_each(|it| it.is_last |= it.has_arrived());
    }

    /// The server does not have it. `is_outdated`: as it was before the last statement from here was answered.
    pub(super) fn denied(&mut self, ask: &Ask, is_outdated: bool, now: Moment, jitter: u8) {
        if *ask == Ask::Next {
            // What failed there before was the way: nothing is there.
            let next = self.next_number();
            self.asking.unreadable.retain(|it| it.0.number() != Some(next));
        }
        match ask {
            Ask::Next if is_outdated => self.asking.next_due = self.asking.next_due.or(Some(now)),
            Ask::Next => {
                let looked_for = self.run.as_mut().filter(|it| it.is_looked_for());
                let Some(run) = looked_for else {
                    self.asking.next_due = None;
                    self.nothing_came_after();
                    return;
                };
                // What is gone is denied too: whether so many have come meanwhile is asked before the last word.
                if run.is_nearly_absent(now) && !std::mem::replace(&mut run.is_checked, true) {
                    self.asking.search = self.asking.newest.map_or_else(Search::default, Search::At);
                    return;
                }
                self.asking.next_due = run.denied(now, jitter);
            }
            Ask::One(id) => {
                let number = id.number();
                // It keeps the latest: what is older is gone too.
                let is_gone = |it: &&mut Entry| it.id() == id || number.is_some() && it.number() < number;
                for entry in self.entries.iter_mut().filter(is_gone) {
                    entry.is_evicted = true;
                    entry.lingers = false;
                }
                if let Some((number, newest)) = number.zip(self.asking.newest).filter(|it| it.0 <= it.1) {
                    self.asking.first = self.asking.first.max(Some(number + 1));
                    self.asking.is_first_sure = true;
                    self.asking.history.retain(|it| *it > number);
                    self.asking.look_back.retain(|it| *it > number);
                    self.asking.kept.lacks(number, newest);
                    let looked_for = self.run.as_mut().filter(|it| it.is_looked_for() && it.can_be(id));
                    looked_for.into_iter().for_each(|it| it.may_be_gone = true);
                    self.let_go_of_old();
                    if number == newest {
                        // The last one is always kept: others have come.
                        self.asking.search = Search::default();
                    }
                }
            }
            Ask::Probe(_) => self.searched(false, now),
            Ask::List | Ask::NoneSuch => {}
        }
    }

    /// No answer to a question, or none that says anything.
    fn not_read(&mut self, ask: &Ask, error: CallError, now: Moment, jitter: u8) {
        // Livy's own failure may be about what was asked for: some outputs cannot be sent, however often one asks.
        let is_livys = matches!(error, CallError::Refused { status: 500, .. });
        // Whether it is the way, another question tells.
        let is_list = *ask == Ask::List || *ask == Ask::Next && self.asking.is_opaque;
        if !is_list && *ask != Ask::NoneSuch && may_be_of_one(&error) {
            self.asking.hung = Some((ask.clone(), error.clone()));
            if self.asking.is_opaque {
                self.asking.next_due = Some(now);
            }
            self.asking.failed(error, now, jitter);
            return;
        }
        match ask {
            Ask::NoneSuch => self.blame_the_way(now),
            Ask::List if is_livys && self.asking.step() => return,
            Ask::List => {}
            Ask::Probe(number) => {
                // An address that is none here: ids of another sort, and no such limit of a list.
                if matches!(
                    error,
                    CallError::NoRoute { .. } | CallError::Refused { status: 400 | 405 | 422, .. }
                ) {
                    self.asking.search = Search::List;
                    return;
                }
                if is_livys && self.guesses(*number, &error) {
                    self.is_there(ask, now);
                    return;
                }
            }
            Ask::Next if is_livys && self.guesses(self.next_number(), &error) => {
                self.asking.newest = Some(self.next_number());
                self.is_there(ask, now);
                return;
            }
            Ask::Next => {
                let due = self
                    .run
                    .as_mut()
                    .filter(|it| it.is_looked_for())
                    .and_then(|it| it.next_look(now, jitter));
                self.asking.next_due = Some(due.unwrap_or(now));
            }
            Ask::One(id) => {
                let failures = match self.entries.iter_mut().find(|it| it.id() == id) {
                    Some(entry) if is_livys => {
                        entry.failures = entry.failures.saturating_add(1);
                        entry.failures
                    }
                    None if is_livys => self.asking.unread(id),
                    _ => 0,
                };
                if failures >= HOPELESS {
                    self.asking.succeeded();
                    self.give_up(id.clone(), error);
                    return;
                }
                // Others that wait to be read go first.
                self.asking.gaps.insert(0, id.clone());
            }
        }
        self.asking.failed(error, now, jitter);
    }
}
