//! A request as it was written somewhere else: the JSON object, its order kept, taken into a draft.

use crate::json::Value;
use crate::secret::{MASK, is_secret_row, looks_secret};
use crate::{Draft, Field, Shape};

/// A value in one line: a text, or a number or a truth value as JSON writes it. Livy's Jackson makes texts of the
/// numbers in `conf` just so (`StringDeserializer`, 2.12: the token's text), be they long, or with zeros at their end.
fn line(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(_) => Some(value.to_line()),
        _ => None,
    }
}

impl Draft {
    /// From the text of a request: [`Draft::from_value`] of its JSON.
    ///
    /// # Errors
    /// A sentence that says where the text stops being a request.
    pub fn from_request(json: &str, masked: &Self) -> Result<Self, String> {
        let value = Value::parse(json).map_err(|it| format!("Not a valid request: {it}."))?;
        Self::from_value(value, masked)
    }

    /// From the JSON of a request. What is no field of Livy, or has no place in the field's control, is kept aside.
    ///
    /// A [`MASK`] means a secret of `masked`, the draft that the text was written from: in the configuration that of the same
    /// key, in a list the one in the same order among its secrets. That draft has to stay the same while the text is edited,
    /// or a secret is gone with the first keystroke in its key. Where a mask's meaning is not certain it stays a mask.
    ///
    /// # Errors
    /// A sentence that says why it is no request.
    pub fn from_value(value: Value, masked: &Self) -> Result<Self, String> {
        let fault = |fault: &str| format!("Not a valid request: {fault}.");
        let Value::Object(entries) = value else {
            return Err(fault("expected a JSON object"));
        };
        let mut draft = Self::default();
        let mut conf = Value::Null;
        for (key, value) in entries {
            let Some(field) = Field::by_name(&key) else {
                let kept = masked
                    .unknown_fields()
                    .iter()
                    .find(|it| it.0 == key && value.text() == Some(MASK))
                    .cloned();
                draft.keep_unknown_field(kept.unwrap_or_else(|| (key, value.to_line())));
                continue;
            };
            if field == Field::Conf {
                conf = value;
                continue;
            }
            let rows = match (&value, field.is_list()) {
                (Value::Null, _) => Some(Vec::new()),
                (Value::List(items), true) => items.iter().map(line).collect(),
                (value, _) => line(value).map(|it| vec![it]),
            };
            match rows {
                Some(mut rows) => {
                    masked.unmask(field, &mut rows);
                    if field.shape() == Shape::Choice
                        && let Some(kind) = rows.first().and_then(|it| livy::Kind::parse(it))
                    {
                        rows = vec![kind.as_str().to_owned()];
                    }
                    draft.set_rows(field, rows);
                }
                None => draft.keep_unknown_field((key, value.to_line())),
            }
        }
        draft.read_conf(conf, masked).map_err(fault)?;
        Ok(draft)
    }

