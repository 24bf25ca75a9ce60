//! One browser, two clusters, several tabs on the virtual clock: a create is sent once and belongs to the cluster and the document
//! that sent it.

use std::collections::BTreeMap;

use crate::person::Journey;
use console::{
    Area, Cluster, ClusterKey, Event, Hold, Intent, Lineage, Names, OwnedSession, Stage, fresh_document,
};
use fake_livy::Options;
use livy::{BaseUrl, Call};

type Store = BTreeMap<String, String>;

/// What a browser keeps for an origin, and what lives in it.
#[derive(Default)]
struct Browser {
    local: Store,
    tabs: Vec<Store>,
    locks: Vec<String>,
    documents: u64,
}

/// A page in a tab.
struct Document {
    tab: usize,
    names: Names,
    journey: Journey,
}

impl Browser {
    fn tab(&mut self, store: Store) -> usize {
        self.tabs.push(store);
        self.tabs.len() - 1
    }

    fn area(&mut self, key: ClusterKey, tab: usize) -> &mut Store {
        if key.area() == Area::Browser { &mut self.local } else { &mut self.tabs[tab] }
    }

    fn write(&mut self, page: &Document, key: ClusterKey, value: Option<String>) {
        let name = page.names.name(key);
        match value {
            Some(value) => self.area(key, page.tab).insert(name, value),
            None => self.area(key, page.tab).remove(&name),
        };
    }

    /// Opens a console in a tab as the shell does: first it is known which document this is.
    fn open(&mut self, tab: usize, base: &str, hash: &str, with_locks: bool) -> Document {
        self.open_on(tab, Cluster::of(&BaseUrl::parse(base).unwrap(), "https://host/a/"), hash, with_locks)
    }

    fn open_on(&mut self, tab: usize, cluster: Cluster, hash: &str, with_locks: bool) -> Document {
        let mut names = Names { cluster, document: String::new() };
        let place = names.name(ClusterKey::Lineage);
        let last = self.tabs[tab].get(&place).and_then(|it| Lineage::from_storage(it));
        let hold = |locks: &[String], it: &Lineage| match with_locks {
            true if locks.contains(&it.lock()) => Hold::Taken,
            true => Hold::Got,
            false => Hold::Unknown,
        };
        self.documents += 1;
        names.document = match last {
            Some(last) if last.is_continued(hold(&self.locks, &last)) => last.document,
            _ => fresh_document([self.documents, 0]),
        };
        let here = Lineage { document: names.document.clone(), has_left: false };
        self.locks.push(here.lock());
        self.tabs[tab].insert(place, here.to_storage());
        for area in [Area::Tab, Area::Browser] {
            let store = if area == Area::Tab { &mut self.tabs[tab] } else { &mut self.local };
            for (key, value) in names.carried_over(area, |it| store.get(it).cloned()) {
                match value {
                    Some(value) => store.insert(key, value),
                    None => store.remove(&key),
                };
            }
        }
        let mut page = Document { tab, journey: Journey::at("#/new"), names };
        let read = |browser: &mut Self, key| browser.area(key, tab).get(&page.names.name(key)).cloned();
        let intent = read(self, ClusterKey::Intent);
        let own =
            read(self, ClusterKey::Own).map(|it| OwnedSession::list_from_storage(&it)).unwrap_or_default();
        let watched = read(self, ClusterKey::Watched);
        page.journey = Journey::before(hash, fake_livy::Cluster::new(Options::default()), 0, intent, watched);
        page.journey.tell(Event::Owned(own));
        page
    }

    /// What a page wanted to be kept is kept.
    fn keep(&mut self, page: &Document) {
        self.write(page, ClusterKey::Intent, page.journey.intent.clone());
        self.write(page, ClusterKey::Watched, page.journey.tab.clone());
        if !page.journey.own.is_empty() {
            let name = page.names.name(ClusterKey::Own);
            let stored =
                self.local.get(&name).map(|it| OwnedSession::list_from_storage(it)).unwrap_or_default();
            let all = OwnedSession::list_merged(stored, &page.journey.own);
            self.local.insert(name, OwnedSession::list_to_storage(&all));
        }
    }

