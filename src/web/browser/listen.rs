//! Events of the window, to which those of the document bubble.

use leptos::leptos_dom::helpers::{WindowListenerHandle, window_event_listener_untyped};
use leptos::prelude::on_cleanup;
use web_sys::Event;

fn listen(name: &str, heard: Box<dyn Fn(Event)>) -> WindowListenerHandle {
    window_event_listener_untyped(name, heard)
}

/// Hears an event for as long as the present part of the page is drawn.
pub fn while_drawn(name: &str, heard: impl Fn(Event) + 'static) {
    let handle = listen(name, Box::new(heard));
    on_cleanup(move || handle.remove());
}

/// Hears an event for as long as the page lives.
pub fn always(name: &str, heard: impl Fn(Event) + 'static) {
    std::mem::forget(listen(name, Box::new(heard)));
}
