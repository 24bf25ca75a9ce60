//! One control of the form with its label, its help, and what is wrong with it.

use form::{Field, Problem, Shape};
use leptos::prelude::*;
use livy::Kind;
use web_sys::Event;

use crate::web::console::Console;
use crate::web::draft::{Drafting, Offer};
use crate::web::part::control::{control_id, focus_control};
use crate::web::reactive::{dynamic, flag, maybe, memo, press, text};
use crate::web::words::form as words;

/// What stands below a control: its problem, or its help.
pub(super) fn below(id: String, help: AnyView, problem: Memo<Option<Problem>>) -> AnyView {
    below_with(id, help, problem, ().into_any())
}

/// The same, and something more.
fn below_with(id: String, help: AnyView, problem: Memo<Option<Problem>>, more: AnyView) -> AnyView {
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
            {more}
        </div>
    }
    .into_any()
}

/// The value of `aria-invalid`: a warning is none.
pub(super) fn invalid(problem: Memo<Option<Problem>>) -> Signal<Option<String>> {
    maybe(move || problem.with(|it| it.as_ref().is_some_and(Problem::is_error)).then(|| "true".to_owned()))
}

/// The help of a field, with what the host's policy says of it.
pub(super) fn help(field: Field, drafting: Drafting) -> String {
    match drafting.policy(|it| it.hint(field)) {
        Some(hint) => format!("{} {hint}", field.help()),
        None => field.help().to_owned(),
    }
}

/// A word beside the label where the value differs from the session that the form was filled from.
pub(super) fn changed(field: Field, drafting: Drafting) -> AnyView {
    let changed = memo(move || drafting.changed(field));
    dynamic(move || {
        let said = changed.get()?;
        Some(view! { <span class="lc-tag">{said}</span> }.into_any())
    })
}

/// A value that is offered for a field, to be taken by a press. It is not a part of what describes the control.
fn offer(field: Field, drafting: Drafting) -> AnyView {
    let offered = memo(move || drafting.offer(field));
    dynamic(move || {
        let Offer { value, instead_of } = offered.get()?;
        let taken = value.clone();
        let take = press(move || {
            drafting.take_offer(field, taken.clone());
            focus_control(field, 0);
        });
        let said = instead_of.map(|it| words::better(&value, &it));
        Some(
            view! {
                <p class="lc-offered">
                    {said} " "
                    <button type="button" class="lc-button" on:click=take>
                        {words::take(&value)}
                    </button>
                </p>
            }
            .into_any(),
        )
    })
}

/// A field of one line, with its unit where it has one.
#[component]
pub fn TextField(
    /// Which.
    field: Field,
) -> AnyView {
    let console = Console::here();
    let drafting = console.drafting;
    let units = form::options(field);
    let has_unit = !units.is_empty();
    let value = if has_unit {
        text(move || drafting.number(field))
    } else {
        text(move || drafting.draft.with(|it| it.text(field).to_owned()))
    };
    let problem = memo(move || drafting.shown_problem(field));
    let (id, below_id) = (control_id(field, 0), format!("lc-{}-below", field.name()));
    let sent = text(move || drafting.terms.with(|it| it.made_up().as_str().to_owned()));
    let (help, placeholder) = if field == Field::Name {
        (name_help(sent), maybe(move || Some(sent.get())))
    } else {
        (help(field, drafting).into_any(), maybe(|| None))
    };
    let locked = drafting.policy(|it| it.locks(field));
    let taken = if field == Field::Name { taken(console) } else { ().into_any() };
    let has_offers = matches!(field.shape(), Shape::Memory | Shape::Duration | Shape::Count) && !locked;
    let is_queue = field == Field::Queue;
    let queues = if is_queue { drafting.policy(|it| it.queues().to_vec()) } else { Vec::new() };
    let list = (!queues.is_empty()).then_some("lc-queues");
    let on_input: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let text = event_target_value(&event);
        if has_unit { drafting.type_number(field, text) } else { drafting.type_into(field, 0, text) }
    });
    let on_change: Box<dyn FnMut(Event)> = Box::new(move |_| {
        if has_unit {
            drafting.settle_unit(field);
        }
    });
    view! {
        <div class="lc-field">
            <label class="lc-label" id=format!("lc-{}-label", field.name()) for=id.clone()>
                {field.label()}
            </label>
            {changed(field, drafting)}
            <div class="lc-with-unit">
                <input
                    class="lc-input"
                    type="text"
                    id=id
                    name=field.name()
                    inputmode=(field.shape() == Shape::Count || has_unit).then_some("numeric")
                    placeholder=placeholder
                    spellcheck="false"
                    autocapitalize="off"
                    list=list
                    readonly=locked
                    aria-invalid=invalid(problem)
                    aria-describedby=below_id.clone()
                    prop:value=value
                    on:input=on_input
                    on:change=on_change
                />
                {has_unit.then(|| unit_picker(field, drafting, locked))}
            </div>
            {list.map(|id| {
                let options = queues.into_iter().map(|it| view! { <option value=it></option> }.into_any());
                view! { <datalist id=id>{options.collect_view()}</datalist> }.into_any()
            })}
            {below_with(below_id, help, problem, taken)}
            {has_offers.then(|| offer(field, drafting))}
        </div>
    }
    .into_any()
}