    /// The page goes: by a reload, by another address in the same tab, or with its tab.
    fn leave(&mut self, mut page: Document) -> Journey {
        page.journey.tell(Event::Left);
        self.keep(&page);
        let here = Lineage { document: page.names.document.clone(), has_left: true };
        self.locks.retain(|it| *it != here.lock());
        self.tabs[page.tab].insert(page.names.name(ClusterKey::Lineage), here.to_storage());
        page.journey
    }

    fn own_of(&self, page: &Document) -> Vec<OwnedSession> {
        let stored = self.local.get(&page.names.name(ClusterKey::Own));
        stored.map(|it| OwnedSession::list_from_storage(it)).unwrap_or_default()
    }
}

/// Calls that speak of a session by this name.
fn asked_for(journey: &Journey, name: &str) -> usize {
    let wanted = |it: &Call| matches!(it, Call::Session(address) if address.as_str() == name);
    journey.sent.iter().filter(|it| wanted(&it.1)).count()
}

#[test]
fn a_create_that_was_lost_on_one_cluster_is_nothing_to_another_in_the_same_tab() {
    for with_locks in [true, false] {
        let mut browser = Browser::default();
        let tab = browser.tab(Store::new());
        let mut page = browser.open(tab, "/livy", "#/new", with_locks);
        page.journey.create("never-arrives");
        page.journey.pass(5);
        assert_eq!((page.journey.word(), page.journey.posts()), ("unknown", 1));
        browser.leave(page);
        let mut other = browser.open(tab, "/livy2", "#/new", with_locks);
        other.journey.pass(120);
        assert!(other.journey.model.create().is_none() && !other.journey.model.is_creating());
        assert_eq!((asked_for(&other.journey, "never-arrives"), other.journey.posts()), (0, 0));
        // A create of its own does not settle the one of the first.
        other.journey.create("etl");
        other.journey.pass(5);
        assert_eq!(other.journey.word(), "created");
        browser.leave(other);
        let mut page = browser.open(tab, "https://HOST:443/livy/", "#/new", with_locks);
        assert_eq!(page.journey.word(), "unknown", "one cluster, however its address is written");
        page.journey.pass(5);
        assert!(asked_for(&page.journey, "never-arrives") > 0);
        assert_eq!(page.journey.posts(), 0);
    }
}

#[test]
fn a_session_that_was_created_on_one_cluster_is_not_kept_alive_on_another_in_another_tab() {
    let mut browser = Browser::default();
    let (one, two) = (browser.tab(Store::new()), browser.tab(Store::new()));
    let mut page = browser.open(one, "/livy", "#/new", true);
    page.journey.create_beating("etl", 60);
    page.journey.pass(10);
    browser.keep(&page);
    assert_eq!(browser.own_of(&page).len(), 1);
    // The other cluster has a session with the same id and name, which is somebody else's.
    let mut theirs = Journey::at("#/new");
    theirs.create_beating("etl", 60);
    theirs.pass(10);
    let mut other = browser.open(two, "/livy2", "#/", true);
    other.journey.cluster = theirs.cluster;
    other.journey.now = 10_000;
    assert_eq!(browser.own_of(&other), []);
    other.journey.tell(Event::RefreshAsked);
    other.journey.pass(60);
    assert_eq!(other.journey.calls_since(0, |it| matches!(it, Call::Session(_))), 0, "it is only looked at");
    // A tab of the first cluster knows it for its own.
    let three = browser.tab(Store::new());
    let again = browser.open(three, "https://host/livy", "#/", true);
    assert_eq!(browser.own_of(&again).len(), 1);
}

