//! Performs the machine's effects and reports to it what happens. It and the form's driver own the only timers.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::time::Duration;

use console::{ClusterKey, Effect, Event, Model, Moment, OwnedSession, Part, Place, Route};
use js_sys::Reflect;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use livy::{BaseUrl, Call};
use web_sys::AbortController;

use crate::web::browser::page::is_hidden;
use crate::web::browser::random::random;
use crate::web::browser::record_store::RecordStore;
use crate::web::browser::storage::Storage;
use crate::web::browser::time::now;
use crate::web::browser::witness::Witness;
use crate::web::browser::{address, fetch, listen, task};
use crate::web::form_box::{FormBox, FormRequest};
use crate::web::link_query::LinkQuery;
use crate::web::news::News;
use crate::web::parts::{Arrived, Fetch, Parts};
use crate::web::split::Missing;

/// One console's machine and its hands.
pub struct Driver {
    myself: Weak<Self>,
    model: RefCell<Model>,
    base: BaseUrl,
    news: News,
    query: LinkQuery,
    parts: Parts,
    fetch: Fetch,
    form: FormBox,
    witness: Witness,
    record_store: RecordStore,
    storage: Storage,
    /// When it rings at the latest, and the timer itself.
    timer: RefCell<Option<(Moment, TimeoutHandle)>>,
    in_flight: RefCell<Vec<(u64, AbortController)>>,
}

impl Driver {
    /// Starts the machine at the page's present address.
    pub fn start(
        base: BaseUrl,
        news: News,
        query: LinkQuery,
        form: FormBox,
        fetch: Fetch,
        record_store: RecordStore,
        storage: Storage,
    ) -> Rc<Self> {
        let intent = storage.read(ClusterKey::Intent);
        let place = Place::parse(&address::hash());
        if record_store.is_forbidden() {
            storage.write(ClusterKey::Watched, None);
        }
        let carried = storage.read(ClusterKey::Watched);
        let (model, effects) = Model::new(place.route.clone(), intent, carried, random(), now());
        let driver = Rc::new_cyclic(|myself| Self {
            myself: myself.clone(),
            model: RefCell::new(model),
            base,
            news,
            query,
            parts: Parts::default(),
            fetch,
            form,
            witness: Witness::default(),
            record_store,
            storage,
            timer: RefCell::default(),
            in_flight: RefCell::default(),
        });
        // Without an effect: it only says where the page is.
        driver.model.borrow_mut().update(Event::Witnessed(driver.witness.evidence(&driver.base)), now());
        if is_hidden() {
            driver.model.borrow_mut().update(Event::Hidden, now());
        }
        let claimed = driver.model.borrow_mut().update(Event::Owned(driver.owned()), now());
        driver.take_query(place);
        driver.carry_out(effects.into_iter().chain(claimed).collect());
        driver.listen();
        if record_store.cap().is_some() {
            driver.keeping_switched();
        }
        driver
    }

    /// The sessions that this browser remembers as its own.
    fn owned(&self) -> Vec<OwnedSession> {
        self.storage.read(ClusterKey::Own).map(|it| OwnedSession::list_from_storage(&it)).unwrap_or_default()
    }

    /// Keeps what the next page of this tab is to know.
    fn carry(&self, carried: Option<&str>) {
        if self.record_store.is_forbidden() {
            return;
        }
        if !self.storage.write(ClusterKey::Watched, carried) && carried.is_some() {
            let less = self.model.borrow_mut().update(Event::NoRoom, now());
            self.carry_out(less);
        }
    }

    /// Where the cluster is asked.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Looks at what the machine knows.
    pub fn look<T>(&self, at: impl FnOnce(&Model) -> T) -> T {
        at(&self.model.borrow())
    }

    /// Tells the machine what has happened, and does what it wants.
    pub fn tell(&self, event: Event) {
        let effects = self.model.borrow_mut().update(event, now());
        self.carry_out(effects);
    }

    /// Whether ended sessions are kept has been decided: what there is already is read.
    pub fn keeping_switched(&self) {
        self.tell(Event::KeepingSet(self.record_store.cap()));
    }

    /// The parts of the program.
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Fetches a part of the program, unless it is here or on its way.
    pub fn need(&self, part: Part) {
        if !self.parts.ask(part, now()) {
            return;
        }
        self.news.notify();
        let (driver, coming) = (self.myself.clone(), (self.fetch)(part));
        task::begin(Box::pin(async move {
            let arrived = coming.await;
            if let Some(driver) = driver.upgrade() {
                driver.arrived(part, arrived);
            }
        }));
    }

    /// Keeps, reads or takes away what is beyond the tab, once what does it is here.
    fn keep(&self, effect: Effect) {
        match self.parts.keep() {
            Some(keep) => self.hear(keep(self.record_store, effect)),
            None => {
                self.parts.wait(effect);
                self.need(Part::Memory);
            }
        }
    }

    fn arrived(&self, part: Part, arrived: Result<Arrived, Missing>) {
        let Ok(arrived) = arrived else {
            self.parts.failed(part);
            self.tell(Event::PartMissing(part));
            return;
        };
        self.parts.arrived(part, &arrived);
        self.parts.waited().into_iter().for_each(|it| self.keep(it));
        let lent = arrived.lent.map(|it| self.model.borrow_mut().lend(it, now()));
        self.carry_out(lent.unwrap_or_default());
    }

