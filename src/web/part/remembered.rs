//! What this page remembers of sessions that the server's list does not have.

use console::{Model, RememberedSession};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use crate::web::console::Console;
use crate::web::part::question::{Asked, Question};
use crate::web::part::state_mark::StateMark;
use crate::web::reactive::{dynamic, effect, flag, memo, press, shown, text};
use crate::web::words::{frame, list as words};

/// The list below the server's own, and what is kept of it beyond the tab.
#[component]
pub fn RememberedList() -> AnyView {
    let console = Console::here();
    let (remembered, record_store) = (console.see(Model::remembered), console.record_store);
    let any = memo(move || remembered.with(|it| !it.is_empty()));
    let any_or_kept = memo(move || any.get() || record_store.on.get());
    let is_worth_it = memo(move || any.get() || !record_store.is_forbidden());
    let rows =
        move || Some(remembered.with(|it| it.iter().map(|it| row(it, &title(it))).collect_view()).into_any());
    let list = move || {
        view! {
            <p class="lc-muted">{words::WHAT_IS_REMEMBERED}</p>
            <ul class="lc-remembered">{dynamic(rows)}</ul>
        }
        .into_any()
    };
    // "Cleared" is true until something is remembered again, and old when the list is opened the next time.
    let unsay = move || {
        if record_store.said.with_untracked(|it| it == words::CLEARED) {
            record_store.said.set(String::new());
        }
    };
    unsay();
    effect(move || {
        if any.get() {
            unsay();
        }
    });
    shown(is_worth_it, move || {
        let (asking, heading, button) = (RwSignal::new(false), NodeRef::new(), NodeRef::new());
        let can_clear = any_or_kept;
        view! {
            <section class="lc-memory" aria-labelledby="lc-memory">
                <h2 class="lc-subtitle" id="lc-memory" tabindex="-1" node_ref=heading>
                    {words::REMEMBERED}
                </h2>
                {shown(any, list)}
                {(!record_store.is_forbidden()).then(|| keeping(console))}
                {shown(can_clear, move || clear(asking, button))}
                {question(console, asking, heading, button)}
                <p class="lc-help" role="status">
                    {text(move || record_store.said.get())}
                </p>
            </section>
        }
        .into_any()
    })
}

/// Whether ended sessions are kept beyond the tab.
fn keeping(console: Console) -> AnyView {
    let record_store = console.record_store;
    let switch: Box<dyn FnMut(Event)> = Box::new(move |event| {
        record_store.switch(event_target_checked(&event));
        console.driver.try_with_value(|it| it.keeping_switched());
    });
    let help = words::keep_help(record_store.megabytes());
    view! {
        <label class="lc-check">
            <input
                type="checkbox"
                name="memory"
                aria-describedby="lc-memory-help"
                prop:checked=flag(move || record_store.on.get())
                on:change=switch
            />
            {words::KEEP}
        </label>
        <p class="lc-help" id="lc-memory-help">
            {help}
        </p>
    }
    .into_any()
}

fn clear(asking: RwSignal<bool>, button: NodeRef<html::Button>) -> AnyView {
    view! {
        <button type="button" class="lc-button" node_ref=button on:click=press(move || asking.set(true))>
            {words::CLEAR}
        </button>
    }
    .into_any()
}

/// Asks before all that is remembered is deleted. The focus goes back to the button, or to the heading where the button is gone.
fn question(
    console: Console,
    asking: RwSignal<bool>,
    heading: NodeRef<html::H2>,
    button: NodeRef<html::Button>,
) -> AnyView {
    let asked = Asked {
        role: "alertdialog",
        title: text(|| words::CLEAR_TITLE.to_owned()),
        text: words::CLEAR_TEXT,
        yes: words::CLEAR,
        no: words::KEEP_THEM,
    };
    let home = move || {
        let button = button.get_untracked().filter(|it| it.is_connected());
        button
            .and_then(|it| it.dyn_into::<HtmlElement>().ok())
            .or_else(|| heading.get_untracked()?.dyn_into().ok())
    };
    let clear = move || {
        console.tell(console::Event::KeptCleared);
        console.record_store.said.set(words::CLEARED.to_owned());
    };
    view! { <Question open=asking asked=asked home=home on_yes=clear /> }.into_any()
}

/// On the page of a session: others that are remembered and had its id.
#[component]
pub fn SameId() -> AnyView {
    let others = Console::here().see(|model| {
        let Some(watch) = model.watch() else { return Vec::new() };
        let same_id = |it: &RememberedSession| {
            let is_itself = watch.session().is_some() && it.since == watch.seen_since();
            it.is_gone && it.id.address() == watch.address() && !is_itself
        };
        model.remembered().into_iter().filter(same_id).collect()
    });
    dynamic(move || {
        let others = others.get();
        let rows = others.iter().map(|it| row(it, &words::had_this_id(&title(it)))).collect_view();
        (!others.is_empty()).then(|| {
            view! {
                <div class="lc-alert lc-calm">
                    <p>{words::SAME_ID}</p>
                    <ul class="lc-remembered">{rows}</ul>
                </div>
            }
            .into_any()
        })
    })
}

fn title(it: &RememberedSession) -> String {
    it.name.clone().unwrap_or_else(|| frame::unnamed(&it.id.to_string()))
}

fn row(it: &RememberedSession, words: &str) -> AnyView {
    let seen = Console::here().clock.get().to_second(it.seen);
    let (state, is_gone) = (it.state.as_str().to_owned(), it.is_gone);
    view! {
        <li data-remembered-id=it.id.to_string()>
            <StateMark state=state gone=is_gone />
            <a href=it.route.href()>{words.to_owned()}</a>
            <span class="lc-muted">{words::last_seen(&it.id.to_string(), &seen)}</span>
        </li>
    }
    .into_any()
}
