//! JSON that says everything once. `serde_json` lets the last of two equal keys win, and a policy would silently not hold.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::ConfigError;

/// Reads a text.
///
/// # Errors
/// It is no JSON, which has no field; or the field that stands twice.
pub(crate) fn value(text: &str) -> Result<Value, ConfigError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = At(String::new()).deserialize(&mut reader).and_then(|it| reader.end().map(|()| it));
    read.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let words = error.to_string();
        match words.rsplit_once(" at line ").filter(|_| error.classify() == Category::Data) {
            Some((field, _)) => ConfigError {
                field: field.to_owned(),
                message: format!("It stands there twice, again at line {line}: remove one of the two."),
            },
            None => ConfigError {
                field: String::new(),
                message: format!("It is no JSON at line {line}, column {column}."),
            },
        }
    })
}

/// A value at a path. The only mistake of its own is a key that stands twice, of which the error's text is the path.
struct At(String);

impl<'de> DeserializeSeed<'de> for At {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_f64<E>(self, it: f64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_str<E>(self, it: &str) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(Self(format!("{}[{}]", self.0, items.len())))? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = from.next_key::<String>()? {
            let path = if self.0.is_empty() { key.clone() } else { format!("{}.{key}", self.0) };
            if map.contains_key(&key) {
                return Err(A::Error::custom(path));
            }
            let value = from.next_value_seed(Self(path))?;
            map.insert(key, value);
        }
        Ok(map.into())
    }
}
