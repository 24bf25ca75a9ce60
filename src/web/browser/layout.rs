//! How the style lays out the page.

use web_sys::{Element, window};

/// True where a media query holds.
pub fn matches(query: &str) -> bool {
    window().and_then(|it| it.match_media(query).ok().flatten()).is_some_and(|it| it.matches())
}

/// The space between the left edge of an element and its content, in pixels.
pub fn padding_left(element: &Element) -> Option<f64> {
    let style = window()?.get_computed_style(element).ok()??;
    // The browser's own reading of `12.5px`.
    let pixels = js_sys::parse_float(&style.get_property_value("padding-left").ok()?);
    pixels.is_finite().then_some(pixels)
}
