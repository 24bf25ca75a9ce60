//! Two sessions side by side: what each was asked for.

use std::sync::Arc;

use livy::{CallError, Session, SessionId};

/// A session of which all is wanted, not the facts of its row alone.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeSession {
    /// Its id.
    pub id: SessionId,
    /// What came.
    pub answer: Whole,
}

/// What came of asking for all of a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Whole {
    /// It is asked for.
    Waiting,
    /// As the server tells it, with what was sent for it from here where it does not echo that.
    Here(Arc<Session>),
    /// Its id is another session's by now.
    Another,
    /// It did not come.
    Failed(CallError),
}

/// Two sessions' requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The two.
    pub sessions: [WholeSession; 2],
    /// Field by field, once both are here: those of Livy's documentation in its order, `conf` key by key.
    pub rows: Vec<Difference>,
}

/// What two requests say of one field. Neither is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its name in Livy's words; `conf.spark.x` for a setting.
    pub field: String,
    /// What the first one says.
    pub first: Option<String>,
    /// What the second one says.
    pub second: Option<String>,
}

impl Difference {
    /// True where both say the same.
    pub fn is_same(&self) -> bool {
        self.first == self.second
    }
}
