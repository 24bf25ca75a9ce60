//! Figures of Spark 3.5.9: `ResourceProfile`, `Client.scala`, `BasicDriverFeatureStep`, `BasicExecutorFeatureStep`, `Constants`
//! (Kubernetes), `StandaloneSchedulerBackend`.

use super::*;

fn draft(fields: &[(Field, &str)], conf: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (field, text) in fields {
        draft.set_text(*field, *text);
    }
    draft.set_conf(conf.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect());
    draft
}

/// On YARN by assumption.
fn of(draft: &Draft) -> Option<Estimate> {
    Estimate::of(draft, Told::Nothing)
}

fn on(manager: ClusterManager, fields: &[(Field, &str)], conf: &[(&str, &str)]) -> Estimate {
    Estimate::of(&draft(fields, conf), Told::ByServer(manager)).unwrap()
}

fn executor(it: &Estimate) -> Container {
    it.executor.unwrap()
}

const EMPTY: Container = Container { heap: 1024, overhead: 384, spare: 0, millicores: Some(1000) };

#[test]
fn an_empty_form_takes_sparks_defaults() {
    let it = of(&Draft::default()).unwrap();
    assert_eq!((it.driver, it.executor, it.executors, it.assumes.len()), (EMPTY, Some(EMPTY), 2, 3));
    assert_eq!(it.start(), Total { containers: 3, millicores: Some(3000), memory: 3 * 1408 });
    assert_eq!(it.most(), Some(it.start()));
    for manager in [ClusterManager::Yarn, ClusterManager::Kubernetes, ClusterManager::Mesos] {
        assert_eq!(on(manager, &[], &[]).start(), it.start(), "{manager:?}");
    }
}

#[test]
fn ten_per_cent_or_what_is_set_and_python_on_top() {
    let fields = [
        (Field::Kind, "pyspark"),
        (Field::ExecutorMemory, "8g"),
        (Field::ExecutorCores, "4"),
        (Field::NumExecutors, "10"),
    ];
    let it = of(&draft(&fields, &[])).unwrap();
    assert_eq!((executor(&it).overhead, it.start().millicores, it.spare()), (819, Some(41_000), 0));
    let conf = [
        ("spark.executor.memoryOverhead", "2g"),
        ("spark.executor.pyspark.memory", "512"),
        ("spark.memory.offHeap.enabled", "true"),
        ("spark.memory.offHeap.size", "1073741824"),
        ("spark.driver.memory", "4096m"),
    ];
    let it = of(&draft(&fields, &conf)).unwrap();
    assert_eq!((executor(&it).overhead, it.driver.heap, it.driver.overhead), (2048 + 512 + 1024, 4096, 409));
    let scala = of(&draft(&fields[1..], &conf)).unwrap();
    assert_eq!(executor(&scala).overhead, executor(&it).overhead, "on YARN every session is one of Python");
}

#[test]
fn kubernetes_gives_python_and_r_forty_per_cent() {
    let sizes = [(Field::DriverMemory, "4g"), (Field::ExecutorMemory, "8g")];
    for (kind, driver, executors) in [
        ("spark", 409, 819),
        ("sql", 409, 819),
        ("shared", 409, 819),
        ("pyspark", 1638, 3276),
        ("sparkr", 1638, 3276),
    ] {
        let fields = [sizes[0], sizes[1], (Field::Kind, kind)];
        let it = on(ClusterManager::Kubernetes, &fields, &[]);
        assert_eq!((it.driver.overhead, executor(&it).overhead), (driver, executors), "{kind}");
        // What Apache Livy would not take: the difference to 10 %.
        assert_eq!(it.spare(), driver - 409 + 2 * (executors - 819), "{kind}");
    }
    // 40 % of 900 MiB is 360: the least counts.
    let small = [(Field::Kind, "pyspark"), (Field::DriverMemory, "900m")];
    assert_eq!(on(ClusterManager::Kubernetes, &small, &[]).driver.overhead, 384);
    assert_eq!(on(ClusterManager::Kubernetes, &small[..1], &[]).driver.overhead, 409);
}

