//! Copying a text to the clipboard.

use web_sys::window;

use crate::web::task;

/// Copies, and tells whether that was allowed. A page that did not come over https has no clipboard.
pub fn copy(text: String, then: Box<dyn FnOnce(bool)>) {
    let clipboard = window().map(|it| it.navigator().clipboard());
    task::begin(Box::pin(async move {
        let done = match clipboard {
            Some(clipboard) if !AsRef::<wasm_bindgen::JsValue>::as_ref(&clipboard).is_undefined() => {
                wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok()
            }
            _ => false,
        };
        then(done);
    }));
}
