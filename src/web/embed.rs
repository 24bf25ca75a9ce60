//! The border between an element on a page (`src/element.js`) and its console: numbers and plain values cross it, and nothing else.

use std::any::Any;
use std::cell::{Cell, RefCell};

use js_sys::Function;
use leptos::mount::mount_to;
use leptos::prelude::{GetValue, IntoAny, Owner, StoredValue, provide_context, view};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::web::browser::host::Host;
use crate::web::browser::record_store::RecordStore;
use crate::web::browser::storage::Storage;
use crate::web::browser::surroundings::Surroundings;
use crate::web::browser::{document, stop};
use crate::web::clock::PageClock;
use crate::web::command;
use crate::web::config::{Setting, Wrong};
use crate::web::console::Console;
use crate::web::driver::{Driver, Start};
use crate::web::fetch_part::fetch_part;
use crate::web::form_box::FormBox;
use crate::web::link_query::LinkQuery;
use crate::web::news::News;
use crate::web::page::app::{App, Misconfigured};

/// A console that is open.
struct Opened {
    id: u32,
    owner: Owner,
    around: Surroundings,
    /// What it has drawn, once it has: dropping it takes it from the page.
    drawn: Option<Box<dyn Any>>,
    /// What is drawn, unless its settings are wrong.
    console: Option<Console>,
}

thread_local! {
    static OPENED: RefCell<Vec<Opened>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Once, before anything else: `stopped` is called with the reason when the program cannot go on.
#[wasm_bindgen]
pub fn begin(stopped: Function) {
    stop::announce_panics(stopped);
}

/// Opens a console in the element that `handed` describes (see `src/element.js`), and returns its number.
#[wasm_bindgen]
pub fn open(handed: JsValue) -> u32 {
    let id = LAST.get() + 1;
    LAST.set(id);
    // Without a parent: an element that is added by a press in another console must not end with that.
    let owner = Owner::default();
    let host = Host::new(handed);
    if let Some(around) = owner.with(|| Surroundings::provide(host)) {
        OPENED.with_borrow_mut(|it| it.push(Opened { id, owner, around, drawn: None, console: None }));
        around.begin(Box::pin(draw(id, around)));
    }
    id
}

/// Takes a change of what the host has set.
#[wasm_bindgen]
pub fn set(id: u32, name: &str, value: JsValue) {
    let Some((around, console)) = opened(id) else { return };
    around.run(|| {
        if let Some(host) = around.host() {
            host.set(name, &value);
        }
        if let (Some(router), "route") = (around.router(), name) {
            router.set(&value.as_string().unwrap_or_default());
            if let Some(driver) = console.and_then(|it| it.driver.try_get_value()) {
                driver.moved();
            }
        }
    });
}

/// Does something for the host, or answers it.
#[wasm_bindgen]
pub fn tell(id: u32, command: &str, value: JsValue) -> JsValue {
    let Some((around, Some(console))) = opened(id) else { return JsValue::UNDEFINED };
    around.run(|| command::perform(console, command, &value)).unwrap_or(JsValue::UNDEFINED)
}

/// Ends a console. Its sessions go on, but those that it kept alive are no longer.
#[wasm_bindgen]
pub fn close(id: u32) {
    let place = |all: &mut Vec<Opened>| all.iter().position(|it| it.id == id).map(|at| all.remove(at));
    let Some(Opened { owner, drawn, .. }) = OPENED.with_borrow_mut(place) else { return };
    // What is drawn goes first: what it needs to go is still there.
    drop(drawn);
    owner.cleanup();
}

/// How many consoles are open.
#[wasm_bindgen]
pub fn open_count() -> u32 {
    OPENED.with_borrow(|it| u32::try_from(it.len()).unwrap_or(u32::MAX))
}

fn opened(id: u32) -> Option<(Surroundings, Option<Console>)> {
    OPENED.with_borrow(|all| all.iter().find(|it| it.id == id).map(|it| (it.around, it.console)))
}

fn note(id: u32, what: impl FnOnce(&mut Opened)) {
    OPENED.with_borrow_mut(|all| all.iter_mut().find(|it| it.id == id).map(what));
}

/// Reads the settings and draws the console, or what is wrong with them.
async fn draw(id: u32, around: Surroundings) {
    let (Some(host), Some(router)) = (around.host(), around.router()) else { return };
    let setting = match Setting::of(&host).await {
        Ok(setting) => {
            let (names, stay) = document::begin(setting.cluster()).await;
            Ok((setting, names, stay))
        }
        Err(wrong) => Err(wrong),
    };
    let told = setting.as_ref().err().map(|it| format!("{}: {}", it.place, it.sentence));
    let drawn = mount_to(host.mount(), move || match setting {
        Ok((Setting { base, title, memory, form }, names, stay)) => {
            let record_store = RecordStore::new(&base, &names.cluster, memory);
            let storage = Storage::new(names);
            let (news, query) = (News::new(), LinkQuery::new());
            let form = FormBox::new(form, storage);
            let start = Start { base, around, router, stay };
            let driver = Driver::start(start, news, query, form, fetch_part, record_store, storage);
            let console = Console {
                news,
                clock: PageClock::new(news),
                query,
                form,
                record_store,
                driver: StoredValue::new_local(driver),
                cluster: StoredValue::new(title),
            };
            provide_context(console);
            note(id, |it| it.console = Some(console));
            view! { <App /> }.into_any()
        }
        Err(Wrong { place, sentence }) => {
            view! { <Misconfigured place=place sentence=sentence /> }.into_any()
        }
    });
    note(id, move |it| it.drawn = Some(Box::new(drawn)));
    match told {
        None => host.tell("drawn", &JsValue::UNDEFINED),
        Some(reason) => host.tell("misconfigured", &reason.into()),
    }
}
