//! Two sessions side by side: what each was asked for.

use std::sync::Arc;

use livy::{CallError, Session, SessionId};
use serde_json::Value;

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
    Waiting {
        /// True where it was not where its row said.
        is_again: bool,
    },
    /// As the server tells it, with what was sent for it from here where it does not echo that.
    Here(Arc<Session>),
    /// The server does not have it any more, or its id is another session's by now.
    Gone,
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

impl WholeSession {
    /// The session, once it has come.
    fn session(&self) -> Option<&Session> {
        if let Whole::Here(session) = &self.answer { Some(session) } else { None }
    }
}

impl Comparison {
    pub(super) fn of(sessions: [WholeSession; 2]) -> Self {
        let mut new = Self { sessions, rows: Vec::new() };
        new.settle();
        new
    }

    /// Compares the two once both are here.
    pub(super) fn settle(&mut self) {
        if let [Some(one), Some(other)] = self.sessions.each_ref().map(WholeSession::session) {
            self.rows = differences(one, other);
        }
    }
}

/// A field's place in Livy's documentation, its name and its value.
type Requested = (usize, String, String);

/// Field by field, without those of which neither says anything.
fn differences(one: &Session, other: &Session) -> Vec<Difference> {
    let [first, second] = [one, other].map(requested);
    let mut fields: Vec<(usize, &str)> =
        first.iter().chain(&second).map(|it| (it.0, it.1.as_str())).collect();
    fields.sort_unstable();
    fields.dedup();
    let value = |all: &[Requested], field: &str| all.iter().find(|it| it.1 == field).map(|it| it.2.clone());
    let difference = |(_, field): (usize, &str)| Difference {
        field: field.to_owned(),
        first: value(&first, field),
        second: value(&second, field),
    };
    fields.into_iter().map(difference).collect()
}

/// What a session was asked for, as far as it is known.
fn requested(session: &Session) -> Vec<Requested> {
    let mut all: Vec<Requested> =
        session.kind().map(|it| (0, "kind".to_owned(), it.to_owned())).into_iter().collect();
    for (field, value) in session.request() {
        let at = Session::ECHOED.iter().position(|it| *it == field).map_or(0, |it| it + 1);
        match value {
            Value::Object(entries) => {
                all.extend(entries.iter().map(|(key, value)| (at, format!("{field}.{key}"), text(value))));
            }
            value => all.push((at, field.to_owned(), text(value))),
        }
    }
    all
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
