//! The configuration, a key and a value in each row, with Spark's own keys offered while one is typed.

use form::{Field, SparkConf, is_secret_row};
use leptos::prelude::*;
use web_sys::{ClipboardEvent, Event};

use crate::web::draft::Drafting;
use crate::web::fetch;
use crate::web::page::Console;
use crate::web::part::field::{below, changed, control_id, focus_element, help, invalid};
use crate::web::part::focus_control;
use crate::web::part::path_rows::{add_id, remove, rows};
use crate::web::reactive::{dynamic, memo, press, text};
use crate::web::task;

/// Beside the page: Spark's keys with their meaning. Fetched when the first key is typed.
const KEYS: &str = "spark-conf-3.5.json";
/// So many keys are offered at once.
const OFFERED: usize = 12;
/// The element that holds them.
const OFFER_ID: &str = "lc-spark-keys";

/// Spark's keys, once they are there.
#[derive(Clone, Copy)]
struct Keys {
    /// `None` until the file has come; it may never come.
    conf: RwSignal<Option<std::sync::Arc<SparkConf>>>,
    asked: RwSignal<bool>,
    /// What stands in the key that is being typed.
    typed: RwSignal<String>,
}

impl Keys {
    fn ask(self) {
        if self.asked.get_untracked() {
            return;
        }
        self.asked.set(true);
        task::begin(Box::pin(async move {
            let text = fetch::file(KEYS).await;
            if let Some(conf) = text.and_then(|it| SparkConf::from_json(&it)) {
                self.conf.set(Some(std::sync::Arc::new(conf)));
            }
        }));
    }
}

/// The rows of `conf`.
#[component]
pub fn ConfRows() -> AnyView {
    let drafting = Console::here().drafting;
    let field = Field::Conf;
    let count = memo(move || drafting.row_count(field));
    let whole = memo(move || drafting.shown_whole(field));
    let keys =
        Keys { conf: RwSignal::new(None), asked: RwSignal::new(false), typed: RwSignal::new(String::new()) };
    let add = move || focus_control(field, drafting.add_row(field));
    let offer = move || {
        let typed = keys.typed.get();
        let options = keys.conf.with(|conf| {
            let found = conf.as_ref().map(|it| it.complete(&typed, OFFERED)).unwrap_or_default();
            let option = |it: &&form::SparkKey| {
                view! { <option value=it.key.clone()>{it.meaning.clone()}</option> }.into_any()
            };
            found.iter().map(option).collect_view()
        });
        Some(options.into_any())
    };
    view! {
        <fieldset class="lc-field lc-field-whole" aria-describedby="lc-conf-below">
            <legend class="lc-label lc-sr">{field.label()}</legend>
            {changed(field, drafting)}
            {rows(count, move |row| conf_row(row, keys, drafting))}
            <datalist id=OFFER_ID>{dynamic(offer)}</datalist>
            <button type="button" class="lc-button lc-quiet lc-add" id=add_id(field) on:click=press(add)>
                {format!("Add {}", field.label())}
            </button>
            {below("lc-conf-below".to_owned(), help(field, drafting).into_any(), whole)}
        </fieldset>
    }
    .into_any()
}

