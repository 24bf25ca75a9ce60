//! The cluster manager: who tells of it, and what the form says then.

use form::{ClusterManager, Config, Draft, Field, Problem, ReadContext, SessionName, Site, Told, read};
use serde_json::{Value, json};

use crate::config::config;

fn terms(config: &Value) -> ReadContext {
    let policy = Config::parse(&config.to_string()).unwrap().policy;
    ReadContext::new(SessionName::made_up(1)).with_server("0.9.0").with_policy(policy)
}

fn draft(request: &Value) -> Draft {
    Draft::from_request(&request.to_string(), &Draft::default()).unwrap()
}

/// The sentences of one field.
fn said(request: &Value, terms: &ReadContext, field: Field) -> Vec<String> {
    let reading = read(&draft(request), terms);
    let problems = reading.problems().iter().filter(|it| it.field == field);
    problems.map(|it| it.message.clone()).collect()
}

#[test]
fn the_configuration_counts_more_than_what_is_seen() {
    let none = terms(&json!({}));
    assert_eq!(none.told(), Told::Nothing);
    let seen = none.with_manager_shown(ClusterManager::Yarn);
    assert_eq!(seen.told(), Told::ByServer(ClusterManager::Yarn));
    let named = terms(&json!({"clusterManager": "kubernetes"})).with_manager_shown(ClusterManager::Yarn);
    assert_eq!(named.told(), Told::ByHost(ClusterManager::Kubernetes));
}

#[test]
fn each_cluster_of_a_list_has_its_own() {
    let text = json!({"clusterManager": "yarn", "clusters": [
        {"key": "a"}, {"key": "b", "clusterManager": "kubernetes"}, {"key": "c", "clusterManager": "local"},
    ]});
    let site = Site::parse(&text.to_string()).unwrap();
    let told = site
        .clusters
        .into_iter()
        .map(|it| ReadContext::new(SessionName::made_up(1)).with_policy(it.policy).told().manager());
    let expected = [ClusterManager::Yarn, ClusterManager::Kubernetes, ClusterManager::Local];
    assert_eq!(told.collect::<Vec<_>>(), expected.map(Some));
    let wrong = json!({"clusters": [{"key": "a", "clusterManager": "k8s"}]});
    let error = Site::parse(&wrong.to_string()).unwrap_err();
    assert_eq!(error.field, "clusters[0].clusterManager");
    assert_eq!(error.message, "Enter yarn, kubernetes, standalone, mesos or local.");
}

#[test]
fn the_estimate_is_for_the_cluster_manager() {
    let request = json!({"kind": "pyspark", "driverMemory": "4g", "executorMemory": "8g", "numExecutors": 2});
    let memory = |terms: &ReadContext| {
        let reading = read(&draft(&request), terms);
        reading.estimate().map(|it| it.start().memory).unwrap()
    };
    // 10 % of 4096 and twice of 8192, cut.
    let yarn = 4096 + 409 + 2 * (8192 + 819);
    // 40 % of them.
    let kubernetes = 4096 + 1638 + 2 * (8192 + 3276);
    assert_eq!(memory(&terms(&json!({}))), yarn);
    assert_eq!(memory(&terms(&json!({"clusterManager": "yarn"}))), yarn);
    assert_eq!(memory(&terms(&json!({"clusterManager": "kubernetes"}))), kubernetes);
    assert_eq!(memory(&terms(&json!({})).with_manager_shown(ClusterManager::Kubernetes)), kubernetes);
    assert_eq!(memory(&terms(&json!({"clusterManager": "local"}))), 4096);
}

#[test]
fn what_only_yarn_reads_is_said_elsewhere_and_never_refused() {
    let request = json!({
        "kind": "pyspark", "queue": "etl", "archives": ["hdfs:///env.tar.gz#env", "hdfs:///other/env.tar.gz"],
        "conf": {"spark.yarn.priority": "1", "spark.kubernetes.namespace": "jobs", "spark.executor.cores": "2"},
    });
    for (word, queue, archives, conf) in [
        ("yarn", 0, 1, "spark.kubernetes settings do nothing on YARN."),
        ("kubernetes", 1, 1, "spark.yarn settings do nothing on Kubernetes."),
        ("standalone", 1, 1, "settings do nothing on a standalone cluster."),
        ("local", 1, 1, "settings do nothing in local mode."),
    ] {
        let terms = terms(&json!({"clusterManager": word}));
        assert_eq!(said(&request, &terms, Field::Queue).len(), queue, "{word}");
        let of_archives = said(&request, &terms, Field::Archives);
        assert_eq!(of_archives.len(), archives, "{word}: {of_archives:?}");
        assert_eq!(of_archives[0].contains("Set spark.archives"), word != "yarn", "{of_archives:?}");
        let of_conf = said(&request, &terms, Field::Conf).concat();
        assert!(of_conf.contains(conf), "{word}: {of_conf}");
        // YARN alone ends a session that adds a file twice.
        let errors = read(&draft(&request), &terms).problems().iter().filter(|it| it.is_error()).count();
        assert_eq!(errors, usize::from(word == "yarn"), "{word}");
    }
    let unknown = terms(&json!({}));
    assert_eq!(said(&request, &unknown, Field::Queue), [""; 0]);
    assert_eq!(said(&request, &unknown, Field::Conf), [""; 0]);
    assert_eq!(
        said(&request, &unknown, Field::Archives)[0],
        "Only YARN unpacks archives. Other cluster managers ignore them."
    );
}

