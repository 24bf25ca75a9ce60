//! An address that is no page.

use console::Route;
use leptos::prelude::*;

use crate::web::browser::link::{data_route, href};
use crate::web::console::Console;
use crate::web::reactive::text;
use crate::web::words::frame as words;

/// Says what was asked for and where the pages are.
#[component]
pub fn Lost() -> AnyView {
    let asked = Console::here().see(|model| words::address(model.route()));
    let asked = text(move || asked.get());
    let [by_id, by_name] = words::EXAMPLES;
    view! {
        <h1 class="lc-title">{words::NOT_FOUND}</h1>
        <p>
            {words::ASKED_FOR} <code class="lc-code lc-break">{asked}</code> {words::NOTHING_SENT}
        </p>
        <p>
            {words::PAGES_ARE} <code class="lc-code">{by_id}</code> {words::OR} <code class="lc-code">{by_name}</code>
            {words::NO_SLASHES} <a href=href(&Route::Sessions) data-route=data_route(&Route::Sessions)>{words::ALL_SESSIONS}</a> {words::OR}
            <a href=href(&Route::New) data-route=data_route(&Route::New)>{words::CREATE_ONE}</a> "."
        </p>
    }
    .into_any()
}
