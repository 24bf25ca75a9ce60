//! What a session has been through, and what will end it by itself.

use console::{Ending, Expiry, Moment, StateSpan, Watch, plainly};
use leptos::prelude::*;

use crate::web::browser::time::{Clock, now};
use crate::web::console::Console;
use crate::web::part::moment_text::{end, moment};
use crate::web::reactive::dynamic;
use crate::web::words::session as words;

/// The states it was seen in, each with how long, and the times in which it was not watched.
#[component]
pub fn Timeline() -> AnyView {
    let console = Console::here();
    let spells = console.see(|model| model.watch().map(rows).unwrap_or_default());
    let row = |(from, word, is_seen): &(Moment, String, bool), next: Option<Moment>, clock: Clock| {
        let span = next.map(|it| format!(", {}", plainly(it.since(*from)))).unwrap_or_default();
        view! {
            <li>
                {moment(*from, clock)} " " <span class:lc-muted=!is_seen>{word.clone()}</span> {span}
            </li>
        }
        .into_any()
    };
    dynamic(move || {
        let (spells, clock) = (spells.get(), console.clock.get());
        let next = |at: usize| spells.get(at + 1).map(|it| it.0);
        let rows = spells.iter().enumerate().map(|(at, it)| row(it, next(at), clock)).collect_view();
        (!spells.is_empty()).then(|| {
            view! {
                <h2 class="lc-subtitle">{words::TIMELINE}</h2>
                <ol class="lc-timeline">{rows}</ol>
            }
            .into_any()
        })
    })
}

/// When each state began, its word, and whether it was seen.
fn rows(watch: &Watch) -> Vec<(Moment, String, bool)> {
    let word = |it: &StateSpan| it.state.as_ref().map_or(words::NOT_WATCHED, |it| it.as_str()).to_owned();
    let rows = watch.timeline().iter().map(|it| (it.from, word(it), it.state.is_some()));
    rows.chain(watch.ending().and_then(parting)).collect()
}

/// The last row of a timeline whose session the server no longer has.
fn parting(ending: Ending) -> Option<(Moment, String, bool)> {
    let (at, word) = match ending {
        Ending::Deleted(at) => (at, words::WAS_DELETED),
        Ending::Forgotten(at) | Ending::Recycled(at) => (at, words::WAS_FORGOTTEN),
        Ending::Over | Ending::Missing => return None,
    };
    Some((at, word.to_owned(), false))
}

/// When it will end by itself, as far as this page can know.
#[component]
pub fn Expiries() -> AnyView {
    let console = Console::here();
    let rules = console.see(|model| model.watch().map(|it| it.expiries(now())).unwrap_or_default());
    let row = |it: &Expiry, clock: Clock| {
        let counted = words::counted(it.rule, it.span, it.is_default);
        let when = match end(it, clock).filter(|_| !it.is_past) {
            Some(when) => view! { {when} " (" {counted} ")" }.into_any(),
            None => counted.into_any(),
        };
        // The form's label says the unit too.
        let label = it.rule.label().split(',').next().unwrap_or_default();
        view! {
            <dt>{label}</dt>
            <dd>
                {when} <p class="lc-help">{it.is_past.then_some(words::OVERDUE)} {it.note}</p>
            </dd>
        }
        .into_any()
    };
    dynamic(move || {
        let (rules, clock) = (rules.get(), console.clock.get());
        (!rules.is_empty()).then(|| {
            view! {
                <h2 class="lc-subtitle">{words::ENDS}</h2>
                <dl class="lc-stacked">{rules.iter().map(|it| row(it, clock)).collect_view()}</dl>
            }
            .into_any()
        })
    })
}
