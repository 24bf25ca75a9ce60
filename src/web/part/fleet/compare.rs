//! Two sessions' requests side by side.

use console::{Comparison, Difference, Doing, FleetEvent, Whole};
use leptos::html;
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::reactive::{dynamic, effect, memo, press};
use crate::web::words::fleet as words;

/// The dialog.
pub fn compare(console: Console) -> AnyView {
    let comparison = console.see(|model| model.comparison().cloned());
    let is_open = memo(move || comparison.with(Option::is_some));
    let node: NodeRef<html::Dialog> = NodeRef::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if is_open.get() && !dialog.open() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        } else if !is_open.get() && dialog.open() {
            dialog.close();
        }
    });
    let end = move || {
        if is_open.get_untracked() {
            console.tell(console::Event::Fleet(FleetEvent::Compared(None)));
        }
    };
    let body = move || Some(body(console, &comparison.get()?));
    view! {
        <dialog
            class="lc-dialog lc-comparison"
            part="dialog"
            aria-labelledby="lc-compare-title"
            node_ref=node
            on:close=move |_| end()
        >
            <h2 class="lc-subtitle" id="lc-compare-title">
                {words::COMPARE_TITLE}
            </h2>
            {dynamic(body)}
            <div class="lc-dialog-actions">
                <button type="button" class="lc-button" on:click=press(end)>
                    {words::CLOSE}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}

fn body(console: Console, comparison: &Comparison) -> AnyView {
    let Comparison { sessions, rows } = comparison;
    let failures: Vec<AnyView> = sessions
        .iter()
        .filter_map(|it| {
            let title = match &it.answer {
                Whole::Failed(error) => {
                    console.look(|model| Some(model.failure_title(error, Doing::Reading))).unwrap_or_default()
                }
                Whole::Gone => words::IS_GONE.to_owned(),
                Whole::Waiting { .. } | Whole::Here(_) => return None,
            };
            Some(view! { <p class="lc-wrong-words">{words::not_read(it.id.as_str(), &title)}</p> }.into_any())
        })
        .collect();
    if !failures.is_empty() {
        return failures.collect_view().into_any();
    }
    if sessions.iter().any(|it| matches!(it.answer, Whole::Waiting { .. })) {
        return view! { <p role="status">{words::COMPARING}</p> }.into_any();
    }
    let heads = sessions.clone().map(|it| words::of_session(it.id.as_str()));
    let (same, differ): (Vec<Difference>, Vec<Difference>) =
        rows.iter().cloned().partition(Difference::is_same);
    let differences = match differ.is_empty() {
        true => view! { <p>{words::SAME}</p> }.into_any(),
        false => table(&heads, differ),
    };
    let same = (!same.is_empty()).then(|| {
        view! {
            <details>
                <summary>{words::SAME_FIELDS}</summary>
                {table(&heads, same)}
            </details>
        }
        .into_any()
    });
    view! { <div class="lc-compared" tabindex="0" role="group" aria-label=words::COMPARE_TITLE>{differences} {same}</div> }
        .into_any()
}

fn table([first, second]: &[String; 2], rows: Vec<Difference>) -> AnyView {
    let cell = |value: Option<String>| match value {
        Some(value) => view! { <td class="lc-mono">{value}</td> }.into_any(),
        None => view! { <td class="lc-muted">{words::NOT_SET}</td> }.into_any(),
    };
    let row = |Difference { field, first, second }: Difference| {
        view! {
            <tr>
                <th scope="row">{field}</th>
                {cell(first)}
                {cell(second)}
            </tr>
        }
        .into_any()
    };
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{words::FIELD}</th>
                    <th scope="col">{first.clone()}</th>
                    <th scope="col">{second.clone()}</th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
