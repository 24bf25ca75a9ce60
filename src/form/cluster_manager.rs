//! The cluster manager that starts a session's driver and executors, and who told of it. Spark's overheads, and what a queue or an
//! archive means, depend on it.
//!
//! A request cannot choose it: Livy puts the server's own master in place of any other (`Session.prepareConf`, 0.9.0).

use livy::Session;

/// Where Spark runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterManager {
    /// Hadoop YARN.
    Yarn,
    /// Kubernetes.
    Kubernetes,
    /// Spark's own master and workers.
    Standalone,
    /// Apache Mesos, which Spark 4 no longer knows.
    Mesos,
    /// One process on the server's host.
    Local,
}

impl ClusterManager {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Yarn, Self::Kubernetes, Self::Standalone, Self::Mesos, Self::Local];

    /// Its word in `config.json`. `spark.` and this begins the keys that it alone reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yarn => "yarn",
            Self::Kubernetes => "kubernetes",
            Self::Standalone => "standalone",
            Self::Mesos => "mesos",
            Self::Local => "local",
        }
    }

    /// Reads the word of `config.json`; `None` for another one.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// Where sessions run, at the end of a sentence.
    pub fn place(self) -> &'static str {
        match self {
            Self::Yarn => "on YARN",
            Self::Kubernetes => "on Kubernetes",
            Self::Standalone => "on a standalone cluster",
            Self::Mesos => "on Mesos",
            Self::Local => "in local mode",
        }
    }

    /// What a session shows of it. `None` where it shows nothing, as before its application has started.
    ///
    /// The application's id is the surest sign, since each manager makes its own: YARN `application_1700000000000_0001`
    /// (`ApplicationId`, Hadoop 3.3), Kubernetes `spark-` and 32 hexadecimal digits or `spark-application-1700000000000`
    /// (`KubernetesConf`, `KubernetesClusterSchedulerBackend`, Spark 3.5), a standalone master `app-20240131120000-0001` (`Master`),
    /// local mode `local-1700000000000` (`LocalSchedulerBackend`). Then what Livy alone writes: the executors' links on Kubernetes
    /// (`SparkApp.scala`, 0.9.0), and above the diagnostics the manager's name (`SparkYarnApp.scala`, `SparkKubernetesApp.scala`).
    pub fn shown_by(session: &Session) -> Option<Self> {
        let of_id = session.app_id().and_then(Self::of_app_id);
        let has_executor_links = || {
            let links = session.field("appInfo").and_then(|it| it.get("executorLogUrls")?.as_str());
            links.is_some_and(|it| !it.trim().is_empty()).then_some(Self::Kubernetes)
        };
        let of_log = || {
            session.log_tail().into_iter().find_map(|line| match line.trim() {
                "YARN Diagnostics:" => Some(Self::Yarn),
                "Kubernetes Diagnostics:" => Some(Self::Kubernetes),
                _ => None,
            })
        };
        of_id.or_else(has_executor_links).or_else(of_log)
    }

    fn of_app_id(id: &str) -> Option<Self> {
        let are_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        let are_two = |it: &str, between: char| {
            it.split_once(between).is_some_and(|(one, other)| are_digits(one) && are_digits(other))
        };
        let is_hash = |it: &str| it.len() == 32 && it.bytes().all(|it| it.is_ascii_hexdigit());
        let (first, rest) = id.split_once(['_', '-'])?;
        match first {
            "application" if are_two(rest, '_') => Some(Self::Yarn),
            "spark" if is_hash(rest) || rest.strip_prefix("application-").is_some_and(are_digits) => {
                Some(Self::Kubernetes)
            }
            "app" if are_two(rest, '-') => Some(Self::Standalone),
            "local" if are_digits(rest) => Some(Self::Local),
            _ => None,
        }
    }
}

/// What is known of the cluster manager, and from whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    #[default]
    Nothing,
    /// The configuration of the page's host names it. It counts more than what is seen.
    ByHost(ClusterManager),
    /// A session of the server shows it; see [`ClusterManager::shown_by`].
    ByServer(ClusterManager),
}

impl Told {
    /// The cluster manager, where it is known.
    pub fn manager(self) -> Option<ClusterManager> {
        match self {
            Self::Nothing => None,
            Self::ByHost(it) | Self::ByServer(it) => Some(it),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn shown(more: &Value) -> Option<ClusterManager> {
        let mut session = json!({"id": 7, "state": "idle"});
        for (key, value) in more.as_object().unwrap() {
            session[key] = value.clone();
        }
        ClusterManager::shown_by(&Session::from_json(session).unwrap())
    }

    #[test]
    fn an_applications_id_tells_who_made_it() {
        for (id, expected) in [
            ("application_1700000000000_0001", Some(ClusterManager::Yarn)),
            ("application_1700000000000_123456", Some(ClusterManager::Yarn)),
            ("spark-3b1f0c9de1a94b7f8c5a2d4e6f708192", Some(ClusterManager::Kubernetes)),
            ("spark-application-1700000000000", Some(ClusterManager::Kubernetes)),
            ("app-20240131120000-0001", Some(ClusterManager::Standalone)),
            ("local-1700000000000", Some(ClusterManager::Local)),
            ("application_x_0001", None),
            ("application-1700000000000-0001", None),
            ("spark-etl", None),
            ("spark-3b1f0c9d", None),
            ("local-", None),
            ("app-etl-1", None),
            ("00f3ks2m4qabcd01", None),
            ("", None),
        ] {
            assert_eq!(shown(&json!({"appId": id})), expected, "{id}");
        }
    }

    #[test]
    fn livys_own_marks_count_where_there_is_no_id() {
        let links =
            json!({"appInfo": {"driverLogUrl": null, "executorLogUrls": "exec-1#https://logs.example/1"}});
        assert_eq!(shown(&links), Some(ClusterManager::Kubernetes));
        let none =
            json!({"appId": null, "appInfo": {"driverLogUrl": "http://node/1", "executorLogUrls": null}});
        assert_eq!(shown(&none), None);
        for (mark, expected) in [
            ("\nYARN Diagnostics: ", Some(ClusterManager::Yarn)),
            ("\nKubernetes Diagnostics: ", Some(ClusterManager::Kubernetes)),
            ("24/01/31 WARN Kubernetes Diagnostics: none", None),
        ] {
            assert_eq!(shown(&json!({"log": ["stdout: ", "\nstderr: ", mark]})), expected, "{mark}");
        }
        let both = json!({"appId": "application_1700000000000_0001", "log": ["\nKubernetes Diagnostics: "]});
        assert_eq!(shown(&both), Some(ClusterManager::Yarn), "the id is surer");
    }

    #[test]
    fn every_manager_has_its_word() {
        for it in ClusterManager::ALL {
            assert_eq!(ClusterManager::parse(it.word()), Some(it));
        }
        assert_eq!((ClusterManager::parse("YARN"), ClusterManager::parse("k8s")), (None, None));
    }
}
