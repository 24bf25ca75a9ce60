//! One session: its state, its facts, its log, and how to end it.

use console::{Deletion, Doing, Ending, Event};
use leptos::prelude::*;

use crate::web::board::Seen;
use crate::web::console::Console;
use crate::web::part::create_fate::CreateFate;
use crate::web::part::log::view::LogView;
use crate::web::part::moment_text::end_in_words;
use crate::web::part::notice_box::{NoticeBox, TroubleNote};
use crate::web::part::remembered::SameId;
use crate::web::part::session::delete_bar::DeleteBar;
use crate::web::part::session::delete_dialog::DeleteDialog;
use crate::web::part::session::end_notice::EndNotice;
use crate::web::part::session::facts::{Facts, Request, again};
use crate::web::part::session::notify::Notify;
use crate::web::part::session::spectator::OnlyLooking;
use crate::web::part::session::timeline::{Expiries, Timeline};
use crate::web::part::session::why::Why;
use crate::web::part::state_mark::StateMark;
use crate::web::reactive::{dynamic, effect, maybe, memo, shown, text};
use crate::web::words::session as words;

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
        name.map_or_else(|| words::heading(id), str::to_owned)
    });
    let ending = memo(move || board.watch.with(|it| it.as_ref().and_then(|it| it.ending)));
    let known = memo(move || board.watch.with(|it| it.as_ref().is_some_and(|it| it.session.is_some())));
    let gone = memo(move || {
        matches!(ending.get(), Some(Ending::Forgotten(_) | Ending::Recycled(_) | Ending::Deleted(_)))
    });
    let over = memo(move || {
        let is_over = |it: &Seen| it.session.as_ref().is_some_and(|it| it.state.is_over());
        ending.get().is_some() || board.watch.with(|it| it.as_ref().is_some_and(is_over))
    });
    let since = text(move || {
        let since = board.watch.with(|it| it.as_ref().map(|it| it.since)).filter(|_| !gone.get());
        since.map(|it| words::since(it, &board.clock().to_minute(it.at()))).unwrap_or_default()
    });
    let exact = maybe(move || {
        let since = board.watch.with(|it| it.as_ref().map(|it| it.since))?;
        Some(board.clock().to_second(since.at()))
    });
    let soon = memo(move || {
        let rule = board.watch.with(|it| it.as_ref().and_then(|it| it.ends_soon.clone()));
        let said = rule.and_then(|it| Some(words::ends_soon(&end_in_words(&it, board.clock())?, it.note)));
        said.unwrap_or_default()
    });
    let can_delete = memo(move || known.get() && !gone.get());
    let can_repeat = memo(move || known.get() && over.get());
    let lives = memo(move || known.get() && !over.get());
    let waiting = memo(move || !known.get() && ending.get().is_none());
    // While the session is viewed only, the list's last lines are all there is.
    let has_log = memo(move || {
        let looks = board.watch.with(|it| it.as_ref().is_some_and(|it| it.only_looks && it.ending.is_none()));
        !looks || board.log_revision.get() > 0
    });
    let failed = memo(move || {
        board.watch.with(|it| match it.as_ref().map(|it| &it.deletion) {
            Some(Deletion::Failed(error)) => Some(error.clone()),
            _ => None,
        })
    });
    let asking = RwSignal::new(false);
    // From a person's yes until it has failed: the notice of its end takes the focus.
    let awaits_end = RwSignal::new(false);
    // The question is about one session that can be deleted, and falls with it.
    effect(move || {
        id.get();
        asking.set(false);
        awaits_end.set(false);
    });
    effect(move || {
        if !can_delete.get() {
            asking.set(false);
        }
    });
    effect(move || {
        if failed.with(Option::is_some) {
            awaits_end.set(false);
        }
    });
    let standing = memo(move || {
        let lost = matches!(ending.get(), Some(Ending::Forgotten(_) | Ending::Recycled(_)));
        (id.get(), state.get(), lost)
    });
    let state_line = move || {
        view! {
            <p class="lc-state-line">
                <StateMark state=state gone=gone />
                <span class="lc-muted" title=exact>
                    {since}
                </span>
                <Notify standing=standing name=heading over=over soon=soon />
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
    // Read in this order on every screen: a wide one has the log beside the rest.
    let body = move || {
        whose.get()?;
        pointed.set(None);
        let body = view! {
            <div class="lc-session">
                <div class="lc-facts">
                    <Facts />
                </div>
                <div class="lc-session-log">
                    <OnlyLooking />
                    {shown(has_log, move || view! { <LogView pointed=pointed /> }.into_any())}
                </div>
                <div class="lc-facts lc-facts-more">
                    {shown(lives, || again("lc-button"))}
                    <Timeline />
                    <Expiries />
                    <Request />
                </div>
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
            awaits_end.set(true);
            console.tell(Event::DeleteConfirmed(id));
        }
    };
    let failure = move || {
        let notice = console.notice(&failed.get()?, Doing::Deleting)?;
        Some(view! { <NoticeBox notice=notice retry=false /> }.into_any())
    };
    let known_id = maybe(move || known.get().then(|| id.get()));
    let known_state = maybe(move || known.get().then(|| state.get()));
    view! {
        <div data-session-id=known_id data-session-state=known_state>
            <div class="lc-head">
                <div class="lc-head-start">
                    <h1 class="lc-title lc-break">{text(move || heading.get())}</h1>
                    {shown(known, state_line)}
                    <p class="lc-soon" role="status">
                        {text(move || soon.get())}
                    </p>
                </div>
                <div class="lc-head-end">
                    {shown(can_repeat, || again("lc-button lc-primary"))}
                    {shown(can_delete, move || view! { <DeleteBar asking=asking /> }.into_any())}
                </div>
            </div>
            <CreateFate />
            {dynamic(failure)}
            <EndNotice awaits_end=awaits_end />
            <TroubleNote />
            <SameId />
            {dynamic(why)}
            {shown(waiting, || view! { <p class="lc-muted">{words::WAITING}</p> }.into_any())}
            {dynamic(body)}
            <DeleteDialog open=asking id=id name=heading on_confirm=confirm />
        </div>
    }
    .into_any()
}
