//! Where a console's places are: in the page's address, after `#`, where the console is a page of its own; else with the element alone,
//! and the address is its host's.

use std::cell::RefCell;
use std::rc::Rc;

use console::Place;

use crate::web::browser::address;
use crate::web::browser::host::Host;

/// The place of one element, as text that begins with `#/`.
#[derive(Clone)]
pub struct Router(Rc<Places>);

struct Places {
    host: Host,
    /// Where the element is, unless that is the page's address.
    place: RefCell<String>,
    /// Where the host goes, until the page's address says so.
    wanted: RefCell<Option<String>>,
    heard: RefCell<Option<Heard>>,
}

/// Hears that the place is another one, and whether its host went there.
type Heard = Rc<dyn Fn(bool)>;

impl Router {
    /// Where the element says that its places are.
    pub fn of(host: &Host) -> Self {
        let place = RefCell::new(hash(&host.text("route").unwrap_or_default()));
        Self(Rc::new(Places {
            host: host.clone(),
            place,
            wanted: RefCell::default(),
            heard: RefCell::default(),
        }))
    }

    /// True where the page's address says where the console is.
    pub fn is_of_page(&self) -> bool {
        self.0.host.is_page()
    }

    /// Hears of every change, until [`Self::end`]. Where the place is the page's address, the page tells of it.
    pub fn follow(&self, heard: impl Fn(bool) + 'static) {
        self.0.heard.replace(Some(Rc::new(heard)));
    }

    /// Nobody hears any more.
    pub fn end(&self) {
        self.0.heard.take();
    }

    /// The present place.
    pub fn here(&self) -> String {
        if self.is_of_page() { address::hash() } else { self.0.place.borrow().clone() }
    }

    /// Goes to a place: a step in the history, where there is one.
    pub fn go(&self, place: &str) {
        if self.is_of_page() {
            // Comes back as `hashchange`.
            address::go(place);
        } else {
            self.0.place.replace(hash(place));
            self.tell(false);
        }
    }

    /// Corrects the place, which is the same page.
    pub fn replace(&self, place: &str) {
        if self.is_of_page() {
            address::replace(place);
        } else {
            self.0.place.replace(hash(place));
            self.say(place);
        }
    }

    /// The element says where it is from now on.
    pub fn say(&self, place: &str) {
        self.0.host.tell("place", &place.into());
    }

    /// The host goes to a place.
    pub fn host_goes(&self, place: &str) {
        let place = hash(place);
        if self.is_of_page() {
            self.0.wanted.replace(Some(place.clone()));
            address::go(&place);
        } else {
            self.0.place.replace(place);
            self.tell(true);
        }
    }

    /// True where the page's address has just become what the host wanted.
    pub fn is_hosts(&self) -> bool {
        self.0.wanted.take().is_some_and(|it| Place::parse(&it) == Place::parse(&self.here()))
    }

    /// The place is another one.
    pub fn tell(&self, by_host: bool) {
        let heard = self.0.heard.borrow().clone();
        if let Some(heard) = heard {
            heard(by_host);
        }
    }

    /// The address of a place, for a link; `None` where it has none, since the host has not said how its addresses are made.
    pub fn address(&self, place: &str) -> Option<String> {
        if self.is_of_page() {
            return Some(format!("{}{place}", address::page()));
        }
        let link = self.0.host.text("links")?.replace("{route}", place.trim_start_matches('#'));
        address::absolute(&link).filter(|it| it.starts_with("http"))
    }

    /// What a link to a place has as its `href`.
    pub fn href(&self, place: &str) -> String {
        if self.is_of_page() {
            place.to_owned()
        } else {
            self.address(place).unwrap_or_else(|| "#".to_owned())
        }
    }
}

/// A host's route as the place that it is for.
fn hash(route: &str) -> String {
    format!("#/{}", route.trim_start_matches(['#', '/']))
}
