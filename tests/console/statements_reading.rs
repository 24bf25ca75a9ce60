//! What is read of a session's statements, when, and what is never asked.

use console::{Event, Origin, Press, Reading, Route};
use livy::{Answer, Call, StatementId, StatementState};

use crate::person::{Journey, id};
use crate::statements::{BROWSER, desk, entry, is_of_statements, lend, on_server, run, statements, text};
use crate::statements_stuck::other_tab;

#[test]
fn nothing_is_asked_before_it_is_ready_and_nothing_while_it_is_idle() {
    let mut journey = Journey::at("#/new");
    lend(&mut journey, BROWSER);
    journey.create("never-idle");
    journey.pass(60);
    run(&mut journey, "1");
    journey.pass(60);
    assert_eq!(statements(&journey).press(), Some(Press::NotReady));
    assert_eq!(
        (journey.calls_since(0, is_of_statements), statements(&journey).reading().as_str()),
        (0, "closed")
    );
    let mut journey = desk("etl");
    journey.pass(300);
    let asked = journey.calls_since(0, is_of_statements);
    assert!(asked <= 1, "nobody can have sent anything before it was ready: {asked}");
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    lend(&mut other, BROWSER);
    other.pass(300);
    let asked = other.calls_since(0, is_of_statements);
    assert_eq!(
        (asked, statements(&other).total(), statements(&other).reading()),
        (3, Some(0), Reading::Read)
    );
    // A call that had to wait for another one is no time in which nobody looked.
    let spells = other.model.watch().unwrap().timeline();
    assert!(spells.iter().all(|it| it.state.is_some()), "{spells:?}");
}

#[test]
fn the_queue_is_watched_one_at_a_time() {
    let mut journey = desk("etl");
    for code in ["time.sleep(6)", "x = 40", "x + 2"] {
        run(&mut journey, code);
        journey.pass(1);
    }
    let third = StatementId::numbered(2).unwrap();
    assert_eq!(statements(&journey).ahead(&third), 2);
    assert_eq!(entry(&journey, 2).statement.state, StatementState::Waiting);
    journey.pass(2);
    let reads = journey.calls_since(journey.now / 1_000 - 2, |it| matches!(it, Call::Statement(..)));
    assert!((1..=4).contains(&reads), "{reads} reads in 2 s");
    journey.pass(10);
    assert_eq!((text(&journey, 2).as_str(), statements(&journey).ahead(&third)), ("42", 0));
}

#[test]
fn the_statements_of_others_are_seen_while_the_session_is_busy() {
    let mut journey = desk("busy-with-others");
    journey.pass(60);
    let known = statements(&journey).entries().len() as u64;
    assert!(known + 2 >= on_server(&mut journey) && known > 5, "{known}");
    assert!(statements(&journey).entries().iter().all(|it| it.origin == Origin::Elsewhere));
    let known = statements(&journey).entries().len() as u64;
    journey.tell(Event::RefreshAsked);
    journey.pass(1);
    assert!(statements(&journey).entries().len() as u64 >= known);
}

#[test]
fn the_newest_are_read_first_and_older_ones_on_demand() {
    let mut journey = desk("etl");
    for number in 0..30 {
        run(&mut journey, &format!("{number}"));
        journey.pass(2);
    }
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    lend(&mut other, BROWSER);
    other.pass(2);
    assert_eq!(statements(&other).reading().as_str(), "reading");
    other.pass(10);
    let numbers = |journey: &Journey| -> Vec<_> {
        statements(journey).entries().iter().filter_map(|it| it.id().number()).collect()
    };
    assert_eq!((numbers(&other), statements(&other).total()), ((10..30).collect(), Some(30)));
    let lists = other.calls_since(0, |it| matches!(it, Call::Statements { .. }));
    assert_eq!(lists, 0, "a list makes the server read all of its outputs, and over 50 MB ends the session");
    other.tell(Event::OlderAsked);
    other.pass(10);
    assert_eq!(numbers(&other), (0..30).collect::<Vec<_>>());
}

