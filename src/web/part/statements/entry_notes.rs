//! What is said between the code of a statement and its output: why it waits, what a cancel can do, what is lost.

use std::time::Duration;

use console::Event;
use leptos::prelude::*;
use livy::{StatementId, StatementPhase, StatementState};

use crate::web::browser::time::now;
use crate::web::console::Console;
use crate::web::part::statements::seen_entry::SeenEntry;
use crate::web::reactive::{dynamic, maybe, memo, press, shown, text};
use crate::web::words::statements as words;

/// A statement that runs for so long is told about: that its output comes at the end.
const LONG: Duration = Duration::from_secs(5);
/// And after so long, that the session is kept from idling out for it.
const KEPT: Duration = Duration::from_secs(60);

/// The notes.
pub fn notes(console: Console, entry: SeenEntry, id: &StatementId) -> AnyView {
    let note = |said: Box<dyn Fn() -> Option<String> + Send + Sync>| {
        let said = memo(said);
        dynamic(move || Some(view! { <p class="lc-statement-note">{said.get()?}</p> }.into_any()))
    };
    let age = console.see(move |_| {
        let since = entry.stands(|it| it.runs_since.filter(|_| it.is_open))?;
        let age = now().since(since);
        Some((age >= LONG, age >= KEPT))
    });
    view! {
        {note(Box::new(move || cancel_said(entry)))}
        {note(Box::new(move || {
            let runs = entry.told(|it| Some(it.state == StatementState::Running))?;
            (runs && age.get()?.0).then(|| words::NO_OUTPUT_YET.to_owned())
        }))}
        {kept_busy(console, entry, memo(move || age.get().is_some_and(|it| it.1)))}
        {note(Box::new(move || {
            let waits = entry.told(|it| Some(it.state == StatementState::Waiting))?;
            let said = if waits { words::STUCK } else { words::STUCK_LATER };
            entry.stands(|it| it.is_stuck.then(|| said.to_owned()))
        }))}
        {note(Box::new(move || entry.stands(|it| it.is_cut_off.then(|| words::END_UNKNOWN.to_owned()))))}
        {note(Box::new(move || entry.stands(|it| it.is_evicted.then(|| words::EVICTED.to_owned()))))}
        {unread(console, entry, id)}
    }
    .into_any()
}

/// What a cancel has come to, and what it cannot do.
fn cancel_said(entry: SeenEntry) -> Option<String> {
    let (state, has_output) =
        entry.told(|it| Some((it.state.clone(), it.output.is_some() || it.unread.is_some())))?;
    let cancel = entry.stands(|it| {
        (!it.is_cut_off).then(|| (it.cancel, it.refused.clone(), it.has_run, it.cancel_is_lost))
    })?;
    Some(match (cancel.0, state) {
        (Some("unheeded"), _) => words::UNHEEDED.to_owned(),
        (Some("refused"), it) if !it.is_over() => {
            words::cancel_refused(cancel.1.as_ref().and_then(|it| it.words()).unwrap_or_default())
        }
        (_, StatementState::Cancelling) => words::CANCELLING.to_owned(),
        (_, StatementState::Cancelled) if cancel.2 == Some(false) => words::CANCELLED_BEFORE.to_owned(),
        (_, StatementState::Cancelled) if has_output => words::CANCELLED_WITH_OUTPUT.to_owned(),
        (_, StatementState::Cancelled) => words::CANCELLED.to_owned(),
        (_, it) if cancel.3 && !it.is_over() => words::CANCEL_LOST.to_owned(),
        (Some("sent" | "asked"), it) if !it.is_over() => words::CANCEL_SENT.to_owned(),
        _ => return None,
    })
}

/// That a long one of one's own keeps the session from idling out, and the switch.
fn kept_busy(console: Console, entry: SeenEntry, is_long: crate::web::reactive::Seen<bool>) -> AnyView {
    let keeps = console.see(|model| model.statements().is_some_and(|it| it.keeps_busy()));
    let is_own = memo(move || is_long.get() && entry.stands(|it| Some(it.origin.is_own())) == Some(true));
    let part = move || {
        view! {
            <label class="lc-check lc-small">
                <input
                    type="checkbox"
                    prop:checked=move || keeps.get()
                    on:change=move |event| console.tell(Event::BusyKept(event_target_checked(&event)))
                />
                {words::KEPT_BUSY}
            </label>
        }
        .into_any()
    };
    shown(is_own, part)
}

/// An output that is not here, and the way to have it.
fn unread(console: Console, entry: SeenEntry, id: &StatementId) -> AnyView {
    // Of a large one its size, as far as that is known.
    let large = memo(move || entry.told(|it| Some(it.unread.as_ref()?.size)));
    let of_why = id.clone();
    let why = console.see(move |model| words::missing_output(model.statements()?.entry(&of_why)?));
    // What is gone is not on the server either.
    let word = memo(move || {
        let is_gone = entry.stands(|it| Some(it.is_evicted || it.is_left_out)) == Some(true);
        why.with(Option::is_some).then_some(if is_gone { "gone" } else { "unknown" })
    });
    let can_read =
        memo(move || entry.stands(|it| Some(it.can_ask && !it.is_evicted && !it.is_beyond)) == Some(true));
    let is_reading = memo(move || entry.stands(|it| Some(it.is_reading_whole)) == Some(true));
    let label = move || {
        text(move || {
            let words = match (is_reading.get(), large.get().is_some()) {
                (true, _) => words::READING_ALL,
                (false, true) => words::READ_ALL,
                (false, false) => words::READ_OUTPUT,
            };
            words.to_owned()
        })
    };
    let id = id.clone();
    dynamic(move || {
        let word = word.get()?;
        let id = id.clone();
        // It stays where it is while it is being read, and with it the focus: a second press does nothing.
        let button = move || {
            let id = id.clone();
            let read = press(move || console.tell(Event::OutputWanted(id.clone())));
            view! {
                <button
                    type="button"
                    class="lc-button"
                    aria-disabled=maybe(move || is_reading.get().then(|| "true".to_owned()))
                    on:click=read
                >
                    {label()}
                </button>
            }
            .into_any()
        };
        Some(
            view! {
                <div class="lc-statement-note" data-output=word>
                    <p role="status">{text(move || why.get().unwrap_or_default())}</p>
                    {shown(can_read, button)}
                </div>
            }
            .into_any(),
        )
    })
}

/// How many of one's own wait: they can be cancelled together.
pub fn waiting_of_mine(console: Console) -> AnyView {
    let count = console.see(|model| {
        let entries = model.statements().map(|it| it.entries()).unwrap_or_default();
        let waits = entries.iter().filter(|it| {
            it.origin.is_own() && it.is_open() && it.statement.state.phase() == StatementPhase::Queued
        });
        waits.count()
    });
    let several = memo(move || count.get() > 1);
    shown(several, move || {
        view! {
            <button
                type="button"
                class="lc-button lc-quiet"
                on:click=press(move || console.tell(Event::CancelWaitingAsked))
            >
                {text(move || words::cancel_waiting(count.get()))}
            </button>
        }
        .into_any()
    })
}
