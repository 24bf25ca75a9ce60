//! The facts of a session, and its request: what the server echoes, or what was sent from here where it does not.

use console::{Ending, Expiry, Moment, PersonKey, Spell, plainly};
use form::{Draft, Field, is_secret_row};
use leptos::prelude::*;
use livy::{Link, Session};
use serde_json::Value;

use crate::web::board::Seen;
use crate::web::draft::Origin;
use crate::web::page::Console;
use crate::web::part::focus_control;
use crate::web::reactive::{dynamic, memo, press, text};
use crate::web::storage;
use crate::web::time::{clock, iso};

/// The definition list beside the log.
#[component]
pub fn Facts() -> AnyView {
    let console = Console::here();
    let session = memo(move || console.board.watch.with(|it| it.as_ref().and_then(|it| it.session.clone())));
    let shows_secrets = RwSignal::new(false);
    dynamic(move || session.get().map(|it| list(&it, shows_secrets, console)))
}

fn list(session: &Session, shows_secrets: RwSignal<bool>, console: Console) -> AnyView {
    let seen = memo(move || console.board.watch.with(|it| it.as_ref().map(|it| it.seen_since)));
    let seen = dynamic(move || seen.get().map(|it| moment(it, console.board.in_utc.get())));
    let known = |label: &'static str, value: Option<&str>| value.map(|it| fact(label, it.to_owned()));
    let links = session.links();
    let request = session.request();
    let has_request = !request.is_empty();
    view! {
        <div class="lc-facts">
            <dl>
                {fact("Id", session.id.to_string())} {known("Name", session.name())} {known("Kind", session.kind())}
                {known("Owner", session.owner())} {known("Runs as", session.proxy_user())} {known("Application", session.app_id())}
                <dt>"First seen here"</dt>
                <dd>{seen} " " {utc_toggle(console)}</dd>
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
                        <h2 class="lc-subtitle">"Request, as echoed or as sent from here"</h2>
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

/// The states it was seen in, each with how long; what was not seen is said, and how it went.
fn timeline(console: Console) -> AnyView {
    let spells = memo(move || {
        let rows = |seen: &Seen| {
            let word = |it: &Spell| it.state.as_ref().map_or("not seen", |it| it.as_str()).to_owned();
            let rows = seen.timeline.iter().map(|it| (it.from, word(it), it.state.is_some()));
            rows.chain(seen.ending.and_then(parting)).collect::<Vec<_>>()
        };
        console.board.watch.with(|it| it.as_ref().map(rows).unwrap_or_default())
    });
    let row = |(from, word, is_seen): &(Moment, String, bool), next: Option<Moment>, in_utc: bool| {
        let span = next.map(|it| format!(", {}", plainly(it.since(*from)))).unwrap_or_default();
        view! {
            <li>
                {moment(*from, in_utc)} " " <span class:lc-muted=!is_seen>{word.clone()}</span> {span}
            </li>
        }
        .into_any()
    };
    dynamic(move || {
        let (spells, in_utc) = (spells.get(), console.board.in_utc.get());
        let next = |at: usize| spells.get(at + 1).map(|it| it.0);
        let rows = spells.iter().enumerate().map(|(at, it)| row(it, next(at), in_utc)).collect_view();
        (!spells.is_empty()).then(|| {
            view! {
                <h2 class="lc-subtitle">"Timeline"</h2>
                <ol class="lc-timeline">{rows}</ol>
            }
            .into_any()
        })
    })
}

/// The last row of a timeline whose session the server no longer has.
fn parting(ending: Ending) -> Option<(Moment, String, bool)> {
    let (at, word) = match ending {
        Ending::Deleted(at) => (at, "deleted"),
        Ending::Forgotten(at) | Ending::Recycled(at) => (at, "the server no longer has it"),
        Ending::Over | Ending::Missing => return None,
    };
    Some((at, word.to_owned(), false))
}

/// When it will end by itself, as far as that can be told.
fn expiry(console: Console) -> AnyView {
    let rules = memo(move || {
        console.board.watch.with(|it| it.as_ref().map(|it| it.expiries.clone()).unwrap_or_default())
    });
    let row = |it: Expiry, in_utc: bool| {
        let about = it.at.map(|at| {
            let when = moment(at, in_utc);
            let words = if it.is_past { ", which has passed, after " } else { ", after " };
            view! { "about " {when} {words} }.into_any()
        });
        let past =
            it.is_past.then_some("It was renewed unseen, or is not enforced: it may end at any moment. ");
        view! {
            <dt>{it.rule.label()}</dt>
            <dd>
                {about} {plainly(it.span)} <p class="lc-help">{past} {it.note}</p>
            </dd>
        }
        .into_any()
    };
    dynamic(move || {
        let (rules, in_utc) = (rules.get(), console.board.in_utc.get());
        if rules.is_empty() {
            return None;
        }
        Some(
            view! {
                <h2 class="lc-subtitle">"Ends by itself" <span class="lc-muted lc-small">" estimate"</span></h2>
                <dl class="lc-stacked">{rules.into_iter().map(|it| row(it, in_utc)).collect_view()}</dl>
            }
            .into_any(),
        )
    })
}

/// A moment, by the clock on the wall or in UTC as the person wants it.
fn moment(at: Moment, in_utc: bool) -> AnyView {
    let iso = iso(at);
    view! {
        <time datetime=iso.clone() title=iso>
            {clock(at, in_utc)}
        </time>
    }
    .into_any()
}

/// All moments of the page in UTC, or by the clock on the wall again.
fn utc_toggle(console: Console) -> AnyView {
    let in_utc = console.board.in_utc;
    let toggle = press(move || {
        let utc = !in_utc.get_untracked();
        storage::write(PersonKey::Utc, utc.then_some("on"));
        in_utc.set(utc);
    });
    view! {
        <button type="button" class="lc-link-button" aria-pressed=text(move || in_utc.get().to_string()) on:click=toggle>
            "Times in UTC"
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
