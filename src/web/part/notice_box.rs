//! A failure in words.

use console::{Doing, Event, Notice, Scene};
use form::Field;
use leptos::prelude::*;
use livy::CallError;
use serde_json::Value;
use web_sys::window;

use crate::web::clipboard;
use crate::web::page::Console;
use crate::web::reactive::{dynamic, press, text};

/// What happened, what is safe, what to do, and the server's own words.
#[component]
pub fn NoticeBox(
    /// The words.
    notice: Notice,
    /// Whether trying again is something the person can do here.
    retry: bool,
) -> AnyView {
    let Notice { title, hint, words, .. } = notice.clone();
    let console = Console::here();
    let again = move || {
        let again = press(move || console.tell(Event::RefreshAsked));
        view! {
            <button type="button" class="lc-button" on:click=again>
                "Try again now"
            </button>
        }
        .into_any()
    };
    // The buttons stand outside the alert: what copying says is not urgent, and must not have the failure read out again.
    view! {
        <div class="lc-alert">
            <div role="alert">
                <p>
                    <b>{title}</b>
                </p>
                {words.map(|it| view! { <p class="lc-words">{it}</p> }.into_any())}
                <p>{hint}</p>
            </div>
            <div class="lc-alert-foot">{retry.then(again)} {copying(notice, console)}</div>
        </div>
    }
    .into_any()
}

/// The button that copies the facts around a failure, for whoever has to help.
fn copying(notice: Notice, console: Console) -> AnyView {
    let (said, by_hand) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let copy = press(move || {
        let report = report(&notice, console).unwrap_or_default();
        said.set(String::new());
        by_hand.set(String::new());
        clipboard::copy(report.clone(), move |done| {
            // The failure may be over meanwhile, and its box gone.
            if done {
                said.try_set("Copied".to_owned());
            } else {
                said.try_set(BY_HAND.to_owned());
                by_hand.try_set(report);
            }
        });
    });
    let area = move || {
        let some = by_hand.with(|it| !it.is_empty());
        some.then(|| clipboard::by_hand("Diagnostics", "8", text(move || by_hand.get())))
    };
    view! {
        <button type="button" class="lc-button" on:click=copy>
            "Copy diagnostics"
        </button>
        <span role="status" class="lc-muted">
            {text(move || said.get())}
        </span>
        {dynamic(area)}
    }
    .into_any()
}

const BY_HAND: &str = "This browser does not let the page copy. Copy the text by hand:";

fn report(notice: &Notice, console: Console) -> Option<String> {
    let window = window();
    let of_window = |it: Option<String>| it.unwrap_or_default();
    let scene = Scene {
        time: js_sys::Date::new_0().to_iso_string().into(),
        console: env!("CARGO_PKG_VERSION"),
        address: of_window(window.as_ref().and_then(|it| it.location().href().ok())),
        visible: window.as_ref().and_then(|it| it.document()).is_none_or(|it| !it.hidden()),
        livy: console.board.version.get_untracked(),
        browser: of_window(window.as_ref().and_then(|it| it.navigator().user_agent().ok())),
        private: private(console),
    };
    console
        .driver
        .try_with_value(|it| it.look(|model| notice.report(model.evidence(), model.route(), &scene)))
}

/// What the server's words could repeat and nobody else is to read: values of the configuration and proxy users, of the form
/// and of the session that is looked at.
fn private(console: Console) -> Vec<String> {
    let mut private = Vec::new();
    console.drafting.draft.with_untracked(|draft| {
        private.push(draft.text(Field::ProxyUser).to_owned());
        for (_, value) in draft.conf() {
            private.push(value.clone());
        }
    });
    console.board.watch.with_untracked(|seen| {
        let Some(session) = seen.as_ref().and_then(|it| it.session.as_ref()) else { return };
        private.push(session.proxy_user().unwrap_or_default().to_owned());
        if let Some(Value::Object(conf)) = session.field("conf") {
            for (_, value) in conf {
                private.push(value.as_str().unwrap_or_default().to_owned());
            }
        }
    });
    private
}

/// Why a page cannot be refreshed, while that lasts.
#[component]
pub fn TroubleNote(
    /// The failure.
    #[prop(into)]
    error: Signal<Option<CallError>>,
    /// What the page was doing.
    doing: Doing,
) -> AnyView {
    let console = Console::here();
    let notice = move || {
        Some(view! { <NoticeBox notice=console.notice(&error.get()?, doing)? retry=true /> }.into_any())
    };
    dynamic(notice)
}
