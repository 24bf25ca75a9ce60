//! What this page remembers of sessions that the server's list does not have.

use console::Remembered;
use leptos::prelude::*;

use crate::web::page::Console;
use crate::web::part::{StateMark, clock};
use crate::web::reactive::{dynamic, memo, shown};

/// The list below the server's own; nothing while there is nothing to remember.
#[component]
pub fn RememberedList() -> AnyView {
    let remembered = Console::here().board.remembered;
    let any = memo(move || remembered.with(|it| !it.is_empty()));
    let list = move || {
        let rows = move || {
            Some(remembered.with(|it| it.iter().map(|it| row(it, &title(it))).collect_view()).into_any())
        };
        view! {
            <section class="lc-memory" aria-labelledby="lc-memory">
                <h2 class="lc-subtitle" id="lc-memory">
                    "Remembered by this page"
                </h2>
                <p class="lc-muted">
                    "Sessions that were looked at here and that the server does not list, with the log and the facts that were seen."
                </p>
                <ul class="lc-remembered">{dynamic(rows)}</ul>
            </section>
        }
        .into_any()
    };
    shown(any, list)
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
    let (state, is_gone) = (it.state.as_str().to_owned(), it.is_gone);
    view! {
        <li data-remembered-id=it.id.to_string()>
            <StateMark state=state gone=is_gone />
            <a href=it.route.href()>{words.to_owned()}</a>
            <span class="lc-muted">{format!("id {}, last seen {}", it.id, clock(it.seen))}</span>
        </li>
    }
    .into_any()
}
