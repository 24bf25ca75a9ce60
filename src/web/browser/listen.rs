//! Events of the window and of all that is in it. They are heard on their way down: scrolling does not bubble, and what a host's page
//! keeps from bubbling still happened.

use leptos::prelude::{StoredValue, UpdateValue, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, window};

use crate::web::browser::surroundings::Surroundings;

/// Hears an event of the window, as long as this value lives.
pub struct Ear {
    name: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Ear {
    /// Hears an event for the present console.
    pub fn new(name: &'static str, heard: impl Fn(Event) + 'static) -> Self {
        fn boxed(name: &'static str, heard: Box<dyn Fn(Event)>) -> Ear {
            let around = Surroundings::here();
            let heard = Closure::new(move |event| {
                around.and_then(|it| it.run(|| heard(event)));
            });
            if let Some(window) = window() {
                // Refused only by a window that is gone.
                let _ = window.add_event_listener_with_callback_and_bool(
                    name,
                    heard.as_ref().unchecked_ref(),
                    true,
                );
            }
            Ear { name, heard }
        }
        boxed(name, Box::new(heard))
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        if let Some(window) = window() {
            let heard = self.heard.as_ref().unchecked_ref();
            let _ = window.remove_event_listener_with_callback_and_bool(self.name, heard, true);
        }
    }
}

/// Hears an event for as long as the present part of the console is drawn.
pub fn while_drawn(name: &'static str, heard: impl Fn(Event) + 'static) {
    let ear = StoredValue::new_local(Some(Ear::new(name, heard)));
    on_cleanup(move || {
        drop(ear.try_update_value(Option::take));
    });
}
