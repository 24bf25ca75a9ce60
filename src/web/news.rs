//! What a machine knows, as the views see it: looked at after each event, and told only where it differs.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::web::reactive::memo;

/// Looks again whether what it has shown still holds.
type Look = Rc<dyn Fn()>;

/// One machine's news.
#[derive(Clone, Copy)]
pub struct News {
    looks: StoredValue<Vec<(u64, Look)>, LocalStorage>,
    /// How many looks there have been.
    count: StoredValue<u64>,
}

impl News {
    /// Of a machine that nobody looks at yet.
    pub fn new() -> Self {
        Self { looks: StoredValue::new_local(Vec::new()), count: StoredValue::new(0) }
    }

    /// The machine has taken an event.
    pub fn notify(self) {
        // A look may be the last one of its part of the page.
        let looks: Vec<Look> = self
            .looks
            .try_with_value(|it| it.iter().map(|it| Rc::clone(&it.1)).collect())
            .unwrap_or_default();
        looks.iter().for_each(|it| it());
    }

    /// Does something after each event, as long as the present part of the page is drawn.
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

    /// A value that is looked at again after each event, and when a signal changes that `look` reads. It notifies only when it
    /// differs. Nothing but the comparison is done for an event that leaves it as it is: a page has a hundred of them.
    pub fn see<T: PartialEq + Send + Sync + 'static>(
        self,
        look: impl Fn() -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        fn shared<T: PartialEq + Send + Sync + 'static>(
            news: News,
            look: Arc<dyn Fn() -> T + Send + Sync>,
        ) -> Memo<T> {
            let differs = Trigger::new();
            let again = Arc::clone(&look);
            let seen = memo(move || {
                differs.track();
                look()
            });
            news.add(Rc::new(move || {
                if seen.try_with_untracked(|it| *it != untrack(|| again())) == Some(true) {
                    differs.notify();
                }
            }));
            seen
        }
        shared(self, Arc::new(look))
    }
}
