//! Copying a text, and the place to copy it by hand where the browser does not let the page.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FocusEvent, HtmlTextAreaElement, window};

use crate::web::browser::surroundings::begin;

/// Puts a text on the clipboard, and tells what became of it.
pub fn copy(what: String, told: impl FnOnce(bool) + 'static) {
    fn shared(what: String, told: Box<dyn FnOnce(bool)>) {
        let clipboard = window().map(|it| it.navigator().clipboard());
        begin(Box::pin(async move {
            told(match clipboard {
                // A page that did not come over https has no clipboard: the property is undefined.
                Some(clipboard) if !AsRef::<JsValue>::as_ref(&clipboard).is_undefined() => {
                    JsFuture::from(clipboard.write_text(&what)).await.is_ok()
                }
                _ => false,
            });
        }));
    }
    shared(what, Box::new(told));
}

/// A text to be copied by hand: to be in it selects all of it.
pub fn by_hand(label: &'static str, rows: &'static str, what: Signal<String>) -> AnyView {
    let select_all: Box<dyn FnMut(FocusEvent)> = Box::new(move |event| {
        if let Some(area) = event.target().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok()) {
            area.select();
        }
    });
    view! {
        <textarea
            class="lc-input lc-mono lc-text"
            readonly
            rows=rows
            aria-label=label
            prop:value=what
            on:focus=select_all
        ></textarea>
    }
    .into_any()
}
