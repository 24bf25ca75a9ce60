//! One control of the form with its label, its help, and what is wrong with it.

use form::{Field, Problem, Shape};
use leptos::prelude::*;
use livy::Kind;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, window};

use crate::web::page::Console;

/// The id of a control's element.
pub(super) fn control_id(field: Field, row: usize) -> String {
    if field.is_list() { format!("lc-{}-{row}", field.name()) } else { format!("lc-{}", field.name()) }
}

/// Brings the focus to a control, as soon as it is there.
pub fn focus_control(field: Field, row: usize) {
    leptos::prelude::request_animation_frame(move || {
        let element = window()
            .and_then(|it| it.document())
            .and_then(|it| it.get_element_by_id(&control_id(field, row)));
        if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// What stands below a control: its problem, or its help.
pub(super) fn below(id: String, help: AnyView, problem: Memo<Option<Problem>>) -> AnyView {
    let class = move || match problem.get() {
        None => "lc-help",
        Some(it) if it.is_error() => "lc-wrong",
        Some(_) => "lc-warning",
    };
    let message = move || problem.get().map(|it| it.message);
    let says = Memo::new(move |_| message().is_some());
    view! {
        <div class=class id=id>
            <span class:lc-hidden=move || says.get()>{help}</span>
            {message}
        </div>
    }
    .into_any()
}

/// A field of one line.
#[component]
pub fn TextField(
    /// Which.
    field: Field,
) -> Option<AnyView> {
    let drafting = Console::here()?.drafting;
    let text = Memo::new(move |_| drafting.draft.with(|it| it.text(field).to_owned()));
    let problem = Memo::new(move |_| drafting.shown_problem(field, 0));
    let (id, below_id) = (control_id(field, 0), format!("lc-{}-below", field.name()));
    let placeholder =
        move || if field == Field::Name { Some(drafting.made_up.get().as_str().to_owned()) } else { None };
    let help = if field == Field::Name {
        let sent = move || drafting.made_up.get().as_str().to_owned();
        view! { {field.help()} " Left empty, it is " <span class="lc-mono">{sent}</span> "." }.into_any()
    } else {
        field.help().into_any()
    };
    Some(
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
                    aria-invalid=move || problem.with(|it| it.as_ref().is_some_and(Problem::is_error)).then_some("true")
                    aria-describedby=below_id.clone()
                    prop:value=text
                    on:input=move |event| drafting.type_into(field, 0, event_target_value(&event))
                    on:change=move |_| drafting.leave(field, 0)
                />
                {below(below_id, help, problem)}
            </div>
        }
        .into_any(),
    )
}

/// The kinds, each with what it means.
#[component]
pub fn KindChoice() -> Option<AnyView> {
    let drafting = Console::here()?.drafting;
    let chosen = Memo::new(move |_| drafting.draft.with(|it| it.text(Field::Kind).to_owned()));
    let option = move |kind: Kind| {
        let id = format!("lc-kind-{}", kind.as_str());
        view! {
            <input
                type="radio"
                class="lc-choice-input"
                id=if kind == Kind::Spark { control_id(Field::Kind, 0) } else { id.clone() }
                name=Field::Kind.name()
                value=kind.as_str()
                prop:checked=move || chosen.get() == kind.as_str()
                on:change=move |_| drafting.type_into(Field::Kind, 0, kind.as_str().to_owned())
            />
            <label class="lc-choice" for=if kind == Kind::Spark { control_id(Field::Kind, 0) } else { id }>
                {kind.as_str()}
            </label>
        }
    };
    Some(
        view! {
            <fieldset class="lc-field lc-field-whole" aria-describedby="lc-kind-below">
                <legend class="lc-label">{Field::Kind.label()}</legend>
                <div class="lc-choices">{Kind::ALL.map(option).collect_view()}</div>
                <div class="lc-help" id="lc-kind-below">
                    {move || meaning(&chosen.get())}
                </div>
            </fieldset>
        }
        .into_any(),
    )
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
