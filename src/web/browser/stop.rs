//! The last words: a panic ends the program, and every console on the page has to say so. `element.js` has the words; it hears of the
//! reason here.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    /// What hears of a panic. The hook itself may hold nothing of JavaScript.
    static STOPPED: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// From now on a panic is reported to this function, with its reason.
pub fn announce_panics(stopped: Function) {
    STOPPED.set(Some(stopped));
    std::panic::set_hook(Box::new(|info| {
        let words = info.payload_as_str().unwrap_or("no words");
        // The file's name alone: its path is of the machine that built the program.
        let place = info.location().map_or_else(String::new, |it| {
            format!(" ({}, line {})", it.file().rsplit('/').next().unwrap_or_default(), it.line())
        });
        if let Some(stopped) = STOPPED.take() {
            // Nothing can be done here about a page that is gone.
            let _ = stopped.call1(&JsValue::NULL, &format!("{words}{place}").into());
        }
    }));
}
