//! Performs the machine's effects and reports to it what happens. It and the form's driver own the only timers.

mod listening;
mod places;

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::time::Duration;

use console::{
    ClusterKey, Effect, Event, Lent, ListQuery, Model, Moment, OwnedSession, Part, PersonKey, Place, Route,
};
use livy::{BaseUrl, Call};

use crate::web::access::Access;
use crate::web::browser::document::Stay;
use crate::web::browser::listen::Ear;
use crate::web::browser::page::is_hidden;
use crate::web::browser::random::random;
use crate::web::browser::record_store::RecordStore;
use crate::web::browser::router::Router;
use crate::web::browser::storage::{self, Storage};
use crate::web::browser::surroundings::{Surroundings, Timer};
use crate::web::browser::time::now;
use crate::web::browser::witness::Witness;
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
    /// What tells the cluster from the others in an address.
    key: Option<String>,
    /// Its name; empty where its host gave it none.
    title: String,
    access: Rc<Access>,
    around: Surroundings,
    router: Router,
    is_shown: Cell<bool>,
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
    /// Asks before the page goes, while there is something to lose.
    guard: RefCell<Option<Ear>>,
    /// Whose keys these are, as long as this console is open.
    _stay: Stay,
}

/// What a console is given at its start.
pub struct Start {
    /// Where the cluster is asked.
    pub base: BaseUrl,
    /// What tells it from the others in an address.
    pub key: Option<String>,
    /// Its name; empty where its host gave it none.
    pub title: String,
    /// How it is asked.
    pub access: Access,
    /// The place that is open.
    pub place: Place,
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
        Start { base, key, title, access, place, around, router, stay }: Start,
        news: News,
        query: LinkQuery,
        form: FormBox,
        fetch: Fetch,
        record_store: RecordStore,
        storage: Storage,
    ) -> Rc<Self> {
        let intent = storage.read(ClusterKey::Intent);
        if record_store.is_forbidden() {
            storage.write(ClusterKey::Watched, None);
        }
        let carried = storage.read(ClusterKey::Watched);
        let (model, effects) = Model::new(place.route.clone(), intent, carried, random(), now());
        let driver = Rc::new_cyclic(|myself| Self {
            myself: myself.clone(),
            model: RefCell::new(model),
            base,
            key,
            title,
            access: Rc::new(access),
            around,
            router,
            is_shown: Cell::new(true),
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
            guard: RefCell::default(),
            _stay: stay,
        });
        // Without an effect: it only says where the page is.
        driver.model.borrow_mut().update(Event::Witnessed(driver.witness.evidence(&driver.base)), now());
        if is_hidden() {
            driver.model.borrow_mut().update(Event::Hidden, now());
        }
        let claimed = driver.model.borrow_mut().update(Event::Owned(driver.owned()), now());
        driver.carry_out(effects.into_iter().chain(claimed).collect());
        if place.route == Route::Sessions {
            driver.tell(Event::Queried(ListQuery::read(&place.query).0));
        }
        driver.take_query(place);
        if let Some(ends) = driver.storage.read(ClusterKey::Ends) {
            driver.tell(Event::EndsCarried(ends));
        }
        driver.ears.replace(driver.listen());
        driver.joins_others();
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

    /// What tells the cluster from the others in an address.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// The cluster's name; empty where its host gave it none.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where the cluster is asked.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// True where the cluster is only pretended.
    pub fn is_demo(&self) -> bool {
        self.access.is_demo()
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
        let style = match part {
            Part::Form => Some("form"),
            Part::Session => Some("session"),
            Part::Fleet => Some("fleet"),
            Part::Statements => Some("statements"),
            Part::Memory | Part::Create | Part::Notice | Part::Cause => None,
        };
        let style = style.and_then(|it| self.around.host()?.style(it));
        self.around.begin(Box::pin(async move {
            let mut arrived = coming.await;
            // A page without its style is one that did not come.
            if let Some(style) = style
                && style.await.is_err()
            {
                arrived = Err(Missing);
            }
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
            self.announce_missing(part);
            return;
        };
        self.parts.arrived(part, &arrived);
        self.parts.waited().into_iter().for_each(|it| self.keep(it));
        let lent = arrived.lent.map(|it| self.model.borrow_mut().lend(self.addressed(it), now()));
        self.carry_out(lent.unwrap_or_default());
    }

    /// What is lent, with what this browser and this tab remember for it.
    fn addressed(&self, mut lent: Lent) -> Lent {
        if let Lent::Statements(lend) = &mut lent {
            lend.browser = own_number();
            lend.intent = self.storage.read(ClusterKey::Run);
        }
        lent
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
                Effect::Abandon(ticket) => self.flights.end(ticket),
                Effect::Go(route) => self.go(&route),
                Effect::Replace(route) => self.replace(&route),
                Effect::Remember(intent) => {
                    self.storage.write(ClusterKey::Intent, intent.as_deref());
                }
                Effect::RememberRun(intent) => {
                    self.storage.write(ClusterKey::Run, intent.as_deref());
                }
                Effect::Settled(token) => self.form.send(FormRequest::Settled(token)),
                Effect::Need(part) => self.need(part),
                Effect::Carry(carried) => self.carry(carried.as_deref()),
                Effect::CarryEnds(ends) => {
                    self.storage.write(ClusterKey::Ends, ends.as_deref());
                }
                Effect::ShowQuery(query) => self.show_query(&query),
                Effect::Recall
                | Effect::RecallLog(_)
                | Effect::RecallStatements(_)
                | Effect::Keep(_)
                | Effect::ForgetStatements
                | Effect::ForgetKept => self.keep(effect),
                Effect::Guard(guards) => {
                    // The browser has its own words for the question.
                    let ear = guards.then(|| Ear::new("beforeunload", |event| event.prevent_default()));
                    self.guard.replace(ear);
                }
                // No host listens yet.
                Effect::Announce(announcement) => self.announce(announcement),
                Effect::Own(own) => {
                    // Other tabs add to the same list.
                    let all = OwnedSession::list_merged(self.owned(), &own);
                    self.storage.write(ClusterKey::Own, Some(&OwnedSession::list_to_storage(&all)));
                    self.tell_neighbours();
                }
            }
        }
        self.news.notify();
        self.sleep_until_wanted(now());
    }

    fn send(&self, ticket: u64, call: Call) {
        let Some(signal) = self.flights.begin(ticket, &call) else { return };
        let (driver, base, access) = (self.myself.clone(), self.base.clone(), Rc::clone(&self.access));
        // The console may be closed before the answer.
        self.around.begin(Box::pin(async move {
            let result = access.perform(&call, &signal).await;
            if result.is_err()
                && driver.upgrade().is_some_and(|it| it.witness.evidence(&base).could_redirect())
            {
                let redirects = access.redirects(&signal).await;
                if let Some(driver) = driver.upgrade() {
                    driver.witness.redirected(redirects);
                }
            }
            let Some(driver) = driver.upgrade() else { return };
            // Also breaks off what was not read to its end.
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
                // It rings no more, also where the clock was set back meanwhile and says that it is still to ring.
                driver.timer.take();
                driver.tell(Event::Woke);
            }
        };
        // Not under 50 ms: a due moment in the past must not become a busy loop.
        let timer = self.around.after(wait.max(Duration::from_millis(50)), wake);
        self.timer.replace(timer.map(|it| (due, it)));
    }
}

/// This browser's own number, which it gets when it is first asked for.
fn own_number() -> u16 {
    let known = storage::read(PersonKey::Browser).and_then(|it| it.parse().ok());
    known.unwrap_or_else(|| {
        let number = random() as u16;
        storage::write(PersonKey::Browser, Some(&number.to_string()));
        number
    })
}
