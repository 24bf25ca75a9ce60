//! What became of the last statement that was sent from here.

use std::slice;

use console::{Event, Run, RunStage};
use leptos::prelude::*;
use livy::StatementId;

use crate::web::console::Console;
use crate::web::part::statements::runner::Runner;
use crate::web::part::statements::said::button;
use crate::web::reactive::dynamic;
use crate::web::words::fate as words;

/// What goes as it should is only shown. What else becomes of it is spoken too: its place is there before it comes.
const SILENT: [&str; 2] = ["sent", "accepted"];

/// What a person can do about it.
#[derive(Clone, PartialEq)]
enum Remedy {
    None,
    SendAgain,
    Confirm(StatementId),
    Cancel(Vec<StatementId>),
}

/// The line, and what can be done.
pub fn fate(console: Console, runner: Runner) -> AnyView {
    let seen = console.see(|model| {
        let statements = model.statements()?;
        let run = statements.run()?;
        let open: Vec<StatementId> = statements.open_copies().cloned().collect();
        let remedy = match &run.stage {
            // Code that is on its way is never stored: after a reload there is none to send.
            RunStage::Absent if !run.code.is_empty() => Remedy::SendAgain,
            RunStage::Unknown { maybe: Some(id), .. } => Remedy::Confirm(id.clone()),
            RunStage::Twice(..) if !open.is_empty() => Remedy::Cancel(open),
            _ => Remedy::None,
        };
        let in_editor = !run.code.is_empty() && statements.draft().contains(&run.code);
        Some((run.word(), said(run, in_editor), is_calm(run), remedy))
    });
    let forbidden = console.see(|model| model.statements().is_some_and(|it| it.forbidden().is_some()));
    let line = move |is_spoken: bool| {
        dynamic(move || {
            let (word, said, is_calm, remedy) = seen.get()?;
            if SILENT.contains(&word) == is_spoken {
                return None;
            }
            let class = if is_calm { "lc-run" } else { "lc-run lc-alert lc-caution" };
            let viewer = forbidden.get().then(|| view! { <p>{words::VIEW_ONLY}</p> }.into_any());
            let remedy = remedied(remedy, console, runner);
            Some(
                view! {
                    <div class=class data-run=word>
                        <p>{said}</p>
                        {viewer}
                        {remedy}
                    </div>
                }
                .into_any(),
            )
        })
    };
    view! {
        {line(false)}
        <div role="status">{line(true)}</div>
    }
    .into_any()
}

fn remedied(remedy: Remedy, console: Console, runner: Runner) -> Option<AnyView> {
    Some(match remedy {
        Remedy::None => return None,
        Remedy::SendAgain => button(words::SEND_AGAIN.to_owned(), move || runner.send_again()),
        Remedy::Confirm(id) => button(words::it_is(id.as_str()), move || console.tell(Event::RunConfirmed)),
        Remedy::Cancel(ids) => {
            button(words::cancel_all(&ids), move || console.tell(Event::CancelCopiesAsked))
        }
    })
}

/// True where nobody has to do anything, or to wait for long.
fn is_calm(run: &Run) -> bool {
    matches!(run.stage, RunStage::Sent | RunStage::Accepted(_) | RunStage::Found(_))
}

/// `in_editor`: its code stands there.
fn said(run: &Run, in_editor: bool) -> String {
    match &run.stage {
        RunStage::Sent => words::SENT.to_owned(),
        RunStage::Accepted(id) => words::accepted(id.as_str()),
        RunStage::Unknown { maybe: Some(id), .. } => words::probably(id.as_str()),
        RunStage::Unknown { maybe: None, .. } if run.may_be_gone() => words::MAY_BE_GONE.to_owned(),
        RunStage::Unknown { maybe: None, .. } => words::UNKNOWN.to_owned(),
        RunStage::Found(id) => words::found(id.as_str()),
        RunStage::Absent if run.code.is_empty() => words::ABSENT_AFTER_RELOAD.to_owned(),
        RunStage::Absent => words::absent(run.denials(), in_editor),
        RunStage::Refused(error) => words::refused(error, in_editor),
        RunStage::Twice(first, later) => words::repeated(&[slice::from_ref(first), later].concat()),
        RunStage::Lost => words::LOST.to_owned(),
    }
}
