//! A list of paths, edited row by row.

use form::Field;
use leptos::prelude::*;
use web_sys::ClipboardEvent;

use crate::web::draft::Drafting;
use crate::web::page::Console;
use crate::web::part::field::{below, control_id, focus_element, invalid, typed};
use crate::web::part::focus_control;
use crate::web::reactive::{maybe, memo, press, text};

/// The rows of one list field. Pasting several lines makes several rows.
#[component]
pub fn PathRows(
    /// Which.
    field: Field,
) -> AnyView {
    let drafting = Console::here().drafting;
    let count = memo(move || drafting.draft.with(|it| it.rows(field).len()));
    let help_id = format!("lc-{}-below", field.name());
    let described_by = help_id.clone();
    let add = move || {
        let mut rows = drafting.draft.with_untracked(|it| it.rows(field).to_vec());
        rows.push(String::new());
        let last = rows.len() - 1;
        drafting.set_rows(field, rows);
        focus_control(field, last);
    };
    view! {
        <fieldset class="lc-field lc-field-whole" aria-describedby=described_by>
            <legend class="lc-label">{field.label()}</legend>
            <For each=move || 0..count.get() key=|row| *row children=move |row| path_row(field, row, drafting) />
            <button type="button" class="lc-button lc-quiet lc-add" id=add_id(field) on:click=press(add)>
                {format!("Add {}", field.label())}
            </button>
            <div class="lc-help" id=help_id>
                {field.help()}
            </div>
        </fieldset>
    }
    .into_any()
}

fn add_id(field: Field) -> String {
    format!("lc-{}-add", field.name())
}

/// One row, by its place from 0: rows are drawn by their place, so that their labels stay 1, 2, 3.
fn path_row(field: Field, row: usize, drafting: Drafting) -> AnyView {
    let value = text(move || drafting.draft.with(|it| it.rows(field).get(row).cloned().unwrap_or_default()));
    let problem = memo(move || drafting.shown_problem(field, row));
    let label = format!("{} {}", field.label(), row + 1);
    let remove_label = format!("Remove {label}");
    let (id, below_id) = (control_id(field, row), format!("{}-below", control_id(field, row)));
    let described_by = {
        let below_id = below_id.clone();
        maybe(move || problem.with(Option::is_some).then(|| below_id.clone()))
    };
    let on_paste: Box<dyn FnMut(ClipboardEvent)> = Box::new(move |event| paste(&event, field, row, drafting));
    view! {
        <div class="lc-row">
            <label class="lc-sr" for=id.clone()>
                {label}
            </label>
            <input
                class="lc-input lc-mono"
                type="text"
                id=id
                name=field.name()
                spellcheck="false"
                autocapitalize="off"
                aria-invalid=invalid(problem)
                aria-describedby=described_by
                prop:value=value
                on:input=typed(drafting, field, row)
                on:paste=on_paste
            />
            <button
                type="button"
                class="lc-button lc-quiet lc-remove"
                aria-label=remove_label
                on:click=press(move || remove(field, row, drafting))
            >
                "×"
            </button>
        </div>
        {below(below_id, ().into_any(), problem)}
    }
    .into_any()
}

/// Takes a row away; the focus goes to the one that takes its place.
fn remove(field: Field, row: usize, drafting: Drafting) {
    let mut rows = drafting.draft.with_untracked(|it| it.rows(field).to_vec());
    if row < rows.len() {
        rows.remove(row);
    }
    let rest = rows.len();
    drafting.remove_row(field, row, rows);
    if rest > 0 {
        focus_control(field, row.min(rest - 1));
    } else {
        focus_element(add_id(field));
    }
}

/// Several lines become several rows, from this one on. One line is left to the browser.
fn paste(event: &ClipboardEvent, field: Field, row: usize, drafting: Drafting) {
    let pasted = event.clipboard_data().and_then(|it| it.get_data("text/plain").ok()).unwrap_or_default();
    let lines: Vec<String> =
        pasted.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    if lines.len() < 2 {
        return;
    }
    event.prevent_default();
    let mut rows = drafting.draft.with_untracked(|it| it.rows(field).to_vec());
    // What stood in the row stays, as a row of its own.
    let keeps = rows.get(row).is_some_and(|it| !it.trim().is_empty());
    let at = (if keeps { row + 1 } else { row }).min(rows.len());
    let last = at + lines.len() - 1;
    rows.splice(at..(if keeps { at } else { (row + 1).min(rows.len()) }), lines);
    drafting.set_rows(field, rows);
    for row in at..=last {
        drafting.leave(field, row);
    }
    focus_control(field, last);
}
