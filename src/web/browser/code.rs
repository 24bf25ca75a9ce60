//! A line of code in the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::web::browser::scroll::to_middle;
use crate::web::browser::selection::{point_in, select};
use crate::web::browser::surroundings::Surroundings;

/// Selects a line of a statement's code, from a column on where one is told, and brings it into sight. Both count from 1.
pub fn select_line(statement: &str, line: usize, column: Option<usize>) {
    let Some(code) = code_of(statement) else { return };
    let text = code.text_content().unwrap_or_default();
    let Some((from, to)) = place(&text, line, column) else { return };
    let units = |bytes: usize| text.get(..bytes).unwrap_or_default().encode_utf16().count();
    if let (Some(start), Some(end)) = (point_in(&code, units(from)), point_in(&code, units(to))) {
        to_middle(code.unchecked_ref::<HtmlElement>(), true);
        select(&start, &end);
    }
}

/// The element with the code of a statement.
fn code_of(statement: &str) -> Option<Element> {
    let all = Surroundings::here()?.root()?.query_selector_all("[data-statement-id]").ok()?;
    let entries = (0..all.length()).filter_map(|it| all.item(it)?.dyn_into::<Element>().ok());
    let entry =
        entries.into_iter().find(|it| it.get_attribute("data-statement-id").as_deref() == Some(statement))?;
    entry.query_selector("[data-statement-code]").ok().flatten()
}

/// Where a line is, in bytes.
fn place(text: &str, line: usize, column: Option<usize>) -> Option<(usize, usize)> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(start..)?.split('\n').next()?;
    let from = rest.char_indices().nth(column.unwrap_or(1).saturating_sub(1)).map_or(0, |it| it.0);
    Some((start + from, start + rest.len()))
}
