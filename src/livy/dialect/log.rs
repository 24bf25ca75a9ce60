//! A log in the shapes of other servers, and one that an old Livy keeps back.

use serde_json::Value;

/// The lines of a log: a list, one text (`Log.java` of Lighter), or nothing yet.
pub(crate) fn lines(log: Value) -> Option<Vec<String>> {
    let text = |line| if let Value::String(text) = line { text } else { line.to_string() };
    match log {
        Value::Array(lines) => Some(lines.into_iter().map(text).collect()),
        Value::String(text) => Some(text.lines().map(str::to_owned).collect()),
        Value::Null => Some(Vec::new()),
        _ => None,
    }
}

/// True for an answer without lines that says there are some: Livy 0.2 and 0.3 take a negative size by its word
/// (`SessionServlet.serializeLogs`: from one beyond the end to the end).
pub(crate) fn withholds(page: &Value) -> bool {
    let is_empty = page.get("log").and_then(Value::as_array).is_some_and(Vec::is_empty);
    is_empty && page.get("total").and_then(Value::as_u64).is_some_and(|it| it > 0)
}
