//! The facts of a session, and its request: what the server echoes, or what was sent from here where it does not.

use console::{Route, Watch};
use form::{hides_secret, is_secret_row};
use leptos::prelude::*;
use livy::{Link, Session, SessionId};
use serde_json::Value;

use crate::web::browser::link::{address_of, has_addresses, place_of};
use crate::web::console::Console;
use crate::web::part::create_again::create_again;
use crate::web::part::moment_text::moment;
use crate::web::part::session::copy_fact::{LastCopied, copy_fact};
use crate::web::reactive::{Same, Seen, dynamic, memo, press, text};
use crate::web::words::session as words;

/// What does not change with the session's state, so that a statement redraws nothing under the pointer or the focus.
#[derive(Clone, PartialEq)]
struct Known {
    id: SessionId,
    name: Option<String>,
    kind: Option<String>,
    owner: Option<String>,
    runs_as: Option<String>,
    application: Option<String>,
    links: Vec<Link>,
}

impl Known {
    fn of(session: &Session) -> Self {
        let owned = |it: Option<&str>| it.map(str::to_owned);
        Self {
            id: session.id.clone(),
            name: owned(session.name()),
            kind: owned(session.kind()),
            owner: owned(session.owner()),
            runs_as: owned(session.proxy_user()),
            application: owned(session.app_id()),
            links: session.links(),
        }
    }
}

/// The last good answer about the session.
pub(super) fn watched_session(console: Console) -> Seen<Option<Same<Session>>> {
    console.see(|model| Some(Same::of(model.watch()?.session()?)))
}

/// The definition list beside the log.
#[component]
pub fn Facts() -> AnyView {
    let console = Console::here();
    let session = watched_session(console);
    let known = memo(move || session.with(|it| it.as_ref().map(|it| Known::of(it))));
    let last = RwSignal::new(None);
    dynamic(move || {
        last.set(None);
        known.get().map(|it| list(it, last, console))
    })
}

fn list(known: Known, last: LastCopied, console: Console) -> AnyView {
    let Known { id, name, kind, owner, runs_as, application, links } = known;
    let seen = console.see(|model| model.watch().map(Watch::seen_since));
    let seen = dynamic(move || seen.get().map(|it| moment(it, console.clock.get())));
    let plain = |label, value: Option<String>| value.map(|it| fact(label, it, ().into_any()));
    let copied = move |label, button, value: Option<String>| {
        value.map(|it| fact(label, it.clone(), copy_fact(button, words::COPY, last, move || it.clone())))
    };
    let link_to = id.clone();
    let link_to = move || address_of(&place_of(&Route::of(&link_to))).unwrap_or_default();
    let link_button =
        has_addresses().then(|| copy_fact(words::COPY_LINK, words::COPY_LINK, last, link_to)).into_any();
    view! {
        <dl>
            {fact(words::ID, id.to_string(), link_button)} {copied(words::NAME, words::COPY_NAME, name)}
            {plain(words::KIND, kind)} {plain(words::OWNER, owner)} {plain(words::RUNS_AS, runs_as)}
            {copied(words::APPLICATION, words::COPY_APPLICATION, application)} <dt>{words::FIRST_SEEN}</dt>
            <dd>{seen} " " {utc_toggle(console)}</dd>
            {(!links.is_empty())
                .then(|| {
                    view! {
                        <dt>{words::LINKS}</dt>
                        <dd>{links.into_iter().map(link).collect_view()}</dd>
                    }
                })}
        </dl>
    }
    .into_any()
}

/// The request, as it is known.
#[component]
pub fn Request() -> AnyView {
    let session = watched_session(Console::here());
    let request = memo(move || {
        let of = |it: &Session| {
            it.request().into_iter().map(|(key, value)| (key, value.clone())).collect::<Vec<_>>()
        };
        session.with(|it| it.as_ref().map(|it| of(it))).unwrap_or_default()
    });
    let shows_secrets = RwSignal::new(false);
    dynamic(move || {
        let request = request.get();
        (!request.is_empty()).then(|| {
            view! {
                <h2 class="lc-subtitle">{words::REQUEST}</h2>
                <dl>
                    {request.iter().map(|(key, value)| echoed(key, value, shows_secrets)).collect_view()}
                </dl>
            }
            .into_any()
        })
    })
}

