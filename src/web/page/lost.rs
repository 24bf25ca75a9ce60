//! An address that is no page.

use console::Route;
use leptos::prelude::*;

use crate::web::page::Console;
use crate::web::reactive::text;

/// Says what was asked for and where the pages are.
#[component]
pub fn Lost() -> AnyView {
    let board = Console::here().board;
    let asked = text(move || {
        board.route.with(|it| if let Route::Malformed(text) = it { text.clone() } else { String::new() })
    });
    view! {
            <h1 class="lc-title">"This address is no page of the console"</h1>
            <p>
                "It asked for " <code class="lc-code">"#" {asked}</code> ". Nothing was sent to the server for it."
            </p>
            <p>
                "A session's page is " <code class="lc-code">"#/sessions/13"</code> " or "
                <code class="lc-code">"#/sessions/its-name"</code> ", without further slashes. "
                <a href="#/">"See all sessions"</a> " or " <a href="#/new">"create one"</a> "."
            </p>
        }
        .into_any()
}
