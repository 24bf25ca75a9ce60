//! The form and, beside it, the request it amounts to.

use console::Event;
use form::{Draft, Field, Group, Problem, Shape};
use leptos::html;
use leptos::prelude::*;
use web_sys::SubmitEvent;

use crate::web::draft::Drafting;
use crate::web::page::Console;
use crate::web::part::{CreateFate, KindChoice, PathRows, Preview, TextField, focus_control};

/// The page of `#/new`.
#[component]
pub fn New() -> Option<AnyView> {
    let console = Console::here()?;
    let drafting = console.drafting;
    let summary: NodeRef<html::Div> = NodeRef::new();
    // Counted, so that a second press brings the reader to the summary again.
    let presses = RwSignal::new(0_u32);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        drafting.submitted.set(true);
        presses.update(|it| *it += 1);
        match drafting.reading.get_untracked().request() {
            Ok(request) => console.tell(Event::Submitted(request)),
            Err(_) => {
                if let Some(summary) = summary.get_untracked() {
                    // Focus scrolls to it, and says what it holds.
                    let _ = summary.focus();
                }
            }
        }
    };
    Some(
        view! {
            <div class="lc-head">
                <div>
                    <h1 class="lc-title">"New session"</h1>
                    <p class="lc-sub">"Nothing is sent until you create it. Empty fields are left out and the server decides."</p>
                </div>
                <div class="lc-head-end">
                    <Tools drafting=drafting />
                </div>
            </div>
            <CreateFate />
            <Show when=move || drafting.from_link.get()>
                <div class="lc-alert lc-caution" role="status">
                    <p>
                        <b>"Filled from a link: check before you create."</b>
                    </p>
                </div>
            </Show>
            <div class="lc-split">
                <form class="lc-form" novalidate autocomplete="off" aria-label="New session" on:submit=submit>
                    <Summary drafting=drafting node=summary />
                    {Group::ALL.into_iter().map(|group| view! { <Fields group=group /> }).collect_view()}
                    <div class="lc-actions">
                        <button type="submit" class="lc-button lc-primary">
                            "Create session"
                        </button>
                        <span class="lc-muted lc-small">{move || standing(drafting)}</span>
                    </div>
                </form>
                <Preview />
            </div>
        }
        .into_any(),
    )
}

/// One line beside the button: what keeps it back, or that nothing does.
fn standing(drafting: Drafting) -> String {
    match drafting.reading.with(form::Reading::error_count) {
        0 => "Ready to be sent".to_owned(),
        1 => "1 problem keeps it from being sent".to_owned(),
        count => format!("{count} problems keep it from being sent"),
    }
}

/// Fills and empties the form; what stood there can be brought back.
#[component]
fn Tools(
    /// The form.
    drafting: Drafting,
) -> impl IntoView {
    let undo = move |_| {
        if let Some(before) = drafting.before.get_untracked() {
            drafting.replace(before);
        }
    };
    let empty = move || drafting.draft.with(Draft::is_untouched);
    view! {
        <Show when=move || drafting.before.with(Option::is_some)>
            <button type="button" class="lc-button" on:click=undo>
                "Undo"
            </button>
        </Show>
        <button type="button" class="lc-button" on:click=move |_| drafting.replace(Draft::example())>
            "Fill in the example"
        </button>
        <Show when=move || !empty()>
            <button type="button" class="lc-button lc-quiet" on:click=move |_| drafting.replace(Draft::default())>
                "Clear the form"
            </button>
        </Show>
    }
}

/// All errors at once, each a link to its control. The region stands before it is filled, so that filling it is heard.
#[component]
fn Summary(
    /// The form.
    drafting: Drafting,
    /// Where the reader is brought after a press.
    node: NodeRef<html::Div>,
) -> impl IntoView {
    let errors = move || {
        let all = drafting
            .reading
            .with(|it| it.problems().iter().filter(|it| it.is_error()).cloned().collect::<Vec<_>>());
        if drafting.submitted.get() { all } else { Vec::new() }
    };
    let fields = move || {
        let mut fields: Vec<Field> = errors().iter().map(|it| it.field).collect();
        fields.dedup();
        fields.len()
    };
    let has_errors = Memo::new(move |_| fields() > 0);
    view! {
        <div
            class="lc-summary"
            class:lc-alert=move || has_errors.get()
            role="alert"
            aria-atomic="false"
            aria-relevant="additions"
            tabindex="-1"
            node_ref=node
        >
            <Show when=move || has_errors.get()>
                <p>
                    <b>
                        {move || match fields() {
                            1 => "1 field needs attention".to_owned(),
                            count => format!("{count} fields need attention"),
                        }}
                    </b>
                </p>
                <ul>{move || errors().into_iter().map(summary_item).collect_view()}</ul>
            </Show>
        </div>
    }
}

fn summary_item(problem: Problem) -> impl IntoView {
    let Problem { field, row, message, .. } = problem;
    let place = row.filter(|_| field.is_list()).map(|row| format!(", row {}", row + 1));
    let go = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        focus_control(field, row.unwrap_or(0));
    };
    view! {
        <li>
            <a href="#/new" on:click=go>
                {field.label()}
            </a>
            {place}
            ": "
            {message}
        </li>
    }
}

/// One group of the form.
#[component]
fn Fields(
    /// Which.
    group: Group,
) -> impl IntoView {
    let controls = group.fields().map(|field| match field.shape() {
        Shape::Choice => view! { <KindChoice /> }.into_any(),
        Shape::Paths => view! { <PathRows field=field /> }.into_any(),
        Shape::Text | Shape::Memory | Shape::Count => view! { <TextField field=field /> }.into_any(),
    });
    view! {
        <section class="lc-group" class:lc-group-stacked=group == Group::Files>
            // Not the section's name: a group and a control may be called the same.
            <h2 class="lc-subtitle">{group.title()}</h2>
            <div class="lc-fields">{controls.collect_view()}</div>
        </section>
    }
}
