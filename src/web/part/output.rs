//! What came of a statement.

use leptos::prelude::*;
use livy::{Json, StatementId};

use crate::web::console::Console;
use crate::web::reactive::{Same, dynamic};
use crate::web::words::statements as words;

/// The output of the statement with this id, drawn anew when it is another one.
#[component]
pub fn OutputView(
    /// Whose.
    id: StatementId,
) -> AnyView {
    let console = Console::here();
    let seen = console.see(move |model| Some(Same::of(&model.statements()?.entry(&id)?.statement)));
    dynamic(move || {
        let statement = seen.get()?;
        let output = statement.output.as_ref()?;
        if let Some(error) = &output.error {
            return Some(
                view! {
                    <div class="lc-output" data-output="error">
                        <pre class="lc-output-text">{error.trace()}</pre>
                    </div>
                }
                .into_any(),
            );
        }
        let parts = output.parts.iter().map(|part| {
            let value = output.value(part);
            let text = value.and_then(Json::text).map(|it| it.into_owned());
            let text = text.or_else(|| value.map(|it| it.as_written().to_owned())).unwrap_or_default();
            let word = if text.is_empty() { "empty" } else { "text" };
            let shown = if text.is_empty() { words::NO_OUTPUT.to_owned() } else { text };
            view! {
                <div class="lc-output" data-output=word data-output-type=part.mime.clone()>
                    <pre class="lc-output-text">{shown}</pre>
                </div>
            }
            .into_any()
        });
        Some(parts.collect_view().into_any())
    })
}
