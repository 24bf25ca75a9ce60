//! What came of a statement. Its own text is kept, and read where it stands.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::json::{Json, JsonKind};
use crate::outline::{Outline, Outlined};
use crate::piece::{Piece, place};

/// The output of a statement: results by their types, or an error (docs/statements.md).
#[derive(Clone, Debug, Eq)]
pub struct Output {
    text: Arc<str>,
    /// `ok`, `error`, or another word of the server's; empty where it gave none.
    pub status: String,
    /// The results, in the order of the answer.
    pub parts: Vec<OutputPart>,
    /// What went wrong.
    pub error: Option<StatementError>,
}

/// A result of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputPart {
    /// Its media type, in the server's words.
    pub mime: String,
    place: Range<usize>,
}

/// An error in the words of the interpreter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementError {
    /// `ename`: a Python class; `Error` for all of Scala and SQL. Empty where the server has none, as Lighter.
    pub name: String,
    /// `evalue`: one line, or a whole text.
    pub message: String,
    /// `traceback` in its pieces: lines with their ends from Python and Scala, bare frames from SQL.
    pub traceback: Vec<String>,
}

impl StatementError {
    fn from_json(json: Json<'_>) -> Self {
        let [name, message, traceback] = json.fields(["ename", "evalue", "traceback"]);
        let traceback = traceback.map_or_else(Vec::new, |it| match it.kind() {
            JsonKind::Array => it.items().filter_map(said).collect(),
            // Lighter sends one text.
            _ => said(it).into_iter().collect(),
        });
        let text = |it: Option<Json<'_>>| it.and_then(said).unwrap_or_default();
        Self { name: text(name), message: text(message), traceback }
    }

    /// The traceback as one text: pieces that end their lines follow each other, bare ones get a line each.
    pub fn trace(&self) -> String {
        let has_ends = self.traceback.iter().rev().skip(1).all(|it| it.ends_with('\n'));
        self.traceback.join(if has_ends { "" } else { "\n" })
    }
}

/// A text, or what was sent in its place; nothing of `null`.
fn said(json: Json<'_>) -> Option<String> {
    let written = || (json.kind() != JsonKind::Null).then(|| json.as_written().into());
    json.text().or_else(written).map(Cow::into_owned)
}

impl PartialEq for Output {
    /// Everything else is read from the text. It can be megabytes, and is not compared with itself.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text) || self.text == other.text
    }
}

impl Output {
    /// `None` of `null`, which a statement has that has not ended. Anything else than an object has no status and no parts, and is
    /// shown as it came.
    pub fn from_json(json: Json<'_>) -> Option<Self> {
        Self::outlined(Outline::parse(json.as_written())?.root())
    }

    pub(crate) fn outlined(output: Outlined<'_, '_>) -> Option<Self> {
        let json = output.json;
        if json.kind() == JsonKind::Null {
            return None;
        }
        let text = json.as_written();
        let [status, data] = output.fields(["status", "data"]);
        let status = status.and_then(|it| it.json.text()).unwrap_or_default().into_owned();
        let results = data.into_iter().flat_map(Outlined::entries).map(|(key, it)| (key, it.json));
        let results: Vec<(Json<'_>, Json<'_>)> = results.collect();
        // A magic of pyspark that fails inside a success: the interpreter's whole answer in place of the results
        // (fake_shell.py 228-242, 0.9.0).
        let inner = results.iter().rev().find(|it| it.0.text().as_deref() == Some("content")).map(|it| it.1);
        let inner = inner.filter(|_| status == "ok");
        let inner = inner.filter(|it| it.get("status").and_then(Json::text).as_deref() == Some("error"));
        let error = match inner {
            Some(content) => Some(StatementError::from_json(content)),
            None => (status == "error").then(|| StatementError::from_json(json)),
        };
        let results = results.into_iter().filter(|_| inner.is_none());
        let parts = results.filter_map(|(mime, value)| {
            Some(OutputPart { mime: mime.text()?.into_owned(), place: place(text, value) })
        });
        let parts = parts.collect();
        Some(Self { status, parts, error, text: text.into() })
    }

