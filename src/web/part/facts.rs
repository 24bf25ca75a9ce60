//! The facts of a session, and what the server echoes of its request.

use console::Moment;
use form::{Draft, is_secret_row};
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use livy::{Link, Session};
use serde_json::Value;
use wasm_bindgen::JsValue;

use crate::web::draft::Origin;
use crate::web::page::Console;
use crate::web::reactive::{dynamic, memo, press, text};

/// A moment by the clock on the wall, to the second.
pub fn clock(at: Moment) -> String {
    let date = Date::new(&JsValue::from_f64(at.as_millis() as f64));
    let options = Object::new();
    for (part, form) in
        [("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23")]
    {
        // A plain object takes every property.
        let _ = Reflect::set(&options, &JsValue::from_str(part), &JsValue::from_str(form));
    }
    date.to_locale_time_string_with_options("default", &options).into()
}

/// The definition list beside the log.
#[component]
pub fn Facts() -> AnyView {
    let console = Console::here();
    let session = memo(move || console.board.watch.with(|it| it.as_ref().and_then(|it| it.session.clone())));
    let seen = memo(move || {
        console.board.watch.with(|it| it.as_ref().map(|it| clock(it.seen_since)).unwrap_or_default())
    });
    let shows_secrets = RwSignal::new(false);
    dynamic(move || session.get().map(|it| list(&it, seen.get(), shows_secrets)))
}

fn list(session: &Session, seen: String, shows_secrets: RwSignal<bool>) -> AnyView {
    let known = |label: &'static str, value: Option<&str>| value.map(|it| fact(label, it.to_owned()));
    let links = session.links();
    let request = session.request();
    let has_request = !request.is_empty();
    view! {
        <div class="lc-facts">
            <dl>
                {fact("Id", session.id.to_string())} {known("Name", session.name())} {known("Kind", session.kind())}
                {known("Owner", session.owner())} {known("Runs as", session.proxy_user())} {known("Application", session.app_id())}
                {fact("First seen here", seen)}
                {(!links.is_empty())
                    .then(|| {
                        view! {
                            <dt>"Links"</dt>
                            <dd>{links.into_iter().map(link).collect_view()}</dd>
                        }
                    })}
            </dl>
            {again(session)}
            {has_request
                .then(|| {
                    view! {
                        <h2 class="lc-subtitle">"Request, as the server echoes it"</h2>
                        <dl>
                            {request.into_iter().map(|(key, value)| echoed(key, value, shows_secrets)).collect_view()}
                        </dl>
                    }
                })}
        </div>
    }
    .into_any()
}

/// Another session like this one: its values go into the form, where they are checked.
fn again(session: &Session) -> AnyView {
    let drafting = Console::here().drafting;
    let id = session.id.clone();
    let draft =
        Draft::from_echo(session.kind(), session.request().into_iter().filter(|(_, value)| !value.is_null()));
    let fill = press(move || {
        drafting.replace(draft.clone());
        drafting.origin.set(Origin::Session(id.clone(), draft.clone()));
        if let Some(window) = web_sys::window() {
            // Comes back as `hashchange`.
            let _ = window.location().set_hash("#/new");
        }
    });
    view! {
        <button type="button" class="lc-button" on:click=fill>
            "Create again with these values"
        </button>
    }
    .into_any()
}

fn fact(label: &'static str, value: String) -> AnyView {
    view! {
        <dt>{label}</dt>
        <dd>{value}</dd>
    }
    .into_any()
}

/// Only `http` and `https` become links; they lead out of the console.
fn link(link: Link) -> AnyView {
    let label = match link.label.as_str() {
        "sparkUiUrl" => "Spark UI".to_owned(),
        "driverLogUrl" => "Driver log".to_owned(),
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

fn echoed(key: &'static str, value: &Value, shows_secrets: RwSignal<bool>) -> AnyView {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let lines: Vec<AnyView> = match value {
        Value::Array(items) => items.iter().map(|it| view! { <div>{plain(it)}</div> }.into_any()).collect(),
        Value::Object(entries) => {
            entries.iter().map(|(name, value)| entry(name, plain(value), shows_secrets)).collect()
        }
        value => vec![plain(value).into_any()],
    };
    view! {
        <dt class="lc-mono">{key}</dt>
        <dd class="lc-mono">{lines.collect_view()}</dd>
    }
    .into_any()
}

/// One entry of `conf`. Values that look secret are shown only on a press.
fn entry(name: &str, value: String, shows_secrets: RwSignal<bool>) -> AnyView {
    let secret = is_secret_row(name, &value);
    let name = name.to_owned();
    if !secret {
        return view! { <div>{name} "=" {value}</div> }.into_any();
    }
    let value = text(move || if shows_secrets.get() { value.clone() } else { "••••••".to_owned() });
    let toggle = press(move || shows_secrets.set(!shows_secrets.get_untracked()));
    view! {
        <div>
            {name} "=" {value} " "
            <button type="button" class="lc-link-button" on:click=toggle>
                {text(move || if shows_secrets.get() { "Hide" } else { "Show" }.to_owned())}
            </button>
        </div>
    }
    .into_any()
}