#[test]
fn a_duplicated_tab_neither_looks_for_nor_claims_nor_repeats_the_other_s_create() {
    for with_locks in [true, false] {
        let mut browser = Browser::default();
        let tab = browser.tab(Store::new());
        let mut page = browser.open(tab, "/livy", "#/new", with_locks);
        page.journey.create("etl");
        page.journey.pass(20);
        page.journey.tell(Event::Hidden);
        page.journey.tell(Event::Shown);
        page.journey.tell(Event::Opened(console::Route::New));
        page.journey.create("never-arrives");
        page.journey.pass(5);
        browser.keep(&page);
        let copy = browser.tabs[tab].clone();
        let tab = browser.tab(copy);
        let mut copy = browser.open(tab, "/livy", "#/sessions/0", with_locks);
        assert_ne!(copy.names.document, page.names.document);
        assert!(copy.journey.model.create().is_none());
        let watch = copy.journey.model.watch().unwrap();
        assert!(
            watch.session().is_none() && watch.timeline().is_empty(),
            "what the other one watched is its own"
        );
        copy.journey.pass(60);
        assert_eq!((asked_for(&copy.journey, "never-arrives"), copy.journey.posts()), (0, 0));
        // Its own reload goes on with itself, and the other one's with the other, also when the first one is gone.
        let document = copy.names.document.clone();
        browser.leave(copy);
        let first = page.names.document.clone();
        browser.leave(page);
        let copy = browser.open(tab, "/livy", "#/new", with_locks);
        assert_eq!(copy.names.document, document);
        assert!(copy.journey.model.create().is_none());
        let page = browser.open(0, "/livy", "#/new", with_locks);
        assert_eq!((page.names.document, page.journey.word()), (first, "unknown"));
    }
}

#[test]
fn two_tabs_that_send_under_one_typed_name_at_once_make_one_session_of_one_tab() {
    let mut browser = Browser::default();
    let (one, two) = (browser.tab(Store::new()), browser.tab(Store::new()));
    let mut page = browser.open(one, "/livy", "#/new", true);
    let mut other = browser.open(two, "/livy", "#/new", true);
    // Both find the name free.
    other.journey.create("etl");
    page.journey.create("etl");
    page.journey.pass(1);
    browser.keep(&page);
    assert_eq!((page.journey.word(), page.journey.posts()), ("created", 1));
    other.journey.cluster = page.journey.cluster.clone();
    // The browser reports what another tab has written.
    other.journey.tell(Event::Owned(browser.own_of(&other)));
    other.journey.pass(5);
    assert!(matches!(other.journey.stage(), Stage::Taken(_)), "{:?}", other.journey.stage());
    assert_eq!((other.journey.word(), other.journey.posts()), ("refused", 1));
    assert_eq!(other.journey.model.route(), &console::Route::New, "the form stays");
}

#[test]
fn what_an_older_version_left_of_a_create_is_offered_nowhere() {
    let intent = Intent { name: "etl".into(), kind: "pyspark".into(), sent: console::Moment::default() };
    let old = [
        ("livy-console:intent".to_owned(), intent.to_storage()),
        ("livy-console:draft".to_owned(), "{}".to_owned()),
    ];
    let mut browser = Browser::default();
    let tab = browser.tab(old.into());
    let mut page = browser.open(tab, "/livy2", "#/new", true);
    page.journey.pass(60);
    assert!(page.journey.model.create().is_none());
    assert_eq!((asked_for(&page.journey, "etl"), page.journey.posts()), (0, 0));
    assert!(browser.tabs[tab].contains_key(&page.names.name(ClusterKey::Draft)));
}

#[test]
fn two_consoles_of_one_page_each_have_their_own_create_and_one_list_of_own_sessions() {
    let mut browser = Browser::default();
    let tab = browser.tab(Store::new());
    let here = Cluster::of(&BaseUrl::parse("/livy").unwrap(), "https://host/a/");
    let beside = here.clone().beside(std::slice::from_ref(&here));
    let mut first = browser.open_on(tab, here.clone(), "#/new", true);
    first.journey.create("never-arrives");
    first.journey.pass(5);
    browser.keep(&first);
    let mut second = browser.open_on(tab, beside.clone(), "#/new", true);
    assert!(!second.journey.model.is_creating(), "the form of the second one is free");
    second.journey.create("etl");
    second.journey.pass(5);
    assert_eq!((second.journey.word(), asked_for(&second.journey, "never-arrives")), ("created", 0));
    browser.keep(&second);
    assert_eq!(browser.own_of(&first).len(), 1, "both keep it alive");
    // A space that the host has named shares nothing.
    let other = browser.open_on(tab, here.clone().in_space("someone"), "#/", true);
    assert!(browser.own_of(&other).is_empty());
    // After a reload each finds its own.
    for page in [first, second] {
        browser.leave(page);
    }
    let first = browser.open_on(tab, here, "#/", true);
    let second = browser.open_on(tab, beside, "#/", true);
    assert_eq!((first.journey.word(), second.journey.model.is_creating()), ("unknown", false));
}
