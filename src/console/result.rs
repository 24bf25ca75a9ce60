//! A result of a statement as a table: cells are pieces of the answer's own text, so that numbers keep the digits that were sent.
//! Where Livy itself has lost some, the column says so (docs/statements.md).

mod fault;
mod grid;
mod image;
mod limit;
mod lines;
mod notebook;
mod order;
mod page;
mod shape;
mod sheet;
mod stack;
mod trace;
mod tree;
mod visible;

use std::borrow::Cow;
use std::ops::Range;

use livy::{Items, Json, JsonKind, Piece, unescape};

pub use fault::Fault;
pub use grid::grid;
pub use image::Image;
pub use limit::row_limit;
pub use lines::{Lines, TextRow};
pub use notebook::{NotebookCell, notebook};
pub use page::sandboxed_page;
pub use shape::{Shape, shapes};
pub use sheet::{Sheet, sheet, tabs};
pub use stack::{Stack, StackRow};
pub use trace::{CodePlace, code_places};
pub use tree::{Tree, TreeRow};
pub use visible::visible;

/// How much of a line of a text, an error or a JSON value is drawn, in bytes: a line of megabytes takes a browser seconds. Copies and
/// files have all of it.
const DRAWN: usize = 20_000;

/// How wide a column is drawn at least and at most, in characters.
const NARROWEST: usize = 5;
const WIDEST: usize = 40;

/// How wide a column is drawn at least that only some rows have, in characters.
const EXTRA: usize = 8;

/// How many columns are named that have lost something.
const NAMED: usize = 8;

/// How many cells are measured before a table is drawn.
const MEASURED: usize = 40_000;

/// A table of an answer: where its rows stand in it.
#[derive(Clone, Debug)]
pub struct Table {
    whole: Piece,
    /// Its columns, in the order of the answer; names can be empty or come twice.
    pub columns: Vec<Column>,
    rows: Vec<Range<usize>>,
    /// True where its columns are those of a query.
    pub is_sql: bool,
    /// How many rows have another number of cells than there are columns.
    pub ragged: usize,
    /// How many cells the longest row has, or how many columns there are where that is more.
    pub breadth: usize,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// As the answer names it.
    pub name: String,
    /// The server's word for its type, in short: `bigint`, `array<int>`; empty where it gave none.
    pub kind: String,
    /// What Livy has lost of its values.
    pub loss: Option<Loss>,
}

/// What is lost on the way from Spark to the answer (Livy's SQLInterpreter and json4s, 0.9.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// A decimal has come as a double: digits beyond the 15th may be wrong, and zeros at its end are gone.
    Decimal,
    /// A float has come as a double, with digits that it never had.
    Float,
    /// A timestamp has come in UTC and without the fractions of its seconds.
    Timestamp,
    /// An interval has come without its value.
    Interval,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// `null`.
    Null,
    /// The row ends before it.
    Missing,
    /// Anything else, as it was sent.
    Value(Json<'a>),
}

/// The heads and the rows of a table; `None` of anything else. Heads of SQL are those of a schema. Of the rows only the first is looked
/// at: all of them can be megabytes.
fn parts(result: Json<'_>) -> Option<(Json<'_>, Json<'_>, bool)> {
    let [headers, schema, data] = result.fields(["headers", "schema", "data"]);
    let heads = match headers {
        Some(heads) => heads,
        None => schema?.get("fields")?,
    };
    let data = data.filter(|it| it.kind() == JsonKind::Array)?;
    let is_table =
        heads.kind() == JsonKind::Array && data.items().next().is_none_or(|it| it.kind() == JsonKind::Array);
    is_table.then_some((heads, data, headers.is_none()))
}

impl Table {
    /// Of `%table`: `{"headers":[{"name","type"}],"data":[[…]]}`; of SQL: `{"schema":{"fields":[…]},"data":[[…]]}`. `None` of
    /// anything else, also where a row is no list.
    pub fn of(whole: Piece) -> Option<Self> {
        let (heads, data, is_sql) = parts(whole.json())?;
        let columns: Vec<Column> = heads.items().map(|it| Column::of(it, is_sql)).collect();
        let (mut rows, mut ragged, mut breadth) = (Vec::new(), 0, columns.len());
        let mut items = data.items();
        while let Some((row, count)) = items.next_counted() {
            if row.kind() != JsonKind::Array {
                return None;
            }
            rows.push(whole.place(row));
            ragged += usize::from(count != columns.len());
            breadth = breadth.max(count);
        }
        Some(Self { columns, rows, is_sql, ragged, breadth, whole })
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True without any row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// As it stands in the answer.
    pub fn as_written(&self) -> &str {
        self.whole.json().as_written()
    }

    fn items(&self, row: usize) -> Items<'_> {
        self.whole.at(self.rows.get(row).cloned().unwrap_or_default()).items()
    }

