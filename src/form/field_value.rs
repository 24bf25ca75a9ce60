//! What is certain of a request, as the JSON that Livy takes.

use livy::Kind;

use crate::json::Value;
use crate::secret::{MASK, is_secret_row, looks_secret};
use crate::value::count::Count;
use crate::value::duration::Duration;
use crate::value::memory::Memory;
use crate::value::path::SparkPath;
use crate::value::queue::Queue;
use crate::value::user::User;
use crate::{Field, SessionName};

/// A value of the request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FieldValue {
    Kind(Kind),
    Name(SessionName),
    User(User),
    Queue(Queue),
    Memory(Memory),
    Count(Count),
    Duration(Duration),
    Paths(Vec<SparkPath>),
    Conf(Vec<(String, String)>),
}

/// The fields that are certain, in the order in which they are sent. What is not set is left out: Livy answers 500 to a
/// null list or kind (docs/protocol.md §0, 4).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ValidFields(pub Vec<(Field, FieldValue)>);

impl ValidFields {
    /// The request as JSON, every secret replaced by [`MASK`] where `masked`.
    pub(crate) fn to_value(&self, masked: bool) -> Value {
        let entries = self.0.iter().map(|(field, value)| (field.name().to_owned(), value.to_value(masked)));
        Value::Object(entries.collect())
    }
}

impl FieldValue {
    fn to_value(&self, masked: bool) -> Value {
        let shown = |is_secret: bool, text: &str| Value::from(if masked && is_secret { MASK } else { text });
        match self {
            Self::Kind(it) => it.as_str().into(),
            Self::Name(it) => it.as_str().into(),
            Self::User(it) => it.as_str().into(),
            Self::Queue(it) => it.as_str().into(),
            Self::Memory(it) => it.as_str().into(),
            Self::Duration(it) => it.as_str().into(),
            Self::Count(it) => Value::Number(it.number().to_string()),
            Self::Paths(paths) => {
                Value::List(paths.iter().map(|it| shown(looks_secret(it.as_str()), it.as_str())).collect())
            }
            Self::Conf(rows) => {
                let row =
                    |(key, value): &(String, String)| (key.clone(), shown(is_secret_row(key, value), value));
                Value::Object(rows.iter().map(row).collect())
            }
        }
    }
}
