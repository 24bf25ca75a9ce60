//! The cells of a table: which columns are in the page, and how they are written there.

use std::cell::OnceCell;
use std::ops::Range;

use console::{Cell, Table, Tree, visible};
use livy::{JsonKind, Piece};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::web::part::output::band::{add, give, give_text, set};
use crate::web::words::output as words;

/// So few columns are all drawn.
const WHOLE: usize = 24;
/// How much of a cell is in the page, in bytes: all of any but those that would hold up the page. The whole of it is in its dialog and in
/// copies.
const DRAWN: usize = 10_000;
/// How far beyond the visible ones columns are drawn, in pixels.
const SPARE: f64 = 400.0;
/// A character, and the space around a cell, in pixels.
const CHARACTER: usize = 8;
const SPACE: usize = 26;

/// The columns with their places.
#[derive(Default)]
pub struct Columns {
    /// Where each begins, and the last one ends, in pixels.
    edges: Vec<usize>,
    /// Those that are in the page, beside the first one.
    drawn: Range<usize>,
    /// An empty cell: to copy one takes a browser less than to make one.
    cell: OnceCell<Element>,
}

impl Columns {
    /// Of a table, none of them drawn yet; also those without a name that only some rows have.
    pub fn of(table: &Table) -> Self {
        let mut edges = vec![0];
        let mut at = 0;
        for width in table.widths() {
            at += width * CHARACTER + SPACE;
            edges.push(at);
        }
        Self { edges, drawn: 0..0, cell: OnceCell::new() }
    }

    /// An empty cell at the end of a row.
    fn new_cell(&self, row: &Element) -> Option<Element> {
        let cell = match self.cell.get() {
            Some(cell) => cell,
            None => {
                let cell = row.owner_document()?.create_element("td").ok()?;
                set(&cell, "tabindex", Some("-1"));
                set(&cell, "role", Some("cell"));
                self.cell.get_or_init(|| cell)
            }
        };
        let cell: Element = cell.clone_node().ok()?.dyn_into().ok()?;
        row.append_child(&cell).ok()?;
        Some(cell)
    }

