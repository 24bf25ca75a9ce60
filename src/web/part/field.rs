//! One control of the form with its label, its help, and what is wrong with it.

use form::{Field, Problem, Shape};
use leptos::prelude::*;
use livy::Kind;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, window};

use crate::web::draft::Drafting;
use crate::web::page::Console;
use crate::web::reactive::{flag, maybe, memo, text};

/// The id of a control's element.
pub(super) fn control_id(field: Field, row: usize) -> String {
    if field.is_list() { format!("lc-{}-{row}", field.name()) } else { format!("lc-{}", field.name()) }
}

/// Brings the focus to a control, as soon as it is there.
pub fn focus_control(field: Field, row: usize) {
    focus_element(control_id(field, row));
}

/// Brings the focus to an element, as soon as it is there.
pub(super) fn focus_element(id: String) {
    request_animation_frame(move || {
        let element = window().and_then(|it| it.document()).and_then(|it| it.get_element_by_id(&id));
        if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// What stands below a control: its problem, or its help.
pub(super) fn below(id: String, help: AnyView, problem: Memo<Option<Problem>>) -> AnyView {
    let class = text(move || {
        let class = problem.with(|it| it.as_ref().map(Problem::is_error));
        class.map_or("lc-help", |is_error| if is_error { "lc-wrong" } else { "lc-warning" }).to_owned()
    });
    let message =
        text(move || problem.with(|it| it.as_ref().map(|it| it.message.clone()).unwrap_or_default()));
    view! {
        <div class=class id=id>
            <span class:lc-hidden=flag(move || problem.with(Option::is_some))>{help}</span>
            {message}
        </div>
    }
    .into_any()
}

/// The value of `aria-invalid`: a warning is none.
pub(super) fn invalid(problem: Memo<Option<Problem>>) -> Signal<Option<String>> {
    maybe(move || problem.with(|it| it.as_ref().is_some_and(Problem::is_error)).then(|| "true".to_owned()))
}

/// A field of one line.
#[component]
pub fn TextField(
    /// Which.
    field: Field,
) -> AnyView {
    let drafting = Console::here().drafting;
    let value = text(move || drafting.draft.with(|it| it.text(field).to_owned()));
    let problem = memo(move || drafting.shown_problem(field, 0));
    let (id, below_id) = (control_id(field, 0), format!("lc-{}-below", field.name()));
    let sent = text(move || drafting.made_up.with(|it| it.as_str().to_owned()));
    let (help, placeholder) = if field == Field::Name {
        let help =
            view! { {field.help()} " Left empty, it is " <span class="lc-mono">{sent}</span> "." }.into_any();
        (help, maybe(move || Some(sent.get())))
    } else {
        (field.help().into_any(), maybe(|| None))
    };
    view! {
        <div class="lc-field">
            <label class="lc-label" for=id.clone()>
                {field.label()}
            </label>
            <input
                class="lc-input"
                type="text"
                id=id
                name=field.name()
                inputmode=(field.shape() == Shape::Count).then_some("numeric")
                placeholder=placeholder
                spellcheck="false"
                autocapitalize="off"
                aria-invalid=invalid(problem)
                aria-describedby=below_id.clone()
                prop:value=value
                on:input=typed(drafting, field, 0)
            />
            {below(below_id, help, problem)}
        </div>
    }
    .into_any()
}

/// What typing does.
pub(super) fn typed(drafting: Drafting, field: Field, row: usize) -> Box<dyn FnMut(Event)> {
    Box::new(move |event| drafting.type_into(field, row, event_target_value(&event)))
}

/// The kinds, each with what it means.
#[component]
pub fn KindChoice() -> AnyView {
    let drafting = Console::here().drafting;
    let chosen = memo(move || drafting.draft.with(|it| it.text(Field::Kind).to_owned()));
    let option = move |kind: Kind| {
        // The first one is where a summary's link leads.
        let id = if kind == Kind::Spark {
            control_id(Field::Kind, 0)
        } else {
            format!("lc-kind-{}", kind.as_str())
        };
        view! {
            <span class="lc-choice">
                <input
                    type="radio"
                    class="lc-choice-input"
                    id=id.clone()
                    name=Field::Kind.name()
                    value=kind.as_str()
                    prop:checked=flag(move || chosen.get() == kind.as_str())
                    on:change=typed(drafting, Field::Kind, 0)
                />
                <label class="lc-choice-word" for=id>
                    {kind.as_str()}
                </label>
            </span>
        }
        .into_any()
    };
    view! {
        <fieldset class="lc-field lc-field-whole" aria-describedby="lc-kind-below">
            <legend class="lc-label">{Field::Kind.label()}</legend>
            <div class="lc-choices">{Kind::ALL.map(option).collect_view()}</div>
            <div class="lc-help" id="lc-kind-below">
                {text(move || meaning(&chosen.get()).to_owned())}
            </div>
        </fieldset>
    }
    .into_any()
}

fn meaning(kind: &str) -> &'static str {
    match Kind::parse(kind) {
        Some(Kind::Spark) => "Scala. Statements of the other kinds can be run too, each naming its own.",
        Some(Kind::PySpark) => "Python. Statements of the other kinds can be run too, each naming its own.",
        Some(Kind::SparkR) => "R. The server needs an installation of R.",
        Some(Kind::Sql) => "SQL alone, with Spark's tables.",
        Some(Kind::Shared) => "No language of its own: every statement has to name one. Livy 0.5 and later.",
        None => "Choose one.",
    }
}
