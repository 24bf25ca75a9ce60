//! A table as a file or for another program: CSV by RFC 4180, or columns with tabs between.

use std::ops::Range;

use livy::{Json, JsonKind};

use super::{Cell, Table};
use crate::formula::looks_like_a_formula;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// CSV, the cells as they are.
    Csv,
    /// CSV for spreadsheets: a text that one would take for a formula begins with an apostrophe, and the file with a mark of its
    /// encoding (OWASP, "CSV Injection").
    SafeCsv,
    /// Columns with tabs between, as spreadsheets paste it; ends of lines and tabs in a cell become blanks.
    Tabs,
}

/// The rows of a table in this order, the names of its columns first.
pub fn sheet(table: &Table, rows: impl IntoIterator<Item = usize>, form: Sheet) -> String {
    let mut text = String::new();
    if form == Sheet::SafeCsv {
        text.push('\u{feff}');
    }
    for (at, column) in table.columns.iter().enumerate() {
        separate(&mut text, at, form);
        write(&mut text, &column.name, true, form);
    }
    end(&mut text, form);
    for row in rows {
        for (at, cell) in table.cells(row).into_iter().enumerate() {
            separate(&mut text, at, form);
            let is_text = matches!(cell, Cell::Value(json) if Json::kind(json) == JsonKind::Text);
            write(&mut text, &cell.shown(), is_text, form);
        }
        end(&mut text, form);
    }
    text
}

/// The cells of some rows and columns, for another program: as [`Sheet::Tabs`], without the names of the columns. One cell alone is its
/// text, as it stands in the answer.
pub fn tabs(table: &Table, rows: &[usize], columns: Range<usize>) -> String {
    if let ([row], 1) = (rows, columns.len()) {
        return table.cell(*row, columns.start).shown().into_owned();
    }
    let mut text = String::new();
    for row in rows {
        let cells = table.cells(*row);
        for (at, cell) in cells.into_iter().skip(columns.start).take(columns.len()).enumerate() {
            separate(&mut text, at, Sheet::Tabs);
            write(&mut text, &cell.shown(), false, Sheet::Tabs);
        }
        end(&mut text, Sheet::Tabs);
    }
    text
}

fn separate(text: &mut String, at: usize, form: Sheet) {
    if at > 0 {
        text.push(if form == Sheet::Tabs { '\t' } else { ',' });
    }
}

fn end(text: &mut String, form: Sheet) {
    text.push_str(if form == Sheet::Tabs { "\n" } else { "\r\n" });
}

fn write(text: &mut String, cell: &str, is_text: bool, form: Sheet) {
    if form == Sheet::Tabs {
        text.extend(cell.chars().map(|it| if matches!(it, '\t' | '\n' | '\r') { ' ' } else { it }));
        return;
    }
    let guard = if form == Sheet::SafeCsv && is_text && looks_like_a_formula(cell) { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(cell);
    }
}
