//! The wire against the answers of other servers, as their sources and the reports about them show: `tests/fixtures/dialects`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

use livy::{Address, Answer, CallError, Extent, Meaning, Phase};
use serde_json::Value;

/// An answer of the fixtures. Every fixture has a source.
fn fixture(name: &str) -> Answer {
    let path = format!("{}/../../tests/fixtures/dialects/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let wrapper: Value = serde_json::from_str(&text).unwrap();
    assert!(wrapper["source"].as_str().is_some_and(|it| it.len() > 10), "{name}");
    Answer {
        status: u16::try_from(wrapper["status"].as_u64().unwrap()).unwrap(),
        content_type: wrapper["contentType"].as_str().map(str::to_owned),
        body: wrapper["body"].as_str().unwrap().to_owned(),
        ..Answer::default()
    }
}

fn refusal(name: &str) -> CallError {
    fixture(name).session().unwrap_err()
}

#[test]
fn lighters_sessions_are_read_in_its_own_shapes() {
    let session = fixture("lighter-session").session().unwrap();
    assert_eq!((session.name(), session.state.as_str()), (Some("etl"), "idle"));
    assert!(session.may_be_of_kind("spark") && session.has_lasting_id());
    let page = fixture("lighter-sessions").sessions().unwrap();
    assert!(page.is_newest_first && page.unreadable == 0);
    assert_eq!(page.sessions.last().map(|it| it.state.as_str()), Some("idle"), "the newest is the last here");
    assert_eq!((page.extent(0, 2), page.extent(0, 100)), (Extent::AtLeast(2), Extent::Exactly(2)));
    assert_eq!(fixture("lighter-log").log().unwrap().lines, ["line 1", "line 2"]);
    let missing = refusal("lighter-not-found");
    assert!(missing.is_missing() && !missing.is_gone() && missing.words() == Some("Page Not Found"));
    let limit = refusal("lighter-limit");
    assert_eq!(limit.meaning(), Some(Meaning::NoRoom));
    assert_eq!(limit.words(), Some("Maximum number of running sessions (5) has been reached"));
}

#[test]
fn synapse_gives_twenty_a_page_and_says_why_a_session_ended() {
    let page = fixture("synapse-sessions").sessions().unwrap();
    assert_eq!((page.count(), page.extent(0, 100)), (20, Extent::Exactly(250)));
    let session = fixture("synapse-session").session().unwrap();
    assert_eq!((session.owner(), session.reasons()[0].words.as_str()), (Some("thetime"), "Failed"));
    let others: Vec<&str> = session.other_fields().into_iter().map(|it| it.0).collect();
    assert!(
        ["workspaceName", "sparkPoolName", "jobType", "errorInfo", "tags"]
            .iter()
            .all(|it| others.contains(it))
    );
    let timed_out = fixture("synapse-timed-out").session().unwrap();
    assert_eq!(timed_out.reasons()[0].words, "Job timed out after 30m (LIVY_JOB_TIMED_OUT)");
    assert!(timed_out.log_tail().is_empty());
}

#[test]
fn fabric_is_read_while_it_acquires_a_session() {
    let created = fixture("fabric-created").session().unwrap();
    let at = |name: &str| fixture(name).session_at(created.id.address()).unwrap();
    let acquiring = at("fabric-acquiring");
    assert_eq!((&acquiring.id, acquiring.state.as_str()), (&created.id, "acquiring"));
    assert_eq!(acquiring.state.phase(), Phase::Pending);
    assert_eq!(at("fabric-error").reasons()[0].words, "capacity");
    let page = fixture("fabric-sessions").sessions().unwrap();
    assert_eq!(
        (page.total, page.sessions[0].state.as_str(), page.sessions[0].owner()),
        (1, "idle", Some("alice"))
    );
    let full = refusal("fabric-capacity");
    assert_eq!(full.meaning(), Some(Meaning::NoRoom));
    assert!(!full.leaves_doubt() && full.words().unwrap().ends_with("(TooManyRequestsForCapacity)"));
}

#[test]
fn an_old_livy_keeps_its_lines_and_knows_no_names() {
    assert!(fixture("old-log").withholds_lines());
    assert!(!fixture("lighter-log").withholds_lines());
    let no_name = refusal("old-no-name");
    assert_eq!((no_name.meaning(), no_name.is_gone()), (Some(Meaning::WrongValue), false));
}

#[test]
fn every_row_is_listed() {
    let page = fixture("sparkmagic-rows").sessions().unwrap();
    assert_eq!((page.sessions.len(), page.unreadable), (4, 0));
    let batch = &fixture("kyuubi-batches").sessions().unwrap().sessions[0];
    assert_eq!((batch.state.phase(), batch.owner()), (Phase::Over, Some("alice")));
    assert_eq!(batch.reasons()[0].words, "Application application_1 failed 1 times");
    let page = fixture("kyuubi-sessions").sessions().unwrap();
    assert_eq!((page.unreadable, page.extent(0, 100)), (0, Extent::Exactly(2)));
    let names = page.sessions.iter().map(|it| (it.name(), it.owner(), it.reasons().len()));
    assert_eq!(names.collect::<Vec<_>>(), [(Some("report"), Some("alice"), 0), (None, Some("bob"), 1)]);
    let address = page.sessions[0].id.address().clone();
    let session = fixture("kyuubi-session").session_at(&address).unwrap();
    assert_eq!((&session.id, session.reasons().len()), (&page.sessions[0].id, 0));
}

#[test]
fn a_refusal_is_words_and_a_meaning() {
    let rows = [
        ("hdinsight-unauthorized", Meaning::SignIn, "Ambari user name or password is incorrect: admin"),
        ("hadoop-refused", Meaning::Forbidden, "Permission denied: user=admin"),
        ("aws-expired", Meaning::SignIn, "The security token included in the request is expired"),
        ("gateway-timeout", Meaning::Down, "Gateway timeout"),
        ("fabric-paused", Meaning::Paused, "Unable to complete the action"),
    ];
    for (name, meaning, words) in rows {
        let error = refusal(name);
        assert_eq!(error.meaning(), Some(meaning), "{name}");
        assert!(
            error.words().is_some_and(|it| it.starts_with(words) && !it.contains('{')),
            "{name}: {error:?}"
        );
        assert_eq!(error.leaves_doubt(), meaning == Meaning::Down, "{name}");
    }
    assert!(Address::parse("7").is_some_and(|it| fixture("gateway-timeout").session_at(&it).is_err()));
}
