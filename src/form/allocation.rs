//! Rules about several fields: how many executors, of how many cores, for which language.
//!
//! Spark checks them in `SparkSubmitArguments`, `SparkConf.validateSettings` and `ExecutorAllocationManager` (3.5), seconds or
//! minutes after Livy has taken the request. Dynamic allocation does nothing on a local master.

use livy::Kind;

use crate::problem::Finding;
use crate::{Draft, Field};

/// A finding with its place: a row of the configuration is named by its key.
pub(crate) struct Found {
    pub field: Field,
    pub key: Option<&'static str>,
    pub finding: Finding,
}

const ENABLED: &str = "spark.dynamicAllocation.enabled";
const LEAST: &str = "spark.dynamicAllocation.minExecutors";
const MOST: &str = "spark.dynamicAllocation.maxExecutors";
const INITIAL: &str = "spark.dynamicAllocation.initialExecutors";
const TRACKING: &str = "spark.dynamicAllocation.shuffleTracking.enabled";
const SERVICE: &str = "spark.shuffle.service.enabled";
const CPUS: &str = "spark.task.cpus";
const BEAT: &str = "spark.executor.heartbeatInterval";
const NETWORK: &str = "spark.network.timeout";

/// Everything there is to say of the fields together.
pub(crate) fn findings(draft: &Draft, kind: Option<Kind>, yarn: Option<bool>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = |field, key, finding| found.push(Found { field, key, finding });
    let number = |key| draft.conf_value(key).and_then(|it| it.parse::<i64>().ok());
    let flag = |key| draft.conf_value(key).map(|it| it.eq_ignore_ascii_case("true"));
    let typed = |field| draft.text(field).trim().parse::<i64>().ok();

    let dynamic = flag(ENABLED);
    let executors = typed(Field::NumExecutors);
    match (executors, dynamic) {
        (Some(0), None) => at(
            Field::NumExecutors,
            None,
            Finding::warning(
                "0 works only where dynamic allocation is on; elsewhere the session dies while starting.",
            ),
        ),
        (Some(0), Some(false)) => at(
            Field::NumExecutors,
            None,
            Finding::error(format!(
                "At least 1: {ENABLED} is false, and without executors the session dies."
            )),
        ),
        (Some(1..), Some(true)) => at(
            Field::NumExecutors,
            None,
            Finding::warning("Only the number to begin with: dynamic allocation changes it."),
        ),
        _ => {}
    }
    if dynamic == Some(true) {
        let least = number(LEAST).unwrap_or(0);
        if let Some(most) = number(MOST).filter(|it| *it >= 1) {
            if least > most {
                at(Field::Conf, Some(LEAST), Finding::error(format!("At most {most}, the maxExecutors.")));
            }
            if number(INITIAL).is_some_and(|it| it > most) {
                at(Field::Conf, Some(INITIAL), Finding::error(format!("At most {most}, the maxExecutors.")));
            }
            if executors.is_some_and(|it| it > most) {
                let words = format!("At most {most}: dynamic allocation has that maxExecutors.");
                at(Field::NumExecutors, None, Finding::error(words));
            }
        }
        if flag(TRACKING) == Some(false) && flag(SERVICE) != Some(true) {
            let words = "Dynamic allocation needs this or spark.shuffle.service.enabled to be true.";
            let severity = if flag(SERVICE) == Some(false) { Finding::error } else { Finding::warning };
            at(Field::Conf, Some(TRACKING), severity(words));
        }
    }
    let cores = typed(Field::ExecutorCores).or(number("spark.executor.cores"));
    if let (Some(cores), Some(cpus)) = (cores, number(CPUS))
        && cores < cpus
    {
        let words = format!("At most {cores}, the cores of an executor: no task could start.");
        at(Field::Conf, Some(CPUS), Finding::error(words));
    }
    let seconds =
        |key, default| draft.conf_value(key).map_or(Some(default), crate::duration::Duration::seconds);
    if let (Some(beat), Some(network)) = (seconds(BEAT, 10), seconds(NETWORK, 120))
        && beat >= network
    {
        let key = if draft.conf_value(BEAT).is_some() { BEAT } else { NETWORK };
        at(
            Field::Conf,
            Some(key),
            Finding::error(format!("{NETWORK} has to be longer than {BEAT}: Spark stops otherwise.")),
        );
    }
    let filled = |field: Field| draft.rows(field).iter().any(|it| !it.trim().is_empty());
    if filled(Field::PyFiles) && matches!(kind, Some(Kind::Spark | Kind::SparkR)) {
        let words = "Only Python reads them: choose pyspark, or remove them.";
        at(Field::PyFiles, None, Finding::warning(words));
    }
    if filled(Field::Archives) && yarn != Some(true) {
        let words = "Only YARN unpacks them; on another cluster manager nothing happens with them.";
        at(Field::Archives, None, Finding::warning(words));
    }
    found
}
