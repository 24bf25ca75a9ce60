//! A list of paths, edited row by row.

use form::{Field, Problem};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;

use crate::web::draft::Drafting;
use crate::web::page::Console;
use crate::web::part::field::{below, control_id};
use crate::web::part::focus_control;

/// The rows of one list field. Pasting several lines makes several rows.
#[component]
pub fn PathRows(
    /// Which.
    field: Field,
) -> Option<AnyView> {
    let drafting = Console::here()?.drafting;
    let count = Memo::new(move |_| drafting.draft.with(|it| it.rows(field).len()));
    let help_id = format!("lc-{}-below", field.name());
    let described_by = help_id.clone();
    let add = move |_| {
        let mut rows = drafting.draft.with(|it| it.rows(field).to_vec());
        rows.push(String::new());
        let last = rows.len() - 1;
        drafting.set_rows(field, rows);
        focus_control(field, last);
    };
    Some(
        view! {
            <fieldset class="lc-field lc-field-whole" aria-describedby=described_by>
                <legend class="lc-label">{field.label()}</legend>
                <For each=move || 0..count.get() key=|row| *row let:row>
                    <PathRow field=field row=row drafting=drafting />
                </For>
                <button type="button" class="lc-button lc-quiet lc-add" id=format!("lc-{}-add", field.name()) on:click=add>
                    {format!("Add {}", field.label())}
                </button>
                <div class="lc-help" id=help_id>
                    {field.help()}
                </div>
            </fieldset>
        }
        .into_any(),
    )
}

#[component]
fn PathRow(
    /// The list.
    field: Field,
    /// Which row, from 0. Rows are drawn by their place, so that their labels stay 1, 2, 3.
    row: usize,
    /// The form.
    drafting: Drafting,
) -> AnyView {
    let text =
        Memo::new(move |_| drafting.draft.with(|it| it.rows(field).get(row).cloned().unwrap_or_default()));
    let problem = Memo::new(move |_| drafting.shown_problem(field, row));
    let label = format!("{} {}", field.label(), row + 1);
    let remove_label = format!("Remove {label}");
    let below_id = format!("{}-below", control_id(field, row));
    let described_by = {
        let below_id = below_id.clone();
        move || problem.with(Option::is_some).then(|| below_id.clone())
    };
    let remove = move |_| {
        let mut rows = drafting.draft.get_untracked().rows(field).to_vec();
        if row < rows.len() {
            rows.remove(row);
        }
        let left = rows.len();
        drafting.set_rows(field, rows);
        if left > 0 {
            focus_control(field, row.min(left - 1));
        } else {
            focus_add(field);
        }
    };
    view! {
        <div class="lc-row">
            <label class="lc-sr" for=control_id(field, row)>
                {label}
            </label>
            <input
                class="lc-input lc-mono"
                type="text"
                id=control_id(field, row)
                name=field.name()
                spellcheck="false"
                autocapitalize="off"
                aria-invalid=move || problem.with(|it| it.as_ref().is_some_and(Problem::is_error)).then_some("true")
                aria-describedby=described_by
                prop:value=text
                on:input=move |event| drafting.type_into(field, row, event_target_value(&event))
                on:change=move |_| drafting.leave(field, row)
                on:paste=move |event| paste(&event, field, row, drafting)
            />
            <button type="button" class="lc-button lc-quiet lc-remove" aria-label=remove_label on:click=remove>
                "×"
            </button>
        </div>
        {below(below_id, ().into_any(), problem)}
    }
    .into_any()
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
    let mut rows = drafting.draft.get_untracked().rows(field).to_vec();
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

fn focus_add(field: Field) {
    let id = format!("lc-{}-add", field.name());
    let element = web_sys::window().and_then(|it| it.document()).and_then(|it| it.get_element_by_id(&id));
    if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
