//! Saving a text as a file of the person's machine.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url, window};

thread_local! {
    /// The address of the last file. It stays until the next one is saved: a busy browser fetches it some time after the press.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Offers the text for saving under that file name. The error is what the browser said.
pub fn save(file_name: &str, text: &str) -> Result<(), JsValue> {
    save_parts(file_name, &Array::of1(&JsValue::from_str(text)))
}

/// Offers some texts for saving as one, which the program then need not hold.
pub fn save_parts(file_name: &str, texts: &Array) -> Result<(), JsValue> {
    let document = window().and_then(|it| it.document()).ok_or(JsValue::NULL)?;
    let options = BlobPropertyBag::new();
    options.set_type("text/plain;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(texts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(file_name);
    link.click();
    LAST.replace(Some(url)).map_or(Ok(()), |last| Url::revoke_object_url(&last))
}
