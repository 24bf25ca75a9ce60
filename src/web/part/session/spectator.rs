//! Someone else's session, viewed without keeping it alive.

use console::{Event, as_shown};
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::reactive::{Same, dynamic, press};
use crate::web::words::session as words;

/// Why so little is shown, the last lines from the list, and the way to keep the session alive; nothing for one's own session.
#[component]
pub fn OnlyLooking() -> AnyView {
    let console = Console::here();
    let seen = console.see(|model| {
        let watch = model.watch().filter(|it| it.only_looks() && it.ending().is_none())?;
        Some((watch.session()?.id.clone(), watch.is_unlisted(), Same::of(watch.tail())))
    });
    dynamic(move || {
        let (id, is_unlisted, tail) = seen.get()?;
        let keep = press(move || console.tell(Event::KeepAlive(id.clone())));
        let lines: Vec<String> =
            tail.iter().map(|it| as_shown(it).trim_start_matches('\n').to_owned()).collect();
        let text = if is_unlisted { words::UNLISTED_TEXT } else { words::VIEW_ONLY_TEXT };
        Some(
            view! {
                <section class="lc-panel lc-looking" aria-labelledby="lc-looking">
                    <header class="lc-panel-head">
                        <h2 class="lc-subtitle" id="lc-looking">
                            {words::VIEW_ONLY}
                        </h2>
                        <button type="button" class="lc-button lc-head-end" on:click=keep>
                            {words::KEEP_ALIVE}
                        </button>
                    </header>
                    <p class="lc-panel-foot">{text}</p>
                    <pre class="lc-json" aria-label=words::LAST_LINES tabindex="0">
                        {lines.join("\n")}
                    </pre>
                </section>
            }
            .into_any(),
        )
    })
}
