//! JSON as text. Python's literals differ from it in three words.

use super::Value;

/// How JSON writes null, true and false.
pub const JSON: [&str; 3] = ["null", "true", "false"];

impl Value {
    /// JSON over several lines, two spaces a level.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        self.print(Some(0), JSON, &mut text);
        text
    }

    /// JSON in one line without spaces.
    pub fn to_line(&self) -> String {
        let mut text = String::new();
        self.print(None, JSON, &mut text);
        text
    }

    /// Writes it over several lines as they stand at a level, or in one line without one. `words` are those for null, true and false.
    pub fn print(&self, level: Option<usize>, words: [&str; 3], into: &mut String) {
        match self {
            Value::Null => into.push_str(words[0]),
            Value::Bool(true) => into.push_str(words[1]),
            Value::Bool(false) => into.push_str(words[2]),
            Value::Number(digits) => into.push_str(digits),
            Value::Text(text) => into.push_str(&quoted(text)),
            Value::List(items) => {
                into.push('[');
                for (at, item) in items.iter().enumerate() {
                    begin(at, level, into);
                    item.print(level.map(|it| it + 1), words, into);
                }
                end(items.is_empty(), level, into);
                into.push(']');
            }
            Value::Object(entries) => {
                into.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    begin(at, level, into);
                    into.push_str(&quoted(key));
                    into.push_str(if level.is_some() { ": " } else { ":" });
                    value.print(level.map(|it| it + 1), words, into);
                }
                end(entries.is_empty(), level, into);
                into.push('}');
            }
        }
    }
}

/// What stands before a member of a list or an object at a level.
fn begin(at: usize, level: Option<usize>, into: &mut String) {
    if at > 0 {
        into.push(',');
    }
    line(level.map(|it| it + 1), into);
}

/// What stands before its closing bracket.
fn end(is_empty: bool, level: Option<usize>, into: &mut String) {
    if !is_empty {
        line(level, into);
    }
}

fn line(level: Option<usize>, into: &mut String) {
    if let Some(level) = level {
        into.push('\n');
        into.push_str(&"  ".repeat(level));
    }
}

/// A text as JSON writes it; Python reads the same.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
