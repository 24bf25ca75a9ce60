//! Names in a link that its page cannot use.

use leptos::prelude::*;

use crate::web::browser::focus::focus_main;
use crate::web::console::Console;
use crate::web::reactive::{press, text};
use crate::web::words::frame as words;

/// Says which had no effect.
pub fn unused_query() -> AnyView {
    let console = Console::here();
    let names = text(move || console.query.unused.with(|it| it.join(", ")));
    let dismiss = press(move || {
        console.query.unused.set(Vec::new());
        // The button goes with the words.
        focus_main();
    });
    view! {
        <div class="lc-alert lc-caution" role="status">
            <p>
                <b>{words::UNUSED}</b>
                {names}
            </p>
            <button type="button" class="lc-button lc-quiet" on:click=dismiss>
                {words::DISMISS}
            </button>
        </div>
    }
    .into_any()
}
