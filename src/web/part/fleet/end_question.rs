//! The one question before many sessions are deleted: their names, how many, whose they are, and which of them are busy.

use console::{EndItem, EndStage, Ends, FleetEvent};
use leptos::html;
use leptos::prelude::*;
use livy::SessionId;

use crate::web::browser::focus::{focus_first, focus_still};
use crate::web::console::Console;
use crate::web::part::fleet::place::{DELETE, RESULT};
use crate::web::reactive::{effect, flag, maybe, press, shown, text};
use crate::web::words::fleet as words;

/// At most so many are named.
const NAMED: usize = 200;

/// The dialog.
pub fn end_question(console: Console) -> AnyView {
    let is_asked = console.see(|model| model.ends().is_some_and(|it| it.stage == EndStage::Asking));
    let total = console.see(|model| model.ends().map_or(0, Ends::total));
    let node: NodeRef<html::Dialog> = NodeRef::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if is_asked.get() && !dialog.open() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        } else if !is_asked.get() && dialog.open() {
            dialog.close();
        }
    });
    let closed = move |_| {
        if is_asked.get_untracked() {
            console.tell(console::Event::Fleet(FleetEvent::EndDismissed));
        }
        // WebKit gives a pressed button no focus that the browser could bring back.
        focus_first(vec![format!("#{RESULT}"), format!("#{DELETE}")]);
    };
    let confirm = press(move || {
        if total.get_untracked() > 0 {
            console.tell(console::Event::Fleet(FleetEvent::EndConfirmed));
        }
    });
    let cancel = press(move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    });
    let disabled = maybe(move || (total.get() == 0).then(|| "true".to_owned()));
    let title = NodeRef::new();
    // A question of 12 sessions begins with its words, not with a button that deletes.
    effect(move || {
        let title: Option<web_sys::HtmlElement> =
            title.get().map(|it: web_sys::HtmlHeadingElement| it.into());
        if let Some(title) = title.filter(|_| is_asked.get()) {
            focus_still(&title);
        }
    });
    view! {
        <dialog
            class="lc-dialog lc-end-question"
            part="dialog"
            aria-labelledby="lc-end-title"
            aria-describedby="lc-end-text"
            node_ref=node
            on:close=closed
        >
            <h2 class="lc-subtitle" id="lc-end-title" tabindex="-1" node_ref=title>
                {text(move || words::question(total.get()))}
            </h2>
            <p id="lc-end-text">{words::ENDS_LOSE}</p>
            {shown(is_asked, move || items(console))}
            <div class="lc-dialog-actions">
                <button type="button" class="lc-button" on:click=cancel>
                    {words::CANCEL}
                </button>
                <button
                    type="button"
                    class="lc-button lc-danger"
                    aria-disabled=disabled
                    on:click=confirm
                >
                    {text(move || words::delete(total.get()))}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}

/// What the question is about. It stays the same but for the ticks.
fn items(console: Console) -> AnyView {
    let items = console.look(|model| Some(model.ends()?.items.clone())).unwrap_or_default();
    let (busy, others): (Vec<EndItem>, Vec<EndItem>) = items.into_iter().partition(|it| it.is_busy);
    let (unsure, others): (Vec<EndItem>, Vec<EndItem>) = others.into_iter().partition(EndItem::is_unsure);
    let mut owners: Vec<(String, usize)> = Vec::new();
    for item in others.iter().chain(&busy).chain(&unsure) {
        let owner = item.owner.clone().unwrap_or_default();
        match owners.iter_mut().find(|it| it.0 == owner) {
            Some(known) => known.1 += 1,
            None => owners.push((owner, 1)),
        }
    }
    owners.sort_by_key(|it| std::cmp::Reverse(it.1));
    let named =
        others.iter().take(NAMED).map(|it| view! { <li>{words::item(it)}</li> }.into_any()).collect_view();
    let is_all_busy = others.is_empty() && unsure.is_empty();
    let of_busy = if is_all_busy { words::NONE_TICKED } else { words::BUSY_TOO };
    view! {
        {(owners.len() > 1).then(|| view! { <p class="lc-muted">{words::owners(&owners)}</p> }.into_any())}
        <div class="lc-end-items" tabindex="0" role="group" aria-label=words::SELECTED>
            <ul>{named} {more(others.len())}</ul>
            {ticks(console, &busy, of_busy, words::TICK_ALL)}
            {ticks(console, &unsure, words::UNSURE_TOO, words::TICK_ALL_UNSURE)}
        </div>
    }
    .into_any()
}

/// Those of so many that are not named.
fn more(count: usize) -> Option<AnyView> {
    (count > NAMED).then(|| view! { <li class="lc-muted">{words::and_more(count - NAMED)}</li> }.into_any())
}

/// Sessions that are left out unless they are ticked, and why.
fn ticks(console: Console, items: &[EndItem], why: &'static str, all: &'static str) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let ids: Vec<SessionId> = items.iter().map(|it| it.id.clone()).collect();
    let tick_all = (items.len() > 1).then(|| tick(console, ids, all.to_owned()));
    let ticks = items
        .iter()
        .take(NAMED)
        .map(|it| view! { <li>{tick(console, vec![it.id.clone()], words::item(it))}</li> }.into_any())
        .collect_view();
    Some(
        view! {
            <p class="lc-end-busy">{why}</p>
            {tick_all}
            <ul class="lc-end-ticks">{ticks} {more(items.len())}</ul>
        }
        .into_any(),
    )
}

/// A tick for such sessions.
fn tick(console: Console, ids: Vec<SessionId>, name: String) -> AnyView {
    let of = ids.clone();
    let is_ticked = console.see(move |model| {
        let Some(ends) = model.ends() else { return false };
        ends.items.iter().filter(|it| of.contains(&it.id)).all(|it| it.is_ticked)
    });
    let changed: Box<dyn FnMut(web_sys::Event)> = Box::new(move |event| {
        let is_ticked = event_target_checked(&event);
        for id in &ids {
            console.tell(console::Event::Fleet(FleetEvent::EndTicked { id: id.clone(), is_ticked }));
        }
    });
    view! {
        <label class="lc-check">
            <input type="checkbox" prop:checked=flag(move || is_ticked.get()) on:change=changed />
            {name}
        </label>
    }
    .into_any()
}
