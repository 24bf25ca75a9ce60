//! The statements of the session on the page, above the editor.

use console::{Event, Reading};
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::part::statements::editor::editor;
use crate::web::part::statements::entries::entries;
use crate::web::part::statements::runner::Runner;
use crate::web::reactive::{dynamic, maybe, memo, press, shown, text};
use crate::web::words::statements as words;

/// What is there of them, and the editor. Both stay when the session has ended.
#[component]
pub fn StatementsView() -> AnyView {
    let console = Console::here();
    let reading = console.see(|model| model.statements().map(|it| it.reading()));
    let total = console.see(|model| model.statements()?.total());
    let newest = console.see(|model| Some(model.statements()?.entries().last()?.id().as_str().to_owned()));
    let is_known = memo(move || reading.get().is_some());
    let word = text(move || reading.get().unwrap_or(Reading::Closed).as_str().to_owned());
    let runner = Runner::new(console);
    view! {
        <section
            class="lc-panel lc-statements"
            aria-label=words::STATEMENTS
            data-statements=word
            data-statements-total=maybe(move || total.get().map(|it| it.to_string()))
            data-statements-newest=maybe(move || newest.get())
        >
            {only_looking(console)}
            {shown(is_known, move || view! { {entries(console, runner)} {editor(console, runner)} }.into_any())}
        </section>
    }
    .into_any()
}

/// Of somebody else's session nothing is read before the person says so: any call would renew its heartbeat.
fn only_looking(console: Console) -> AnyView {
    let looked_at = console.see(|model| {
        let watch = model.watch().filter(|it| it.only_looks() && it.ending().is_none())?;
        Some(watch.session()?.id.clone())
    });
    dynamic(move || {
        let id = looked_at.get()?;
        let read = press(move || console.tell(Event::KeepAlive(id.clone())));
        Some(
            view! {
                <div class="lc-panel-body lc-statements-closed">
                    <p>{words::ONLY_LOOKING}</p>
                    <button type="button" class="lc-button" on:click=read>
                        {words::READ_STATEMENTS}
                    </button>
                </div>
            }
            .into_any(),
        )
    })
}
