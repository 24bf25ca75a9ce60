//! The form and, beside it, the request it amounts to.

use console::{Event, Model};
use form::{Draft, Group, Shape};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent, SubmitEvent};

use crate::web::draft::{Drafting, Origin};
use crate::web::page::Console;
use crate::web::part::{
    ConfRows, CreateFate, Errors, KindChoice, PathRows, Presets, Preview, Standing, Takes, TextField,
    bring_into_view, focus_element, is_enter,
};
use crate::web::reactive::{dynamic, effect, memo, press, shown};

/// The page of `#/new`.
#[component]
pub fn New() -> AnyView {
    let console = Console::here();
    let drafting = console.drafting;
    drafting.open(form::read);
    let summary: NodeRef<html::Div> = NodeRef::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        drafting.press();
        match drafting.request() {
            Some(request) => {
                let is_creating = console.driver.try_with_value(|it| it.look(Model::is_creating));
                if is_creating == Some(false) {
                    drafting.send();
                }
                console.tell(Event::Submitted(request));
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
    let needs_person = memo(move || {
        console
            .board
            .create
            .with(|it| it.as_ref().is_some_and(|it| matches!(it.word, Some("refused" | "unknown"))))
    });
    effect(move || {
        if needs_person.get() {
            bring_into_view("[data-create]".to_owned());
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
                <h1 class="lc-title">"New session"</h1>
                <p class="lc-sub">"Nothing is sent until you create it. Empty fields are left out and the server decides."</p>
            </div>
            <div class="lc-head-end">{tools(drafting)}</div>
        </div>
        <CreateFate />
        {origin(drafting)}
        {aside(drafting)}
        <div class="lc-split">
            <form class="lc-form" novalidate autocomplete="off" aria-label="New session" on:submit=submit on:keydown=on_key>
                <Errors node=summary />
                <Presets />
                {Group::ALL.map(fields).collect_view()}
                <div class="lc-actions">
                    <button type="submit" class="lc-button lc-primary">
                        "Create session"
                    </button>
                    <Standing />
                </div>
            </form>
            <div class="lc-beside">
                <Takes />
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

/// Where a filled form has come from.
fn origin(drafting: Drafting) -> AnyView {
    let origin = memo(move || {
        match drafting.origin.get() {
        Origin::Typed => None,
        Origin::Link => Some(("Filled from a link: check before you create.".to_owned(), String::new())),
        Origin::Session(id, _) => Some((
            format!("Filled with the values of session {id}, as the server tells them."),
            "What you change is marked. The name is left to you, and values that the server does not tell are missing.".to_owned(),
        )),
    }
    });
    dynamic(move || {
        let (title, text) = origin.get()?;
        Some(
            view! {
                <div class="lc-alert lc-caution" role="status">
                    <p>
                        <b>{title}</b>
                    </p>
                    <p>{text}</p>
                </div>
            }
            .into_any(),
        )
    })
}

/// What was imported and has no place in the form.
fn aside(drafting: Drafting) -> AnyView {
    let aside = memo(move || drafting.draft.with(|it| it.aside().to_vec()));
    dynamic(move || {
        let aside = aside.get();
        let drop = press(move || drafting.draft.update(Draft::drop_aside));
        let row = |(key, json): (String, String)| {
            let json = if form::is_secret_key(&key) { form::MASK.to_owned() } else { json };
            view! { <li class="lc-mono lc-break">{key} ": " {json}</li> }.into_any()
        };
        (!aside.is_empty()).then(|| {
            view! {
                <div class="lc-alert lc-caution" role="status">
                    <p>
                        <b>"Kept aside and not sent"</b>
                    </p>
                    <p>"Livy refuses a request with a field that it does not know, or of another type."</p>
                    <ul>{aside.into_iter().map(row).collect_view()}</ul>
                    <button type="button" class="lc-button" on:click=drop>
                        "Forget them"
                    </button>
                </div>
            }
            .into_any()
        })
    })
}

/// Fills and empties the form; what stood there can be brought back.
fn tools(drafting: Drafting) -> AnyView {
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
    let button = |class: &'static str, id: &'static str, words: &'static str, action: Box<dyn Fn()>| {
        view! {
            <button type="button" class=class id=id on:click=press(action)>
                {words}
            </button>
        }
        .into_any()
    };
    let can_undo = memo(move || drafting.before.with(Option::is_some));
    let can_clear = memo(move || drafting.draft.with(|it| *it != drafting.empty()));
    view! {
        {shown(can_undo, move || button("lc-button", "lc-undo", "Undo", Box::new(undo)))}
        {button("lc-button", "lc-example", "Fill in the example", Box::new(move || drafting.replace(Draft::example())))}
        {shown(can_clear, move || button("lc-button lc-quiet", "lc-clear", "Clear the form", Box::new(clear)))}
    }
    .into_any()
}

/// One group of the form. Its heading is not the section's name: a group and a control may be called the same.
fn fields(group: Group) -> AnyView {
    let controls = group.fields().map(|field| match field.shape() {
        Shape::Choice => view! { <KindChoice /> }.into_any(),
        Shape::Paths => view! { <PathRows field=field /> }.into_any(),
        Shape::Conf => view! { <ConfRows /> }.into_any(),
        Shape::Text | Shape::Memory | Shape::Duration | Shape::Count => {
            view! { <TextField field=field /> }.into_any()
        }
    });
    view! {
        <section class="lc-group">
            <h2 class="lc-subtitle">{group.title()}</h2>
            <div class="lc-fields">{controls.collect_view()}</div>
        </section>
    }
    .into_any()
}
