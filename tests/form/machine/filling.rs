//! What fills the form at once, and how it is brought back.

use std::sync::Arc;

use form::{
    Better, Change, ClusterManager, Draft, Field, FormEffect, FormEvent, Offer, Origin, SessionCopy, Target,
};
use serde_json::json;

use super::person::{Kept, Person, id, session};

fn link(pairs: &[(&str, &str)]) -> FormEvent {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    FormEvent::LinkOpened(pairs.iter().map(pair).collect())
}

fn unused(person: &Person) -> Vec<String> {
    let last = person.effects.iter().rev().find_map(|effect| match effect {
        FormEffect::SayUnused(words) => Some(words.clone()),
        _ => None,
    });
    last.unwrap()
}

#[test]
fn what_stood_there_can_be_brought_back() {
    let mut person = Person::new();
    person.tell(FormEvent::ExampleWanted);
    assert!(!person.form.can_undo(), "an empty form is not worth bringing back");
    assert_eq!((person.text(Field::Kind), person.form.error_count()), ("pyspark", 0));
    person.type_in(Field::DriverMemory, "3");
    person.tell(FormEvent::Cleared);
    assert!(person.form.is_empty() && person.form.can_undo());
    person.tell(FormEvent::Undone);
    assert_eq!((person.text(Field::DriverMemory), person.form.unit(Field::DriverMemory)), ("3g", "g"));
    assert!(!person.form.can_undo());
    person.tell(FormEvent::ExampleWanted);
    person.tell(FormEvent::Undone);
    person.tell(FormEvent::Undone);
    assert_eq!(person.text(Field::DriverMemory), "2g", "twice is as before");
}

#[test]
fn what_is_wrong_in_a_filled_form_is_said_at_once() {
    let mut person = Person::new();
    person.tell(FormEvent::PresetChosen(Draft::hdinsight_example()));
    assert_eq!(person.wrong_rows(Field::Jars), [0]);
    person.tell(FormEvent::Cleared);
    person.type_in(Field::DriverCores, "x");
    assert!(!person.shows_error(Field::DriverCores));
}

#[test]
fn a_preset_keeps_the_name() {
    let mut person = Person::new();
    person.type_in(Field::Name, "mine");
    person.tell(FormEvent::PresetChosen(Draft::hdinsight_example()));
    assert_eq!((person.text(Field::Name), person.text(Field::ExecutorCores)), ("mine", "10"));
}

#[test]
fn a_link_fills_the_whole_form_and_says_what_it_cannot_use() {
    let mut person = Person::new();
    person.type_in(Field::Queue, "etl");
    person.tell(link(&[("driverMemory", "2g"), ("color", "red"), ("conf.spark.a", "1"), ("", "")]));
    assert_eq!((person.text(Field::DriverMemory), person.text(Field::Queue)), ("2g", ""));
    assert_eq!((unused(&person), person.form.origin()), (vec!["color".to_owned()], &Origin::Link));
    person.tell(link(&[("driverMemory", "2g"), ("conf.spark.a", "1")]));
    assert_eq!(unused(&person), [""; 0]);
    person.tell(FormEvent::Undone);
    assert_eq!(person.text(Field::Queue), "etl", "the same link again is no other form");
    person.tell(link(&[("color", "red")]));
    assert_eq!((person.text(Field::Queue), person.form.origin()), ("etl", &Origin::Typed));
}

#[test]
fn a_link_does_not_unlock_what_the_host_has_set() {
    let config = r#"{"policy": {"locked": {"queue": "batch", "conf": {"spark.a": "1"}}}}"#;
    let mut person = Person::with(config, Kept::default());
    person.tell(link(&[("queue", "etl"), ("conf.spark.a", "2"), ("driverCores", "2")]));
    assert_eq!((person.text(Field::Queue), person.text(Field::DriverCores)), ("batch", "2"));
    assert_eq!(person.form.draft().conf_value("spark.a"), Some("1"));
    assert_eq!(unused(&person), ["queue", "conf.spark.a"]);
    person.tell(FormEvent::Cleared);
    person.tell(link(&[("queue", "etl")]));
    assert_eq!(person.form.origin(), &Origin::Typed, "nothing of it was used");
}

#[test]
fn another_session_like_one_is_filled_in_and_what_differs_is_told() {
    let mut person = Person::new();
    let told = json!({
        "kind": "pyspark", "name": "was", "queue": "etl", "driverMemory": "1g", "numExecutors": null,
        "conf": {"spark.a": "1", "spark.b": "2"},
    });
    let better = Better { field: Field::DriverMemory, value: "2g".into(), was: Some("1g".into()) };
    person.tell(FormEvent::SessionCopied(SessionCopy {
        session: Arc::new(session(&told)),
        field: Some(Field::DriverMemory),
        better: Some(better),
    }));
    assert_eq!(person.focus(), None, "the form is not drawn yet");
    person.tell(FormEvent::Opened);
    assert_eq!(person.focus(), Some(Target::Control(Field::DriverMemory, 0)));
    let focused = person.effects.len();
    person.tell(FormEvent::Opened);
    assert_eq!(person.effects.len(), focused, "it begins there once");

    assert_eq!((person.text(Field::Kind), person.text(Field::Name)), ("pyspark", ""));
    assert!(matches!(person.form.origin(), Origin::Session(from, _) if *from == id(1500)));
    let changed: Vec<Field> =
        Field::ALL.into_iter().filter(|field| person.form.changed(*field).is_some()).collect();
    assert_eq!(changed, []);
    let offer = Offer { value: "2g".into(), instead_of: Some("1g".into()) };
    assert_eq!(person.form.offer(Field::DriverMemory), Some(offer));
    person.type_in(Field::DriverMemory, "4");
    assert_eq!(person.form.offer(Field::DriverMemory), None, "another value is typed");
    assert_eq!(person.form.changed(Field::DriverMemory), Some(Change::From("1g".into())));
    person.type_in(Field::DriverCores, "2");
    assert_eq!(person.form.changed(Field::DriverCores), Some(Change::Otherwise));
    person.tell(FormEvent::ValueTyped { row: 1, value: "3".into() });
    person.add_conf("spark.0", "x");
    assert_eq!(
        person.form.changed(Field::Conf),
        Some(Change::Keys(vec!["spark.0".into(), "spark.b".into()]))
    );
    person.type_in(Field::Name, "another");
    assert_eq!(person.form.changed(Field::Name), None);
    person.tell(FormEvent::Cleared);
    assert_eq!(person.form.changed(Field::DriverMemory), None);
}

