//! Few calls, and the truth about what is sent, cancelled, and kept from idling out.

use console::{Event, Origin};
use livy::{Call, CallError, StatementId};

use crate::person::Journey;
use crate::statements::{cancelled, desk, entry, is_of_statements, is_run, run, statements, word};
use crate::statements_stuck::other_tab;

fn busiest(journey: &Journey, from: u64) -> usize {
    let count = |sec: u64| journey.sent.iter().filter(|(at, _)| *at == sec).count();
    (from..=journey.now / 1_000).map(count).max().unwrap_or_default()
}

#[test]
fn many_cancels_are_sent_as_the_second_has_room() {
    let mut journey = desk("etl");
    for code in 0..12 {
        run(&mut journey, &format!("time.sleep(50) # {code}"));
        journey.pass(2);
    }
    let from = journey.now / 1_000;
    journey.tell(Event::CancelWaitingAsked);
    journey.pass(10);
    let states: Vec<_> =
        statements(&journey).entries().iter().map(|it| it.statement.state.as_str()).collect();
    assert!(states[1..].iter().all(|it| *it == "cancelled"), "{states:?}");
    assert!(busiest(&journey, from) <= 5, "{} calls in a second", busiest(&journey, from));
    assert_eq!(cancelled(&journey), (1..12).rev().collect::<Vec<_>>());
}

#[test]
fn an_empty_session_that_is_opened_by_its_link_is_asked_three_times() {
    let journey = desk("etl");
    let mut other = other_tab(&journey);
    other.pass(300);
    assert_eq!(statements(&other).total(), Some(0));
    assert!(other.calls_since(0, is_of_statements) <= 3);
}

#[test]
fn a_long_run_that_keeps_the_session_is_not_said_to_let_it_idle_out() {
    let mut journey = desk("etl");
    for number in 0..6 {
        run(&mut journey, &format!("time.sleep(600) # {number}"));
        journey.pass(1);
    }
    journey.pass(3_400);
    assert_eq!(journey.state(), "busy");
    let near = |journey: &Journey| journey.model.watch().unwrap().ends_soon(journey.moment());
    assert_eq!(near(&journey), None);
    let at = journey.model.watch().unwrap().expiries(journey.moment())[0].at.unwrap();
    assert!(at >= journey.moment().after(std::time::Duration::from_secs(2_900)));
    // Where the person has switched that off, the truth is said.
    let mut journey = desk("etl");
    journey.tell(Event::BusyKept(false));
    for number in 0..6 {
        run(&mut journey, &format!("time.sleep(600) # {number}"));
        journey.pass(1);
    }
    journey.pass(3_100);
    assert!(near(&journey).is_some());
}

fn cancel_word(journey: &Journey) -> Option<&'static str> {
    let busy = journey.state() == "busy";
    statements(journey).cancel_word(&StatementId::numbered(0).unwrap(), busy)
}

#[test]
fn what_runs_on_after_a_cancel_of_another_tab_says_so() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(120)");
    journey.pass(2);
    // Open all the time, and opened after Livy has given it up.
    let mut looking = other_tab(&journey);
    looking.pass(5);
    assert_eq!(entry(&looking, 0).origin, Origin::Browser);
    looking.elsewhere("POST", "/sessions/0/statements/0/cancel", "");
    looking.pass(45);
    assert_eq!(
        (entry(&looking, 0).statement.state.as_str(), cancel_word(&looking)),
        ("cancelled", Some("unheeded"))
    );
    let mut later = other_tab(&looking);
    later.pass(10);
    assert_eq!(
        (entry(&later, 0).statement.state.as_str(), cancel_word(&later)),
        ("cancelled", Some("unheeded"))
    );
    later.pass(100);
    assert_eq!((later.state(), cancel_word(&later)), ("idle", None));
}

#[test]
fn one_that_was_cancelled_long_ago_is_not_said_to_run_on() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(40)");
    journey.pass(2);
    journey.tell(Event::CancelAsked(StatementId::numbered(0).unwrap()));
    journey.pass(60);
    run(&mut journey, "time.sleep(100)");
    journey.pass(3);
    // Its output is taken away: a server that has none of a cancelled one.
    let mut later = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    later.twist = Some(|call, mut answer| {
        if matches!(call, Call::Statement(_, id) if id.number() == Some(0)) {
            let at = answer.body.find("\"output\":").unwrap();
            let end = answer.body.find(",\"progress\"").unwrap_or(answer.body.len() - 1);
            if at < end {
                answer.body.replace_range(at + 9..end, "null");
            }
        }
        answer
    });
    crate::statements::lend(&mut later, crate::statements::BROWSER);
    later.pass(15);
    assert_eq!(entry(&later, 0).statement.state.as_str(), "cancelled");
    assert_eq!(cancel_word(&later), None);
}

#[test]
fn a_look_that_is_faster_than_the_answer_loses_nothing() {
    for (lost, fate) in [(false, "accepted"), (true, "found")] {
        let mut journey = desk("etl");
        run(&mut journey, "1 + 1");
        let now = journey.now;
        let last = journey.coming.iter_mut().max_by_key(|it| it.1).unwrap();
        last.0 = now + 10_000;
        if lost {
            last.2 = Err(CallError::Unreachable);
        }
        journey.tell(Event::RefreshAsked);
        journey.pass(2);
        assert_eq!(word(&journey), "accepted", "the server has it, and nothing is lost yet");
        assert_eq!(statements(&journey).ended().and_then(StatementId::number), Some(0));
        journey.pass(10);
        assert_eq!((word(&journey), journey.calls_since(0, is_run)), (fate, 1));
    }
}
