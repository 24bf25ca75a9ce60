//! A failure in words.

use console::{Doing, Event, Notice};
use leptos::prelude::*;
use livy::CallError;

use crate::web::page::Console;
use crate::web::reactive::{dynamic, press};

/// What happened, what is safe, what to do, and the server's own words.
#[component]
pub fn NoticeBox(
    /// The words.
    notice: Notice,
    /// Whether trying again is something the person can do here.
    retry: bool,
) -> AnyView {
    let Notice { title, hint, words, .. } = notice;
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
    view! {
        <div class="lc-alert" role="alert">
            <p>
                <b>{title}</b>
            </p>
            {words.map(|it| view! { <p class="lc-words">{it}</p> }.into_any())}
            <p>{hint}</p>
            {retry.then(again)}
        </div>
    }
    .into_any()
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
