//! The button that asks for a delete, and how far a confirmed one has come.

use leptos::prelude::*;

use crate::web::browser::time::now;
use crate::web::console::Console;
use crate::web::reactive::{dynamic, maybe, memo, press, text};
use crate::web::words::session as words;

const STAGE_ID: &str = "lc-deleting";

/// The button, and beside it the stage and the seconds while a delete is on its way.
#[component]
pub fn DeleteBar(
    /// Set when the question is to be asked.
    asking: RwSignal<bool>,
) -> AnyView {
    let span = Console::here().see(|model| model.watch()?.deleting_for(now()));
    let is_busy = memo(move || span.with(Option::is_some));
    let ask = press(move || asking.set(!is_busy.get_untracked()));
    let while_busy = move |value: &'static str| maybe(move || is_busy.get().then(|| value.to_owned()));
    // The seconds are for the eye: the rest is announced, once.
    let stage = move || {
        is_busy.get().then(|| {
            let seconds = text(move || span.get().map(words::for_so_long).unwrap_or_default());
            view! {
                {words::STOPPING}
                <span aria-hidden="true">{seconds}</span>
                {words::STOPPING_LIMIT}
            }
            .into_any()
        })
    };
    view! {
        <button
            type="button"
            class="lc-button lc-danger"
            aria-busy=while_busy("true")
            aria-disabled=while_busy("true")
            aria-describedby=while_busy(STAGE_ID)
            on:click=ask
        >
            {words::DELETE}
        </button>
        <p class="lc-stage" id=STAGE_ID role="status">
            {dynamic(stage)}
        </p>
    }
    .into_any()
}
