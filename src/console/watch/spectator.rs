//! Whether a session is kept alive by being watched, or only looked at: then it is read from the list, which renews nothing.

use std::sync::Arc;

use livy::{Call, Session};

use super::{HEARTBEAT_LOOK, Watch};
use crate::expiry::beat;
use crate::{Moment, SessionList};

impl Watch {
    /// From now on calls to the session renew its heartbeat.
    pub(crate) fn keep(&mut self) {
        if !std::mem::replace(&mut self.keeps, true) {
            self.tail = Arc::default();
            self.is_unlisted = false;
        }
    }

    /// True when calls from here renew its heartbeat, if it has one.
    pub(crate) fn keeps(&self) -> bool {
        self.keeps
    }

    /// True for a session whose heartbeat someone else keeps.
    pub(crate) fn would_only_look(&self, session: &Session) -> bool {
        !self.keeps && !session.state.is_over() && beat(session).is_some()
    }

    /// True while the session is read from the list, so that looking at it does not keep it alive.
    pub fn only_looks(&self) -> bool {
        self.session.as_ref().is_some_and(|it| self.would_only_look(it))
    }

    /// The last lines of its log as the list tells them, while only looking.
    pub fn tail(&self) -> &Arc<Vec<String>> {
        &self.tail
    }

    /// True while only looking at a session that the list has somewhere else: nothing new is known of it.
    pub fn is_unlisted(&self) -> bool {
        self.is_unlisted
    }

    /// The call that tells of it while only looking.
    pub(crate) fn list_call(&self, list: &SessionList) -> Call {
        match self.list_from {
            Some(from) => Call::Sessions { from, size: SessionList::SIZE },
            None => list.call(),
        }
    }

    /// True while it is read from another page of the list than the newest.
    pub(crate) fn looks_at_older(&self) -> bool {
        self.list_from.is_some()
    }

    /// The list has it on the page that begins here.
    pub(crate) fn look_at(&mut self, from: u64, now: Moment) {
        self.list_from = Some(from);
        self.poll.due = Some(now);
    }

    /// The list has others.
    pub(crate) fn unlisted(&mut self, now: Moment) {
        self.is_unlisted = true;
        self.poll.due = Some(now.after(HEARTBEAT_LOOK));
    }
}
