//! Which part of the console is seen.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot, window};

use crate::web::browser::surroundings::{Surroundings, first, frame};

/// Shows the beginning of the console, where the page that it is in, or its own box, was scrolled past it.
pub fn to_top() {
    let Some(around) = Surroundings::here() else { return };
    if around.is_page() {
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    } else if is_down()
        && let Some(mount) = around.mount()
    {
        mount.scroll_into_view_with_bool(true);
    }
}

/// True where the beginning of the console is above what is seen.
pub fn is_down() -> bool {
    let top = |it: &HtmlElement| it.get_bounding_client_rect().top();
    // An element that fills its host's box scrolls by itself.
    let around = Surroundings::here();
    let mount = around.and_then(Surroundings::mount);
    let element = around.and_then(Surroundings::root).map(|it| it.host());
    let edge = element.map_or(0.0, |it| it.get_bounding_client_rect().top()).max(0.0);
    mount.is_some_and(|it| top(&it) < edge - 0.5)
}

/// The upper and the lower edge of what can be seen of the console, in pixels from the top of the window: where it scrolls by itself,
/// its own box. A box of the host's around it may hide more.
pub fn seen() -> Option<(f64, f64)> {
    let height = window()?.inner_height().ok()?.as_f64()?;
    let host = Surroundings::here()?.root()?.host().get_bounding_client_rect();
    Some((host.top().max(0.0), host.bottom().min(height)))
}

/// Moves whatever scrolls around an element by so many pixels.
pub fn by(element: &Element, pixels: f64) {
    let mut around = Some(element.clone());
    while let Some(it) = around {
        let before = it.scroll_top();
        it.set_scroll_top(before + pixels as i32);
        if it.scroll_top() != before {
            return;
        }
        let host = || it.get_root_node().dyn_into::<ShadowRoot>().ok().map(|it| it.host());
        around = it.parent_element().or_else(host);
    }
}

/// Moves whatever scrolls so that an element is in the middle, or only as far as is needed to see it.
pub fn to_middle(element: &HtmlElement, only_as_needed: bool) {
    let place = if only_as_needed { ScrollLogicalPosition::Nearest } else { ScrollLogicalPosition::Center };
    let options = ScrollIntoViewOptions::new();
    options.set_block(place);
    element.scroll_into_view_with_scroll_into_view_options(&options);
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
    frame(move || into_view(&selector));
}
