//! Fields and keys that mean nothing to the cluster manager, where it is known. They are sent all the same: they are warnings, since
//! Livy and Spark pass over them without a word.

use crate::problem::{Finding, Problem};
use crate::rule::allocation;
use crate::rule::contradiction::is_filled;
use crate::rule::older_key::stands_for;
use crate::{ClusterManager, Draft, Field, Policy};

/// Beginnings of keys that one cluster manager reads.
const OWN: [(&str, ClusterManager); 3] = [
    ("spark.yarn.", ClusterManager::Yarn),
    ("spark.kubernetes.", ClusterManager::Kubernetes),
    ("spark.mesos.", ClusterManager::Mesos),
];

/// Read whatever the cluster manager is, as the older beginning of `spark.security.credentials.` (`HadoopDelegationTokenManager`,
/// Spark 3.5).
const READ_BY_ALL: &str = "spark.yarn.security.";

/// Keys with another one that does the same elsewhere: everywhere (`None`) or on one cluster manager. A key that ends in a dot is a
/// family. From `SparkSubmit.prepareSubmitEnvironment` and the `Config.scala` of Kubernetes, Spark 3.5.
const ELSEWHERE: [(&str, &str, Option<ClusterManager>); 7] = [
    ("spark.yarn.dist.archives", "spark.archives", None),
    ("spark.yarn.dist.files", "spark.files", None),
    ("spark.yarn.dist.jars", "spark.jars", None),
    ("spark.yarn.dist.pyFiles", "spark.submit.pyFiles", None),
    ("spark.yarn.appMasterEnv.", "spark.kubernetes.driverEnv.", Some(ClusterManager::Kubernetes)),
    ("spark.kubernetes.driverEnv.", "spark.yarn.appMasterEnv.", Some(ClusterManager::Yarn)),
    (
        "spark.kubernetes.memoryOverheadFactor",
        "spark.executor.memoryOverheadFactor",
        Some(ClusterManager::Yarn),
    ),
];

/// Everything there is to say of fields. What the host locks is the host's decision.
pub(crate) fn problems(draft: &Draft, policy: &Policy, manager: Option<ClusterManager>) -> Vec<Problem> {
    let Some(manager) = manager else { return Vec::new() };
    let mut found = Vec::new();
    for field in Field::ALL.into_iter().filter(|it| is_filled(draft, *it) && !policy.locks(*it)) {
        let words = match field {
            // A host that lists queues has a server that reads them.
            Field::Queue if policy.queues().is_empty() => queue(manager),
            Field::Archives => archives(manager),
            _ => executors(field, draft, manager),
        };
        found.extend(words.map(|it| Finding::warning(it).at(field, None)));
    }
    found
}

/// Livy makes `spark.yarn.queue` of it (`InteractiveSession.scala`, 0.9.0).
fn queue(manager: ClusterManager) -> Option<String> {
    let words = format!("Remove it. Only YARN has queues; it does nothing {}.", manager.place());
    (manager != ClusterManager::Yarn).then_some(words)
}

/// Livy makes `spark.yarn.dist.archives` of them (`LivyConf.SPARK_ARCHIVES`, 0.9.0); the others read `spark.archives`.
fn archives(manager: ClusterManager) -> Option<String> {
    let words = format!(
        "Only YARN unpacks these; they do nothing {}. Set spark.archives below instead (Spark 3.1 or later).",
        manager.place()
    );
    (manager != ClusterManager::Yarn).then_some(words)
}

fn executors(field: Field, draft: &Draft, manager: ClusterManager) -> Option<String> {
    let words = match (manager, field) {
        (ClusterManager::Local, Field::ExecutorMemory | Field::ExecutorCores | Field::NumExecutors) => {
            "Remove it. Local mode has no executors; everything runs in the driver."
        }
        (ClusterManager::Local, Field::DriverCores) => {
            "Remove it. In local mode the server's master sets the cores."
        }
        // `StandaloneSchedulerBackend` reads the most cores, Spark 3.5.
        (ClusterManager::Standalone, Field::NumExecutors)
            if draft.spark_flag(allocation::ENABLED) != Some(true) =>
        {
            "Set spark.cores.max instead. Without dynamic allocation, a standalone cluster ignores this number."
        }
        _ => return None,
    };
    Some(words.to_owned())
}

