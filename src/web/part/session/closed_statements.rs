//! The place of a session's statements while the part of the program that draws them is not here.

use console::Part;
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::parts::Arrival;
use crate::web::reactive::{press, text};
use crate::web::words::{frame, session as words};

/// Why there is nothing yet.
pub fn closed_statements(console: Console, arrival: Arrival) -> AnyView {
    let is_over = console.see(|model| {
        let watch = model.watch();
        watch.is_some_and(|it| {
            it.ending().is_some() || it.session().is_some_and(|session| session.state.is_over())
        })
    });
    let said = match arrival {
        Arrival::Failed => {
            let again = press(move || console.need(Part::Statements));
            view! {
                <div class="lc-panel-body" role="alert">
                    <p>{words::STATEMENTS_NOT_LOADED}</p>
                    <button type="button" class="lc-button" on:click=again>
                        {frame::TRY_AGAIN}
                    </button>
                </div>
            }
            .into_any()
        }
        Arrival::Coming => {
            view! { <p class="lc-panel-body lc-coming" role="status">{frame::LOADING}</p> }.into_any()
        }
        Arrival::Unasked | Arrival::Here => {
            let why = text(move || {
                if is_over.get() { words::NO_STATEMENTS_LEFT } else { words::NO_STATEMENTS_YET }.to_owned()
            });
            view! { <p class="lc-panel-body lc-muted">{why}</p> }.into_any()
        }
    };
    let word = text(move || if is_over.get() { "over" } else { "closed" }.to_owned());
    view! {
        <section class="lc-panel" aria-label=words::STATEMENTS data-statements=word>
            {said}
        </section>
    }
    .into_any()
}
