//! Statements that cannot be read, however often one asks: they must not hold up the others.

use livy::{CallError, Statement, StatementId, StatementState};

use super::asking::Ask;
use super::pace::HOPELESS;
use super::{Entry, Statements};
use crate::Moment;

/// True for a failure that may be of the way or of this one statement: an output over the limit of the driver's channel is never
/// answered, and a gateway that does not carry so much cuts it or says that it has failed.
pub(super) fn may_be_of_one(error: &CallError) -> bool {
    let is_of_a_gateway = match error {
        CallError::TimedOut | CallError::Unreachable | CallError::Unreadable { .. } => true,
        CallError::NotLivy { status, .. } => *status == 413 || !(300..500).contains(status),
        CallError::Refused { status, .. } => matches!(status, 413 | 501..),
        _ => false,
    };
    is_of_a_gateway && !error.needs_person()
}

impl Statements {
    /// The server answers: what had no answer before is to blame itself. After some such reads it is not read any more.
    pub(super) fn blame_hung(&mut self, now: Moment) {
        let Some((ask, error)) = self.asking.hung.take() else { return };
        let id = match &ask {
            Ask::One(id) => Some(id.clone()),
            Ask::Probe(number) => StatementId::numbered(*number),
            Ask::Next => StatementId::numbered(self.next_number()),
            Ask::List | Ask::NoneSuch => None,
        };
        let Some(id) = id else { return };
        let failures = match self.entries.iter_mut().find(|it| *it.id() == id) {
            Some(entry) => {
                entry.failures = entry.failures.saturating_add(1);
                entry.failures
            }
            None => self.asking.unread(&id),
        };
        match ask {
            Ask::One(_) if failures < HOPELESS => self.asking.gaps.insert(0, id),
            _ if failures < HOPELESS => self.asking.next_due = self.asking.next_due.max(Some(now)),
            Ask::One(_) => self.give_up(id, error),
            _ => {
                if ask == Ask::Next {
                    self.asking.newest = id.number();
                }
                self.give_up(id, error);
                self.is_there(&ask, now);
            }
        }
    }

    /// The question that tells the one from the other has failed too: it is the way.
    pub(super) fn blame_the_way(&mut self, now: Moment) {
        match self.asking.hung.take() {
            Some((Ask::One(id), _)) => self.asking.gaps.insert(0, id),
            Some((Ask::Next, _)) => self.asking.next_due = Some(now),
            _ => {}
        }
    }

    /// It is there, and nobody can read it, nor whose it is if it was never read.
    pub(super) fn give_up(&mut self, id: StatementId, error: CallError) {
        self.asking.unreadable.retain(|it| it.0 != id);
        if !self.entries.iter().any(|it| *it.id() == id) {
            let entry = Entry::new(Statement {
                id: id.clone(),
                state: StatementState::Unknown(String::new()),
                code: None,
                output: None,
                progress: None,
                progress_as_told: None,
                started: None,
                completed: None,
                tells_times: false,
                unread: None,
            });
            self.insert(entry);
        }
        self.entries.iter_mut().filter(|it| *it.id() == id).for_each(|it| it.not_readable(error.clone()));
        if let Some(number) = id.number() {
            self.asking.history.retain(|it| *it != number);
        }
        self.claim(&id);
    }

    /// Whether one that fails again and again in Livy's own words is taken to be there. One such is an output that cannot be sent;
    /// two in a row are a session that answers nothing any more.
    pub(super) fn guesses(&mut self, number: u64, error: &CallError) -> bool {
        let Some(id) = StatementId::numbered(number) else { return false };
        let tries = self.asking.unread(&id);
        if tries < HOPELESS || self.asking.guessed > 0 {
            self.asking.is_stopped = tries >= HOPELESS;
            return false;
        }
        self.asking.succeeded();
        self.asking.guessed = 1;
        self.give_up(id, error.clone());
        true
    }
}
