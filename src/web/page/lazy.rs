//! Pages whose code is a part of the program of its own, fetched when the page is first opened.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

use crate::web::browser::focus::focus_still;
use crate::web::browser::{address, task};
use crate::web::console::MainNode;
use crate::web::page::{new, session};
use crate::web::reactive::press;
use crate::web::split::{Missing, part};
use crate::web::words::frame as words;

/// A page, once its code is there.
#[derive(Clone, Copy)]
pub struct Page(fn() -> AnyView);

part!(form: fn new_page() -> Page { Page(new::New) });
part!(session: fn session_page() -> Page { Page(session::OneSession) });

/// How far the code of a page has come.
#[derive(Clone, Copy)]
enum Arrival {
    /// Not asked for yet, or on its way.
    Coming,
    /// It is here.
    Here(Page),
    /// The last attempt failed.
    Failed,
}

/// Fetches the code of a page, or finds it there.
type Fetch = fn() -> Pin<Box<dyn Future<Output = Result<Page, Missing>>>>;

/// A page that may have to be fetched.
#[derive(Clone, Copy)]
pub struct LazyPage {
    arrival: RwSignal<Arrival>,
    asked: StoredValue<bool>,
    /// Where the page is drawn.
    main: MainNode,
    fetch: Fetch,
}

impl LazyPage {
    /// The form's page.
    pub fn new_session(main: MainNode) -> Self {
        Self::of(|| Box::pin(new_page()), main)
    }

    /// A session's page.
    pub fn session(main: MainNode) -> Self {
        Self::of(|| Box::pin(session_page()), main)
    }

    fn of(fetch: Fetch, main: MainNode) -> Self {
        Self { arrival: RwSignal::new(Arrival::Coming), asked: StoredValue::new(false), main, fetch }
    }

    /// The page, or words while it comes or cannot. Call it where a change draws again.
    pub fn draw(self) -> AnyView {
        match self.arrival.get() {
            Arrival::Here(Page(page)) => page(),
            Arrival::Failed => self.failed(),
            Arrival::Coming => {
                if !self.asked.get_value() {
                    self.ask();
                }
                view! { <p class="lc-coming" role="status">{words::LOADING}</p> }.into_any()
            }
        }
    }

    fn ask(self) {
        self.asked.set_value(true);
        task::begin(Box::pin(async move {
            let arrival = (self.fetch)().await.map_or(Arrival::Failed, Arrival::Here);
            self.arrival.try_set(arrival);
        }));
    }

    fn failed(self) -> AnyView {
        let again = press(move || {
            self.ask();
            self.arrival.set(Arrival::Coming);
            // The button goes with the words.
            if let Some(main) = self.main.get_untracked() {
                focus_still(&main);
            }
        });
        let reload = press(address::reload);
        view! {
            <div class="lc-alert">
                <div role="alert">
                    <h1 class="lc-stopped-title">{words::NOT_LOADED}</h1>
                    <p>{words::WHY_NOT_LOADED}</p>
                </div>
                <div class="lc-alert-foot">
                    <button type="button" class="lc-button" on:click=again>
                        {words::TRY_AGAIN}
                    </button>
                    <button type="button" class="lc-button lc-quiet" on:click=reload>
                        {words::RELOAD}
                    </button>
                </div>
            </div>
        }
        .into_any()
    }
}
