//! What is drawn where there is no console.

use leptos::prelude::*;

use crate::web::browser::surroundings::Surroundings;

/// What is drawn instead of a console. Of a page of its own it is the main part.
pub fn instead(words: AnyView) -> AnyView {
    if Surroundings::here().is_some_and(Surroundings::is_page) {
        view! { <main class="lc-main">{words}</main> }.into_any()
    } else {
        view! { <div class="lc-main">{words}</div> }.into_any()
    }
}
