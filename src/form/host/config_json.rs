//! JSON that says everything once: of two equal keys the last would win, and a policy would silently not hold.

use serde_json::{Map, Value};

use crate::json::{Value as Read, strict};
use crate::{ConfigError, Field};

/// Reads a text. The numbers of a `conf` are the texts that Livy makes of them.
///
/// # Errors
/// Not JSON (no field), or the field that is set twice.
pub(crate) fn value(text: &str) -> Result<Value, ConfigError> {
    let wrong = |fault| ConfigError { field: String::new(), message: format!("Not valid JSON: {fault}.") };
    told(strict(text).map_err(wrong)?, "", false)
}

fn told(value: Read, path: &str, is_conf: bool) -> Result<Value, ConfigError> {
    Ok(match value {
        Read::Text(text) => text.into(),
        Read::Bool(it) => it.into(),
        Read::Number(text) if is_conf => text.into(),
        Read::Number(text) => serde_json::from_str(&text).unwrap_or_default(),
        Read::List(items) => {
            let items = items.into_iter().enumerate();
            items
                .map(|(at, it)| told(it, &format!("{path}[{at}]"), false))
                .collect::<Result<Vec<_>, _>>()?
                .into()
        }
        Read::Object(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                if map.contains_key(&key) {
                    let message = "Set twice. Remove one of the two.".to_owned();
                    return Err(ConfigError { field: path, message });
                }
                let value = told(value, &path, is_conf || key == Field::Conf.name())?;
                map.insert(key, value);
            }
            map.into()
        }
        Read::Null => Value::Null,
    })
}
