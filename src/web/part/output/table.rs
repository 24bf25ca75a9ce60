//! A table with what is said of it: its size, what was lost on its way, and its files.

use std::rc::Rc;

use console::{Sheet, Table, sheet};
use leptos::prelude::*;

use crate::web::part::output::grid::Grid;
use crate::web::part::output::tools::tools;
use crate::web::words::output as words;

/// The view of a table. `limit`: the table is the answer itself, whose bytes are offered as a file, and a query returns so many rows at most.
pub fn table_view(number: &str, table: Table, limit: Option<usize>) -> AnyView {
    let table = Rc::new(table);
    let (rows, columns) = (table.len(), table.columns.len());
    let grid = Grid::new(Rc::clone(&table));
    let is_safe = RwSignal::new(true);
    let (copied, written, source) = (Rc::clone(&table), Rc::clone(&table), Rc::clone(&table));
    let mut offers: Vec<crate::web::part::output::tools::Offer> = vec![(
        "CSV",
        "csv",
        Box::new(move || {
            let form = if is_safe.get_untracked() { Sheet::SafeCsv } else { Sheet::Csv };
            sheet(&written, grid.order(), form)
        }),
    )];
    if limit.is_some() {
        offers.push(("JSON", "json", Box::new(move || source.as_written().to_owned())));
    }
    let copy: Box<dyn Fn() -> String> = Box::new(move || sheet(&copied, grid.order(), Sheet::Tabs));
    let safe: Box<dyn FnMut(web_sys::Event)> =
        Box::new(move |event| is_safe.set(event_target_checked(&event)));
    let mut notes = Vec::new();
    if table.is_sql && limit == Some(rows) {
        notes.push(words::more_rows(rows));
    }
    if table.ragged > 0 {
        notes.push(words::ragged(table.ragged));
    }
    let note = |it: String| view! { <p class="lc-output-note">{it}</p> }.into_any();
    let losses: Vec<AnyView> =
        table.losses().into_iter().map(|(loss, names)| note(words::loss(loss, &names))).collect();
    let notes: Vec<AnyView> = notes.into_iter().map(note).collect();
    view! {
        <div class="lc-output-bar">
            <span class="lc-muted lc-small">{words::extent(rows, columns)}</span>
            {tools(number, Some(copy), offers)}
            <label class="lc-check lc-small" title=words::SAFE_HINT>
                <input type="checkbox" prop:checked=is_safe on:change=safe />
                {words::SAFE}
            </label>
        </div>
        {notes}
        {grid.view(words::table_of(number, rows, columns))}
        {losses}
    }
    .into_any()
}
