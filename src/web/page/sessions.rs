//! The newest sessions of the server.

mod keeping;
mod list_reader;
mod press;
mod row;

use console::{ListRows, Model, Route};
use leptos::prelude::*;
use livy::SessionId;
use web_sys::MouseEvent;

use crate::web::browser::focus::focus_still;
use crate::web::browser::link::{data_route, href};
use crate::web::browser::scroll;
use crate::web::console::{Console, MainNode};
use crate::web::page::sessions::keeping::keeping_section;
use crate::web::page::sessions::list_reader::ListReader;
use crate::web::page::sessions::press::RowPress;
use crate::web::page::sessions::row::Row;
use crate::web::part::trouble::trouble_note;
use crate::web::reactive::{Same, Seen, dynamic, memo, press as on_press, shown, text};
use crate::web::words::list as words;

/// The list, or what there is to know instead of it. `main` is the element that it is drawn in.
pub fn sessions(main: MainNode) -> AnyView {
    let console = Console::here();
    let count = console
        .see(|model| model.list().page().map(|page| (page.sessions.len(), page.total, page.unreadable)));
    let rows = console.see(|model| Same::of(model.list().rows()));
    let kept_alive = console.see(sessions_kept_alive);
    // The table stays in place while its rows come and go.
    let kind = memo(move || match count.get() {
        None => Content::Nothing,
        Some((0, 0, _)) if rows.with(|it| it.rows.is_empty()) => Content::Empty,
        Some(_) => Content::Table,
    });
    let reading = ListReader::follow(console);
    view! {
        <div class="lc-head">
            <div>
                <h1 class="lc-title">{words::TITLE}</h1>
                <p class="lc-sub">
                    {text(move || {
                        count
                            .get()
                            .map_or_else(
                                || words::WAITING.to_owned(),
                                |(shown, total, unreadable)| words::count(shown, total, unreadable),
                            )
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
        <div
            class="lc-list"
            on:pointerenter=reading.pointed(true)
            on:pointerleave=reading.pointed(false)
            on:pointercancel=reading.pointed(false)
            on:focusin=reading.focused()
            on:focusout=reading.blurred()
        >
            {new_sessions(console, rows, main)}
            {dynamic(move || match kind.get() {
                Content::Nothing => None,
                Content::Empty => Some(empty()),
                Content::Table => Some(table(rows)),
            })}
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

fn table(rows: Seen<Same<ListRows>>) -> AnyView {
    let ids =
        move || rows.with(|it| it.rows.iter().map(|it| it.session.id.clone()).collect::<Vec<SessionId>>());
    let press = RowPress::new();
    let begun: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| press.begun(&event));
    let ended: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| press.ended(&event));
    view! {
        <table class="lc-table">
            <thead>
                <tr>
                    <th scope="col">{words::STATE}</th>
                    <th scope="col" class="lc-number">
                        {words::ID}
                    </th>
                    <th scope="col">{words::NAME}</th>
                    <th scope="col" class="lc-wide">
                        {words::KIND}
                    </th>
                    <th scope="col" class="lc-wide">
                        {words::OWNER}
                    </th>
                    <th scope="col" class="lc-wider">
                        {words::APPLICATION}
                    </th>
                </tr>
            </thead>
            <tbody on:mousedown=begun on:click=ended>
                <For each=ids key=|id| id.clone() let:id>
                    <Row id=id rows=rows />
                </For>
            </tbody>
        </table>
    }
    .into_any()
}

/// New sessions that have no row yet. It lies over the top of the list and moves nothing.
fn new_sessions(console: Console, rows: Seen<Same<ListRows>>, main: MainNode) -> AnyView {
    let waiting = memo(move || rows.with(|it| it.waiting));
    let some = memo(move || waiting.get() > 0);
    let show = move || {
        let press = on_press(move || {
            // The button goes: what comes after it in the order of the keyboard is the list.
            if let Some(main) = main.get_untracked() {
                focus_still(&main);
                scroll::to_top();
            }
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
