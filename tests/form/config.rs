//! `config.json`: its parser and its published schema (`src/config.schema.json`) say the same of every document of the table, and
//! a policy holds.

use boon::{Compiler, Schemas};
use form::{Config, Draft, Field, Preset, ReadContext, SessionName, is_config, read};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../../src/config.schema.json");
const CASES: &str = include_str!("config/cases.json");

#[test]
fn the_parser_and_the_schema_agree() {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("config.schema.json", serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let schema = compiler.compile("config.schema.json", &mut schemas).unwrap();
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let parsed = Config::parse(text);
        let accepted = case["accepted"] == true;
        let field = parsed.as_ref().err().map(|it| it.field.as_str());
        if parsed.is_ok() != accepted || field != case["field"].as_str() {
            wrong.push(format!("{text}\n   the parser says {:?}", parsed.err()));
        } else if let Err(error) = &parsed {
            assert!(error.message.ends_with(['.', '?']), "{text}: {}", error.message);
        }
        let Ok(document) = serde_json::from_str::<Value>(text) else { continue };
        let valid = schemas.validate(&document, schema).is_ok();
        // What the schema cannot tell it lets through; otherwise the case would be its fault.
        let expected = if case["schema"].is_string() { true } else { accepted };
        if valid != expected {
            wrong.push(format!("{text}\n   the schema says {valid}"));
        }
    }
    assert!(
        cases.len() > 90 && wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

/// The example of the bundle is what the guide shows, and a page takes it as it is.
#[test]
fn the_example_is_valid_and_the_guide_shows_it() {
    let example = include_str!("../../src/config.example.json");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("config.schema.json", serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let schema = compiler.compile("config.schema.json", &mut schemas).unwrap();
    let document: Value = serde_json::from_str(example).unwrap();
    assert!(schemas.validate(&document, schema).is_ok());
    assert_eq!(Config::parse(example).map(|it| it.cluster), Ok(Some("Analytics".to_owned())));
    let guide = include_str!("../../docs/hosting.md");
    assert!(guide.contains(&format!("```json\n{example}```")), "docs/hosting.md shows another example");
}

#[test]
fn the_schema_names_every_field() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let named = schema["$defs"]["request"]["properties"].as_object().unwrap();
    assert_eq!(named.len(), Field::ALL.len());
    assert!(Field::ALL.into_iter().all(|it| named.contains_key(it.name())));
}

pub(super) fn config(value: &Value) -> Config {
    Config::parse(&value.to_string()).unwrap_or_else(|error| panic!("{value}: {error:?}"))
}

#[test]
fn a_host_may_forbid_that_code_and_results_are_kept() {
    let memory = |memory: Value| {
        let config = config(&json!({ "memory": memory }));
        (config.memory, config.keeps_no_statements)
    };
    assert_eq!(memory(json!({"statements": false})), (None, true));
    assert_eq!(memory(json!({"megabytes": 5, "statements": false})), (Some(5), true));
    // It cannot switch it on: that is for the person.
    assert_eq!(memory(json!({"megabytes": 5, "statements": true})), (Some(5), false));
    assert_eq!(memory(json!({"megabytes": 5})), (Some(5), false));
}

#[test]
fn a_number_of_conf_is_the_text_that_livy_makes_of_it() {
    let text = r#"{"defaults": {"conf": {"spark.a": 1.10}}, "policy": {"locked": {"conf": {"spark.b": 12345678901234567890123}}}}"#;
    let mut rows = Config::parse(text).unwrap().policy.empty_form().conf().to_vec();
    rows.sort();
    let row = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(rows, [row("spark.a", "1.10"), row("spark.b", "12345678901234567890123")]);
}

#[test]
fn a_preset_without_a_kind_takes_one_that_is_allowed() {
    let config = config(
        &json!({"policy": {"kinds": ["sql"]}, "presets": [{"name": "Small", "request": {"driverCores": 1}}]}),
    );
    assert_eq!(config.policy.fill(&config.presets[0].draft).text(Field::Kind), "sql");
    assert_eq!(Config::default().policy.empty_form().text(Field::Kind), "spark");
}

#[test]
fn presets_keep_everything_but_secrets() {
    let request = json!({"kind": "sql", "jars": ["hdfs:///b.jar", "hdfs:///a.jar"], "ttl": "8h",
        "conf": {"spark.a": "1", "spark.ssl.keyPassword": "hush"}});
    let draft = Draft::from_request(&request.to_string(), &Draft::default()).unwrap();
    let preset = Preset { name: "Nightly".to_owned(), about: "x".to_owned(), draft };
    let text = Preset::list_to_json(std::slice::from_ref(&preset));
    assert!(!text.contains("hush"));
    let back = Preset::list_from_json(&text).unwrap();
    assert_eq!((&back[0].name, &back[0].about), (&preset.name, &preset.about));
    assert_eq!(back[0].draft, preset.draft.with_secrets_masked());
}

#[test]
fn a_preset_that_is_not_finished_costs_no_other_one() {
    let preset = |name: &str, draft: Draft| Preset { name: name.to_owned(), about: String::new(), draft };
    let mut secret = Draft::default();
    secret.set_conf(vec![("spark.ssl.keyPassword".to_owned(), "hush".to_owned())]);
    let text = Preset::list_to_json(&[preset("Example", Draft::hdinsight_example()), preset("Mine", secret)]);
    assert!(!text.contains("hush"), "{text}");
    let back = Preset::list_from_json(&text).unwrap();
    assert_eq!(back.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Example", "Mine"]);
    assert_eq!(back[0].draft, Draft::hdinsight_example());
    // That there was a secret is known, and the form asks for it.
    let reading = read(&back[1].draft, &ReadContext::new(SessionName::made_up(1)));
    assert_eq!((back[1].draft.conf().len(), reading.error_count()), (1, 1), "{:?}", reading.problems());
}

#[test]
fn only_what_says_that_there_is_no_file_counts_as_none() {
    let page = include_str!("../../index.html");
    let bare = "<!doctype html><body><livy-console base-url='/livy'></livy-console>";
    let store =
        "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
    let website = "<html><head><title>403 Forbidden</title></head><body><ul><li>Code: AccessDenied</li></ul></body></html>";
    let key = "<?xml version=\"1.0\"?><Error><Code>MissingKey</Code></Error>";
    let sign_in =
        "<!doctype html><title>Sign in</title><form action=\"/login?next=/livy-console/config.json\">";
    let own = "<html><body><div id=\"livy-console-login\"></div></body></html>";
    for (status, body, expected) in [
        (200, "{}", Ok(true)),
        (200, "", Ok(true)),
        (200, page, Ok(false)),
        (200, bare, Ok(false)),
        (200, "<!doctype html><livy-console></livy-console>", Ok(false)),
        (200, "<html><body><div class=x\n id=livy-console></div>", Ok(false)),
        (200, sign_in, Err("web page instead")),
        (200, own, Err("web page instead")),
        (200, store, Err("web page instead")),
        (404, page, Ok(false)),
        (410, "", Ok(false)),
        (401, "", Err("asks for a sign-in")),
        (401, page, Err("asks for a sign-in")),
        (403, store, Ok(false)),
        (403, website, Ok(false)),
        (403, key, Err("403")),
        (403, sign_in, Err("403")),
        (403, page, Ok(false)),
        (403, "", Err("403")),
        (503, "", Err("503")),
        (302, "{}", Err("302")),
    ] {
        let said = is_config(status, body);
        match (&said, expected) {
            (Err(said), Err(words)) => {
                assert!(said.contains(words) && said.ends_with('.'), "{status} {body}: {said}")
            }
            (Ok(said), Ok(expected)) => assert_eq!(*said, expected, "{status} {body}"),
            _ => panic!("{status} {body}: {said:?}"),
        }
    }
}
