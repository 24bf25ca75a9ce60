//! A host's policy: what it locks and limits, and how the form says so.

use form::{Config, Draft, Field, ReadContext, SessionName, read};
use serde_json::{Value, json};

use crate::config::config;

/// What the form says to a request under a policy: the field and the sentence of each error.
fn errors(config: &Config, request: &Value) -> Vec<(Field, String)> {
    let terms = ReadContext::new(SessionName::made_up(1)).with_policy(config.policy.clone());
    let mut draft = Draft::from_request(&request.to_string(), &Draft::default()).unwrap();
    if request["kind"].is_null() {
        draft.set_text(Field::Kind, "pyspark");
    }
    let reading = read(&draft, &terms);
    let errors = reading.problems().iter().filter(|it| it.is_error());
    errors.map(|it| (it.field, it.message.clone())).collect()
}

#[test]
fn a_violated_policy_explains_itself() {
    let config = config(&json!({"cluster": "Analytics", "policy": {
        "kinds": ["pyspark", "sql"], "queues": ["etl", "adhoc"],
        "ranges": {"driverMemory": {"min": "1g", "max": "8g"}, "numExecutors": {"max": 10}, "idleTimeout": {"max": "4h"}},
        "limit": {"memory": "64g"},
    }}));
    for (request, field, words) in [
        (json!({"kind": "spark"}), Field::Kind, "Analytics allows only pyspark and sql."),
        (json!({"queue": "x"}), Field::Queue, "Analytics allows only etl and adhoc."),
        (json!({"driverMemory": "9g"}), Field::DriverMemory, "Analytics allows at most 8g."),
        (json!({"driverMemory": "512m"}), Field::DriverMemory, "Analytics requires at least 1g."),
        (json!({"numExecutors": 11}), Field::NumExecutors, "Analytics allows at most 10."),
        (json!({"idleTimeout": "5h"}), Field::IdleTimeout, "Analytics allows at most 4h."),
        (
            json!({"numExecutors": 10, "executorMemory": "8g"}),
            Field::NumExecutors,
            "Analytics allows 64 GiB.",
        ),
        // Another spelling is no way around it.
        (json!({"driverMemory": "9 GB"}), Field::DriverMemory, "Analytics allows at most 8g."),
    ] {
        let said = errors(&config, &request);
        assert!(said.len() == 1 && said[0].0 == field && said[0].1.contains(words), "{request}: {said:?}");
    }
    for request in
        [json!({"kind": "sql"}), json!({"queue": "etl", "driverMemory": "8192m", "idleTimeout": "240m"})]
    {
        assert_eq!(errors(&config, &request), [], "{request}");
    }
}

#[test]
fn what_is_locked_or_limited_says_by_whom_before_anything_is_typed() {
    let policy = json!({
        "kinds": ["pyspark", "sql"], "queues": ["etl"], "locked": {"ttl": "8h", "conf": {"spark.a": "1"}},
        "ranges": {"driverMemory": {"min": "1g", "max": "8g"}, "numExecutors": {"max": 10}, "driverCores": {"min": 2}},
    });
    for (cluster, who, starting) in [
        ("Analytics", "Analytics", "Analytics"),
        ("", "this site's configuration", "This site's configuration"),
    ] {
        let config =
            config(&json!({"cluster": cluster, "defaults": {"driverCores": 2}, "policy": policy.clone()}));
        let hint = |field| config.policy.hint(field).unwrap_or_default();
        assert_eq!(hint(Field::Ttl), format!("Set by {who}."));
        assert_eq!(config.policy.key_hint("spark.a "), Some(format!("Set by {who}.")));
        assert_eq!(config.policy.key_hint("spark.b"), None);
        assert_eq!(hint(Field::Kind), format!("{starting} allows only pyspark and sql."));
        assert_eq!(hint(Field::Queue), format!("{starting} allows only etl."));
        assert_eq!(hint(Field::DriverMemory), format!("{starting} allows 1g to 8g."));
        assert_eq!(hint(Field::NumExecutors), format!("{starting} allows up to 10."));
        assert_eq!(hint(Field::DriverCores), format!("{starting} allows 2 or more."));
        assert_eq!(hint(Field::Jars), "");
    }
}

