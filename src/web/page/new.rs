//! The form and, beside it, the request it amounts to.

use std::sync::Arc;

use console::Model;
use form::{Field, FormEvent, MASK, Origin, SessionCopy, is_secret_key};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent, SubmitEvent};

use crate::web::browser::focus::focus_element;
use crate::web::browser::scroll;
use crate::web::console::Console;
use crate::web::part::created::created;
use crate::web::part::form::control::focus_control;
use crate::web::part::form::desk;
use crate::web::part::form::driver::FormDriver;
use crate::web::part::form::error_summary::ErrorSummary;
use crate::web::part::form::groups::Groups;
use crate::web::part::form::path_rows::is_enter;
use crate::web::part::form::presets::Presets;
use crate::web::part::form::preview::Preview;
use crate::web::part::form::resource_estimate::ResourceEstimate;
use crate::web::part::form::submit_status::SubmitStatus;
use crate::web::reactive::{dynamic, effect, maybe, memo, press, shown};
use crate::web::words::form as words;

/// The page of `#/new`.
#[component]
pub fn New() -> AnyView {
    let (console, form) = (Console::here(), FormDriver::here());
    desk::open(console, form);
    form.tell(FormEvent::Opened);
    let is_creating = console.see(Model::is_creating);
    // Whoever presses again while a create is under way hears why nothing happens, as long as that is so.
    let pressed_again = RwSignal::new(false);
    effect(move || {
        if !is_creating.get() {
            pressed_again.set(false);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_creating.get_untracked() {
            pressed_again.set(true);
            return;
        }
        form.tell(FormEvent::Submitted);
    };
    // Whoever has pressed the button at the end of a long form may not see what came of it.
    let needs_person =
        console.see(|model| matches!(model.create().and_then(|it| it.word()), Some("refused" | "unknown")));
    effect(move || {
        if needs_person.get() {
            scroll::into_view_soon("[data-create]".to_owned());
        }
    });
    // Enter sends the form with the last key still warm: what there is to consider of it has not been shown yet.
    let on_key = move |event: KeyboardEvent| {
        let sends = is_enter(&event) && is_text(&event) && !event.default_prevented();
        if sends && form.look(form::Form::has_unseen_warnings) {
            form.tell(FormEvent::WarningsWanted);
            event.prevent_default();
        }
    };
    view! {
        <div class="lc-head">
            <div>
                <h1 class="lc-title">{words::TITLE}</h1>
                <p class="lc-sub">{words::SUBTITLE}</p>
            </div>
            <div class="lc-head-end">{tools(console, form)}</div>
        </div>
        {created()}
        {origin(form)}
        {unknown_fields(form)}
        <div class="lc-split">
            <form class="lc-form" novalidate autocomplete="off" aria-label=words::TITLE on:submit=submit on:keydown=on_key>
                <ErrorSummary />
                <Presets />
                <Groups />
                <div class="lc-actions">
                    <button
                        type="submit"
                        class="lc-button lc-primary"
                        aria-busy=maybe(move || is_creating.get().then(|| "true".to_owned()))
                    >
                        {words::CREATE}
                    </button>
                    <SubmitStatus pressed_again=pressed_again />
                </div>
            </form>
            <div class="lc-beside">
                <ResourceEstimate />
                <Preview />
            </div>
        </div>
    }
    .into_any()
}

/// True for a key in a one-line control, where Enter submits the form.
fn is_text(event: &KeyboardEvent) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some())
}

/// Where a filled form has come from. What a link says may be somebody else's; the rest is the person's own.
fn origin(form: FormDriver) -> AnyView {
    let origin = form.see(|form| match form.origin() {
        Origin::Typed => None,
        Origin::Link => Some((true, words::FROM_LINK.to_owned(), words::FROM_LINK_CHECK)),
        Origin::Host => Some((false, words::FROM_HOST.to_owned(), words::FROM_LINK_CHECK)),
        Origin::Session(id, _) => Some((false, words::from_session(id.as_str()), words::FROM_SESSION_CHECK)),
        Origin::Last => Some((false, words::FROM_LAST.to_owned(), words::FROM_LAST_CHECK)),
    });
    dynamic(move || {
        let (warns, title, check) = origin.get()?;
        Some(
            view! {
                <div class="lc-alert" class:lc-caution=warns class:lc-calm=!warns role="status">
                    <p>
                        <b>{title}</b>
                        " "
                        {check}
                    </p>
                </div>
            }
            .into_any(),
        )
    })
}

/// What was imported and has no place in the form.
fn unknown_fields(form: FormDriver) -> AnyView {
    let unknown_fields = form.see(|form| form.draft().unknown_fields().to_vec());
    dynamic(move || {
        let unknown_fields = unknown_fields.get();
        let drop = press(move || form.tell(FormEvent::UnknownFieldsDiscarded));
        let row = |(key, json): (String, String)| {
            let json = if is_secret_key(&key) { MASK.to_owned() } else { json };
            view! { <li class="lc-mono lc-break">{key} ": " {json}</li> }.into_any()
        };
        (!unknown_fields.is_empty()).then(|| {
            view! {
                <div class="lc-alert lc-caution" role="status">
                    <p>
                        <b>{words::NOT_SENT}</b>
                    </p>
                    <ul>{unknown_fields.into_iter().map(row).collect_view()}</ul>
                    <button type="button" class="lc-button" on:click=drop>
                        {words::DISCARD}
                    </button>
                </div>
            }
            .into_any()
        })
    })
}

/// Fills and clears the form; the previous contents can be restored.
fn tools(console: Console, form: FormDriver) -> AnyView {
    // Where a button goes with what it does, the focus would go with it: what is left of them gets it.
    let undo = move || {
        form.tell(FormEvent::Undone);
        if !form.look(form::Form::can_undo) {
            focus_element("lc-example".to_owned());
        }
    };
    let clear = move || {
        form.tell(FormEvent::Cleared);
        focus_element("lc-undo".to_owned());
    };
    // What this tab has sent last, or else what this browser has.
    let start = move || {
        if form.look(form::Form::has_last) {
            form.tell(FormEvent::LastWanted);
        } else if let Some(session) = console.look(|model| model.last_own().cloned()) {
            let copy = SessionCopy { session: Arc::new(session), field: None, better: None };
            form.tell(FormEvent::SessionCopied(copy));
        }
        focus_control(Field::Name, 0);
    };
    let example = move || form.tell(FormEvent::ExampleWanted);
    let button = |class: &'static str, id: &'static str, name: &'static str, action: Box<dyn Fn()>| {
        view! {
            <button type="button" class=class id=id on:click=press(action)>
                {name}
            </button>
        }
        .into_any()
    };
    let can_undo = form.see(form::Form::can_undo);
    let can_clear = form.see(|form| !form.is_empty());
    let (has_last, has_own) =
        (form.see(form::Form::has_last), console.see(|model| model.last_own().is_some()));
    let can_start = memo(move || (has_last.get() || has_own.get()) && !can_clear.get());
    view! {
        {shown(can_undo, move || button("lc-button", "lc-undo", words::UNDO, Box::new(undo)))}
        {shown(can_start, move || button("lc-button", "lc-start", words::START_FROM_LAST, Box::new(start)))}
        {button("lc-button", "lc-example", words::EXAMPLE, Box::new(example))}
        {shown(can_clear, move || button("lc-button lc-quiet", "lc-clear", words::CLEAR, Box::new(clear)))}
    }
    .into_any()
}
