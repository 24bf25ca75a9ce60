//! All errors of the form in one place above it.

use console::Route;
use form::Problem;
use leptos::prelude::*;

use crate::web::browser::link::{data_route, href};
use crate::web::part::form::control::{ERRORS_ID, focus_control};
use crate::web::part::form::driver::FormDriver;
use crate::web::reactive::{dynamic, flag, press_instead, text};
use crate::web::words::form as words;

/// All errors at once, each a link to its control. The region stands before it is filled, so that filling it is heard. A press
/// that sends nothing brings the focus here.
#[component]
pub fn ErrorSummary() -> AnyView {
    let form = FormDriver::here();
    let errors = form.see(form::Form::summary);
    let list = move || {
        let errors = errors.get();
        if errors.is_empty() {
            return None;
        }
        let heading = words::attention(errors.len());
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
    let is_as_pressed = form.see(form::Form::is_as_pressed);
    let live = text(move || if is_as_pressed.get() { "assertive" } else { "off" }.to_owned());
    view! {
        <div
            class="lc-summary"
            id=ERRORS_ID
            class:lc-alert=flag(move || errors.with(|errors| !errors.is_empty()))
            role="alert"
            aria-live=live
            aria-atomic="false"
            aria-relevant="additions"
            tabindex="-1"
        >
            {dynamic(list)}
        </div>
    }
    .into_any()
}

/// A problem as a link to its control.
pub(super) fn item(problem: Problem) -> AnyView {
    let Problem { field, row, message, .. } = problem;
    let place = row.filter(|_| field.has_rows()).map(words::in_row).unwrap_or_default();
    let go = press_instead(move || focus_control(field, row.unwrap_or(0)));
    view! {
        <li>
            <a href=href(&Route::New) data-route=data_route(&Route::New) on:click=go>
                {field.label()}
                {place}
            </a>
            {format!(": {message}")}
        </li>
    }
    .into_any()
}
