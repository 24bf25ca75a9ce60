//! A list of paths, edited row by row.

use std::sync::Arc;

use form::{Field, Problem};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, HtmlInputElement, KeyboardEvent};

use crate::web::browser::focus::focus_element;
use crate::web::console::Console;
use crate::web::draft::Drafting;
use crate::web::part::control::{add_id, control_id, focus_control};
use crate::web::part::form::field::{below, changed, help, invalid};
use crate::web::reactive::{flag, maybe, memo, press, text};
use crate::web::words::form as words;

/// The rows of one list field. Pasting several lines makes several rows.
#[component]
pub fn PathRows(
    /// Which.
    field: Field,
) -> AnyView {
    let drafting = Console::here().drafting;
    // A key in another field is none of the rows' business, and there may be hundreds of them.
    let texts = memo(move || drafting.draft.with(|it| it.rows(field).to_vec()));
    let problems = memo(move || drafting.shown_rows(field));
    let count = memo(move || texts.with(Vec::len));
    let whole = memo(move || drafting.shown_whole(field));
    let locked = drafting.policy(|it| it.locks(field));
    // A list that nobody uses is its button alone.
    let unused = flag(move || !locked && count.get() == 0 && whole.with(Option::is_none));
    let help_id = format!("lc-{}-below", field.name());
    let described_by = help_id.clone();
    let add = move || focus_control(field, drafting.add_row(field));
    view! {
        <fieldset class="lc-field lc-field-whole" class:lc-unused=unused aria-describedby=described_by>
            <legend class="lc-label">{field.label()}</legend>
            {changed(field, drafting)}
            {rows(count, move |row| path_row(field, row, locked, texts, problems, drafting))}
            <button type="button" class="lc-button lc-quiet lc-add" id=add_id(field) disabled=locked on:click=press(add)>
                {words::add(field.row_noun())}
            </button>
            {below(help_id, help(field, drafting).into_any(), whole)}
        </fieldset>
    }
    .into_any()
}

/// Rows by their place from 0, so that their labels stay 1, 2, 3.
pub(super) fn rows(count: Memo<usize>, row: impl Fn(usize) -> AnyView + Send + Sync + 'static) -> AnyView {
    fn shared(count: Memo<usize>, row: Arc<dyn Fn(usize) -> AnyView + Send + Sync>) -> AnyView {
        view! { <For each=move || 0..count.get() key=|row| *row children=move |at| row(at) /> }.into_any()
    }
    shared(count, Arc::new(row))
}

/// What is to be said of one row, of what is to be said of all.
pub(super) fn problem_of(problems: Memo<Vec<Option<Problem>>>, row: usize) -> Memo<Option<Problem>> {
    memo(move || problems.with(|it| it.get(row).cloned().flatten()))
}

/// One row.
fn path_row(
    field: Field,
    row: usize,
    locked: bool,
    texts: Memo<Vec<String>>,
    problems: Memo<Vec<Option<Problem>>>,
    drafting: Drafting,
) -> AnyView {
    let value = text(move || texts.with(|it| it.get(row).cloned().unwrap_or_default()));
    let problem = problem_of(problems, row);
    let label = words::row(field.label(), row);
    let remove_label = words::remove(&label);
    let (id, below_id) = (control_id(field, row), format!("{}-below", control_id(field, row)));
    let described_by = {
        let below_id = below_id.clone();
        maybe(move || problem.with(Option::is_some).then(|| below_id.clone()))
    };
    let up_label = words::move_up(&label);
    let on_input: Box<dyn FnMut(Event)> =
        Box::new(move |event| drafting.type_into(field, row, event_target_value(&event)));
    let on_key: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if is_enter(&event) {
            event.prevent_default();
            let has_text =
                drafting.draft.with_untracked(|it| it.rows(field).get(row).is_some_and(|it| !it.is_empty()));
            go_on(field, row, has_text && !locked, drafting);
            return;
        }
        let (up, down) = (event.key() == "ArrowUp", event.key() == "ArrowDown");
        let last = drafting.draft.with_untracked(|it| it.rows(field).len()) - 1;
        if !event.alt_key() || locked || !((up && row > 0) || (down && row < last)) {
            return;
        }
        event.prevent_default();
        drafting.move_up(field, if up { row } else { row + 1 });
        focus_control(field, if up { row - 1 } else { row + 1 });
    });
    let move_up = move || {
        drafting.move_up(field, row);
        focus_control(field, row - 1);
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
                readonly=locked
                on:input=on_input
                on:keydown=on_key
                on:paste=on_paste
            />
            {(row > 0)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="lc-button lc-quiet lc-remove"
                            aria-label=up_label
                            title=words::MOVE_HINT
                            disabled=locked
                            on:click=press(move_up)
                        >
                            "↑"
                        </button>
                    }
                        .into_any()
                })}
            <button
                type="button"
                class="lc-button lc-quiet lc-remove"
                disabled=locked
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

/// True for the key that would send the form: in a row it goes on to the next one. Not where it ends the writing of a word, as
/// in Japanese.
pub fn is_enter(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.is_composing()
}

/// Goes to the next row; after the last one to a new one, where there is something to follow.
pub(super) fn go_on(field: Field, row: usize, adds: bool, drafting: Drafting) {
    if row + 1 < drafting.row_count(field) {
        focus_control(field, row + 1);
    } else if adds {
        focus_control(field, drafting.add_row(field));
    }
}

/// Takes a row away; the focus goes to the one that takes its place.
pub(super) fn remove(field: Field, row: usize, drafting: Drafting) {
    match drafting.remove_row(field, row) {
        0 => focus_element(add_id(field)),
        rest => focus_control(field, row.min(rest - 1)),
    }
}

/// True where all that stands in the control is marked: what is pasted replaces it.
pub(super) fn is_all_marked(event: &ClipboardEvent) -> bool {
    let Some(control) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else {
        return false;
    };
    let end = control.value().encode_utf16().count();
    control.selection_start().ok().flatten() == Some(0)
        && control
            .selection_end()
            .ok()
            .flatten()
            .is_some_and(|it| usize::try_from(it).is_ok_and(|it| it == end))
}

/// Several lines, or the list of a command line, become several rows, from this one on. A single path is left to the browser.
fn paste(event: &ClipboardEvent, field: Field, row: usize, drafting: Drafting) {
    let pasted = event.clipboard_data().and_then(|it| it.get_data("text/plain").ok()).unwrap_or_default();
    let lines = form::path_list(&pasted);
    if lines.len() < 2 {
        return;
    }
    event.prevent_default();
    let mut rows = drafting.draft.with_untracked(|it| it.rows(field).to_vec());
    // What stood in the row stays, as a row of its own.
    let keeps = rows.get(row).is_some_and(|it| !it.trim().is_empty()) && !is_all_marked(event);
    let at = (if keeps { row + 1 } else { row }).min(rows.len());
    let last = at + lines.len() - 1;
    rows.splice(at..(if keeps { at } else { (row + 1).min(rows.len()) }), lines);
    drafting.set_rows(field, rows);
    for row in at..=last {
        drafting.leave(field, row);
    }
    focus_control(field, last);
}
