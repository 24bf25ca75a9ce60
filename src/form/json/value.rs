//! A value of JSON: its order and its repeated keys kept, its numbers as text. Never a number rounded.

/// A value as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number in its own spelling: `1.10`, `1E5`.
    Number(String),
    /// A string, unescaped.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// Keys and values in their order; a key may be repeated.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The entries of an object; none of anything else.
    pub fn entries(&self) -> &[(String, Value)] {
        if let Value::Object(entries) = self { entries } else { &[] }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Value] {
        if let Value::List(items) = self { items } else { &[] }
    }

    /// The last value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().rev().find(|it| it.0 == key).map(|it| &it.1)
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// The first key that is repeated in its object, as a path: `policy.limit.cores`, `presets[0].name`.
    pub(crate) fn repeated_key(&self) -> Option<String> {
        match self {
            Value::List(items) => items.iter().enumerate().find_map(|(at, item)| {
                Some([&format!("[{at}]"), dotted(&item.repeated_key()?).as_str()].concat())
            }),
            Value::Object(entries) => {
                let keys = || entries.iter().map(|it| &it.0);
                entries.iter().enumerate().find_map(|(at, (key, value))| {
                    if keys().take(at).any(|it| it == key) {
                        return Some(key.clone());
                    }
                    Some([key, dotted(&value.repeated_key()?).as_str()].concat())
                })
            }
            _ => None,
        }
    }
}

/// The rest of a path, as it follows a key or an item.
fn dotted(rest: &str) -> String {
    if rest.starts_with('[') { rest.to_owned() } else { [".", rest].concat() }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<&serde_json::Value> for Value {
    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(is) => Value::Bool(*is),
            serde_json::Value::Number(number) => Value::Number(number.to_string()),
            serde_json::Value::String(text) => Value::Text(text.clone()),
            serde_json::Value::Array(items) => Value::List(items.iter().map(Value::from).collect()),
            serde_json::Value::Object(entries) => {
                Value::Object(entries.iter().map(|(key, it)| (key.clone(), it.into())).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_key_is_told_by_its_path() {
        for (json, path) in [
            (r#"{"a":1,"b":{"a":2}}"#, None),
            (r#"{"a":1,"b":2,"a":3}"#, Some("a")),
            (r#"{"policy":{"limit":{"cores":4,"cores":400}}}"#, Some("policy.limit.cores")),
            (r#"{"presets":[{},[{"x.y":1,"x.y":1}]]}"#, Some("presets[1][0].x.y")),
            (r#"[{"":1,"":2}]"#, Some("[0].")),
        ] {
            assert_eq!(Value::parse(json).unwrap().repeated_key().as_deref(), path, "{json}");
        }
        let value = Value::parse(r#"{"a":1,"a":2}"#).unwrap();
        assert_eq!(value.get("a"), Some(&Value::Number("2".to_owned())));
    }
}
