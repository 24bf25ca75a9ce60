//! Coming back to a session that was left: whether the server still means the same one by its id, and asking it anew.

use std::sync::Arc;

use livy::{Session, SessionState};

use super::{Ending, Watch};
use crate::Moment;

/// True when the same id stands for another session: Livy without recovery begins at 0 again when it restarts. What one of the
/// two answers does not tell is no difference; but nobody comes back to life.
pub(super) fn is_another(known: &Session, told: &Session) -> bool {
    let differ = |part: fn(&Session) -> Option<&str>| match (part(known), part(told)) {
        (Some(known), Some(told)) => known != told,
        _ => false,
    };
    let is_alive = |it: &SessionState| !it.is_over() && !matches!(it, SessionState::Unknown(_));
    known.id == told.id
        && (differ(Session::name)
            || differ(Session::app_id)
            || differ(Session::owner)
            || known.state.is_over() && is_alive(&told.state))
}

impl Watch {
    /// True when the server has said that it knows the session no more.
    pub fn is_gone(&self) -> bool {
        matches!(
            self.ending,
            Some(Ending::Forgotten(_) | Ending::Recycled(_) | Ending::Deleted(_) | Ending::Missing)
        )
    }

    /// True when nothing tells the two apart.
    pub(super) fn could_be(&self, told: &Session) -> bool {
        self.session.as_ref().is_some_and(|it| it.id == told.id && !is_another(it, told))
    }

    /// True when the server, telling of this session, may mean the watched one. Of one that it had forgotten only the same
    /// application proves it: names and ids are given anew.
    pub(crate) fn may_be(&self, told: &Session) -> bool {
        let Some(known) = &self.session else { return false };
        let is_proven = known.app_id().is_some() && known.app_id() == told.app_id();
        self.could_be(told) && (is_proven || !self.is_gone())
    }

    /// Its page is opened once more: the server is asked, and what it says is not taken for the same session unseen.
    pub(crate) fn reopen(&mut self, now: Moment) {
        if self.is_gone() {
            self.why = Arc::new(if self.is_final() { self.reasons() } else { Vec::new() });
        }
        self.ending = None;
        self.reopened = true;
        self.log_due = None;
        self.poll.due = Some(now);
    }

    /// True when its page was opened again and this answer means another session. To be asked before [`Watch::arrived`].
    pub(crate) fn was_replaced_by(&self, told: &Session) -> bool {
        self.reopened && self.session.as_ref().is_some_and(|it| is_another(it, told))
    }

    /// The server has given its id to another, while nobody looked.
    pub(crate) fn recycled(&mut self, now: Moment) {
        self.end(Ending::Recycled(now));
    }
}
