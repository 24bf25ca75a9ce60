//! The page's address.

use wasm_bindgen::JsValue;
use web_sys::{Url, window};

/// The whole address.
pub fn whole() -> String {
    window().and_then(|it| it.location().href().ok()).unwrap_or_default()
}

/// The address of the page, without the place in it.
pub fn page() -> String {
    whole().split('#').next().unwrap_or_default().to_owned()
}

/// The place in the page: what follows the page's address, from `#` on.
pub fn hash() -> String {
    window().and_then(|it| it.location().hash().ok()).unwrap_or_default()
}

/// Scheme, host and port.
pub fn origin() -> String {
    window().and_then(|it| it.location().origin().ok()).unwrap_or_default()
}

/// What relative addresses are relative to.
pub fn base() -> String {
    let base = window().and_then(|it| it.document()).and_then(|it| it.base_uri().ok().flatten());
    base.unwrap_or_default()
}

/// The whole address that a link written like this leads to; `None` where it is no address.
pub fn absolute(link: &str) -> Option<String> {
    Url::new_with_base(link, &base()).ok().map(|it| it.href())
}

/// Goes to a place in the page, as a step in the history. Comes back as `hashchange`.
pub fn go(hash: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Changes the place without a step in the history and without `hashchange`.
pub fn replace(hash: &str) {
    if let Some(history) = window().and_then(|it| it.history().ok()) {
        // A browser that refuses leaves the old address, which leads to the same page.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(hash));
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}
