//! The border between an element on a page (`src/element.js`) and its console: numbers and plain values cross it, and nothing else.

use std::any::Any;
use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Promise};
use leptos::mount::mount_to;
use leptos::prelude::{IntoAny, Owner, provide_context, view};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::web::browser::host::Host;
use crate::web::browser::stop;
use crate::web::browser::surroundings::Surroundings;
use crate::web::clusters::{self, Clusters};
use crate::web::command;
use crate::web::config::{Settings, misconfigured};
use crate::web::page::app::Opened;

/// An element with a console.
struct OpenElement {
    id: u32,
    owner: Owner,
    around: Surroundings,
    /// What it has drawn, once it has: dropping it takes it from the page.
    drawn: Option<Box<dyn Any>>,
    /// What it shows, once its settings are read.
    clusters: Option<Clusters>,
}

thread_local! {
    static OPENED: RefCell<Vec<OpenElement>> = const { RefCell::new(Vec::new()) };
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
        OPENED.with_borrow_mut(|it| it.push(OpenElement { id, owner, around, drawn: None, clusters: None }));
        around.begin(Box::pin(draw(id, around)));
    }
    id
}

/// Takes a change of what the host has set.
#[wasm_bindgen]
pub fn set(id: u32, name: &str, value: JsValue) {
    let Some((around, clusters)) = opened(id) else { return };
    around.run(|| {
        if let Some(host) = around.host() {
            host.set(name, &value);
        }
        let text = value.as_string();
        match (name, around.router(), clusters) {
            ("route", Some(router), clusters) => {
                let route = text.unwrap_or_default();
                router.host_goes(&clusters.map_or(route.clone(), |it| it.place_of(&route)));
            }
            ("links", _, Some(clusters)) => clusters.redraw(),
            ("cluster", _, Some(clusters)) => clusters.host_chooses(text.as_deref()),
            _ => {}
        }
    });
}

/// Does something for the host, or answers it.
#[wasm_bindgen]
pub fn tell(id: u32, command: &str, value: JsValue) -> JsValue {
    let Some((around, Some(clusters))) = opened(id) else { return JsValue::UNDEFINED };
    around.run(|| command::perform(clusters, command, &value)).unwrap_or(JsValue::UNDEFINED)
}

/// Ends a console. Its sessions go on, but those that it kept alive are no longer.
#[wasm_bindgen]
pub fn close(id: u32) {
    let place = |all: &mut Vec<OpenElement>| all.iter().position(|it| it.id == id).map(|at| all.remove(at));
    let Some(OpenElement { owner, around, drawn, .. }) = OPENED.with_borrow_mut(place) else { return };
    if let Some(router) = around.router() {
        router.end();
    }
    // What is drawn goes first: what it needs to go is still there.
    drop(drawn);
    owner.cleanup();
}

/// How many consoles are open.
#[wasm_bindgen]
pub fn open_count() -> u32 {
    OPENED.with_borrow(|it| u32::try_from(it.len()).unwrap_or(u32::MAX))
}

fn opened(id: u32) -> Option<(Surroundings, Option<Clusters>)> {
    OPENED.with_borrow(|all| all.iter().find(|it| it.id == id).map(|it| (it.around, it.clusters)))
}

fn note(id: u32, what: impl FnOnce(&mut OpenElement)) {
    OPENED.with_borrow_mut(|all| all.iter_mut().find(|it| it.id == id).map(what));
}

/// Reads the settings and draws the console, or what is wrong with them.
async fn draw(id: u32, around: Surroundings) {
    let (Some(host), Some(router)) = (around.host(), around.router()) else { return };
    let settings = match Settings::of(&host).await {
        Ok(settings) => settings,
        Err(wrong) => {
            let drawn = misconfigured(&host, wrong).await;
            return note(id, move |it| it.drawn = Some(drawn));
        }
    };
    let Settings { clusters, extras, frame_origins } = settings;
    hear_page_around(&host, &frame_origins).await;
    let clusters = Clusters::new(around, clusters, extras);
    note(id, |it| it.clusters = Some(clusters));
    clusters::begin(clusters, &router).await;
    let drawn = mount_to(host.mount(), move || {
        provide_context(clusters);
        view! { <Opened /> }.into_any()
    });
    note(id, move |it| it.drawn = Some(Box::new(drawn)));
    let key = clusters.console().and_then(|it| it.key());
    let cluster = key.map_or(JsValue::NULL, |it| JsValue::from_str(&it));
    host.tell("drawn", &cluster);
}

/// In a frame, a listed page around it has a say before anything is asked of a cluster: it may be the one that signs in. The promise is
/// kept within a second also where nobody answers.
async fn hear_page_around(host: &Host, origins: &[String]) {
    let Some(inside) = host.function("inside").filter(|_| !origins.is_empty()) else { return };
    let origins: Array = origins.iter().map(|it| JsValue::from_str(it)).collect();
    if let Ok(heard) = inside.call1(&JsValue::NULL, &origins) {
        // Where it cannot be heard, the console is a page like any other.
        let _ = JsFuture::from(heard.unchecked_into::<Promise>()).await;
    }
}
