//! The listed rows as text, for a file or the clipboard.

use std::fmt::Write;

use serde_json::{Map, Value};

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

pub(super) fn written<'a>(rows: impl Iterator<Item = &'a SessionRow>, form: HandOver) -> String {
    match form {
        HandOver::Csv => table(rows, ',', "\r\n", quoted),
        HandOver::Text => table(rows, '\t', "\n", flat),
        HandOver::Json => json(rows),
    }
}

fn table<'a>(
    rows: impl Iterator<Item = &'a SessionRow>,
    between: char,
    end: &str,
    cell: fn(&str) -> String,
) -> String {
    let names: Vec<&str> = COLUMNS.iter().map(|it| it.0).chain(SIZES).collect();
    let mut out = names.join(&between.to_string());
    out.push_str(end);
    for row in rows {
        for (at, (_, column)) in COLUMNS.iter().enumerate() {
            if at > 0 {
                out.push(between);
            }
            out.push_str(&cell(&guarded(row.text(*column))));
        }
        for size in sizes(row) {
            out.push(between);
            out.push_str(&cell(&guarded(&size)));
        }
        out.push_str(end);
    }
    out
}

/// A spreadsheet takes a cell that begins with one of these for a formula: it is text, with an apostrophe before it.
fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// RFC 4180 §2, 5 to 7.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A cell cannot hold what ends it.
fn flat(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], " ")
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

fn json<'a>(rows: impl Iterator<Item = &'a SessionRow>) -> String {
    let mut out = String::from("[");
    for (at, row) in rows.enumerate() {
        let mut fields = Map::new();
        let texts = COLUMNS.iter().map(|(name, column)| (*name, row.text(*column).to_owned()));
        for (name, text) in texts.chain(SIZES.into_iter().zip(sizes(row))).filter(|it| !it.1.is_empty()) {
            let is_number = name.ends_with("Cores") || name == "numExecutors" || name == "id";
            let number = text.parse::<u64>().ok().filter(|_| is_number);
            fields.insert(name.to_owned(), number.map_or(Value::String(text), Value::from));
        }
        let _ = write!(out, "{}{}", if at > 0 { ",\n" } else { "\n" }, Value::Object(fields));
    }
    out.push_str("\n]\n");
    out
}
