//! One control of the form with its label, its help, and what is wrong with it.

use console::Route;
use form::{Change, Field, FormEvent, Offer, Problem, Shape};
use leptos::prelude::*;
use livy::Kind;
use web_sys::Event;

use crate::web::browser::link::{data_route, href};
use crate::web::part::form::control::control_id;
use crate::web::part::form::driver::FormDriver;
use crate::web::reactive::{Seen, dynamic, flag, maybe, press, text};
use crate::web::words::form as words;

/// What stands below a control: its problem, or its help.
pub(super) fn below(id: String, help: AnyView, problem: Seen<Option<Problem>>) -> AnyView {
    below_with(id, help, problem, ().into_any())
}

/// The same, and something more.
fn below_with(id: String, help: AnyView, problem: Seen<Option<Problem>>, more: AnyView) -> AnyView {
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
pub(super) fn invalid(problem: Seen<Option<Problem>>) -> Signal<Option<String>> {
    maybe(move || problem.with(|it| it.as_ref().is_some_and(Problem::is_error)).then(|| "true".to_owned()))
}

/// The help of a field, which follows the cluster manager as soon as a session shows it.
pub(super) fn help(field: Field, form: FormDriver) -> Signal<String> {
    let help = form.see(move |form| form.help(field));
    text(move || help.get())
}

/// A word beside the label where the value differs from the session that the form was filled from.
pub(super) fn changed(field: Field, form: FormDriver) -> AnyView {
    let changed = form.see(move |form| form.changed(field));
    dynamic(move || {
        let said = match changed.get()? {
            Change::From(value) => words::changed_from(&value),
            Change::Keys(keys) => words::changed_keys(&keys.join(", ")),
            Change::Otherwise => words::CHANGED.to_owned(),
        };
        Some(view! { <span class="lc-tag">{said}</span> }.into_any())
    })
}

/// A value that is offered for a field, to be taken by a press. It is not a part of what describes the control.
fn offer(field: Field, form: FormDriver) -> AnyView {
    let offered = form.see(move |form| form.offer(field));
    dynamic(move || {
        let Offer { value, instead_of } = offered.get()?;
        let taken = value.clone();
        let take = press(move || form.tell(FormEvent::OfferTaken { field, value: taken.clone() }));
        let said = instead_of.map(|had| words::better(&value, &had));
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
    let form = FormDriver::here();
    let has_unit = !form::options(field).is_empty();
    let value =
        form.see(
            move |form| {
                if has_unit { form.number(field).to_owned() } else { form.draft().text(field).to_owned() }
            },
        );
    let problem = form.see(move |form| form.shown_problem(field));
    let (id, below_id) = (control_id(field, 0), format!("lc-{}-below", field.name()));
    let made_up = form.see(|form| form.made_up_name().as_str().to_owned());
    let (help, placeholder) = if field == Field::Name {
        (name_help(text(move || made_up.get())), maybe(move || Some(made_up.get())))
    } else {
        (help(field, form).into_any(), maybe(|| None))
    };
    let locked = form.look(|form| form.policy().locks(field));
    let taken = if field == Field::Name { taken(form) } else { ().into_any() };
    let has_offers = matches!(field.shape(), Shape::Memory | Shape::Duration | Shape::Count) && !locked;
    let is_queue = field == Field::Queue;
    let queues = if is_queue { form.look(|form| form.policy().queues().to_vec()) } else { Vec::new() };
    let list = (!queues.is_empty()).then_some("lc-queues");
    let on_input: Box<dyn FnMut(Event)> = Box::new(move |event| {
        form.tell(FormEvent::Typed { field, row: 0, text: event_target_value(&event) });
    });
    let on_change: Box<dyn FnMut(Event)> = Box::new(move |_| {
        if has_unit {
            form.tell(FormEvent::NumberDone(field));
        }
    });
    view! {
        <div class="lc-field">
            <label class="lc-label" id=format!("lc-{}-label", field.name()) for=id.clone()>
                {field.label()}
            </label>
            {changed(field, form)}
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
                    prop:value=text(move || value.get())
                    on:input=on_input
                    on:change=on_change
                />
                {has_unit.then(|| unit_picker(field, form, locked))}
            </div>
            {list.map(|id| {
                let options = queues.into_iter().map(|queue| view! { <option value=queue></option> }.into_any());
                view! { <datalist id=id>{options.collect_view()}</datalist> }.into_any()
            })}
            {below_with(below_id, help, problem, taken)}
            {has_offers.then(|| offer(field, form))}
        </div>
    }
    .into_any()
}

/// The unit beside a number. It stays empty until one is chosen or typed with the number.
fn unit_picker(field: Field, form: FormDriver, locked: bool) -> AnyView {
    let units = form::options(field);
    let chosen = form.see(move |form| {
        let number = format!("1{}", form.unit(field));
        form::split(field, &number).map_or("", |(_, _, option)| option)
    });
    let on_change: Box<dyn FnMut(Event)> = Box::new(move |event| {
        form.tell(FormEvent::UnitChosen { field, unit: event_target_value(&event) });
    });
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
            <option value="" prop:selected=flag(move || chosen.get().is_empty())>
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
fn taken(form: FormDriver) -> AnyView {
    let taken = form.name_taken();
    let said = move || {
        let id = taken.get()?;
        Some(
            view! {
                <a href=href(&Route::of(&id)) data-route=data_route(&Route::of(&id))>{words::session(id.as_str())}</a>
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
    let form = FormDriver::here();
    let chosen = form.see(|form| form.draft().text(Field::Kind).to_owned());
    let problem = form.see(|form| form.shown_problem(Field::Kind));
    let locked = form.look(|form| form.policy().locks(Field::Kind));
    let option = move |kind: Kind| {
        let id = format!("lc-kind-{}", kind.as_str());
        let allowed = form.look(|form| form.policy().allows(kind.as_str()));
        let typed: Box<dyn FnMut(Event)> = Box::new(move |_| {
            form.tell(FormEvent::Typed { field: Field::Kind, row: 0, text: kind.as_str().to_owned() });
        });
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
    let hint = form.look(|form| form.policy().hint(Field::Kind));
    let hint = hint.map(|hint| format!(" {hint}")).unwrap_or_default();
    let help = text(move || [words::kind(&chosen.get()), &hint].concat());
    view! {
        <fieldset class="lc-field lc-field-whole" aria-describedby="lc-kind-below">
            <legend class="lc-label">{Field::Kind.label()}</legend>
            {changed(Field::Kind, form)}
            <div class="lc-choices">{Kind::ALL.map(option).collect_view()}</div>
            {below("lc-kind-below".to_owned(), view! { {help} }.into_any(), problem)}
        </fieldset>
    }
    .into_any()
}
