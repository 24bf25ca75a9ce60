//! A press anywhere in a row of the list follows the row's link. The text of the cells can still be selected and copied, and a
//! link or control in the row keeps what it means.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, MouseEventInit};

use crate::web::browser::{link, selection};

/// What acts by itself.
const CONTROLS: &str = "a, button, input, select, textarea, label, summary";

/// What the mouse does in the rows.
#[derive(Clone, Copy)]
pub struct RowPress {
    /// True when text was selected as the button went down: then the press is there to drop the selection.
    had_selection: StoredValue<bool>,
}

impl RowPress {
    pub fn new() -> Self {
        Self { had_selection: StoredValue::new(false) }
    }

    /// The button goes down.
    pub fn begun(self, event: &MouseEvent) {
        self.had_selection.set_value(rows(event).is_some_and(|it| selection::touches(&it)));
    }

    /// The button is up again.
    pub fn ended(self, event: &MouseEvent) {
        // The keyboard's press of a link is no click of a mouse.
        if event.detail() == 0 || event.default_prevented() {
            return;
        }
        let (Some(rows), Some(target)) = (rows(event), target(event)) else { return };
        let is_plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        // Text was selected by this press, or the press dropped a selection.
        let selects = self.had_selection.get_value() || selection::touches(&rows);
        if is_plain
            && !selects
            && closest(&target, CONTROLS).is_none()
            && let Some(row) = closest(&target, "tr")
            && let Some(to) = row.query_selector("a").ok().flatten()
        {
            follow(&to);
        }
    }
}

/// Follows the link for the person: by its route where it has one, else by a click. The click does not bubble: it would call the very
/// closure that makes it, while that still runs.
fn follow(to: &Element) {
    if let Some(place) = to.get_attribute("data-route") {
        link::go(&place);
        return;
    }
    let options = MouseEventInit::new();
    options.set_cancelable(true);
    if let Ok(click) = MouseEvent::new_with_mouse_event_init_dict("click", &options) {
        let _ = to.dispatch_event(&click);
    }
}

fn rows(event: &MouseEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

fn target(event: &MouseEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}