fn conf_row(row: usize, keys: Keys, drafting: Drafting) -> AnyView {
    let field = Field::Conf;
    let now = memo(move || drafting.draft.with(|it| it.conf().get(row).cloned().unwrap_or_default()));
    let problem = memo(move || drafting.shown_problem(field, row));
    let label = format!("{} {}", field.label(), row + 1);
    let (key_label, value_label, remove_label) =
        (format!("{label} key"), format!("{label} value"), format!("Remove {label}"));
    let (id, value_id) = (control_id(field, row), format!("lc-conf-value-{row}"));
    let below_id = format!("{id}-below");
    let shows = RwSignal::new(false);
    let secret = memo(move || now.with(|(key, value)| is_secret_row(key, value)));
    // Of several rows with a locked key the first holds its value; the others are mistakes, which can be mended.
    let locked = memo(move || {
        let is_first = |draft: &form::Draft| {
            let key = draft.conf().get(row).map(|it| it.0.trim().to_owned()).unwrap_or_default();
            let first = draft.conf().iter().position(|it| it.0.trim() == key);
            drafting.policy(|it| it.locks_key(&key)) && first == Some(row)
        };
        drafting.draft.with(is_first)
    });
    let kind = text(move || if secret.get() && !shows.get() { "password" } else { "text" }.to_owned());
    let on_key: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let key = event_target_value(&event);
        keys.ask();
        keys.typed.set(key.clone());
        drafting.type_conf(row, |(it, _)| *it = key);
    });
    let on_value: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let value = event_target_value(&event);
        drafting.type_conf(row, |(_, it)| *it = value);
    });
    let on_focus: Box<dyn FnMut(web_sys::FocusEvent)> =
        Box::new(move |_| keys.typed.set(now.with_untracked(|(key, _)| key.clone())));
    let on_paste: Box<dyn FnMut(ClipboardEvent)> = Box::new(move |event| paste(&event, row, drafting));
    let meaning = move || {
        let said = keys.conf.with(|conf| {
            let conf = conf.as_ref()?;
            now.with(|(key, _)| conf.key(key.trim()).map(described))
        })?;
        Some(said.into_any())
    };
    let toggle = move || {
        let words = text(move || if shows.get() { "Hide" } else { "Show" }.to_owned());
        view! {
            <button type="button" class="lc-button lc-quiet" on:click=press(move || shows.set(!shows.get_untracked()))>
                {words}
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
                list=OFFER_ID
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                aria-invalid=invalid(problem)
                aria-describedby=below_id.clone()
                prop:readOnly=flag_of(locked)
                prop:value=text(move || now.with(|(key, _)| key.clone()))
                on:input=on_key
                on:focus=on_focus
                on:paste=on_paste
            />
            <input
                class="lc-input lc-mono"
                type=kind
                id=value_id
                name="conf.value"
                aria-label=value_label
                placeholder="value"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                aria-invalid=invalid(problem)
                aria-describedby=below_id.clone()
                prop:readOnly=flag_of(locked)
                prop:value=text(move || now.with(|(_, value)| value.clone()))
                on:input=on_value
            />
            {crate::web::reactive::shown(secret, toggle)}
            <button
                type="button"
                class="lc-button lc-quiet lc-remove"
                aria-label=remove_label
                prop:disabled=flag_of(locked)
                on:click=press(move || remove(field, row, drafting))
            >
                "×"
            </button>
        </div>
        {below(below_id, dynamic(meaning), problem)}
    }
    .into_any()
}

fn flag_of(it: Memo<bool>) -> Signal<bool> {
    crate::web::reactive::flag(move || it.get())
}

/// The sentence of a key, its default and its version.
fn described(key: &form::SparkKey) -> String {
    let part = |words: &str, text: &str| {
        if text.is_empty() { String::new() } else { [" ", words, " ", text, "."].concat() }
    };
    [key.meaning.as_str(), &part("Default", &key.default), &part("Since Spark", &key.since)].concat()
}

/// Several lines become several rows: `key value`, `key=value` or `--conf key=value`, as in a properties file or a command.
fn paste(event: &ClipboardEvent, row: usize, drafting: Drafting) {
    let pasted = event.clipboard_data().and_then(|it| it.get_data("text/plain").ok()).unwrap_or_default();
    let lines: Vec<_> = pasted.lines().filter_map(form::conf_line).collect();
    let is_pair = lines.first().is_some_and(|(_, value)| !value.is_empty());
    if lines.len() < 2 && !is_pair {
        return;
    }
    event.prevent_default();
    let mut rows = drafting.draft.with_untracked(|it| it.conf().to_vec());
    let keeps = rows.get(row).is_some_and(|(key, value)| !key.trim().is_empty() || !value.is_empty());
    let at = (if keeps { row + 1 } else { row }).min(rows.len());
    let last = at + lines.len() - 1;
    rows.splice(at..(if keeps { at } else { (row + 1).min(rows.len()) }), lines);
    drafting.draft.update(|it| it.set_conf(rows));
    for row in at..=last {
        drafting.leave(Field::Conf, row);
    }
    focus_element(format!("lc-conf-value-{last}"));
}
