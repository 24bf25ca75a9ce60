//! What the machine knows, as signals for the screen. A signal is set only when its value has changed, so that a poll without
//! news notifies nobody.

use std::sync::Arc;
use std::time::Duration;

use console::{
    Create, Deletion, Ending, Expiry, Found, Fresh, Freshness, Intent, LineLink, ListRows, Model, Moment,
    PersonKey, RememberedSession, Route, Since, Stage, StateSpan, Watch,
};
use leptos::prelude::{Get, GetUntracked, RwSignal, Set, WithUntracked};
use livy::{Address, CallError, Session, SessionId, SessionPage};

use crate::web::browser::storage;
use crate::web::browser::time::Clock;

/// One console's signals.
#[derive(Clone, Copy)]
pub struct Board {
    /// The page that is open.
    pub route: RwSignal<Route>,
    /// How fresh it is. Ticks.
    pub fresh: RwSignal<Fresh>,
    /// Which Livy answers.
    pub version: RwSignal<Option<String>>,
    /// The newest sessions.
    pub list: RwSignal<Option<Arc<SessionPage>>>,
    /// Its rows as they are drawn.
    pub rows: RwSignal<Arc<ListRows>>,
    /// Why the list cannot be refreshed, once that is worth a word.
    pub list_trouble: RwSignal<Option<CallError>>,
    /// Sessions that this page remembers and the list does not have.
    pub remembered: RwSignal<Vec<RememberedSession>>,
    /// The sessions that end when the tab is closed: their addresses and names.
    pub kept_alive: RwSignal<Vec<(String, String)>>,
    /// Whether moments are shown in UTC.
    pub in_utc: RwSignal<bool>,
    /// How moments are written today.
    today: RwSignal<Clock>,
    /// The session that is looked at.
    pub watch: RwSignal<Option<Seen>>,
    /// Rises with each new row of its log.
    pub log_revision: RwSignal<u64>,
    /// The line that a link names, until it is found.
    pub line_link: RwSignal<Option<LineLink>>,
    /// What became of the last create.
    pub create: RwSignal<Option<Fate>>,
    /// For how long a create has been under way, to the second.
    pub create_age: RwSignal<Option<Duration>>,
    /// The session that was created in this browser last, while it is still known.
    pub last_own: RwSignal<Option<SessionId>>,
    /// The name that rested in the form and the session that has it already.
    pub name_taken: RwSignal<Option<(String, SessionId)>>,
    /// Rises when the browser tells something new about calls without an answer.
    pub evidence_revision: RwSignal<u64>,
    /// What a link's query said that its page cannot use.
    pub unused_query: RwSignal<Vec<String>>,
}

/// The watched session without its log.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// By what it was asked for.
    pub address: Address,
    /// The last good answer.
    pub session: Option<Arc<Session>>,
    /// When this page first saw it.
    pub seen_since: Moment,
    /// Since when it is in its state.
    pub since: Since,
    /// Why nothing more will come.
    pub ending: Option<Ending>,
    /// What became of a delete.
    pub deletion: Deletion,
    /// How long it has been on its way, in whole seconds.
    pub deleting_for: Option<Duration>,
    /// Why it cannot be refreshed, once that is worth a word.
    pub trouble: Option<CallError>,
    /// Why its log cannot be read.
    pub log_error: Option<CallError>,
    /// The states it was seen in.
    pub timeline: Vec<StateSpan>,
    /// Why it ended, the likeliest first.
    pub why: Arc<Vec<Found>>,
    /// Whether that says why it ended.
    pub is_explained: bool,
    /// True while it is read from the list, so that looking does not keep it alive.
    pub only_looks: bool,
    /// True when the list has others.
    pub is_unlisted: bool,
    /// What will end it by itself.
    pub expiries: Vec<Expiry>,
    /// The one that may soon end this browser's own session.
    pub ends_soon: Option<Expiry>,
    /// Its last lines, as the list tells them.
    pub tail: Arc<Vec<String>>,
    /// True for what this browser has kept beyond its tab.
    pub is_recalled: bool,
    /// When the last good answer came, while refreshing fails or once it is over.
    pub kept_at: Option<Moment>,
}

/// A create without its request.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// The word of the page's contract.
    pub word: Option<&'static str>,
    /// How far it has come.
    pub stage: Stage,
    /// Its name and kind.
    pub intent: Intent,
}

