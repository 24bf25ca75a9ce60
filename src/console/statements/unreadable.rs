//! Statements that cannot be read, however often one asks: they must not hold up the others.

use livy::{CallError, StatementId};

use super::Statements;
use super::pace::HOPELESS;

impl Statements {
    /// The server answers: what had no answer before is to blame itself. After some such reads it is not read any more.
    pub(super) fn blame_hung(&mut self) {
        let Some(id) = self.asking.hung.take() else { return };
        let failures = match self.entries.iter_mut().find(|it| *it.id() == id) {
            Some(entry) => {
                entry.failures += 1;
                if entry.failures >= HOPELESS {
                    entry.trouble = Some(CallError::TimedOut);
                }
                entry.failures
            }
            None => self.asking.unread(&id),
        };
        if failures < HOPELESS {
            self.asking.gaps.insert(0, id);
        } else if let Some(number) = id.number().filter(|_| self.entry(&id).is_none()) {
            self.take_as_there(number);
        }
    }

    /// It is there, and nobody can read whose it is.
    pub(super) fn take_as_there(&mut self, number: u64) {
        self.asking.taken_as_there.push(number);
        self.may_be_unreadable(number);
    }

    /// Whether one that fails again and again in Livy's own words is taken to be there. One such is an output that cannot be sent;
    /// two in a row are a session that answers nothing any more.
    pub(super) fn guesses(&mut self, number: u64) -> bool {
        let tries = StatementId::numbered(number).map_or(0, |it| self.asking.unread(&it));
        if tries < HOPELESS || self.asking.guessed > 0 {
            self.asking.is_stopped = tries >= HOPELESS;
            return false;
        }
        self.asking.succeeded();
        self.asking.guessed = 1;
        self.take_as_there(number);
        true
    }
}
