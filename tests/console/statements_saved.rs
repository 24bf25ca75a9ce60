//! Code and results that are kept with an ended session, where a person wants that; and nothing of them where nobody does.

use console::{Effect, Ending, Event, Reading};
use livy::Answer;

use crate::person::{Journey, id};
use crate::remembering::{open, watch};
use crate::statements::{BROWSER, desk, entry, is_of_statements, lend, run, statements, text};

const CAP: usize = 1 << 20;

/// What the browser tells when it has read what it keeps.
fn recall(journey: &mut Journey, with_statements: bool) {
    let facts = journey.kept.iter().map(|it| it.facts.clone()).collect();
    journey.tell(Event::Recalled { facts, with_statements });
}

/// An idle session with two statements, kept when it ends.
fn with_two(keeps_statements: bool) -> Journey {
    let mut journey = desk("etl");
    journey.tell(Event::KeepingSet(Some(CAP)));
    recall(&mut journey, keeps_statements);
    for code in ["40 + 2", "print('hello-secret')"] {
        run(&mut journey, code);
        journey.pass(3);
    }
    journey
}

fn die(journey: &mut Journey) {
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(20);
    assert!(matches!(watch(journey).ending(), Some(Ending::Deleted(_))));
}

/// The page is loaded again, with what is kept beyond the tab; `tab`: and what the tab has left.
fn reload(journey: Journey, keeps_statements: bool, tab: bool) -> Journey {
    let tab = journey.tab.clone().filter(|_| tab);
    let mut again = Journey::before("#/", journey.cluster, journey.now + 1_000, None, tab);
    again.kept = journey.kept;
    again.tell(Event::KeepingSet(Some(CAP)));
    recall(&mut again, keeps_statements);
    again.pass(5);
    again
}

fn look(journey: &mut Journey) {
    let route = journey.model.remembered()[0].route.clone();
    journey.tell(Event::Opened(route));
    read(journey);
}

/// What was asked of the browser's memory comes.
fn read(journey: &mut Journey) {
    for (key, text) in std::mem::take(&mut journey.logs_coming) {
        journey.tell(Event::LogRecalled { key, text });
    }
    for (key, text) in std::mem::take(&mut journey.statements_coming) {
        journey.tell(Event::StatementsRecalled { key, text });
    }
}

fn stored(journey: &Journey) -> String {
    format!("{:?}{:?}{:?}{:?}", journey.kept, journey.tab, journey.run_intent, journey.intent)
}

#[test]
fn nothing_of_them_is_kept_unless_a_person_wants_it() {
    let mut journey = with_two(false);
    journey.tell(Event::Hidden);
    journey.tell(Event::Shown);
    die(&mut journey);
    assert_eq!(journey.kept.len(), 1);
    assert!(!stored(&journey).contains("40 + 2") && !stored(&journey).contains("hello-secret"));
    let mut journey = reload(journey, false, false);
    look(&mut journey);
    assert!(journey.model.statements().is_none_or(|it| it.entries().is_empty()));
    let asks = |it: &Effect| matches!(it, Effect::RecallStatements(_) | Effect::ForgetStatements);
    assert!(!journey.effects.iter().any(asks));
}

#[test]
fn after_a_reload_they_are_there_to_be_read_and_nothing_is_asked() {
    let mut journey = with_two(true);
    die(&mut journey);
    let kept = journey.kept[0].statements.clone().unwrap();
    assert!(kept.contains("40 + 2") && !kept.contains("    "), "{kept}");
    for tab in [false, true] {
        let journey = reload_copy(&journey, tab);
        assert_eq!(statements(&journey).reading(), Reading::Over);
        assert_eq!((statements(&journey).saved(), statements(&journey).is_only_saved()), (Some(0), true));
        assert_eq!((entry(&journey, 0).code(), text(&journey, 0).as_str()), (Some("40 + 2"), "42"));
        assert_eq!(journey.calls_since(0, is_of_statements), 0, "{tab}");
        assert_eq!(journey.kept[0].statements.as_ref(), Some(&kept));
    }
}

/// A page after a reload that looks at the session.
fn reload_copy(journey: &Journey, tab: bool) -> Journey {
    let mut copy = Journey::before("#/", journey.cluster.clone(), journey.now, None, None);
    (copy.kept, copy.tab) = (journey.kept.clone(), journey.tab.clone());
    let mut again = reload(copy, true, tab);
    look(&mut again);
    let needs = again.effects.contains(&Effect::Need(console::Part::Statements));
    assert!(needs, "what draws them is fetched");
    lend(&mut again, BROWSER);
    again.pass(5);
    again
}

