//! The statements in their order, the newest at the bottom.

use console::{Event, Reading};
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::part::statements::entry::entry;
use crate::web::part::statements::runner::Runner;
use crate::web::reactive::{dynamic, press, shown};
use crate::web::words::statements as words;

/// All that are known.
pub fn entries(console: Console, runner: Runner) -> AnyView {
    let ids = console.see(|model| {
        let all = model.statements().map(|it| it.entries()).unwrap_or_default();
        all.iter().map(|it| it.id().clone()).collect::<Vec<_>>()
    });
    // Ids that are no numbers have no order in which older ones could be asked for.
    let has_older = console.see(|model| {
        let statements = model.statements();
        let first = statements.and_then(|it| it.entries().first()?.id().number());
        let reads = statements.is_some_and(|it| it.reading() == Reading::Read);
        reads && first.is_some_and(|it| it > 0) && !statements.is_some_and(|it| it.has_all())
    });
    let older = move || {
        view! {
            <button
                type="button"
                class="lc-button lc-quiet lc-older"
                on:click=press(move || console.tell(Event::OlderAsked))
            >
                {words::OLDER}
            </button>
        }
        .into_any()
    };
    let is_empty = console.see(|model| {
        model.statements().is_some_and(|it| it.entries().is_empty() && it.reading() == Reading::Read)
    });
    let none = dynamic(move || {
        is_empty.get().then(|| view! { <p class="lc-panel-body lc-muted">{words::NONE_YET}</p> }.into_any())
    });
    let each = move || ids.get();
    view! {
        <div class="lc-entries">
            {shown(has_older, older)} {none}
            <For each=each key=|id| id.clone() children=move |id| entry(console, runner, id) />
        </div>
    }
    .into_any()
}
