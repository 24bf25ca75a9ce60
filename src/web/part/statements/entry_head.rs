//! The head of a statement: its number, its state, its times, and what can be done with it.

use console::{Event, Origin};
use leptos::prelude::*;
use livy::{StatementId, StatementPhase, StatementState};

use crate::web::browser::time::now;
use crate::web::console::Console;
use crate::web::part::statements::editor::Editor;
use crate::web::part::statements::seen_entry::SeenEntry;
use crate::web::reactive::{Seen, dynamic, maybe, memo, press, shown, text};
use crate::web::words::statements as words;

/// The head.
pub fn head(
    console: Console,
    editor: Editor,
    entry: SeenEntry,
    id: &StatementId,
    code: Seen<Option<String>>,
) -> AnyView {
    view! {
        <div class="lc-statement-head">
            <span class="lc-statement-number">{id.as_str().to_owned()}</span>
            {state(console, entry)}
            <span class="lc-statement-tools">{tools(console, editor, entry, id, code)}</span>
        </div>
    }
    .into_any()
}

/// The look of a state: it repeats the word.
fn class(state: &StatementState, status: &str) -> &'static str {
    match (state.phase(), status) {
        (StatementPhase::Over, "error") => "lc-statement-state lc-bad",
        (StatementPhase::Over, _) if *state == StatementState::Available => "lc-statement-state lc-good",
        (StatementPhase::Over, _) => "lc-statement-state lc-over",
        (StatementPhase::Working, _) => "lc-statement-state lc-busy",
        _ => "lc-statement-state lc-muted",
    }
}

fn state(console: Console, entry: SeenEntry) -> AnyView {
    let look = memo(move || {
        entry.told(|it| {
            let status = it.status().unwrap_or_default();
            Some((class(&it.state, status), words::state(it.state.as_str(), status)))
        })
    });
    let state = dynamic(move || {
        let (class, word) = look.get()?;
        Some(view! { <span class=class>{word}</span> }.into_any())
    });
    // It ticks from this page's clock; in the end the server's tells how long it took.
    let ticks = console.see(move |_| {
        let (since, before) =
            entry.stands(|it| Some((it.runs_since.filter(|_| it.is_open)?, it.ran_before)))?;
        Some((now().since(since).as_secs(), before))
    });
    let time = text(move || {
        let took = entry.told(|it| it.completed.filter(|_| it.state.is_over())?.checked_sub(it.started?));
        match (took, ticks.get()) {
            (Some(millis), _) => words::took(millis),
            (None, Some((seconds, false))) => words::runs_for(seconds),
            (None, Some((seconds, true))) => words::runs_at_least(seconds),
            (None, None) => String::new(),
        }
    });
    let progress = memo(move || entry.told(|it| it.progress).filter(|_| entry.is_open()));
    let bar = dynamic(move || {
        let progress = progress.get().filter(|it| *it > 0.0)?;
        let said = words::progress(progress);
        Some(
            view! {
                <progress class="lc-statement-progress" max="1" value=progress.to_string() aria-label=words::PROGRESS></progress>
                <span class="lc-muted">{said}</span>
            }
            .into_any(),
        )
    });
    let waits = text(move || {
        let is_queued = entry.told(|it| Some(it.state.phase() == StatementPhase::Queued)).unwrap_or_default();
        entry.stands(|it| (is_queued && it.is_open).then(|| words::ahead(it.ahead))).unwrap_or_default()
    });
    let whose = text(move || {
        match entry.stands(|it| Some(it.origin)) {
            Some(Origin::Browser) => words::FROM_BROWSER,
            Some(Origin::Elsewhere) => words::FROM_ELSEWHERE,
            _ => "",
        }
        .to_owned()
    });
    view! {
        {state}
        <span class="lc-muted lc-statement-time">{time}</span>
        <span class="lc-muted">{waits}</span>
        {bar}
        <span class="lc-muted lc-small">{whose}</span>
    }
    .into_any()
}

/// What can be done with it.
fn tools(
    console: Console,
    editor: Editor,
    entry: SeenEntry,
    id: &StatementId,
    code: Seen<Option<String>>,
) -> AnyView {
    let name = id.as_str().to_owned();
    // As long as it is open: a cancel is harmless to repeat.
    let can_cancel = memo(move || entry.stands(|it| Some(it.is_open && !it.is_doubled)).unwrap_or_default());
    let (of_cancel, to_cancel) = (name.clone(), id.clone());
    // Somebody else's is asked about first.
    let asks = RwSignal::new(false);
    let cancel = move || {
        let id = to_cancel.clone();
        let pressed = press(move || {
            let is_others = entry.stands(|it| Some(!it.origin.is_own())).unwrap_or_default();
            if is_others && !asks.get_untracked() {
                asks.set(true);
            } else {
                asks.set(false);
                console.tell(Event::CancelAsked(id.clone()));
            }
        });
        view! {
            <button
                type="button"
                class="lc-button lc-quiet"
                aria-label=words::cancel(&of_cancel)
                on:click=pressed
            >
                {words::CANCEL}
            </button>
            <span role="status">{text(move || if asks.get() { words::CANCEL_OTHERS } else { "" }.to_owned())}</span>
        }
        .into_any()
    };
    // What this browser has kept is there to be read.
    let is_saved = memo(move || entry.stands(|it| Some(it.is_saved)).unwrap_or_default());
    let has_code = memo(move || code.with(Option::is_some) && !is_saved.get());
    // One that was sent from this page runs in its own language again.
    let language = move |id: &StatementId| console.look(|model| model.statements()?.language(id));
    let of_kind = id.clone();
    let has_language =
        console.see(move |model| model.statements().and_then(|it| it.language(&of_kind)).is_some());
    // Of any other it is said in which language that would be.
    let guessed = memo(move || editor.kind_now().filter(|_| !has_language.get()));
    let id = id.clone();
    let of_code = move || {
        let (of_again, of_edit) = (id.clone(), id.clone());
        let again = press(move || {
            if let Some(code) = code.get_untracked() {
                editor.runner.run(code, language(&of_again).or(editor.kind()));
            }
        });
        let edit = press(move || {
            if let Some(code) = code.get_untracked() {
                editor.edit(&code, language(&of_edit));
            }
        });
        view! {
            <button type="button" class="lc-button lc-quiet" aria-label=words::edit(&name) on:click=edit>
                {words::EDIT}
            </button>
            <button
                type="button"
                class="lc-button lc-quiet"
                title=maybe(move || guessed.get().map(|it| words::runs_as(it.as_str())))
                on:click=again
            >
                <span>
                    {words::RUN_AGAIN.0}
                    " "
                    <span class="lc-sr">{words::statement_between(&name)}</span>
                    " "
                    {words::RUN_AGAIN.1}
                    <span aria-hidden="true">
                        {text(move || guessed.get().map(|it| words::as_kind(it.as_str())).unwrap_or_default())}
                    </span>
                </span>
            </button>
        }
        .into_any()
    };
    view! {
        {shown(can_cancel, cancel)}
        {shown(has_code, of_code)}
    }
    .into_any()
}
