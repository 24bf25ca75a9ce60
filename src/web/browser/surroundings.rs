//! One console's place in a document: all that it touches outside of what it draws. Whatever may happen later (a frame, a timer, an
//! event, an answer) goes through here, and no longer happens once the console is closed: what it would look at is gone then.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::{LocalStorage, Owner, StoredValue, WithValue, provide_context, use_context};
use leptos::reactive::owner::WeakOwner;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Element, HtmlElement, ShadowRoot, window};

use crate::web::browser::host::Host;
use crate::web::browser::router::Router;

/// The way to them, for everything that belongs to one element.
#[derive(Clone, Copy)]
pub struct Surroundings(StoredValue<Rc<Inner>, LocalStorage>);

struct Inner {
    host: Host,
    router: Router,
    /// Lives from the opening of the element's console to its end.
    owner: WeakOwner,
}

impl Surroundings {
    /// Those of the console that is opened in the present owner. Everything below that owner finds them with [`Self::here`].
    pub fn provide(host: Host) -> Option<Self> {
        let owner = Owner::current()?.downgrade();
        let router = Router::of(&host);
        let around = Self(StoredValue::new_local(Rc::new(Inner { host, router, owner })));
        provide_context(around);
        Some(around)
    }

    /// Those of the console that the present code belongs to; `None` once it is closed.
    pub fn here() -> Option<Self> {
        use_context()
    }

    fn with<T>(self, at: impl FnOnce(&Inner) -> T) -> Option<T> {
        let inner = self.0.try_with_value(Rc::clone)?;
        Some(at(&inner))
    }

    /// Runs something as a part of the console, unless that is closed.
    pub fn run<T>(self, what: impl FnOnce() -> T) -> Option<T> {
        let owner = self.with(|it| it.owner.upgrade()).flatten()?;
        Some(owner.with(what))
    }

    /// What the element says and hears.
    pub fn host(self) -> Option<Host> {
        self.with(|it| it.host.clone())
    }

    /// Where the console's routes are.
    pub fn router(self) -> Option<Router> {
        self.with(|it| it.router.clone())
    }

    /// The root that the console is drawn in.
    pub fn root(self) -> Option<ShadowRoot> {
        let mount: HtmlElement = self.with(|it| it.host.mount())?;
        mount.get_root_node().dyn_into().ok()
    }

    /// The element that everything is drawn in.
    pub fn mount(self) -> Option<HtmlElement> {
        self.with(|it| it.host.mount())
    }

    /// True where the console is a page of its own.
    pub fn is_page(self) -> bool {
        self.with(|it| it.host.is_page()).unwrap_or_default()
    }

    /// Does something before the browser draws the next frame.
    pub fn frame(self, what: impl FnOnce() + 'static) {
        let what = Closure::once_into_js(move || {
            self.run(what);
        });
        if let Some(window) = window() {
            // Refused only by a document that is gone.
            let _ = window.request_animation_frame(what.unchecked_ref());
        }
    }

    /// Begins work that waits for the browser. It is dropped where the console is closed meanwhile.
    pub fn begin(self, mut work: Pin<Box<dyn Future<Output = ()>>>) {
        wasm_bindgen_futures::spawn_local(poll_fn(move |context| {
            self.run(|| work.as_mut().poll(context)).unwrap_or(Poll::Ready(()))
        }));
    }

    /// Does something later, unless the timer is dropped before.
    pub fn after(self, wait: Duration, what: impl FnOnce() + 'static) -> Option<Timer> {
        Timer::new(
            wait,
            Closure::once(move || {
                self.run(what);
            }),
        )
    }
}

/// Waits, as a part of work that was begun with [`begin`]. False where the signal breaks it off before.
pub async fn wait(time: Duration, signal: &AbortSignal) -> bool {
    let mut timer = None;
    let over = Promise::new(&mut |rings, breaks_off| {
        signal.set_onabort(Some(&breaks_off));
        // It also rings when the console is closed: work that nobody wakes would never be dropped.
        let rung = Closure::once(move || {
            // A promise that cannot be called back is one of a document that is gone.
            let _ = rings.call0(&JsValue::NULL);
        });
        timer = Timer::new(time, rung);
    });
    let is_over = timer.is_some() && JsFuture::from(over).await.is_ok();
    signal.set_onabort(None);
    is_over
}

#[wasm_bindgen]
extern "C" {
    // Whatever it gives is handed back as it is. Libraries of a host's page (zone.js, pretended clocks) put functions of their own in
    // the place of these, and number their timers beyond 32 bits or not at all.
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(rings: &Function, wait: i32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// A timer of the browser, which goes with this value.
pub struct Timer {
    id: JsValue,
    _rings: Closure<dyn FnMut()>,
}

impl Timer {
    fn new(wait: Duration, rings: Closure<dyn FnMut()>) -> Option<Self> {
        let wait = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
        let id = set_timeout(rings.as_ref().unchecked_ref(), wait).ok()?;
        Some(Self { id, _rings: rings })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// Does something before the browser draws the next frame, as a part of the present console.
pub fn frame(what: impl FnOnce() + 'static) {
    if let Some(around) = Surroundings::here() {
        around.frame(what);
    }
}

/// Begins work that waits for the browser once: a file beside the program, the clipboard. It reports its end itself, for example through
/// a signal. It sets no timer and repeats nothing; what talks to the server is the driver's.
pub fn begin(work: Pin<Box<dyn Future<Output = ()>>>) {
    if let Some(around) = Surroundings::here() {
        around.begin(work);
    }
}

/// The first element of a selector in the present console.
pub fn first(selector: &str) -> Option<Element> {
    Surroundings::here()?.root()?.query_selector(selector).ok().flatten()
}
