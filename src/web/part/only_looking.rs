//! What is said while somebody else's session is looked at without keeping it alive.

use console::{Event, shown as as_shown};
use leptos::prelude::*;

use crate::web::page::Console;
use crate::web::reactive::{dynamic, memo, press};

/// The word, the last lines that the list tells, and the way to keep it alive; nothing for one's own session.
#[component]
pub fn OnlyLooking() -> AnyView {
    let console = Console::here();
    let seen = memo(move || {
        console.board.watch.with(|it| {
            let seen = it.as_ref().filter(|it| it.only_looks && it.ending.is_none())?;
            Some((seen.session.as_ref()?.id.clone(), seen.is_unlisted, seen.tail.clone()))
        })
    });
    dynamic(move || {
        let (id, is_unlisted, tail) = seen.get()?;
        let keep = press(move || console.tell(Event::KeepAlive(id.clone())));
        let lines: Vec<String> =
            tail.iter().map(|it| as_shown(it).trim_start_matches('\n').to_owned()).collect();
        let words = if is_unlisted {
            "The list does not tell where it is, so nothing new is known of it."
        } else {
            "Its state and its last lines are read from the list, which does not."
        };
        Some(
            view! {
                <section class="lc-panel lc-looking" aria-labelledby="lc-looking">
                    <header class="lc-panel-head">
                        <h2 class="lc-subtitle" id="lc-looking">
                            "Only looking"
                        </h2>
                        <button type="button" class="lc-button lc-head-end" on:click=keep>
                            "Keep it alive from here"
                        </button>
                    </header>
                    <p class="lc-panel-foot">
                        "This session was not created in this browser and has a heartbeat: whoever keeps it may let it end, and asking for it from here would keep it alive. "
                        {words}
                    </p>
                    <pre class="lc-json" aria-label="Its last lines" tabindex="0">
                        {lines.join("\n")}
                    </pre>
                </section>
            }
            .into_any(),
        )
    })
}
