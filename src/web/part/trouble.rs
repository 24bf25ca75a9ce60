//! Where it is said that a call has failed. The words for failures are in a part of the program of their own: it comes with the
//! first good answer. Where it could not come, a plain sentence says what has failed.

use std::time::Duration;

use console::{Doing, Event, Model, Part, Route};
use leptos::prelude::*;

use crate::web::browser::time::now;
use crate::web::console::Console;
use crate::web::parts::{Arrival, Piece, Trouble};
use crate::web::reactive::{Seen, dynamic, memo, press};
use crate::web::words::frame as words;

/// The words are waited for this long before the plain sentence takes their place.
const PATIENCE: Duration = Duration::from_secs(2);

/// A failure in words, while there is one. `retry`: whether trying again is something the person can do here.
pub fn trouble(trouble: Seen<Option<Trouble>>, retry: bool) -> AnyView {
    let console = Console::here();
    let is_there = memo(move || trouble.with(Option::is_some));
    let is_here = console.news.see(move || console.arrival(Part::Notice) == Arrival::Here);
    let is_late = console.news.see(move || now().since(console.asked(Part::Notice)) > PATIENCE);
    dynamic(move || match (is_there.get(), is_here.get()) {
        (false, _) => None,
        (true, true) => Some(console.draw(Part::Notice, Piece::Trouble(trouble, retry))),
        (true, false) => is_late.get().then(|| plain(trouble, retry, console)),
    })
}

/// What is certain without the words.
fn plain(trouble: Seen<Option<Trouble>>, retry: bool, console: Console) -> AnyView {
    let said = move || {
        let (error, doing) = trouble.get()?;
        let (title, text) = words::plain_trouble(&error, doing);
        let said = view! {
            <p>
                <b>{title}</b>
            </p>
            <p>{text}</p>
        };
        Some(said.into_any())
    };
    view! {
        <div class="lc-alert">
            <div role="alert">{dynamic(said)}</div>
            {retry.then(|| again(console))}
        </div>
    }
    .into_any()
}

/// The button that asks the server once more.
pub fn again(console: Console) -> AnyView {
    view! {
        <button type="button" class="lc-button" on:click=press(move || console.tell(Event::RefreshAsked))>
            {words::TRY_AGAIN_NOW}
        </button>
    }
    .into_any()
}

/// Why the page cannot be refreshed, in its own place: while there is nothing yet that could be read.
pub fn trouble_note() -> AnyView {
    trouble(Console::here().see(|model| of_page(model, false)), true)
}

/// Why the page cannot be refreshed, for the strip over the lower edge: while something is there that a person may be reading.
pub fn trouble_strip() -> AnyView {
    trouble(Console::here().see(|model| of_page(model, true)), true)
}

/// True where the strip over the lower edge says so.
pub fn is_over_the_edge(model: &Model) -> bool {
    of_page(model, true).is_some()
}

/// Why the present page cannot be refreshed, where that belongs into the place that is asked for.
fn of_page(model: &Model, beside_data: bool) -> Option<Trouble> {
    let (error, has_data) = match model.route() {
        Route::Sessions => (model.list().trouble(), model.list().page().is_some()),
        Route::Session(_) | Route::Remembered(..) => {
            (model.watch()?.trouble(), model.watch()?.session().is_some())
        }
        Route::New | Route::Malformed(_) => return None,
    };
    let error = error.filter(|_| has_data == beside_data)?;
    Some((error.clone(), Doing::Reading))
}
