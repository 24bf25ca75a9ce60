//! A value as a snippet writes it: its order and its repeated keys kept, its numbers as text. Never a number rounded.

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number in JSON's own spelling.
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

    /// The last value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().rev().find(|it| it.0 == key).map(|it| &it.1)
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// The value as JSON over several lines, two spaces a level, or in one line without a level. `words` are how null,
    /// true and false are written.
    pub fn print(&self, level: Option<usize>, words: [&str; 3], into: &mut String) {
        match self {
            Value::Null => into.push_str(words[0]),
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
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        self.print(Some(0), JSON, &mut text);
        text
    }

    /// The value as JSON in one line.
    pub fn to_line(&self) -> String {
        let mut text = String::new();
        self.print(None, JSON, &mut text);
        text
    }
}

/// JSON's words.
pub const JSON: [&str; 3] = ["null", "true", "false"];

/// A text as JSON writes it; Python reads the same.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
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
