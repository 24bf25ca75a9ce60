//! What the session will take of the cluster, beside the form.

use form::{Container, Estimate, Total, gib};
use leptos::prelude::*;

use crate::web::page::Console;
use crate::web::reactive::{dynamic, memo};

/// Containers, cores and memory, as far as they can be told.
#[component]
pub fn Takes() -> AnyView {
    let drafting = Console::here().drafting;
    let estimate = memo(move || drafting.read(|it| it.estimate().cloned()));
    let limit = drafting.policy(|it| it.limit().clone());
    let drawn = move || {
        Some(match estimate.get() {
            Some(it) => table(&it, &limit),
            None => {
                view! { <p class="lc-panel-body lc-muted">"Not to be told while a number in the form is wrong."</p> }.into_any()
            }
        })
    };
    view! {
        <section class="lc-panel" aria-labelledby="lc-takes">
            <header class="lc-panel-head">
                <h2 class="lc-subtitle" id="lc-takes">
                    "What it takes"
                </h2>
                <span class="lc-muted">"estimate"</span>
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
                <td title=format!("{} heap and {} on top", gib(container.heap), gib(container.overhead))>
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
                <th scope="row">"Allowed here"</th>
                <td>{shown(limit.containers)}</td>
                <td>{shown(limit.cores)}</td>
                <td>{limit.memory.map_or_else(|| "–".to_owned(), gib)}</td>
            </tr>
        }
        .into_any()
    });
    let executors = match it.bounds {
        None => it.executors.to_string(),
        Some((least, Some(most))) => format!("{least} to {most}"),
        Some((least, None)) => format!("{least} or more"),
    };
    let grows = it.bounds.map(|_| match it.most() {
        Some(most) => total("At most", most),
        None => view! {
            <tr>
                <th scope="row">"At most"</th>
                <td colspan="3">"no bound: set spark.dynamicAllocation.maxExecutors"</td>
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
                    <th scope="col">"Containers"</th>
                    <th scope="col">"Cores"</th>
                    <th scope="col">"Memory"</th>
                </tr>
            </thead>
            <tbody>
                {row("Driver", "1".to_owned(), it.driver)}
                {row("Each executor", executors, it.executor)}
                {total(if it.bounds.is_some() { "To begin with" } else { "Together" }, it.start())}
                {grows}
                {allowed}
            </tbody>
        </table>
        <details class="lc-panel-foot lc-small">
            <summary>"By Spark's rules for YARN in cluster mode. What it assumes"</summary>
            <ul>
                <li>
                    "Each container gets its heap and on top the larger of 10 % and 384 MiB, or spark.executor.memoryOverhead and \
                     spark.driver.memoryOverhead; executors also off-heap memory and spark.executor.pyspark.memory. With dynamic allocation it begins with the largest of \
                     initialExecutors, minExecutors and the executors asked for."
                </li>
                {assumes}
                <li>"The server sets nothing else by itself, and YARN's rounding up is not counted."</li>
            </ul>
        </details>
    }
    .into_any()
}
