//! How fresh the page is: the one place on the screen that ticks.

use console::{Fresh, Freshness};
use leptos::prelude::*;

/// The mark and its sentence. It is no live region: it changes every second.
#[component]
pub fn FreshMark(
    /// What to show.
    fresh: RwSignal<Fresh>,
) -> impl IntoView {
    let word = Memo::new(move |_| fresh.with(|it| it.freshness));
    let text = Memo::new(move |_| fresh.get().text);
    view! {
        <span
            class="lc-fresh"
            class:lc-stale=move || word.get() == Freshness::Stale
            class:lc-live=move || word.get() == Freshness::Live
            data-fresh=move || word.get().as_str()
        >
            {text}
        </span>
    }
}