/// What is to be said of a key that another cluster manager reads.
pub(crate) fn foreign_key(key: &str, manager: ClusterManager) -> Option<String> {
    let (start, _) = OWN.into_iter().find(|(start, whose)| key.starts_with(start) && *whose != manager)?;
    let is_read = stands_for(key).is_some_and(|today| !today.starts_with(start));
    if is_read || key.starts_with(READ_BY_ALL) {
        return None;
    }
    let other = ELSEWHERE.into_iter().find_map(|(family, other, on)| {
        let rest = key.strip_prefix(family)?;
        let is_same = rest.is_empty() != family.ends_with('.');
        (is_same && on.is_none_or(|it| it == manager)).then(|| format!("{other}{rest}"))
    });
    let remedy = match other {
        Some(other) => format!("Use {other} instead."),
        None => "Remove this row.".to_owned(),
    };
    Some(format!("{remedy} {} settings do nothing {}.", start.trim_end_matches('.'), manager.place()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(draft: &Draft, manager: ClusterManager) -> Vec<String> {
        let found = problems(draft, &Policy::default(), Some(manager));
        assert!(found.iter().all(|it| !it.is_error()), "{found:?}");
        found.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn a_key_of_another_manager_does_nothing() {
        use ClusterManager::{Kubernetes, Local, Mesos, Standalone, Yarn};
        for (key, manager, expected) in [
            (
                "spark.yarn.priority",
                Kubernetes,
                Some("Remove this row. spark.yarn settings do nothing on Kubernetes."),
            ),
            (
                "spark.yarn.queue",
                Local,
                Some("Remove this row. spark.yarn settings do nothing in local mode."),
            ),
            (
                "spark.kubernetes.namespace",
                Yarn,
                Some("Remove this row. spark.kubernetes settings do nothing on YARN."),
            ),
            (
                "spark.mesos.role",
                Standalone,
                Some("Remove this row. spark.mesos settings do nothing on a standalone cluster."),
            ),
            (
                "spark.yarn.dist.archives",
                Standalone,
                Some("Use spark.archives instead. spark.yarn settings do nothing on a standalone cluster."),
            ),
            (
                "spark.yarn.appMasterEnv.TZ",
                Kubernetes,
                Some(
                    "Use spark.kubernetes.driverEnv.TZ instead. spark.yarn settings do nothing on Kubernetes.",
                ),
            ),
            (
                "spark.yarn.appMasterEnv.TZ",
                Mesos,
                Some("Remove this row. spark.yarn settings do nothing on Mesos."),
            ),
            ("spark.yarn.priority", Yarn, None),
            ("spark.kubernetes.namespace", Kubernetes, None),
            ("spark.sql.shuffle.partitions", Kubernetes, None),
            // Older names of keys that all read.
            ("spark.yarn.executor.memoryOverhead", Kubernetes, None),
            ("spark.yarn.access.hadoopFileSystems", Kubernetes, None),
            ("spark.yarn.security.credentials.hive.enabled", Kubernetes, None),
            // Another name for a key that YARN alone reads.
            (
                "spark.yarn.jar",
                Kubernetes,
                Some("Remove this row. spark.yarn settings do nothing on Kubernetes."),
            ),
        ] {
            assert_eq!(foreign_key(key, manager).as_deref(), expected, "{key} {manager:?}");
        }
    }

    #[test]
    fn a_field_says_where_it_does_nothing() {
        let mut draft = Draft::default();
        for (field, text) in [
            (Field::Queue, "etl"),
            (Field::DriverCores, "2"),
            (Field::ExecutorMemory, "2g"),
            (Field::ExecutorCores, "2"),
            (Field::NumExecutors, "2"),
        ] {
            draft.set_text(field, text);
        }
        draft.set_rows(Field::Archives, vec!["hdfs:///env.tar.gz#env".into()]);
        for (manager, expected) in [
            (ClusterManager::Yarn, 0),
            (ClusterManager::Kubernetes, 2),
            (ClusterManager::Mesos, 2),
            (ClusterManager::Standalone, 3),
            (ClusterManager::Local, 6),
        ] {
            let words = said(&draft, manager);
            assert_eq!(words.len(), expected, "{words:?}");
        }
        let words = said(&draft, ClusterManager::Kubernetes);
        assert_eq!(words[0], "Remove it. Only YARN has queues; it does nothing on Kubernetes.");
        assert!(words[1].contains("Set spark.archives below instead"), "{words:?}");
        let policy = crate::Config::parse(r#"{"policy":{"queues":["etl"]}}"#).unwrap().policy;
        let found = problems(&draft, &policy, Some(ClusterManager::Kubernetes));
        assert!(found.iter().all(|it| it.field != Field::Queue), "the host's server reads queues");
        draft.set_conf(vec![(allocation::ENABLED.to_owned(), "true".to_owned())]);
        assert_eq!(said(&draft, ClusterManager::Standalone).len(), 2);
    }
}
