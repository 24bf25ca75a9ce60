//! What does not move on, or cannot be read, holds up nothing else.

use console::{Event, Reading};
use livy::{Answer, Call, StatementId};

use crate::person::Journey;
use crate::statements::{BROWSER, desk, entry, is_of_statements, lend, run, statements, text};

const POST: &str = "/sessions/0/statements";

/// Somebody else sends so many statements.
pub fn others(journey: &mut Journey, count: usize) {
    for number in 0..count {
        journey.elsewhere("POST", POST, &format!("{{\"code\":\"{number}\"}}"));
    }
}

/// Another tab of the same person.
pub fn other_tab(journey: &Journey) -> Journey {
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    lend(&mut other, BROWSER);
    other
}

pub fn numbers(journey: &Journey) -> Vec<u64> {
    statements(journey).entries().iter().filter_map(|it| it.id().number()).collect()
}

fn wanted(journey: &mut Journey, number: u64) {
    journey.tell(Event::OutputWanted(StatementId::numbered(number).unwrap()));
}

/// A session whose first statement waits for ever.
fn with_a_stuck_one() -> Journey {
    let mut journey = desk("etl");
    journey.elsewhere("POST", POST, r#"{"code":"1","kind":"shared"}"#);
    journey.tell(Event::RefreshAsked);
    journey.pass(3);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "waiting");
    journey
}

#[test]
fn behind_one_that_waits_for_ever_the_others_are_read() {
    for waits in [0, 30, 200] {
        let mut journey = with_a_stuck_one();
        journey.pass(waits);
        for (number, code) in [(1, "40 + 2"), (2, "40 + 3")] {
            run(&mut journey, code);
            journey.pass(2);
            assert_eq!(text(&journey, number), (41 + number).to_string(), "{waits}");
        }
        // One that runs is followed as if nothing waited before it.
        run(&mut journey, "time.sleep(6)");
        run(&mut journey, "5");
        journey.pass(2);
        assert_eq!(entry(&journey, 3).statement.state.as_str(), "running", "{waits}");
        journey.pass(6);
        assert_eq!(entry(&journey, 3).statement.state.as_str(), "available", "{waits}");
    }
}

#[test]
fn what_others_send_is_seen_behind_one_that_waits_for_ever() {
    let mut journey = with_a_stuck_one();
    journey.pass(100);
    journey.elsewhere("POST", POST, r#"{"code":"time.sleep(60)"}"#);
    journey.pass(22);
    assert_eq!(numbers(&journey), [0, 1]);
    assert_eq!(entry(&journey, 1).statement.state.as_str(), "running");
}

#[test]
fn an_idle_session_in_which_one_waits_for_ever_is_left_alone() {
    let mut journey = with_a_stuck_one();
    journey.pass(90);
    let from = journey.now / 1_000 + 1;
    journey.pass(300);
    let asked = journey.calls_since(from, is_of_statements);
    assert!((1..=3).contains(&asked), "{asked} calls in five minutes");
    assert!(entry(&journey, 0).is_stuck && entry(&journey, 0).is_open());
    // It is the session's first and moves on after all.
    journey.twist = Some(|_, mut answer| {
        answer.body = answer.body.replace("\"waiting\"", "\"running\"");
        answer
    });
    journey.tell(Event::RefreshAsked);
    journey.pass(2);
    assert!(!entry(&journey, 0).is_stuck);
}

#[test]
fn what_waits_behind_one_that_runs_is_not_stuck() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(200)");
    journey.pass(1);
    run(&mut journey, "1");
    journey.pass(150);
    assert!(!entry(&journey, 1).is_stuck);
    assert_eq!(statements(&journey).ahead(&StatementId::numbered(1).unwrap()), 1);
}

/// The session is idle, and its first statement is said to run for ever.
fn runs_in_idle(call: &Call, mut answer: Answer) -> Answer {
    if matches!(call, Call::Statement(_, id) if id.number() == Some(0)) {
        answer.body = answer.body.replace("\"waiting\"", "\"running\"");
    }
    answer
}

