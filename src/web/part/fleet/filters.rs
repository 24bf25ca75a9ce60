//! The filters beside the search: one's own sessions, a state, an owner and the like, the order, and what else the address has.

use console::{Column, Event, ListQuery, Sort};
use leptos::prelude::*;
use web_sys::FocusEvent;

use crate::web::browser::focus::focus_first;
use crate::web::console::Console;
use crate::web::part::fleet::place::SEARCH;
use crate::web::reactive::{Same, dynamic, effect, maybe, memo, press, shown};
use crate::web::words::fleet as words;

/// Livy's own states: they can be chosen before one was seen.
const STATES: [&str; 9] =
    ["idle", "busy", "starting", "not_started", "shutting_down", "dead", "error", "killed", "success"];

/// Changes the query, for the person.
fn change(console: Console, how: impl FnOnce(&mut ListQuery)) {
    if let Some(mut query) = console.look(|model| Some(model.query().clone())) {
        how(&mut query);
        console.tell(Event::Queried(query));
    }
}

/// The filters.
pub fn filters(console: Console) -> AnyView {
    let is_mine = console.see(|model| model.query().is_mine);
    let pressed = maybe(move || Some(is_mine.get().to_string()));
    let mine = press(move || change(console, |it| it.is_mine = !it.is_mine));
    let is_filter = console.see(|model| model.query().is_filter());
    let clear = move || {
        let clear = press(move || {
            change(console, |it| *it = ListQuery { sort: it.sort, ..ListQuery::default() });
            // The button goes.
            focus_first(vec![SEARCH.to_owned()]);
        });
        view! {
            <button type="button" class="lc-button lc-quiet" on:click=clear>
                {words::CLEAR_FILTERS}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="lc-filters">
            <button type="button" class="lc-button lc-toggle" title=words::MINE_HELP aria-pressed=pressed on:click=mine>
                {words::MINE}
            </button>
            {choice(console, Column::State)}
            {choice(console, Column::Owner)}
            {[Column::Kind, Column::ProxyUser, Column::Queue]
                .into_iter()
                .map(|it| choice_if_any(console, it))
                .collect_view()}
            {order(console)}
            {other_filters(console)}
            {shown(is_filter, clear)}
        </div>
    }
    .into_any()
}

/// The same for a column of which not every server tells.
fn choice_if_any(console: Console, column: Column) -> AnyView {
    let has_any = console.see(move |model| {
        let totals = model.totals();
        let any = totals.of_column(column).iter().any(|it| !it.0.is_empty());
        any || model.query().terms.iter().any(|it| it.0 == column)
    });
    // Once it is there it stays, whatever the other filters leave.
    let was_there = StoredValue::new(false);
    let stays = memo(move || {
        was_there.update_value(|it| *it |= has_any.get());
        was_there.get_value()
    });
    shown(stays, move || choice(console, column))
}

/// By which column the rows are in order, and which way: also where the screen has no room for the column itself.
fn order(console: Console) -> AnyView {
    let sort = console.see(|model| model.query().sort);
    let changed: Box<dyn FnMut(web_sys::Event)> = Box::new(move |event| {
        if let Some(sort) = Sort::read(&event_target_value(&event)) {
            change(console, |query| query.sort = sort);
        }
    });
    let options = move || {
        let chosen = sort.get();
        let option = |(column, is_descending): (Column, bool)| {
            let sort = Sort { column, is_descending };
            let name = words::order(column, is_descending);
            view! { <option value=sort.word() selected=sort == chosen>{name}</option> }.into_any()
        };
        let all = Column::ALL.into_iter().flat_map(|it| match it {
            // The greatest or the newest first.
            Column::Id | Column::Memory | Column::Cores | Column::Seen => [(it, true), (it, false)],
            _ => [(it, false), (it, true)],
        });
        Some(all.map(option).collect_view().into_any())
    };
    view! {
        <select class="lc-input lc-filter" aria-label=words::ORDER on:change=changed>
            {dynamic(options)}
        </select>
    }
    .into_any()
}

/// One value of a column, or any.
fn choice(console: Console, column: Column) -> AnyView {
    let (label, any) = match column {
        Column::State => (words::STATE, words::ANY_STATE),
        Column::Kind => (words::KIND, words::ANY_KIND),
        Column::ProxyUser => (words::PROXY_USER, words::ANY_PROXY_USER),
        Column::Queue => (words::QUEUE, words::ANY_QUEUE),
        _ => (words::OWNER, words::ANY_OWNER),
    };
    let totals = console.see(|model| Same::of(&model.totals()));
    let chosen = console.see(move |model| values(model.query(), column));
    // What was seen once can be chosen, also while something else is.
    let known: StoredValue<Vec<String>> = StoredValue::new(match column {
        Column::State => STATES.map(str::to_owned).to_vec(),
        _ => Vec::new(),
    });
    // The choices stay as they are while somebody looks at them.
    let is_open = RwSignal::new(false);
    let offers = RwSignal::new(Vec::<(String, usize)>::new());
    effect(move || {
        if is_open.get() {
            return;
        }
        let counts: Vec<(String, usize)> = totals.with(|it| it.of_column(column).to_vec());
        known.update_value(|known| {
            let named = counts.iter().map(|it| &it.0).filter(|it| !it.is_empty());
            let new: Vec<String> =
                named.chain(&chosen.get()).filter(|it| !known.contains(it)).cloned().collect();
            known.extend(new);
        });
        let count = |value: &String| counts.iter().find(|it| it.0 == *value).map_or(0, |it| it.1);
        let next: Vec<_> = known.with_value(|known| known.iter().map(|it| (it.clone(), count(it))).collect());
        if offers.with_untracked(|it| *it != next) {
            offers.set(next);
        }
    });
    let changed: Box<dyn FnMut(web_sys::Event)> = Box::new(move |event| {
        let value = event_target_value(&event);
        change(console, |query| {
            query.terms.retain(|it| it.0 != column);
            if !value.is_empty() {
                query.terms.push((column, value));
            }
        });
    });
    let options = move || {
        let chosen = chosen.get();
        let several = (chosen.len() > 1).then(|| {
            // The address can name several: the choice shows them, and can only replace them.
            view! { <option value="," selected disabled>{words::several(&chosen)}</option> }.into_any()
        });
        let option = |(value, count): (String, usize)| {
            let is_chosen = chosen.len() == 1 && chosen.first() == Some(&value);
            let name = words::counted(&value, count);
            view! { <option value=value selected=is_chosen>{name}</option> }.into_any()
        };
        let options = offers.get().into_iter().map(option).collect_view();
        Some(
            view! {
                <option value="" selected=chosen.is_empty()>{any}</option>
                {several}
                {options}
            }
            .into_any(),
        )
    };
    let opened: Box<dyn FnMut(FocusEvent)> = Box::new(move |_| is_open.set(true));
    let closed: Box<dyn FnMut(FocusEvent)> = Box::new(move |_| is_open.set(false));
    view! {
        <select class="lc-input lc-filter" aria-label=label on:change=changed on:focus=opened on:blur=closed>
            {dynamic(options)}
        </select>
    }
    .into_any()
}

fn values(query: &ListQuery, column: Column) -> Vec<String> {
    query.terms.iter().filter(|it| it.0 == column).map(|it| it.1.clone()).collect()
}

/// Filters that the address can have and that have no field here: each can be taken away.
fn other_filters(console: Console) -> AnyView {
    let terms = console.see(|model| {
        let has_no_field =
            |it: &&(Column, String)| matches!(it.0, Column::Id | Column::Name | Column::Application);
        model.query().terms.iter().filter(has_no_field).cloned().collect::<Vec<_>>()
    });
    let chips = memo(move || terms.get());
    dynamic(move || {
        let chip = |(column, value): (Column, String)| {
            let filter = words::filter(column, &value);
            let take_away = press(move || {
                change(console, |query| query.terms.retain(|it| *it != (column, value.clone())));
                focus_first(vec![SEARCH.to_owned()]);
            });
            view! {
                <button type="button" class="lc-button lc-chip" aria-label=words::without(&filter) on:click=take_away>
                    {filter.clone()}
                </button>
            }
            .into_any()
        };
        let chips = chips.get();
        (!chips.is_empty()).then(|| chips.into_iter().map(chip).collect_view().into_any())
    })
}
