//! What every page is given: the way to the machine, and to what it knows.

use std::rc::Rc;

use console::{Event, Model, Moment, Part, Place, Route, SectionLog};
use leptos::prelude::*;
use livy::Section;

use crate::web::browser::record_store::RecordStore;
use crate::web::clock::PageClock;
use crate::web::driver::Driver;
use crate::web::form_box::FormBox;
use crate::web::link_query::{LinkQuery, View};
use crate::web::news::News;
use crate::web::parts::{Arrival, Piece};
use crate::web::reactive::Seen;

/// What every page is given.
#[derive(Clone, Copy)]
pub struct Console {
    /// The machine's news: notified after each event.
    pub news: News,
    /// How moments are written.
    pub clock: PageClock,
    /// What the query of the last link asked for.
    pub query: LinkQuery,
    /// The way to the form.
    pub form: FormBox,
    /// What this browser keeps beyond the tab.
    pub record_store: RecordStore,
    /// The way to the machine.
    pub driver: StoredValue<Rc<Driver>, LocalStorage>,
}

impl Console {
    /// The console around the present part. Invariant: [`App`] is drawn inside one, and every part inside [`App`].
    pub fn here() -> Self {
        expect_context()
    }

    /// What tells the cluster from the others in an address; `None` where it is the only one.
    pub fn key(&self) -> Option<String> {
        self.driver.try_get_value()?.key().map(str::to_owned)
    }

    /// The cluster's name; empty where its host gave it none.
    pub fn title(&self) -> String {
        self.driver.try_get_value().map(|it| it.title().to_owned()).unwrap_or_default()
    }

    /// Does something with the driver, unless the console is gone. Nothing of the arena is borrowed meanwhile.
    fn drive(&self, what: impl FnOnce(&Driver)) {
        if let Some(driver) = self.driver.try_get_value() {
            what(&driver);
        }
    }

    /// A page of this cluster was opened; see [`Driver::opened`].
    pub fn opened(&self, place: Place, by_host: bool) {
        self.drive(|it| it.opened(place, by_host));
    }

    /// Tells the host which page is open; see [`Driver::announce_page`].
    pub fn announce_page(&self) {
        self.drive(|it| it.announce_page());
    }

    /// Whether this cluster is the one that is looked at; see [`Driver::show`].
    pub fn show(&self, is_shown: bool) {
        self.drive(|it| it.show(is_shown));
    }

    /// Goes to a page, for the person.
    pub fn go(&self, route: &Route) {
        self.drive(|it| it.go(route));
    }

    /// A person has chosen what to see of the session; see [`Driver::choose_view`].
    pub fn choose_view(&self, view: View) {
        self.drive(|it| it.choose_view(view));
    }

    /// The form has taken what its link said; see [`Driver::form_has_taken_its_link`].
    pub fn form_has_taken_its_link(&self) {
        self.drive(|it| it.form_has_taken_its_link());
    }

    /// Tells the machine what the person did.
    pub fn tell(&self, event: Event) {
        self.drive(|it| it.tell(event));
    }

    /// How far a part of the program has come by now; see [`News::see`].
    pub fn arrival(&self, part: Part) -> Arrival {
        self.driver.with_value(|it| it.parts().arrival(part))
    }

    /// When a part of the program was first asked for.
    pub fn asked(&self, part: Part) -> Moment {
        self.driver.with_value(|it| it.parts().asked(part))
    }

    /// What a part of the program draws; nothing while it is not here.
    pub fn draw(&self, part: Part, piece: Piece) -> AnyView {
        // Its code runs while nothing of the driver is borrowed.
        let draw = self.driver.with_value(|it| it.parts().draw(part));
        draw.map(|it| it(piece)).into_any()
    }

    /// Fetches a part of the program, unless it is here or on its way.
    pub fn need(&self, part: Part) {
        self.drive(|it| it.need(part));
    }

    /// A value of the model; see [`News::see`]. It is compared after each event, so a large one is to be seen as a
    /// [`Same`](crate::web::reactive::Same).
    pub fn see<T: PartialEq + Send + Sync + 'static>(
        self,
        at: impl Fn(&Model) -> T + Send + Sync + 'static,
    ) -> Seen<T> {
        self.news.see(move || self.driver.with_value(|it| it.look(&at)))
    }

    /// Looks at the model once, to answer a press. `None` also once the console is gone.
    pub fn look<T>(&self, at: impl FnOnce(&Model) -> Option<T>) -> Option<T> {
        self.driver.try_with_value(|it| it.look(at)).flatten()
    }

    /// Looks at a section of the watched session's log once.
    pub fn log<T>(&self, section: Section, at: impl FnOnce(&SectionLog) -> T) -> Option<T> {
        self.look(|model| model.watch()?.log().section(section).map(at))
    }
}
