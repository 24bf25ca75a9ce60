//! A value as a snippet writes it: its order and its repeated keys kept, its numbers as text. Never a number rounded.

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A number in JSON's own spelling.
    Number(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
    /// Anything that only running the code would tell: the expression, shortened.
    Unknown(String),
}

/// Begins a note about code whose effect the text doesn't show.
pub(super) const UNREAD: &str = "Left out, because only running the code would tell: ";

impl Value {
    /// The code of entries whose keys only running it would tell.
    pub(super) fn unread(&self) -> Option<&str> {
        self.entries().iter().find_map(|it| match it {
            (key, Value::Unknown(code)) if key.is_empty() => Some(code.as_str()),
            _ => None,
        })
    }

    /// The entries of an object.
    pub(super) fn entries(&self) -> &[(String, Value)] {
        if let Value::Object(entries) = self { entries } else { &[] }
    }

    /// The last value of a key, upper and lower case being the same, as PowerShell has it.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().rev().find(|(it, _)| it.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// True for an object with this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries().iter().any(|it| it.0 == key)
    }

    /// The text, where it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// True if the text doesn't show which entries it has.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Value::Unknown(_)) || self.unread().is_some()
    }

    /// True where something in it is unknown.
    pub(super) fn has_unknown(&self) -> bool {
        match self {
            Value::Unknown(_) => true,
            Value::List(items) => items.iter().any(Value::has_unknown),
            Value::Object(entries) => entries.iter().any(|it| it.1.has_unknown()),
            _ => false,
        }
    }

    /// Removes nulls (Livy refuses some and ignores the rest) and unknown values, which must not be guessed.
    pub(super) fn settle(self, notes: &mut Vec<String>) -> Value {
        let mut nulls = String::new();
        let value = self.settle_below("", &mut nulls, notes).unwrap_or(Value::Null);
        if !nulls.is_empty() {
            notes.push(format!("Left out (null): {nulls}."));
        }
        value
    }

    fn settle_below(self, path: &str, nulls: &mut String, notes: &mut Vec<String>) -> Option<Value> {
        match self {
            Value::Null => {
                if !nulls.is_empty() {
                    nulls.push_str(", ");
                }
                nulls.push_str(path);
                None
            }
            Value::Unknown(expression) => {
                notes.push(format!("Left out: {path}. Its value isn't in the text: {expression}"));
                None
            }
            Value::List(items) => {
                let items = items.into_iter().enumerate();
                let settled = items.filter_map(|(at, it)| it.settle_below(&item(path, at), nulls, notes));
                Some(Value::List(settled.collect()))
            }
            Value::Object(entries) => {
                let settled = entries.into_iter().filter_map(|(key, it)| {
                    if let (true, Value::Unknown(code)) = (key.is_empty(), &it) {
                        notes.push([UNREAD, code].concat());
                        return None;
                    }
                    let path = if path.is_empty() { key.clone() } else { [path, ".", &key].concat() };
                    Some((key, it.settle_below(&path, nulls, notes)?))
                });
                Some(Value::Object(settled.collect()))
            }
            whole => Some(whole),
        }
    }

    /// The value as JSON over several lines, two spaces a level, or in one line without a level. `words` are how null,
    /// true and false are written.
    pub(super) fn print(&self, level: Option<usize>, words: [&str; 3], into: &mut String) {
        match self {
            Value::Null | Value::Unknown(_) => into.push_str(words[0]),
            Value::Bool(true) => into.push_str(words[1]),
            Value::Bool(false) => into.push_str(words[2]),
            Value::Number(number) => into.push_str(number),
            Value::Text(text) => into.push_str(&quoted(text)),
            Value::List(items) => {
                let lines = items.iter().map(|it| (None, it));
                print_lines(&mut lines.into_iter(), ['[', ']'], level, words, into);
            }
            Value::Object(entries) => {
                let lines = entries.iter().map(|(key, it)| (Some(key.as_str()), it));
                print_lines(&mut lines.into_iter(), ['{', '}'], level, words, into);
            }
        }
    }

    /// The value as JSON over several lines.
    pub(crate) fn to_json(&self) -> String {
        let mut text = String::new();
        self.print(Some(0), JSON, &mut text);
        text
    }

    /// The value as JSON in one line.
    pub(crate) fn to_line(&self) -> String {
        let mut text = String::new();
        self.print(None, JSON, &mut text);
        text
    }
}

/// JSON's words.
pub(super) const JSON: [&str; 3] = ["null", "true", "false"];

/// A text as JSON writes it; Python reads the same.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn item(path: &str, at: usize) -> String {
    format!("{path}[{at}]")
}

type Lines<'a> = dyn Iterator<Item = (Option<&'a str>, &'a Value)> + 'a;

fn print_lines(
    lines: &mut Lines<'_>,
    [open, close]: [char; 2],
    level: Option<usize>,
    words: [&str; 3],
    into: &mut String,
) {
    let begin_line = |level: Option<usize>, into: &mut String| {
        if let Some(level) = level {
            into.push('\n');
            into.push_str(&"  ".repeat(level));
        }
    };
    let deeper = level.map(|it| it + 1);
    into.push(open);
    let mut any = false;
    for (key, value) in lines {
        into.push_str(if any { "," } else { "" });
        any = true;
        begin_line(deeper, into);
        if let Some(key) = key {
            into.push_str(&quoted(key));
            into.push_str(if level.is_some() { ": " } else { ":" });
        }
        value.print(deeper, words, into);
    }
    if any {
        begin_line(level, into);
    }
    into.push(close);
}
