//! From the press to the session, and what stands in the form then.

use form::{Field, FormEvent, Origin, Slot, Target};

use super::person::Person;

/// A form that was sent, and its token.
fn sent() -> (Person, u64) {
    let mut person = Person::new();
    person.type_in(Field::Name, "etl");
    person.type_in(Field::DriverMemory, "2g");
    person.add_conf("spark.ssl.keyPassword", "hush");
    let (request, token) = person.submit().unwrap();
    assert_eq!(request.name().as_str(), "etl");
    (person, token)
}

#[test]
fn a_form_with_errors_is_not_sent_but_says_them_all() {
    let mut person = Person::new();
    person.type_in(Field::DriverCores, "x");
    person.type_in(Field::ExecutorCores, "y");
    assert!(person.form.summary().is_empty());
    assert!(person.submit().is_none());
    assert_eq!((person.form.summary().len(), person.focus()), (2, Some(Target::Errors)));
    assert!(person.shows_error(Field::ExecutorCores), "nothing waits for a rest any more");
    assert!(person.form.is_as_pressed());
    person.type_in(Field::DriverCores, "1");
    assert!(!person.form.is_as_pressed());
    assert_eq!(person.form.summary().len(), 1);
    person.type_in(Field::ExecutorCores, "1");
    assert!(person.submit().is_some());
}

#[test]
fn what_became_a_session_leaves_an_empty_form_and_another_name() {
    let (mut person, token) = sent();
    let made_up = person.form.made_up_name().clone();
    assert!(person.form.is_as_sent() && person.form.is_sent(Field::Name));
    person.tell(FormEvent::Settled(Some(token)));
    assert!(person.form.is_empty() && !person.form.can_undo() && !person.form.is_as_sent());
    assert_ne!(person.form.made_up_name(), &made_up);
    assert_eq!(person.kept(Slot::MadeUpName).as_deref(), Some(person.form.made_up_name().as_str()));
    assert_eq!(person.kept(Slot::Draft), None);
    assert!(person.form.summary().is_empty());
}

#[test]
fn what_was_typed_since_is_left_alone() {
    let (mut person, token) = sent();
    person.type_in(Field::Name, "next");
    assert!(!person.form.is_as_sent() && !person.form.is_sent(Field::Name));
    assert!(person.form.is_sent(Field::DriverMemory));
    person.tell(FormEvent::Settled(Some(token)));
    assert_eq!(person.text(Field::Name), "next");
    assert!(person.form.has_last(), "what was sent can be begun from all the same");
}

#[test]
fn the_end_of_an_earlier_request_says_nothing_about_a_later_one() {
    let (mut person, first) = sent();
    person.type_in(Field::Name, "next");
    let (_, second) = person.submit().unwrap();
    assert_ne!(first, second);
    person.tell(FormEvent::Settled(Some(first)));
    assert_eq!(person.text(Field::Name), "next");
    assert!(person.form.is_as_sent());
    person.tell(FormEvent::Settled(Some(second)));
    assert!(person.form.is_empty());
}

#[test]
fn what_was_sent_before_a_reload_leaves_an_empty_form() {
    let (person, _) = sent();
    let mut person = person.reloaded("{}");
    assert!(person.form.is_as_sent());
    person.tell(FormEvent::Settled(None));
    assert!(person.form.is_empty() && !person.form.can_undo() && person.form.has_last());
    assert_eq!((person.kept(Slot::Draft), person.kept(Slot::Sent)), (None, None));
}

#[test]
fn what_was_typed_after_it_was_sent_outlives_a_reload_and_its_end() {
    for reloads_first in [true, false] {
        let (mut person, _) = sent();
        if reloads_first {
            person = person.reloaded("{}");
        }
        person.type_in(Field::Queue, "etl");
        // The end comes while the form is there, and while it is not.
        let mut here = person.reloaded("{}");
        here.tell(FormEvent::Settled(None));
        person.kept.borrow_mut().insert("Settled".into(), "1".into());
        for person in [here, person.reloaded("{}")] {
            assert_eq!((person.text(Field::Name), person.text(Field::Queue)), ("etl", "etl"));
            assert!(person.kept(Slot::Draft).is_some() && person.form.has_last());
        }
    }
}

#[test]
fn the_end_of_what_was_sent_before_a_reload_says_nothing_about_what_is_sent_since() {
    let (person, _) = sent();
    let mut person = person.reloaded("{}");
    person.tell(FormEvent::ValueTyped { row: 0, value: "hush".into() });
    let (_, token) = person.submit().unwrap();
    person.tell(FormEvent::Settled(None));
    assert_eq!(person.text(Field::Name), "etl");
    person.tell(FormEvent::Settled(Some(token)));
    assert!(person.form.is_empty());
}

#[test]
fn what_is_kept_of_a_request_on_its_way_has_no_secrets() {
    let (person, _) = sent();
    assert!(!person.kept(Slot::Sent).unwrap().contains("hush"));
}

#[test]
fn an_end_that_came_while_no_form_was_there_is_heard_later() {
    let (person, _) = sent();
    let made_up = person.form.made_up_name().clone();
    person.kept.borrow_mut().insert("Settled".into(), "1".into());
    let mut person = person.reloaded("{}");
    assert!(person.form.is_empty() && person.form.made_up_name() != &made_up);
    assert_eq!((person.kept(Slot::Draft), person.kept(Slot::Settled)), (None, None));
    person.type_in(Field::Name, "next");
    assert_eq!(person.reloaded("{}").text(Field::Name), "next", "it is heard once");
}

#[test]
fn the_next_session_can_begin_from_the_last_one() {
    let (mut person, token) = sent();
    assert!(!person.form.has_last());
    person.tell(FormEvent::Settled(Some(token)));
    for mut person in [person.reloaded("{}"), person] {
        assert!(person.form.has_last() && !person.kept(Slot::Last).unwrap().contains("hush"));
        person.tell(FormEvent::LastWanted);
        assert_eq!((person.text(Field::DriverMemory), person.text(Field::Name)), ("2g", ""));
        assert_eq!(person.form.origin(), &Origin::Last);
        assert_eq!(person.form.draft().conf_value("spark.ssl.keyPassword"), Some(form::MASK));
        assert!(person.submit().is_none(), "the secret is asked for again");
    }
}