    /// The whole output as the server wrote it.
    pub fn as_written(&self) -> &str {
        &self.text
    }

    /// The result of this part with the answer that it stands in.
    pub fn piece(&self, part: &OutputPart) -> Piece {
        Piece::known(Arc::clone(&self.text), part.place.clone())
    }

    /// The whole output, as a value beside its answer.
    pub fn whole(&self) -> Piece {
        Piece::known(Arc::clone(&self.text), 0..self.text.len())
    }

    /// The result of this part.
    pub fn value(&self, part: &OutputPart) -> Option<Json<'_>> {
        self.text.get(part.place.clone()).map(Json::known)
    }

    /// The result of this type.
    pub fn result(&self, mime: &str) -> Option<Json<'_>> {
        self.parts.iter().find(|it| it.mime == mime).and_then(|it| self.value(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(text: &str) -> Output {
        Output::from_json(Json::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn results_keep_their_text() {
        let it = output(
            r#"{"status":"ok","execution_count":4,"data":{"text/plain":"a\nb","application/json":[1.50]}}"#,
        );
        let types: Vec<&str> = it.parts.iter().map(|it| it.mime.as_str()).collect();
        assert_eq!((it.status.as_str(), types), ("ok", vec!["text/plain", "application/json"]));
        assert_eq!(it.result("text/plain").and_then(Json::text).as_deref(), Some("a\nb"));
        assert_eq!(it.result("application/json").map(Json::as_written), Some("[1.50]"));
        assert_eq!((it.error.as_ref(), it.result("image/png")), (None, None));
    }

    #[test]
    fn a_failed_magic_is_an_error_whatever_its_status() {
        let it = output(
            r#"{"status":"ok","data":{"msg_type":"execute_reply","content":{"ename":"KeyError","evalue":"'x'","traceback":["KeyError: 'x'\n"],"status":"error"}}}"#,
        );
        assert_eq!((it.error.as_ref().map(|it| it.name.as_str()), it.parts.len()), (Some("KeyError"), 0));
    }

    #[test]
    fn tracebacks_of_every_sort() {
        let trace = |text: &str| {
            output(&format!(r#"{{"status":"error","traceback":{text}}}"#)).error.unwrap().trace()
        };
        assert_eq!(trace(r#"["a\n","b\n"]"#), "a\nb\n");
        assert_eq!(trace(r#"["a\n","b"]"#), "a\nb");
        assert_eq!(trace(r#"["x.y(z)","x.w(v)"]"#), "x.y(z)\nx.w(v)");
        assert_eq!(trace(r#""one text""#), "one text");
        assert_eq!(trace("[]"), "");
        assert_eq!(trace("null"), "");
        assert_eq!(trace(r#"[1,null,{"x":2}]"#), "1\n{\"x\":2}");
        let odd = output(r#"{"status":"error","ename":{"a":1},"evalue":[3]}"#).error.unwrap();
        assert_eq!((odd.name.as_str(), odd.message.as_str()), (r#"{"a":1}"#, "[3]"));
    }

    #[test]
    fn unknown_words_and_shapes_survive() {
        let it = output(r#"{"status":"partly","data":{"application/x-new":{"a":1}},"more":2}"#);
        assert_eq!(
            (it.status.as_str(), it.error.as_ref(), it.parts[0].mime.as_str()),
            ("partly", None, "application/x-new")
        );
        assert!(it.as_written().ends_with("\"more\":2}"));
        assert_eq!(Output::from_json(Json::parse("null").unwrap()), None);
        assert!(output(r#"{"status":"ok","data":[1]}"#).parts.is_empty());
        for other in [r#""a text""#, r#"["a",1.50]"#, "7", "true", "[]"] {
            let it = output(other);
            assert_eq!((it.status.as_str(), it.parts.len(), it.error.as_ref()), ("", 0, None), "{other}");
            assert_eq!(it.whole().json().as_written(), other);
        }
    }
}
