//! Statements of more than one session: none waits for another's, and what runs goes on while another page is open.

use console::{Event, Origin, Press, Route};
use fake_livy::Options;
use livy::{Answer, Call, StatementId};

use crate::person::{Journey, id};
use crate::statements::{BROWSER, desk, entry, is_of_statements, is_run, lend, run, statements, text};

fn is_connect(call: &Call) -> bool {
    matches!(call, Call::Connect(_))
}

fn is_read(call: &Call) -> bool {
    matches!(call, Call::Statement(..))
}

/// A page with two idle sessions, the second one open.
fn two() -> Journey {
    let mut journey = Journey::with("#/new", Options::default(), None);
    lend(&mut journey, BROWSER);
    for name in ["one", "two"] {
        open(&mut journey, Route::New);
        journey.create(name);
        journey.pass(25);
    }
    journey
}

fn open(journey: &mut Journey, route: Route) {
    journey.tell(Event::Opened(route));
}

fn open_session(journey: &mut Journey, number: &str) {
    open(journey, Route::of(&id(number)));
    journey.pass(1);
}

/// Nothing that the pretended server runs takes longer than ten minutes.
fn run_for_fifty_minutes(journey: &mut Journey) {
    for number in 0..5 {
        run(journey, &format!("time.sleep(600) # {number}"));
        journey.pass(1);
    }
}

/// The answer to the last call comes so much later.
fn last_is_slow(journey: &mut Journey, millis: u64) {
    let now = journey.now;
    journey.coming.iter_mut().max_by_key(|it| it.1).unwrap().0 = now + millis;
}

#[test]
fn what_is_slow_in_one_session_does_not_swallow_what_is_pressed_in_another() {
    let mut journey = two();
    open_session(&mut journey, "0");
    run(&mut journey, "1 + 1");
    last_is_slow(&mut journey, 20_000);
    open_session(&mut journey, "1");
    run(&mut journey, "40 + 2");
    assert_eq!(journey.calls_since(0, is_run), 2);
    journey.pass(3);
    assert_eq!((statements(&journey).run().unwrap().word(), text(&journey, 0).as_str()), ("accepted", "42"));
    // Their cancels, too.
    run(&mut journey, "time.sleep(50)");
    journey.pass(2);
    journey.tell(Event::CancelAsked(StatementId::numbered(1).unwrap()));
    last_is_slow(&mut journey, 10_000);
    journey.pass(1);
    open_session(&mut journey, "0");
    journey.pass(18);
    assert_eq!(statements(&journey).run().unwrap().word(), "accepted");
    run(&mut journey, "time.sleep(50)");
    journey.pass(2);
    journey.tell(Event::CancelAsked(StatementId::numbered(1).unwrap()));
    assert_eq!(journey.calls_since(0, |it| matches!(it, Call::CancelStatement(..))), 2);
}

#[test]
fn a_read_of_one_session_holds_up_no_other() {
    let mut journey = two();
    open_session(&mut journey, "0");
    run(&mut journey, "time.sleep(100)");
    journey.pass(1);
    journey.statement_hangs = Some(0);
    journey.pass(2);
    journey.statement_hangs = None;
    open_session(&mut journey, "1");
    run(&mut journey, "40 + 2");
    journey.pass(3);
    assert_eq!(text(&journey, 0), "42");
}

#[test]
fn a_press_while_the_answer_is_on_its_way_is_told_even_where_a_look_was_faster() {
    let mut journey = desk("etl");
    run(&mut journey, "1 + 1");
    last_is_slow(&mut journey, 10_000);
    journey.tell(Event::RefreshAsked);
    journey.pass(2);
    assert_eq!(statements(&journey).run().unwrap().word(), "accepted");
    run(&mut journey, "2 + 2");
    assert_eq!((statements(&journey).press(), journey.calls_since(0, is_run)), (Some(Press::Unanswered), 1));
    journey.pass(10);
    run(&mut journey, "2 + 2");
    assert_eq!((statements(&journey).press(), journey.calls_since(0, is_run)), (Some(Press::Sent), 2));
}

#[test]
fn what_runs_is_kept_from_idling_out_on_whichever_page_one_is() {
    for elsewhere in ["#/", "#/sessions/1"] {
        let mut journey = two();
        open_session(&mut journey, "0");
        run_for_fifty_minutes(&mut journey);
        journey.pass(2);
        match elsewhere {
            "#/" => open(&mut journey, Route::Sessions),
            _ => open_session(&mut journey, "1"),
        }
        let from = journey.now / 1_000;
        journey.pass(2_400);
        let renewed = journey.calls_since(from, is_connect);
        assert!((3..=4).contains(&renewed), "{elsewhere}: {renewed}");
        let reads = journey.calls_since(from, is_read);
        assert!((100..=245).contains(&reads), "{elsewhere}: {reads} reads in 2,400 s");
        journey.pass(800);
        // It has ended: its end is told, and all is quiet.
        let ended = journey.model.ended_unseen().map(|it| (it.0.name().map(str::to_owned), it.1.number()));
        assert_eq!(ended, Some((Some("one".to_owned()), Some(4))), "{elsewhere}");
        let from = journey.now / 1_000 + 1;
        journey.pass(1_500);
        assert_eq!(journey.calls_since(from, is_of_statements), 0, "{elsewhere}");
        open_session(&mut journey, "0");
        assert_eq!(journey.model.ended_unseen(), None, "somebody looks");
    }
}

