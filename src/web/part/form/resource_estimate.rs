//! What the session will take of the cluster, beside the form.

use form::{Container, Estimate, Total, gib};
use leptos::prelude::*;

use crate::web::part::form::driver::FormDriver;
use crate::web::reactive::dynamic;
use crate::web::words::form as words;

/// Containers, cores and memory, as far as they can be told.
#[component]
pub fn ResourceEstimate() -> AnyView {
    let form = FormDriver::here();
    let estimate = form.see(|form| form.reading().estimate().cloned());
    let limit = form.look(|form| form.policy().limit().clone());
    let drawn = move || {
        Some(match estimate.get() {
            Some(it) => table(&it, &limit),
            None => view! { <p class="lc-panel-body lc-muted">{words::NO_ESTIMATE}</p> }.into_any(),
        })
    };
    view! {
        <section class="lc-panel" aria-labelledby="lc-takes">
            <header class="lc-panel-head">
                <h2 class="lc-subtitle" id="lc-takes">
                    {words::RESOURCES}
                </h2>
                <span class="lc-muted">{words::ESTIMATE}</span>
            </header>
            {dynamic(drawn)}
        </section>
    }
    .into_any()
}

fn table(it: &Estimate, limit: &form::Limit) -> AnyView {
    let row = |what: &'static str, count: String, container: Container| {
        view! {
            <tr>
                <th scope="row">{what}</th>
                <td>{count}</td>
                <td>{container.cores.to_string()}</td>
                <td title=words::heap(&gib(container.heap), &gib(container.overhead))>
                    {gib(container.memory())}
                </td>
            </tr>
        }
        .into_any()
    };
    let total = |what: &'static str, it: Total| {
        view! {
            <tr class="lc-total">
                <th scope="row">{what}</th>
                <td>{it.containers.to_string()}</td>
                <td>{it.cores.to_string()}</td>
                <td>{gib(it.memory)}</td>
            </tr>
        }
        .into_any()
    };
    let shown = |it: Option<u64>| it.map_or_else(|| "–".to_owned(), |it| it.to_string());
    let has_limit = *limit != form::Limit::default();
    let allowed = has_limit.then(|| {
        view! {
            <tr>
                <th scope="row">{words::ALLOWED}</th>
                <td>{shown(limit.containers)}</td>
                <td>{shown(limit.cores)}</td>
                <td>{limit.memory.map_or_else(|| "–".to_owned(), gib)}</td>
            </tr>
        }
        .into_any()
    });
    let executors = match it.bounds {
        None => it.executors.to_string(),
        Some((least, most)) => words::between(least, most),
    };
    let grows = it.bounds.map(|_| match it.most() {
        Some(most) => total(words::AT_MOST, most),
        None => view! {
            <tr>
                <th scope="row">{words::AT_MOST}</th>
                <td colspan="3">{words::UNBOUNDED}</td>
            </tr>
        }
        .into_any(),
    });
    let assumes = it.assumes.iter().map(|it| view! { <li>{*it}</li> }.into_any()).collect_view();
    view! {
            <table class="lc-takes">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{words::CONTAINERS}</th>
                        <th scope="col">{words::CORES}</th>
                        <th scope="col">{words::MEMORY}</th>
                    </tr>
                </thead>
                <tbody>
                    {row(words::DRIVER, "1".to_owned(), it.driver)}
                    {row(words::EACH_EXECUTOR, executors, it.executor)}
                    {total(if it.bounds.is_some() { words::AT_START } else { words::TOTAL }, it.start())}
                    {grows}
                    {allowed}
                </tbody>
            </table>
            <details class="lc-panel-foot lc-small">
                <summary>{words::HOW}</summary>
                <ul>
    <li>{words::HOW_OVERHEAD}</li>
                    <li>{words::HOW_DYNAMIC}</li>
                    {assumes}
                    <li>{words::HOW_NOT}</li>
                </ul>
            </details>
        }
    .into_any()
}
