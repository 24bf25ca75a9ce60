//! How views see a machine: they look at it after each event, and redraw only what differs.

use std::rc::Rc;

use leptos::prelude::*;

use crate::web::reactive::{Seen, memo_following};

/// Checks whether what a view shows is still true.
type Look = Rc<dyn Fn()>;

/// One machine's news.
#[derive(Clone, Copy)]
pub struct News {
    looks: StoredValue<Vec<(u64, Look)>, LocalStorage>,
    /// How many looks there have been.
    count: StoredValue<u64>,
}

impl News {
    /// Without any views.
    pub fn new() -> Self {
        Self { looks: StoredValue::new_local(Vec::new()), count: StoredValue::new(0) }
    }

    /// The machine has taken an event.
    pub fn notify(self) {
        // A copy: a look may remove looks.
        let looks: Vec<Look> = self
            .looks
            .try_with_value(|it| it.iter().map(|it| Rc::clone(&it.1)).collect())
            .unwrap_or_default();
        looks.iter().for_each(|it| it());
    }

    /// Does something after each event, for as long as the present part of the page is drawn.
    pub fn follow(self, look: impl Fn() + 'static) {
        self.add(Rc::new(look));
    }

    fn add(self, look: Look) {
        self.count.update_value(|it| *it += 1);
        let id = self.count.get_value();
        self.looks.update_value(|it| it.push((id, look)));
        on_cleanup(move || {
            self.looks.try_update_value(|it| it.retain(|it| it.0 != id));
        });
    }

    /// A value that is read again after each event, and when a signal changes that `look` reads. It notifies only when it differs.
    /// An event that leaves it unchanged costs one comparison: waking a hundred memos would cost more than the poll itself.
    pub fn see<T: PartialEq + Send + Sync + 'static>(
        self,
        look: impl Fn() -> T + Send + Sync + 'static,
    ) -> Seen<T> {
        memo_following(look, &|it| self.add(it))
    }
}
