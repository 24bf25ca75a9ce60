//! Whether ended sessions are kept beyond the tab, below the list. What is remembered, and what forgets it, is drawn by the part of the
//! program that watches sessions: without it nothing is remembered.

use console::{Model, Part};
use leptos::prelude::*;
use web_sys::Event;

use crate::web::console::Console;
use crate::web::parts::{Arrival, Piece};
use crate::web::reactive::{flag, memo, shown, text};
use crate::web::words::{list as words, memory};

/// The section below the list.
pub fn keeping_section() -> AnyView {
    let console = Console::here();
    let record_store = console.record_store;
    let any = console.see(Model::has_remembered);
    let can_forget = console.news.see(move || console.arrival(Part::Session) == Arrival::Here);
    let is_worth_it = memo(move || any.get() || !record_store.is_forbidden());
    let list = move || {
        view! {
            <p class="lc-muted">{words::WHAT_IS_REMEMBERED}</p>
            {console.draw(Part::Session, Piece::Remembered)}
        }
        .into_any()
    };
    let cannot = console.news.see(move || console.arrival(Part::Memory) == Arrival::Failed);
    let has_cleared = console.see(Model::has_cleared);
    let said = memo(move || match record_store.said.get() {
        _ if cannot.get() => memory::NOT_LOADED.to_owned(),
        trouble if trouble.is_empty() && has_cleared.get() => words::CLEARED.to_owned(),
        trouble => trouble,
    });
    shown(is_worth_it, move || {
        view! {
            <section class="lc-memory" aria-labelledby="lc-memory">
                <h2 class="lc-subtitle" id="lc-memory" tabindex="-1">
                    {words::REMEMBERED}
                </h2>
                {shown(any, list)}
                {(!record_store.is_forbidden()).then(|| keeping(console))}
                {shown(can_forget, move || console.draw(Part::Session, Piece::Forgetting))}
                <p class="lc-help" role="status">
                    {text(move || said.get())}
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
