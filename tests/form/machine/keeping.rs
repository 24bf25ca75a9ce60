//! What the tab keeps of the form, and what a reload makes of it.

use form::{Better, Field, FormEvent, MASK, Origin, SessionCopy, Slot, Target};
use serde_json::json;

use super::person::{Kept, Person, session};

#[test]
fn a_reload_loses_nothing_but_secrets() {
    let mut person = Person::new();
    person.type_in(Field::DriverMemory, "1.5 g?");
    person.type_in(Field::Name, "etl");
    person.add_conf("spark.ssl.keyPassword", "hush");
    assert!(!person.kept.borrow().values().any(|text| text.contains("hush")));
    let reloaded = person.reloaded("{}");
    assert_eq!((reloaded.text(Field::DriverMemory), reloaded.text(Field::Name)), ("1.5 g?", "etl"));
    assert_eq!(reloaded.form.draft().conf_value("spark.ssl.keyPassword"), Some(MASK));
    assert!(reloaded.shows_error(Field::DriverMemory), "nobody is typing there any more");
    assert_eq!(reloaded.asked(), [Some("etl")]);
    assert_eq!(reloaded.form.made_up_name(), person.form.made_up_name());
    assert_eq!(reloaded.kept_draft(), person.kept_draft());
}

#[test]
fn an_untouched_form_is_the_hosts_who_may_want_another_one() {
    let one = r#"{"defaults": {"queue": "one"}}"#;
    let mut person = Person::with(one, Kept::default());
    assert_eq!((person.text(Field::Queue), person.kept(Slot::Draft)), ("one", None));
    let two = r#"{"defaults": {"queue": "two"}}"#;
    assert_eq!(person.reloaded(two).text(Field::Queue), "two");
    person.type_in(Field::DriverCores, "2");
    assert_eq!(person.reloaded(two).text(Field::Queue), "one", "what was touched is the person's");
}

#[test]
fn what_the_host_forbids_by_now_is_not_restored() {
    let mut person = Person::new();
    person.type_in(Field::Kind, "sparkr");
    person.type_in(Field::Queue, "etl");
    let config = r#"{"policy": {"kinds": ["pyspark", "sql"], "locked": {"queue": "batch"}}}"#;
    let person = person.reloaded(config);
    assert_eq!((person.text(Field::Kind), person.text(Field::Queue)), ("pyspark", "batch"));
}

#[test]
fn where_the_values_came_from_is_kept_with_them() {
    let mut person = Person::new();
    let told = session(&json!({"kind": "spark", "conf": {"spark.my.token": "hush"}}));
    let copy = SessionCopy { session: told.into(), field: None, better: None };
    person.tell(FormEvent::SessionCopied(copy));
    let reloaded = person.reloaded("{}");
    assert!(matches!(reloaded.form.origin(), Origin::Session(..)));
    assert!(!reloaded.kept(Slot::Origin).unwrap().contains("hush"));
    person.tell(FormEvent::Cleared);
    assert_eq!((person.kept(Slot::Origin), person.reloaded("{}").form.origin()), (None, &Origin::Typed));
}

#[test]
fn another_session_that_was_wanted_before_a_reload_is_still_wanted_without_its_secrets() {
    let told = session(&json!({
        "kind": "pyspark", "name": "etl", "queue": "etl", "numExecutors": 2,
        "jars": ["/a.jar", "https://u:hush@host/b.jar"],
        "conf": {"spark.a": "1", "spark.my.token": "hush", "spark.my.password": 1234},
        "log": ["hush"],
    }));
    let better = Better { field: Field::DriverMemory, value: "2g".into(), was: None };
    let copy = SessionCopy { session: told.into(), field: Some(Field::DriverMemory), better: Some(better) };
    let text = copy.to_storage();
    assert!(!text.contains("hush") && !text.contains("1234"), "{text}");
    let (mut here, mut later) = (Person::new(), Person::new());
    here.tell(FormEvent::SessionCopied(copy));
    later.tell(FormEvent::SessionCopied(SessionCopy::from_storage(&text).unwrap()));
    assert_eq!(later.form.draft(), &here.form.draft().with_secrets_masked());
    assert_eq!((later.text(Field::Kind), later.text(Field::Queue)), ("pyspark", "etl"));
    assert_eq!(later.form.draft().conf_value("spark.my.token"), Some(MASK));
    assert_eq!(later.form.offer(Field::DriverMemory), here.form.offer(Field::DriverMemory));
    for person in [&mut here, &mut later] {
        assert!(matches!(person.form.origin(), Origin::Session(..)));
        person.tell(FormEvent::Opened);
        assert_eq!(person.focus(), Some(Target::Control(Field::DriverMemory, 0)));
    }
    for text in ["", "{}", "{\"session\":{}}", &text[..text.len() / 2]] {
        assert!(SessionCopy::from_storage(text).is_none(), "{text}");
    }
}

#[test]
fn a_browser_that_keeps_nothing_is_no_trouble() {
    let mut person = Person::new();
    person.has_storage = false;
    person.type_in(Field::Queue, "etl");
    assert_eq!(person.text(Field::Queue), "etl");
    assert!(person.submit().is_some());
}