    /// The cells of a row, one for each column, and those that are too many.
    pub fn cells(&self, row: usize) -> Vec<Cell<'_>> {
        let mut cells: Vec<Cell<'_>> = self.items(row).map(Cell::of).collect();
        let missing = self.columns.len().saturating_sub(cells.len());
        cells.extend(std::iter::repeat_n(Cell::Missing, missing));
        cells
    }

    /// One cell of a row.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        self.items(row).nth(column).map_or(Cell::Missing, Cell::of)
    }

    /// How wide each column is drawn, in characters, by its head and its first rows; behind them room for the cells that are too many.
    pub fn widths(&self) -> Vec<usize> {
        let head = |it: &Column| it.name.chars().count().max(it.kind.chars().count().min(18)) + 3;
        let mut widths: Vec<usize> = self.columns.iter().map(head).collect();
        widths.resize(self.breadth, EXTRA);
        // So many cells are looked at as keep a table of ten thousand columns from taking long.
        let rows = (MEASURED / self.breadth.max(1)).clamp(1, 200);
        for row in 0..rows.min(self.len()) {
            for (width, cell) in widths.iter_mut().zip(self.items(row)) {
                // Escapes make it a little wider than it has to be.
                *width = (*width).max(cell.as_written().chars().take(WIDEST).count());
            }
        }
        widths.into_iter().map(|it| it.clamp(NARROWEST, WIDEST)).collect()
    }

    /// What was lost on the way, with the names of the columns that lost it.
    pub fn losses(&self) -> Vec<(Loss, Vec<String>)> {
        let mut found: Vec<(Loss, Vec<String>)> = Vec::new();
        for column in &self.columns {
            let Some(loss) = column.loss else { continue };
            match found.iter_mut().find(|it| it.0 == loss) {
                Some((_, names)) if names.len() == NAMED => names.push("…".to_owned()),
                Some((_, names)) if names.len() > NAMED => {}
                Some((_, names)) => names.push(column.name.clone()),
                None => found.push((loss, vec![column.name.clone()])),
            }
        }
        found
    }

    /// The rows in the order of a column, as their places in the answer: numbers by their digits, texts after them, what is null or
    /// missing last both ways. Rows that are equal stay as they were.
    pub fn sorted(&self, column: usize, descending: bool) -> Vec<usize> {
        let mut rows: Vec<(usize, order::Key<'_>)> =
            (0..self.len()).map(|row| (row, order::Key::of(self.cell(row, column)))).collect();
        rows.sort_by(|one, other| one.1.compared(&other.1, descending));
        rows.into_iter().map(|it| it.0).collect()
    }
}

impl Column {
    fn of(head: Json<'_>, is_sql: bool) -> Self {
        let name = head.get("name").and_then(Json::text).unwrap_or_default().into_owned();
        let kind = head.get("type").map(|it| kind(it, 0)).unwrap_or_default();
        let loss = match kind.as_str() {
            // A magic sends what Python prints.
            _ if !is_sql => None,
            it if it.starts_with("decimal") => Some(Loss::Decimal),
            "float" => Some(Loss::Float),
            "timestamp" => Some(Loss::Timestamp),
            it if it.starts_with("interval") => Some(Loss::Interval),
            _ => None,
        };
        Self { name, kind, loss }
    }
}

/// Spark's type as SQL writes it (`DataType.json`, 3.5): `long` is `bigint`, and so on; the server's word where it is another.
fn kind(json: Json<'_>, depth: usize) -> String {
    let inner = |key: &str| json.get(key).map(|it| kind(it, depth + 1)).unwrap_or_default();
    if let Some(word) = json.text() {
        let short = match word.as_ref() {
            "integer" => "int",
            "long" => "bigint",
            "short" => "smallint",
            "byte" => "tinyint",
            // The words of `%table`: `INT_TYPE`.
            other => match other.strip_suffix("_TYPE") {
                Some(word) => return word.to_ascii_lowercase(),
                None => other,
            },
        };
        return short.to_owned();
    }
    // A text made to be deep must not cost the stack.
    if depth > 16 {
        return "…".to_owned();
    }
    match json.get("type").and_then(Json::text).as_deref() {
        Some("array") => format!("array<{}>", inner("elementType")),
        Some("map") => format!("map<{},{}>", inner("keyType"), inner("valueType")),
        Some("struct") => {
            let fields = json.get("fields").into_iter().flat_map(Json::items);
            let fields: Vec<String> = fields
                .map(|it| {
                    let name = it.get("name").and_then(Json::text).unwrap_or_default();
                    format!("{name}:{}", it.get("type").map(|it| kind(it, depth + 1)).unwrap_or_default())
                })
                .collect();
            format!("struct<{}>", fields.join(","))
        }
        Some(other) => other.to_owned(),
        None => String::new(),
    }
}

