//! How far a delete of many sessions has come, and what became of each.

use console::{Doing, EndItem, EndStage, Ends, FleetEvent, Outcome};
use leptos::html;
use leptos::prelude::*;
use livy::CallError;

use crate::web::browser::focus::{focus_first, focus_still, is_typing};
use crate::web::console::Console;
use crate::web::part::fleet::place::{DELETE, RESULT, SEARCH};
use crate::web::reactive::{dynamic, effect, memo, press, shown, text};
use crate::web::words::fleet as words;

/// At most so many are told one by one; those that failed first.
const TOLD: usize = 300;

/// What the person can do next.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    Stop,
    GoOn,
    Retry,
    Close,
}

/// The words, the numbers and the buttons.
pub fn end_result(console: Console) -> AnyView {
    let node: NodeRef<html::H2> = NodeRef::new();
    let is_over = console.see(|model| model.ends().is_some_and(is_over_now));
    let numbers = console.see(|model| model.ends().map(|it| (it.done() + it.failed(), it.total())));
    let heading = console.see(move |model| {
        let Some(ends) = model.ends() else { return String::new() };
        if is_over_now(ends) { words::result(ends) } else { words::deleting(ends) }
    });
    // The end is told where it stands: who is writing keeps the focus, and hears of it.
    let told = RwSignal::new(String::new());
    effect(move || {
        if !is_over.get() {
            told.set(String::new());
        } else if is_typing() {
            told.set(heading.get_untracked());
        } else if let Some(heading) = node.get() {
            focus_still(&heading);
        }
    });
    let note = console.see(|model| {
        let title = |error: &CallError| model.failure_title(error, Doing::Deleting);
        match &model.ends()?.stage {
            EndStage::Waiting(at, error) => Some((Some(*at), title(error))),
            EndStage::Stopped(halt) => {
                let title =
                    if let console::Halt::Refused(error) = halt { title(error) } else { String::new() };
                Some((None, words::halted(halt, &title)))
            }
            _ => None,
        }
    });
    let note = memo(move || match note.get() {
        Some((Some(at), title)) => words::deletes_go_on_at(&title, &console.clock.get().to_second(at)),
        Some((None, text)) => text,
        None => String::new(),
    });
    let acts = console.see(|model| match model.ends() {
        Some(Ends { stage: EndStage::Running | EndStage::Waiting(..), .. }) => vec![Act::Stop],
        Some(Ends { stage: EndStage::Stopped(_), .. }) => vec![Act::GoOn, Act::Close],
        Some(ends) if ends.failed() > 0 => vec![Act::Retry, Act::Close],
        _ => vec![Act::Close],
    });
    let buttons =
        move || Some(acts.get().into_iter().map(|it| button(console, it)).collect_view().into_any());
    let progress = move || {
        let (came, total) = numbers.get()?;
        let value = text(move || came.to_string());
        let is_running = !is_over.get();
        is_running.then(|| {
            view! { <progress class="lc-progress" max=total.to_string() value=value aria-hidden="true"></progress> }
                .into_any()
        })
    };
    view! {
        <section class="lc-end-result" aria-labelledby=RESULT>
            <div class="lc-end-head">
                <h2 class="lc-subtitle" id=RESULT tabindex="-1" node_ref=node>
                    {text(move || heading.get())}
                </h2>
                {dynamic(progress)}
                <div class="lc-end-acts">{dynamic(buttons)}</div>
            </div>
            <p class="lc-end-note" role="status">
                {text(move || note.get())}
            </p>
            <p class="lc-sr" role="status">
                {text(move || told.get())}
            </p>
            {shown(is_over, move || results(console))}
        </section>
    }
    .into_any()
}

fn is_over_now(ends: &Ends) -> bool {
    matches!(ends.stage, EndStage::Done | EndStage::Stopped(_))
}

fn button(console: Console, act: Act) -> AnyView {
    let (name, event, class) = match act {
        Act::Stop => (words::STOP, FleetEvent::EndStopped, "lc-button"),
        Act::GoOn => (words::GO_ON, FleetEvent::EndResumed, "lc-button"),
        Act::Retry => (words::RETRY_FAILED, FleetEvent::FailedRetried, "lc-button"),
        Act::Close => (words::CLOSE, FleetEvent::EndDismissed, "lc-button lc-quiet"),
    };
    let press = press(move || {
        console.tell(console::Event::Fleet(event.clone()));
        // The button goes.
        let next = [RESULT, DELETE].map(|it| format!("#{it}"));
        focus_first(next.into_iter().chain([SEARCH.to_owned()]).collect());
    });
    view! {
        <button type="button" class=class on:click=press>
            {name}
        </button>
    }
    .into_any()
}

/// What became of each, those that failed first.
fn results(console: Console) -> AnyView {
    let items = console.see(|model| {
        let mut items: Vec<EndItem> =
            model.ends().map(|it| it.ticked().cloned().collect()).unwrap_or_default();
        items.sort_by_key(|it| !matches!(it.outcome, Outcome::Failed(_)));
        items
    });
    let has_failed =
        memo(move || items.with(|it| it.iter().any(|it| matches!(it.outcome, Outcome::Failed(_)))));
    let list = move || {
        let items = items.get();
        let more = items.len().saturating_sub(TOLD);
        let rows = items.into_iter().take(TOLD).map(|item| {
            let title = || {
                let Outcome::Failed(error) = &item.outcome else { return String::new() };
                console.look(|model| Some(model.failure_title(error, Doing::Deleting))).unwrap_or_default()
            };
            let class = if matches!(item.outcome, Outcome::Failed(_)) { "lc-failed" } else { "" };
            let became = words::outcome(&item.outcome, title);
            view! {
                <li class=class>
                    <span>{words::item(&item)}</span>
                    <span>{became}</span>
                </li>
            }
            .into_any()
        });
        let rows = rows.collect_view();
        let more = (more > 0).then(|| view! { <li>{words::and_more(more)}</li> }.into_any());
        Some(view! { {rows} {more} }.into_any())
    };
    view! {
        <details class="lc-end-each" open=has_failed.get_untracked()>
            <summary>{words::RESULTS}</summary>
            <ul>{dynamic(list)}</ul>
        </details>
    }
    .into_any()
}
