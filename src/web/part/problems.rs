//! All problems of the form in one place: what keeps it back above it, what is to be considered beside its button.

use form::Problem;
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, Event};

use crate::web::draft::Drafting;
use crate::web::page::Console;
use crate::web::part::focus_control;
use crate::web::reactive::{dynamic, flag, memo, press_instead, text};

/// All errors at once, each a link to its control. The region stands before it is filled, so that filling it is heard.
#[component]
pub fn Errors(
    /// Where it is drawn: a press that sends nothing brings the focus here.
    node: NodeRef<html::Div>,
) -> AnyView {
    let drafting = Console::here().drafting;
    let errors = memo(move || if drafting.submitted.get() { drafting.problems(true) } else { Vec::new() });
    let list = move || {
        let errors = errors.get();
        let heading = match errors.len() {
            0 => return None,
            1 => "1 problem needs attention".to_owned(),
            count => format!("{count} problems need attention"),
        };
        Some(
            view! {
                <p>
                    <b>{heading}</b>
                </p>
                <ul>{errors.into_iter().map(item).collect_view()}</ul>
            }
            .into_any(),
        )
    };
    // It is heard when the button is pressed, not again with each key that mends one.
    let live = text(move || if drafting.is_as_pressed() { "assertive" } else { "off" }.to_owned());
    view! {
        <div
            class="lc-summary"
            class:lc-alert=flag(move || errors.with(|it| !it.is_empty()))
            role="alert"
            aria-live=live
            aria-atomic="false"
            aria-relevant="additions"
            tabindex="-1"
            node_ref=node
        >
            {dynamic(list)}
        </div>
    }
    .into_any()
}

fn item(problem: Problem) -> AnyView {
    let Problem { field, row, message, .. } = problem;
    let place = row.filter(|_| field.has_rows()).map(|row| format!(", row {}", row + 1)).unwrap_or_default();
    let go = press_instead(move || focus_control(field, row.unwrap_or(0)));
    view! {
        <li>
            <a href="#/new" on:click=go>
                {field.label()}
                {place}
            </a>
            {format!(": {message}")}
        </li>
    }
    .into_any()
}

/// What keeps the form back, or that nothing does. Its warnings can be read there, each a link to its control.
#[component]
pub fn Standing() -> AnyView {
    let console = Console::here();
    let drafting = console.drafting;
    let is_taken = memo(move || console.name_taken().is_some());
    let warns = memo(move || drafting.error_count() == 0 && drafting.warning_count() > 0);
    let is_open = RwSignal::new(false);
    let warnings = memo(move || if is_open.get() { drafting.problems(false) } else { Vec::new() });
    let words = text(move || standing(drafting, is_taken.get()));
    let drawn = move || {
        if !warns.get() {
            return Some(view! { <span class="lc-muted lc-small">{words}</span> }.into_any());
        }
        let toggled: Box<dyn FnMut(Event)> =
            Box::new(move |event| is_open.set(event_target::<Element>(&event).has_attribute("open")));
        let list =
            move || Some(view! { <ul>{warnings.get().into_iter().map(item).collect_view()}</ul> }.into_any());
        Some(
            view! {
                <details class="lc-standing lc-small" open=is_open.get_untracked() on:toggle=toggled>
                    <summary class="lc-muted">{words}</summary>
                    {dynamic(list)}
                </details>
            }
            .into_any(),
        )
    };
    dynamic(drawn)
}

fn standing(drafting: Drafting, is_taken: bool) -> String {
    match (drafting.error_count(), drafting.warning_count()) {
        (0, _) if is_taken => {
            "Another session has the name: it is looked up again before anything is sent".to_owned()
        }
        (0, 0) => "Ready to be sent".to_owned(),
        (0, 1) => "Ready to be sent, with 1 warning".to_owned(),
        (0, count) => format!("Ready to be sent, with {count} warnings"),
        (1, _) => "1 problem keeps it from being sent".to_owned(),
        (count, _) => format!("{count} problems keep it from being sent"),
    }
}