/// The unit beside a number. It stays empty until one is chosen or typed with the number.
fn unit_picker(field: Field, drafting: Drafting, locked: bool) -> AnyView {
    let units = form::options(field);
    let chosen = text(move || {
        let unit = drafting.unit(field);
        form::split(field, &format!("1{unit}")).map_or("", |(_, _, option)| option).to_owned()
    });
    let on_change: Box<dyn FnMut(Event)> =
        Box::new(move |event| drafting.choose_unit(field, event_target_value(&event)));
    let option = |(value, unit): &(&'static str, &'static str)| {
        let (value, unit) = (*value, *unit);
        view! {
            <option value=value prop:selected=flag(move || chosen.get() == value)>
                {unit}
            </option>
        }
        .into_any()
    };
    view! {
        <select
            class="lc-input lc-unit"
            name=format!("{}.unit", field.name())
            aria-label=words::UNIT
            aria-describedby=format!("lc-{0}-label lc-{0}-below", field.name())
            disabled=locked
            on:change=on_change
        >
            <option value="" prop:selected=flag(move || chosen.with(String::is_empty))>
                {words::NO_UNIT}
            </option>
            {units.iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// What a name is for, and what is sent where none is given.
fn name_help(sent: Signal<String>) -> AnyView {
    view! { {Field::Name.help()} {words::NAME_IF_EMPTY} <span class="lc-mono">{sent}</span> "." }.into_any()
}

/// Who has the name that stands in the form, beside whatever else is to be said of it.
fn taken(console: Console) -> AnyView {
    let taken = console.name_taken();
    let said = move || {
        let id = taken.get()?;
        Some(
            view! {
                <a href=console::Route::of(&id).href()>{words::session(id.as_str())}</a>
                {words::NAME_TAKEN}
            }
            .into_any(),
        )
    };
    view! {
        <div class="lc-warning" role="status">
            {dynamic(said)}
        </div>
    }
    .into_any()
}

/// The kinds, each with what it means.
#[component]
pub fn KindChoice() -> AnyView {
    let drafting = Console::here().drafting;
    let chosen = memo(move || drafting.draft.with(|it| it.text(Field::Kind).to_owned()));
    let problem = memo(move || drafting.shown_problem(Field::Kind));
    let locked = drafting.policy(|it| it.locks(Field::Kind));
    let option = move |kind: Kind| {
        let id = format!("lc-kind-{}", kind.as_str());
        let allowed = drafting.policy(|it| it.allows(kind.as_str()));
        let typed: Box<dyn FnMut(Event)> =
            Box::new(move |_| drafting.type_into(Field::Kind, 0, kind.as_str().to_owned()));
        view! {
            <span class="lc-choice" class:lc-off=!allowed>
                <input
                    type="radio"
                    class="lc-choice-input"
                    id=id.clone()
                    name=Field::Kind.name()
                    value=kind.as_str()
                    disabled=locked || !allowed
                    aria-invalid=invalid(problem)
                    aria-describedby="lc-kind-below"
                    prop:checked=flag(move || chosen.get() == kind.as_str())
                    on:change=typed
                />
                <label class="lc-choice-word" for=id>
                    {kind.as_str()}
                </label>
            </span>
        }
        .into_any()
    };
    let hint = drafting.policy(|it| it.hint(Field::Kind)).map(|it| format!(" {it}")).unwrap_or_default();
    let help = text(move || [words::kind(&chosen.get()), &hint].concat());
    view! {
        <fieldset class="lc-field lc-field-whole" aria-describedby="lc-kind-below">
            <legend class="lc-label">{Field::Kind.label()}</legend>
            {changed(Field::Kind, drafting)}
            <div class="lc-choices">{Kind::ALL.map(option).collect_view()}</div>
            {below("lc-kind-below".to_owned(), view! { {help} }.into_any(), problem)}
        </fieldset>
    }
    .into_any()
}
