//! Where a console's routes are: in the page's address, after `#`, where the console is a page of its own; else with the element alone,
//! and the address is its host's.

use std::cell::RefCell;
use std::rc::Rc;

use crate::web::browser::address;
use crate::web::browser::host::Host;

/// The place of one console, as text that begins with `#/`.
#[derive(Clone)]
pub enum Router {
    /// It is the page's address.
    Page,
    /// It is kept here.
    Element {
        /// The present place.
        place: Rc<RefCell<String>>,
        /// What the element has set.
        host: Host,
    },
}

impl Router {
    /// Where the element says that its routes are.
    pub fn of(host: &Host) -> Self {
        if host.is_page() {
            return Self::Page;
        }
        let place = host.text("route").unwrap_or_default();
        Self::Element { place: Rc::new(RefCell::new(hash(&place))), host: host.clone() }
    }

    /// The present place.
    pub fn here(&self) -> String {
        match self {
            Self::Page => address::hash(),
            Self::Element { place, .. } => place.borrow().clone(),
        }
    }

    /// The host goes to a place.
    pub fn set(&self, route: &str) {
        if let Self::Element { place, .. } = self {
            place.replace(hash(route));
        }
    }

    /// The address of a place, for a link; `None` where it has none, since the host has not said how its addresses are made.
    pub fn address(&self, place: &str) -> Option<String> {
        match self {
            Self::Page => Some(format!("{}{place}", address::page())),
            Self::Element { host, .. } => {
                let link = host.text("links")?.replace("{route}", place.trim_start_matches('#'));
                address::absolute(&link)
            }
        }
    }

    /// What a link to a route has as its `href`.
    pub fn href(&self, place: &str) -> String {
        match self {
            Self::Page => place.to_owned(),
            Self::Element { .. } => self.address(place).unwrap_or_else(|| "#".to_owned()),
        }
    }
}

/// A host's route as the place that it is for.
fn hash(route: &str) -> String {
    format!("#/{}", route.trim_start_matches(['#', '/']))
}
