//! What the session will take of the cluster, beside the form.

use form::{ClusterManager, Container, Estimate, Total, cores, gib};
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
                <td>{cores(container.millicores)}</td>
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
                <td>{cores(it.millicores)}</td>
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
                <td colspan="3">{it.unbounded()}</td>
            </tr>
        }
        .into_any(),
    });
    let basis = it.basis().into_iter().map(|it| view! { <li>{it}</li> }.into_any()).collect_view();
    let is_on_kubernetes = it.told.manager() == Some(ClusterManager::Kubernetes);
    let whole = match it.bounds {
        None => words::TOTAL,
        Some(_) if it.is_dynamic => words::AT_START,
        Some(_) => words::AT_LEAST,
    };
    view! {
        <table class="lc-takes">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{if is_on_kubernetes { words::PODS } else { words::CONTAINERS }}</th>
                    <th scope="col">{words::CORES}</th>
                    <th scope="col">{words::MEMORY}</th>
                </tr>
            </thead>
            <tbody>
                {row(words::DRIVER, "1".to_owned(), it.driver)}
                {it.executor.map(|it| row(words::EACH_EXECUTOR, executors, it))}
                {total(whole, it.start())}
                {grows}
                {allowed}
            </tbody>
        </table>
        <details class="lc-panel-foot lc-small">
            <summary>{words::how(it.manager_in_words())}</summary>
            <ul>{basis}</ul>
        </details>
    }
    .into_any()
}