/// The button that fills the form with the session's values.
pub fn again(class: &'static str) -> AnyView {
    let console = Console::here();
    view! {
        <button type="button" class=class on:click=press(move || create_again(console, None))>
            {words::CREATE_AGAIN}
        </button>
    }
    .into_any()
}

/// All moments of the page in UTC, or by the clock on the wall again.
fn utc_toggle(console: Console) -> AnyView {
    let clock = console.clock;
    let toggle = press(move || clock.toggle_utc());
    view! {
        <button type="button" class="lc-link-button" aria-pressed=text(move || clock.in_utc().to_string()) on:click=toggle>
            {words::IN_UTC}
        </button>
    }
    .into_any()
}

fn fact(label: &'static str, value: String, beside: AnyView) -> AnyView {
    view! {
        <dt>{label}</dt>
        <dd>{value} " " {beside}</dd>
    }
    .into_any()
}

/// Only `http` and `https` become links; they lead out of the console.
fn link(link: Link) -> AnyView {
    let label = match link.label.as_str() {
        "sparkUiUrl" => words::SPARK_UI.to_owned(),
        "driverLogUrl" => words::DRIVER_LOG.to_owned(),
        other => other.to_owned(),
    };
    if link.is_web() {
        view! {
            <div>
                <a href=link.url target="_blank" rel="noopener noreferrer">
                    {label}
                </a>
            </div>
        }
        .into_any()
    } else {
        view! { <div>{label} ": " <span class="lc-mono">{link.url}</span></div> }.into_any()
    }
}

/// A field as it came.
pub(super) fn echoed(key: &str, value: &Value, shows_secrets: RwSignal<bool>) -> AnyView {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let lines: Vec<AnyView> = match value {
        Value::Array(items) => items.iter().map(|it| view! { <div>{plain(it)}</div> }.into_any()).collect(),
        Value::Object(entries) => {
            let is_secret = |name: &str, value: &Value| match value {
                Value::Array(_) | Value::Object(_) => hides_secret(name, &value.to_string()),
                value => is_secret_row(name, &plain(value)),
            };
            let entry = |(name, value): (&String, &Value)| {
                entry(name, plain(value), is_secret(name, value), shows_secrets)
            };
            entries.iter().map(entry).collect()
        }
        value if is_secret_row(key, &plain(value)) => vec![entry(key, plain(value), true, shows_secrets)],
        value => vec![plain(value).into_any()],
    };
    let key = key.to_owned();
    view! {
        <dt class="lc-mono">{key}</dt>
        <dd class="lc-mono">{lines.collect_view()}</dd>
    }
    .into_any()
}

/// One entry of `conf`. A value that looks secret is shown when its button is pressed.
fn entry(name: &str, value: String, is_secret: bool, shows_secrets: RwSignal<bool>) -> AnyView {
    let name = name.to_owned();
    if !is_secret {
        return view! { <div>{name} "=" {value}</div> }.into_any();
    }
    let value = text(move || if shows_secrets.get() { value.clone() } else { words::MASKED.to_owned() });
    let toggle = press(move || shows_secrets.set(!shows_secrets.get_untracked()));
    let shown_or_not = move || if shows_secrets.get() { words::HIDE } else { words::SHOW };
    let label = {
        let name = name.clone();
        text(move || format!("{} {name}", shown_or_not()))
    };
    view! {
        <div>
            {name} "=" {value} " "
            <button type="button" class="lc-link-button" aria-label=label on:click=toggle>
                {text(move || shown_or_not().to_owned())}
            </button>
        </div>
    }
    .into_any()
}
