//! Keys, rest, units, offers, and what is shown when.

use std::time::Duration;

use form::{Field, FormEvent, Offer, Target};

use super::person::Person;

#[test]
fn a_problem_shows_700_ms_after_the_last_key() {
    let mut person = Person::new();
    assert_eq!(person.form.next_wakeup(), None, "an empty form waits for nothing");
    person.type_in(Field::DriverCores, "x");
    assert_eq!(person.form.next_wakeup(), Some(person.now + Duration::from_millis(700)));
    person.pass(699);
    assert!(!person.shows_error(Field::DriverCores));
    assert_eq!(person.form.error_count(), 1, "it counts all the same");
    person.type_in(Field::DriverCores, "xy");
    person.pass(699);
    assert!(!person.shows_error(Field::DriverCores), "each key begins the rest anew");
    person.pass(1);
    assert!(person.shows_error(Field::DriverCores));
    assert_eq!(person.form.next_wakeup(), None, "nothing is left to wait for");
}

#[test]
fn typing_elsewhere_leaves_a_place_at_once() {
    let mut person = Person::new();
    person.type_in(Field::DriverCores, "x");
    person.type_in(Field::ExecutorCores, "y");
    assert!(person.shows_error(Field::DriverCores) && !person.shows_error(Field::ExecutorCores));
    person.type_in(Field::DriverCores, "2");
    assert!(!person.shows_error(Field::DriverCores), "what is mended is not wrong any more");
    assert!(person.shows_error(Field::ExecutorCores));
}

#[test]
fn a_name_is_asked_for_once_it_rests() {
    let mut person = Person::new();
    for text in ["e", "et", "etl"] {
        person.type_in(Field::Name, text);
        person.pass(300);
    }
    assert_eq!(person.asked(), []);
    person.pass(400);
    assert_eq!(person.asked(), [Some("etl")]);
    person.type_in(Field::Name, "etl ");
    person.pass(5_000);
    assert_eq!(person.asked(), [Some("etl")], "the same name is not asked for twice");
    person.type_in(Field::Name, "7");
    person.pass(700);
    assert_eq!(person.asked(), [Some("etl"), None], "a name that cannot be sent is not asked for");
}

#[test]
fn a_unit_that_is_typed_moves_into_the_picker() {
    let mut person = Person::new();
    let memory = Field::DriverMemory;
    let seen = |person: &Person| {
        let form = &person.form;
        (form.number(memory).to_owned(), form.unit(memory).to_owned(), form.draft().text(memory).to_owned())
    };
    let expected = |number: &str, unit: &str, text: &str| (number.into(), unit.into(), text.into());
    person.type_in(memory, "4 GB");
    assert_eq!(seen(&person), expected("4 GB", "", "4 GB"));
    person.tell(FormEvent::NumberDone(memory));
    assert_eq!(seen(&person), expected("4", "g", "4g"));
    person.type_in(memory, "6");
    assert_eq!(seen(&person), expected("6", "g", "6g"));
    person.tell(FormEvent::UnitChosen { field: memory, unit: "m".into() });
    assert_eq!(seen(&person), expected("6", "m", "6m"));
    person.type_in(memory, "6t");
    assert_eq!(seen(&person), expected("6t", "", "6t"), "a unit of its own replaces the chosen one");
    person.tell(FormEvent::NumberDone(memory));
    person.type_in(memory, "");
    assert_eq!(person.form.unit(memory), "t", "an emptied control keeps what was chosen");
    person.tell(FormEvent::NumberDone(memory));
    assert_eq!(person.form.unit(memory), "");
    person.tell(FormEvent::UnitChosen { field: memory, unit: "g".into() });
    assert_eq!(seen(&person), expected("", "g", ""));
    person.type_in(memory, "2");
    assert_eq!(person.text(memory), "2g");
}

#[test]
fn another_spelling_of_an_amount_is_offered_and_taken() {
    let mut person = Person::new();
    person.type_in(Field::DriverMemory, "1.5g");
    let offer = person.form.offer(Field::DriverMemory).unwrap();
    assert_eq!(offer, Offer { value: "1536m".into(), instead_of: None });
    person.tell(FormEvent::OfferTaken { field: Field::DriverMemory, value: offer.value });
    assert_eq!(
        (person.form.number(Field::DriverMemory), person.form.unit(Field::DriverMemory)),
        ("1536", "m")
    );
    assert_eq!(person.form.offer(Field::DriverMemory), None);
    assert_eq!(person.focus(), Some(Target::Control(Field::DriverMemory, 0)));
}

#[test]
fn warnings_are_shown_before_enter_sends_the_form() {
    let mut person = Person::new();
    person.type_in(Field::Name, "a/b");
    assert!(person.form.has_unseen_warnings());
    person.tell(FormEvent::WarningsWanted);
    assert!(!person.form.has_unseen_warnings() && person.form.shown_problem(Field::Name).is_some());
    person.type_in(Field::DriverCores, "x");
    assert!(!person.form.has_unseen_warnings(), "where there are errors, those are to be said first");
}
