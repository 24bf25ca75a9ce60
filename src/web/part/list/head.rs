//! The head of the list: the names of the columns, which order the rows.

use console::{Column, Event, FleetEvent, Part, Sort};
use leptos::html;
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::parts::Arrival;
use crate::web::reactive::{effect, maybe, press};
use crate::web::words::list as words;

/// The columns and the class of each: which of them a narrow screen leaves out.
const COLUMNS: [(Column, &str, &str); 9] = [
    (Column::State, words::STATE, "lc-column-state"),
    (Column::Id, words::ID, "lc-column-id lc-number"),
    (Column::Name, words::NAME, ""),
    (Column::Kind, words::KIND, "lc-column-kind lc-wide"),
    (Column::Owner, words::OWNER, "lc-column-owner lc-wide"),
    (Column::Application, words::APPLICATION, "lc-column-app lc-wider"),
    (Column::Memory, words::MEMORY, "lc-column-size lc-widest"),
    (Column::Cores, words::CORES, "lc-column-size lc-widest"),
    (Column::Seen, words::FIRST_SEEN, "lc-column-size lc-widest"),
];

/// The head.
pub fn head(console: Console) -> AnyView {
    let sort = console.see(|model| model.query().sort);
    let selected = console.see(|model| model.selected());
    let all: NodeRef<html::Input> = NodeRef::new();
    // The browser ticks it by itself: whatever comes of a press, it shows what is selected.
    let show = move || {
        if let Some(all) = all.get_untracked() {
            let selected = selected.get_untracked();
            let is_all = selected.is_all || selected.wants_all;
            all.set_checked(is_all);
            all.set_indeterminate(!is_all && selected.count > 0);
        }
    };
    effect(move || {
        selected.track();
        if all.get().is_some() {
            show();
        }
    });
    let pick: Box<dyn FnMut(web_sys::Event)> = Box::new(move |event| {
        let is_all = event_target_checked(&event);
        console.tell(Event::Fleet(if is_all { FleetEvent::PickedAll } else { FleetEvent::PickedNone }));
        // What works on many sessions hears of it once it is here.
        if console.arrival(Part::Fleet) == Arrival::Here {
            show();
        }
    });
    let column = move |(column, name, class): (Column, &'static str, &'static str)| {
        let order = maybe(move || {
            let Sort { column: by, is_descending } = sort.get();
            (by == column).then(|| if is_descending { "descending" } else { "ascending" }.to_owned())
        });
        let by = press(move || order_by(console, column));
        view! {
            <th scope="col" class=class aria-sort=order>
                <button type="button" class="lc-sort" on:click=by>
                    {name}
                </button>
            </th>
        }
        .into_any()
    };
    view! {
        <thead>
            <tr aria-rowindex="1">
                <td class="lc-pick">
                    <label>
                        <input
                            type="checkbox"
                            aria-label=words::SELECT_ALL
                            node_ref=all
                            on:change=pick
                        />
                    </label>
                </td>
                {COLUMNS.into_iter().map(column).collect_view()}
            </tr>
        </thead>
    }
    .into_any()
}

/// The rows in the order of a column, or in the opposite one where they are in it already. What is a size or a time begins with the
/// greatest.
fn order_by(console: Console, column: Column) {
    let Some(mut query) = console.look(|model| Some(model.query().clone())) else { return };
    let is_descending = match query.sort {
        Sort { column: by, is_descending } if by == column => !is_descending,
        _ => matches!(column, Column::Memory | Column::Cores | Column::Seen | Column::Id),
    };
    query.sort = Sort { column, is_descending };
    console.tell(Event::Queried(query));
}
