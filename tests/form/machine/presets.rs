//! The person's own presets, in one tab and in two.

use std::cell::RefCell;
use std::rc::Rc;

use form::{Field, MASK, Preset, PresetChange, Slot};

use super::person::{Kept, Person};

fn kept(name: &str) -> PresetChange {
    PresetChange::Kept(name.to_owned())
}

#[test]
fn what_stands_in_the_form_is_kept_without_name_and_secrets() {
    let mut person = Person::new();
    person.type_in(Field::Name, "etl");
    person.type_in(Field::Queue, "batch");
    person.add_conf("spark.my.password", "hush");
    person.change_presets(kept("small"));
    assert!(person.form.presets().is_kept() && person.form.presets().replaced() == 0);
    assert!(!person.kept(Slot::Presets).unwrap().contains("hush"));
    let presets = person.reloaded("{}").form.presets().own().to_vec();
    let draft = &presets[0].draft;
    assert_eq!((draft.text(Field::Name), draft.text(Field::Queue)), ("", "batch"));
    assert_eq!(draft.conf_value("spark.my.password"), Some(MASK));
}

#[test]
fn a_change_can_be_taken_back() {
    let mut person = Person::new();
    person.change_presets(kept("small"));
    person.type_in(Field::Queue, "batch");
    person.change_presets(kept("small"));
    assert_eq!((person.preset_names(), person.form.presets().replaced()), (vec!["small"], 1));
    person.change_presets(PresetChange::Undone);
    assert_eq!(person.form.presets().own()[0].draft.text(Field::Queue), "");
    assert!(!person.form.presets().can_undo());
    person.change_presets(PresetChange::Removed("small".into()));
    assert_eq!((person.preset_names().len(), person.form.presets().can_undo()), (0, true));
    person.change_presets(PresetChange::Undone);
    assert_eq!(person.reloaded("{}").preset_names(), ["small"]);
}

#[test]
fn of_those_with_the_same_name_the_last_one_stays() {
    let mut person = Person::new();
    person.change_presets(kept("b"));
    let text = r#"{"presets": [{"name": "a", "request": {}}, {"name": "b", "request": {"queue": "q"}}]}"#;
    person.change_presets(PresetChange::Added(Preset::list_from_json(text).unwrap()));
    assert_eq!((person.preset_names(), person.form.presets().replaced()), (vec!["a", "b"], 1));
    assert_eq!(person.form.presets().own()[1].draft.text(Field::Queue), "q");
}

#[test]
fn two_tabs_lose_nothing_of_each_other() {
    let mut one = Person::new();
    one.change_presets(kept("first"));
    let mut two = one.other_tab();
    assert_eq!(two.preset_names(), ["first"]);
    two.change_presets(kept("second"));
    let share = |from: &Person, to: &Person| {
        to.kept.borrow_mut().insert("Presets".into(), from.kept(Slot::Presets).unwrap());
    };
    share(&two, &one);
    assert_eq!(one.preset_names(), ["first"], "it has not heard of it yet");
    one.change_presets(kept("third"));
    assert_eq!(one.preset_names(), ["first", "second", "third"]);
    share(&one, &two);
    two.change_presets(PresetChange::Seen);
    assert_eq!(two.preset_names(), ["first", "second", "third"]);
    assert!(!two.form.presets().can_undo(), "that would take back what the other tab did");
    two.change_presets(PresetChange::Undone);
    assert_eq!(two.preset_names().len(), 3);
}

#[test]
fn where_the_browser_keeps_nothing_they_stay_in_this_tab() {
    let mut person = Person::with("{}", Kept::default());
    person.has_storage = false;
    person.change_presets(kept("small"));
    assert!(!person.form.presets().is_kept());
    person.kept = Rc::new(RefCell::new([("Presets".to_owned(), r#"{"presets": []}"#.to_owned())].into()));
    person.change_presets(PresetChange::Seen);
    assert_eq!(person.preset_names(), ["small"], "what could not be kept is here alone");
}

#[test]
fn the_hosts_presets_are_listed_before_them() {
    let config = r#"{"presets": [{"name": "House", "about": "For all.", "request": {"queue": "batch"}}]}"#;
    let mut person = Person::with(config, Kept::default());
    person.change_presets(kept("mine"));
    assert_eq!(person.form.presets().hosts()[0].name, "House");
    assert_eq!(person.preset_names(), ["mine"]);
}
