//! One session: its state, its facts, its log, and how to end it.

use console::{Deletion, Doing, Ending, Event};
use leptos::prelude::*;

use crate::web::board::Seen;
use crate::web::page::Console;
use crate::web::part::{
    CreateFate, DeleteDialog, Facts, LogView, NoticeBox, Notify, OnlyLooking, SameId, StateMark, TroubleNote,
    Why,
};
use crate::web::reactive::{dynamic, maybe, memo, press, shown, text};
use crate::web::time::clock;

/// The page of `#/sessions/{id}`.
#[component]
pub fn OneSession() -> AnyView {
    let console = Console::here();
    let board = console.board;
    let seen = move |part: fn(&Seen) -> String| {
        memo(move || board.watch.with(|it| it.as_ref().map(part).unwrap_or_default()))
    };
    let id = seen(|it| it.session.as_ref().map(|it| it.id.to_string()).unwrap_or_default());
    let state = seen(|it| it.session.as_ref().map(|it| it.state.as_str().to_owned()).unwrap_or_default());
    let heading = seen(|it| {
        let name = it.session.as_ref().and_then(|it| it.name());
        let id = it.session.as_ref().map_or(it.address.as_str(), |it| it.id.as_str());
        name.map_or_else(|| format!("Session {id}"), str::to_owned)
    });
    let since = text(move || {
        board.watch.with(|it| {
            it.as_ref()
                .map(|it| format!("seen since {}", clock(it.state_since, board.in_utc.get())))
                .unwrap_or_default()
        })
    });
    let ending = memo(move || board.watch.with(|it| it.as_ref().and_then(|it| it.ending)));
    let known = memo(move || board.watch.with(|it| it.as_ref().is_some_and(|it| it.session.is_some())));
    let trouble =
        Signal::derive(move || board.watch.with(|it| it.as_ref().and_then(|it| it.trouble.clone())));
    let gone = memo(move || {
        matches!(ending.get(), Some(Ending::Forgotten(_) | Ending::Recycled(_) | Ending::Deleted(_)))
    });
    let can_delete = memo(move || known.get() && !gone.get());
    let waiting = memo(move || !known.get() && ending.get().is_none());
    let deletion_of = memo(move || board.watch.with(|it| it.as_ref().map(|it| it.deletion.clone())));
    let asking = RwSignal::new(false);
    let ask = move || {
        let press = press(move || asking.set(true));
        view! {
            <button type="button" class="lc-button lc-danger" on:click=press>
                "Delete session"
            </button>
        }
        .into_any()
    };
    let over = memo(move || ending.get().is_some());
    let standing = memo(move || {
        let lost = matches!(ending.get(), Some(Ending::Forgotten(_) | Ending::Recycled(_)));
        (id.get(), state.get(), lost)
    });
    let state_line = move || {
        view! {
            <p class="lc-state-line">
                <StateMark state=state gone=gone />
                <span class="lc-muted">{since}</span>
                <Notify standing=standing name=heading over=over />
            </p>
        }
        .into_any()
    };
    let pointed = RwSignal::new(None);
    // Two sessions may follow each other with the same id and both logs at hand: their rows must not be taken for the same.
    let whose = memo(move || {
        board.watch.with(|it| {
            let seen = it.as_ref()?;
            Some((seen.session.as_ref()?.id.clone(), seen.seen_since))
        })
    });
    let body = move || {
        whose.get()?;
        pointed.set(None);
        let body = view! {
            <div class="lc-session">
                <Facts />
                <LogView pointed=pointed />
            </div>
        };
        Some(body.into_any())
    };
    let why = move || {
        whose.get();
        Some(view! { <Why pointed=pointed /> }.into_any())
    };
    let confirm = move || {
        asking.set(false);
        let id = board
            .watch
            .with_untracked(|it| it.as_ref().and_then(|it| it.session.as_ref().map(|it| it.id.clone())));
        if let Some(id) = id {
            console.tell(Event::DeleteConfirmed(id));
        }
    };
    let known_id = maybe(move || known.get().then(|| id.get()));
    let known_state = maybe(move || known.get().then(|| state.get()));
    view! {
        <div data-session-id=known_id data-session-state=known_state>
            <div class="lc-head">
                <div class="lc-head-start">
                    <h1 class="lc-title lc-break">{text(move || heading.get())}</h1>
                    {shown(known, state_line)}
                </div>
                <div class="lc-head-end">{shown(can_delete, ask)}</div>
            </div>
            <CreateFate />
            {dynamic(move || deletion(deletion_of.get()?, console))}
            {dynamic(move || ended(ending.get()?, board.watch.get_untracked(), console))}
            <TroubleNote error=trouble doing=Doing::Reading />
            <SameId />
            {dynamic(why)}
            <OnlyLooking />
            {shown(waiting, || view! { <p class="lc-muted">"Waiting for the server"</p> }.into_any())}
            {dynamic(body)}
            <DeleteDialog open=asking id=id name=heading on_confirm=confirm />
        </div>
    }
    .into_any()
}

fn deletion(deletion: Deletion, console: Console) -> Option<AnyView> {
    match deletion {
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
            let notice = console.notice(&error, Doing::Deleting)?;
            Some(view! { <NoticeBox notice=notice retry=false /> }.into_any())
        }
    }
}

/// What the end of a session means, and what is left of it.
fn ended(ending: Ending, seen: Option<Seen>, console: Console) -> Option<AnyView> {
    let whose = if seen.as_ref().is_some_and(|it| it.is_recalled) { "browser" } else { "page" };
    let kept = seen.and_then(|it| it.kept_at).map(|it| {
        format!(" What you see was kept by this {whose} at {}.", clock(it, console.board.in_utc.get()))
    });
    let (title, words) = match ending {
        Ending::Over => return None,
        Ending::Deleted(_) => {
            ("The session is deleted", "Its driver was stopped and the server has forgotten it.")
        }
        Ending::Forgotten(_) => (
            "The server has forgotten this session",
            "It may have been deleted by somebody, have been idle for too long (an hour, unless set otherwise), have ended more \
             than ten minutes ago, or Livy was restarted.",
        ),
        Ending::Recycled(_) => (
            "The server has forgotten this session and given its id to another",
            "Livy begins its ids anew when it restarts. Name, owner or application are not those of the session on this page, so that \
             nothing of the other one is shown here.",
        ),
        Ending::Missing => (
            "The server knows no such session",
            "Either there never was one, or it is gone: Livy forgets a session when it is deleted, when it was idle for too long \
             (an hour, unless set otherwise), ten minutes after it ended, and when Livy itself restarts. Ids are given anew then.",
        ),
    };
    let words = format!("{words}{}", kept.unwrap_or_default());
    let anew = matches!(ending, Ending::Recycled(_)).then(|| {
        let look = press(move || console.tell(Event::LookedAnew));
        view! {
            " "
            <button type="button" class="lc-button" on:click=look>
                "Look at the one that has its id now"
            </button>
        }
        .into_any()
    });
    Some(
        view! {
            <div class="lc-alert lc-caution" role="status">
                <p>
                    <b>{title}</b>
                </p>
                <p>{words}</p>
                <p>
                    <a href="#/">"See all sessions"</a>
                    {anew}
                </p>
            </div>
        }
        .into_any(),
    )
}
