//! Marks in the drawn rows: the line that is pointed at, and the words that were searched for.
//!
//! Marking words leaves the rows as they are, so a selection and a copy have nothing but the line.

use js_sys::Array;
use leptos::prelude::*;
use livy::Section;
use web_sys::{Element, Node, Range};

use crate::web::browser::highlight::Marks;
use crate::web::browser::selection::{self, texts};
use crate::web::browser::surroundings::frame;
use crate::web::part::log::line::is_folded;
use crate::web::part::log::pane::LogPane;
use crate::web::part::log::pointed_line::{PointedLine, selector};
use crate::web::part::log::search_state::SearchState;
use crate::web::reactive::effect;

/// The name under which the style knows the words.
const FOUND: &str = "lc-found";

/// Updates the marks whenever other rows are drawn or the search changes.
pub fn keep_marked(pane: LogPane, search: SearchState, pointed: PointedLine) {
    let marks = Marks::new(FOUND, 0);
    let is_marked = StoredValue::new(false);
    effect(move || {
        pane.track_rows();
        let (wanted, looks) = (pointed.get(), search.looks());
        let is_wanted = looks || wanted.is_some();
        if !is_wanted && !is_marked.get_value() {
            return;
        }
        is_marked.set_value(is_wanted);
        // After the rows are drawn.
        frame(move || {
            let Some(drawn) = pane.drawn.try_get_untracked().flatten() else { return };
            point(&drawn, wanted);
            if !looks {
                return marks.mark(Array::new());
            }
            let rows = drawn.children();
            // WebKit (2.50) paints words of a row that is folded away in the next row that is seen, which it marks as a whole.
            let rows: Vec<Element> =
                (0..rows.length()).filter_map(|it| rows.item(it)).filter(|it| !is_folded(it)).collect();
            let lines: Vec<String> = rows.iter().map(|it| it.text_content().unwrap_or_default()).collect();
            search.words(&lines, Box::new(move |found| marks.mark(ranges(&rows, &found))));
        });
    });
}

/// Marks the row of a line, and removes the mark of the last one.
fn point(drawn: &Element, wanted: Option<(Section, u64)>) {
    let find = |selector: &str| drawn.query_selector(selector).ok().flatten();
    let row = wanted.and_then(|(section, number)| find(&selector(section, number)));
    let last = find("[data-pointed]");
    if last == row {
        return;
    }
    if let Some(last) = last {
        let _ = last.remove_attribute("data-pointed");
    }
    if let Some(row) = row {
        let _ = row.set_attribute("data-pointed", "");
    }
}

/// A range for each word: the place of its row, and where it begins and ends there in UTF-16 units, as browsers count.
fn ranges(rows: &[Element], found: &[u32]) -> Array {
    let words = Array::new();
    let mut pieces = (None, Vec::new());
    for word in found.chunks_exact(3) {
        let &[at, start, end] = word else { continue };
        if pieces.0 != Some(at) {
            pieces = (Some(at), Vec::new());
            if let Some(row) = rows.get(at as usize) {
                texts(row, &mut pieces.1);
            }
        }
        if let Some(range) = range(&pieces.1, start, end) {
            words.push(&range);
        }
    }
    words
}

fn range(pieces: &[(Node, u32)], start: u32, end: u32) -> Option<Range> {
    let range = selection::range()?;
    let mut from = 0;
    for (node, length) in pieces {
        let to = from + length;
        if (from..to).contains(&start) {
            range.set_start(node, start - from).ok()?;
        }
        if end > from && end <= to {
            range.set_end(node, end - from).ok()?;
            return Some(range);
        }
        from = to;
    }
    None
}
