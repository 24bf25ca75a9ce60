//! What the server answers to questions.

use livy::{Answer, Call, CallError, Statement, StatementId, StatementPage};

use super::asking::Ask;
use super::pace::{AT_ONCE, HOPELESS};
use super::search::Search;
use super::{Entry, Origin, Run, Sight, Statements};
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
            }
            self.asking.first = Some(self.asking.first.map_or(number, |it| it.min(number)));
            self.asking.history.retain(|it| *it != number);
        }
        match self.entries.iter_mut().find(|it| *it.id() == id) {
            Some(entry) => {
                let was_open = entry.is_open();
                entry.told(statement, now);
                if was_open && !entry.is_open() && entry.origin != Origin::Elsewhere {
                    self.ended = Some((id.clone(), self.is_seen));
                }
            }
            None => {
                let mut entry = Entry::new(statement);
                let fresh = Statement::clone(&entry.statement);
                // As if it had been told once more: what depends on how far it has come is decided in one place.
                entry.told(fresh, now);
                let at = self.entries.partition_point(|it| it.number() < number);
                let at = if number.is_none() { self.entries.len() } else { at };
                self.entries.insert(at, entry);
            }
        }
        self.claim(&id);
        self.act_since(&id, now);
        self.settle_lingering(&id);
    }

    /// What is cancelled and may run on has ended once a later one runs: it is read once more.
    fn settle_lingering(&mut self, started: &StatementId) {
        let Some(at) = self.entries.iter().position(|it| it.id() == started) else { return };
        if self.entries[at].has_started() {
            self.end_lingering(at);
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
        let error = match (&flight.call, result) {
            (_, Err(error)) => Some(error),
            (Call::Statements { .. }, Ok(answer)) => match answer.statements() {
                Ok(page) => {
                    self.asking.succeeded();
                    self.listed(page, is_outdated, now, jitter);
                    None
                }
                Err(error) => Some(error),
            },
            (Call::Statement(_, id), Ok(answer)) => match answer.statement_at(id) {
                Ok(Some(statement)) => {
                    self.asking.succeeded();
                    self.blame_hung();
                    self.told(statement, now);
                    self.is_there(&ask, now);
                    None
                }
                Ok(None) => {
                    self.asking.succeeded();
                    self.blame_hung();
                    self.denied(&ask, is_outdated, now, jitter);
                    None
                }
                Err(error) => Some(error),
            },
            (_, Ok(_)) => None,
        };
        if let Some(error) = error {
            self.is_missing |= !sight.is_shown && error.is_gone();
            self.not_read(&ask, error, now, jitter);
        }
        self.settle_run(desk);
        self.plan(now);
    }

    /// The one that was asked for is there.
    fn is_there(&mut self, ask: &Ask, now: Moment) {
        match ask {
            Ask::Next => self.asking.next_due = Some(now),
            Ask::Probe(_) => self.searched(true, now),
            Ask::One(_) | Ask::List => {}
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
        self.asking.found(newest);
        // What was read on the way and is far from the newest would stand there with holes between.
        let from = self.asking.history.first().copied();
        self.entries.retain(|it| it.is_open() || it.number() >= from);
        let read: Vec<u64> = self.entries.iter().filter_map(Entry::number).collect();
        self.asking.history.retain(|it| !read.contains(it));
        self.look_back();
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
                if self.told_page(page, now) {
                    self.asking.next_due = Some(now);
                    return;
                }
            }
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
        for statement in page.statements.into_iter().rev() {
            let id = statement.id.clone();
            // What the cut goes through need not be large, since others stand before it: it is read by itself.
            let is_torn = statement.unread.is_some();
            if is_torn && self.entry(&id).is_none_or(Entry::is_open) {
                self.asking.gaps.push(id.clone());
            }
            if !is_torn || self.entry(&id).is_none() {
                self.told(statement, now);
            }
        }
        let new = self.entries.len() - before;
        let page_from = std::mem::take(&mut self.asking.page_from);
        if page_from > 0 && self.entries.iter().all(|it| it.number().is_none()) {
            // They are older than those of the page before.
            self.entries.rotate_right(new);
        }
        let goes_on = page.is_cut && new > 0 && page_from + count < AT_ONCE;
        if goes_on {
            self.asking.page_from = page_from + count;
        }
        goes_on
    }

    /// The server does not have it. `is_outdated`: as it was before the last statement from here was answered.
    pub(super) fn denied(&mut self, ask: &Ask, is_outdated: bool, now: Moment, jitter: u8) {
        match ask {
            Ask::Next if is_outdated => self.asking.next_due = self.asking.next_due.or(Some(now)),
            Ask::Next => {
                let looked_for = self.run.as_mut().filter(|it| it.is_looked_for());
                self.asking.next_due = looked_for.and_then(|it| it.denied(now, jitter));
            }
            Ask::One(id) => {
                let number = id.number();
                // It keeps the latest: what is older is gone too.
                let is_gone = |it: &&mut Entry| it.id() == id || number.is_some() && it.number() < number;
                for entry in self.entries.iter_mut().filter(is_gone) {
                    entry.is_evicted = true;
                    entry.lingers = false;
                }
                if let Some(number) = number.filter(|it| Some(*it) <= self.asking.newest) {
                    self.asking.first = self.asking.first.max(Some(number + 1));
                    self.asking.is_first_sure = true;
                    self.asking.history.retain(|it| *it > number);
                }
            }
            Ask::Probe(_) => self.searched(false, now),
            Ask::List => {}
        }
    }

    /// No answer to a question, or none that says anything.
    fn not_read(&mut self, ask: &Ask, error: CallError, now: Moment, jitter: u8) {
        // Livy's own failure may be about what was asked for: some outputs cannot be sent, however often one asks.
        let is_livys = matches!(error, CallError::Refused { status: 500, .. });
        match ask {
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
                if is_livys && self.guesses(*number) {
                    self.is_there(ask, now);
                    return;
                }
            }
            Ask::Next if is_livys && self.guesses(self.next_number()) => {
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
            // An output over the limit of the driver's channel is never answered, while others are: another question tells.
            Ask::One(id) if error == CallError::TimedOut && self.asking.is_found() => {
                self.asking.hung = Some(id.clone());
                self.asking.next_due = Some(now);
            }
            Ask::One(id) => {
                let entry = self.entries.iter_mut().find(|it| it.id() == id);
                let failures = match entry {
                    Some(entry) if is_livys => {
                        entry.failures += 1;
                        if entry.failures >= HOPELESS {
                            entry.trouble = Some(error.clone());
                        }
                        entry.failures
                    }
                    Some(_) => 0,
                    // Never read: it is asked for as often, and then there is nothing to show of it.
                    None if is_livys => self.asking.unread(id),
                    None => 0,
                };
                if failures >= HOPELESS {
                    self.asking.succeeded();
                    if let Some(number) = id.number().filter(|_| self.entry(id).is_none()) {
                        self.take_as_there(number);
                    }
                    return;
                }
                self.asking.gaps.push(id.clone());
            }
        }
        self.asking.failed(error, now, jitter);
    }
}
