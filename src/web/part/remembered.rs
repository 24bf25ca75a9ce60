//! What this page remembers of sessions that the server's list does not have.

use console::Remembered;
use leptos::prelude::*;
use web_sys::Event;

use crate::web::page::Console;
use crate::web::part::StateMark;
use crate::web::reactive::{dynamic, flag, memo, press, shown, text};

/// The list below the server's own, and what is kept of it beyond the tab.
#[component]
pub fn RememberedList() -> AnyView {
    let console = Console::here();
    let (remembered, memory) = (console.board.remembered, console.memory);
    let any = memo(move || remembered.with(|it| !it.is_empty()));
    let any_or_kept = memo(move || any.get() || memory.on.get());
    let is_worth_it = memo(move || any.get() || !memory.is_forbidden());
    let rows =
        move || Some(remembered.with(|it| it.iter().map(|it| row(it, &title(it))).collect_view()).into_any());
    let list = move || {
        view! {
            <p class="lc-muted">
                "Sessions that were looked at here and that the server does not list, with the log and the facts that were seen."
            </p>
            <ul class="lc-remembered">{dynamic(rows)}</ul>
        }
        .into_any()
    };
    shown(is_worth_it, move || {
        view! {
            <section class="lc-memory" aria-labelledby="lc-memory">
                <h2 class="lc-subtitle" id="lc-memory">
                    "Remembered by this page"
                </h2>
                {shown(any, list)}
                {(!memory.is_forbidden()).then(|| keeping(console))}
                {shown(any_or_kept, move || clear(console))}
                <p class="lc-help" role="status">
                    {text(move || memory.said.get())}
                </p>
            </section>
        }
        .into_any()
    })
}

/// Whether ended sessions are kept beyond the tab.
fn keeping(console: Console) -> AnyView {
    let memory = console.memory;
    let switch: Box<dyn FnMut(Event)> = Box::new(move |event| {
        memory.switch(event_target_checked(&event));
        console.driver.try_with_value(|it| it.memory_switched());
    });
    let help = format!(
        "With their logs, which may hold secrets: whoever uses this browser can read them. What looks like a secret in the \
         configuration is left out. At most {} MB, the oldest go first; switching it off deletes them.",
        memory.megabytes()
    );
    view! {
        <label class="lc-check">
            <input
                type="checkbox"
                name="memory"
                aria-describedby="lc-memory-help"
                prop:checked=flag(move || memory.on.get())
                on:change=switch
            />
            "Keep ended sessions in this browser"
        </label>
        <p class="lc-help" id="lc-memory-help">
            {help}
        </p>
    }
    .into_any()
}

fn clear(console: Console) -> AnyView {
    let clear = press(move || {
        console.tell(console::Event::MemoryCleared);
        console.memory.said.set("Cleared: nothing is remembered any more.".to_owned());
    });
    view! {
        <button type="button" class="lc-button" on:click=clear>
            "Clear"
        </button>
    }
    .into_any()
}

/// On the page of a session: others that are remembered and had its id.
#[component]
pub fn SameId() -> AnyView {
    let board = Console::here().board;
    let others = memo(move || {
        board.watch.with(|seen| {
            let Some(seen) = seen else { return Vec::new() };
            let same_id = |it: &&Remembered| {
                let is_itself = seen.session.is_some() && it.since == seen.seen_since;
                it.is_gone && it.id.address() == &seen.address && !is_itself
            };
            board.remembered.with(|all| all.iter().filter(same_id).cloned().collect())
        })
    });
    dynamic(move || {
        let others = others.get();
        let rows =
            others.iter().map(|it| row(it, &format!("{} that had this id before", title(it)))).collect_view();
        (!others.is_empty()).then(|| {
            view! {
                <div class="lc-alert lc-calm">
                    <p>"This page remembers another session. Livy gives ids anew when it restarts."</p>
                    <ul class="lc-remembered">{rows}</ul>
                </div>
            }
            .into_any()
        })
    })
}

fn title(it: &Remembered) -> String {
    it.name.clone().unwrap_or_else(|| format!("session {}", it.id))
}

fn row(it: &Remembered, words: &str) -> AnyView {
    let seen = Console::here().board.clock().to_second(it.seen);
    let (state, is_gone) = (it.state.as_str().to_owned(), it.is_gone);
    view! {
        <li data-remembered-id=it.id.to_string()>
            <StateMark state=state gone=is_gone />
            <a href=it.route.href()>{words.to_owned()}</a>
            <span class="lc-muted">{format!("id {}, last seen {seen}", it.id)}</span>
        </li>
    }
    .into_any()
}
