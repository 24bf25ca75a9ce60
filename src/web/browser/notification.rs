//! The browser's notifications, which are seen outside its window.

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission, window};

use crate::web::browser::surroundings::begin;

/// True where the browser has them.
pub fn exist() -> bool {
    window().is_some_and(|it| Reflect::has(&it, &"Notification".into()).unwrap_or_default())
}

/// Asks the person for the permission, and tells whether it is given.
pub fn ask(told: impl FnOnce(bool) + 'static) {
    // A frame without the permission, or a page that did not come over https, has none to give.
    let Ok(asked) = Notification::request_permission() else { return told(false) };
    begin(Box::pin(async move {
        let _ = JsFuture::from(asked).await;
        told(Notification::permission() == NotificationPermission::Granted);
    }));
}

/// Shows one.
pub fn show(title: &str, body: &str) {
    let options = NotificationOptions::new();
    options.set_body(body);
    // A browser that refuses it after all says so itself.
    let _ = Notification::new_with_options(title, &options);
}
