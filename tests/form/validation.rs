//! The form's rules against the table of inputs: `tests/validation/cases.json`, each refused one of which was sent to a real
//! Livy once (`docs/validation.md`).

use form::{Draft, Field, ReadContext, SessionName, read};
use serde_json::Value;

const CASES: &str = include_str!("../validation/cases.json");
/// What needs more than one field, and the configuration.
const DRAFTS: &str = include_str!("../validation/drafts.json");

fn cases() -> Vec<Value> {
    let table: Value = serde_json::from_str(CASES).unwrap();
    table["cases"].as_array().unwrap().clone()
}

#[test]
fn every_input_gets_the_verdict_of_the_table() {
    let name = SessionName::made_up(1);
    let terms = ReadContext::new(name.clone()).with_server("0.9.0-incubating");
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
        let verdict = verdict(said.iter().copied());
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

/// The word for the worst that is said.
fn verdict<'a>(said: impl Iterator<Item = &'a form::Problem>) -> &'static str {
    match said.map(form::Problem::is_error).max() {
        None => "accepted",
        Some(false) => "warned",
        Some(true) => "refused",
    }
}

#[test]
fn every_draft_gets_the_verdict_of_the_table() {
    let terms = ReadContext::new(SessionName::made_up(1)).with_server("0.9.0-incubating");
    let table: Value = serde_json::from_str(DRAFTS).unwrap();
    let drafts = table["drafts"].as_array().unwrap();
    let mut wrong = Vec::new();
    for case in drafts {
        let field = Field::by_name(case["field"].as_str().unwrap()).unwrap();
        let mut draft = Draft::from_request(&case["body"].to_string(), &Draft::default()).unwrap();
        if draft.text(Field::Kind).is_empty() {
            draft.set_rows(Field::Kind, vec!["spark".to_owned()]);
        }
        let key = case["key"].as_str();
        let row = key.map(|key| draft.conf().iter().position(|it| it.0 == key).unwrap());
        let reading = read(&draft, &terms);
        let here = |it: &&form::Problem| it.field == field && (row.is_none() || it.row == row);
        let said: Vec<_> = reading.problems().iter().filter(here).collect();
        let words = case["says"].as_str().unwrap_or_default();
        if verdict(said.iter().copied()) != case["verdict"]
            || !said.iter().any(|it| it.message.contains(words)) && !words.is_empty()
        {
            wrong
                .push(format!("{case}\n   says {:?}", said.iter().map(|it| &it.message).collect::<Vec<_>>()));
        }
    }
    assert!(
        drafts.len() > 50 && wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        drafts.len(),
        wrong.join("\n")
    );
}

/// A rule without a refused and an accepted example would be a guess.
#[test]
fn every_field_has_inputs_on_both_sides() {
    // The rules of the configuration stand in the table of drafts.
    for field in Field::ALL.into_iter().filter(|it| *it != Field::Conf) {
        for refused in [false, true] {
            let of = |it: &&Value| it["field"] == field.name() && (it["verdict"] == "refused") == refused;
            let count = cases().iter().filter(of).count();
            assert!(count >= 4, "{} refused: {refused}: {count}", field.name());
        }
    }
}