#[test]
fn switched_off_they_are_gone_at_once_and_switched_on_what_the_tab_has_is_kept() {
    let mut journey = with_two(false);
    die(&mut journey);
    assert_eq!(journey.kept[0].statements, None);
    journey.tell(Event::StatementsKept(true));
    assert!(journey.kept[0].statements.as_ref().unwrap().contains("40 + 2"));
    let mut again = reload_copy(&journey, false);
    again.tell(Event::StatementsKept(false));
    assert!(statements(&again).entries().is_empty() && statements(&again).saved().is_none());
    assert_eq!((again.kept.len(), again.kept[0].statements.as_ref()), (1, None));
    assert!(
        again.effects.contains(&Effect::ForgetStatements) && !again.kept[0].facts.contains("\"statements\"")
    );
    // The tab that has read them from the server still shows them.
    journey.tell(Event::StatementsKept(false));
    assert_eq!((statements(&journey).entries().len(), journey.kept[0].statements.as_ref()), (2, None));
    journey.pass(60);
    assert_eq!(journey.kept[0].statements, None);
}

#[test]
fn without_keeping_sessions_there_is_nothing_to_keep_them_with() {
    let mut journey = with_two(true);
    journey.tell(Event::KeepingSet(None));
    journey.tell(Event::StatementsKept(true));
    die(&mut journey);
    assert_eq!(journey.kept.len(), 0);
    // Kept sessions again, without them until a person says so again.
    journey.tell(Event::KeepingSet(Some(CAP)));
    recall(&mut journey, false);
    assert_eq!((journey.kept.len(), journey.kept[0].statements.as_ref()), (1, None));
}

#[test]
fn cleared_they_are_gone_too() {
    let mut journey = with_two(true);
    die(&mut journey);
    let mut again = reload_copy(&journey, false);
    open(&mut again, "#/");
    again.tell(Event::KeptCleared);
    assert!(again.kept.is_empty());
    open(&mut again, "#/sessions/0");
    again.pass(5);
    assert!(again.model.statements().is_none_or(|it| it.entries().is_empty()));
}

#[test]
fn what_a_tab_saw_before_a_reload_is_kept_with_what_it_sees_after_it() {
    let mut journey = with_two(true);
    journey.tell(Event::Hidden);
    assert!(
        journey.kept[0].statements.as_ref().unwrap().contains("40 + 2"),
        "it may be the last that this tab sees"
    );
    let (cluster, now, kept) = (journey.cluster.clone(), journey.now + 1_000, journey.kept.clone());
    let mut again = Journey::before("#/sessions/0", cluster, now, None, None);
    lend(&mut again, BROWSER);
    again.kept = kept;
    again.tell(Event::KeepingSet(Some(CAP)));
    recall(&mut again, true);
    again.pass(3);
    assert_eq!(statements(&again).saved(), None, "while it lives the server tells");
    // It dies before what was kept has been read: nothing of it is lost.
    again.tell(Event::DeleteConfirmed(id("0")));
    again.pass(10);
    read(&mut again);
    again.pass(5);
    assert!(again.kept.iter().all(|it| it.statements.as_ref().unwrap().contains("40 + 2")));
    assert_eq!(statements(&again).entries().len(), 2);
}

#[test]
fn a_session_that_was_called_forgotten_and_is_there_again_is_told_by_the_server_alone() {
    let mut journey = with_two(true);
    journey.tell(Event::Hidden);
    let mut again = Journey::before("#/sessions/0", journey.cluster, journey.now + 1_000, None, None);
    lend(&mut again, BROWSER);
    again.kept = journey.kept;
    again.tell(Event::KeepingSet(Some(CAP)));
    recall(&mut again, true);
    again.pass(1);
    read(&mut again);
    again.instead = Some(not_found());
    again.pass(60);
    assert!(matches!(watch(&again).ending(), Some(Ending::Forgotten(_))));
    assert!(statements(&again).saved().is_some());
    again.instead = None;
    open(&mut again, "#/");
    open(&mut again, "#/sessions/0");
    again.pass(10);
    assert_eq!(watch(&again).ending(), None);
    assert_eq!((statements(&again).saved(), statements(&again).is_only_saved()), (None, false));
    assert_eq!(statements(&again).entries().len(), 2);
    assert!(statements(&again).entries().iter().all(|it| !it.is_saved && !it.is_left_out));
    // What the server has told stays when nobody wants the rest to be kept.
    again.tell(Event::StatementsKept(false));
    assert_eq!(statements(&again).entries().len(), 2);
}

/// What Livy says of a session that it does not know.
fn not_found() -> Answer {
    Answer {
        status: 404,
        content_type: Some("application/json".into()),
        body: r#"{"msg":"Session '0' not found."}"#.into(),
        ..Answer::default()
    }
}

#[test]
fn cleared_what_the_tab_has_read_of_an_ended_session_is_gone_from_it() {
    for (typed, left) in [("", 0), ("never run", 2)] {
        let mut journey = with_two(false);
        journey.tell(Event::Drafted(typed.to_owned()));
        journey.instead = Some(not_found());
        journey.pass(60);
        assert!(matches!(watch(&journey).ending(), Some(Ending::Forgotten(_))));
        open(&mut journey, "#/");
        journey.tell(Event::KeptCleared);
        // Should it be there again all the same, nothing is shown that the server has not told since.
        journey.instead = None;
        journey.holds = Some(is_of_statements);
        open(&mut journey, "#/sessions/0");
        journey.pass(5);
        assert_eq!(statements(&journey).entries().len(), left, "{typed:?}: what was typed is nowhere else");
    }
}
