//! What this page remembers of sessions that the server's list does not have.

use console::{Model, RememberedSession};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::web::browser::link::{data_route, href};
use crate::web::browser::surroundings::first;
use crate::web::console::Console;
use crate::web::part::kept_statements;
use crate::web::part::question::{Asked, Question};
use crate::web::part::state_mark::StateMark;
use crate::web::reactive::{dynamic, memo, press, shown, text};
use crate::web::words::{frame, list as words};

/// The rows of the sessions that are remembered.
pub fn remembered_rows() -> AnyView {
    let remembered = Console::here().see(Model::remembered);
    let rows =
        move || Some(remembered.with(|it| it.iter().map(|it| row(it, &title(it))).collect_view()).into_any());
    view! { <ul class="lc-remembered">{dynamic(rows)}</ul> }.into_any()
}

/// Whether code and results are kept too, while sessions are; and the button that forgets them all, while there is something to forget.
/// Where it is gone, the heading takes the focus.
pub fn forgetting() -> AnyView {
    let console = Console::here();
    let keeps = memo(move || console.record_store.on.get());
    let (asking, button) = (RwSignal::new(false), NodeRef::new());
    let any = console.see(Model::has_remembered);
    let any_or_kept = memo(move || any.get() || console.record_store.on.get());
    let clear = move || {
        view! {
            <button type="button" class="lc-button" node_ref=button on:click=press(move || asking.set(true))>
                {words::CLEAR}
            </button>
        }
        .into_any()
    };
    // The question outlives the button that it may take away.
    view! {
        {shown(keeps, move || kept_statements::switch(console))}
        {shown(any_or_kept, clear)}
        {question(console, asking, button)}
    }
    .into_any()
}

/// Asks before all that is remembered is deleted. The focus goes back to the button, or to the heading where the button is gone.
fn question(console: Console, asking: RwSignal<bool>, button: NodeRef<html::Button>) -> AnyView {
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
            .or_else(|| first("#lc-memory")?.dyn_into().ok())
    };
    let clear = move || {
        console.record_store.said.set(String::new());
        console.tell(console::Event::KeptCleared);
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
            <a href=href(&it.route) data-route=data_route(&it.route)>{words.to_owned()}</a>
            <span class="lc-muted">{words::last_seen(&it.id.to_string(), &seen)}</span>
        </li>
    }
    .into_any()
}