#[test]
fn the_example_can_be_sent_whatever_the_policy() {
    for policy in [
        json!({}),
        json!({"kinds": ["sql"]}),
        json!({"locked": {"driverMemory": "8g", "conf": {"spark.sql.shuffle.partitions": "10"}}}),
        json!({"ranges": {"driverMemory": {"min": "3g"}, "executorMemory": {"max": "1g"}, "numExecutors": {"max": 1}}}),
        json!({"limit": {"memory": "5g"}}),
        json!({"limit": {"cores": 3}}),
    ] {
        let defaults = if policy["ranges"].is_null() { json!({}) } else { json!({"driverMemory": "3g"}) };
        let config = config(&json!({"defaults": defaults, "policy": policy}));
        let terms =
            ReadContext::new(SessionName::made_up(1)).with_server("0.9.0").with_policy(config.policy.clone());
        let reading = read(&Draft::example(&terms), &terms);
        assert_eq!(reading.problems(), [], "{policy}");
    }
    let terms = ReadContext::new(SessionName::made_up(1));
    let example = Draft::example(&terms);
    assert_eq!((example.text(Field::Kind), example.text(Field::DriverMemory)), ("pyspark", "2g"));
    assert!(
        Field::ALL.into_iter().filter(|it| it.is_list()).all(|it| example.rows(it).is_empty()),
        "no path is there on every cluster"
    );
}

#[test]
fn an_older_name_of_a_key_is_no_way_around_a_policy() {
    let (today, older) = ("spark.executor.memoryOverhead", "spark.yarn.executor.memoryOverhead");
    for (locked, of_today, of_old, expected) in [
        // Spark reads the key of today, and the row of the older one for nothing.
        (today, Some("1g"), Some("64g"), 0),
        (today, Some("64g"), None, 1),
        (older, None, Some("1g"), 0),
        (older, None, Some("64g"), 1),
        (older, Some("64g"), Some("1g"), 1),
        (older, Some("1g"), Some("1g"), 0),
    ] {
        let config = config(&json!({"policy": {"locked": {"conf": {locked: "1g"}}}}));
        let rows = [(today, of_today), (older, of_old)];
        let rows = rows.into_iter().filter_map(|(key, value)| Some((key.to_owned(), json!(value?))));
        let conf = Value::Object(rows.collect());
        let said = errors(&config, &json!({ "conf": conf }));
        assert_eq!(said.len(), expected, "{locked} {conf}: {said:?}");
        assert!(said.iter().all(|it| it.1.contains("another value")), "{said:?}");
    }
    let open = self::config(&json!({"policy": {"limit": {"memory": "40g"}}}));
    let said = errors(&open, &json!({"conf": {"spark.yarn.executor.memoryOverhead": "64g"}}));
    assert!(said.len() == 1 && said[0].1.contains("allows 40 GiB"), "{said:?}");
}

#[test]
fn a_limit_that_an_empty_form_is_beyond_is_named_itself() {
    let named = |config: Value| Config::parse(&config.to_string()).unwrap_err().field;
    assert_eq!(named(json!({"policy": {"limit": {"memory": "1g"}}})), "policy.limit");
    let too_much = json!({"defaults": {"numExecutors": 50}, "policy": {"limit": {"memory": "4g"}}});
    assert_eq!(named(too_much), "defaults.numExecutors");
}

#[test]
fn locked_values_stand_whatever_is_filled_in() {
    let config = config(&json!({
        "defaults": {"kind": "sql", "driverMemory": "2g"},
        "policy": {"locked": {"queue": "etl", "conf": {"spark.eventLog.enabled": "true"}}},
    }));
    let mut draft = config.policy.empty_form();
    assert_eq!(
        (draft.text(Field::Kind), draft.text(Field::DriverMemory), draft.text(Field::Queue)),
        ("sql", "2g", "etl")
    );
    assert_eq!(draft.conf(), [("spark.eventLog.enabled".to_owned(), "true".to_owned())]);
    draft.set_text(Field::Queue, "mine");
    draft.set_conf(vec![("spark.a".to_owned(), "1".to_owned())]);
    assert!(config.policy.lock(&mut draft));
    assert_eq!((draft.text(Field::Queue), draft.conf().len()), ("etl", 2));
    assert!(!config.policy.lock(&mut draft), "once is enough");
    assert_eq!(config.policy.hint(Field::Queue).as_deref(), Some("Set by this site's configuration."));
    // A link or a paste that went around the lock is still refused.
    assert!(errors(&config, &json!({"queue": "mine"}))[0].1.contains("Use etl: set by"));
}

