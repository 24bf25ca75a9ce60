//! The clusters of one element: a machine for each that was opened, which lives as long as the element. One of them is looked at.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use console::{Place, Route};
use leptos::prelude::*;

use crate::web::access::Access;
use crate::web::browser::listen::Ear;
use crate::web::browser::record_store::RecordStore;
use crate::web::browser::router::Router;
use crate::web::browser::storage::Storage;
use crate::web::browser::surroundings::Surroundings;
use crate::web::browser::{document, link};
use crate::web::clock::PageClock;
use crate::web::config::{Extras, Setting, extras};
use crate::web::console::Console;
use crate::web::driver::{Driver, Start};
use crate::web::fetch_part::fetch_part;
use crate::web::form_box::FormBox;
use crate::web::link_query::LinkQuery;
use crate::web::news::News;
use crate::web::reactive::Held;

/// One cluster, which may not be open yet.
struct Cluster {
    key: Option<String>,
    title: String,
    /// What it is opened with, until it is.
    setting: Option<Setting>,
    console: Option<(Owner, Console)>,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// Nothing yet: the first cluster is being opened.
    Nothing,
    /// The cluster at this place in the list.
    Cluster(usize),
    /// No cluster has this key.
    Unknown(String),
}

/// The way to them.
#[derive(Clone, Copy)]
pub struct Clusters {
    inner: Held<Inner>,
    around: Surroundings,
    /// Something else is looked at.
    differs: Trigger,
}

struct Inner {
    all: RefCell<Vec<Cluster>>,
    extras: RefCell<Option<Rc<dyn Extras>>>,
    /// Hears of the page's address.
    ear: RefCell<Option<Ear>>,
    /// True after a choice in the bar, which is drawn anew with the cluster: the focus is to be there again.
    is_chosen: Cell<bool>,
    shown: RefCell<Shown>,
}

impl Inner {
    /// Where the cluster with a key is; without a key the first one.
    fn position(&self, key: Option<&str>) -> Option<usize> {
        match key {
            Some(_) => self.all.borrow().iter().position(|it| it.key.as_deref() == key),
            None => Some(0),
        }
    }
}

impl Clusters {
    /// Those of the settings. None is open yet.
    pub fn new(around: Surroundings, settings: Vec<Setting>, extras: Option<Rc<dyn Extras>>) -> Self {
        let one = |setting: Setting| Cluster {
            key: setting.key.clone(),
            title: setting.title.clone(),
            setting: Some(setting),
            console: None,
        };
        let inner = Held::new(Inner {
            all: RefCell::new(settings.into_iter().map(one).collect()),
            extras: RefCell::new(extras),
            ear: RefCell::default(),
            is_chosen: Cell::default(),
            shown: RefCell::new(Shown::Nothing),
        });
        Self { inner, around, differs: Trigger::new() }
    }

    /// Those of the present part of the page.
    pub fn here() -> Self {
        expect_context()
    }

    /// What draws what only a page with a configuration shows.
    pub fn extras(self) -> Option<Rc<dyn Extras>> {
        self.inner.with(|it| it.extras.borrow().clone()).flatten()
    }

    /// Keys and names; empty where there is no choice.
    pub fn choices(self) -> Vec<(String, String)> {
        let choice = |it: &Cluster| {
            let key = it.key.clone()?;
            Some((key.clone(), if it.title.is_empty() { key } else { it.title.clone() }))
        };
        self.inner.with(|it| it.all.borrow().iter().filter_map(choice).collect()).unwrap_or_default()
    }

    /// What is looked at, which is followed.
    pub fn shown(self) -> Shown {
        self.differs.track();
        self.shown_untracked()
    }

    fn shown_untracked(self) -> Shown {
        self.inner.with(|it| it.shown.borrow().clone()).unwrap_or(Shown::Nothing)
    }

    /// The console that is looked at.
    pub fn console(self) -> Option<Console> {
        match self.shown_untracked() {
            Shown::Cluster(at) => self.console_at(at),
            _ => None,
        }
    }

    fn console_at(self, at: usize) -> Option<Console> {
        self.inner.with(|it| it.all.borrow().get(at)?.console.as_ref().map(|it| it.1)).flatten()
    }

    /// All consoles that are open, whichever is looked at.
    pub fn open(self) -> Vec<Console> {
        let consoles =
            |it: &Inner| it.all.borrow().iter().filter_map(|it| Some(it.console.as_ref()?.1)).collect();
        self.inner.with(consoles).unwrap_or_default()
    }

    /// A route as its host writes it: without a key it is one of the cluster that is looked at.
    pub fn place_of(self, route: &str) -> String {
        let route = route.trim_start_matches(['#', '/']);
        match self.console().and_then(|it| it.key()) {
            Some(here) if !route.starts_with('@') => format!("@{here}/{route}"),
            _ => route.to_owned(),
        }
    }

    /// Draws what is looked at anew: what its links say has changed.
    pub fn redraw(self) {
        self.differs.notify();
    }

    /// True once after a choice in the bar.
    pub fn was_chosen(self) -> bool {
        self.inner.with(|it| it.is_chosen.take()).unwrap_or_default()
    }

