//! One session: its state, its facts, its log, and how to end it.

use console::{Deletion, Doing, Ending, Event, Watch};
use leptos::prelude::*;

use crate::web::browser::time::now;
use crate::web::console::Console;
use crate::web::part::created::created;
use crate::web::part::moment_text::end_in_words;
use crate::web::part::question::{Asked, Question};
use crate::web::part::remembered::SameId;
use crate::web::part::session::causes::Causes;
use crate::web::part::session::delete_bar::DeleteBar;
use crate::web::part::session::end_notice::EndNotice;
use crate::web::part::session::facts::{Facts, Request, again};
use crate::web::part::session::notify::Notify;
use crate::web::part::session::other_fields::OtherFields;
use crate::web::part::session::rooms::Rooms;
use crate::web::part::session::timeline::{Expiries, Timeline};
use crate::web::part::state_mark::StateMark;
use crate::web::part::trouble::{trouble, trouble_note};
use crate::web::reactive::{dynamic, effect, flag, maybe, memo, shown, text};
use crate::web::words::session as words;

/// The page of `#/sessions/{id}`.
#[component]
pub fn OneSession() -> AnyView {
    let console = Console::here();
    let clock = console.clock;
    let watched = move |text: fn(&Watch) -> Option<String>| {
        console.see(move |model| model.watch().and_then(text).unwrap_or_default())
    };
    let id = watched(|it| Some(it.session()?.id.to_string()));
    let state = watched(|it| Some(it.session()?.state.as_str().to_owned()));
    let heading = watched(|it| {
        let name = it.session().and_then(|it| it.name());
        let id = it.session().map_or(it.address().as_str(), |it| it.id.as_str());
        Some(name.map_or_else(|| words::heading(id), str::to_owned))
    });
    let ending = console.see(|model| model.watch()?.ending());
    let known = console.see(|model| model.watch().is_some_and(|it| it.session().is_some()));
    let gone = memo(move || {
        matches!(ending.get(), Some(Ending::Forgotten(_) | Ending::Recycled(_) | Ending::Deleted(_)))
    });
    let over = console.see(|model| {
        let is_over =
            |it: &Watch| it.ending().is_some() || it.session().is_some_and(|session| session.state.is_over());
        model.watch().is_some_and(is_over)
    });
    let state_since = console.see(|model| model.watch().map(Watch::since));
    let since = text(move || {
        let since = state_since.get().filter(|_| !gone.get());
        since.map(|it| words::since(it, &clock.get().to_minute(it.at()))).unwrap_or_default()
    });
    let exact = maybe(move || Some(clock.get().to_second(state_since.get()?.at())));
    let ends_soon = console.see(|model| model.watch()?.ends_soon(now()));
    let soon = memo(move || {
        let said = ends_soon
            .get()
            .and_then(|rule| Some(words::ends_soon(&end_in_words(&rule, clock.get())?, rule.note)));
        said.unwrap_or_default()
    });
    let can_delete = memo(move || known.get() && !gone.get());
    let can_repeat = memo(move || known.get() && over.get());
    let lives = memo(move || known.get() && !over.get());
    let waiting = memo(move || !known.get() && ending.get().is_none());
    let failure = console.see(|model| match model.watch()?.deletion() {
        Deletion::Failed(error) => Some((error.clone(), Doing::Deleting)),
        _ => None,
    });
    let has_failed = memo(move || failure.with(Option::is_some));
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
        if has_failed.get() {
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
                <StateMark state=text(move || state.get()) gone=flag(move || gone.get()) />
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
    let whose = console.see(|model| {
        let watch = model.watch()?;
        Some((watch.session()?.id.clone(), watch.seen_since()))
    });
    // Read in this order on every screen: a wide one has the log beside the rest.
    let body = move || {
        whose.get()?;
        pointed.set(None);
        let rooms = Rooms::new(console);
        let body = view! {
            <div class="lc-session" class:lc-both=flag(move || rooms.both.get())>
                <div class="lc-facts">
                    <Facts />
                    <OtherFields />
                </div>
                <div class="lc-session-rooms">{rooms.draw(console, pointed)}</div>
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
    let causes = move || {
        whose.get();
        Some(view! { <Causes pointed=pointed /> }.into_any())
    };
    let confirm = move || {
        if let Some(id) = console.look(|model| Some(model.watch()?.session()?.id.clone())) {
            awaits_end.set(true);
            console.tell(Event::DeleteConfirmed(id));
        }
    };
    let asked = Asked {
        role: "dialog",
        title: text(move || words::delete_question(&id.get(), &heading.get())),
        text: words::DELETE_LOSES,
        yes: words::DELETE,
        no: words::KEEP,
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
            {created()}
            {trouble(failure, false)}
            <EndNotice awaits_end=awaits_end />
            {trouble_note()}
            <SameId />
            {dynamic(causes)}
            {shown(waiting, || view! { <p class="lc-muted">{words::WAITING}</p> }.into_any())}
            {dynamic(body)}
            <Question open=asking asked=asked home=|| None on_yes=confirm />
        </div>
    }
    .into_any()
}