#[test]
fn a_key_is_locked_in_its_field() {
    let config = config(&json!({"cluster": "Analytics", "policy": {"locked": {"conf": {
        "spark.driver.memory": "2g", "spark.yarn.queue": "etl", "spark.executor.instances": 4, "spark.a": "1",
    }}}}));
    let a = ("spark.a".to_owned(), "1".to_owned());
    let full = json!({"driverMemory": "2048m", "queue": "etl", "numExecutors": 4, "conf": {"spark.a": "1"}});
    assert_eq!(errors(&config, &full), []);
    for (name, value, words) in [
        ("driverMemory", "64g", "Use 2g: set by Analytics (spark.driver.memory)."),
        ("queue", "mine", "Use etl: set by Analytics (spark.yarn.queue)."),
        ("numExecutors", "400", "Use 4: set by Analytics (spark.executor.instances)."),
        ("numExecutors", "", "Enter 4: set by Analytics (spark.executor.instances)."),
    ] {
        let mut request = full.clone();
        request[name] = value.into();
        assert_eq!(errors(&config, &request), [(Field::by_name(name).unwrap(), words.to_owned())]);
    }
    // Beside its field or instead of it, a row with another value is refused where it stands.
    for (field, value, count) in [("2g", "64g", 1), ("", "64g", 1), ("", "2g", 0)] {
        let mut request = full.clone();
        request["driverMemory"] = field.into();
        request["conf"]["spark.driver.memory"] = value.into();
        let errors = errors(&config, &request);
        assert!(
            errors.len() == count && errors.iter().all(|it| it.0 == Field::Conf),
            "{request}: {errors:?}"
        );
    }
    let mut draft = config.policy.empty_form();
    assert_eq!((draft.text(Field::DriverMemory), draft.text(Field::NumExecutors)), ("2g", "4"));
    assert_eq!(draft.conf(), std::slice::from_ref(&a));
    assert!(config.policy.locks(Field::Queue) && !config.policy.locks_key("spark.yarn.queue"));
    let hint = config.policy.hint(Field::Queue);
    assert_eq!(hint.as_deref(), Some("Set by Analytics (spark.yarn.queue)."));
    draft.set_text(Field::DriverMemory, "64g");
    draft.set_conf(vec![("spark.driver.memory".to_owned(), "64g".to_owned()), a.clone()]);
    assert!(config.policy.lock(&mut draft));
    assert_eq!((draft.text(Field::DriverMemory), draft.conf()), ("2g", std::slice::from_ref(&a)));
}

#[test]
fn what_is_locked_twice_says_the_same() {
    let locked = |memory: &str| {
        let locked = json!({"driverMemory": memory, "conf": {"spark.driver.memory": "2g"}});
        Config::parse(&json!({"policy": {"locked": locked}}).to_string())
    };
    assert!(locked("2048m").is_ok());
    let error = locked("4g").unwrap_err();
    assert_eq!(
        (error.field.as_str(), error.message.contains("spark.driver.memory")),
        ("policy.locked.conf", true)
    );
    let over = json!({"policy": {"ranges": {"driverMemory": {"max": "1g"}}, "locked": {"conf": {"spark.driver.memory": "2g"}}}});
    assert_eq!(Config::parse(&over.to_string()).unwrap_err().field, "policy.locked.conf");
}

#[test]
fn a_field_locked_empty_is_said_to_be_left_empty() {
    let config = config(&json!({"policy": {"locked": {"queue": null, "jars": []}}}));
    let words = "Leave this empty: set by this site's configuration.";
    for request in [
        json!({"queue": "mine"}),
        json!({"conf": {"spark.yarn.queue": "mine"}}),
        json!({"jars": ["hdfs:///a.jar"]}),
    ] {
        let said: Vec<_> = errors(&config, &request).into_iter().map(|it| it.1).collect();
        assert_eq!(said, [words], "{request}");
    }
}

/// The problems of a request under a policy, at its rows of the configuration and elsewhere: the sentences.
fn said(config: &Config, request: &Value) -> Vec<String> {
    let terms = ReadContext::new(SessionName::made_up(1)).with_policy(config.policy.clone());
    let draft = Draft::from_request(&request.to_string(), &Draft::default()).unwrap();
    read(&draft, &terms).problems().iter().map(|it| it.message.clone()).collect()
}

