//! The fields of the form in their groups. A group that nobody uses is short: a list is its button, and what is rarely set is
//! folded until something in it is set, wrong, or looked for.

use form::{Field, Group, Shape};
use leptos::prelude::*;
use web_sys::{Element, Event};

use crate::web::part::form::conf_rows::ConfRows;
use crate::web::part::form::driver::FormDriver;
use crate::web::part::form::field::{KindChoice, TextField};
use crate::web::part::form::path_rows::PathRows;
use crate::web::reactive::{effect, flag, memo, text};
use crate::web::words::form as words;

/// All groups.
#[component]
pub fn Groups() -> AnyView {
    let form = FormDriver::here();
    let group = |group: Group| match group {
        Group::Lifetime => folded(group, form),
        _ => open(group),
    };
    Group::ALL.map(group).collect_view().into_any()
}

/// Its heading is not the section's name: a group and a control may be called the same.
fn open(group: Group) -> AnyView {
    let class = if matches!(group, Group::Files | Group::Conf) { "lc-lists" } else { "lc-fields" };
    view! {
        <section class="lc-group">
            <h2 class="lc-subtitle">{group.title()}</h2>
            <div class=class>{controls(group)}</div>
        </section>
    }
    .into_any()
}

/// A group that is closed until it matters. What is set in it can be read while it is closed.
fn folded(group: Group, form: FormDriver) -> AnyView {
    let set = form.see(move |form| {
        let texts = group.fields().map(|field| (field.label(), form.draft().text(field).trim()));
        let set = texts.filter(|(_, text)| !text.is_empty());
        set.map(|(label, text)| words::is_set(label, text)).collect::<Vec<_>>()
    });
    let has_problem = form.see(move |form| group.fields().any(|field| form.shown_problem(field).is_some()));
    let is_set = memo(move || set.with(Vec::len));
    let is_open = RwSignal::new(is_set.get_untracked() > 0);
    effect(move || {
        if is_set.get() > 0 || has_problem.get() {
            is_open.set(true);
        }
    });
    let toggled: Box<dyn FnMut(Event)> =
        Box::new(move |event| is_open.set(event_target::<Element>(&event).has_attribute("open")));
    let said = text(move || {
        set.with(|set| if set.is_empty() { words::SERVER_DEFAULTS.to_owned() } else { set.join(", ") })
    });
    view! {
        <details class="lc-group lc-group-folded" open=flag(move || is_open.get()) on:toggle=toggled>
            <summary>
                <h2 class="lc-subtitle">{group.title()}</h2>
                <span class="lc-muted lc-small lc-break">{said}</span>
            </summary>
            <div class="lc-fields">{controls(group)}</div>
        </details>
    }
    .into_any()
}

fn controls(group: Group) -> AnyView {
    let control = |field: Field| match field.shape() {
        Shape::Choice => view! { <KindChoice /> }.into_any(),
        Shape::Paths => view! { <PathRows field=field /> }.into_any(),
        Shape::Conf => view! { <ConfRows /> }.into_any(),
        Shape::Text | Shape::Memory | Shape::Duration | Shape::Count => {
            view! { <TextField field=field /> }.into_any()
        }
    };
    group.fields().map(control).collect_view().into_any()
}
