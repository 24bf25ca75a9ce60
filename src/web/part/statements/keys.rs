//! Keys that a browser makes more of than the person means.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Enter that is held down presses a button once, not again and again; and on a box to tick it sends no form: the one with the code
/// would run it.
pub fn pressed_once(event: &KeyboardEvent) {
    if event.key() != "Enter" {
        return;
    }
    let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
    let is_held = event.repeat() && target.tag_name() == "BUTTON";
    if is_held || target.get_attribute("type").as_deref() == Some("checkbox") {
        event.prevent_default();
    }
}
