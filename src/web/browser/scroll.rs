//! Which part of the page is seen.

use leptos::prelude::request_animation_frame;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition, window};

use crate::web::browser::page::first;

/// Shows the beginning of the page.
pub fn to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// True where the beginning of the page is not seen.
pub fn is_down() -> bool {
    window().and_then(|it| it.scroll_y().ok()).is_some_and(|it| it > 0.0)
}

/// Moves the page as little as is needed to show the first element of a selector.
pub fn into_view(selector: &str) {
    if let Some(element) = first(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The same, as soon as the element is there.
pub fn into_view_soon(selector: String) {
    request_animation_frame(move || into_view(&selector));
}
