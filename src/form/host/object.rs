//! An object of the configuration, read to its last key.

use crate::json::Value;
use crate::value::number::real;

/// More of anything that is counted has no cluster: it is a slip of the pen.
pub(crate) const MOST_COUNT: u64 = 999_999_999;

/// Where a `config.json` is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The field as a path: `policy.ranges.driverMemory.max`. Empty for the text as a whole.
    pub field: String,
    /// What to write instead. A sentence.
    pub message: String,
}

pub(crate) type Checked<T> = Result<T, ConfigError>;

pub(crate) fn wrong<T>(field: &str, message: impl Into<String>) -> Checked<T> {
    Err(ConfigError { field: field.to_owned(), message: message.into() })
}

/// A whole number, as JSON may write it: `64`, `64.0`, `6.4e1`.
pub(crate) fn whole(value: &Value) -> Option<u64> {
    let is_whole = |it: &f64| it.fract() == 0.0 && (0.0..=MOST_COUNT as f64).contains(it);
    let Value::Number(digits) = value else { return None };
    real(digits).filter(is_whole).map(|it| it as u64)
}

/// An object of which each key is taken once; what is left at the end is not known.
pub(crate) struct Object<'a> {
    pub(crate) entries: &'a [(String, Value)],
    path: String,
    taken: Vec<String>,
}

impl<'a> Object<'a> {
    pub(crate) fn of(value: &'a Value, path: &str) -> Checked<Self> {
        match value {
            Value::Object(entries) => Ok(Self { entries, path: path.to_owned(), taken: Vec::new() }),
            _ => wrong(path, "Enter an object: {…}."),
        }
    }

    fn at(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// True where a key is set.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|it| it.0 == name)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<&'a Value> {
        self.taken.push(name.to_owned());
        self.entries.iter().rfind(|it| it.0 == name).map(|it| &it.1)
    }

    pub(crate) fn text(&mut self, name: &str) -> Checked<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.trim().to_owned())),
            Some(_) => wrong(&self.at(name), "Enter text in quotes."),
        }
    }

    pub(crate) fn number(&mut self, name: &str) -> Checked<Option<u64>> {
        match self.take(name) {
            None => Ok(None),
            Some(value) => match whole(value) {
                Some(number) => Ok(Some(number)),
                None => wrong(&self.at(name), format!("Enter a whole number, up to {MOST_COUNT}.")),
            },
        }
    }

    pub(crate) fn flag(&mut self, name: &str) -> Checked<Option<bool>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => wrong(&self.at(name), "Enter true or false."),
        }
    }

    pub(crate) fn texts(&mut self, name: &str) -> Checked<Vec<String>> {
        let texts = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Value::List(items)) => items.iter().map(|it| Some(it.text()?.trim().to_owned())).collect(),
            Some(_) => None,
        };
        match texts {
            Some(texts) => Ok(texts),
            None => wrong(&self.at(name), "Enter a list of texts."),
        }
    }

    pub(crate) fn end(&self) -> Checked<()> {
        match self.entries.iter().map(|it| &it.0).find(|key| !self.taken.contains(key)) {
            Some(key) => wrong(&self.at(key), "Unknown setting. Remove it."),
            None => Ok(()),
        }
    }
}