impl Board {
    /// Before the machine has said anything.
    pub fn new() -> Self {
        let fresh =
            Fresh { freshness: Freshness::Waiting, text: String::new(), trouble: None, answered: None };
        let in_utc = storage::read(PersonKey::Utc).is_some();
        Self {
            route: RwSignal::new(Route::Sessions),
            fresh: RwSignal::new(fresh),
            version: RwSignal::new(None),
            list: RwSignal::new(None),
            rows: RwSignal::new(Arc::default()),
            list_trouble: RwSignal::new(None),
            remembered: RwSignal::new(Vec::new()),
            kept_alive: RwSignal::new(Vec::new()),
            in_utc: RwSignal::new(in_utc),
            today: RwSignal::new(Clock::present(in_utc)),
            watch: RwSignal::new(None),
            log_revision: RwSignal::new(0),
            line_link: RwSignal::new(None),
            create: RwSignal::new(None),
            create_age: RwSignal::new(None),
            last_own: RwSignal::new(None),
            name_taken: RwSignal::new(None),
            evidence_revision: RwSignal::new(0),
            unused_query: RwSignal::new(Vec::new()),
        }
    }

    /// How moments are written. To be asked where they are drawn: it changes at midnight, and when a person wants UTC.
    pub fn clock(&self) -> Clock {
        self.today.get()
    }

    /// Moments in UTC from now on, or by the clock on the wall.
    pub fn write_in_utc(&self, in_utc: bool) {
        storage::write(PersonKey::Utc, in_utc.then_some("on"));
        self.in_utc.set(in_utc);
        set(self.today, Clock::present(in_utc));
    }

    /// Shows what the machine knows now.
    pub fn publish(&self, model: &Model, now: Moment) {
        set(self.route, model.route().clone());
        set(self.today, Clock::present(self.in_utc.get_untracked()));
        set(self.evidence_revision, model.evidence_revision());
        set(self.fresh, model.fresh(now));
        set(self.version, model.version().map(|it| it.short().to_owned()));
        let same_page = |it: &Option<Arc<SessionPage>>| match (it, model.list().page()) {
            (Some(shown), Some(known)) => Arc::ptr_eq(shown, known),
            (shown, known) => shown.is_none() && known.is_none(),
        };
        if !self.list.with_untracked(same_page) {
            self.list.set(model.list().page().cloned());
        }
        if !self.rows.with_untracked(|it| Arc::ptr_eq(it, model.list().rows())) {
            self.rows.set(model.list().rows().clone());
        }
        set(self.list_trouble, model.list().trouble().cloned());
        set(self.remembered, model.remembered());
        set(self.watch, model.watch().map(|it| Seen::of(it, now)));
        set(self.kept_alive, kept_alive(model));
        set(self.log_revision, model.watch().map_or(0, |it| it.log().revision()));
        set(self.create, model.create().map(Fate::of));
        let age = model.create().and_then(|it| it.age(now));
        set(self.create_age, age.map(|it| Duration::from_secs(it.as_secs())));
        set(self.last_own, model.last_own().map(|it| it.id.clone()));
        let taken =
            model.name_check().and_then(|it| Some((it.name().as_str().to_owned(), it.taken()?.clone())));
        set(self.name_taken, taken);
    }
}

impl Seen {
    fn of(watch: &Watch, now: Moment) -> Self {
        let trouble = watch.trouble().cloned();
        let kept = trouble.is_some() || watch.ending().is_some();
        Self {
            address: watch.address().clone(),
            session: watch.session().cloned(),
            seen_since: watch.seen_since(),
            since: watch.since(),
            ending: watch.ending(),
            deletion: watch.deletion().clone(),
            deleting_for: watch.deleting_for(now),
            trouble,
            log_error: watch.log_error().cloned(),
            timeline: watch.timeline().to_vec(),
            why: watch.why().clone(),
            is_explained: watch.is_explained(),
            only_looks: watch.only_looks(),
            is_unlisted: watch.is_unlisted(),
            expiries: watch.expiries(now),
            ends_soon: watch.ends_soon(now),
            tail: watch.tail().clone(),
            is_recalled: watch.is_recalled(),
            kept_at: watch.answered().filter(|_| kept),
        }
    }
}

impl Fate {
    fn of(create: &Create) -> Self {
        Self { word: create.word(), stage: create.stage.clone(), intent: create.intent.clone() }
    }
}

fn kept_alive(model: &Model) -> Vec<(String, String)> {
    let name =
        |id: &SessionId, name: Option<&str>| name.map_or_else(|| format!("session {id}"), str::to_owned);
    model.kept_alive().map(|(id, told)| (Route::of(id).href(), name(id, told))).collect()
}

/// Sets a signal to a value that differs from its own.
fn set<T: PartialEq + Clone + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_get_untracked().is_some_and(|it| it != value) {
        signal.set(value);
    }
}