    /// The place where a cluster was left, or its list.
    fn left(self, key: Option<&str>) -> String {
        let at = self.inner.with(|it| it.position(key)).flatten();
        let console = at.and_then(|at| self.console_at(at));
        let route = console.and_then(|it| it.look(|model| Some(model.route().clone())));
        route.unwrap_or(Route::Sessions).href_in(key)
    }

    /// Goes to a cluster, where it was left.
    pub fn choose(self, key: &str) {
        self.inner.with(|it| it.is_chosen.set(true));
        if let Some(router) = self.around.router() {
            router.go(&self.left(Some(key)));
        }
    }

    /// The host goes to a cluster, where it was left; without a key to the first one.
    pub fn host_chooses(self, key: Option<&str>) {
        if let Some(router) = self.around.router() {
            router.host_goes(&self.left(key));
        }
    }

    /// The place is another one: its cluster is looked at, and opened where it was not.
    pub async fn go(self, place: Place, by_host: bool) {
        let first = self.around.host().and_then(|it| it.text("cluster"));
        let key = place.cluster.clone().or(first);
        let Some(at) = self.inner.with(|it| it.position(key.as_deref())).flatten() else {
            if self.extras().is_none() {
                let come = extras().await;
                self.inner.with(|it| it.extras.replace(come));
            }
            // Somebody may have gone elsewhere meanwhile.
            if self.around.router().is_some_and(|it| Place::parse(&it.here()).cluster == place.cluster) {
                self.look_at(Shown::Unknown(key.unwrap_or_default()));
            }
            return;
        };
        if let Some(console) = self.console_at(at) {
            let is_same = console.look(|model| Some(*model.route() == place.route)).unwrap_or_default();
            let is_switch = self.look_at(Shown::Cluster(at)) && is_same && !by_host;
            self.say(&place, console.key(), by_host);
            console.opened(place, by_host);
            if is_switch {
                console.announce_page();
            }
            return;
        }
        let taken = self.inner.with(|it| it.all.borrow_mut().get_mut(at)?.setting.take()).flatten();
        // It is being opened, and looks at the place when it is.
        let Some(setting) = taken else { return };
        let (Some(router), Some(host)) = (self.around.router(), self.around.host()) else { return };
        let (names, stay) = document::begin(setting.cluster.clone()).await;
        let Setting { key, demo, base, title, memory, keeps_no_statements, header, kinds, form, .. } =
            setting;
        // Somebody may have gone elsewhere meanwhile.
        let latest = Place::parse(&router.here());
        let is_wanted = latest.cluster == place.cluster;
        let place = if is_wanted { latest } else { place };
        self.say(&place, key.clone(), by_host && is_wanted);
        let access = Access::new(demo, base.clone(), host, key.clone(), header);
        let around = self.around;
        let owner = Owner::new();
        let console = owner.with(move || {
            link::are_about(key.clone());
            let record_store = RecordStore::new(&base, &names.cluster, memory, keeps_no_statements);
            let storage = Storage::new(names);
            let (news, query) = (News::new(), LinkQuery::new());
            let form = FormBox::new(form, kinds, storage);
            let start = Start { base, key, title, access, place, around, router, stay };
            let driver = Driver::start(start, news, query, form, fetch_part, record_store, storage);
            Console {
                news,
                clock: PageClock::new(news),
                query,
                form,
                record_store,
                driver: StoredValue::new_local(driver),
            }
        });
        self.inner.with(|it| {
            if let Some(it) = it.all.borrow_mut().get_mut(at) {
                it.console = Some((owner, console));
            }
        });
        if is_wanted {
            if self.look_at(Shown::Cluster(at)) && !by_host {
                console.announce_page();
            }
        } else {
            console.show(false);
        }
    }

    /// The element says where it is: its host went there, which is no event.
    fn say(self, place: &Place, key: Option<String>, by_host: bool) {
        if let Some(router) = self.around.router().filter(|_| by_host) {
            router.say(&Place { cluster: key, ..place.clone() }.href());
        }
    }

    /// True where something else was looked at before.
    fn look_at(self, shown: Shown) -> bool {
        let before = self.console();
        if self.shown_untracked() == shown {
            return false;
        }
        self.inner.with(|it| it.shown.replace(shown));
        self.differs.notify();
        if let Some(before) = before {
            before.show(false);
        }
        if let Some(now) = self.console() {
            now.show(true);
        }
        true
    }
}

/// Opens the cluster of the present place, and from then on that of every other place that the router tells of.
pub async fn begin(clusters: Clusters, router: &Router) {
    let around = clusters.around;
    let follow = router.clone();
    router.follow(move |by_host| {
        let place = Place::parse(&follow.here());
        around.begin(Box::pin(clusters.go(place, by_host)));
    });
    if router.is_of_page() {
        let page = router.clone();
        let ear = Ear::new("hashchange", move |_| page.tell(page.is_hosts()));
        clusters.inner.with(|it| it.ear.replace(Some(ear)));
    }
    clusters.go(Place::parse(&router.here()), true).await;
}
