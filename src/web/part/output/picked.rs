//! Places in a table: which rows are drawn, which cells are selected, and where the keys go.

use std::ops::Range;

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::web::part::output::band::set;
use crate::web::part::output::cells::Columns;

/// The height of a row, in pixels (`--lc-row` in style/output.css).
pub const ROW: f64 = 28.0;
/// How high a pane can become, in pixels (style/output.css). It is as high as what is drawn in it, so that it can't be asked before.
const HIGHEST: i32 = 420;
/// So few rows are all drawn.
const WHOLE: usize = 60;

/// A place in the table: the row as it is shown, and the column.
pub type Place = (usize, usize);

/// Selected rows and columns.
pub type Picked = (Range<usize>, Range<usize>);

/// Where a key goes from a place; the last one ends the table, and a screen has so many rows.
pub fn step(key: &str, (row, column): Place, last: Place, screen: usize) -> Option<Place> {
    let to = match key {
        "ArrowDown" => (row + 1, column),
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowRight" => (row, column + 1),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "PageDown" => (row + screen, column),
        "PageUp" => (row.saturating_sub(screen), column),
        "Home" => (row, 0),
        "End" => (row, last.1),
        _ => return None,
    };
    Some((to.0.min(last.0), to.1.min(last.1)))
}

/// Marks the selected cells of a row.
pub fn mark(row: &Element, at: usize, columns: &Columns, picked: Option<&Picked>) {
    let Some((_, picked)) = picked.filter(|it| it.0.contains(&at)) else {
        let marked = row.query_selector_all("[data-picked]").ok();
        let marked = marked.iter().flat_map(|it| (0..it.length()).filter_map(|at| it.item(at)));
        marked.filter_map(|it| it.dyn_into::<Element>().ok()).for_each(|it| set(&it, "data-picked", None));
        return;
    };
    let cells = row.children();
    for index in 0..cells.length() {
        let Some(cell) = cells.item(index) else { continue };
        let is_picked = columns.column(index as usize).is_some_and(|column| picked.contains(&column));
        if is_picked != cell.has_attribute("data-picked") {
            set(&cell, "data-picked", is_picked.then_some(""));
        }
    }
}

/// The rows to draw around the first visible one: a screen above it and one below.
pub fn around(first: usize, height: i32, total: usize) -> Range<usize> {
    if total <= WHOLE {
        return 0..total;
    }
    let screen = usize::try_from(height.max(HIGHEST)).unwrap_or_default() / ROW as usize + 1;
    let from = first.saturating_sub(screen / 2) / 4 * 4;
    from.min(total)..(first + screen + screen / 2 + 4).min(total)
}
