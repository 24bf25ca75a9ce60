//! One statement: its code, how far it has come, and what came of it.

use console::{Event, Model, Origin, StatementEntry, Statements};
use leptos::prelude::*;
use livy::{Phase, StatementId, StatementPhase};

use crate::web::browser::time::now;
use crate::web::console::Console;
use crate::web::part::output::OutputView;
use crate::web::part::statements::runner::Runner;
use crate::web::reactive::{Same, Seen, dynamic, maybe, memo, press, shown, text};
use crate::web::words::statements as words;

/// What can change about it beside what the server tells.
#[derive(Clone, Debug, PartialEq)]
struct Standing {
    origin: Origin,
    ahead: usize,
    cancel: Option<&'static str>,
    is_open: bool,
    is_evicted: bool,
    /// When this page first saw it run.
    runs_since: Option<console::Moment>,
}

fn standing(model: &Model, statements: &Statements, entry: &StatementEntry) -> Standing {
    let phase = model.watch().and_then(|it| it.session()).map(|it| it.state.phase());
    Standing {
        origin: entry.origin,
        ahead: statements.ahead(entry.id()),
        cancel: statements.cancel_word(entry.id(), phase == Some(Phase::Working)),
        is_open: entry.is_open(),
        is_evicted: entry.is_evicted,
        runs_since: entry.runs_since,
    }
}

/// A value of the entry with an id.
fn see<T: PartialEq + Send + Sync + 'static>(
    console: Console,
    id: &StatementId,
    at: impl Fn(&Model, &Statements, &StatementEntry) -> T + Send + Sync + 'static,
) -> Seen<Option<T>> {
    let id = id.clone();
    console.see(move |model| {
        let statements = model.statements()?;
        Some(at(model, statements, statements.entry(&id)?))
    })
}

/// The article of a statement.
pub fn entry(console: Console, runner: Runner, id: StatementId) -> AnyView {
    let statement = see(console, &id, |_, _, entry| Same::of(&entry.statement));
    let standing = see(console, &id, standing);
    let name = id.as_str().to_owned();
    let of = move |what: fn(&livy::Statement) -> Option<String>| {
        maybe(move || statement.with(|it| what(it.as_ref()?)))
    };
    let state = of(|it| Some(it.state.as_str().to_owned()));
    let status = of(|it| Some(it.output.as_ref()?.status.clone()));
    let progress = of(|it| it.progress.map(|it| it.to_string()));
    let origin = maybe(move || standing.with(|it| Some(it.as_ref()?.origin.as_str().to_owned())));
    let ahead = maybe(move || {
        let waits =
            statement.with(|it| it.as_ref().is_some_and(|it| it.state.phase() == StatementPhase::Queued));
        standing.with(|it| Some(it.as_ref().filter(|it| waits && it.is_open)?.ahead.to_string()))
    });
    let cancel = maybe(move || standing.with(|it| Some(it.as_ref()?.cancel?.to_owned())));
    let code = memo(move || {
        statement.with(|it| {
            let code = it.as_ref()?.code.clone()?;
            Some(console::Mark::taken_off(&code).0.to_owned())
        })
    });
    let code_block = move || {
        Some(view! { <pre class="lc-statement-code" data-statement-code="" translate="no">{code.get()?}</pre> }.into_any())
    };
    let has_output = memo(move || statement.with(|it| it.as_ref().is_some_and(|it| it.output.is_some())));
    let output_id = id.clone();
    let output = move || view! { <OutputView id=output_id.clone() /> }.into_any();
    view! {
        <article
            class="lc-statement"
            aria-label=words::statement(&name)
            data-statement-id=name.clone()
            data-statement-state=state
            data-statement-status=status
            data-statement-origin=origin
            data-statement-progress=progress
            data-statement-ahead=ahead
            data-cancel=cancel
        >
            <div class="lc-statement-head">
                <span class="lc-statement-number">{words::statement(&name)}</span>
                {head(statement, standing)}
                <span class="lc-statement-tools">{tools(console, runner, &id, standing, code)}</span>
            </div>
            {dynamic(code_block)}
            {shown(has_output, output)}
        </article>
    }
    .into_any()
}

/// Its state, its times, and whose it is.
fn head(statement: Seen<Option<Same<livy::Statement>>>, standing: Seen<Option<Standing>>) -> AnyView {
    let console = Console::here();
    let state = text(move || {
        let word =
            statement.with(|it| it.as_ref().map(|it| it.state.as_str().to_owned()).unwrap_or_default());
        if word.is_empty() { words::NO_STATE.to_owned() } else { word }
    });
    // It ticks from this page's clock; the server's tells how long it took in the end.
    let ticks = console.see(move |_| {
        let since = standing.with(|it| it.as_ref().filter(|it| it.is_open)?.runs_since)?;
        Some(now().since(since).as_secs())
    });
    let time = text(move || {
        let took = statement.with(|it| {
            let it = it.as_ref().filter(|it| it.state.is_over())?;
            it.completed?.checked_sub(it.started?)
        });
        match (took, ticks.get()) {
            (Some(millis), _) => words::took(millis),
            (None, Some(seconds)) => words::took(seconds * 1_000),
            (None, None) => String::new(),
        }
    });
    let whose = text(move || {
        let origin = standing.with(|it| it.as_ref().map(|it| it.origin));
        match origin {
            Some(Origin::Browser) => words::FROM_BROWSER,
            Some(Origin::Elsewhere) => words::FROM_ELSEWHERE,
            _ => "",
        }
        .to_owned()
    });
    view! {
        <span class="lc-statement-state">{state}</span>
        <span class="lc-muted">{time}</span>
        <span class="lc-muted">{whose}</span>
    }
    .into_any()
}

/// What can be done with it.
fn tools(
    console: Console,
    runner: Runner,
    id: &StatementId,
    standing: Seen<Option<Standing>>,
    code: Seen<Option<String>>,
) -> AnyView {
    let name = id.as_str().to_owned();
    let is_open = memo(move || standing.with(|it| it.as_ref().is_some_and(|it| it.is_open)));
    let (of_cancel, to_cancel) = (name.clone(), id.clone());
    let cancel = move || {
        let id = to_cancel.clone();
        view! {
            <button
                type="button"
                class="lc-button lc-quiet"
                aria-label=words::cancel(&of_cancel)
                on:click=press(move || console.tell(Event::CancelAsked(id.clone())))
            >
                {words::CANCEL}
            </button>
        }
        .into_any()
    };
    let again = press(move || {
        if let Some(code) = code.get_untracked() {
            runner.run(code, None);
        }
    });
    view! {
        {shown(is_open, cancel)}
        <button type="button" class="lc-button lc-quiet" aria-label=words::run_again(&name) on:click=again>
            {words::RUN_AGAIN}
        </button>
    }
    .into_any()
}
