//! A draft as the text of a request, whole, whatever is wrong with it: what the editor of the request begins with. It is not
//! what is sent; that is [`crate::Reading::preview`].

use crate::json::Value;
use crate::secret::{MASK, is_secret_key, is_secret_row, looks_secret};
use crate::{Draft, Field, Shape};

impl Draft {
    /// The JSON of everything that stands in the form and beside it: a number that is none as text, a field that the server does
    /// not take, what was kept aside. [`Draft::from_request`] reads the same draft back, empty rows apart. Secrets are masked
    /// where `masked`.
    pub fn to_request_text(&self, masked: bool) -> String {
        self.to_value(masked).to_json()
    }

    /// The same as JSON.
    pub(crate) fn to_value(&self, masked: bool) -> Value {
        let shown =
            |secret: bool, text: &str| Value::Text(if masked && secret { MASK } else { text }.to_owned());
        let mut entries = Vec::new();
        for field in Field::ALL {
            let rows: Vec<&String> = self.rows(field).iter().filter(|it| !it.is_empty()).collect();
            let value = match (field.shape(), rows.as_slice()) {
                (Shape::Conf, _) => {
                    let rows = self.conf().iter().filter(|(key, value)| !key.is_empty() || !value.is_empty());
                    let row = |(key, value): &(String, String)| {
                        (key.clone(), shown(is_secret_row(key, value), value))
                    };
                    let conf: Vec<_> = rows.map(row).chain(self.unknown_texts(true, masked)).collect();
                    if conf.is_empty() {
                        continue;
                    }
                    Value::Object(conf)
                }
                (_, []) => continue,
                (Shape::Paths, rows) => {
                    Value::List(rows.iter().map(|it| shown(looks_secret(it), it)).collect())
                }
                (Shape::Count, [text, ..])
                    if text.parse::<i64>().is_ok_and(|it| it.to_string() == **text) =>
                {
                    Value::Number((*text).clone())
                }
                (_, [text, ..]) => shown(looks_secret(text), text),
            };
            entries.push((field.name().to_owned(), value));
        }
        entries.extend(self.unknown_texts(false, masked));
        Value::Object(entries)
    }

    /// What was kept aside, of the configuration or of the request itself: its key there, and its value.
    fn unknown_texts(&self, of_conf: bool, masked: bool) -> impl Iterator<Item = (String, Value)> {
        self.unknown_fields().iter().filter_map(move |(key, json)| {
            let inner = key.strip_prefix("conf.");
            let secret = masked && (is_secret_key(key) || is_secret_key(json) || looks_secret(json));
            let value = if secret { Value::Text(MASK.to_owned()) } else { Value::parse(json).ok()? };
            (inner.is_some() == of_conf).then(|| (inner.unwrap_or(key).to_owned(), value))
        })
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
