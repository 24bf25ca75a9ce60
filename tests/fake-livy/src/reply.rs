//! What an interpreter answers: the two shapes of an output.

use serde_json::{Value, json};

/// Results by their types.
pub(crate) fn ok(id: u64, data: Value) -> Value {
    json!({"status": "ok", "execution_count": id, "data": data})
}

/// What went wrong.
pub(crate) fn error(id: u64, name: &str, words: &str, traceback: Value) -> Value {
    json!({"status": "error", "execution_count": id, "ename": name, "evalue": words, "traceback": traceback})
}
