//! Where a console is: what its address says, and what its host is told.

use console::{Announcement, Detail, Event, ListQuery, Part, Place, Route};

use leptos::prelude::{GetUntracked, Set};

use super::Driver;
use crate::web::browser::host::object;
use crate::web::form_box::FormRequest;
use crate::web::link_query::View;
use crate::web::title::page_title;
use crate::web::words::frame::WHY_NOT_LOADED;

impl Driver {
    /// A page of this cluster was opened, by its host or by a person.
    pub fn opened(&self, place: Place, by_host: bool) {
        let route = place.route.clone();
        if route == Route::Sessions {
            self.tell(Event::Queried(ListQuery::read(&place.query).0));
        }
        self.take_query(place);
        self.tell(if by_host { Event::OpenedByHost(route) } else { Event::Opened(route) });
    }

    /// Goes to a page, as a step in the history where the page's address says where the console is. Who looks at another cluster
    /// stays there, and finds the page when they come back.
    pub fn go(&self, route: &Route) {
        if self.is_shown.get() {
            self.router.go(&self.place(route));
        } else {
            self.tell(Event::OpenedByHost(route.clone()));
        }
    }

    /// The host is told that a page of this cluster did not come.
    pub(super) fn announce_missing(&self, part: Part) {
        if matches!(part, Part::Form | Part::Session) {
            let detail = vec![
                ("where", Detail::Text("load".to_owned())),
                ("reason", Detail::Text(WHY_NOT_LOADED.to_owned())),
            ];
            self.announce(Announcement { event: "livy-stopped", detail });
        }
    }

    /// Corrects the place, which stays the same page.
    pub(super) fn replace(&self, route: &Route) {
        if self.is_shown.get() {
            let view = self.query.view.try_get_untracked().flatten().filter(|_| route.is_of_a_session());
            let query = view.map(|it| ("view".to_owned(), it.as_str().to_owned()));
            let place =
                Place { cluster: self.key.clone(), route: route.clone(), query: query.into_iter().collect() };
            self.router.replace(&place.href());
        }
    }

    /// A person has chosen what to see of the session: a reload shows it again.
    pub fn choose_view(&self, view: View) {
        self.query.view.set(Some(view));
        let route = self.model.borrow().route().clone();
        if matches!(route, Route::Session(_)) {
            self.replace(&route);
        }
    }

    /// The address of the list says what it shows.
    pub(super) fn show_query(&self, query: &ListQuery) {
        if self.is_shown.get() {
            let place = Place { cluster: self.key.clone(), route: Route::Sessions, query: query.pairs() };
            self.router.replace(&place.href());
        }
    }

    fn place(&self, route: &Route) -> String {
        route.href_in(self.key.as_deref())
    }

    /// The form has taken what its link said: a reload must not undo what is typed from now on. The person may be on the way to
    /// another page.
    pub fn form_has_taken_its_link(&self) {
        if Place::parse(&self.router.here()).route == Route::New {
            self.replace(&Route::New);
        }
    }

    /// The host is told that another cluster is looked at, where the page of it is the same as before.
    pub fn announce_page(&self) {
        let route = self.model.borrow().route().text();
        let detail = vec![("route", Detail::Text(route)), ("by", Detail::Text("person".to_owned()))];
        self.announce(Announcement { event: "livy-navigate", detail });
    }

    /// Tells the element's host what happened, with the cluster that it is about.
    pub(super) fn announce(&self, Announcement { event, detail }: Announcement) {
        let mut facts =
            vec![("cluster", self.key.as_deref().map_or(Detail::None, |it| Detail::Text(it.to_owned())))];
        facts.extend(detail);
        if event == "livy-navigate" {
            facts.push(("title", Detail::Text(page_title(&self.model.borrow()))));
        }
        if let Some(host) = self.around.host() {
            host.tell(event, &object(&facts));
        }
    }

    /// A link's query is taken once: a reload must not undo what was typed since. The form's stays in the address until the form
    /// has come and taken it.
    pub(super) fn take_query(&self, place: Place) {
        if place.query.is_empty() {
            // Kept while the same page stays, for the address was corrected by this very function.
            if place.route != Route::New {
                self.query.cannot_use(Vec::new());
            }
            self.query.take_none();
            return;
        }
        if place.route == Route::New {
            self.form.send(FormRequest::Link(place.query));
            return;
        }
        if place.route == Route::Sessions {
            // What the list shows stays in its address.
            self.query.cannot_use(ListQuery::read(&place.query).1);
            return;
        }
        let route = place.route.clone();
        self.query.take(place);
        self.replace(&route);
    }
}