#[test]
fn a_spectator_asks_nothing_until_a_person_says_so() {
    let mut maker = Journey::at("#/new");
    maker.create_beating("etl", 60);
    maker.pass(20);
    let mut journey = Journey::before("#/", maker.cluster.clone(), maker.now, None, None);
    lend(&mut journey, BROWSER);
    journey.pass(2);
    journey.tell(Event::Opened(Route::of(&id("0"))));
    journey.pass(30);
    assert!(journey.model.watch().unwrap().only_looks());
    assert_eq!(
        (journey.calls_since(0, is_of_statements), statements(&journey).reading()),
        (0, Reading::Closed)
    );
    journey.tell(Event::KeepAlive(id("0")));
    journey.pass(5);
    assert!(journey.calls_since(0, is_of_statements) > 0);
    assert_eq!(statements(&journey).reading(), Reading::Read);
}

#[test]
fn an_output_that_cannot_be_sent_does_not_hold_up_the_others() {
    let mut journey = desk("etl");
    for code in ["1", "2", "3"] {
        run(&mut journey, code);
        journey.pass(2);
    }
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    let body = r#"{"message":"JsonMappingException: Incomplete surrogate pair","status":"500"}"#.to_owned();
    let failing =
        Answer { status: 500, content_type: Some("application/json".into()), body, ..Answer::default() };
    other.statement_instead = Some((1, failing));
    lend(&mut other, BROWSER);
    other.pass(30);
    assert_eq!(statements(&other).reading(), Reading::Read);
    let numbers: Vec<_> = statements(&other).entries().iter().filter_map(|it| it.id().number()).collect();
    assert_eq!(numbers, [0, 1, 2]);
    let unread = entry(&other, 1);
    assert!(unread.trouble.is_some() && unread.code().is_none() && !unread.is_open());
    let tries = other.calls_since(0, |it| matches!(it, Call::Statement(_, id) if id.number() == Some(1)));
    assert!((3..=4).contains(&tries), "{tries}");
}

#[test]
fn an_outage_leaves_what_is_here_and_a_hidden_tab_is_quiet() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(300)");
    journey.pass(5);
    journey.cut = true;
    journey.pass(30);
    assert_eq!(
        (statements(&journey).reading().as_str(), entry(&journey, 0).statement.state.as_str()),
        ("stale", "running")
    );
    assert!(statements(&journey).trouble().is_some());
    journey.cut = false;
    journey.pass(40);
    assert_eq!(statements(&journey).reading(), Reading::Read);
    journey.tell(Event::Hidden);
    let from = journey.now / 1_000 + 1;
    journey.pass(200);
    let hidden = journey.calls_since(from, is_of_statements);
    assert!((2..=4).contains(&hidden), "{hidden} calls in 200 s");
}

#[test]
fn what_the_server_has_let_go_stays_here_and_its_newest_is_found() {
    let mut journey = desk("etl");
    for number in 0..125 {
        run(&mut journey, &number.to_string());
        journey.pass(1);
    }
    let kept = |journey: &Journey| statements(journey).entries().iter().filter(|it| !it.is_evicted).count();
    assert_eq!(statements(&journey).entries().len(), 125);
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    lend(&mut other, BROWSER);
    other.pass(30);
    assert_eq!(text(&other, 124), "124");
    for _ in 0..6 {
        other.tell(Event::OlderAsked);
        other.pass(10);
    }
    assert_eq!((kept(&other), statements(&other).total()), (100, Some(100)));
    assert_eq!(other.calls_since(0, |it| matches!(it, Call::Statements { .. })), 0);
}

