//! Pages whose code is a part of the program of its own, and what is shown while it loads or cannot be loaded.

use console::Part;
use leptos::prelude::*;

use crate::web::browser::address;
use crate::web::browser::focus::focus_main;
use crate::web::console::Console;
use crate::web::part::created::created;
use crate::web::parts::{Arrival, Piece};
use crate::web::reactive::{dynamic, press};
use crate::web::words::frame as words;

/// A page of the first of these parts, which needs the others too.
pub fn lazy(parts: &'static [Part]) -> AnyView {
    let console = Console::here();
    let arrival = console.news.see(move || {
        let all = parts.iter().map(|it| console.arrival(*it));
        all.reduce(|one, other| match (one, other) {
            (Arrival::Here, other) => other,
            (Arrival::Failed, _) | (_, Arrival::Failed) => Arrival::Failed,
            (coming, _) => coming,
        })
    });
    dynamic(move || match arrival.get()? {
        Arrival::Here => Some(console.draw(*parts.first()?, Piece::Whole)),
        // A session that was just made is named, although its page is not here.
        Arrival::Failed => Some(view! { {created()} {failed(console, parts)} }.into_any()),
        Arrival::Unasked | Arrival::Coming => {
            Some(view! { <p class="lc-coming" role="status">{words::LOADING}</p> }.into_any())
        }
    })
}

fn failed(console: Console, parts: &'static [Part]) -> AnyView {
    let again = press(move || {
        parts.iter().for_each(|it| console.need(*it));
        // The button goes with the words.
        focus_main();
    });
    let reload = press(address::reload);
    view! {
        <div class="lc-alert">
            <div role="alert">
                <h1 class="lc-stopped-title">{words::NOT_LOADED}</h1>
                <p>{words::WHY_NOT_LOADED}</p>
            </div>
            <div class="lc-alert-foot">
                <button type="button" class="lc-button" on:click=again>
                    {words::TRY_AGAIN}
                </button>
                <button type="button" class="lc-button lc-quiet" on:click=reload>
                    {words::RELOAD}
                </button>
            </div>
        </div>
    }
    .into_any()
}
