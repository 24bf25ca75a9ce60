//! What became of the last statement that was sent from here, in one line.

use console::{Run, RunStage};
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::reactive::dynamic;
use crate::web::words::statements as words;

/// The line.
pub fn fate(console: Console) -> AnyView {
    let run = console.see(|model| model.statements()?.run().map(|it| (it.word(), said(it))));
    dynamic(move || {
        let (word, said) = run.get()?;
        Some(view! { <p class="lc-run" data-run=word>{said}</p> }.into_any())
    })
}

fn said(run: &Run) -> String {
    match &run.stage {
        RunStage::Sent => words::SENT.to_owned(),
        RunStage::Accepted(id) => words::accepted(id.as_str()),
        RunStage::Unknown { .. } => words::UNKNOWN.to_owned(),
        RunStage::Found(id) => words::found(id.as_str()),
        RunStage::Absent => words::ABSENT.to_owned(),
        RunStage::Refused(error) => words::refused(error.words().unwrap_or_default()),
        RunStage::Twice(first, second) => words::twice(first.as_str(), second.as_str()),
        RunStage::Lost => words::LOST.to_owned(),
    }
}
