//! Performs the machine's effects and reports to it what happens. It and the form's driver own the only timers.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::time::Duration;

use console::{ClusterKey, Effect, Event, Model, Moment, OwnedSession, Part, Place, Route};
use js_sys::Reflect;
use livy::{BaseUrl, Call};

use crate::web::browser::document::Stay;
use crate::web::browser::listen::Ear;
use crate::web::browser::page::is_hidden;
use crate::web::browser::random::random;
use crate::web::browser::record_store::RecordStore;
use crate::web::browser::router::Router;
use crate::web::browser::storage::Storage;
use crate::web::browser::surroundings::{Surroundings, Timer};
use crate::web::browser::time::now;
use crate::web::browser::witness::Witness;
use crate::web::browser::{address, fetch};
use crate::web::flights::Flights;
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
    around: Surroundings,
    router: Router,
    news: News,
    query: LinkQuery,
    parts: Parts,
    fetch: Fetch,
    form: FormBox,
    witness: Witness,
    record_store: RecordStore,
    storage: Storage,
    /// When it rings at the latest, and the timer itself.
    timer: RefCell<Option<(Moment, Timer)>>,
    flights: Flights,
    ears: RefCell<Vec<Ear>>,
    /// Whose keys these are, as long as this console is open.
    _stay: Stay,
}

/// What a console is given at its start.
pub struct Start {
    /// Where the cluster is asked.
    pub base: BaseUrl,
    /// What is outside of the console.
    pub around: Surroundings,
    /// Where its routes are.
    pub router: Router,
    /// Whose keys the storage has.
    pub stay: Stay,
}

impl Driver {
    /// Starts the machine at the page's present address.
    pub fn start(
        Start { base, around, router, stay }: Start,
        news: News,
        query: LinkQuery,
        form: FormBox,
        fetch: Fetch,
        record_store: RecordStore,
        storage: Storage,
    ) -> Rc<Self> {
        let intent = storage.read(ClusterKey::Intent);
        let place = Place::parse(&router.here());
        if record_store.is_forbidden() {
            storage.write(ClusterKey::Watched, None);
        }
        let carried = storage.read(ClusterKey::Watched);
        let (model, effects) = Model::new(place.route.clone(), intent, carried, random(), now());
        let driver = Rc::new_cyclic(|myself| Self {
            myself: myself.clone(),
            model: RefCell::new(model),
            base,
            around,
            router,
            news,
            query,
            parts: Parts::default(),
            fetch,
            form,
            witness: Witness::default(),
            record_store,
            storage,
            timer: RefCell::default(),
            flights: Flights::default(),
            ears: RefCell::default(),
            _stay: stay,
        });
        // Without an effect: it only says where the page is.
        driver.model.borrow_mut().update(Event::Witnessed(driver.witness.evidence(&driver.base)), now());
        if is_hidden() {
            driver.model.borrow_mut().update(Event::Hidden, now());
        }
        let claimed = driver.model.borrow_mut().update(Event::Owned(driver.owned()), now());
        driver.take_query(place);
        driver.carry_out(effects.into_iter().chain(claimed).collect());
        driver.ears.replace(driver.listen());
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
        self.around.begin(Box::pin(async move {
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
        self.around.begin(Box::pin(async move {
            if let (Some(event), Some(driver)) = (coming.await, driver.upgrade()) {
                driver.tell(event);
            }
        }));
    }

    fn carry_out(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Call { ticket, call } => self.send(ticket, call),
                Effect::Abandon(ticket) => self.flights.abandon(ticket),
                Effect::Go(route) => self.go(&route),
                Effect::Replace(route) => self.replace(&route.href()),
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
        let Some(signal) = self.flights.begin(ticket, &call) else { return };
        let (driver, base) = (self.myself.clone(), self.base.clone());
        // The console may be closed before the answer.
        self.around.begin(Box::pin(async move {
            let result = fetch::perform(&call, &base, &signal).await;
            if result.is_err()
                && driver.upgrade().is_some_and(|it| it.witness.evidence(&base).could_redirect())
            {
                let redirects = fetch::redirects(&base, &signal).await;
                if let Some(driver) = driver.upgrade() {
                    driver.witness.redirected(redirects);
                }
            }
            let Some(driver) = driver.upgrade() else { return };
            driver.flights.end(ticket);
            match &result {
                Ok(_) => driver.witness.answered(),
                // Before its answer, so that the failure is judged by what was true then.
                Err(_) => driver.bear_witness(),
            }
            driver.tell(Event::Answered { ticket, result });
        }));
    }

    fn bear_witness(&self) {
        self.tell(Event::Witnessed(self.witness.evidence(&self.base)));
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
        let timer = self.around.after(wait.max(Duration::from_millis(50)), wake);
        self.timer.replace(timer.map(|it| (due, it)));
    }

    fn listen(&self) -> Vec<Ear> {
        type Happened = Box<dyn Fn(&Driver, web_sys::Event)>;
        fn boxed(driver: Weak<Driver>, name: &'static str, happened: Happened) -> Ear {
            Ear::new(name, move |event| {
                if let Some(driver) = driver.upgrade() {
                    happened(&driver, event);
                }
            })
        }
        let on = |name, happened| boxed(self.myself.clone(), name, happened);
        let mut ears = vec![
            on("online", Box::new(|it, _| it.line_changed(Event::CameOnline))),
            on("offline", Box::new(|it, _| it.line_changed(Event::WentOffline))),
            on(
                "securitypolicyviolation",
                Box::new(|it, event| {
                    it.witness.violated(&event, &it.base);
                    // It can come after the failure that it explains.
                    it.bear_witness();
                }),
            ),
            on(
                "visibilitychange",
                Box::new(|it, _| it.tell(if is_hidden() { Event::Hidden } else { Event::Shown })),
            ),
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
        ];
        if let Router::Page = self.router {
            ears.push(on("hashchange", Box::new(|it, _| it.moved())));
        }
        ears
    }

    fn line_changed(&self, event: Event) {
        self.bear_witness();
        self.tell(event);
    }

    /// The place is another one.
    pub fn moved(&self) {
        let place = Place::parse(&self.router.here());
        let route = place.route.clone();
        self.take_query(place);
        self.tell(Event::Opened(route));
    }

    /// Goes to a page, as a step in the history where the page's address says where the console is.
    pub fn go(&self, route: &Route) {
        self.go_to(&route.href());
    }

    /// Goes to a place, as it stands behind `#`.
    pub fn go_to(&self, place: &str) {
        match &self.router {
            // Comes back as `hashchange`.
            Router::Page => address::go(place),
            Router::Element { .. } => {
                self.router.set(place);
                self.moved();
            }
        }
    }

    /// Corrects the place, which stays the same page.
    fn replace(&self, place: &str) {
        match &self.router {
            Router::Page => address::replace(place),
            Router::Element { .. } => self.router.set(place),
        }
    }

    /// The form has taken what its link said: a reload must not undo what is typed from now on. The person may be on the way to
    /// another page.
    pub fn form_has_taken_its_link(&self) {
        if Place::parse(&self.router.here()).route == Route::New {
            self.replace(&Route::New.href());
        }
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
        self.replace(&href);
    }
}