impl<'a> Cell<'a> {
    fn of(json: Json<'a>) -> Self {
        if json.kind() == JsonKind::Null { Self::Null } else { Self::Value(json) }
    }

    /// What stands in the cell: a text without its quotes, a struct with its names, everything else as it was sent. Nothing of a cell
    /// that is null or missing, which is shown as such and not as a word.
    pub fn shown(self) -> Cow<'a, str> {
        self.shown_up_to(usize::MAX).0
    }

    /// The beginning of what stands in the cell, of so many bytes at most, and whether that is not all of it. Of a cell of megabytes no
    /// more is written than is asked for.
    pub fn shown_up_to(self, bytes: usize) -> (Cow<'a, str>, bool) {
        let Self::Value(json) = self else { return (Cow::Borrowed(""), false) };
        let written = json.as_written();
        let (shown, is_part) = match json.kind() {
            JsonKind::Text => {
                let inner = written.get(1..written.len() - 1).unwrap_or_default();
                // An escape is six bytes at most, of which one comes.
                let end = lines::cut(inner, 0..bytes.saturating_mul(6).min(inner.len()));
                (unescape(inner.get(..end).unwrap_or_default()), end < inner.len())
            }
            JsonKind::Array | JsonKind::Object => {
                let mut text = String::new();
                write(json, &mut text, 0, bytes);
                (Cow::Owned(text), false)
            }
            _ => (Cow::Borrowed(written), false),
        };
        if shown.len() <= bytes {
            return (shown, is_part);
        }
        let end = shown.floor_char_boundary(bytes);
        let shown = match shown {
            Cow::Borrowed(it) => Cow::Borrowed(it.get(..end).unwrap_or_default()),
            Cow::Owned(mut it) => {
                it.truncate(end);
                Cow::Owned(it)
            }
        };
        (shown, true)
    }
}

/// Writes a value with the names of its structs: Livy sends one as `{"schema":[{"name",…}],"values":[…]}`. It ends once the text has more
/// than so many bytes.
fn write(json: Json<'_>, text: &mut String, depth: usize, bytes: usize) {
    let put = |text: &mut String, part: &str| {
        // One more than is asked for tells that there is more.
        let room = bytes.saturating_add(4).saturating_sub(text.len());
        text.push_str(part.get(..part.floor_char_boundary(room)).unwrap_or_default());
    };
    // Deeper than anybody reads it stands as it was sent.
    if depth > 32 {
        return put(text, json.as_written());
    }
    let value = |text: &mut String, at: usize, key: Option<&str>, value: Json<'_>| {
        text.push_str(if at > 0 { "," } else { "" });
        if let Some(key) = key {
            put(text, key);
            text.push(':');
        }
        write(value, text, depth + 1, bytes);
        text.len() <= bytes
    };
    match (json.kind(), named(json)) {
        (JsonKind::Object, Some((schema, values))) => {
            text.push('{');
            for (at, (field, it)) in schema.items().zip(values.items()).enumerate() {
                let name = field.get("name").map_or("\"\"", Json::as_written);
                if !value(text, at, Some(name), it) {
                    return;
                }
            }
            text.push('}');
        }
        (JsonKind::Object, _) => {
            text.push('{');
            for (at, (key, it)) in json.entries().enumerate() {
                if !value(text, at, Some(key.as_written()), it) {
                    return;
                }
            }
            text.push('}');
        }
        (JsonKind::Array, _) => {
            text.push('[');
            for (at, it) in json.items().enumerate() {
                if !value(text, at, None, it) {
                    return;
                }
            }
            text.push(']');
        }
        _ => put(text, json.as_written()),
    }
}

/// The fields and the values of a struct; `None` of anything else. Of a large object only the first entries are looked at.
fn named(json: Json<'_>) -> Option<(Json<'_>, Json<'_>)> {
    let mut entries = json.entries();
    let (one, other) = (entries.next()?, entries.next()?);
    let is = |it: Json<'_>, name: &str| it.text().as_deref() == Some(name);
    if is(one.0, "schema") && is(other.0, "values") {
        return entries.next().is_none().then_some((one.1, other.1));
    }
    let is_turned = is(one.0, "values") && is(other.0, "schema") && entries.next().is_none();
    is_turned.then_some((other.1, one.1))
}
