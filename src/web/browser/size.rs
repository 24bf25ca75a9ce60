//! The room that a console has, whoever changes it: the window, or the page around.

use leptos::prelude::{StoredValue, UpdateValue, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

use crate::web::browser::surroundings::Surroundings;

/// Tells of each change of the present console's size, for as long as the present part of it is drawn, and once at the beginning.
///
/// It is told before the next frame and not at once: what is drawn anew in answer may change the size again, and browsers report that as
/// an error of the page around (`ResizeObserver loop completed with undelivered notifications`, CSS Resize Observer §3.4).
pub fn while_drawn(changed: impl Fn() + Clone + 'static) {
    if let Some(mount) = Surroundings::here().and_then(Surroundings::mount) {
        of(&mount, changed);
    }
}

/// The same for one element of the console.
pub fn of(element: &Element, changed: impl Fn() + Clone + 'static) {
    let Some(around) = Surroundings::here() else { return };
    let heard = Closure::<dyn FnMut()>::new(move || around.frame(changed.clone()));
    let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = StoredValue::new_local(Some((observer, heard)));
    on_cleanup(move || {
        if let Some((observer, _heard)) = kept.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}
