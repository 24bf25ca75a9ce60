//! What there is to see of what the halves know.

use livy::{CallError, Session, StatementId};

use super::Model;
use crate::evidence::Evidence;
use crate::{Doing, RememberedSession, Statements};

impl Model {
    /// The statements of the session on the page; `None` until it is known, and while their half of the machine is not here.
    pub fn statements(&self) -> Option<&Statements> {
        self.session.as_ref()?.statements(&self.desk.route)
    }

    /// A session with a statement of this browser's own that has ended behind somebody's back, and which one it is.
    pub fn ended_unseen(&self) -> Option<(&Session, &StatementId)> {
        self.session.as_ref()?.ended_unseen()
    }

    /// True where [`Model::remembered`] has any.
    pub fn has_remembered(&self) -> bool {
        self.session.as_ref().is_some_and(|it| it.has_remembered(&self.desk.list))
    }

    /// What this page remembers of sessions that the list does not have, the latest first.
    pub fn remembered(&self) -> Vec<RememberedSession> {
        self.session.as_ref().map(|it| it.remembered(&self.desk.list)).unwrap_or_default()
    }

    /// True once what ended was cleared as a person wanted, here and beyond the tab. It is so until something is remembered again or
    /// another page is opened.
    pub fn has_cleared(&self) -> bool {
        self.session.as_ref().is_some_and(|it| it.has_cleared())
    }

    /// What the browser told when a call last failed without an answer.
    pub fn evidence(&self) -> &Evidence {
        &self.judge.evidence
    }

    /// What a failure is called, in a few words.
    pub fn failure_title(&self, error: &CallError, doing: Doing) -> String {
        self.judge.title(error, doing)
    }
}
