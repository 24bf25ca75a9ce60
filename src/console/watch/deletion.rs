//! What becomes of a delete that a person has confirmed. Livy answers it when the driver has stopped.

use std::time::Duration;

use livy::CallError;

use super::{Ending, Watch};
use crate::Moment;

/// What became of a delete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Deletion {
    /// Not asked for.
    #[default]
    None,
    /// On its way since then.
    Sent(Moment),
    /// Not carried out, or not known to be.
    Failed(CallError),
}

impl Watch {
    /// What became of a delete.
    pub fn deletion(&self) -> &Deletion {
        &self.deletion
    }

    /// How long a delete has been on its way, in whole seconds.
    pub fn deleting_for(&self, now: Moment) -> Option<Duration> {
        let Deletion::Sent(since) = self.deletion else { return None };
        Some(Duration::from_secs(now.since(since).as_secs()))
    }

    pub(crate) fn is_being_deleted(&self) -> bool {
        matches!(self.deletion, Deletion::Sent(_))
    }

    pub(crate) fn delete_sent(&mut self, now: Moment) {
        self.deletion = Deletion::Sent(now);
    }

    /// The delete was carried out, or had nothing left to delete.
    pub(crate) fn deleted(&mut self, now: Moment) {
        self.end(Ending::Deleted(now));
    }

    /// A delete was answered with a 404, and the session may be there, or is.
    pub(crate) fn delete_not_heard(&mut self, error: CallError) {
        self.deletion = Deletion::Failed(error);
    }

    pub(crate) fn delete_failed(&mut self, error: CallError, now: Moment) {
        if error.is_gone() {
            self.end(Ending::Forgotten(now));
        } else if error.is_missing() {
            // Nothing is left to delete, or nothing was there to hear it: the list knows.
            self.deletion = Deletion::None;
            self.doubts(error, true, now);
        } else {
            self.delete_lost = error.leaves_doubt().then_some(now).or(self.delete_lost);
            self.deletion = Deletion::Failed(error);
            self.poll.hurry(now);
        }
    }

    /// The person has left the page since, or a delete whose answer was lost was not carried out: what was said of it is not news
    /// any more.
    pub(super) fn forget_failed_delete(&mut self) {
        if matches!(self.deletion, Deletion::Failed(_)) {
            self.deletion = Deletion::None;
        }
    }
}