#[test]
fn nothing_is_kept_for_a_session_that_is_gone() {
    let mut journey = two();
    open_session(&mut journey, "0");
    run_for_fifty_minutes(&mut journey);
    journey.pass(2);
    open(&mut journey, Route::Sessions);
    journey.pass(5);
    journey.elsewhere("DELETE", "/sessions/0", "");
    journey.pass(30);
    let from = journey.now / 1_000 + 1;
    journey.pass(1_500);
    assert_eq!(journey.calls_since(from, is_of_statements), 0);
}

#[test]
fn a_page_that_was_loaded_again_keeps_what_runs_from_idling_out() {
    let mut journey = desk("etl");
    run_for_fifty_minutes(&mut journey);
    journey.pass(2);
    let mut reloaded = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    lend(&mut reloaded, BROWSER);
    reloaded.pass(1_300);
    assert_eq!(entry(&reloaded, 0).origin, Origin::Browser);
    assert_eq!(reloaded.calls_since(0, is_connect), 2);
    // Nobody else does.
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    lend(&mut other, 1);
    other.pass(1_300);
    assert_eq!(other.calls_since(0, is_connect), 0);
}

/// Every output is one of 25 MB.
fn large(call: &Call, mut answer: Answer) -> Answer {
    if is_read(call) && answer.body.contains("text/plain") {
        answer.body =
            answer.body.replace("\"text/plain\":\"", &format!("\"text/plain\":\"{}", "x".repeat(25_000_000)));
    }
    answer
}

#[test]
fn a_tab_has_room_for_so_many_outputs_of_whichever_session() {
    let mut journey = two();
    journey.twist = Some(large);
    let shed = |journey: &Journey| -> Vec<bool> {
        statements(journey).entries().iter().map(|it| it.has_shed_output).collect()
    };
    open_session(&mut journey, "0");
    for code in ["1", "2"] {
        run(&mut journey, code);
        journey.pass(3);
    }
    assert_eq!(shed(&journey), [false, false]);
    open_session(&mut journey, "1");
    run(&mut journey, "3");
    journey.pass(3);
    assert_eq!(shed(&journey), [false]);
    open_session(&mut journey, "0");
    assert_eq!(shed(&journey), [true, false]);
    // What is wanted is read, and stays.
    journey.tell(Event::OutputWanted(StatementId::numbered(0).unwrap()));
    journey.pass(5);
    assert_eq!(shed(&journey), [false, false]);
    assert_eq!(journey.calls_since(journey.now / 1_000 - 3, is_read), 0, "it is read once");
}

#[test]
fn what_is_not_known_of_one_session_is_remembered_beside_another() {
    let mut journey = two();
    open_session(&mut journey, "0");
    run(&mut journey, "40 + 2");
    last_is_slow(&mut journey, 50_000);
    open_session(&mut journey, "1");
    run(&mut journey, "2 + 2");
    journey.pass(3);
    assert_eq!(statements(&journey).run().unwrap().word(), "accepted");
    // The page is loaded again, at the session whose statement is known, and goes to the other one.
    let mut reloaded = Journey::before("#/sessions/1", journey.cluster.clone(), journey.now, None, None);
    reloaded.run_intent.clone_from(&journey.run_intent);
    lend(&mut reloaded, BROWSER);
    reloaded.pass(5);
    assert!(statements(&reloaded).run().is_none());
    open_session(&mut reloaded, "0");
    reloaded.pass(5);
    assert_eq!((statements(&reloaded).run().unwrap().word(), text(&reloaded, 0).as_str()), ("found", "42"));
    assert_eq!(reloaded.run_intent, None);
}

#[test]
fn what_had_ended_before_it_was_found_is_told_too() {
    let mut journey = two();
    open_session(&mut journey, "0");
    run(&mut journey, "1 + 1");
    last_is_slow(&mut journey, 3_000);
    journey.coming.iter_mut().max_by_key(|it| it.1).unwrap().2 = Err(livy::CallError::Unreachable);
    open(&mut journey, Route::Sessions);
    journey.pass(30);
    assert_eq!(journey.model.ended_unseen().and_then(|it| it.1.number()), Some(0));
}
