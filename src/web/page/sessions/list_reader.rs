//! Whether a person reads the list: the page is scrolled, or the pointer or the focus is in the list. The machine holds the rows
//! still meanwhile; see `console::ListRows`.

use console::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, Node, PointerEvent};

use crate::web::browser::{focus, listen, scroll};
use crate::web::console::Console;
use crate::web::reactive::{effect, memo};

/// The three signs of a reader.
#[derive(Clone, Copy)]
pub struct ListReader {
    is_scrolled: RwSignal<bool>,
    is_pointing: RwSignal<bool>,
    has_focus: RwSignal<bool>,
}

impl ListReader {
    /// Follows the signs for as long as the list is on the screen, and tells the machine.
    pub fn follow(console: Console) -> Self {
        let sign = || RwSignal::new(false);
        let reading = Self { is_scrolled: sign(), is_pointing: sign(), has_focus: sign() };
        listen::while_drawn("scroll", move |_| {
            let is_scrolled = scroll::is_down();
            if reading.is_scrolled.try_get_untracked() == Some(!is_scrolled) {
                reading.is_scrolled.set(is_scrolled);
            }
        });
        let is_held =
            memo(move || reading.is_scrolled.get() || reading.is_pointing.get() || reading.has_focus.get());
        effect(move || console.tell(Event::ListHeld(is_held.get())));
        reading
    }

    /// What the pointer does. A finger points only while it is down.
    pub fn pointed(self, is_pointing: bool) -> Box<dyn FnMut(PointerEvent)> {
        Box::new(move |_| self.is_pointing.set(is_pointing))
    }

    /// The focus came into the list, or went from one place in it to another.
    pub fn focused(self) -> Box<dyn FnMut(FocusEvent)> {
        Box::new(move |_| self.has_focus.set(true))
    }

    /// The focus went. It is still here when another window has come to the front.
    pub fn blurred(self) -> Box<dyn FnMut(FocusEvent)> {
        Box::new(move |event| {
            let next = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
            let list = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
            let stays = list.is_some_and(|it| next.is_some_and(|next| it.contains(Some(&next))));
            self.has_focus.set(stays || !focus::is_in_window());
        })
    }
}
