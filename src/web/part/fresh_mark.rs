//! How fresh the page is: the one place on the screen that ticks.

use console::{Fresh, Freshness};
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::reactive::{Seen, memo, text};
use crate::web::words::session as words;

/// The mark and its sentence, on hover and focus with the moment behind the age. It is no live region: it changes every second.
#[component]
pub fn FreshMark(
    /// What to show.
    fresh: Seen<Fresh>,
) -> AnyView {
    let word = memo(move || fresh.with(|it| it.freshness));
    let class = text(move || match word.get() {
        Freshness::Live => "lc-fresh lc-live".to_owned(),
        Freshness::Stale => "lc-fresh lc-stale".to_owned(),
        Freshness::Waiting | Freshness::Over => "lc-fresh".to_owned(),
    });
    let clock = Console::here().clock;
    let answered = memo(move || fresh.with(|it| it.answered));
    let exact = text(move || {
        answered.get().map(|it| words::last_answer(&clock.get().to_second(it))).unwrap_or_default()
    });
    view! {
        <span class=class tabindex="0" title=exact data-fresh=text(move || word.get().as_str().to_owned())>
            {text(move || fresh.get().text)}
        </span>
    }
    .into_any()
}