#[test]
fn one_that_runs_for_ever_in_an_idle_session_holds_up_nothing_else() {
    let mut journey = with_a_stuck_one();
    journey.twist = Some(runs_in_idle);
    journey.tell(Event::RefreshAsked);
    journey.pass(100);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "running");
    assert!(entry(&journey, 0).is_stuck);
    run(&mut journey, "40 + 2");
    journey.pass(3);
    assert_eq!(text(&journey, 1), "42");
    // While nobody knows how the session is, nothing is said of it.
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(300)");
    journey.holds = Some(|it| matches!(it, Call::Session(_)));
    journey.pass(200);
    assert!(!entry(&journey, 0).is_stuck);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "running");
}

fn paused(_: &Call, mut answer: Answer) -> Answer {
    for word in ["running", "waiting"] {
        answer.body = answer.body.replace(&format!("\"state\":\"{word}\""), "\"state\":\"paused\"");
    }
    answer
}

fn first_is_paused(call: &Call, mut answer: Answer) -> Answer {
    if matches!(call, Call::Statement(_, id) if id.number() == Some(0)) {
        answer.body = answer.body.replace("\"state\":\"available\"", "\"state\":\"paused\"");
        return paused(call, answer);
    }
    answer
}

#[test]
fn a_word_that_nobody_knows_is_shown_after_one_that_is_known() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(20)");
    journey.pass(3);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "running");
    journey.twist = Some(paused);
    journey.pass(4);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "paused");
    journey.twist = None;
    journey.pass(4);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "running");
    journey.pass(20);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "available");
}

#[test]
fn behind_one_in_a_state_that_nobody_knows_the_others_are_read() {
    let mut journey = desk("etl");
    journey.twist = Some(first_is_paused);
    run(&mut journey, "1");
    journey.pass(3);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "paused");
    run(&mut journey, "40 + 2");
    journey.pass(3);
    assert_eq!(text(&journey, 1), "42");
}

/// What a gateway says that does not carry so much, or that has cut it.
fn unsendable() -> [Answer; 2] {
    let page = Answer {
        status: 502,
        content_type: Some("text/html".into()),
        body: "<html><title>502 Bad Gateway</title></html>".into(),
        ..Answer::default()
    };
    let half = Answer {
        status: 200,
        content_type: Some("application/json".into()),
        body: r#"{"id":1,"code":"1","state":"available","output":{"status":"ok","data":{"te"#.into(),
        ..Answer::default()
    };
    [page, half]
}

#[test]
fn an_output_over_the_limit_of_a_gateway_holds_up_nothing_else() {
    for failing in unsendable() {
        let mut journey = desk("etl");
        journey.statement_instead = Some((0, failing.clone()));
        run(&mut journey, "1");
        journey.pass(2);
        run(&mut journey, "40 + 2");
        journey.pass(40);
        assert_eq!(text(&journey, 1), "42", "{failing:?}");
        assert!(entry(&journey, 0).trouble.is_some(), "{failing:?}");
        assert_eq!(statements(&journey).reading(), Reading::Read, "{failing:?}");
        let from = journey.now / 1_000 + 1;
        journey.pass(300);
        assert!(journey.calls_since(from, is_of_statements) <= 3, "{failing:?}");
        // A person tries again: in vain, and then not.
        wanted(&mut journey, 0);
        journey.pass(20);
        assert!(entry(&journey, 0).trouble.is_some(), "{failing:?}");
        journey.statement_instead = None;
        wanted(&mut journey, 0);
        journey.pass(3);
        assert_eq!(text(&journey, 0), "1", "{failing:?}");
    }
}

#[test]
fn a_page_that_opens_reads_around_what_cannot_be_read() {
    for failing in unsendable() {
        for which in 0..3 {
            let mut journey = desk("etl");
            for code in ["1", "2", "3"] {
                run(&mut journey, code);
                journey.pass(2);
            }
            let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
            other.statement_instead = Some((which, failing.clone()));
            lend(&mut other, BROWSER);
            other.pass(60);
            assert_eq!(
                (numbers(&other), statements(&other).reading()),
                (vec![0, 1, 2], Reading::Read),
                "{which}"
            );
            assert!(entry(&other, which).trouble.is_some(), "{which}");
            other.statement_instead = None;
            wanted(&mut other, which);
            other.pass(3);
            assert_eq!(text(&other, which), (which + 1).to_string());
            assert_eq!(entry(&other, which).origin, console::Origin::Browser);
        }
    }
}

