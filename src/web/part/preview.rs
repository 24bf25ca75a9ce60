//! The exact request, beside the form.

use leptos::prelude::*;

use crate::web::page::Console;
use crate::web::reactive::{memo, text};

/// The JSON that will be sent, or what is certain of it so far.
#[component]
pub fn Preview() -> AnyView {
    let console = Console::here();
    let reading = console.drafting.reading;
    let json = text(move || reading.with(form::Reading::preview));
    let errors = memo(move || reading.with(form::Reading::error_count));
    let url =
        console.driver.try_with_value(|it| format!("{}/sessions", it.base().as_str())).unwrap_or_default();
    let standing = text(move || match errors.get() {
        0 => "Exactly this is sent.".to_owned(),
        1 => {
            "Not ready: 1 problem keeps it from being sent, and what is not certain is not in it.".to_owned()
        }
        count => format!(
            "Not ready: {count} problems keep it from being sent, and what is not certain is not in it."
        ),
    });
    view! {
        <section class="lc-panel" aria-labelledby="lc-request">
            <header class="lc-panel-head">
                <h2 class="lc-subtitle" id="lc-request">
                    "Request"
                </h2>
                <code class="lc-code lc-muted lc-break">"POST " {url}</code>
            </header>
            <pre class="lc-json" data-request-preview="" tabindex="0" aria-label="The request as JSON">
                {json}
            </pre>
            <p class="lc-panel-foot">{standing}</p>
        </section>
    }
    .into_any()
}
