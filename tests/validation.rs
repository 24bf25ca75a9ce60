//! The form's rules against the table of inputs: `tests/validation/cases.json`, each refused one of which was sent to a real
//! Livy once (`docs/validation.md`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

use form::{Draft, Field, SessionName, Terms, read};
use serde_json::Value;

const CASES: &str = include_str!("validation/cases.json");

fn cases() -> Vec<Value> {
    let table: Value = serde_json::from_str(CASES).unwrap();
    table["cases"].as_array().unwrap().clone()
}

#[test]
fn every_input_gets_the_verdict_of_the_table() {
    let name = SessionName::made_up(1);
    let terms = Terms::new(name.clone()).with_server("0.9.0-incubating");
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() > 700, "only {} cases were read", cases.len());
    for case in &cases {
        let field = Field::by_name(case["field"].as_str().unwrap()).unwrap();
        let input = case["input"].as_str().unwrap();
        let mut draft = Draft::default();
        draft.set_rows(field, vec![input.to_owned()]);
        let reading = read(&draft, &terms);
        // What is said of a list as a whole is for the table of drafts.
        let here = |it: &&form::Problem| it.field == field && (it.row.is_some() || !field.has_rows());
        let said: Vec<_> = reading.problems().iter().filter(here).collect();
        let verdict = match said.iter().map(|it| it.is_error()).max() {
            None => "accepted",
            Some(false) => "warned",
            Some(true) => "refused",
        };
        assert!(said.iter().all(|it| it.message.ends_with(['.', '?'])), "{said:?}");
        let sent: Value = serde_json::from_str(&reading.preview()).unwrap();
        let value = match &sent[field.name()] {
            // A name that was left out is made up.
            Value::String(text) if text == name.as_str() => Value::Null,
            value => value.clone(),
        };
        let expected = if verdict == "refused" { Value::Null } else { case["sent"].clone() };
        if verdict != case["verdict"] || value != expected {
            wrong.push(format!(
                "{case}\n   is {verdict}, sends {value}, says {:?}",
                said.first().map(|it| &it.message)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// A rule without a refused and an accepted example would be a guess.
#[test]
fn every_field_has_inputs_on_both_sides() {
    for field in Field::ALL {
        for verdict in ["accepted", "refused"] {
            let count =
                cases().iter().filter(|it| it["field"] == field.name() && it["verdict"] == verdict).count();
            assert!(count >= 4, "{} {verdict}: {count}", field.name());
        }
    }
}
