//! Rows of lists and of the configuration.

use form::{Field, FormEvent, Target};

use super::person::Person;

fn jars(person: &Person) -> Vec<&str> {
    person.form.draft().rows(Field::Jars).iter().map(String::as_str).collect()
}

/// A form with these jars, each of them left long ago.
fn with_jars(paths: &[&str]) -> Person {
    let mut person = Person::new();
    for (row, path) in paths.iter().enumerate() {
        person.tell(FormEvent::RowAdded(Field::Jars));
        assert_eq!(person.focus(), Some(Target::Control(Field::Jars, row)));
        person.type_row(Field::Jars, row, path);
        person.pass(1_000);
    }
    person
}

#[test]
fn what_is_known_of_a_row_moves_with_it() {
    let mut person = with_jars(&["/a.jar", "a\\b", "/c.jar"]);
    assert_eq!(person.wrong_rows(Field::Jars), [1]);
    person.tell(FormEvent::RowAdded(Field::Jars));
    person.type_row(Field::Jars, 3, "c\\d");
    assert_eq!(person.wrong_rows(Field::Jars), [1], "the last row is being typed in");
    person.tell(FormEvent::RowRemoved { field: Field::Jars, row: 0 });
    assert_eq!((jars(&person), person.wrong_rows(Field::Jars)), (vec!["a\\b", "/c.jar", "c\\d"], vec![0]));
    assert_eq!(person.focus(), Some(Target::Control(Field::Jars, 0)));
    person.pass(700);
    assert_eq!(person.wrong_rows(Field::Jars), [0, 2], "what is typed in rests where it went");
}

#[test]
fn a_row_that_takes_the_place_of_another_is_new() {
    let mut person = with_jars(&["a\\b"]);
    person.tell(FormEvent::RowRemoved { field: Field::Jars, row: 0 });
    assert_eq!(person.focus(), Some(Target::Control(Field::Jars, 0)), "where there is no row, its button");
    person.tell(FormEvent::RowAdded(Field::Jars));
    person.type_row(Field::Jars, 0, "c\\d");
    assert_eq!(person.wrong_rows(Field::Jars), [0; 0]);
    person.tell(FormEvent::RowRemoved { field: Field::Jars, row: 7 });
    assert_eq!(jars(&person), ["c\\d"], "a row that is not there is not taken away");
}

#[test]
fn rows_change_places() {
    let mut person = with_jars(&["/a.jar", "/b.jar"]);
    person.tell(FormEvent::RowMoved { field: Field::Jars, from: 1, to: 0 });
    assert_eq!(
        (jars(&person), person.focus()),
        (vec!["/b.jar", "/a.jar"], Some(Target::Control(Field::Jars, 0)))
    );
    person.tell(FormEvent::RowMoved { field: Field::Jars, from: 0, to: 2 });
    assert_eq!(jars(&person), ["/b.jar", "/a.jar"]);
}

#[test]
fn enter_goes_on_to_the_next_row() {
    let mut person = with_jars(&["/a.jar"]);
    let enter = |row| FormEvent::NextRowWanted { field: Field::Jars, row };
    person.tell(enter(0));
    assert_eq!((jars(&person).len(), person.focus()), (2, Some(Target::Control(Field::Jars, 1))));
    person.tell(enter(0));
    person.tell(enter(1));
    assert_eq!(jars(&person).len(), 2, "an empty row is followed by none");
    person.add_conf("spark.a", "1");
    person.tell(FormEvent::NextRowWanted { field: Field::Conf, row: 0 });
    assert_eq!(
        (person.form.row_count(Field::Conf), person.focus()),
        (2, Some(Target::Control(Field::Conf, 1)))
    );
}

#[test]
fn several_lines_become_several_rows() {
    let mut person = with_jars(&["/a.jar", "z\\z"]);
    let paste = |row, replaces| FormEvent::PathsPasted {
        field: Field::Jars,
        row,
        paths: vec!["/x.jar".into(), "y\\y".into()],
        replaces,
    };
    person.tell(paste(0, false));
    assert_eq!(jars(&person), ["/a.jar", "/x.jar", "y\\y", "z\\z"]);
    assert_eq!(person.wrong_rows(Field::Jars), [2, 3], "what is pasted is done, and what was known stays");
    assert_eq!(person.focus(), Some(Target::Control(Field::Jars, 2)));
    person.tell(paste(0, true));
    assert_eq!(jars(&person), ["/x.jar", "y\\y", "/x.jar", "y\\y", "z\\z"]);

    person.tell(FormEvent::RowAdded(Field::Conf));
    let rows = vec![("spark.a".to_owned(), "1".to_owned()), ("spark.b".to_owned(), "2".to_owned())];
    person.tell(FormEvent::ConfPasted { row: 0, rows: rows.clone(), replaces: false });
    assert_eq!((person.form.draft().conf(), person.focus()), (&*rows, Some(Target::ConfValue(1))));
    person.tell(FormEvent::ConfPasted { row: 1, rows: rows.clone(), replaces: true });
    assert_eq!(person.form.draft().conf().len(), 4, "a value is not replaced by what is pasted into its key");
}
