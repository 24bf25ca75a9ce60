//! Bringing the focus somewhere.

use web_sys::{FocusOptions, HtmlElement};

/// Brings the focus to an element without moving the page: WebKit would scroll a tall one to its middle, and the header away.
pub fn focus_still(element: &HtmlElement) {
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    // An element that is not in the document leaves the focus where it is.
    let _ = element.focus_with_options(&still);
}