#[test]
fn a_text_that_is_read_shows_every_problem_and_can_be_taken_back() {
    let mut person = Person::new();
    person.type_in(Field::Queue, "etl");
    let stood = person.form.draft().clone();
    for body in [r#"{"driverMemory":"4 GB"}"#, r#"{"driverMemory":"4 GB","driverCores":0,"x":1}"#] {
        let draft = Draft::from_request(body, &Draft::default()).unwrap();
        person.tell(FormEvent::TextRead { draft, stood: stood.clone() });
    }
    assert_eq!((person.text(Field::DriverMemory), person.form.unit(Field::DriverMemory)), ("4g", "g"));
    assert!(person.shows_error(Field::DriverCores) && !person.form.summary().is_empty());
    assert_eq!(person.form.draft().unknown_fields().len(), 1);
    person.tell(FormEvent::UnknownFieldsDiscarded);
    assert_eq!(person.form.draft().unknown_fields(), []);
    person.tell(FormEvent::Undone);
    assert_eq!(person.form.draft(), &stood, "what stood there before the writing, not before its last key");
}

#[test]
fn a_field_that_the_server_refused_is_taken_out_and_can_be_brought_back() {
    let mut person = Person::new();
    person.type_in(Field::Queue, "etl");
    person.type_in(Field::Ttl, "1h");
    person.tell(FormEvent::TakenOut(Field::Ttl));
    assert_eq!((person.text(Field::Ttl), person.text(Field::Queue)), ("", "etl"));
    person.tell(FormEvent::Undone);
    assert_eq!(person.text(Field::Ttl), "1h");
}

#[test]
fn an_older_server_is_heard_of_as_soon_as_it_is_known() {
    let mut person = Person::new();
    person.type_in(Field::Ttl, "1h");
    person.tell(FormEvent::ServerKnown("0.9.0-incubating".into()));
    let before = person.form.reading().problems().to_vec();
    person.tell(FormEvent::ServerKnown("0.7.0-incubating".into()));
    assert_ne!(person.form.reading().problems(), before);
}

#[test]
fn a_page_fills_the_form_and_hears_what_it_cannot_use() {
    let told = |person: &Person| {
        let last = person.effects.iter().rev().find_map(|effect| match effect {
            FormEffect::TellUnused(words) => Some(words.clone()),
            _ => None,
        });
        last.unwrap()
    };
    let mut person = Person::new();
    person.tell(FormEvent::HostFilled(r#"{"kind":"pyspark","driverMemory":"2g","nonsense":1}"#.to_owned()));
    assert_eq!((person.text(Field::Kind), person.text(Field::DriverMemory)), ("pyspark", "2g"));
    assert_eq!(*person.form.origin(), Origin::Host);
    assert_eq!(told(&person), ["nonsense"]);
    assert!(person.effects.iter().all(|it| !matches!(it, FormEffect::Submit { .. })), "only a person sends");
    person.tell(FormEvent::Cleared);
    for text in ["", "[]", "{\"kind\":", "3"] {
        person.tell(FormEvent::HostFilled(text.to_owned()));
        assert!(told(&person)[0].ends_with('.'), "{text}: {:?}", told(&person));
        assert!(person.form.is_empty(), "{text}");
    }
}

#[test]
fn the_cluster_manager_that_a_session_shows_is_heard_of_and_outlives_a_reload() {
    let mut person = Person::new();
    person.type_in(Field::Queue, "etl");
    let memory = |person: &Person| person.form.reading().estimate().map(|it| it.driver.memory());
    person.type_in(Field::Kind, "pyspark");
    person.type_in(Field::DriverMemory, "10g");
    assert_eq!((memory(&person), person.form.warning_count()), (Some(10_240 + 1024), 0));
    assert!(person.form.help(Field::Queue).starts_with("YARN queue"));
    person.tell(FormEvent::ManagerShown(ClusterManager::Kubernetes));
    assert_eq!((memory(&person), person.form.warning_count()), (Some(10_240 + 4096), 1));
    assert_eq!(person.form.help(Field::Queue), "For YARN only.");
    let again = person.reloaded("{}");
    assert_eq!(memory(&again), Some(10_240 + 4096));
    let named = person.reloaded(r#"{"clusterManager":"yarn","policy":{"queues":["etl"]}}"#);
    assert_eq!(memory(&named), Some(10_240 + 1024));
    assert_eq!(named.form.help(Field::Archives), "Unpacked in the working directory of each executor.");
    let listed = person.reloaded(r#"{"policy":{"queues":["etl"]}}"#);
    assert!(listed.form.help(Field::Queue).starts_with("YARN queue"), "its host has queues");
}
