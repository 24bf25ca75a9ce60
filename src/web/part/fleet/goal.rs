//! Going to the row of an id or a name.

use console::{FleetEvent, Goal, Route};
use leptos::prelude::*;

use crate::web::browser::link::{data_route, href};
use crate::web::browser::surroundings::frame;
use crate::web::console::Console;
use crate::web::part::list::table::SessionTable;
use crate::web::reactive::{dynamic, effect};
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
    let line = move || match goal.get()? {
        Goal::Seeking(_) => Some(view! { <p class="lc-goal">{words::SEEKING}</p> }.into_any()),
        Goal::Missing(text) => Some(view! { <p class="lc-goal">{words::missing(&text)}</p> }.into_any()),
        Goal::Failed(_, error) => {
            let title = console.look(|model| Some(model.failure_title(&error, console::Doing::Reading)));
            Some(view! { <p class="lc-goal">{title}</p> }.into_any())
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
    view! { <div role="status">{dynamic(line)}</div> }.into_any()
}
