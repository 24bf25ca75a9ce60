//! Statements as a Jupyter notebook (nbformat 4.5, `nbformat.v4.5.schema.json` of jupyter/nbformat): a cell for each, with its code and
//! what came of it. Values of JSON are copied as they were sent, so that numbers keep their digits.
//!
//! Each result is an output of its own, text that was printed first: Jupyter shows one of those that stand together. Beside JSON and
//! tables stands a text for programs that draw neither; that of a table has tabs between its columns.

use livy::{Json, Kind, Output, Piece, Statement, StatementError, unescape};

use super::tree::scalar_end;
use super::visible::is_hidden;
use super::{Shape, Sheet, Table, shapes, sheet};

/// The longest id of a cell.
const LONGEST_ID: usize = 64;

/// A statement for a notebook.
pub struct NotebookCell<'a> {
    /// As the server told it.
    pub statement: &'a Statement,
    /// Its code as it was typed; empty where the server does not tell it.
    pub code: &'a str,
    /// Its own language, where it is known.
    pub language: Option<Kind>,
    /// What is said in place of an output that is not here.
    pub missing: Option<String>,
}

/// The pieces of the notebook, in their order: together they can be as large as all outputs. `session`: its id. `kind`: its language.
pub fn notebook<'a>(
    session: &str,
    kind: Option<Kind>,
    cells: impl Iterator<Item = NotebookCell<'a>>,
) -> impl Iterator<Item = String> {
    let cells = cells.enumerate().map(|(at, it)| {
        let mut text = String::from(if at == 0 { "\n" } else { ",\n" });
        cell(at, &it, &mut text);
        text
    });
    let mut end = String::from("\n],\"metadata\":{");
    end.push_str(language(kind));
    end.push_str("\"livy\":{\"session\":");
    quote(session, &mut end);
    end.push_str("}},\"nbformat\":4,\"nbformat_minor\":5}\n");
    std::iter::once(String::from("{\"cells\":[")).chain(cells).chain(std::iter::once(end))
}

/// The language, and the kernel of sparkmagic for it, which runs code by Livy. There is none for SQL.
fn language(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::PySpark) => {
            r#""kernelspec":{"name":"pysparkkernel","display_name":"PySpark","language":"python"},"language_info":{"name":"python","file_extension":".py","mimetype":"text/x-python"},"#
        }
        Some(Kind::Spark) => {
            r#""kernelspec":{"name":"sparkkernel","display_name":"Spark","language":"scala"},"language_info":{"name":"scala","file_extension":".scala","mimetype":"text/x-scala"},"#
        }
        Some(Kind::SparkR) => {
            r#""kernelspec":{"name":"sparkrkernel","display_name":"SparkR","language":"R"},"language_info":{"name":"R","file_extension":".r","mimetype":"text/x-rsrc"},"#
        }
        Some(Kind::Sql) => {
            r#""language_info":{"name":"sql","file_extension":".sql","mimetype":"text/x-sql"},"#
        }
        Some(Kind::Shared) | None => "",
    }
}

fn cell(at: usize, cell: &NotebookCell<'_>, text: &mut String) {
    let statement = cell.statement;
    let id = statement.id.as_str();
    let is_taken = |it: &str| {
        it.len() <= LONGEST_ID && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
    };
    let name = format!("livy-{id}");
    let name = if is_taken(&name) { name } else { format!("cell-{at}") };
    text.push_str(&format!("{{\"cell_type\":\"code\",\"id\":\"{name}\",\"metadata\":{{\"livy\":{{\"id\":"));
    quote(id, text);
    text.push_str(",\"state\":");
    quote(statement.state.as_str(), text);
    if let Some(language) = cell.language {
        text.push_str(",\"kind\":");
        quote(language.as_str(), text);
    }
    let count = statement.id.number().map_or_else(|| "null".to_owned(), |it| it.to_string());
    text.push_str(&format!("}}}},\"execution_count\":{count},\"source\":"));
    lines(cell.code, text);
    text.push_str(",\"outputs\":[");
    let start = text.len();
    let mut next = |text: &mut String| text.push_str(if text.len() > start { ",\n" } else { "\n" });
    if let Some(output) = &statement.output {
        results(output, &count, &mut next, text);
    }
    if let Some(missing) = &cell.missing {
        next(text);
        text.push_str("{\"output_type\":\"stream\",\"name\":\"stderr\",\"text\":");
        lines(missing, text);
        text.push('}');
    }
    text.push_str("]}");
}