#[test]
fn what_the_host_locks_is_the_hosts_decision() {
    let locked = json!({"clusterManager": "kubernetes", "policy": {"locked": {
        "queue": "etl", "archives": ["hdfs:///env.zip#env"], "conf": {"spark.yarn.tags": "etl"},
    }}});
    let request = json!({
        "kind": "sql", "queue": "etl", "archives": ["hdfs:///env.zip#env"],
        "conf": {"spark.yarn.tags": "etl", "spark.yarn.priority": "1"},
    });
    let terms = terms(&locked);
    for field in [Field::Queue, Field::Archives] {
        assert_eq!(said(&request, &terms, field), [""; 0], "{field:?}");
    }
    let of_rows = said(&request, &terms, Field::Conf);
    assert_eq!(of_rows, ["Remove this row. spark.yarn settings do nothing on Kubernetes."]);
}

#[test]
fn dynamic_allocation_on_kubernetes_tracks_shuffles() {
    let (on, tracking, service) = (
        "spark.dynamicAllocation.enabled",
        "spark.dynamicAllocation.shuffleTracking.enabled",
        "spark.shuffle.service.enabled",
    );
    for (conf, kubernetes, yarn) in [
        (json!({on: "true"}), Some("Spark 3.3 or older"), None),
        (json!({on: "true", tracking: "true"}), None, None),
        (
            json!({on: "true", tracking: "false"}),
            Some("Set this to true. Dynamic allocation on Kubernetes needs it."),
            Some("Set this or spark.shuffle.service.enabled to true."),
        ),
        (json!({on: "true", service: "true"}), Some("Kubernetes has no shuffle service"), None),
        (json!({service: "true"}), Some("Kubernetes has no shuffle service"), None),
        (json!({on: "true", "spark.decommission.enabled": "true"}), None, None),
        (json!({on: "false"}), None, None),
    ] {
        for (word, expected) in [("kubernetes", kubernetes), ("yarn", yarn)] {
            let terms = terms(&json!({"clusterManager": word}));
            let words = said(&json!({"kind": "spark", "conf": conf}), &terms, Field::Conf);
            match expected {
                Some(expected) => {
                    assert!(words.len() == 1 && words[0].contains(expected), "{word} {conf}: {words:?}")
                }
                None => assert_eq!(words, [""; 0], "{word} {conf}"),
            }
        }
    }
    // It does nothing on a local master, so its bounds end nothing there.
    let crossed = json!({"kind": "spark", "conf": {on: "true", "spark.dynamicAllocation.maxExecutors": "0"}});
    assert_eq!(said(&crossed, &terms(&json!({"clusterManager": "local"})), Field::Conf), [""; 0]);
}

#[test]
fn a_limit_refuses_only_what_every_server_takes() {
    let request = json!({"kind": "pyspark", "executorMemory": "4g", "numExecutors": 3});
    let of = |limit: &str| -> Vec<Problem> {
        let config = config(&json!({
            "cluster": "K", "clusterManager": "kubernetes", "policy": {"limit": {"memory": limit}}
        }));
        let terms = ReadContext::new(SessionName::made_up(1)).with_policy(config.policy);
        let reading = read(&draft(&request), &terms);
        reading.problems().iter().filter(|it| it.field == Field::NumExecutors).cloned().collect()
    };
    // 1024 + 409 + 3 * (4096 + 1638), and at 10 %: 1024 + 384 + 3 * (4096 + 409).
    assert_eq!(of("19g"), []);
    let may = of("16g");
    assert_eq!((may.len(), may[0].is_error()), (1, false));
    assert_eq!(may[0].message, "May need 18.2 GiB; K allows 16 GiB.");
    let sure = of("14g");
    assert_eq!((sure.len(), sure[0].is_error()), (1, true));
}
