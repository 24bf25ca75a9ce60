//! A list of paths, edited row by row.

use std::sync::Arc;

use form::{Field, FormEvent, Problem};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, HtmlInputElement, KeyboardEvent};

use crate::web::part::form::control::{add_id, control_id};
use crate::web::part::form::driver::FormDriver;
use crate::web::part::form::field::{below, changed, help, invalid};
use crate::web::reactive::{Seen, flag, maybe, memo, press, text};
use crate::web::words::form as words;

/// The rows of one list field. Pasting several lines makes several rows.
#[component]
pub fn PathRows(
    /// Which.
    field: Field,
) -> AnyView {
    let form = FormDriver::here();
    let texts = form.see(move |form| form.draft().rows(field).to_vec());
    let problems = form.see(move |form| form.shown_rows(field));
    let count = memo(move || texts.with(Vec::len));
    let whole = form.see(move |form| form.shown_whole(field));
    let locked = form.look(|form| form.policy().locks(field));
    // A list that nobody uses is its button alone.
    let unused = flag(move || !locked && count.get() == 0 && whole.with(Option::is_none));
    let help_id = format!("lc-{}-below", field.name());
    let described_by = help_id.clone();
    let add = move || form.tell(FormEvent::RowAdded(field));
    view! {
        <fieldset class="lc-field lc-field-whole" class:lc-unused=unused aria-describedby=described_by>
            <legend class="lc-label">{field.label()}</legend>
            {changed(field, form)}
            {rows(count, move |row| path_row(field, row, locked, texts, problems, form))}
            <button type="button" class="lc-button lc-quiet lc-add" id=add_id(field) disabled=locked on:click=press(add)>
                {words::add(field.row_noun())}
            </button>
            {below(help_id, help(field, form).into_any(), whole)}
        </fieldset>
    }
    .into_any()
}

/// Rows by their place from 0, so that their labels stay 1, 2, 3.
pub(super) fn rows(count: Seen<usize>, row: impl Fn(usize) -> AnyView + Send + Sync + 'static) -> AnyView {
    fn shared(count: Seen<usize>, row: Arc<dyn Fn(usize) -> AnyView + Send + Sync>) -> AnyView {
        view! { <For each=move || 0..count.get() key=|row| *row children=move |at| row(at) /> }.into_any()
    }
    shared(count, Arc::new(row))
}

/// What is to be said of one row, of what is to be said of all.
pub(super) fn problem_of(problems: Seen<Vec<Option<Problem>>>, row: usize) -> Seen<Option<Problem>> {
    memo(move || problems.with(|rows| rows.get(row).cloned().flatten()))
}

/// One row.
fn path_row(
    field: Field,
    row: usize,
    locked: bool,
    texts: Seen<Vec<String>>,
    problems: Seen<Vec<Option<Problem>>>,
    form: FormDriver,
) -> AnyView {
    let value = memo(move || texts.with(|rows| rows.get(row).cloned().unwrap_or_default()));
    let problem = problem_of(problems, row);
    let label = words::row(field.label(), row);
    let remove_label = words::remove(&label);
    let (id, below_id) = (control_id(field, row), format!("{}-below", control_id(field, row)));
    let described_by = {
        let below_id = below_id.clone();
        maybe(move || problem.with(Option::is_some).then(|| below_id.clone()))
    };
    let up_label = words::move_up(&label);
    let on_input: Box<dyn FnMut(Event)> = Box::new(move |event| {
        form.tell(FormEvent::Typed { field, row, text: event_target_value(&event) });
    });
    let on_key: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if is_enter(&event) {
            event.prevent_default();
            form.tell(FormEvent::NextRowWanted { field, row });
            return;
        }
        let (up, down) = (event.key() == "ArrowUp", event.key() == "ArrowDown");
        let last = texts.with_untracked(Vec::len).saturating_sub(1);
        if !event.alt_key() || locked || !((up && row > 0) || (down && row < last)) {
            return;
        }
        event.prevent_default();
        form.tell(FormEvent::RowMoved { field, from: row, to: if up { row - 1 } else { row + 1 } });
    });
    let move_up = move || form.tell(FormEvent::RowMoved { field, from: row, to: row - 1 });
    let remove = move || form.tell(FormEvent::RowRemoved { field, row });
    let on_paste: Box<dyn FnMut(ClipboardEvent)> = Box::new(move |event| paste(&event, field, row, form));
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
                prop:value=text(move || value.get())
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
                on:click=press(remove)
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
fn paste(event: &ClipboardEvent, field: Field, row: usize, form: FormDriver) {
    let paths = form::path_list(&pasted(event));
    if paths.len() < 2 {
        return;
    }
    event.prevent_default();
    form.tell(FormEvent::PathsPasted { field, row, paths, replaces: is_all_marked(event) });
}

/// The text that is pasted.
pub(super) fn pasted(event: &ClipboardEvent) -> String {
    event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default()
}
