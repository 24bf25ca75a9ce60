//! A fleet: many sessions that were there before the cluster began, each made from its number alone. Their state stays as it is until
//! they are stopped or deleted, so that a list of 40,000 is the same at each reading.

use std::sync::Arc;

use serde_json::{Map, Value, json};

/// What is told of a session of a fleet and does not follow from its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub state: &'static str,
    pub owner: &'static str,
    pub proxy_user: Option<&'static str>,
}

/// In the order in which they are dealt: of fifty sessions, so many are in each state.
const STATES: [(&str, u64); 8] = [
    ("idle", 30),
    ("busy", 4),
    ("starting", 2),
    ("dead", 9),
    ("killed", 2),
    ("error", 1),
    ("success", 1),
    ("shutting_down", 1),
];
const OWNERS: [&str; 7] = ["ada", "grace", "svc-etl", "svc-reports", "alan", "katherine", "edsger"];
const KINDS: [&str; 5] = ["pyspark", "spark", "sql", "sparkr", "shared"];
const QUEUES: [&str; 4] = ["default", "root.etl", "root.reports", "root.adhoc"];
const NAMES: [&str; 6] = ["nightly-etl", "churn-model", "report", "backfill", "adhoc-query", "ingest-orders"];

impl Member {
    /// The one with this id.
    pub(crate) fn of(id: u64) -> Self {
        // The states are spread over the ids, so that each page of a list has several.
        let mut dealt = id.wrapping_mul(37) % 50;
        let mut state = "idle";
        for (word, share) in STATES {
            if dealt < share {
                state = word;
                break;
            }
            dealt -= share;
        }
        let owner = pick(&OWNERS, id / 3);
        Self { state, owner, proxy_user: id.is_multiple_of(5).then(|| pick(&OWNERS, id / 7)) }
    }
}

fn pick(all: &[&'static str], at: u64) -> &'static str {
    let at = usize::try_from(at).unwrap_or_default();
    all.get(at % all.len()).copied().unwrap_or_default()
}

/// The name of the one with this id; some have none.
pub(crate) fn name(id: u64) -> Option<String> {
    (id % 11 != 10).then(|| format!("{}-{id}", pick(&NAMES, id / 2)))
}

/// Its kind.
pub(crate) fn kind(id: u64) -> &'static str {
    pick(&KINDS, id / 4)
}

/// The requests that the sessions of a fleet were made with: few, and shared, since a session keeps its own.
pub(crate) fn requests(
    echo: impl Fn(&Map<String, Value>) -> Map<String, Value>,
) -> Vec<Arc<Map<String, Value>>> {
    let request = |at: u64| {
        let memory = ["1g", "2g", "4g", "8g", "16g"];
        let fields = json!({
            "driverMemory": pick(&memory, at), "driverCores": 1 + at % 3,
            "executorMemory": pick(&memory, at / 2), "executorCores": 1 + at % 4, "numExecutors": 1 + at % 9,
            "queue": pick(&QUEUES, at),
            "conf": {"spark.sql.shuffle.partitions": (100 * (1 + at % 5)).to_string()}
        });
        let fields = match fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        Arc::new(echo(&fields))
    };
    (0..20).map(request).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_fleet_has_sessions_in_every_state() {
        let states: std::collections::BTreeSet<&str> = (700..800).map(|id| Member::of(id).state).collect();
        assert_eq!(states.len(), STATES.len());
        assert_eq!(STATES.iter().map(|it| it.1).sum::<u64>(), 50);
    }
}
