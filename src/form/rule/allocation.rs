//! How many executors: the field, the configuration, and the bounds of dynamic allocation.
//!
//! Spark checks them in `SparkSubmitArguments` and `ExecutorAllocationManager.validateSettings` (3.5), seconds or minutes after
//! Livy has taken the request. The server's own defaults may switch dynamic allocation on or off: where the request does not
//! say, what depends on it is a warning. It does nothing on a local master.

use crate::problem::{Finding, Problem};
use crate::value::duration::{SECOND, spark_nanos};
use crate::value::number::real;
use crate::{ClusterManager, Draft, Field};

pub(crate) const ENABLED: &str = "spark.dynamicAllocation.enabled";
pub(crate) const LEAST: &str = "spark.dynamicAllocation.minExecutors";
pub(crate) const MOST: &str = "spark.dynamicAllocation.maxExecutors";
pub(crate) const INITIAL: &str = "spark.dynamicAllocation.initialExecutors";
const BACKLOG: &str = "spark.dynamicAllocation.schedulerBacklogTimeout";
const SUSTAINED: &str = "spark.dynamicAllocation.sustainedSchedulerBacklogTimeout";
const RATIO: &str = "spark.dynamicAllocation.executorAllocationRatio";
const INSTANCES: &str = "spark.executor.instances";
const TRACKING: &str = "spark.dynamicAllocation.shuffleTracking.enabled";
const SERVICE: &str = "spark.shuffle.service.enabled";
const DECOMMISSION: &str = "spark.decommission.enabled";
const DECOMMISSION_SHUFFLES: &str = "spark.storage.decommission.shuffleBlocks.enabled";
const PLUGIN: &str = "spark.shuffle.sort.io.plugin.class";

/// Everything there is to say of executors.
pub(crate) fn problems(draft: &Draft, manager: Option<ClusterManager>) -> Vec<Problem> {
    let number = |key| draft.spark_value(key).and_then(|it| it.parse::<i64>().ok());
    let flag = |key| draft.spark_flag(key);
    let dynamic = flag(ENABLED);

    // The field replaces the row: only one of them counts.
    let typed = draft.text(Field::NumExecutors).trim();
    let (executors, place) = if typed.is_empty() {
        (number(INSTANCES), draft.spark_place(INSTANCES))
    } else {
        (typed.parse().ok(), (Field::NumExecutors, None))
    };
    let mut found = Vec::new();
    if let Some(finding) = executors.and_then(|it| at_start(it, dynamic)) {
        found.push(finding.at(place.0, place.1));
    }
    if dynamic == Some(false) || manager == Some(ClusterManager::Local) {
        return found;
    }
    let (finding, when) = match dynamic {
        Some(true) => (Finding::error as fn(String) -> Finding, ""),
        _ => (Finding::warning as fn(String) -> Finding, " if dynamic allocation is on"),
    };
    let mut at = |(field, row), words: String| found.push(finding(words).at(field, row));
    let least = number(LEAST).unwrap_or(0);
    if least < 0 {
        at(draft.spark_place(LEAST), format!("Enter 0 or more. Spark ends the session otherwise{when}."));
    }
    match number(MOST) {
        Some(most) if most < 1 => {
            at(draft.spark_place(MOST), format!("Enter 1 or more. Spark ends the session otherwise{when}."));
        }
        Some(most) => {
            let words = format!("Enter {most} or less{when} (maxExecutors).");
            let rows = [
                (Some(least), draft.spark_place(LEAST)),
                (number(INITIAL), draft.spark_place(INITIAL)),
                (executors, place),
            ];
            for (_, place) in rows.into_iter().filter(|(number, _)| number.is_some_and(|it| it > most)) {
                at(place, words.clone());
            }
        }
        None => {}
    }
    for key in [BACKLOG, SUSTAINED] {
        // Spark keeps whole seconds of it.
        let nanos = draft.spark_value(key).and_then(|it| spark_nanos(it, SECOND));
        if nanos.is_some_and(|it| it < SECOND) {
            at(draft.spark_place(key), format!("Enter 1s or more. Spark ends the session otherwise{when}."));
        }
    }
    let ratio = draft.spark_value(RATIO).and_then(real);
    if ratio.is_some_and(|it| !(it > 0.0 && it <= 1.0)) {
        at(
            draft.spark_place(RATIO),
            format!("Enter more than 0, up to 1. Spark ends the session otherwise{when}."),
        );
    }
    found.extend(shuffles(draft, dynamic, manager == Some(ClusterManager::Kubernetes)));
    found
}

/// Whoever ends an executor has to know its shuffle files safe: with a service beside it, or by keeping track of them, which is the
/// default since Spark 3.4. Kubernetes has no such service (`running-on-kubernetes.md`, 3.5), and an executor that cannot register
/// with one ends (`BlockManager.registerWithExternalShuffleServer`).
fn shuffles(draft: &Draft, dynamic: Option<bool>, is_kubernetes: bool) -> Option<Problem> {
    let flag = |key| draft.spark_flag(key);
    let at = |key, finding: Finding| {
        let (field, row) = draft.spark_place(key);
        Some(finding.at(field, row))
    };
    if flag(SERVICE) == Some(true) {
        let words = "Remove this row. Kubernetes has no shuffle service, and executors stop without one.";
        return if is_kubernetes { at(SERVICE, Finding::warning(words)) } else { None };
    }
    let is_kept = draft.spark_value(PLUGIN).is_some()
        || flag(DECOMMISSION) == Some(true) && flag(DECOMMISSION_SHUFFLES) != Some(false);
    if dynamic != Some(true) || is_kept {
        return None;
    }
    match flag(TRACKING) {
        Some(true) => None,
        Some(false) => {
            let words = if is_kubernetes {
                "Set this to true. Dynamic allocation on Kubernetes needs it.".to_owned()
            } else {
                format!("Set this or {SERVICE} to true. Dynamic allocation needs one of them.")
            };
            // The server's defaults may set what the request doesn't.
            let is_said = flag(SERVICE) == Some(false) && flag(DECOMMISSION) == Some(false);
            at(TRACKING, if is_said { Finding::error(words) } else { Finding::warning(words) })
        }
        None => {
            let words = format!(
                "Add {TRACKING} with true if the server runs Spark 3.3 or older. Dynamic allocation on Kubernetes needs it."
            );
            if is_kubernetes { at(ENABLED, Finding::warning(words)) } else { None }
        }
    }
}

/// What the number of executors at the start means.
fn at_start(executors: i64, dynamic: Option<bool>) -> Option<Finding> {
    match (executors, dynamic) {
        (0, None) => Some(Finding::warning(
            "0 works only with dynamic allocation. Without it the session dies at start.",
        )),
        (0, Some(false)) => Some(Finding::error(format!(
            "Enter 1 or more. 0 needs dynamic allocation, and {ENABLED} is false."
        ))),
        (1.., Some(true)) => Some(Finding::warning("Initial number only. Dynamic allocation changes it.")),
        _ => None,
    }
}