#[test]
fn nothing_is_added_to_a_locked_list() {
    let all = json!({"jars": ["hdfs:///ok.jar"], "pyFiles": [], "files": [], "archives": []});
    let config = config(&json!({"cluster": "Analytics", "policy": {"locked": all}}));
    for (key, label) in [
        ("spark.jars", "Jars"),
        ("spark.yarn.dist.jars", "Jars"),
        ("spark.submit.pyFiles", "Python files"),
        ("spark.yarn.dist.pyFiles", "Python files"),
        ("spark.files", "Files"),
        ("spark.yarn.dist.files", "Files"),
        ("spark.archives", "Archives"),
        ("spark.yarn.dist.archives", "Archives"),
    ] {
        let mut request = json!({"jars": ["hdfs:///ok.jar"], "conf": {key: "hdfs:///evil.jar"}});
        let words = format!("Remove this row: it adds to {label}, which is set by Analytics.");
        assert_eq!(errors(&config, &request), [(Field::Conf, words)], "{key}");
        request["conf"] = json!({key: ""});
        assert_eq!(errors(&config, &request), [], "an empty one adds nothing: {key}");
    }
    let packages = json!({"jars": ["hdfs:///ok.jar"], "conf": {"spark.jars.packages": "org.x:y:1"}});
    assert_eq!(errors(&config, &packages).len(), 1);
    let own =
        json!({"policy": {"locked": {"jars": ["hdfs:///a.jar"], "conf": {"spark.jars": "hdfs:///b.jar"}}}});
    assert!(Config::parse(&own.to_string()).is_ok(), "the host's own row may add");
}

const GROWS: &str = "Dynamic allocation may need more than this site's configuration allows.";

#[test]
fn dynamic_allocation_keeps_to_the_most_executors() {
    let key = |name: &str| format!("spark.dynamicAllocation.{name}");
    let range = config(&json!({"policy": {"ranges": {"numExecutors": {"max": 10}}}}));
    let locked = config(&json!({"policy": {"locked": {"numExecutors": 10}}}));
    for config in [&range, &locked] {
        for name in ["maxExecutors", "minExecutors", "initialExecutors"] {
            let request = |number: u32, enabled: &str| {
                let conf = json!({key("enabled"): enabled, key("maxExecutors"): "10", key(name): number.to_string()});
                json!({"numExecutors": 10, "conf": conf})
            };
            let words = "This site's configuration allows at most 10.";
            let found = errors(config, &request(11, "true"));
            assert!(found.contains(&(Field::Conf, words.to_owned())), "{name}: {found:?}");
            assert_eq!(errors(config, &request(10, "true")), []);
            assert_eq!(errors(config, &request(11, "false")), [], "{name} is not read");
        }
        // The server's own defaults may switch it on.
        let unsaid = json!({"numExecutors": 10, "conf": {key("maxExecutors"): "5000"}});
        assert_eq!(errors(config, &unsaid).len(), 1);
        for (most, count) in [("10", 0), ("", 1), ("${x}", 1)] {
            let conf = json!({key("enabled"): "true", key("maxExecutors"): most});
            let said = said(config, &json!({"numExecutors": 10, "conf": conf}));
            assert_eq!(said.iter().filter(|it| *it == GROWS).count(), count, "{most}: {said:?}");
        }
    }
    let over = json!({"policy": {"ranges": {"numExecutors": {"max": 4}}, "locked": {"conf": {key("maxExecutors"): "5"}}}});
    assert_eq!(Config::parse(&over.to_string()).unwrap_err().field, "policy.locked.conf");
}

#[test]
fn a_session_must_not_begin_beyond_the_limit() {
    let config = config(&json!({"policy": {"limit": {"containers": 10}}}));
    let request = |executors: u32| {
        let conf =
            json!({"spark.dynamicAllocation.enabled": "true", "spark.dynamicAllocation.maxExecutors": "200"});
        json!({"numExecutors": executors, "conf": conf})
    };
    let words = "Needs 101 containers; this site's configuration allows 10.";
    assert_eq!(errors(&config, &request(100)), [(Field::NumExecutors, words.to_owned())]);
    assert_eq!(errors(&config, &request(9)), []);
    assert!(said(&config, &request(9)).iter().any(|it| it == GROWS));
}

#[test]
fn a_limit_that_cannot_be_checked_says_so() {
    let limited = config(&json!({"policy": {"limit": {"memory": "64g"}}}));
    let request = json!({"conf": {"spark.executor.memoryOverhead": "${x}"}});
    let words = "Can't compare";
    assert_eq!(errors(&limited, &request), []);
    assert!(said(&limited, &request).iter().any(|it| it.contains(words)));
    assert!(!said(&Config::default(), &request).iter().any(|it| it.contains(words)));
    let wrong = json!({"driverMemory": "much", "conf": {"spark.executor.memoryOverhead": "${x}"}});
    assert!(!said(&limited, &wrong).iter().any(|it| it.contains(words)), "the error comes first");
}
