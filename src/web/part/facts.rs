//! The facts of a session, and what the server echoes of its request.

use console::{Expiry, Moment, Spell, expiries, plainly};
use form::{Draft, Field, is_secret_row};
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use livy::{Link, Session};
use serde_json::Value;
use wasm_bindgen::JsValue;

use crate::web::draft::Origin;
use crate::web::page::Console;
use crate::web::part::focus_control;
use crate::web::reactive::{dynamic, memo, press, text};

/// A moment by the clock on the wall, to the second; one of another day with its date.
pub fn clock(at: Moment) -> String {
    let date = Date::new(&JsValue::from_f64(at.as_millis() as f64));
    let options = Object::new();
    let is_today = date.to_date_string() == Date::new_0().to_date_string();
    let day = [("day", "numeric"), ("month", "short")].into_iter().filter(|_| !is_today);
    let time = [("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23")];
    for (part, form) in day.chain(time) {
        // A plain object takes every property.
        let _ = Reflect::set(&options, &JsValue::from_str(part), &JsValue::from_str(form));
    }
    date.to_locale_string("default", &options).into()
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
    dynamic(move || session.get().map(|it| list(&it, seen.get(), shows_secrets, console)))
}

fn list(session: &Session, seen: String, shows_secrets: RwSignal<bool>, console: Console) -> AnyView {
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
            {again()}
            {timeline(console)}
            {expiry(console)}
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

/// Another session like this one: its values go into the form, where they are checked. `field` is the one to look at first.
pub fn create_again(console: Console, field: Option<Field>) {
    let seen = console.board.watch.with_untracked(|it| it.as_ref().and_then(|it| it.session.clone()));
    let Some(session) = seen else { return };
    let told = session.request().into_iter().filter(|(_, value)| !value.is_null());
    let draft = Draft::from_echo(session.kind(), told);
    console.drafting.replace(draft.clone());
    console.drafting.origin.set(Origin::Session(session.id.clone(), draft));
    if let Some(window) = web_sys::window() {
        // Comes back as `hashchange`.
        let _ = window.location().set_hash("#/new");
    }
    if let Some(field) = field {
        // The form is drawn in the frame after that.
        request_animation_frame(move || focus_control(field, 0));
    }
}

fn again() -> AnyView {
    let console = Console::here();
    view! {
        <button type="button" class="lc-button" on:click=press(move || create_again(console, None))>
            "Create again with these values"
        </button>
    }
    .into_any()
}

/// The states it was seen in, each with how long; what was not seen is said.
fn timeline(console: Console) -> AnyView {
    let spells = memo(move || {
        console.board.watch.with(|it| it.as_ref().map(|it| it.timeline.clone()).unwrap_or_default())
    });
    let row = |spell: &Spell, next: Option<&Spell>| {
        let word = spell.state.as_ref().map_or("not seen".to_owned(), |it| it.as_str().to_owned());
        let span = next.map(|it| format!(", {}", plainly(it.from.since(spell.from)))).unwrap_or_default();
        view! {
            <li>
                {moment(spell.from)} " " <span class:lc-muted=spell.state.is_none()>{word}</span> {span}
            </li>
        }
        .into_any()
    };
    dynamic(move || {
        let spells = spells.get();
        let rows = spells.iter().enumerate().map(|(at, it)| row(it, spells.get(at + 1))).collect_view();
        (!spells.is_empty()).then(|| {
            view! {
                <h2 class="lc-subtitle">"Timeline"</h2>
                <ol class="lc-timeline">{rows}</ol>
            }
            .into_any()
        })
    })
}

/// When it will end by itself, as far as that can be told.
fn expiry(console: Console) -> AnyView {
    let rules = memo(move || {
        console.board.watch.with(|it| {
            let seen = it.as_ref().filter(|it| it.ending.is_none())?;
            let session = seen.session.as_ref()?;
            Some(expiries(session, seen.seen_since, seen.state_since, seen.only_looks))
        })
    });
    let row = |it: Expiry| {
        let about = it.at.map(|at| view! { "about " {moment(at)} ", after " }.into_any());
        view! {
            <dt>{it.rule.label()}</dt>
            <dd>
                {about} {plainly(it.span)} <p class="lc-help">{it.note}</p>
            </dd>
        }
        .into_any()
    };
    dynamic(move || {
        let rules = rules.get().filter(|it| !it.is_empty())?;
        Some(
            view! {
                <h2 class="lc-subtitle">"Ends by itself" <span class="lc-muted lc-small">" estimate"</span></h2>
                <dl>{rules.into_iter().map(row).collect_view()}</dl>
            }
            .into_any(),
        )
    })
}

/// A moment by the clock on the wall, with the date and UTC on demand.
fn moment(at: Moment) -> AnyView {
    let date = Date::new(&JsValue::from_f64(at.as_millis() as f64));
    let utc: String = date.to_iso_string().into();
    view! {
        <time datetime=utc.clone() title=format!("{utc} (UTC)")>
            {clock(at)}
        </time>
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