    fn len(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    fn is_whole(&self) -> bool {
        self.len() <= WHOLE
    }

    /// Where a column is, in pixels.
    pub fn place(&self, column: usize) -> Range<usize> {
        let edge = |at: usize| self.edges.get(at).or(self.edges.last()).copied().unwrap_or_default();
        edge(column)..edge(column + 1)
    }

    /// Takes note of what is visible. True where other columns are to be drawn.
    pub fn show(&mut self, left: f64, width: f64) -> bool {
        let drawn = if self.is_whole() {
            1.min(self.len())..self.len()
        } else {
            let at = |pixels: f64| self.edges.partition_point(|it| (*it as f64) < pixels);
            let from = at(left - SPARE).saturating_sub(1) / 4 * 4;
            from.max(1)..(at(left + width + SPARE).div_ceil(4) * 4).clamp(2, self.len())
        };
        let has_moved = drawn != self.drawn;
        self.drawn = drawn;
        has_moved
    }

    /// Which column the cell at this place of its row has.
    pub fn column(&self, index: usize) -> Option<usize> {
        match index {
            0 => Some(0),
            _ => Some(self.drawn.start + index.checked_sub(self.before())?)
                .filter(|it| self.drawn.contains(it)),
        }
    }

    /// At which place of its row the cell of a column is.
    pub fn index(&self, column: usize) -> Option<usize> {
        match column {
            0 => Some(0),
            _ => self.drawn.contains(&column).then(|| column - self.drawn.start + self.before()),
        }
    }

    /// How many cells of a row are before those of the drawn columns: the first one, and the room of what is left out.
    fn before(&self) -> usize {
        1 + usize::from(self.has_gap())
    }

    /// True where columns behind the first one are not in the page.
    fn has_gap(&self) -> bool {
        self.drawn.start > 1
    }

    /// The columns of each place of a row; nothing for empty room.
    fn slots(&self) -> impl Iterator<Item = Option<usize>> {
        let first = (self.len() > 0).then_some(Some(0));
        let gap = self.has_gap().then_some(None);
        let rest = (self.drawn.end < self.len()).then_some(None);
        first.into_iter().chain(gap).chain(self.drawn.clone().map(Some)).chain(rest)
    }
}

/// Draws the names of the columns, and gives all rows of the table their widths.
///
/// Each row is laid out by itself (`display: grid`): as rows of a table, all of them would be laid out again with each one that comes into
/// sight. Not every browser sees a table in that, so its parts say what they are.
pub fn draw_head(element: &Element, table: &Table, columns: &Columns, sort: Option<(usize, bool)>) {
    let Ok(Some(head)) = element.query_selector("thead > tr") else { return };
    let end = columns.edges.last().copied().unwrap_or_default();
    give(Some(element), "width", end as f64);
    head.set_text_content(None);
    let (mut widths, count) = (String::new(), columns.slots().count());
    for (at, slot) in columns.slots().enumerate() {
        let place = match slot {
            Some(column) => columns.place(column),
            None if at == 1 && at + 1 < count => {
                columns.place(1).start..columns.place(columns.drawn.start).start
            }
            None => columns.place(columns.drawn.end).start..end,
        };
        widths.push_str(&format!("{}px ", place.len()));
        let (Some(column), Some(data)) = (slot, slot.and_then(|it| table.columns.get(it))) else {
            add(&head, "td", "", "");
            continue;
        };
        let Some(cell) = add(&head, "th", "", "") else { continue };
        set(&cell, "role", Some("columnheader"));
        set(&cell, "scope", Some("col"));
        set(&cell, "data-type", Some(&data.kind));
        set(&cell, "data-loss", data.loss.is_some().then_some(""));
        set(&cell, "aria-colindex", Some(&(column + 1).to_string()));
        let order = sort.filter(|it| it.0 == column).map(|it| if it.1 { "descending" } else { "ascending" });
        set(&cell, "aria-sort", order);
        let Some(button) = add(&cell, "button", "lc-sort", &visible(&data.name)) else { continue };
        set(&button, "type", Some("button"));
        set(&button, "data-sort", Some(&column.to_string()));
        let unnamed = data.name.trim().is_empty().then(|| words::unnamed(column + 1));
        set(&button, "aria-label", unnamed.as_deref());
        add(&cell, "span", "lc-type", &visible(&data.kind));
    }
    give_text(element, "--lc-columns", &widths);
}

/// Draws a row: as it is shown, and where it stands in the answer.
pub fn draw_row(element: &Element, table: &Table, columns: &Columns, (at, place): (usize, usize)) {
    set(element, "role", Some("row"));
    set(element, "data-row", Some(&place.to_string()));
    set(element, "aria-rowindex", Some(&(at + 2).to_string()));
    let cells = table.cells(place);
    let is_ragged = cells.len() != table.columns.len() || cells.last() == Some(&Cell::Missing);
    set(element, "data-ragged", is_ragged.then_some(""));
    let mut next = element.first_element_child();
    for slot in columns.slots() {
        let there = next.take();
        let is_new = there.is_none();
        let Some(cell) = there.or_else(|| columns.new_cell(element)) else { return };
        let content = slot.and_then(|it| cells.get(it).copied());
        draw_cell(&cell, content, is_new);
        if !columns.is_whole() {
            set(&cell, "aria-colindex", slot.map(|it| (it + 1).to_string()).as_deref());
        }
        next = cell.next_element_sibling();
    }
    while let Some(rest) = next {
        next = rest.next_element_sibling();
        rest.remove();
    }
}

/// `is_new`: it has nothing of another cell.
fn draw_cell(element: &Element, cell: Option<Cell<'_>>, is_new: bool) {
    let is_number = matches!(cell, Some(Cell::Value(it)) if it.kind() == JsonKind::Number);
    let is = |name: &str, value: &str, holds: bool| {
        let is_there = !is_new && element.has_attribute(name);
        if is_there != holds {
            set(element, name, holds.then_some(value));
        }
    };
    is("class", "lc-figure", is_number);
    is("data-null", "", cell == Some(Cell::Null));
    is("data-missing", "", cell == Some(Cell::Missing));
    let (shown, is_cut) = match cell {
        Some(Cell::Null) => ("null".into(), false),
        Some(it) => it.shown_up_to(DRAWN),
        None => ("".into(), false),
    };
    is("data-cut", "", is_cut);
    element.set_text_content(Some(&visible(&shown)));
}

/// All of a cell: a list or an object over many lines.
pub fn whole(table: &Table, row: usize, column: usize) -> String {
    let cell = table.cell(row, column);
    let shown = cell.shown().into_owned();
    match cell {
        Cell::Value(json) if Tree::has_lines(json) => Piece::parse(&shown).map_or(shown, Tree::pretty),
        _ => shown,
    }
}
