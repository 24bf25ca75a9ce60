//! What a text says where a value stands: its order and its repeated keys kept, its numbers as text, and what only running the code would
//! tell named.

use form::json::Value;

/// A value as a text writes it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Term {
    Null,
    Bool(bool),
    /// A number in JSON's own spelling.
    Number(String),
    Text(String),
    List(Vec<Term>),
    /// Keys and values in their order. Entries whose keys are unknown are code under an empty key.
    Object(Vec<(String, Term)>),
    /// Anything that only running the code would tell: the expression, shortened.
    Unknown(String),
}

/// Begins a note about code whose effect the text doesn't show.
pub(crate) const UNREAD: &str = "Left out, because only running the code would tell: ";

impl From<Value> for Term {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(is) => Self::Bool(is),
            Value::Number(digits) => Self::Number(digits),
            Value::Text(text) => Self::Text(text),
            Value::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(entries) => {
                Self::Object(entries.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

impl Term {
    /// The code of entries whose keys only running it would tell.
    pub(crate) fn unread(&self) -> Option<&str> {
        self.entries().iter().find_map(|it| match it {
            (key, Term::Unknown(code)) if key.is_empty() => Some(code.as_str()),
            _ => None,
        })
    }

    /// The entries of an object.
    pub(crate) fn entries(&self) -> &[(String, Term)] {
        if let Term::Object(entries) = self { entries } else { &[] }
    }

    /// The last value of a key, upper and lower case being the same, as PowerShell has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Term> {
        self.entries().iter().rev().find(|(it, _)| it.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// True for an object with this key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries().iter().any(|it| it.0 == key)
    }

    /// The text, where it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Term::Text(text) = self { Some(text) } else { None }
    }

    /// True if the text doesn't show which entries it has.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Term::Unknown(_)) || self.unread().is_some()
    }

    /// True where something in it is unknown.
    pub(crate) fn has_unknown(&self) -> bool {
        match self {
            Term::Unknown(_) => true,
            Term::List(items) => items.iter().any(Term::has_unknown),
            Term::Object(entries) => entries.iter().any(|it| it.1.has_unknown()),
            _ => false,
        }
    }

    /// As JSON without nulls (Livy refuses some and ignores the rest) and without what is unknown, which must not be guessed.
    pub(crate) fn settle(self, notes: &mut Vec<String>) -> Value {
        let mut nulls = Vec::new();
        let value = self.settle_below("", &mut nulls, notes).unwrap_or(Value::Null);
        if !nulls.is_empty() {
            notes.push(format!("Left out (null): {}.", nulls.join(", ")));
        }
        value
    }

    fn settle_below(self, path: &str, nulls: &mut Vec<String>, notes: &mut Vec<String>) -> Option<Value> {
        Some(match self {
            Term::Null => {
                nulls.push(path.to_owned());
                return None;
            }
            Term::Unknown(expression) => {
                notes.push(format!("Left out: {path}. Its value isn't in the text: {expression}"));
                return None;
            }
            Term::Bool(is) => Value::Bool(is),
            Term::Number(digits) => Value::Number(digits),
            Term::Text(text) => Value::Text(text),
            Term::List(items) => {
                let items = items.into_iter().enumerate();
                let settled =
                    items.filter_map(|(at, it)| it.settle_below(&format!("{path}[{at}]"), nulls, notes));
                Value::List(settled.collect())
            }
            Term::Object(entries) => {
                let settled = entries.into_iter().filter_map(|(key, it)| {
                    if let (true, Term::Unknown(code)) = (key.is_empty(), &it) {
                        notes.push([UNREAD, code].concat());
                        return None;
                    }
                    let path = if path.is_empty() { key.clone() } else { [path, ".", &key].concat() };
                    Some((key, it.settle_below(&path, nulls, notes)?))
                });
                Value::Object(settled.collect())
            }
        })
    }
}
