//! Whether long lines of the log are wrapped: as the person has chosen, or else wherever the console is narrow.

use console::PersonKey;
use leptos::prelude::*;

use crate::web::browser::{layout, size, storage};

/// Up to this width, in pixels, the style lays the console out in one column (`style/log.css`).
const NARROW: i32 = 720;

fn is_narrow() -> bool {
    layout::width() <= NARROW
}

/// The choice, kept by the browser, and the width.
#[derive(Clone, Copy)]
pub struct Wrap {
    chosen: RwSignal<Option<bool>>,
    is_narrow: RwSignal<bool>,
}

impl Wrap {
    /// As this browser has kept it.
    pub fn new() -> Self {
        let chosen = storage::read(PersonKey::Wrap).map(|it| it == "on");
        let wrap = Self { chosen: RwSignal::new(chosen), is_narrow: RwSignal::new(is_narrow()) };
        size::while_drawn(move || {
            let now = is_narrow();
            if wrap.is_narrow.try_get_untracked().is_some_and(|it| it != now) {
                wrap.is_narrow.set(now);
            }
        });
        wrap
    }

    /// True while lines are wrapped.
    pub fn get(self) -> bool {
        self.chosen.get().unwrap_or_else(|| self.is_narrow.get())
    }

    /// The person's own choice, whatever the width from now on.
    pub fn choose(self, wraps: bool) {
        storage::write(PersonKey::Wrap, Some(if wraps { "on" } else { "off" }));
        self.chosen.set(Some(wraps));
    }
}
