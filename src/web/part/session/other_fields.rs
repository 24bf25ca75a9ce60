//! What the server tells of a session and this page has no place for, as it came.

use leptos::prelude::*;
use livy::Session;
use serde_json::Value;

use crate::web::console::Console;
use crate::web::part::session::facts::{echoed, watched_session};
use crate::web::reactive::{dynamic, memo};
use crate::web::words::session as words;

/// A value that is longer is folded, in characters.
const SHORT: usize = 400;
/// So much of it is seen then.
const GLIMPSE: usize = 80;

/// The fields, folded; nothing where there are none.
#[component]
pub fn OtherFields() -> AnyView {
    let session = watched_session(Console::here());
    let others = memo(move || {
        let of = |it: &Session| {
            let others = it.other_fields().into_iter();
            others.map(|(key, value)| (key.to_owned(), value.clone())).collect::<Vec<_>>()
        };
        session.with(|it| it.as_ref().map(|it| of(it))).unwrap_or_default()
    });
    let is_any = memo(move || others.with(|it| !it.is_empty()));
    let shows_secrets = RwSignal::new(false);
    let rows = move || {
        let field = |(key, value): (String, Value)| row(key, &value, shows_secrets);
        let rows = others.get().into_iter().map(field).collect_view();
        Some(view! { <dl>{rows}</dl> }.into_any())
    };
    dynamic(move || {
        is_any.get().then(|| {
            view! {
                <details class="lc-others">
                    <summary>{words::OTHER_FIELDS}</summary>
                    {dynamic(rows)}
                </details>
            }
            .into_any()
        })
    })
}

fn row(key: String, value: &Value, shows_secrets: RwSignal<bool>) -> AnyView {
    let whole = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let lines = echoed(&key, value, shows_secrets);
    if whole.chars().count() <= SHORT || form::hides_secret(&key, &value.to_string()) {
        return lines;
    }
    let glimpse: String = whole.chars().take(GLIMPSE).collect();
    view! {
        <dt class="lc-mono">{key.clone()}</dt>
        <dd class="lc-mono">
            <details>
                <summary>{glimpse} "…"</summary>
                <dl>{lines}</dl>
            </details>
        </dd>
    }
    .into_any()
}
