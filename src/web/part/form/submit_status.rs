//! Beside the button that creates: how far a create has come, what keeps the form back, or that nothing does.

use console::plainly;
use leptos::prelude::*;
use web_sys::{Element, Event};

use crate::web::browser::time::now;
use crate::web::console::Console;
use crate::web::part::form::driver::FormDriver;
use crate::web::part::form::error_summary::item;
use crate::web::reactive::{dynamic, memo, text};
use crate::web::words::{create, form as words};

/// One sentence. Warnings can be read there, each a link to its control.
#[component]
pub fn SubmitStatus(
    /// True once the button was pressed while a create was under way.
    pressed_again: RwSignal<bool>,
) -> AnyView {
    let (console, form) = (Console::here(), FormDriver::here());
    let taken = form.name_taken();
    let under_way = console.see(|model| {
        let create = model.create()?;
        create::under_way(&create.stage, &plainly(create.age(now())?))
    });
    let is_under_way = memo(move || under_way.with(Option::is_some));
    let counts = form.see(|form| (form.error_count(), form.warning_count()));
    let warns = memo(move || !is_under_way.get() && matches!(counts.get(), (0, 1..)));
    let is_open = RwSignal::new(false);
    let warnings = form.see(move |form| if is_open.get() { form.problems(false) } else { Vec::new() });
    let said =
        text(move || under_way.get().unwrap_or_else(|| standing(counts.get(), taken.with(Option::is_some))));
    let drawn = move || {
        if !warns.get() {
            return Some(view! { <span class="lc-muted lc-small">{said}</span> }.into_any());
        }
        let toggled: Box<dyn FnMut(Event)> =
            Box::new(move |event| is_open.set(event_target::<Element>(&event).has_attribute("open")));
        let list =
            move || Some(view! { <ul>{warnings.get().into_iter().map(item).collect_view()}</ul> }.into_any());
        Some(
            view! {
                <details class="lc-standing lc-small" open=is_open.get_untracked() on:toggle=toggled>
                    <summary>{said}</summary>
                    {dynamic(list)}
                </details>
            }
            .into_any(),
        )
    };
    // What the seconds say is not to be heard each second; why a press does nothing is.
    let busy = console.see(|model| {
        let busy = || model.create().map_or(create::BUSY_LOADING, |it| create::busy(&it.stage));
        model.is_creating().then(busy)
    });
    let busy = text(move || busy.get().filter(|_| pressed_again.get()).unwrap_or_default().to_owned());
    view! {
        {dynamic(drawn)}
        <span class="lc-small" role="status">
            {busy}
        </span>
    }
    .into_any()
}

/// Of so many errors and warnings.
fn standing(counts: (usize, usize), is_taken: bool) -> String {
    match counts {
        (0, _) if is_taken => words::NAME_IN_USE.to_owned(),
        (0, 0) => words::READY.to_owned(),
        (0, count) => words::warned(count),
        (count, _) => words::fix_first(count),
    }
}
