//! One session: its state, its facts, its log, and how to end it.

use console::{Deletion, Doing, Ending, Event};
use leptos::prelude::*;

use crate::web::board::Seen;
use crate::web::page::Console;
use crate::web::part::{CreateFate, DeleteDialog, Facts, LogView, NoticeBox, StateMark, TroubleNote, clock};

/// The page of `#/sessions/{id}`.
#[component]
pub fn OneSession() -> Option<AnyView> {
    let console = Console::here()?;
    let board = console.board;
    let seen = move |part: fn(&Seen) -> String| {
        Memo::new(move |_| board.watch.with(|it| it.as_ref().map(part).unwrap_or_default()))
    };
    let id = seen(|it| it.session.as_ref().map(|it| it.id.to_string()).unwrap_or_default());
    let state = seen(|it| it.session.as_ref().map(|it| it.state.as_str().to_owned()).unwrap_or_default());
    let heading = seen(|it| {
        let name = it.session.as_ref().and_then(|it| it.name());
        name.map_or_else(
            || format!("Session {}", it.session.as_ref().map_or(it.address.as_str(), |it| it.id.as_str())),
            str::to_owned,
        )
    });
    let since = seen(|it| clock(it.state_since));
    let ending = Memo::new(move |_| board.watch.with(|it| it.as_ref().and_then(|it| it.ending)));
    let known = Memo::new(move |_| board.watch.with(|it| it.as_ref().is_some_and(|it| it.session.is_some())));
    let trouble =
        Signal::derive(move || board.watch.with(|it| it.as_ref().and_then(|it| it.trouble.clone())));
    let gone = Memo::new(move |_| matches!(ending.get(), Some(Ending::Forgotten(_) | Ending::Deleted(_))));
    let asking = RwSignal::new(false);
    let can_delete = move || known.get() && !gone.get();
    let confirm = move || {
        asking.set(false);
        let id =
            board.watch.with(|it| it.as_ref().and_then(|it| it.session.as_ref().map(|it| it.id.clone())));
        if let Some(id) = id {
            console.tell(Event::DeleteConfirmed(id));
        }
    };
    Some(
        view! {
            <div
                class="lc-session-page"
                data-session-id=move || known.get().then(|| id.get())
                data-session-state=move || known.get().then(|| state.get())
            >
                <div class="lc-head">
                    <div class="lc-head-start">
                        <h1 class="lc-title lc-break">{move || heading.get()}</h1>
                        <Show when=move || known.get()>
                            <p class="lc-state-line">
                                <StateMark state=state gone=gone />
                                <span class="lc-muted">"seen since " {move || since.get()}</span>
                            </p>
                        </Show>
                    </div>
                    <div class="lc-head-end">
                        <Show when=can_delete>
                            <button type="button" class="lc-button lc-danger" on:click=move |_| asking.set(true)>
                                "Delete session"
                            </button>
                        </Show>
                    </div>
                </div>
                <CreateFate />
                {move || deletion(board.watch.with(|it| it.as_ref().map(|it| it.deletion.clone())), console)}
                {move || ended(ending.get(), board.watch.get())}
                <TroubleNote error=trouble doing=Doing::Reading />
                <Show when=move || !known.get() && ending.get().is_none()>
                    <p class="lc-muted">"Waiting for the server"</p>
                </Show>
                <Show when=move || known.get()>
                    <div class="lc-session">
                        <Facts />
                        <LogView />
                    </div>
                </Show>
                <DeleteDialog open=asking id=id name=heading on_confirm=confirm />
            </div>
        }
        .into_any(),
    )
}

fn deletion(deletion: Option<Deletion>, console: Console) -> Option<AnyView> {
    match deletion? {
        Deletion::None => None,
        Deletion::Sent => Some(
            view! {
                <div class="lc-alert lc-caution" role="status">
                    <p>
                        <b>"Deleting"</b>
                    </p>
                    <p>"Livy answers when the driver has stopped, which can take two minutes on a busy cluster."</p>
                </div>
            }
            .into_any(),
        ),
        Deletion::Failed(error) => {
            console.notice(&error, Doing::Deleting).map(|notice| view! { <NoticeBox notice=notice retry=false /> }.into_any())
        }
    }
}

/// What the end of a session means, and what is left of it.
fn ended(ending: Option<Ending>, seen: Option<Seen>) -> Option<AnyView> {
    let kept = seen
        .and_then(|it| it.kept_at)
        .map(|it| format!("What you see was kept by this page at {}.", clock(it)));
    let (title, text) = match ending? {
        Ending::Over => return None,
        Ending::Deleted(_) => {
            ("The session is deleted", "Its driver was stopped and the server has forgotten it.")
        }
        Ending::Forgotten(_) => (
            "The server has forgotten this session",
            "It may have been deleted by somebody, have been idle for too long (an hour, unless set otherwise), have ended more \
             than ten minutes ago, or Livy was restarted.",
        ),
        Ending::Missing => (
            "The server knows no such session",
            "Either there never was one, or it is gone: Livy forgets a session when it is deleted, when it was idle for too long \
             (an hour, unless set otherwise), ten minutes after it ended, and when Livy itself restarts. Ids are given anew then.",
        ),
    };
    Some(
        view! {
            <div class="lc-alert lc-caution" role="status">
                <p>
                    <b>{title}</b>
                </p>
                <p>{text} " " {kept}</p>
                <p>
                    <a href="#/">"See all sessions"</a>
                </p>
            </div>
        }
        .into_any(),
    )
}
