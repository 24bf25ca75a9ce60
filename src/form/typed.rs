//! A draft as the text of a request, whole, whatever is wrong with it: what the editor of the request begins with. It is not
//! what is sent; that is [`crate::Reading::preview`].

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::secret::{MASK, is_secret_key, is_secret_row, looks_secret};
use crate::{ConfRow, Draft, Field, Shape};

impl Draft {
    /// The JSON of everything that stands in the form and beside it: a number that is none as text, a field that the server does
    /// not take, what was kept aside. [`Draft::from_request`] reads the same draft back, empty rows apart. Secrets are masked
    /// where `masked`.
    pub fn to_request_text(&self, masked: bool) -> String {
        serde_json::to_string_pretty(&Typed { draft: self, masked }).unwrap_or_default()
    }
}

struct Typed<'a> {
    draft: &'a Draft,
    masked: bool,
}

impl Typed<'_> {
    fn masks(&self, text: &str) -> bool {
        self.masked && looks_secret(text)
    }

    /// What was kept aside, of the configuration or of the request itself: its key there, and its value.
    fn aside(&self, of_conf: bool) -> impl Iterator<Item = (&str, Value)> {
        self.draft.aside().iter().filter_map(move |(key, json)| {
            let inner = key.strip_prefix("conf.");
            let secret = self.masked && (is_secret_key(key) || is_secret_key(json) || looks_secret(json));
            let value = if secret { MASK.into() } else { serde_json::from_str(json).ok()? };
            (inner.is_some() == of_conf).then(|| (inner.unwrap_or(key), value))
        })
    }
}

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in Field::ALL {
            let rows: Vec<&str> =
                self.draft.rows(field).iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
            match (field.shape(), rows.as_slice()) {
                (Shape::Conf, _) => {
                    let conf = TypedConf(self);
                    if !conf.is_empty() {
                        map.serialize_entry(field.name(), &conf)?;
                    }
                }
                (_, []) => {}
                (Shape::Paths, rows) => {
                    let shown: Vec<&str> =
                        rows.iter().map(|it| if self.masks(it) { MASK } else { it }).collect();
                    map.serialize_entry(field.name(), &shown)?;
                }
                (Shape::Count, [text, ..]) => match text.parse::<i64>() {
                    Ok(number) if number.to_string() == *text => {
                        map.serialize_entry(field.name(), &number)?
                    }
                    _ => map.serialize_entry(field.name(), text)?,
                },
                (_, [text, ..]) => {
                    map.serialize_entry(field.name(), if self.masks(text) { MASK } else { text })?
                }
            }
        }
        for (key, value) in self.aside(false) {
            map.serialize_entry(key, &value)?;
        }
        map.end()
    }
}

struct TypedConf<'a>(&'a Typed<'a>);

impl TypedConf<'_> {
    fn rows(&self) -> impl Iterator<Item = &ConfRow> {
        self.0.draft.conf().iter().filter(|(key, value)| !key.is_empty() || !value.is_empty())
    }

    fn is_empty(&self) -> bool {
        self.rows().next().is_none() && self.0.aside(true).next().is_none()
    }
}

impl Serialize for TypedConf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.rows() {
            let shown = if self.0.masked && is_secret_row(key, value) { MASK } else { value };
            map.serialize_entry(key, shown)?;
        }
        for (key, value) in self.0.aside(true) {
            map.serialize_entry(key, &value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_and_what_is_kept_aside_stay_in_the_text() {
        let json = r#"{"kind":"pyspark","driverCores":2,"executorCores":"two","ttl":"5","jars":["lib/a.jar"],
            "conf":{"spark.z":"1","spark.x.password":"p","spark.n":{"a":1}},"tags":{"a":1},"name":["x"],"apiToken":"t0"}"#;
        let draft = Draft::from_request(json, &Draft::default()).unwrap();
        let text = draft.to_request_text(false);
        assert_eq!(Draft::from_request(&text, &Draft::default()), Ok(draft.clone()));
        assert!(text.contains(r#""executorCores": "two""#) && text.contains(r#""driverCores": 2"#), "{text}");
        let masked = draft.to_request_text(true);
        assert!(!masked.contains("\"p\"") && !masked.contains("t0") && masked.contains(MASK), "{masked}");
        assert_eq!(Draft::from_request(&masked, &draft), Ok(draft));
    }

    #[test]
    fn an_empty_form_is_its_kind() {
        assert_eq!(Draft::default().to_request_text(true), "{\n  \"kind\": \"spark\"\n}");
    }
}
