//! How the style lays out the page.

use web_sys::{Element, window};

use crate::web::browser::surroundings::Surroundings;

/// How much room the present console has from side to side, in pixels.
pub fn width() -> i32 {
    Surroundings::here().and_then(Surroundings::mount).map_or(0, |it| it.client_width())
}

/// The space between the left edge of an element and its content, in pixels.
pub fn padding_left(element: &Element) -> Option<f64> {
    let style = window()?.get_computed_style(element).ok()??;
    // The browser's own reading of `12.5px`.
    let pixels = js_sys::parse_float(&style.get_property_value("padding-left").ok()?);
    pixels.is_finite().then_some(pixels)
}