#[test]
fn an_outage_blames_no_statement() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(400)");
    journey.pass(3);
    for _ in 0..5 {
        journey.instead = Some(unsendable()[0].clone());
        journey.pass(20);
        journey.instead = None;
        journey.pass(20);
    }
    assert!(entry(&journey, 0).trouble.is_none() && entry(&journey, 0).is_open());
}

#[test]
fn around_one_that_cannot_be_read_the_older_ones_are() {
    let mut journey = desk("etl");
    others(&mut journey, 60);
    journey.pass(25);
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    let body = "\"java.util.concurrent.ExecutionException: x\"".to_owned();
    let failing =
        Answer { status: 500, content_type: Some("application/json".into()), body, ..Answer::default() };
    other.statement_instead = Some((35, failing));
    lend(&mut other, BROWSER);
    other.pass(20);
    for _ in 0..2 {
        other.tell(Event::OlderAsked);
        other.pass(20);
    }
    assert_eq!(numbers(&other), (0..60).collect::<Vec<_>>());
    assert!(entry(&other, 35).trouble.is_some());
    let from = other.now / 1_000 + 1;
    other.tell(Event::OlderAsked);
    other.pass(20);
    assert_eq!(other.calls_since(from, is_of_statements), 0);
}

fn refusal(status: u16) -> Answer {
    Answer {
        status,
        content_type: Some("application/json".into()),
        body: "\"no\"".into(),
        ..Answer::default()
    }
}

#[test]
fn one_refused_read_does_not_end_the_watch_of_what_runs() {
    for status in [401, 403] {
        for of_all in [false, true] {
            let mut journey = desk("etl");
            run(&mut journey, "time.sleep(12)");
            journey.pass(3);
            journey.statement_instead = (!of_all).then(|| (0, refusal(status)));
            journey.twist = of_all.then_some(|call, answer| match call {
                Call::Statement(..) => refusal(401),
                _ => answer,
            });
            journey.pass(3);
            assert_eq!(statements(&journey).reading(), Reading::Stale, "{status}");
            (journey.statement_instead, journey.twist) = (None, None);
            journey.pass(14);
            assert_eq!(entry(&journey, 0).statement.state.as_str(), "available", "{status} {of_all}");
            assert_eq!(statements(&journey).reading(), Reading::Read, "{status} {of_all}");
        }
    }
}

#[test]
fn who_may_not_read_statements_is_asked_for_them_seldom() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(900)");
    journey.pass(3);
    journey.statement_instead = Some((0, refusal(403)));
    journey.pass(60);
    let from = journey.now / 1_000;
    journey.pass(300);
    let asked = journey.calls_since(from, is_of_statements);
    assert!((8..=16).contains(&asked), "{asked}");
}

#[test]
fn a_server_that_refuses_the_session_too_is_left_alone() {
    for status in [401, 403] {
        let mut journey = desk("etl");
        run(&mut journey, "time.sleep(900)");
        journey.pass(3);
        journey.instead = Some(refusal(status));
        journey.pass(5);
        let from = journey.now / 1_000;
        journey.pass(300);
        assert_eq!(journey.calls_since(from, is_of_statements), 0, "{status}");
        journey.instead = None;
        journey.tell(Event::RefreshAsked);
        journey.pass(5);
        assert_eq!(statements(&journey).reading(), Reading::Read, "{status}");
    }
}

#[test]
fn what_the_server_can_never_send_does_not_wait() {
    let jetty = Answer {
        status: 500,
        content_type: Some("application/json".into()),
        body: r#"{"servlet":"x","message":"Incomplete (chain: Statement[&quot;output&quot;])","url":"/","status":"500"}"#
            .into(),
        ..Answer::default()
    };
    let mut journey = desk("etl");
    journey.statement_instead = Some((0, jetty));
    run(&mut journey, "print('\\ud800')");
    journey.pass(20);
    let it = entry(&journey, 0);
    assert_eq!((it.statement.state.as_str(), it.code(), it.is_open()), ("", Some("print('\\ud800')"), false));
    let why = it.trouble.as_ref().and_then(|it| it.words()).unwrap();
    assert_eq!(why, "Incomplete (chain: Statement[\"output\"])");
    assert_eq!(statements(&journey).reading(), Reading::Read);
    journey.statement_instead = None;
    wanted(&mut journey, 0);
    journey.pass(3);
    assert_eq!(entry(&journey, 0).statement.state.as_str(), "available");
}
