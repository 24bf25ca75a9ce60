//! The configuration, a key and a value in each row, with Spark's own keys offered while one is typed.

use form::{ConfRow, Field, FormEvent, Problem, is_secret_row};
use leptos::prelude::*;
use web_sys::{ClipboardEvent, Event, FocusEvent, KeyboardEvent};

use crate::web::browser::focus::focus_element;
use crate::web::part::form::control::{add_id, conf_value_id, control_id};
use crate::web::part::form::driver::FormDriver;
use crate::web::part::form::field::{below, changed, help, invalid};
use crate::web::part::form::key_offer::KeyOffer;
use crate::web::part::form::path_rows::{is_all_marked, is_enter, pasted, problem_of, rows};
use crate::web::reactive::{Seen, dynamic, flag, memo, press, shown, text};
use crate::web::words::form as words;

/// The rows of `conf`.
#[component]
pub fn ConfRows() -> AnyView {
    let form = FormDriver::here();
    let field = Field::Conf;
    let pairs = form.see(|form| form.draft().conf().to_vec());
    let problems = form.see(move |form| form.shown_rows(field));
    let count = memo(move || pairs.with(Vec::len));
    let whole = form.see(move |form| form.shown_whole(field));
    let unused = flag(move || count.get() == 0 && whole.with(Option::is_none));
    let offer = KeyOffer::new();
    let add = move || form.tell(FormEvent::RowAdded(field));
    view! {
        <fieldset class="lc-field lc-field-whole" class:lc-unused=unused aria-describedby="lc-conf-below">
            <legend class="lc-label lc-sr">{field.label()}</legend>
            {changed(field, form)}
            {shown(memo(move || count.get() > 0), heads)}
            {rows(count, move |row| conf_row(row, offer, pairs, problems, form))}
            <button type="button" class="lc-button lc-quiet lc-add" id=add_id(field) on:click=press(add)>
                {words::add(field.row_noun())}
            </button>
            {below("lc-conf-below".to_owned(), help(field, form).into_any(), whole)}
        </fieldset>
    }
    .into_any()
}

/// What stands in the two columns. Each control has a whole name of its own.
fn heads() -> AnyView {
    view! {
        <div class="lc-row lc-pair-head" aria-hidden="true">
            <span>{words::KEY}</span>
            <span>{words::VALUE}</span>
        </div>
    }
    .into_any()
}

