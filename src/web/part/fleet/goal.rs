//! Going to the row of an id or a name.

use console::{FleetEvent, Goal, Route};
use leptos::prelude::*;

use crate::web::browser::focus::focus_first;
use crate::web::browser::link::{data_route, href};
use crate::web::browser::surroundings::frame;
use crate::web::console::Console;
use crate::web::part::fleet::place::SEARCH;
use crate::web::part::list::table::SessionTable;
use crate::web::reactive::{dynamic, effect, press};
use crate::web::words::fleet as words;

/// Brings the person there, or says why not.
pub fn goal_line(console: Console) -> AnyView {
    let goal = console.see(|model| model.goal().cloned());
    let table = use_context::<SessionTable>();
    effect(move || {
        let Some(Goal::Found { index, .. }) = goal.get() else { return };
        if let (Some(index), Some(table)) = (index, table) {
            // After the list has drawn what it knows by now.
            frame(move || table.go_to(index, false));
            console.tell(console::Event::Fleet(FleetEvent::GoalReached));
        }
    });
    let said = move || match goal.get()? {
        Goal::Seeking(text) => Some(line(console, words::seeking(&text), words::CANCEL)),
        Goal::SeekingName(text) => Some(line(console, words::seeking_name(&text), words::CANCEL)),
        Goal::Missing(text) => Some(line(console, words::missing(&text), words::CLOSE)),
        Goal::CutShort(text) => Some(line(console, words::cut_short(&text), words::CLOSE)),
        Goal::Failed(_, error) => {
            let title = console.look(|model| Some(model.failure_title(&error, console::Doing::Reading)));
            Some(line(console, title.unwrap_or_default(), words::CLOSE))
        }
        Goal::Found { index: None, id } => {
            let route = Route::of(&id);
            Some(
                view! {
                    <p class="lc-goal">
                        {words::HIDDEN}
                        " "
                        <a href=href(&route) data-route=data_route(&route)>{words::open(id.as_str())}</a>
                    </p>
                }
                .into_any(),
            )
        }
        Goal::Found { .. } => None,
    };
    view! { <div role="status">{dynamic(said)}</div> }.into_any()
}

/// What is said of it, and the button that ends it.
fn line(console: Console, text: String, end: &'static str) -> AnyView {
    let end_it = press(move || {
        console.tell(console::Event::Fleet(FleetEvent::GoalReached));
        // The button goes.
        focus_first(vec![SEARCH.to_owned()]);
    });
    view! {
        <p class="lc-goal">
            {text} " "
            <button type="button" class="lc-button lc-small-button" on:click=end_it>
                {end}
            </button>
        </p>
    }
    .into_any()
}
