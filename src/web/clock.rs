//! Whether moments are shown in UTC, and how they are written today.

use console::PersonKey;
use leptos::prelude::{Get, GetUntracked, RwSignal, Set};

use crate::web::browser::storage;
use crate::web::browser::time::Clock;
use crate::web::news::News;

/// How this page writes moments.
#[derive(Clone, Copy)]
pub struct PageClock {
    in_utc: RwSignal<bool>,
    today: RwSignal<Clock>,
}

impl PageClock {
    /// As the person has chosen. `news` tells when to look whether midnight has passed.
    pub fn new(news: News) -> Self {
        let in_utc = storage::read(PersonKey::Utc).is_some();
        let clock = Self { in_utc: RwSignal::new(in_utc), today: RwSignal::new(Clock::present(in_utc)) };
        news.follow(move || clock.follow_the_day());
        clock
    }

    fn follow_the_day(&self) {
        let today = Clock::present(self.in_utc.get_untracked());
        if self.today.try_get_untracked().is_some_and(|it| it != today) {
            self.today.set(today);
        }
    }

    /// How moments are written. To be asked where they are drawn: it changes at midnight, and when a person wants UTC.
    pub fn get(&self) -> Clock {
        self.today.get()
    }

    /// True while moments are shown in UTC.
    pub fn in_utc(&self) -> bool {
        self.in_utc.get()
    }

    /// Moments in UTC from now on, or by the clock on the wall again.
    pub fn toggle_utc(&self) {
        let in_utc = !self.in_utc.get_untracked();
        storage::write(PersonKey::Utc, in_utc.then_some("on"));
        self.in_utc.set(in_utc);
        self.follow_the_day();
    }
}
