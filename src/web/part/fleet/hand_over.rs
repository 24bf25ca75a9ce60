//! The listed rows for the clipboard or a file.

use console::{HandOver, Model};
use leptos::prelude::*;

use crate::web::browser::{clipboard, download};
use crate::web::console::Console;
use crate::web::reactive::{press, text};
use crate::web::words::fleet as words;

/// The buttons, and what became of a press.
pub fn hand_over(console: Console) -> AnyView {
    let said = RwSignal::new(String::new());
    let counts = move || console.look(|model| Some(counts(model))).unwrap_or_default();
    let copy = press(move || {
        let rows = console.look(|model| Some(model.rows_as(HandOver::Text))).unwrap_or_default();
        let (count, total) = counts();
        clipboard::copy(rows, move |done| {
            said.try_set(if done { words::copied(count, total) } else { words::NOT_COPIED.to_owned() });
        });
    });
    let save = move |form: HandOver, name: &'static str| {
        press(move || {
            let rows = console.look(|model| Some(model.rows_as(form))).unwrap_or_default();
            let (count, total) = counts();
            let is_saved = download::save(name, &rows).is_ok();
            said.set(if is_saved { words::saved(count, total) } else { words::NOT_SAVED.to_owned() });
        })
    };
    let button = |name: &'static str, press| {
        view! {
            <button type="button" class="lc-button lc-quiet lc-small-button" on:click=press>
                {name}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="lc-hand-over">
            <span role="status" class="lc-muted">
                {text(move || said.get())}
            </span>
            {button(words::COPY_ROWS, copy)}
            {button(words::DOWNLOAD_CSV, save(HandOver::Csv, "sessions.csv"))}
            {button(words::DOWNLOAD_JSON, save(HandOver::Json, "sessions.json"))}
        </div>
    }
    .into_any()
}

/// How many rows are read of those that are listed, and how many these are.
fn counts(model: &Model) -> (usize, usize) {
    (model.totals().count, model.listing().len)
}
