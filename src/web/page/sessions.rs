//! The sessions of the server: a search, and a table that has them all.

mod keeping;
mod list_reader;
mod search;

use console::{Listing, Model, Part, Route};
use leptos::prelude::*;
use livy::SessionId;

use crate::web::browser::focus::focus_main;
use crate::web::browser::link::{data_route, href};
use crate::web::browser::scroll;
use crate::web::browser::surroundings::Surroundings;
use crate::web::console::Console;
use crate::web::page::sessions::keeping::keeping_section;
use crate::web::page::sessions::list_reader::ListReader;
use crate::web::page::sessions::search::search;
use crate::web::part::list::table::SessionTable;
use crate::web::part::trouble::trouble_note;
use crate::web::parts::{Arrival, Piece};
use crate::web::reactive::{Seen, dynamic, effect, memo, press as on_press, shown, text};
use crate::web::words::{frame, list as words};

/// What works on many sessions is fetched so long after the first rows: they go first.
const AFTER_ROWS: std::time::Duration = std::time::Duration::from_millis(250);

/// The list, or what there is to know instead of it.
pub fn sessions() -> AnyView {
    let console = Console::here();
    let table = SessionTable::new(console);
    // What works on many sessions brings the person to a row of it.
    provide_context(table);
    let listing = table.listing();
    let unreadable = console.see(|model| model.list().page().map_or(0, |it| it.unreadable));
    let kept_alive = console.see(sessions_kept_alive);
    // The table stays in place while its rows come and go.
    let kind = memo(move || match listing.get() {
        Listing { is_known: false, .. } => Content::Nothing,
        Listing { total: 0, len: 0, .. } if unreadable.get() == 0 => Content::Empty,
        Listing { .. } => Content::Table,
    });
    let reading = ListReader::follow(console);
    need_fleet_soon(console, kind);
    let has_fleet = console.news.see(move || console.arrival(Part::Fleet) == Arrival::Here);
    let lacks_fleet = console.news.see(move || console.arrival(Part::Fleet) == Arrival::Failed);
    let selection = move || shown(has_fleet, move || console.draw(Part::Fleet, Piece::Selection));
    view! {
        <div class="lc-head">
            <div>
                <h1 class="lc-title">{words::TITLE}</h1>
                <p class="lc-sub">
                    {text(move || match listing.get() {
                        Listing { is_known: false, .. } => words::WAITING.to_owned(),
                        listing => words::count(listing.total, unreadable.get()),
                    })}
                </p>
            </div>
            <div class="lc-head-end">
                <a class="lc-button lc-primary" href=href(&Route::New) data-route=data_route(&Route::New)>
                    {words::CREATE}
                </a>
            </div>
        </div>
        {trouble_note()}
        {shown(memo(move || kind.get() == Content::Table), move || search(console, has_fleet))}
        {shown(lacks_fleet, move || fleet_missing(console))}
        <div
            class="lc-list"
            on:pointerenter=reading.pointed(true)
            on:pointerleave=reading.pointed(false)
            on:pointercancel=reading.pointed(false)
            on:focusin=reading.focused()
            on:focusout=reading.blurred()
        >
            {new_sessions(console, listing)}
            {dynamic(move || match kind.get() {
                Content::Nothing => None,
                Content::Empty => Some(empty()),
                Content::Table => Some(table.view()),
            })}
            {selection()}
            {dynamic(move || ends_with_tab(kept_alive.get()))}
            {keeping_section()}
        </div>
    }
    .into_any()
}

/// What is shown below the heading.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    Nothing,
    Empty,
    Table,
}

/// What works on many sessions did not come.
fn fleet_missing(console: Console) -> AnyView {
    view! {
        <p class="lc-alert" role="alert">
            {words::FLEET_MISSING}
            " "
            <button type="button" class="lc-button" on:click=on_press(move || console.need(Part::Fleet))>
                {frame::TRY_AGAIN}
            </button>
        </p>
    }
    .into_any()
}

/// Fetches what works on many sessions once there are rows.
fn need_fleet_soon(console: Console, kind: Seen<Content>) {
    let timer = StoredValue::new_local(None);
    effect(move || {
        if kind.get() == Content::Table {
            let around = Surroundings::here();
            timer.set_value(around.and_then(|it| it.after(AFTER_ROWS, move || console.need(Part::Fleet))));
        }
    });
}

/// New sessions that have no row yet. It lies over the top of the list and moves nothing.
fn new_sessions(console: Console, listing: Seen<Listing>) -> AnyView {
    let waiting = memo(move || listing.with(|it| it.waiting));
    let some = memo(move || waiting.get() > 0);
    let show = move || {
        let press = on_press(move || {
            // The button goes: what comes after it in the order of the keyboard is the list.
            focus_main();
            scroll::to_top();
            console.tell(console::Event::NewSessionsAsked);
        });
        view! {
            <button type="button" class="lc-pill" on:click=press>
                {text(move || words::new_sessions(waiting.get()))}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="lc-news" role="status">
            {shown(some, show)}
        </div>
    }
    .into_any()
}

/// The addresses and names of the sessions that end when this tab is closed.
fn sessions_kept_alive(model: &Model) -> Vec<(Route, String)> {
    let name =
        |id: &SessionId, name: Option<&str>| name.map_or_else(|| format!("session {id}"), str::to_owned);
    model.kept_alive().map(|(id, told)| (Route::of(id), name(id, told))).collect()
}

/// What ends when this tab is closed.
fn ends_with_tab(kept: Vec<(Route, String)>) -> Option<AnyView> {
    let item = |(at, (route, name)): (usize, (Route, String))| {
        view! {
            {(at > 0).then_some(", ")}
            <a href=href(&route) data-route=data_route(&route)>{name}</a>
        }
        .into_any()
    };
    (!kept.is_empty()).then(|| {
        view! {
            <p class="lc-fate">
                {words::CLOSING_ENDS} {kept.into_iter().enumerate().map(item).collect_view()}
                {words::UNLESS_OPEN_ELSEWHERE}
            </p>
        }
        .into_any()
    })
}

/// What a server without sessions has to teach.
fn empty() -> AnyView {
    view! {
        <div class="lc-empty">
            <h2 class="lc-subtitle">{words::NONE_YET}</h2>
            <p>{words::WHAT_A_SESSION_IS}</p>
            <p>
                <a href=href(&Route::New) data-route=data_route(&Route::New)>{words::CREATE_THE_FIRST}</a>
                {words::ONLY_THE_KIND}
            </p>
        </div>
    }
    .into_any()
}
