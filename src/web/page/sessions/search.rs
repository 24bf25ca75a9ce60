//! The search above the list. What is typed searches at once; Enter goes to the row of an id or a name.

use console::{Event, FleetEvent, ListQuery, Part};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::web::console::Console;
use crate::web::parts::Piece;
use crate::web::reactive::{Seen, shown, text};
use crate::web::words::list as words;

/// The field, and beside it what the part for many sessions draws.
pub fn search(console: Console, has_fleet: Seen<bool>) -> AnyView {
    let typed = console.see(|model| model.query().text.clone());
    let types: Box<dyn FnMut(web_sys::Event)> = Box::new(move |event| {
        search_for(console, event_target_value(&event));
    });
    let keys: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        let text = console.look(|model| Some(model.query().text.trim().to_owned())).unwrap_or_default();
        if event.key() == "Enter" && !event.is_composing() && !text.is_empty() {
            event.prevent_default();
            if text.parse::<u64>().is_ok() {
                // An id is a place in the list, not words to search all of it for.
                search_for(console, String::new());
            }
            console.tell(Event::Fleet(FleetEvent::GoTo(text)));
        }
    });
    view! {
        <div class="lc-tools" role="search" aria-label=words::SEARCH>
            <input
                class="lc-input lc-search"
                type="search"
                name="session-search"
                aria-label=words::SEARCH
                placeholder=words::SEARCH_FOR
                autocomplete="off"
                spellcheck="false"
                prop:value=text(move || typed.get())
                on:input=types
                on:keydown=keys
            />
            {shown(has_fleet, move || console.draw(Part::Fleet, Piece::Whole))}
        </div>
    }
    .into_any()
}

fn search_for(console: Console, text: String) {
    if let Some(query) = console.look(|model| Some(model.query().clone())) {
        console.tell(Event::Queried(ListQuery { text, ..query }));
    }
}
