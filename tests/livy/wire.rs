//! The wire against what a real Livy 0.9.0 said: `tests/fixtures/livy-0.9.0`, recorded, never printed from our own types.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

use livy::{Answer, CallError, Section, SessionState};
use serde_json::Value;

fn fixture(name: &str) -> String {
    let path = format!("{}/../../tests/fixtures/livy-0.9.0/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn ok(name: &str) -> Answer {
    Answer {
        status: 200,
        content_type: Some("application/json;charset=utf-8".into()),
        body: fixture(name),
        ..Answer::default()
    }
}

/// A wrapper of the recordings holds status, type and body, so that HTML survives.
fn refused(name: &str) -> CallError {
    let wrapper: Value = serde_json::from_str(&fixture(name)).unwrap();
    let answer = Answer {
        status: u16::try_from(wrapper["status"].as_u64().unwrap()).unwrap(),
        content_type: wrapper["contentType"].as_str().map(str::to_owned),
        body: wrapper["body"].as_str().unwrap().to_owned(),
        ..Answer::default()
    };
    answer.session().unwrap_err()
}

#[test]
fn sessions_in_every_state_that_was_recorded() {
    for (name, state) in [
        ("session-starting.json", SessionState::Starting),
        ("session-idle.json", SessionState::Idle),
        ("session-dead.json", SessionState::Dead),
    ] {
        let session = ok(name).session().unwrap();
        assert_eq!(session.state, state);
        assert!(session.kind().is_some() && session.app_id().is_none() && session.owner().is_none());
        assert!(session.links().is_empty());
    }
}

#[test]
fn every_field_of_a_request_is_echoed() {
    let session = ok("session-every-field.json").session().unwrap();
    let echoed: Vec<&str> = session.request().into_iter().map(|(key, _)| key).collect();
    for key in ["driverMemory", "driverCores", "executorMemory", "executorCores", "numExecutors"] {
        assert!(echoed.contains(&key), "{key} of {echoed:?}");
    }
}

#[test]
fn the_list() {
    let page = ok("sessions-list.json").sessions().unwrap();
    assert!(page.sessions.len() >= 2 && page.unreadable == 0 && page.total == page.sessions.len() as u64);
    let page = ok("sessions-empty.json").sessions().unwrap();
    assert_eq!((page.sessions.len(), page.total), (0, 0));
}

#[test]
fn logs_and_their_sections() {
    let sections = |name: &str| {
        let page = ok(name).log().unwrap();
        page.sections().into_iter().map(|(section, lines)| (section, lines.len())).collect::<Vec<_>>()
    };
    assert_eq!(sections("log-starting.json").first().map(|it| it.0), Some(Section::Stdout));
    assert_eq!(sections("log-idle.json"), [(Section::Stdout, 0), (Section::Stderr, 200)]);
    assert_eq!(sections("log-dead.json"), [(Section::Stdout, 0), (Section::Stderr, 3)]);
}

#[test]
fn version_and_delete() {
    let version = ok("version.json").version().unwrap();
    assert_eq!((version.as_str(), version.short()), ("0.9.0-incubating", "0.9.0"));
    assert_eq!(ok("delete.json").deleted(), Ok(()));
}

#[test]
fn refusals_in_their_four_shapes() {
    let words = |name: &str| match refused(name) {
        CallError::Refused { status, message, .. } => (status, message),
        CallError::NotLivy { status, title, .. } => (status, title),
        other => panic!("{name}: {other}"),
    };
    assert_eq!(words("error-empty.json").1, "");
    let json = words("error-jetty-json.json");
    assert_eq!(json, (400, "Missing Required Header for CSRF protection.".to_owned()));
    assert!(words("error-jetty-html.json").1.contains("Missing Required Header for CSRF protection."));
    assert!(words("error-bare-string.json").1.starts_with("Invalid kind"));
    assert!(words("error-bare-string-500.json").1.starts_with("java.lang."));
    assert!(words("error-duplicate-name.json").1.contains("Duplicate session name"));
    let gone = refused("error-not-found.json");
    assert!(gone.is_gone(), "{gone}");
    assert!(!refused("error-unknown-route.json").is_gone());
}

#[test]
fn names_that_code_could_go_on_with() {
    let recorded: Value = serde_json::from_str(&fixture("completion.json")).unwrap();
    let read = |row: &Value| {
        let status = u16::try_from(row["status"].as_u64().unwrap()).unwrap();
        let body = row["body"].as_str().unwrap().to_owned();
        let content_type = Some("application/json;charset=utf-8".into());
        Answer { status, content_type, body, ..Answer::default() }.candidates()
    };
    let named =
        |name: &str| recorded["rows"].as_array().unwrap().iter().find(|it| it["row"] == name).unwrap();
    assert_eq!(read(named("one member")).unwrap(), ["parallelize"]);
    assert_eq!(read(named("all members")).unwrap().len(), 83);
    assert_eq!(read(named("letters from inside of names")).unwrap(), ["", "addFile", "newAPIHadoopFile"]);
    assert!(read(named("python")).unwrap().is_empty());
    let refused = read(named("a kind that is none")).unwrap_err();
    assert_eq!(refused.status(), Some(500));
    assert!(refused.words().unwrap().contains("Invalid kind: nope"));
}
