//! A failure in words.

use console::{Doing, Event, Notice};
use leptos::prelude::*;
use livy::CallError;

use crate::web::page::Console;

/// What happened, what is safe, what to do, and the server's own words.
#[component]
pub fn NoticeBox(
    /// The words.
    notice: Notice,
    /// Whether trying again is something the person can do here.
    retry: bool,
) -> impl IntoView {
    let Notice { title, hint, words } = notice;
    let console = Console::here();
    let again = move |_| {
        if let Some(console) = console {
            console.tell(Event::RefreshAsked);
        }
    };
    view! {
        <div class="lc-alert" role="alert">
            <p>
                <b>{title}</b>
            </p>
            {words.map(|it| view! { <p class="lc-words">{it}</p> })}
            <p>{hint}</p>
            {retry.then(|| view! { <button type="button" class="lc-button" on:click=again>"Try again now"</button> })}
        </div>
    }
}

/// Why a page cannot be refreshed, while that lasts.
#[component]
pub fn TroubleNote(
    /// The failure.
    #[prop(into)]
    error: Signal<Option<CallError>>,
    /// What the page was doing.
    doing: Doing,
) -> Option<AnyView> {
    let console = Console::here()?;
    let notice = move || console.notice(&error.get()?, doing);
    Some((move || notice().map(|it| view! { <NoticeBox notice=it retry=true /> })).into_any())
}
