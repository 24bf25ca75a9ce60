//! How views see a machine: they look at it after each event, and redraw only what differs.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::on_cleanup;

use crate::web::reactive::{Held, Seen, memo_following};

/// Checks whether what a view shows is still true.
type Look = Rc<dyn Fn()>;

/// How many looks there have been, and those that there are.
type Looks = (u64, Vec<(u64, Look)>);

/// One machine's news.
#[derive(Clone, Copy)]
pub struct News {
    looks: Held<RefCell<Looks>>,
}

impl News {
    /// Without any views.
    pub fn new() -> Self {
        Self { looks: Held::new(RefCell::default()) }
    }

    /// The machine has taken an event.
    pub fn notify(self) {
        // A copy: a look may remove looks.
        let looks: Vec<Look> = self
            .looks
            .with(|it| it.borrow().1.iter().map(|it| Rc::clone(&it.1)).collect())
            .unwrap_or_default();
        looks.iter().for_each(|it| it());
    }

    /// Does something after each event, for as long as the present part of the page is drawn.
    pub fn follow(self, look: impl Fn() + 'static) {
        self.add(Rc::new(look));
    }

    fn add(self, look: Look) {
        let id = self.looks.with(|it| {
            let (count, looks) = &mut *it.borrow_mut();
            *count += 1;
            looks.push((*count, look));
            *count
        });
        on_cleanup(move || {
            // What a look holds may end other looks as it goes: nothing is borrowed then.
            let gone: Option<Vec<_>> = self.looks.with(|it| {
                let all = &mut it.borrow_mut().1;
                all.extract_if(.., |it| Some(it.0) == id).collect()
            });
            drop(gone);
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