/// What came of it. `next` begins another one.
fn results(output: &Output, count: &str, next: &mut dyn FnMut(&mut String), text: &mut String) {
    let mut parts = shapes(output);
    parts.retain(|it| it.0 != Shape::Empty && it.0 != Shape::Error);
    let of = |is_text: bool| parts.iter().filter(move |it| (it.0 == Shape::Text) == is_text);
    for (at, (_, part)) in of(true).chain(of(false)).enumerate() {
        next(text);
        text.push_str("{\"output_type\":");
        if at + 1 == parts.len() && output.error.is_none() {
            text.push_str(&format!("\"execute_result\",\"execution_count\":{count}"));
        } else {
            text.push_str("\"display_data\"");
        }
        text.push_str(",\"metadata\":{},\"data\":{");
        match part {
            Some(part) => result(&part.mime, output.piece(part), text),
            // An output of a shape that nobody knows.
            None => result("application/json", output.whole(), text),
        }
        text.push_str("}}");
    }
    if let Some(error) = &output.error {
        next(text);
        fault(error, text);
    }
}

/// A result by its type.
fn result(mime: &str, value: Piece, text: &mut String) {
    let json = value.json();
    quote(mime, text);
    text.push(':');
    let is_json = mime.strip_prefix("application/").is_some_and(|it| it == "json" || it.ends_with("+json"));
    if is_json {
        copy(json, text);
        text.push_str(",\"text/plain\":");
        match Table::of(value.clone()) {
            Some(table) => lines(&sheet(&table, 0..table.len(), Sheet::Tabs), text),
            None => lines(json.as_written(), text),
        }
    } else {
        // Of any other type a notebook takes texts alone.
        lines(&json.text().unwrap_or_else(|| json.as_written().into()), text);
    }
}

/// An error. Programs show its traceback alone, which does not always say what it was.
fn fault(error: &StatementError, text: &mut String) {
    text.push_str("{\"output_type\":\"error\",\"ename\":");
    quote(&error.name, text);
    text.push_str(",\"evalue\":");
    quote(&error.message, text);
    text.push_str(",\"traceback\":");
    let trace = error.trace();
    let said = if trace.contains(error.message.trim()) {
        String::new()
    } else {
        format!("{}: {}\n", error.name, error.message.trim())
    };
    list(&mut said.lines().chain(trace.lines()), text);
    text.push('}');
}

/// A text as the list of its lines.
fn lines(it: &str, text: &mut String) {
    list(&mut it.split_inclusive('\n'), text);
}

fn list(items: &mut dyn Iterator<Item = &str>, text: &mut String) {
    text.push('[');
    for (at, item) in items.enumerate() {
        text.push_str(if at > 0 { "," } else { "" });
        quote(item, text);
    }
    text.push(']');
}

/// A text of JSON. What is not seen in a file, or turns it around, is written by its number.
fn quote(it: &str, text: &mut String) {
    text.push('"');
    for it in it.chars() {
        match it {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\u{2028}' | '\u{2029}' => text.push_str(&format!("\\u{:04x}", it as u32)),
            it if is_hidden(it) => text.push_str(&format!("\\u{:04x}", it as u32)),
            it => text.push(it),
        }
    }
    text.push('"');
}

/// A value as it was sent, but for its texts: half of a character, which no file can have, becomes U+FFFD.
fn copy(json: Json<'_>, text: &mut String) {
    let written = json.as_written();
    let bytes = written.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|it| memchr::memchr(b'"', it)) {
        let start = at + found;
        let end = scalar_end(bytes, start);
        text.push_str(written.get(at..start).unwrap_or_default());
        let inner = written.get(start + 1..end.saturating_sub(1)).unwrap_or_default();
        if inner.bytes().any(|it| it == b'\\' || it >= 0x7f) {
            quote(&unescape(inner), text);
        } else {
            text.push_str(written.get(start..end).unwrap_or_default());
        }
        at = end;
    }
    text.push_str(written.get(at..).unwrap_or_default());
}
