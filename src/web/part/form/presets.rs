//! Requests to begin with: the host's presets and the person's own.

use form::{Draft, FormEvent, Preset, PresetChange};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use crate::web::browser::focus::focus_element;
use crate::web::browser::surroundings::begin;
use crate::web::browser::{download, listen};
use crate::web::part::form::driver::FormDriver;
use crate::web::reactive::{dynamic, press, shown, text};
use crate::web::words::form as words;

/// The control with the name of a preset to come.
const NAME_ID: &str = "lc-preset";

/// The presets, and how to keep one's own.
#[component]
pub fn Presets() -> AnyView {
    let form = FormDriver::here();
    let name = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let presets = form.see(|form| form.presets().clone());
    // Another tab of this browser has changed what they share, now or while the form's page was closed.
    listen::while_drawn("storage", move |_| form.change_presets(PresetChange::Seen));
    form.change_presets(PresetChange::Seen);
    let keep = move || {
        let name = name.get_untracked().trim().to_owned();
        if name.is_empty() {
            said.set(words::NAME_FIRST.to_owned());
            return;
        }
        form.change_presets(PresetChange::Kept(name.clone()));
        said.set(form.look(|form| {
            let (presets, has_secrets) = (form.presets(), form.draft().has_secrets());
            words::kept(&name, presets.is_kept(), presets.replaced(), has_secrets)
        }));
    };
    let export = move || {
        let text = form.look(|form| Preset::list_to_json(form.presets().own()));
        if download::save("livy-console-presets.json", &text).is_err() {
            said.set(words::NO_SAVING.to_owned());
        }
    };
    let import: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let Some(file) = input.files().and_then(|it| it.get(0)) else { return };
        begin(Box::pin(async move {
            let read = wasm_bindgen_futures::JsFuture::from(file.text()).await;
            let text = read.ok().and_then(|it| it.as_string()).unwrap_or_default();
            said.set(match Preset::list_from_json(&text) {
                Ok(read) => {
                    let count = read.len();
                    form.change_presets(PresetChange::Added(read));
                    form.look(|form| {
                        let presets = form.presets();
                        words::imported(count, presets.replaced(), presets.is_kept())
                    })
                }
                Err(error) => words::no_presets(&error.field, &error.message),
            });
            // The same file can be chosen again.
            input.set_value("");
        }));
    });
    let can_undo = form.see(|form| form.presets().can_undo());
    let undo = move || {
        let undo = press(move || {
            form.change_presets(PresetChange::Undone);
            said.set(words::AS_BEFORE.to_owned());
            focus_element(NAME_ID.to_owned());
        });
        view! {
            <button type="button" class="lc-link-button" on:click=undo>
                {words::TAKE_BACK}
            </button>
        }
        .into_any()
    };
    let on_name: Box<dyn FnMut(Event)> = Box::new(move |event| name.set(event_target_value(&event)));
    // The field stands in the form: its Enter must not create a session.
    let on_key: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if event.key() == "Enter" {
            event.prevent_default();
            keep();
        }
    });
    let list = move || {
        let presets = presets.get();
        let mine = presets.own().len();
        let hosts = presets.hosts().iter().map(|preset| (preset.clone(), false));
        let own = presets.own().iter().map(|preset| (preset.clone(), true));
        let reference = Preset {
            name: words::HDINSIGHT.to_owned(),
            about: words::HDINSIGHT_ABOUT.to_owned(),
            draft: Draft::hdinsight_example(),
        };
        let all = hosts.chain(own).chain([(reference, false)]);
        let items = all.map(|(preset, is_own)| item(preset, is_own, form, said)).collect_view();
        let nothing = (mine == 0).then(|| view! { <p class="lc-muted">{words::NO_PRESETS}</p> }.into_any());
        Some(view! { <ul class="lc-presets">{items}</ul> {nothing} }.into_any())
    };
    view! {
        <details class="lc-preset-box">
            <summary>{words::PRESETS}</summary>
            {dynamic(list)}
            <div class="lc-copy-bar">
                <label class="lc-label" for=NAME_ID>
                    {words::KEEP_AS}
                </label>
                <input
                    class="lc-input"
                    type="text"
                    id=NAME_ID
                    name="preset"
                    placeholder=words::PRESET_NAME
                    maxlength="80"
                    prop:value=text(move || name.get())
                    on:input=on_name
                    on:keydown=on_key
                />
                <button type="button" class="lc-button" on:click=press(keep)>
                    {words::KEEP}
                </button>
                <button type="button" class="lc-button lc-quiet" on:click=press(export)>
                    {words::EXPORT}
                </button>
                <label class="lc-button lc-quiet lc-file">
                    {words::IMPORT} <input type="file" class="lc-sr" name="presets-file" accept="application/json,.json" on:change=import />
                </label>
            </div>
            <p class="lc-help">
                <span role="status">{text(move || said.get())}</span>
                " "
                {shown(can_undo, undo)}
            </p>
        </details>
    }
    .into_any()
}

fn item(preset: Preset, is_own: bool, form: FormDriver, said: RwSignal<String>) -> AnyView {
    let Preset { name, about, draft } = preset;
    let (label, remove_label, removed) = (name.clone(), words::remove(&name), name.clone());
    let take = move || {
        form.tell(FormEvent::PresetChosen(draft.clone()));
        said.set(words::filled_with(&name));
    };
    let remove = move || {
        form.change_presets(PresetChange::Removed(removed.clone()));
        said.set(words::removed(&removed, form.look(|form| form.presets().is_kept())));
        // The button goes with its preset.
        focus_element(NAME_ID.to_owned());
    };
    let remove = is_own.then(|| {
        view! {
            <button type="button" class="lc-button lc-quiet lc-remove" aria-label=remove_label on:click=press(remove)>
                "×"
            </button>
        }
        .into_any()
    });
    view! {
        <li>
            <button type="button" class="lc-button" on:click=press(take)>
                {label}
            </button>
            <span class="lc-muted">{about}</span>
            {remove}
        </li>
    }
    .into_any()
}
