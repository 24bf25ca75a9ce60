//! Keys that a browser makes more of than the person means, and where the focus is after them.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::web::browser::focus::{focus_still, is_nowhere};
use crate::web::browser::surroundings::{first, frame};

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

/// Does what a button does that may go with it; then the focus is in the code, not at the top of the page.
pub fn then_code(does: impl Fn() + 'static) -> impl Fn() + 'static {
    move || {
        does();
        frame(|| {
            if let Some(code) = first(".lc-code-area").filter(|_| is_nowhere()) {
                focus_still(code.unchecked_ref());
            }
        });
    }
}