fn conf_row(
    row: usize,
    offer: KeyOffer,
    pairs: Seen<Vec<ConfRow>>,
    problems: Seen<Vec<Option<Problem>>>,
    form: FormDriver,
) -> AnyView {
    let field = Field::Conf;
    let now = memo(move || pairs.with(|rows| rows.get(row).cloned().unwrap_or_default()));
    let problem = problem_of(problems, row);
    let label = words::row(field.label(), row);
    let (key_label, value_label, remove_label) =
        (words::key_of(&label), words::value_of(&label), words::remove(&label));
    let (id, value_id) = (control_id(field, row), conf_value_id(row));
    let below_id = format!("{id}-below");
    // The key whose value is shown: another one that comes to stand in this row is masked again.
    let shown_key = RwSignal::new(None::<String>);
    let secret = memo(move || now.with(|(key, value)| is_secret_row(key, value)));
    let shows = memo(move || now.with(|(key, _)| shown_key.with(|shown| shown.as_ref() == Some(key))));
    // Of several rows with a locked key the first holds its value; the others are mistakes, which can be mended.
    let locked = memo(move || {
        let key = now.with(|(key, _)| key.trim().to_owned());
        form.look(|form| form.policy().locks_key(&key))
            && pairs.with(|rows| rows.iter().position(|pair| pair.0.trim() == key) == Some(row))
    });
    let kind = text(move || if secret.get() && !shows.get() { "password" } else { "text" }.to_owned());
    let take = move |key: String| {
        // What follows the last dot of a family is the person's own.
        focus_element(if key.ends_with('.') { control_id(field, row) } else { conf_value_id(row) });
        form.tell(FormEvent::KeyTyped { row, key });
    };
    let on_key: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let key = event_target_value(&event);
        offer.typed(row, key.clone());
        form.tell(FormEvent::KeyTyped { row, key });
    });
    let on_press: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if let Some(key) = offer.pressed(row, &event) {
            take(key);
        } else if is_enter(&event) {
            event.prevent_default();
            offer.close();
            if now.with_untracked(|(key, _)| !key.trim().is_empty()) {
                focus_element(conf_value_id(row));
            }
        }
    });
    let on_value_press: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if is_enter(&event) {
            event.prevent_default();
            form.tell(FormEvent::NextRowWanted { field, row });
        }
    });
    let on_leave: Box<dyn FnMut(FocusEvent)> = Box::new(move |_| offer.close());
    let on_value: Box<dyn FnMut(Event)> = Box::new(move |event| {
        form.tell(FormEvent::ValueTyped { row, value: event_target_value(&event) });
    });
    let on_paste: Box<dyn FnMut(ClipboardEvent)> = Box::new(move |event| {
        if paste(&event, row, form) {
            offer.fetch();
        }
    });
    let set_by = memo(move || {
        let key = now.with(|(key, _)| key.clone());
        form.look(|form| form.policy().key_hint(&key)).filter(|_| locked.get())
    });
    let meaning = move || {
        let said = now.with(|(key, _)| offer.described(key));
        let set_by = set_by.get();
        let other = move || {
            let near = now.with(|(key, _)| offer.near(key))?;
            let warned = words::unknown_key(&near);
            let take = press(move || take(near.clone()));
            Some(
                view! {
                    <span class="lc-warning">{warned} " "</span>
                    <button type="button" class="lc-link-button" on:click=take>
                        {words::TAKE_KEY}
                    </button>
                }
                .into_any(),
            )
        };
        match set_by {
            Some(set_by) => Some(view! { {set_by} " " {said} }.into_any()),
            None => said.map(IntoAny::into_any).or_else(other),
        }
    };
    let show_or_hide = move || {
        let key = (!shows.get_untracked()).then(|| now.with_untracked(|(key, _)| key.clone()));
        shown_key.set(key);
    };
    let remove = move || form.tell(FormEvent::RowRemoved { field, row });
    let described_by = id.clone();
    let toggle = move || {
        let said = text(move || if shows.get() { words::HIDE } else { words::SHOW }.to_owned());
        view! {
            <button type="button" class="lc-button lc-quiet" aria-describedby=described_by.clone() on:click=press(show_or_hide)>
                {said}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="lc-row lc-pair">
            <input
                class="lc-input lc-mono"
                type="text"
                id=id
                name="conf.key"
                aria-label=key_label
                placeholder="spark.…"
                role="combobox"
                aria-autocomplete="list"
                aria-controls=KeyOffer::CONTROLS
                aria-expanded=offer.expanded(row)
                aria-activedescendant=offer.active(row)
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                aria-invalid=invalid(problem)
                aria-describedby=below_id.clone()
                prop:readOnly=flag_of(locked)
                prop:value=text(move || now.with(|(key, _)| key.clone()))
                on:input=on_key
                on:keydown=on_press
                on:blur=on_leave
                on:paste=on_paste
            />
            {offer.list(row, take)}
            <span class="lc-value">
            <input
                class="lc-input lc-mono"
                type=kind
                id=value_id
                name="conf.value"
                aria-label=value_label
                placeholder=words::VALUE_EMPTY
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                aria-invalid=invalid(problem)
                aria-describedby=below_id.clone()
                prop:readOnly=flag_of(locked)
                prop:value=text(move || now.with(|(_, value)| value.clone()))
                on:input=on_value
                on:keydown=on_value_press
            />
            {shown(secret, toggle)}
            </span>
            <button
                type="button"
                class="lc-button lc-quiet lc-remove"
                aria-label=remove_label
                prop:disabled=flag_of(locked)
                on:click=press(remove)
            >
                "×"
            </button>
        </div>
        {below(below_id, dynamic(meaning), problem)}
    }
    .into_any()
}

fn flag_of(it: Seen<bool>) -> Signal<bool> {
    flag(move || it.get())
}

/// Several lines become several rows: `key value`, `key=value` or `--conf key=value`, as in a properties file or a command.
/// True when it was so.
fn paste(event: &ClipboardEvent, row: usize, form: FormDriver) -> bool {
    let rows: Vec<_> = pasted(event).lines().filter_map(form::conf_line).collect();
    let is_pair = rows.first().is_some_and(|(_, value)| !value.is_empty());
    if rows.len() < 2 && !is_pair {
        return false;
    }
    event.prevent_default();
    form.tell(FormEvent::ConfPasted { row, rows, replaces: is_all_marked(event) });
    true
}
