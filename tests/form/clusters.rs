//! Several clusters in one `config.json`: what each begins with, and what it sets in its place.

use form::{Config, Field, Header, Site, is_cluster_key};
use serde_json::{Value, json};

fn site(value: &Value) -> Site {
    Site::parse(&value.to_string()).unwrap_or_else(|error| panic!("{value}: {error:?}"))
}

#[test]
fn without_a_list_there_is_one_cluster_and_it_has_no_key() {
    assert_eq!(site(&json!({})), Site { clusters: vec![Config::parse("{}").unwrap()], ..Site::default() });
    let one = site(&json!({"cluster": "Analytics", "baseUrl": "/spark"}));
    assert_eq!((one.clusters.len(), &one.clusters[0].key), (1, &None));
    assert_eq!(one.clusters[0].cluster.as_deref(), Some("Analytics"));
}

#[test]
fn a_cluster_begins_with_what_is_set_for_all_and_replaces_it() {
    let site = site(&json!({
        "baseUrl": "/livy",
        "memory": {"megabytes": 5},
        "header": {"name": "X-XSRF-Header", "value": "valid"},
        "defaults": {"queue": "adhoc", "driverMemory": "2g", "conf": {"spark.a": "1", "spark.b": "2"}},
        "presets": [{"name": "Small", "request": {"driverCores": 1}}],
        "policy": {"kinds": ["pyspark"], "ranges": {"driverMemory": {"max": "8g"}}, "limit": {"cores": 10}},
        "clusters": [
            {"key": "prod", "cluster": "Production"},
            {
                "key": "test", "cluster": "Test", "baseUrl": "/test", "presets": [], "memory": {"megabytes": 0},
                "header": {"name": "X-Other", "value": "1"},
                "defaults": {"queue": "lab", "driverMemory": null, "conf": {"spark.c": "3"}},
                "policy": {"kinds": [], "ranges": {"driverCores": {"max": 2}}}
            }
        ]
    }));
    let [prod, test] = &site.clusters[..] else { panic!("{site:?}") };
    let base = |it: &Config| it.base.as_ref().map(|it| it.as_str().to_owned());
    assert_eq!((prod.key.as_deref(), base(prod).as_deref()), (Some("prod"), Some("/livy")));
    assert_eq!((test.key.as_deref(), base(test).as_deref()), (Some("test"), Some("/test")));
    assert_eq!((prod.memory, test.memory), (Some(5), Some(0)));
    assert_eq!((prod.presets.len(), test.presets.len()), (1, 0));
    let header = |name: &str, value: &str| Some(Header { name: name.to_owned(), value: value.to_owned() });
    assert_eq!((&prod.header, &test.header), (&header("X-XSRF-Header", "valid"), &header("X-Other", "1")));
    // Fields of the defaults one by one; `null` is none.
    let (prod_form, test_form) = (prod.policy.empty_form(), test.policy.empty_form());
    let text = |field| (prod_form.text(field), test_form.text(field));
    assert_eq!(text(Field::Queue), ("adhoc", "lab"));
    assert_eq!(text(Field::DriverMemory), ("2g", ""));
    assert_eq!((prod_form.conf().len(), test_form.conf().len()), (2, 1));
    // So the policy's: a list of kinds that was emptied, ranges that were replaced, and the limit that both have.
    assert_eq!((prod.policy.allows("sql"), test.policy.allows("sql")), (false, true));
    let hints = |field| (prod.policy.hint(field).is_some(), test.policy.hint(field).is_some());
    assert_eq!((hints(Field::DriverMemory), hints(Field::DriverCores)), ((true, false), (false, true)));
    assert_eq!((prod.policy.limit().cores, test.policy.limit().cores), (Some(10), Some(10)));
    // Messages name the cluster that they are of.
    assert!(test.policy.hint(Field::DriverCores).is_some_and(|it| it.starts_with("Test ")));
}

#[test]
fn what_is_of_the_page_is_set_once() {
    let site = site(&json!({
        "product": " Spark sessions ", "help": "https://wiki.example/spark", "terms": "/terms",
        "frame": {"origins": ["https://portal.example"]},
        "clusters": [{"key": "prod"}]
    }));
    assert_eq!(site.product.as_deref(), Some("Spark sessions"));
    assert_eq!(
        (site.help.as_deref(), site.terms.as_deref()),
        (Some("https://wiki.example/spark"), Some("/terms"))
    );
    assert_eq!(site.frame_origins, ["https://portal.example"]);
}

#[test]
fn a_header_that_signs_in_is_refused_with_a_reason() {
    let said = |name: &str| {
        let text = json!({"header": {"name": name, "value": "x"}}).to_string();
        Site::parse(&text).unwrap_err().message
    };
    assert!(said("Authorization").contains("everyone can read this file"));
    assert!(said("X-Requested-By").contains("sets it"));
}

#[test]
fn a_key_is_short_and_plain() {
    assert!(is_cluster_key("prod-1") && is_cluster_key(&"a".repeat(40)));
    for text in ["", "Prod", "a b", "a_b", "ä", &"a".repeat(41), "@a", "a/b", "a\n"] {
        assert!(!is_cluster_key(text), "{text}");
    }
}
