//! The newest sessions of the server.

use console::Doing;
use leptos::prelude::*;
use livy::{Session, SessionId};

use crate::web::board::Board;
use crate::web::page::Console;
use crate::web::part::{CreateFate, RememberedList, StateMark, TroubleNote};
use crate::web::reactive::{dynamic, memo, text};

/// The list, or what there is to know instead of it.
#[component]
pub fn Sessions() -> AnyView {
    let board = Console::here().board;
    let count = memo(move || {
        board.list.with(|it| it.as_ref().map(|it| (it.sessions.len(), it.total, it.unreadable)))
    });
    // The table stays in place while its rows come and go.
    let kind = memo(move || match count.get() {
        None => Shown::Nothing,
        Some((0, 0, _)) => Shown::Empty,
        Some(_) => Shown::Table,
    });
    let ids = move || {
        board.list.with(|it| {
            it.iter()
                .flat_map(|it| it.sessions.iter().rev())
                .map(|it| it.id.clone())
                .collect::<Vec<SessionId>>()
        })
    };
    view! {
        <div class="lc-head">
            <div>
                <h1 class="lc-title">"Sessions"</h1>
                <p class="lc-sub">{text(move || subtitle(count.get()))}</p>
            </div>
            <div class="lc-head-end">
                <a class="lc-button lc-primary" href="#/new">
                    "Create a session"
                </a>
            </div>
        </div>
        <CreateFate />
        {dynamic(move || kept_alive(board))}
        <TroubleNote error=board.list_trouble doing=Doing::Reading />
        {dynamic(move || match kind.get() {
            Shown::Nothing => None,
            Shown::Empty => Some(empty()),
            Shown::Table => Some(
                view! {
                    <table class="lc-table">
                        <thead>
                            <tr>
                                <th scope="col">"State"</th>
                                <th scope="col" class="lc-number">"Id"</th>
                                <th scope="col">"Name"</th>
                                <th scope="col" class="lc-wide">"Kind"</th>
                                <th scope="col" class="lc-wide">"Owner"</th>
                                <th scope="col" class="lc-wider">"Application"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=ids key=|id| id.clone() let:id>
                                <Row id=id board=board />
                            </For>
                        </tbody>
                    </table>
                }
                .into_any(),
            ),
        })}
        <RememberedList />
    }
    .into_any()
}

/// What ends when this tab is closed.
fn kept_alive(board: Board) -> Option<AnyView> {
    let kept = board.kept_alive.get();
    let item = |(at, (href, name)): (usize, (String, String))| {
        view! {
            {(at > 0).then_some(", ")}
            <a href=href>{name}</a>
        }
        .into_any()
    };
    (!kept.is_empty()).then(|| {
        view! {
            <p class="lc-fate">
                "This tab keeps alive, and closing it ends, unless others look at them too: "
                {kept.into_iter().enumerate().map(item).collect_view()}
            </p>
        }
        .into_any()
    })
}

/// What stands below the heading.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Nothing,
    Empty,
    Table,
}

fn subtitle(count: Option<(usize, u64, usize)>) -> String {
    match count {
        None => "Waiting for the list".to_owned(),
        Some((shown, total, unreadable)) => {
            let mut text = match total {
                0 => "None on this server".to_owned(),
                1 => "1 on this server".to_owned(),
                _ if shown as u64 + (unreadable as u64) < total => {
                    format!("The newest {shown} of {total} on this server")
                }
                _ => format!("{total} on this server, newest first"),
            };
            if unreadable > 0 {
                text.push_str(&format!("; {unreadable} could not be read"));
            }
            text
        }
    }
}

/// What is shown of a session in a row.
#[derive(Clone, Default, PartialEq)]
struct RowText {
    state: String,
    name: Option<String>,
    kind: String,
    owner: String,
    application: String,
}

impl RowText {
    fn of(session: &Session) -> Self {
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        Self {
            state: session.state.as_str().to_owned(),
            name: session.name().map(str::to_owned),
            kind: text(session.kind()),
            owner: text(session.owner()),
            application: text(session.app_id()),
        }
    }
}

/// One session. A change of its state changes the words of its row, so that the focus stays where it is.
#[component]
fn Row(
    /// Whose row it is.
    id: SessionId,
    /// Where to read it from.
    board: Board,
) -> AnyView {
    let (text_of, shown_id) = (id.clone(), id.to_string());
    // A row that has just left the list keeps its words until it is taken away.
    let row = Memo::new(move |last: Option<&RowText>| {
        let found =
            board.list.with(|it| it.as_ref()?.sessions.iter().find(|it| it.id == text_of).map(RowText::of));
        found.or_else(|| last.cloned()).unwrap_or_default()
    });
    let state = text(move || row.with(|it| it.state.clone()));
    let part = move |part: fn(&RowText) -> String| text(move || row.with(part));
    let href = console::Route::of(&id).href();
    let name = {
        let id = shown_id.clone();
        text(move || row.with(|it| it.name.clone()).unwrap_or_else(|| format!("session {id}")))
    };
    view! {
        <tr data-session-id=shown_id.clone() data-session-state=state>
            <td>
                <StateMark state=state gone=false />
            </td>
            <td class="lc-number lc-mono">{shown_id.clone()}</td>
            <td class="lc-cell-name">
                <a class="lc-row-link" href=href>
                    {name}
                </a>
            </td>
            <td class="lc-wide">{part(|it| it.kind.clone())}</td>
            <td class="lc-wide">{part(|it| it.owner.clone())}</td>
            <td class="lc-wider lc-mono lc-muted">{part(|it| it.application.clone())}</td>
        </tr>
    }
    .into_any()
}

/// What a server without sessions has to teach.
fn empty() -> AnyView {
    view! {
        <div class="lc-empty">
            <h2 class="lc-subtitle">"No sessions yet"</h2>
            <p>
                "A session is a Spark application that waits for your statements. Create one, and it stands here with its state "
                "until it ends; the server forgets it some ten minutes later."
            </p>
            <p>
                <a href="#/new">"Fill in the form"</a>
                ". Only the kind is needed: what you leave empty, the server decides."
            </p>
        </div>
    }
    .into_any()
}
