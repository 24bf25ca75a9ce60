//! What the server still has: how many, which are gone, and that one of them may be what was sent.

use console::{Event, Place};
use livy::{Answer, Call, CallError};

use crate::person::Journey;
use crate::statements::{
    BROWSER, desk, entry, is_of_statements, is_run, lend, number, run, statements, word,
};
use crate::statements_stuck::{numbers, other_tab, others};

/// A page that was loaded again while the answer to a statement was on its way: so many of others came before it, and after it.
fn reloaded(known: usize, before: usize, after: usize) -> Journey {
    let mut journey = desk("loses-statement-answers");
    others(&mut journey, known);
    journey.tell(Event::RefreshAsked);
    journey.pass(known as u64 / 2 + 5);
    assert_eq!(numbers(&journey).len(), known);
    others(&mut journey, before);
    run(&mut journey, "40 + 2");
    let intent = journey.run_intent.clone();
    others(&mut journey, after);
    journey.pass(60);
    let mut later = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    later.run_intent = intent;
    lend(&mut later, BROWSER);
    later
}

#[test]
fn after_a_reload_it_is_found_wherever_it_stands() {
    for (known, before, after) in [(3, 1, 0), (3, 1, 30), (0, 2, 40), (1, 5, 60), (4, 0, 25), (30, 7, 33)] {
        let mut later = reloaded(known, before, after);
        later.pass(45);
        assert_eq!(
            (word(&later), number(&later)),
            ("found", Some((known + before) as u64)),
            "{known} {before} {after}"
        );
        assert!(statements(&later).entry(statements(&later).run().unwrap().statement().unwrap()).is_some());
        assert_eq!(later.calls_since(0, is_run), 0);
    }
}

#[test]
fn what_the_server_has_let_go_meanwhile_is_not_called_absent() {
    for known in [0, 3] {
        let mut later = reloaded(known, 1, 130);
        later.pass(200);
        assert_eq!(statements(&later).entries().last().unwrap().id().number(), Some(known as u64 + 131));
        assert_eq!(word(&later), "unknown", "it may have run");
    }
}

#[test]
fn what_was_let_go_before_it_was_looked_for_is_not_called_absent() {
    for before in [0, 2] {
        let mut journey = keeps(3);
        journey.tell(Event::Opened(Place::parse("#/sessions/0").route));
        journey.pass(5);
        for _ in 0..before {
            run(&mut journey, "1");
            journey.pass(3);
        }
        run(&mut journey, "40 + 2");
        let now = journey.now;
        let last = journey.coming.iter_mut().max_by_key(|it| it.1).unwrap();
        (last.0, last.2) = (now + 50, Err(CallError::Unreachable));
        others(&mut journey, 5);
        journey.pass(120);
        assert_eq!(word(&journey), "unknown", "{before}: it has run");
        assert!(statements(&journey).run().unwrap().may_be_gone());
        assert_eq!(statements(&journey).entries().last().unwrap().id().number(), Some(before + 5));
    }
}

#[test]
fn whoever_comes_back_after_very_many_have_run_sees_them() {
    let mut journey = keeps(3);
    journey.tell(Event::Opened(Place::parse("#/sessions/0").route));
    journey.pass(5);
    for code in ["1", "2"] {
        run(&mut journey, code);
        journey.pass(3);
    }
    journey.tell(Event::Hidden);
    journey.pass(30);
    others(&mut journey, 20);
    journey.pass(600);
    journey.tell(Event::Shown);
    journey.pass(20);
    assert_eq!(statements(&journey).entries().last().unwrap().id().number(), Some(21));
    assert_eq!(evicted(&journey), [0, 1]);
    assert_eq!(statements(&journey).total(), Some(3));
}

#[test]
fn how_many_there_are_is_known_from_the_beginning_and_never_more_than_are_kept() {
    let mut journey = desk("etl");
    for count in [60, 65] {
        others(&mut journey, count);
        journey.tell(Event::RefreshAsked);
        journey.pass(40);
    }
    assert_eq!(numbers(&journey).len(), 125);
    assert_eq!(statements(&journey).total(), Some(100));
    let mut other = other_tab(&journey);
    other.pass(8);
    assert_eq!(statements(&other).total(), Some(100));
    others(&mut other, 3);
    other.tell(Event::RefreshAsked);
    other.pass(5);
    assert_eq!(statements(&other).total(), Some(100));
}

fn synapse(call: &Call, mut answer: Answer) -> Answer {
    match call {
        Call::Statement(..) => (answer.status, answer.body) = (400, "\"no number\"".into()),
        Call::Statements { .. } | Call::NewStatements { .. } => {
            answer.body = r#"{"total_statements":7,"statements":[{"id":"a-b","state":"available"}]}"#.into();
        }
        _ => {}
    }
    answer
}

#[test]
fn how_many_a_server_of_other_ids_has_is_told_where_it_tells() {
    let journey = desk("etl");
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    other.twist = Some(synapse);
    lend(&mut other, BROWSER);
    other.pass(5);
    assert_eq!(statements(&other).total(), Some(7));
}

fn without_conf(call: &Call, mut answer: Answer) -> Answer {
    if matches!(call, Call::Session(_) | Call::Sessions { .. }) {
        answer.body = answer.body.replace("livy.rsc.retained-statements", "x");
    }
    answer
}

/// A session that keeps so many.
fn keeps(count: usize) -> Journey {
    let mut journey = Journey::at("#/");
    let body =
        format!(r#"{{"kind":"pyspark","name":"few","conf":{{"livy.rsc.retained-statements":"{count}"}}}}"#);
    journey.elsewhere("POST", "/sessions", &body);
    lend(&mut journey, BROWSER);
    journey.pass(20);
    journey
}

fn evicted(journey: &Journey) -> Vec<u64> {
    let gone = statements(journey).entries().iter().filter(|it| it.is_evicted);
    gone.filter_map(|it| it.id().number()).collect()
}

#[test]
fn what_the_server_has_let_go_says_so_by_itself() {
    for (is_told, kept) in [(true, 3), (false, 3), (false, 1), (false, 4)] {
        let mut journey = keeps(kept);
        if !is_told {
            journey.twist = Some(without_conf);
        }
        journey.tell(Event::Opened(Place::parse("#/sessions/0").route));
        journey.pass(5);
        for code in 0..kept + 2 {
            run(&mut journey, &code.to_string());
            journey.pass(3);
        }
        assert_eq!(evicted(&journey), [0, 1], "{is_told} {kept}");
        assert_eq!(statements(&journey).total(), Some(kept as u64), "{is_told} {kept}");
        let from = journey.now / 1_000 + 1;
        journey.pass(300);
        assert!(journey.calls_since(from, is_of_statements) <= 3);
    }
}

#[test]
fn what_the_server_has_is_not_called_gone() {
    let mut journey = desk("etl");
    for code in 0..12 {
        run(&mut journey, &code.to_string());
        journey.pass(2);
    }
    assert_eq!(evicted(&journey), Vec::<u64>::new());
    assert!(!entry(&journey, 0).is_evicted);
}