    /// Tells what the browser is asked for once, when it comes.
    fn hear(&self, coming: Pin<Box<dyn Future<Output = Option<Event>>>>) {
        let driver = self.myself.clone();
        task::begin(Box::pin(async move {
            if let (Some(event), Some(driver)) = (coming.await, driver.upgrade()) {
                driver.tell(event);
            }
        }));
    }

    fn carry_out(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Call { ticket, call } => self.send(ticket, call),
                Effect::Abandon(ticket) => self.end_flight(ticket, true),
                Effect::Go(route) => address::go(&route.href()),
                Effect::Replace(route) => address::replace(&route.href()),
                Effect::Remember(intent) => {
                    self.storage.write(ClusterKey::Intent, intent.as_deref());
                }
                Effect::Settled(token) => self.form.send(FormRequest::Settled(token)),
                Effect::Need(part) => self.need(part),
                Effect::Carry(carried) => self.carry(carried.as_deref()),
                Effect::Recall | Effect::RecallLog(_) | Effect::Keep(_) | Effect::ForgetKept => {
                    self.keep(effect);
                }
                // No host listens yet.
                Effect::Announce(_) => {}
                Effect::Own(own) => {
                    // Other tabs add to the same list.
                    let all = OwnedSession::list_merged(self.owned(), &own);
                    self.storage.write(ClusterKey::Own, Some(&OwnedSession::list_to_storage(&all)));
                }
            }
        }
        self.news.notify();
        self.sleep_until_wanted(now());
    }

    fn send(&self, ticket: u64, call: Call) {
        let (Some(driver), Ok(controller)) = (self.myself.upgrade(), AbortController::new()) else { return };
        let signal = controller.signal();
        self.in_flight.borrow_mut().push((ticket, controller));
        wasm_bindgen_futures::spawn_local(async move {
            let result = fetch::perform(&call, &driver.base, &signal).await;
            if result.is_err() && driver.witness.evidence(&driver.base).could_redirect() {
                driver.witness.redirected(fetch::redirects(&driver.base, &signal).await);
            }
            driver.end_flight(ticket, false);
            match &result {
                Ok(_) => driver.witness.answered(),
                // Before its answer, so that the failure is judged by what was true then.
                Err(_) => driver.bear_witness(),
            }
            driver.tell(Event::Answered { ticket, result });
        });
    }

    fn bear_witness(&self) {
        self.tell(Event::Witnessed(self.witness.evidence(&self.base)));
    }

    fn end_flight(&self, ticket: u64, abort: bool) {
        self.in_flight.borrow_mut().retain(|(it, controller)| {
            if *it == ticket && abort {
                controller.abort();
            }
            *it != ticket
        });
    }

    fn sleep_until_wanted(&self, now: Moment) {
        let due = self.model.borrow().next_wakeup(now);
        // Of what happens between two ticks most changes nothing about the next one.
        if self.timer.borrow().as_ref().is_some_and(|(rings, _)| now < *rings && *rings <= due) {
            return;
        }
        let wait = due.since(now);
        let driver = self.myself.clone();
        let wake = move || {
            if let Some(driver) = driver.upgrade() {
                driver.tell(Event::Woke);
            }
        };
        // Not under 50 ms: a due moment in the past must not become a busy loop.
        let timer = set_timeout_with_handle(wake, wait.max(Duration::from_millis(50))).ok();
        if let Some((_, last)) = self.timer.replace(timer.map(|it| (due, it))) {
            last.clear();
        }
    }

    fn listen(self: &Rc<Self>) {
        let on = |name: &'static str, happened: fn(&Self)| {
            let driver = Rc::clone(self);
            listen::always(name, move |_| happened(&driver));
        };
        on("hashchange", |it| {
            let place = Place::parse(&address::hash());
            let route = place.route.clone();
            it.take_query(place);
            it.tell(Event::Opened(route));
        });
        for (name, happened) in [("online", Event::CameOnline), ("offline", Event::WentOffline)] {
            let driver = Rc::clone(self);
            listen::always(name, move |_| {
                driver.bear_witness();
                driver.tell(happened.clone());
            });
        }
        let driver = Rc::clone(self);
        let violated = move |event: web_sys::Event| {
            driver.witness.violated(&event, &driver.base);
            // It can come after the failure that it explains.
            driver.bear_witness();
        };
        listen::always("securitypolicyviolation", violated);
        on("visibilitychange", |it| it.tell(if is_hidden() { Event::Hidden } else { Event::Shown }));
        on("pagehide", |it| it.tell(Event::Left));
        // Another tab of this browser has changed what they share of this cluster; or all was cleared, which has no key.
        let driver = Rc::clone(self);
        let changed = move |event: web_sys::Event| {
            let key = Reflect::get(&event, &"key".into()).ok().and_then(|it| it.as_string());
            if key.is_none() || key == driver.storage.name(ClusterKey::Own) {
                driver.tell(Event::Owned(driver.owned()));
            }
        };
        listen::always("storage", changed);
    }

    /// A link's query is taken once: a reload must not undo what was typed since. The form's stays in the address until the form
    /// has come and taken it.
    fn take_query(&self, place: Place) {
        if place.query.is_empty() {
            // Kept while the same page stays, for the address was corrected by this very function.
            if place.route != Route::New {
                self.query.cannot_use(Vec::new());
            }
            return;
        }
        if place.route == Route::New {
            self.form.send(FormRequest::Link(place.query));
            return;
        }
        let href = place.route.href();
        self.query.take(place);
        address::replace(&href);
    }
}