#[test]
fn kubernetes_has_factors_for_both_and_for_each() {
    let fields = [(Field::Kind, "pyspark"), (Field::DriverMemory, "10g"), (Field::ExecutorMemory, "10g")];
    let both = ("spark.kubernetes.memoryOverheadFactor", "0.2");
    let driver = ("spark.driver.memoryOverheadFactor", "0.3");
    let of_executor = ("spark.executor.memoryOverheadFactor", "0.05");
    for (conf, expected) in [
        (&[][..], (4096, 4096)),
        (&[both][..], (2048, 2048)),
        (&[both, driver], (3072, 2048)),
        (&[driver, of_executor], (3072, 512)),
        (&[both, ("spark.executor.memoryOverhead", "700")], (2048, 700)),
    ] {
        let it = on(ClusterManager::Kubernetes, &fields, conf);
        assert_eq!((it.driver.overhead, executor(&it).overhead), expected, "{conf:?}");
    }
    let yarn = on(ClusterManager::Yarn, &fields, &[both]);
    assert_eq!((yarn.driver.overhead, executor(&yarn).overhead), (1024, 1024), "YARN does not read it");
    let more = [
        ("spark.executor.pyspark.memory", "1g"),
        ("spark.memory.offHeap.enabled", "true"),
        ("spark.memory.offHeap.size", "2g"),
    ];
    assert_eq!(
        executor(&on(ClusterManager::Kubernetes, &fields, &more)).overhead,
        4096 + 2048 + 1024,
        "both on top"
    );
    assert_eq!(
        executor(&on(ClusterManager::Kubernetes, &fields[1..], &more)).overhead,
        1024 + 2048,
        "Scala has no Python memory there"
    );
}

#[test]
fn pods_ask_for_parts_of_cores() {
    let fields = [(Field::ExecutorCores, "4"), (Field::DriverCores, "2")];
    let conf = [
        ("spark.kubernetes.executor.request.cores", "500m"),
        ("spark.kubernetes.driver.request.cores", "0.25"),
        ("spark.kubernetes.executor.limit.cores", "8"),
    ];
    let it = on(ClusterManager::Kubernetes, &fields, &conf);
    assert_eq!(it.start().millicores, Some(250 + 2 * 500));
    assert_eq!(on(ClusterManager::Yarn, &fields, &conf).start().millicores, Some(2000 + 2 * 4000));
    for odd in ["1e3m", "2k", "-1", "much", "m"] {
        let conf = [("spark.kubernetes.executor.request.cores", odd)];
        let told = Told::ByHost(ClusterManager::Kubernetes);
        assert_eq!(Estimate::of(&draft(&[], &conf), told), None, "{odd}");
    }
    let said = [Some(4000), Some(500), Some(1250), Some(1), Some(0), None].map(cores);
    assert_eq!(said, ["4", "0.5", "1.25", "0.001", "0", "–"]);
}

#[test]
fn a_standalone_cluster_counts_heaps_and_cores() {
    let fields = [(Field::Kind, "pyspark"), (Field::ExecutorMemory, "4g"), (Field::NumExecutors, "10")];
    let conf =
        [("spark.cores.max", "10"), ("spark.executor.cores", "4"), ("spark.executor.memoryOverhead", "2g")];
    let it = on(ClusterManager::Standalone, &fields, &conf);
    assert_eq!((it.driver.overhead, executor(&it).overhead, it.executors, it.bounds), (0, 0, 2, None));
    assert_eq!(it.start(), Total { containers: 3, millicores: Some(9000), memory: 1024 + 2 * 4096 });
    let open = on(ClusterManager::Standalone, &fields, &[]);
    assert_eq!((open.bounds, open.is_dynamic, open.start().millicores), (Some((1, None)), false, None));
    assert!(open.unbounded().contains("spark.cores.max"));
    let dynamic = [conf[0], conf[1], ("spark.dynamicAllocation.enabled", "true")];
    let it = on(ClusterManager::Standalone, &fields, &dynamic);
    assert_eq!((it.executors, it.bounds), (2, Some((0, Some(2)))), "no more than there are cores for");
    let none =
        on(ClusterManager::Standalone, &[], &[("spark.cores.max", "4"), ("spark.executor.cores", "0")]);
    assert_eq!(none.bounds, Some((1, None)), "no division by zero");
}

