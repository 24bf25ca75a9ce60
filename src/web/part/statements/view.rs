//! The statements of the session on the page, above the editor.

use console::{Event, Reading};
use leptos::prelude::*;
use livy::Kind;
use web_sys::KeyboardEvent;

use crate::web::console::Console;
use crate::web::part::statements::announcing::announcements;
use crate::web::part::statements::editor::Editor;
use crate::web::part::statements::entries::entries;
use crate::web::part::statements::entry_notes::waiting_of_mine;
use crate::web::part::statements::keys::pressed_once;
use crate::web::part::statements::save::{save_all, save_notebook};
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
    // Where there is nothing but what this browser has kept, nothing was ever typed, and nothing can be run.
    let takes_code = console.see(|model| model.statements().is_some_and(|it| !it.is_only_saved()));
    let body = move || {
        let editor = Editor::new(console);
        view! {
            {saved(console)}
            {entries(console, editor)}
            {bar(console, editor)}
            {ended(console)}
            {shown(takes_code, move || editor.draw())}
        }
        .into_any()
    };
    let keys: Box<dyn FnMut(KeyboardEvent)> = Box::new(|event| pressed_once(&event));
    view! {
        <section
            class="lc-panel lc-statements"
            aria-label=words::STATEMENTS
            data-statements=word
            data-statements-total=maybe(move || total.get().map(|it| it.to_string()))
            data-statements-newest=maybe(move || newest.get())
            on:keydown=keys
        >
            {only_looking(console)}
            {stale(console)}
            {announcements(console)}
            {shown(is_known, body)}
        </section>
    }
    .into_any()
}

/// Why the last read failed. A failure to read the session itself is shown once, for the whole page.
fn stale(console: Console) -> AnyView {
    let failure = console.see(|model| {
        model.watch().filter(|it| it.trouble().is_none() && it.ending().is_none())?;
        let statements = model.statements()?;
        let error = statements.trouble()?;
        Some((words::stale(error, !statements.entries().is_empty()), error.needs_person()))
    });
    dynamic(move || {
        let (said, needs_person) = failure.get()?;
        let again = needs_person.then(|| {
            view! {
                <button
                    type="button"
                    class="lc-link-button"
                    on:click=press(move || console.tell(Event::RefreshAsked))
                >
                    {words::READ_AGAIN}
                </button>
            }
            .into_any()
        });
        Some(view! { <p class="lc-panel-body lc-warning lc-stale-statements" role="status">{said} " " {again}</p> }.into_any())
    })
}

/// What can be done with all of them.
fn bar(console: Console, editor: Editor) -> AnyView {
    let any = console.see(|model| model.statements().is_some_and(|it| !it.entries().is_empty()));
    let as_file = move |name: &'static str, hint: &'static str, save: fn(Console, Option<Kind>)| {
        view! {
            <button
                type="button"
                class="lc-button lc-quiet"
                title=hint
                on:click=press(move || save(console, editor.kind()))
            >
                {name}
            </button>
        }
        .into_any()
    };
    let save = move || {
        let files = [
            as_file(words::DOWNLOAD_ALL, words::DOWNLOAD_ALL_HINT, save_all),
            as_file(words::DOWNLOAD_NOTEBOOK, words::DOWNLOAD_NOTEBOOK_HINT, save_notebook),
        ];
        files.into_iter().collect_view().into_any()
    };
    view! { <div class="lc-entries-bar">{waiting_of_mine(console)} {shown(any, save)}</div> }.into_any()
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

/// Where the statements have come from, if not from the server.
fn saved(console: Console) -> AnyView {
    let left = console.see(|model| model.statements()?.saved());
    dynamic(move || {
        let left = left.get()?;
        Some(view! { <p class="lc-panel-body lc-muted" role="status">{words::saved(left)}</p> }.into_any())
    })
}

/// Nothing runs here any more: what was read and what was typed stay.
fn ended(console: Console) -> AnyView {
    let is_over = console.see(|model| {
        model.statements().is_some_and(|it| it.reading() == Reading::Over && it.saved().is_none())
    });
    shown(is_over, move || {
        view! {
            <div class="lc-panel-body lc-statements-closed" role="status">
                <p>{words::OVER}</p>
            </div>
        }
        .into_any()
    })
}
