//! How fresh the page is: the one place on the screen that ticks.

use console::{Fresh, Freshness};
use leptos::prelude::*;

use crate::web::reactive::{memo, text};

/// The mark and its sentence. It is no live region: it changes every second.
#[component]
pub fn FreshMark(
    /// What to show.
    fresh: RwSignal<Fresh>,
) -> AnyView {
    let word = memo(move || fresh.with(|it| it.freshness));
    let class = text(move || match word.get() {
        Freshness::Live => "lc-fresh lc-live".to_owned(),
        Freshness::Stale => "lc-fresh lc-stale".to_owned(),
        Freshness::Waiting | Freshness::Over => "lc-fresh".to_owned(),
    });
    view! {
        <span class=class data-fresh=text(move || word.get().as_str().to_owned())>
            {text(move || fresh.get().text)}
        </span>
    }
    .into_any()
}
