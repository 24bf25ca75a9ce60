//! Keeping the newest statement in view while nobody reads another one.

use leptos::html;
use leptos::prelude::*;

use crate::web::browser::size;
use crate::web::browser::surroundings::frame;
use crate::web::reactive::effect;

/// How many pixels from the end still count as the end.
const TOLERANCE: i32 = 24;

/// And so many from the beginning count as the beginning.
const NEAR: i32 = 80;

/// An output is drawn in some frames: a table measures itself first.
const FRAMES: u8 = 4;

/// The scrolling list of the statements.
#[derive(Clone, Copy)]
pub struct Following {
    /// The list.
    pub element: NodeRef<html::Div>,
    /// True while the newest is kept in view.
    pub follows: RwSignal<bool>,
    /// How many there were when the end was last seen.
    pub seen: RwSignal<usize>,
    last_top: StoredValue<i32>,
}

impl Following {
    /// At the end.
    pub fn new() -> Self {
        let following = Self {
            element: NodeRef::new(),
            follows: RwSignal::new(true),
            seen: RwSignal::new(0),
            last_top: StoredValue::new(0),
        };
        // What is said below the editor takes its room from the list, and no scrolling tells of that.
        effect(move || {
            if let Some(element) = following.element.get() {
                size::of(&element, move || following.settle(1));
            }
        });
        following
    }

    /// Something was drawn: where the end is followed it comes into view.
    pub fn drawn(self) {
        self.settle(FRAMES);
    }

    fn settle(self, frames: u8) {
        frame(move || {
            if self.follows.try_get_untracked() == Some(true)
                && let Some(element) = self.element.try_get_untracked().flatten()
            {
                element.set_scroll_top(element.scroll_height());
                self.last_top.set_value(element.scroll_top());
                if frames > 1 {
                    self.settle(frames - 1);
                }
            }
        });
    }

    /// The end is followed from now on.
    pub fn follow(self) {
        self.follows.set(true);
        self.drawn();
    }

    /// One statement is looked at.
    pub fn stay(self) {
        self.follows.set(false);
    }

    /// The list was scrolled: up to read something, or down to its end. True where somebody has come up to its beginning.
    pub fn scrolled(self) -> bool {
        let Some(element) = self.element.try_get_untracked().flatten() else { return false };
        let top = element.scroll_top();
        let is_end = element.scroll_height() - top - element.client_height() <= TOLERANCE;
        let is_up = top < self.last_top.get_value();
        self.last_top.set_value(top);
        let follows = self.follows.get_untracked();
        if follows && is_up && !is_end {
            self.follows.set(false);
        } else if !follows && is_end && !is_up {
            self.follows.set(true);
        }
        let is_begun = is_up && !is_end && top <= NEAR;
        // At the very beginning no browser keeps what is read in its place when something comes above it.
        if is_begun && top == 0 {
            element.set_scroll_top(1);
            self.last_top.set_value(1);
        }
        is_begun
    }
}