    fn read_conf(&mut self, value: Value, masked: &Self) -> Result<(), &'static str> {
        let entries = match value {
            Value::Object(entries) => entries,
            Value::Null => Vec::new(),
            _ => return Err("conf must be an object of keys and values"),
        };
        let mut conf = Vec::new();
        for (key, value) in entries {
            match line(&value) {
                Some(value) if value == MASK => {
                    let secret = masked.secret_of(&key).map_or(value, str::to_owned);
                    conf.push((key, secret));
                }
                Some(value) => conf.push((key, value)),
                None if value == Value::Null => conf.push((key, String::new())),
                None => self.keep_unknown_field((format!("conf.{key}"), value.to_line())),
            }
        }
        self.set_conf(conf);
        Ok(())
    }

    /// Puts this draft's secrets in a list's masks, if their numbers are equal: otherwise it is unknown which was removed.
    fn unmask(&self, field: Field, rows: &mut [String]) {
        let secrets: Vec<&String> = self.rows(field).iter().filter(|it| looks_secret(it)).collect();
        let masks = rows.iter_mut().filter(|it| *it == MASK);
        let masks: Vec<&mut String> = masks.collect();
        if masks.len() == secrets.len() {
            masks.into_iter().zip(secrets).for_each(|(mask, secret)| mask.clone_from(secret));
        }
    }

    /// The secret that the configuration has for a key.
    fn secret_of(&self, key: &str) -> Option<&str> {
        let rows = self.conf().iter().rev();
        rows.filter(|(_, value)| value != MASK)
            .find(|(it, value)| it.trim() == key.trim() && is_secret_row(key, value))
            .map(|(_, value)| value.as_str())
    }

    /// From what a server echoes of a session's request, to make another one like it. Unset fields are left out by the caller.
    pub fn from_echo<'a>(
        kind: Option<&str>,
        fields: impl IntoIterator<Item = (&'a str, &'a serde_json::Value)>,
    ) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value)));
        let kind = kind.map(|it| (Field::Kind.name().to_owned(), Value::from(it)));
        let request = Value::Object(fields.chain(kind).collect());
        let mut draft = Self::from_value(request, &Self::default()).unwrap_or_default();
        draft.drop_unknown_fields();
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Draft {
        Draft::from_request(json, &Draft::default()).unwrap()
    }

    #[test]
    fn a_request_fills_the_form_in_its_own_order() {
        let draft = read(
            r#"{"kind":"python","driverCores":2,"driverMemory":"1g","jars":["/b.jar","/a.jar"],"queue":null,
                "conf":{"spark.z":"1","spark.a":2,"spark.b":true},"heartbeatTimeoutInSecond":"10"}"#,
        );
        assert_eq!(draft.text(Field::Kind), "pyspark");
        assert_eq!((draft.text(Field::DriverCores), draft.text(Field::Heartbeat)), ("2", "10"));
        assert_eq!(draft.rows(Field::Jars), ["/b.jar", "/a.jar"]);
        let keys: Vec<_> = draft.conf().iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(keys, ["spark.z=1", "spark.a=2", "spark.b=true"]);
        assert!(draft.unknown_fields().is_empty());
    }

    #[test]
    fn what_has_no_place_is_kept_beside_the_fields() {
        let draft = read(r#"{"foo":{"a":1},"name":["x"],"conf":{"spark.a":{"b":1}},"jars":[1,{}]}"#);
        let unknown_fields: Vec<_> =
            draft.unknown_fields().iter().map(|(key, json)| format!("{key}: {json}")).collect();
        assert_eq!(
            unknown_fields,
            [r#"foo: {"a":1}"#, r#"name: ["x"]"#, "jars: [1,{}]", r#"conf.spark.a: {"b":1}"#]
        );
    }

    #[test]
    fn a_mask_stands_for_the_secret_behind_it() {
        let secrets = read(r#"{"conf":{"spark.a.password":"p","spark.b":"1"},"files":["https://u:p@h/x"]}"#);
        let json = r#"{"conf":{"spark.b":"2","spark.a.password":"••••••"},"files":["••••••"]}"#;
        let draft = Draft::from_request(json, &secrets).unwrap();
        assert_eq!(draft.conf()[1], ("spark.a.password".to_owned(), "p".to_owned()));
        assert_eq!(draft.rows(Field::Files), ["https://u:p@h/x"]);
    }

    #[test]
    fn a_mask_never_becomes_something_else() {
        let masked = read(
            r#"{"conf":{"spark.a.password":"p","spark.b":"1"},"files":["hdfs:///a","https://u:p@h/x","hdfs:///b","https://u:q@h/y"]}"#,
        );
        let rows = |json: &str| Draft::from_request(json, &masked).unwrap().rows(Field::Files).to_vec();
        assert_eq!(
            rows(r#"{"files":["••••••","hdfs:///b","••••••"]}"#),
            ["https://u:p@h/x", "hdfs:///b", "https://u:q@h/y"]
        );
        assert_eq!(rows(r#"{"files":["hdfs:///a","••••••"]}"#), ["hdfs:///a", MASK]);
        // Another key is another secret, and what is no secret was never masked. The same key again is the same secret.
        for (key, value) in [
            ("spark.a.passwor", MASK),
            ("spark.b", MASK),
            (" spark.a.password", "p"),
            ("spark.a.password", "p"),
        ] {
            let json = format!("{{\"conf\":{{\"{key}\":\"{MASK}\"}}}}");
            let draft = Draft::from_request(&json, &masked).unwrap();
            assert_eq!(draft.conf(), [(key.to_owned(), value.to_owned())]);
        }
    }

    #[test]
    fn a_number_of_the_configuration_is_the_text_that_livy_makes_of_it() {
        let json = r#"{"kind":"spark","conf":{"spark.a":123456789012345678901234567890,"spark.b":1.10,"spark.c":1E5,"spark.d":0.1000,"spark.e":1e999},"x":[1.10]}"#;
        let draft = read(json);
        let values: Vec<&str> = draft.conf().iter().map(|it| it.1.as_str()).collect();
        assert_eq!(values, ["123456789012345678901234567890", "1.10", "1E5", "0.1000", "1e999"]);
        assert_eq!(draft.unknown_fields(), [("x".to_owned(), "[1.10]".to_owned())]);
        let text = draft.to_request_text(false);
        assert!(text.contains("[\n    1.10\n  ]"), "{text}");
    }

    #[test]
    fn what_is_no_request_is_said_with_its_place() {
        for (json, words) in [
            ("[1]", "expected a JSON object"),
            ("{\"a\":1,}", "line 1, column 8"),
            ("{\"conf\":5}", "conf must be an object"),
            ("", "line 1, column 1"),
            ("{\"name\":\"\\ud800\"}", "a lone surrogate"),
        ] {
            let error = Draft::from_request(json, &Draft::default()).unwrap_err();
            assert!(error.contains(words) && error.ends_with('.'), "{json}: {error}");
        }
    }
}
