//! What stands in the form, as text.

use serde_json::{Map, Value};

use crate::rule::older_key::older_names;
use crate::secret::{MASK, hides_secret, is_secret_row, looks_secret};
use crate::{Field, Shape, sort};

/// A key and a value of the configuration.
pub type ConfRow = (String, String);

/// Text as it was typed, field by field. Anything may stand in it; nothing is lost by an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The rows of each field, in the order of [`Field::ALL`]. A field that is no list has one row, the configuration none.
    rows: Vec<Vec<String>>,
    /// The rows of the configuration.
    conf: Vec<ConfRow>,
    /// What an imported request said that has no place in the form: a key and its value as JSON. Never sent.
    unknown_fields: Vec<(String, String)>,
}

impl Default for Draft {
    /// An empty form: the first kind, nothing else.
    fn default() -> Self {
        let row = |field: Field| match field.shape() {
            Shape::Choice => vec![livy::Kind::Spark.as_str().to_owned()],
            Shape::Paths | Shape::Conf => Vec::new(),
            _ => vec![String::new()],
        };
        Self { rows: Field::ALL.into_iter().map(row).collect(), conf: Vec::new(), unknown_fields: Vec::new() }
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
            rows.resize(usize::from(field != Field::Conf), String::new());
        }
        if let Some(place) = self.rows.get_mut(field as usize) {
            *place = rows;
        }
    }

    /// Replaces the text of a field that is no list.
    pub fn set_text(&mut self, field: Field, text: impl Into<String>) {
        self.set_rows(field, vec![text.into()]);
    }

    /// The rows of the configuration.
    pub fn conf(&self) -> &[ConfRow] {
        &self.conf
    }

    /// Replaces the rows of the configuration.
    pub fn set_conf(&mut self, rows: Vec<ConfRow>) {
        self.conf = rows;
    }

    /// The value that the configuration has for a key; of several rows, the last.
    pub fn conf_value(&self, key: &str) -> Option<&str> {
        let found = self.conf.iter().rev().find(|(it, _)| it.trim() == key);
        found.map(|(_, value)| value.trim()).filter(|it| !it.is_empty())
    }

    /// Where the row stands that [`Draft::conf_value`] reads.
    pub(crate) fn conf_place(&self, key: &str) -> (Field, Option<usize>) {
        (Field::Conf, self.conf.iter().rposition(|(it, _)| it.trim() == key))
    }

    /// The value that Spark reads for a key: its own, or that of an older name of it.
    pub(crate) fn spark_value(&self, key: &str) -> Option<&str> {
        self.conf_value(key).or_else(|| older_names(key).find_map(|it| self.conf_value(it)))
    }

    /// The same as yes or no: Spark reads `true` in any case, and takes no other word for it.
    pub(crate) fn spark_flag(&self, key: &str) -> Option<bool> {
        self.spark_value(key).map(|it| it.eq_ignore_ascii_case("true"))
    }

    /// Where the row stands that [`Draft::spark_value`] reads.
    pub(crate) fn spark_place(&self, key: &str) -> (Field, Option<usize>) {
        let older = || older_names(key).find(|it| self.conf_value(it).is_some());
        let name = if self.conf_value(key).is_some() { None } else { older() };
        self.conf_place(name.unwrap_or(key))
    }

    /// What was imported and has no place in the form: keys, and their values as JSON.
    pub fn unknown_fields(&self) -> &[(String, String)] {
        &self.unknown_fields
    }

    /// Keeps a key that has no place in the form, and its value as JSON.
    pub(crate) fn keep_unknown_field(&mut self, kept: (String, String)) {
        self.unknown_fields.push(kept);
    }

    /// Forgets what was kept aside.
    pub(crate) fn drop_unknown_fields(&mut self) {
        self.unknown_fields.clear();
    }

    /// True when a field says something else than in another draft, blank rows apart.
    pub fn differs(&self, other: &Self, field: Field) -> bool {
        fn said(rows: &[String]) -> impl Iterator<Item = &str> {
            rows.iter().map(|it| it.trim()).filter(|it| !it.is_empty())
        }
        if field == Field::Conf {
            let sorted = |draft: &Self| {
                let mut rows = draft.conf.clone();
                rows.retain(|(key, value)| !key.is_empty() || !value.is_empty());
                sort(&mut rows, |one, other| one < other);
                rows
            };
            return sorted(self) != sorted(other);
        }
        !said(self.rows(field)).eq(said(other.rows(field)))
    }

    /// Copies one field from another draft.
    pub fn take(&mut self, field: Field, from: &Self) {
        if field == Field::Conf {
            self.conf.clone_from(&from.conf);
        } else {
            self.set_rows(field, from.rows(field).to_vec());
        }
    }

    /// Empties one field.
    pub fn clear(&mut self, field: Field) {
        self.take(field, &Self::default());
    }

    /// True when it holds a password, a token or the like.
    pub fn has_secrets(&self) -> bool {
        self.conf.iter().any(|(key, value)| is_secret_row(key, value))
            || Field::ALL.iter().any(|it| self.rows(*it).iter().any(|row| looks_secret(row)))
    }

    /// The same draft with a [`MASK`] for each secret: it must not leave memory, but that it was there is to be known, and the form
    /// asks for it again.
    #[must_use]
    pub fn with_secrets_masked(&self) -> Self {
        let mut draft = self.clone();
        for row in draft.rows.iter_mut().flatten().filter(|it| looks_secret(it)) {
            *row = MASK.to_owned();
        }
        for (_, value) in draft.conf.iter_mut().filter(|(key, value)| is_secret_row(key, value)) {
            *value = MASK.to_owned();
        }
        draft.unknown_fields.retain(|(key, json)| !hides_secret(key, json));
        draft
    }

    /// The same draft without what must not leave memory.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let mut draft = self.clone();
        for rows in &mut draft.rows {
            rows.retain(|row| !looks_secret(row));
        }
        for field in Field::ALL {
            let rows = draft.rows(field).to_vec();
            draft.set_rows(field, rows);
        }
        draft.conf.retain(|(key, value)| !is_secret_row(key, value));
        draft.unknown_fields.retain(|(key, json)| !hides_secret(key, json));
        draft
    }

    /// Fills fields from the query of a link, `kind=pyspark&jars=/a.jar&jars=/b.jar&conf.spark.ui.enabled=false`. A field that
    /// is named is replaced whole. Returns the names that are no field of the form, and kinds that Livy does not know.
    pub fn fill(&mut self, pairs: &[(String, String)]) -> Vec<String> {
        let mut unused = Vec::new();
        let mut filled: Vec<(Field, Vec<String>)> = Vec::new();
        let mut conf = Vec::new();
        for (name, value) in pairs {
            if let Some(key) = name.strip_prefix("conf.").filter(|it| !it.is_empty()) {
                conf.push((key.to_owned(), value.clone()));
                continue;
            }
            match Field::by_name(name).filter(|it| *it != Field::Conf) {
                Some(Field::Kind) if livy::Kind::parse(value).is_none() => {
                    unused.push(format!("{name}={value}"));
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
        if !conf.is_empty() {
            self.conf = conf;
        }
        unused
    }

    /// The query of a link that fills an empty form like this one. Secrets and the proxy user are left out: a link is passed on.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let (open, empty) = (self.without_secrets(), Self::default());
        let fields = Field::ALL.into_iter().filter(|it| {
            *it != Field::ProxyUser && *it != Field::Conf && (*it == Field::Kind || open.differs(&empty, *it))
        });
        let rows = fields.flat_map(|field| {
            let said = open.rows(field).iter().filter(|it| !it.trim().is_empty());
            said.map(move |row| (field.name().to_owned(), row.trim().to_owned())).collect::<Vec<_>>()
        });
        let conf = open.conf.iter().filter(|(key, _)| !key.trim().is_empty());
        rows.chain(conf.map(|(key, value)| (format!("conf.{}", key.trim()), value.clone()))).collect()
    }

    /// For the browser's storage, secrets masked: those stay in memory.
    pub fn to_storage(&self) -> String {
        let open = self.with_secrets_masked();
        let texts = |rows: &[String]| Value::from(rows);
        let pairs = |rows: &[(String, String)]| {
            Value::Array(rows.iter().map(|(key, value)| texts(&[key.clone(), value.clone()])).collect())
        };
        let mut fields: Map<String, Value> =
            Field::ALL.into_iter().map(|it| (it.name().to_owned(), texts(open.rows(it)))).collect();
        fields.insert(Field::Conf.name().to_owned(), pairs(&open.conf));
        fields.insert(ASIDE.to_owned(), pairs(&open.unknown_fields));
        Value::Object(fields).to_string()
    }

    /// From the browser's storage; what cannot be read is left as in an empty form.
    pub fn from_storage(text: &str) -> Self {
        let mut draft = Self::default();
        let stored: Value = serde_json::from_str(text).unwrap_or_default();
        let texts = |value: &Value| -> Option<Vec<String>> {
            Some(value.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        };
        let pairs = |name: &str| -> Vec<(String, String)> {
            let rows = stored.get(name).and_then(Value::as_array).into_iter().flatten();
            let pair = |row: &Value| {
                let mut both = texts(row)?.into_iter();
                Some((both.next()?, both.next()?))
            };
            rows.filter_map(pair).collect()
        };
        for field in Field::ALL {
            let known = |rows: &Vec<String>| {
                field != Field::Kind || rows.first().is_some_and(|it| livy::Kind::parse(it).is_some())
            };
            if let Some(rows) = stored.get(field.name()).and_then(texts).filter(known) {
                draft.set_rows(field, rows);
            }
        }
        draft.conf = pairs(Field::Conf.name());
        draft.unknown_fields = pairs(ASIDE);
        draft
    }
}

/// The key in storage of what was kept aside: no field's name.
const ASIDE: &str = "(aside)";

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
        assert_eq!(back.rows(Field::Files), ["wasb://c@a.blob/x", MASK, MASK, ""]);
    }

    #[test]
    fn a_link_carries_all_but_secrets_and_the_user() {
        let mut draft = Draft::default();
        draft.set_text(Field::ProxyUser, "mara");
        draft.set_text(Field::Ttl, "2h");
        draft.set_rows(Field::Jars, vec!["/a.jar".into(), " ".into(), "https://h/x?sig=1".into()]);
        let row = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        draft.set_conf(vec![row("spark.a", "1"), row("spark.x.password", "p"), row("", "")]);
        let link = draft.to_pairs();
        let expected = pairs(&[("kind", "spark"), ("jars", "/a.jar"), ("ttl", "2h"), ("conf.spark.a", "1")]);
        assert_eq!(link, expected);
        let mut back = Draft::default();
        assert!(back.fill(&link).is_empty());
        assert_eq!(back.conf(), [row("spark.a", "1")]);
        let kept = Draft::from_storage(&draft.to_storage());
        assert_eq!(kept.conf(), [row("spark.a", "1"), row("spark.x.password", MASK), row("", "")]);
    }

    #[test]
    fn broken_storage_is_an_empty_form() {
        for text in [
            "",
            "null",
            "[]",
            "{\"kind\":[\"cobol\"],\"name\":5,\"driverMemory\":[],\"conf\":[[1],[\"a\"],2]}",
        ] {
            assert_eq!(Draft::from_storage(text), Draft::default(), "{text:?}");
        }
    }
}
