//! Whether code and results are kept with the ended sessions.

use console::Event;
use leptos::prelude::*;
use web_sys::Event as DomEvent;

use crate::web::console::Console;
use crate::web::reactive::flag;
use crate::web::words::memory as words;

/// The switch, unless the host lets nobody keep them.
pub fn switch(console: Console) -> AnyView {
    let store = console.record_store;
    if store.forbids_statements() {
        return ().into_any();
    }
    let on = RwSignal::new(store.wants_statements());
    let switch: Box<dyn FnMut(DomEvent)> = Box::new(move |event| {
        store.switch_statements(event_target_checked(&event));
        // A browser that lets nothing be stored has not taken it.
        on.set(store.wants_statements());
        console.tell(Event::StatementsKept(on.get_untracked()));
    });
    view! {
        <label class="lc-check">
            <input
                type="checkbox"
                name="memory-statements"
                aria-describedby="lc-statements-help"
                prop:checked=flag(move || on.get())
                on:change=switch
            />
            {words::STATEMENTS}
        </label>
        <p class="lc-help" id="lc-statements-help">
            {words::STATEMENTS_HELP}
        </p>
    }
    .into_any()
}