#[test]
fn local_mode_has_a_driver_alone() {
    let fields = [(Field::DriverMemory, "3g"), (Field::ExecutorMemory, "8g"), (Field::NumExecutors, "10")];
    let it = on(ClusterManager::Local, &fields, &[("spark.driver.memoryOverhead", "1g")]);
    assert_eq!((it.executor, it.bounds), (None, None));
    assert_eq!(it.start(), Total { containers: 1, millicores: None, memory: 3072 });
    assert!(it.assumes.is_empty(), "{:?}", it.assumes);
}

#[test]
fn it_says_for_whom_it_is_and_who_told() {
    let all = [Told::Nothing].into_iter().chain(ClusterManager::ALL.map(Told::ByHost));
    let mut said: Vec<(String, &str)> = Vec::new();
    for told in all.chain(ClusterManager::ALL.map(Told::ByServer)) {
        let it = Estimate::of(&draft(&[(Field::Kind, "pyspark"), (Field::DriverMemory, "9g")], &[]), told)
            .unwrap();
        let basis = it.basis();
        assert!(basis.iter().all(|it| it.ends_with('.') && !it.contains("  ")), "{basis:?}");
        if let Some(manager) = told.manager() {
            assert!(basis[0].contains(manager.place()), "{basis:?}");
        }
        let speaks_of_java = basis.iter().any(|it| it.contains("from Java"));
        assert_eq!(speaks_of_java, told.manager() == Some(ClusterManager::Kubernetes), "{basis:?}");
        said.push((basis[0].clone(), it.manager_in_words()));
    }
    assert!(said[0].0.contains("assumes YARN"), "{said:?}");
    assert_eq!(said[2].0, "This site's configuration says that sessions run on Kubernetes.");
    assert_eq!(
        said[7],
        ("Sessions on this server run on Kubernetes.".to_owned(), "Kubernetes, cluster mode")
    );
    assert_eq!(said.iter().map(|it| &it.0).collect::<std::collections::BTreeSet<_>>().len(), 11);
}

#[test]
fn dynamic_allocation_has_bounds() {
    let conf = [("spark.dynamicAllocation.enabled", "true"), ("spark.dynamicAllocation.minExecutors", "1")];
    let open = of(&draft(&[(Field::NumExecutors, "4")], &conf)).unwrap();
    assert_eq!((open.executors, open.least().containers, open.most()), (4, 2, None));
    let conf = [conf[0], conf[1], ("spark.dynamicAllocation.maxExecutors", "20")];
    let bounded = of(&draft(&[], &conf)).unwrap();
    assert_eq!((bounded.executors, bounded.most().map(|it| it.containers)), (1, Some(21)));
    let many = of(&draft(&[(Field::NumExecutors, "40")], &conf)).unwrap();
    assert_eq!((many.executors, many.most().map(|it| it.containers)), (20, Some(21)));
    let crossed = of(&draft(&[], &[conf[0], conf[2], (conf[1].0, "30")])).unwrap();
    assert_eq!((crossed.bounds, crossed.executors), (Some((20, Some(20))), 20));
}

#[test]
fn overhead_counts_by_its_older_name_and_has_one_least() {
    let conf = [
        ("spark.yarn.executor.memoryOverhead", "2048"),
        ("spark.yarn.driver.memoryOverhead", "700"),
        ("spark.executor.minMemoryOverhead", "9000"),
    ];
    for told in [Told::Nothing, Told::ByHost(ClusterManager::Kubernetes)] {
        let overheads = |conf| {
            let it = Estimate::of(&draft(&[], conf), told).unwrap();
            (executor(&it).overhead, it.driver.overhead)
        };
        assert_eq!(overheads(&conf), (2048, 700));
        assert_eq!(overheads(&conf[2..]), (384, 384), "Spark 3.5 has no such key");
    }
}

#[test]
fn what_cannot_be_read_is_not_estimated() {
    for (field, text) in
        [(Field::DriverMemory, "1.5g"), (Field::NumExecutors, "many"), (Field::ExecutorCores, "-1")]
    {
        assert_eq!(of(&draft(&[(field, text)], &[])), None);
    }
    let huge = [
        (Field::NumExecutors, "4294967295"),
        (Field::ExecutorMemory, "8191p"),
        (Field::ExecutorCores, "4294967295"),
    ];
    assert!(of(&draft(&huge, &[])).is_some());
    assert_eq!(
        (gib(896), gib(1408), gib(2048), gib(1_048_576)),
        ("896 MiB".into(), "1.4 GiB".into(), "2 GiB".into(), "1024 GiB".into())
    );
}
