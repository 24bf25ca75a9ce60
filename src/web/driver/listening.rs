//! What a console hears beside answers: the browser's events, and other consoles of the document.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use console::{ClusterKey, Event};
use js_sys::Reflect;

use super::Driver;
use crate::web::browser::listen::Ear;
use crate::web::browser::page::is_hidden;

thread_local! {
    /// The consoles of this document.
    static LIVE: RefCell<Vec<Weak<Driver>>> = const { RefCell::new(Vec::new()) };
}

impl Driver {
    /// From now on the other consoles of the document tell this one of what they share.
    pub(super) fn joins_others(&self) {
        LIVE.with_borrow_mut(|live| {
            // One that is gone would keep its room.
            live.retain(|it| it.strong_count() > 0);
            live.push(self.myself.clone());
        });
    }

    /// Hears for as long as what is returned lives.
    pub(super) fn listen(&self) -> Vec<Ear> {
        type Happened = Box<dyn Fn(&Driver, web_sys::Event)>;
        fn boxed(driver: Weak<Driver>, name: &'static str, happened: Happened) -> Ear {
            Ear::new(name, move |event| {
                if let Some(driver) = driver.upgrade() {
                    happened(&driver, event);
                }
            })
        }
        let on = |name, happened| boxed(self.myself.clone(), name, happened);
        vec![
            on(
                "online",
                Box::new(|it, _| {
                    it.line_changed(Event::CameOnline);
                    // Parts of the program that were on their way when the network went.
                    it.parts.failed_ones().for_each(|part| it.need(part));
                }),
            ),
            on("offline", Box::new(|it, _| it.line_changed(Event::WentOffline))),
            on(
                "securitypolicyviolation",
                Box::new(|it, event| {
                    it.witness.violated(&event, &it.base);
                    // It can come after the failure that it explains.
                    it.bear_witness();
                }),
            ),
            on("visibilitychange", Box::new(|it, _| it.visibility_changed())),
            on("pagehide", Box::new(|it, _| it.tell(Event::Left))),
            // Another tab of this browser has changed what they share of this cluster; or all was cleared, which has no key.
            on(
                "storage",
                Box::new(|it, event| {
                    let key = Reflect::get(&event, &"key".into()).ok().and_then(|it| it.as_string());
                    if key.is_none() || key == it.storage.name(ClusterKey::Own) {
                        it.tell(Event::Owned(it.owned()));
                    }
                }),
            ),
        ]
    }

    fn line_changed(&self, event: Event) {
        self.bear_witness();
        self.tell(event);
    }

    /// Whether this cluster is the one that is looked at. Another goes on, as in a tab that is not seen.
    pub fn show(&self, is_shown: bool) {
        if self.is_shown.replace(is_shown) != is_shown {
            self.visibility_changed();
        }
    }

    /// The browser tells other documents of what they share; other consoles of this one hear of it here.
    pub(super) fn tell_neighbours(&self) {
        // Where nothing is kept, nothing is shared.
        let Some(key) = self.storage.name(ClusterKey::Own) else { return };
        let neighbours: Vec<Weak<Self>> = LIVE
            .with_borrow(|live| live.iter().filter(|it| !Weak::ptr_eq(it, &self.myself)).cloned().collect());
        let has_it = |it: &Rc<Self>| it.storage.name(ClusterKey::Own).as_ref() == Some(&key);
        for driver in neighbours.iter().filter_map(Weak::upgrade).filter(has_it) {
            let neighbour = Rc::downgrade(&driver);
            driver.around.begin(Box::pin(async move {
                if let Some(driver) = neighbour.upgrade() {
                    driver.tell(Event::Owned(driver.owned()));
                }
            }));
        }
    }

    fn visibility_changed(&self) {
        self.tell(if is_hidden() || !self.is_shown.get() { Event::Hidden } else { Event::Shown });
    }
}