#[test]
fn an_output_that_is_never_answered_does_not_hold_up_the_others() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(5)");
    journey.pass(2);
    journey.statement_hangs = Some(0);
    journey.pass(30);
    run(&mut journey, "40 + 2");
    journey.pass(120);
    assert_eq!(text(&journey, 1), "42");
    let hung = entry(&journey, 0);
    assert!(hung.trouble.is_some() && !hung.is_open());
    let reads = |journey: &Journey| journey.calls_since(0, |it| matches!(it, Call::Statement(..)));
    let before = reads(&journey);
    journey.pass(300);
    assert!(reads(&journey) <= before + 1, "it is not read for ever");
    // A person wants to see it, and it can be read again.
    journey.statement_hangs = None;
    journey.tell(Event::OutputWanted(StatementId::numbered(0).unwrap()));
    journey.pass(2);
    assert!(entry(&journey, 0).statement.output.is_some());
}

#[test]
fn what_ends_behind_ones_back_is_told_until_one_looks() {
    let mut journey = desk("etl");
    run(&mut journey, "1 + 1");
    journey.pass(3);
    let unseen = |it: &Journey| statements(it).ended_unseen().map(|it| it.as_str().to_owned());
    let ended = |it: &Journey| statements(it).ended().map(|it| it.as_str().to_owned());
    assert_eq!((ended(&journey).as_deref(), unseen(&journey)), (Some("0"), None), "somebody looks");
    run(&mut journey, "sleep(2)");
    journey.tell(Event::Hidden);
    journey.pass(130);
    assert_eq!(unseen(&journey).as_deref(), Some("1"));
    journey.tell(Event::Shown);
    assert_eq!((ended(&journey).as_deref(), unseen(&journey)), (Some("1"), None));
}

/// The session is being recovered: it ran before the server was started again.
fn recovering(call: &Call, mut answer: Answer) -> Answer {
    if matches!(call, Call::Session(_)) {
        answer.body = answer.body.replace("\"idle\"", "\"recovering\"");
    }
    answer
}

#[test]
fn a_session_that_recovers_has_the_statements_that_it_had() {
    let mut journey = desk("etl");
    run(&mut journey, "1 + 1");
    journey.pass(3);
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    other.coming.clear();
    other.twist = Some(recovering);
    lend(&mut other, BROWSER);
    other.pass(20);
    assert_eq!((other.state(), statements(&other).total()), ("recovering", None));
    other.twist = None;
    other.pass(30);
    assert_eq!((other.state(), text(&other, 0).as_str()), ("idle", "2"));
}

#[test]
fn what_ran_when_the_session_ended_is_not_open_any_more() {
    let ends = ["dies-in-a-statement", "etl"];
    for name in ends {
        let mut journey = desk(name);
        run(&mut journey, "time.sleep(300)");
        journey.pass(5);
        assert!(entry(&journey, 0).is_open(), "{name}");
        if name == "etl" {
            journey.elsewhere("DELETE", "/sessions/0", "");
        }
        journey.pass(40);
        let it = entry(&journey, 0);
        assert_eq!(
            (it.is_open(), it.is_cut_off, it.statement.state.as_str()),
            (false, true, "running"),
            "{name}"
        );
        let sent = journey.calls_since(0, is_of_statements);
        journey.tell(Event::CancelAsked(StatementId::numbered(0).unwrap()));
        journey.pass(1_000);
        assert_eq!(journey.calls_since(0, is_of_statements), sent, "{name}");
        assert_eq!(statements(&journey).ended(), None, "{name}: it is not known to have finished");
    }
}

#[test]
fn what_ran_before_the_page_was_there_has_run_for_longer() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(60)");
    journey.pass(5);
    run(&mut journey, "time.sleep(61)");
    journey.pass(5);
    assert!(!entry(&journey, 0).ran_before());
    let mut other = other_tab(&journey);
    other.pass(70);
    // The first one ran, and the second one was seen to begin.
    assert_eq!((entry(&other, 0).ran_before(), entry(&other, 1).ran_before()), (true, false));
    assert!(entry(&other, 1).runs_since.is_some());
}
