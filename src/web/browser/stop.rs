//! The last words: a panic ends the program, and the page has to say so. `boot.js` has the words; it hears of the reason here.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, window};

/// From now on a panic is reported to the window as the event `livy-console:stopped`.
pub fn announce_panics() {
    std::panic::set_hook(Box::new(|info| {
        let words = info.payload_as_str().unwrap_or("no words");
        // The file's name alone: its path is of the machine that built the program.
        let place = info.location().map_or_else(String::new, |it| {
            format!(" ({}, line {})", it.file().rsplit('/').next().unwrap_or_default(), it.line())
        });
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from_str(&format!("{words}{place}")));
        let event = CustomEvent::new_with_event_init_dict("livy-console:stopped", &init);
        // Nothing can be done here about a window that is gone.
        if let (Some(window), Ok(event)) = (window(), event) {
            let _ = window.dispatch_event(&event);
        }
    }));
}
