//! Whether an element is in sight, or near it.

use js_sys::{Array, Reflect};
use leptos::prelude::{StoredValue, UpdateValue, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use crate::web::browser::surroundings::Surroundings;

/// How near, as a part of the window or of what the element is scrolled in.
const NEAR: &str = "25%";

/// Tells whether an element of the present console is in sight, at the beginning and with each change, for as long as the present part of
/// the console is drawn.
pub fn of(element: &Element, changed: impl Fn(bool) + Clone + 'static) {
    let Some(around) = Surroundings::here() else { return };
    let heard = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        if let Some(newest) = entries.iter().last() {
            let is_seen = newest.unchecked_into::<IntersectionObserverEntry>().is_intersecting();
            around.run(|| changed(is_seen));
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    // Browsers that do not know it tell of the element when it comes.
    let _ = Reflect::set(&options, &"scrollMargin".into(), &NEAR.into());
    let heard_by = heard.as_ref().unchecked_ref();
    let Ok(observer) = IntersectionObserver::new_with_options(heard_by, &options) else { return };
    observer.observe(element);
    let kept = StoredValue::new_local(Some((observer, heard)));
    on_cleanup(move || {
        if let Some((observer, _heard)) = kept.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}
