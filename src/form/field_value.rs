//! What is certain of a request, as the JSON that Livy takes.

use livy::Kind;
use serde::ser::{Serialize, SerializeMap, Serializer};

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

/// The same with every secret replaced by [`MASK`], or not.
struct Shown<'a, T> {
    value: &'a T,
    masked: bool,
}

impl ValidFields {
    /// Texts, whole numbers and lists of texts always serialise.
    pub(crate) fn to_json(&self, masked: bool) -> String {
        serde_json::to_string_pretty(&Shown { value: self, masked }).unwrap_or_default()
    }
}

impl Serialize for Shown<'_, ValidFields> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (field, value) in &self.value.0 {
            map.serialize_entry(field.name(), &Shown { value, masked: self.masked })?;
        }
        map.end()
    }
}

impl Serialize for Shown<'_, FieldValue> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            FieldValue::Kind(it) => it.as_str().serialize(serializer),
            FieldValue::Name(it) => it.serialize(serializer),
            FieldValue::User(it) => it.serialize(serializer),
            FieldValue::Queue(it) => it.serialize(serializer),
            FieldValue::Memory(it) => it.serialize(serializer),
            FieldValue::Count(it) => it.serialize(serializer),
            FieldValue::Duration(it) => it.serialize(serializer),
            FieldValue::Paths(paths) => serializer.collect_seq(
                paths
                    .iter()
                    .map(|it| if self.masked && looks_secret(it.as_str()) { MASK } else { it.as_str() }),
            ),
            FieldValue::Conf(rows) => serializer.collect_map(rows.iter().map(|(key, value)| {
                (key, if self.masked && is_secret_row(key, value) { MASK } else { value.as_str() })
            })),
        }
    }
}
