//! What stands in the form, as text.

use serde_json::{Map, Value};

use crate::{Field, Shape};

/// Text as it was typed, field by field. Anything may stand in it; nothing is lost by an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The rows of each field, in the order of [`Field::ALL`]. A field that is no list has one row.
    rows: Vec<Vec<String>>,
}

impl Default for Draft {
    /// An empty form: the first kind, nothing else.
    fn default() -> Self {
        let row = |field: Field| match field.shape() {
            Shape::Choice => vec![livy::Kind::Spark.as_str().to_owned()],
            Shape::Paths => Vec::new(),
            _ => vec![String::new()],
        };
        Self { rows: Field::ALL.into_iter().map(row).collect() }
    }
}

impl Draft {
    /// The text of a field; of a list, its first row.
    pub fn text(&self, field: Field) -> &str {
        self.rows(field).first().map_or("", String::as_str)
    }

    /// The rows of a list, or the one row of any other field.
    pub fn rows(&self, field: Field) -> &[String] {
        self.rows.get(field as usize).map_or(&[], Vec::as_slice)
    }

    /// Replaces the rows of a list, or the text of any other field by the first row.
    pub fn set_rows(&mut self, field: Field, mut rows: Vec<String>) {
        if !field.is_list() {
            rows.resize(1, String::new());
        }
        if let Some(place) = self.rows.get_mut(field as usize) {
            *place = rows;
        }
    }

    /// Replaces the text of a field that is no list.
    pub fn set_text(&mut self, field: Field, text: impl Into<String>) {
        self.set_rows(field, vec![text.into()]);
    }

    /// True when nobody has put anything into it.
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }

    /// Fills fields from the query of a link, `kind=pyspark&jars=/a.jar&jars=/b.jar`. A field that is named is replaced whole.
    /// Returns the names that are no field of the form, and kinds that Livy does not know.
    pub fn fill(&mut self, pairs: &[(String, String)]) -> Vec<String> {
        let mut unused = Vec::new();
        let mut filled: Vec<(Field, Vec<String>)> = Vec::new();
        for (name, value) in pairs {
            match Field::by_name(name) {
                Some(Field::Kind) if livy::Kind::parse(value).is_none() => {
                    unused.push(format!("{name}={value}"))
                }
                Some(field) => match filled.iter_mut().find(|(it, _)| *it == field) {
                    Some((_, rows)) if field.is_list() => rows.push(value.clone()),
                    Some(_) => unused.push(format!("{name}={value}")),
                    None => filled.push((field, vec![value.clone()])),
                },
                None => unused.push(name.clone()),
            }
        }
        for (field, mut rows) in filled {
            if let Some(kind) = (field == Field::Kind).then(|| livy::Kind::parse(&rows[0])).flatten() {
                rows = vec![kind.as_str().to_owned()];
            }
            self.set_rows(field, rows);
        }
        unused
    }

    /// For the browser's storage. Rows that look like they hold a password or a token are left out: those stay in memory.
    pub fn to_storage(&self) -> String {
        let rows = |field: Field| {
            let kept = self.rows(field).iter().filter(|row| !looks_secret(row));
            Value::Array(kept.map(|row| Value::String(row.clone())).collect())
        };
        let fields: Map<String, Value> =
            Field::ALL.into_iter().map(|it| (it.name().to_owned(), rows(it))).collect();
        Value::Object(fields).to_string()
    }

    /// From the browser's storage; what cannot be read is left as in an empty form.
    pub fn from_storage(text: &str) -> Self {
        let mut draft = Self::default();
        let stored: Option<Value> = serde_json::from_str(text).ok();
        for field in Field::ALL {
            let rows = stored.as_ref().and_then(|it| it.get(field.name())).and_then(Value::as_array);
            let rows =
                rows.map(|it| it.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>());
            let known = |rows: &Vec<String>| match field {
                Field::Kind => rows.first().is_some_and(|it| livy::Kind::parse(it).is_some()),
                _ => true,
            };
            if let Some(rows) = rows.filter(known) {
                draft.set_rows(field, rows);
            }
        }
        draft
    }
}

/// A password in a URI's authority, or a query that carries a signature or token.
fn looks_secret(row: &str) -> bool {
    let lower = row.to_ascii_lowercase();
    let authority = lower.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or(rest));
    let password = authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'));
    let query = lower.split_once('?').map_or("", |(_, query)| query);
    password
        || ["sig=", "signature=", "token=", "secret=", "password=", "key="]
            .iter()
            .any(|it| query.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_link_fills_what_it_names_and_tells_the_rest() {
        let mut draft = Draft::default();
        draft.set_text(Field::Name, "mine");
        let link = [
            ("kind", "python"),
            ("jars", "/a.jar"),
            ("jars", "/b.jar"),
            ("foo", "1"),
            ("driverCores", "2"),
            ("driverCores", "3"),
        ];
        assert_eq!(draft.fill(&pairs(&link)), ["foo", "driverCores=3"]);
        assert_eq!(draft.text(Field::Kind), "pyspark");
        assert_eq!(draft.rows(Field::Jars), ["/a.jar", "/b.jar"]);
        assert_eq!((draft.text(Field::DriverCores), draft.text(Field::Name)), ("2", "mine"));
        assert_eq!(draft.fill(&pairs(&[("kind", "cobol")])), ["kind=cobol"]);
        assert_eq!(draft.text(Field::Kind), "pyspark");
    }

    #[test]
    fn storage_keeps_everything_but_secrets() {
        let mut draft = Draft::default();
        draft.set_text(Field::DriverMemory, "1.5 g?");
        draft.set_rows(
            Field::Files,
            ["wasb://c@a.blob/x", "https://u:p@host/x", "https://h/x?sv=1&sig=abc", ""]
                .map(str::to_owned)
                .to_vec(),
        );
        let stored = draft.to_storage();
        assert!(!stored.contains("u:p@") && !stored.contains("sig="));
        let back = Draft::from_storage(&stored);
        assert_eq!(back.text(Field::DriverMemory), "1.5 g?");
        assert_eq!(back.rows(Field::Files), ["wasb://c@a.blob/x", ""]);
    }

    #[test]
    fn broken_storage_is_an_empty_form() {
        for text in ["", "null", "[]", "{\"kind\":[\"cobol\"],\"name\":5,\"driverMemory\":[]}"] {
            assert!(Draft::from_storage(text).is_untouched(), "{text:?}");
        }
    }
}
