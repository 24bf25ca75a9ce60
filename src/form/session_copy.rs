//! Another session like one that there is, as it is wanted of the form. The form may not be here yet, nor come before the page is
//! loaded again: then the tab keeps it.

use std::sync::Arc;

use livy::Session;
use serde_json::{Map, Value, json};

use crate::Field;
use crate::secret::{MASK, is_secret_key, is_secret_row};

/// Which session, and what to look at first.
#[derive(Clone, Debug)]
pub struct SessionCopy {
    /// As the server told it last.
    pub session: Arc<Session>,
    /// The field to begin at.
    pub field: Option<Field>,
    /// A value that is likelier to work than the one it had.
    pub better: Option<Better>,
}

/// A value that is likelier to work than the one with which a session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Better {
    /// The field.
    pub field: Field,
    /// The value, as Livy writes it.
    pub value: String,
    /// The value that the session had; `None` where it is not known.
    pub was: Option<String>,
}

impl SessionCopy {
    /// For the browser's storage: what the form makes use of, secrets masked.
    pub fn to_storage(&self) -> String {
        let mut session: Map<String, Value> = self
            .session
            .request()
            .into_iter()
            .map(|(key, value)| (key.to_owned(), masked(key, value)))
            .collect();
        session.insert("id".to_owned(), Value::from(self.session.id.as_str()));
        session.insert("kind".to_owned(), Value::from(self.session.kind()));
        let better = self.better.as_ref().filter(|it| !is_secret_row(it.field.name(), &it.value));
        let better = better.map(|it| json!([it.field.name(), it.value, it.was]));
        json!({"session": session, "field": self.field.map(Field::name), "better": better}).to_string()
    }

    /// From the browser's storage; `None` for what cannot be read.
    pub fn from_storage(text: &str) -> Option<Self> {
        let stored: Value = serde_json::from_str(text).ok()?;
        let field = |value: &Value| Field::by_name(value.as_str()?);
        let better = |value: &Value| {
            let was = value.get(2)?.as_str().map(str::to_owned);
            Some(Better { field: field(value.get(0)?)?, value: value.get(1)?.as_str()?.to_owned(), was })
        };
        Some(Self {
            session: Session::from_json(stored.get("session")?.clone())?.into(),
            field: stored.get("field").and_then(field),
            better: stored.get("better").and_then(better),
        })
    }
}

/// The form asks again for what is masked.
fn masked(key: &str, value: &Value) -> Value {
    let is_secret = match value {
        Value::Object(entries) => {
            return entries.iter().map(|(key, value)| (key.clone(), masked(key, value))).collect();
        }
        Value::Array(items) => return items.iter().map(|it| masked(key, it)).collect(),
        Value::String(text) => is_secret_row(key, text),
        Value::Null | Value::Bool(_) | Value::Number(_) => is_secret_key(key),
    };
    if is_secret { Value::from(MASK) } else { value.clone() }
}
