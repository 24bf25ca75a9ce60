//! The listed rows as text, for a file or the clipboard.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::formula::looks_like_a_formula;
use crate::{Column, SessionRow};

/// In which form rows are handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOver {
    /// A file of comma separated values (RFC 4180) with a header. No cell can be taken for a formula.
    Csv,
    /// A JSON array of objects, with Livy's names.
    Json,
    /// Lines of cells with tabs between, with a header, as spreadsheets paste them. No cell can be taken for a formula.
    Text,
}

/// The columns, with Livy's names.
const COLUMNS: [(&str, Column); 8] = [
    ("state", Column::State),
    ("id", Column::Id),
    ("name", Column::Name),
    ("kind", Column::Kind),
    ("owner", Column::Owner),
    ("proxyUser", Column::ProxyUser),
    ("appId", Column::Application),
    ("queue", Column::Queue),
];

const SIZES: [&str; 5] = ["driverMemory", "driverCores", "executorMemory", "executorCores", "numExecutors"];

/// What this page adds of its own: when it first saw the session (ISO 8601, UTC), and why it ended, where that is known here.
const OWN: [&str; 2] = ["firstSeen", "cause"];

/// Why the session of a row ended, where this page knows.
pub(crate) type Causes<'a> = dyn Fn(&SessionRow) -> Option<&'static str> + 'a;

pub(super) fn written<'a>(
    rows: impl Iterator<Item = &'a SessionRow>,
    form: HandOver,
    causes: &Causes<'_>,
) -> String {
    match form {
        HandOver::Csv => table(rows, causes, (',', "\r\n"), quoted),
        HandOver::Text => table(rows, causes, ('\t', "\n"), flat),
        HandOver::Json => json(rows, causes),
    }
}

/// All cells of a row, as they are named in the header.
fn cells(row: &SessionRow, causes: &Causes<'_>) -> impl Iterator<Item = (&'static str, String)> {
    let texts = COLUMNS.map(|(name, column)| (name, row.text(column).to_owned()));
    let own =
        OWN.into_iter().zip([row.seen.utc(), causes(row).or(row.reason()).unwrap_or_default().to_owned()]);
    texts.into_iter().chain(SIZES.into_iter().zip(sizes(row))).chain(own)
}

fn table<'a>(
    rows: impl Iterator<Item = &'a SessionRow>,
    causes: &Causes<'_>,
    (between, end): (char, &str),
    cell: fn(&str) -> String,
) -> String {
    let names: Vec<&str> = COLUMNS.iter().map(|it| it.0).chain(SIZES).chain(OWN).collect();
    let mut out = names.join(&between.to_string());
    out.push_str(end);
    for row in rows {
        for (at, (_, text)) in cells(row, causes).enumerate() {
            if at > 0 {
                out.push(between);
            }
            out.push_str(&cell(&guarded(&text)));
        }
        out.push_str(end);
    }
    out
}

/// What a spreadsheet takes for a formula is text, with an apostrophe before it.
fn guarded(text: &str) -> String {
    if looks_like_a_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// RFC 4180 §2, 5 to 7.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A cell cannot hold what ends it. One that begins with a quote would be pasted without its quotes, and what is in them be read anew.
fn flat(text: &str) -> String {
    let text = text.replace(['\t', '\r', '\n'], " ");
    if text.trim_start().starts_with('"') { format!("'{text}") } else { text }
}

fn sizes(row: &SessionRow) -> [String; 5] {
    let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
    let number = |it: u32| if it == 0 { String::new() } else { it.to_string() };
    [
        text(row.driver_memory()),
        number(row.driver_cores),
        text(row.executor_memory()),
        number(row.executor_cores),
        number(row.executors),
    ]
}

fn json<'a>(rows: impl Iterator<Item = &'a SessionRow>, causes: &Causes<'_>) -> String {
    let mut out = String::from("[");
    for (at, row) in rows.enumerate() {
        let mut fields = Map::new();
        for (name, text) in cells(row, causes).filter(|it| !it.1.is_empty()) {
            let is_number = name.ends_with("Cores") || name == "numExecutors" || name == "id";
            let number = text.parse::<u64>().ok().filter(|_| is_number);
            fields.insert(name.to_owned(), number.map_or(Value::String(text), Value::from));
        }
        let _ = write!(out, "{}{}", if at > 0 { ",\n" } else { "\n" }, Value::Object(fields));
    }
    out.push_str("\n]\n");
    out
}
