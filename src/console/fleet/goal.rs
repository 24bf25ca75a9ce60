//! Going to the row of an id or a name.

use livy::{CallError, SessionId};

/// The row that a person wants to go to.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// It is looked for: this id or name.
    Seeking(String),
    /// It is there. The page scrolls to it, gives it the focus and tells [`crate::FleetEvent::GoalReached`].
    Found {
        /// The session.
        id: SessionId,
        /// Its row; `None` where what is listed leaves it out.
        index: Option<usize>,
    },
    /// The server has no session of this id or name.
    Missing(String),
    /// It could not be looked for.
    Failed(String, CallError),
}
