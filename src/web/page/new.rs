//! The form and, beside it, the request it amounts to.

use console::{Event, Model};
use form::{Draft, Field};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent, SubmitEvent};

use crate::web::browser::focus::focus_element;
use crate::web::browser::scroll;
use crate::web::console::Console;
use crate::web::draft::{Drafting, Origin};
use crate::web::part::control::focus_control;
use crate::web::part::create_again::start_from_last;
use crate::web::part::create_fate::CreateFate;
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
    let console = Console::here();
    let drafting = console.drafting;
    drafting.open(form::read);
    if let Some(field) = drafting.take_wanted() {
        focus_control(field, 0);
    }
    let summary: NodeRef<html::Div> = NodeRef::new();
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
        drafting.press();
        match drafting.request() {
            Some(request) => {
                drafting.send();
                console.tell(Event::Submitted { request, token: 0 });
            }
            None => {
                if let Some(summary) = summary.get_untracked() {
                    // Focus scrolls to it, and says what it holds.
                    let _ = summary.focus();
                }
            }
        }
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
        if is_enter(&event) && is_text(&event) && !event.default_prevented() && drafting.show_warnings() {
            event.prevent_default();
        }
    };
    view! {
        <div class="lc-head">
            <div>
                <h1 class="lc-title">{words::TITLE}</h1>
                <p class="lc-sub">{words::SUBTITLE}</p>
            </div>
            <div class="lc-head-end">{tools(console)}</div>
        </div>
        <CreateFate />
        {origin(drafting)}
        {unknown_fields(drafting)}
        <div class="lc-split">
            <form class="lc-form" novalidate autocomplete="off" aria-label=words::TITLE on:submit=submit on:keydown=on_key>
                <ErrorSummary node=summary />
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

/// True for a key in a control of one line, of which Enter sends the form.
fn is_text(event: &KeyboardEvent) -> bool {
    event.target().is_some_and(|it| it.dyn_ref::<HtmlInputElement>().is_some())
}

/// Where a filled form has come from. What a link says may be somebody else's; the rest is the person's own.
fn origin(drafting: Drafting) -> AnyView {
    let origin = memo(move || match drafting.origin.get() {
        Origin::Typed => None,
        Origin::Link => Some((true, words::FROM_LINK.to_owned(), words::FROM_LINK_CHECK)),
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
fn unknown_fields(drafting: Drafting) -> AnyView {
    let unknown_fields = memo(move || drafting.draft.with(|it| it.unknown_fields().to_vec()));
    dynamic(move || {
        let unknown_fields = unknown_fields.get();
        let drop = press(move || drafting.draft.update(Draft::drop_unknown_fields));
        let row = |(key, json): (String, String)| {
            let json = if form::is_secret_key(&key) { form::MASK.to_owned() } else { json };
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

/// Fills and empties the form; what stood there can be brought back.
fn tools(console: Console) -> AnyView {
    let drafting = console.drafting;
    // Where a button goes with what it does, the focus would go with it: what is left of them gets it.
    let undo = move || {
        if let Some(before) = drafting.before.get_untracked() {
            drafting.replace(before);
            if drafting.before.with_untracked(Option::is_none) {
                focus_element("lc-example".to_owned());
            }
        }
    };
    let clear = move || {
        drafting.replace(drafting.empty());
        focus_element("lc-undo".to_owned());
    };
    let start = move || {
        start_from_last(console);
        focus_control(Field::Name, 0);
    };
    let example = move || drafting.replace(drafting.terms.with_untracked(Draft::example));
    let button = |class: &'static str, id: &'static str, name: &'static str, action: Box<dyn Fn()>| {
        view! {
            <button type="button" class=class id=id on:click=press(action)>
                {name}
            </button>
        }
        .into_any()
    };
    let can_undo = memo(move || drafting.before.with(Option::is_some));
    let can_clear = memo(move || drafting.draft.with(|it| *it != drafting.empty()));
    let has_last = console.see(move |model| drafting.has_last() || model.last_own().is_some());
    let can_start = memo(move || has_last.get() && !can_clear.get());
    view! {
        {shown(can_undo, move || button("lc-button", "lc-undo", words::UNDO, Box::new(undo)))}
        {shown(can_start, move || button("lc-button", "lc-start", words::START_FROM_LAST, Box::new(start)))}
        {button("lc-button", "lc-example", words::EXAMPLE, Box::new(example))}
        {shown(can_clear, move || button("lc-button lc-quiet", "lc-clear", words::CLEAR, Box::new(clear)))}
    }
    .into_any()
}
