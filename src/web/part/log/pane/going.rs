//! Going to the beginning of the log or to its end, and coming back to it.

use leptos::prelude::{GetUntracked, GetValue, Set, SetValue, untrack};

use super::{At, Kept, LogPane};

impl LogPane {
    /// It is seen again: an element that is not laid out has no height and forgets how far it was scrolled.
    pub fn comes_back(&self) {
        // A frame later the page may be a different one.
        if self.element.try_get_untracked().flatten().is_none() {
            return;
        }
        self.height.set_value(0);
        let kept = self.kept.get_value();
        self.kept.set_value(kept.map(|it| Kept { number: it.number, at: At::Below(0) }));
        untrack(|| self.rows_changed());
    }

    /// Goes to the beginning.
    pub fn go_to_start(&self) {
        if let Some(number) = self.rows.line_at(0) {
            self.kept.set_value(Some(Kept { number, at: At::Below(i32::MAX) }));
            self.follows.set(false);
            self.draw_around(0);
            self.settle();
        }
    }

    /// Follows the end from now on.
    pub fn follow(&self) {
        self.follows.set(true);
        self.settle();
    }
}
