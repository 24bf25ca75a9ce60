//! Statements on the virtual clock: their fate, their reading, their cancels, and what is not asked.

use console::{
    Cancel, Effect, Event, LendStatements, Lent, Mark, Origin, Press, Reading, Route, RunStage,
    StatementEntry, Statements,
};
use fake_livy::Options;
use livy::{Answer, Call, CallError, Kind, StatementId, StatementState};

use crate::person::{Journey, id};

/// The browser's own number.
pub const BROWSER: u16 = 0xbee;

pub fn lend(journey: &mut Journey, browser: u16) {
    let intent = journey.run_intent.clone();
    let lent = Lent::Statements(LendStatements { make: console::statements_machine, browser, intent });
    let effects = journey.model.lend(lent, journey.moment());
    journey.perform(effects);
}

/// A page with an idle session of that name, made from it.
pub fn desk(name: &str) -> Journey {
    desk_with(name, Options::default())
}

pub fn desk_with(name: &str, options: Options) -> Journey {
    let mut journey = Journey::with("#/new", options, None);
    journey.pass(1);
    lend(&mut journey, BROWSER);
    journey.create(name);
    journey.pass(20);
    journey
}

pub fn run(journey: &mut Journey, code: &str) {
    journey.tell(Event::RunAsked { code: code.to_owned(), kind: None, again: false });
}

pub fn statements(journey: &Journey) -> &Statements {
    journey.model.statements().unwrap()
}

pub fn entry(journey: &Journey, number: u64) -> &StatementEntry {
    statements(journey).entry(&StatementId::numbered(number).unwrap()).unwrap()
}

pub fn word(journey: &Journey) -> &'static str {
    statements(journey).run().unwrap().word()
}

/// Which statement what was run became, as far as is known.
pub fn number(journey: &Journey) -> Option<u64> {
    statements(journey).run().unwrap().statement().and_then(StatementId::number)
}

pub fn text(journey: &Journey, number: u64) -> String {
    let output = entry(journey, number).statement.output.as_ref().unwrap();
    output.result("text/plain").and_then(livy::Json::text).unwrap().into_owned()
}

pub fn is_run(call: &Call) -> bool {
    matches!(call, Call::Run { .. })
}

/// Of which statements a cancel was sent, in that order.
pub fn cancelled(journey: &Journey) -> Vec<u64> {
    let number = |it: &Call| match it {
        Call::CancelStatement(_, id) => id.number(),
        _ => None,
    };
    journey.sent.iter().filter_map(|it| number(&it.1)).collect()
}

pub fn is_of_statements(call: &Call) -> bool {
    matches!(
        call,
        Call::Run { .. }
            | Call::Statement(..)
            | Call::Statements { .. }
            | Call::NewStatements { .. }
            | Call::CancelStatement(..)
            | Call::Connect(_)
    )
}

/// How many statements the server has.
pub fn on_server(journey: &mut Journey) -> u64 {
    let address = journey.model.watch().unwrap().address().clone();
    let (_, answer) = journey.ask(&Call::Statements { session: address, from: 0, size: 0 });
    answer.unwrap().statements().unwrap().total.unwrap()
}

#[test]
fn run_once_and_read_what_came() {
    let mut journey = desk("etl");
    assert_eq!(statements(&journey).reading(), Reading::Read);
    run(&mut journey, "1 + 1");
    journey.pass(2);
    assert_eq!((word(&journey), text(&journey, 0).as_str()), ("accepted", "2"));
    let it = entry(&journey, 0);
    assert_eq!((it.code(), it.origin, it.is_open()), (Some("1 + 1"), Origin::Here, false));
    assert_eq!((journey.calls_since(0, is_run), journey.run_intent.as_deref()), (1, None));
    assert_eq!(statements(&journey).press(), Some(Press::Sent));
    assert_eq!(
        (statements(&journey).total(), statements(&journey).run().unwrap().statement()),
        (Some(1), Some(it.id()))
    );
    let body = journey.sent.iter().find_map(|it| it.1.body().filter(|_| is_run(&it.1))).unwrap();
    assert!(!body.contains("kind"), "the session's own kind is not sent");
}

#[test]
fn what_was_sent_from_here_keeps_its_language() {
    let mut journey = desk("etl");
    journey.tell(Event::RunAsked { code: "select 1 as one".to_owned(), kind: Some(Kind::Sql), again: false });
    journey.pass(2);
    run(&mut journey, "1 + 1");
    journey.pass(2);
    let language = |number| statements(&journey).language(entry(&journey, number).id());
    assert_eq!((language(0), language(1)), (Some(Kind::Sql), None));
}

#[test]
fn a_lost_answer_is_unknown_and_found_by_its_mark() {
    for story in ["loses-statement-answers", "gateway-loses-statements"] {
        let mut journey = desk(story);
        run(&mut journey, "1 + 1");
        let stored = journey.run_intent.clone().unwrap();
        assert!(!stored.contains("1 + 1"), "no code is stored: {stored}");
        journey.pass(1);
        let seen = word(&journey);
        journey.pass(3);
        assert_eq!((seen, word(&journey)), ("unknown", "found"), "{story}");
        assert_eq!((on_server(&mut journey), journey.calls_since(0, is_run)), (1, 1), "{story}");
        assert_eq!((entry(&journey, 0).origin, text(&journey, 0).as_str()), (Origin::Here, "2"), "{story}");
        assert_eq!(journey.run_intent, None);
    }
}

#[test]
fn a_reload_in_between_finds_it_and_keeps_no_code() {
    let mut journey = desk("loses-statement-answers");
    run(&mut journey, "40 + 2");
    let mut reloaded =
        Journey::before("#/sessions/0", journey.cluster.clone(), journey.now + 500, None, None);
    // The request has arrived, and the page went before its answer.
    reloaded.run_intent.clone_from(&journey.run_intent);
    lend(&mut reloaded, BROWSER);
    reloaded.pass(8);
    assert_eq!((word(&reloaded), text(&reloaded, 0).as_str()), ("found", "42"));
    assert_eq!((entry(&reloaded, 0).origin, reloaded.calls_since(0, is_run)), (Origin::Here, 0));
    // One more page: its fate is known, and whose it was still is.
    let mut later = Journey::before("#/sessions/0", reloaded.cluster.clone(), reloaded.now, None, None);
    lend(&mut later, BROWSER);
    later.pass(8);
    assert_eq!((entry(&later, 0).origin, entry(&later, 0).code()), (Origin::Browser, Some("40 + 2")));
    let mut other = Journey::before("#/sessions/0", reloaded.cluster.clone(), reloaded.now, None, None);
    lend(&mut other, 1);
    other.pass(8);
    assert_eq!(entry(&other, 0).origin, Origin::Elsewhere);
}

#[test]
fn what_never_arrived_is_absent_only_after_half_a_minute() {
    let mut journey = desk("statements-never-arrive");
    run(&mut journey, "1");
    journey.pass(25);
    assert_eq!(word(&journey), "unknown");
    run(&mut journey, "2");
    assert_eq!(statements(&journey).press(), Some(Press::Unanswered));
    journey.pass(40);
    assert_eq!((word(&journey), journey.calls_since(0, is_run)), ("absent", 1));
    run(&mut journey, "1");
    assert_eq!((statements(&journey).press(), journey.calls_since(0, is_run)), (Some(Press::Sent), 2));
}

#[test]
fn a_repeated_request_is_seen() {
    let mut journey = desk("statements-arrive-twice");
    run(&mut journey, "1 + 1");
    journey.pass(3);
    let (first, second) = (StatementId::numbered(0).unwrap(), StatementId::numbered(1).unwrap());
    assert_eq!(statements(&journey).run().unwrap().stage, RunStage::Twice(first, vec![second]));
    assert_eq!(journey.calls_since(0, is_run), 1);
}

#[test]
fn without_the_code_a_person_says_which_it_is() {
    for story in ["trims-code", "no-echo"] {
        let mut journey = desk(story);
        // The answer to the one call is lost on its way.
        journey.tell(Event::RunAsked { code: "1 + 1".into(), kind: None, again: false });
        for coming in journey.coming.iter_mut().filter(|it| it.2.as_ref().is_ok_and(|it| it.status == 201)) {
            coming.2 = Err(CallError::Unreachable);
        }
        journey.pass(4);
        let expected = StatementId::numbered(0);
        let RunStage::Unknown { maybe, .. } = &statements(&journey).run().unwrap().stage else {
            panic!("{story}")
        };
        assert_eq!(*maybe, expected, "{story}");
        journey.tell(Event::RunConfirmed);
        assert_eq!((word(&journey), entry(&journey, 0).origin), ("found", Origin::Here), "{story}");
    }
}

#[test]
fn refusals_keep_the_servers_words_and_a_view_stays_a_view() {
    let mut journey = desk("view-only");
    run(&mut journey, "1");
    journey.pass(2);
    assert_eq!(word(&journey), "refused");
    assert_eq!(statements(&journey).forbidden().and_then(CallError::status), Some(403));
    assert_eq!(statements(&journey).reading(), Reading::Read);
    // Livy's own 500: one look decides.
    let mut journey = desk("etl");
    let asked = |journey: &Journey| journey.calls_since(0, |it| matches!(it, Call::Statement(..)));
    run(&mut journey, "1");
    journey.coming.retain(|it| it.2.as_ref().is_ok_and(|it| it.status != 201));
    let before = asked(&journey);
    let ticket = journey.effects.iter().rev().find_map(|it| match it {
        Effect::Call { ticket, call } if is_run(call) => Some(*ticket),
        _ => None,
    });
    let body = "\"java.util.concurrent.ExecutionException: x\"".to_owned();
    let result =
        Ok(Answer { status: 500, content_type: Some("application/json".into()), body, ..Answer::default() });
    journey.tell(Event::Answered { ticket: ticket.unwrap(), result });
    journey.pass(2);
    assert_eq!(word(&journey), "found", "it had been taken all the same");
    assert!(asked(&journey) > before);
}

#[test]
fn the_same_text_is_asked_about_once() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(20)");
    journey.pass(2);
    run(&mut journey, "time.sleep(20)");
    assert_eq!((statements(&journey).press(), journey.calls_since(0, is_run)), (Some(Press::SameAgain), 1));
    journey.tell(Event::RunAsked { code: "time.sleep(20)".into(), kind: Some(Kind::Sql), again: true });
    assert_eq!(journey.calls_since(0, is_run), 2);
    let body = journey.sent.iter().rev().find_map(|it| it.1.body().filter(|_| is_run(&it.1))).unwrap();
    assert!(body.contains("\"kind\":\"sql\""));
}

#[test]
fn a_cancel_tells_the_truth() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(90)");
    journey.pass(2);
    run(&mut journey, "1");
    journey.pass(2);
    let (first, second) = (StatementId::numbered(0).unwrap(), StatementId::numbered(1).unwrap());
    let cancel =
        |journey: &Journey, id: &StatementId| statements(journey).cancel_word(id, journey.state() == "busy");
    journey.tell(Event::CancelAsked(second.clone()));
    assert_eq!(cancel(&journey, &second), Some("sent"));
    journey.pass(1);
    assert_eq!(entry(&journey, 1).statement.state, StatementState::Cancelled);
    journey.tell(Event::CancelAsked(first.clone()));
    journey.pass(5);
    assert_eq!(
        (entry(&journey, 0).statement.state.as_str(), cancel(&journey, &first)),
        ("cancelling", Some("asked"))
    );
    assert!(matches!(entry(&journey, 0).cancel, Some(Cancel::Asked(_))));
    assert_eq!((entry(&journey, 0).has_run(), entry(&journey, 1).has_run()), (Some(true), Some(false)));
    // Each press counts, and Livy gives up so long after the first one.
    journey.pass(10);
    journey.tell(Event::CancelAsked(first.clone()));
    journey.pass(25);
    assert_eq!(journey.calls_since(0, |it| matches!(it, Call::CancelStatement(..))), 3);
    assert_eq!((entry(&journey, 0).statement.state.as_str(), journey.state()), ("cancelled", "busy"));
    assert_eq!(cancel(&journey, &first), Some("unheeded"));
    let asked = journey.calls_since(journey.now / 1_000, is_of_statements);
    journey.pass(5);
    assert!(
        journey.calls_since(journey.now / 1_000 - 5, is_of_statements) <= asked + 2,
        "nothing is waited for"
    );
    journey.pass(60);
    assert!(entry(&journey, 0).statement.output.is_some(), "what came of it after all");
    assert_ne!(cancel(&journey, &first), Some("unheeded"));
    assert_eq!(journey.calls_since(0, |it| matches!(it, Call::Delete(_))), 0);
}

#[test]
fn all_that_wait_are_cancelled_from_the_end() {
    let mut journey = desk("etl");
    for code in ["time.sleep(30)", "1", "2", "3"] {
        run(&mut journey, code);
        journey.pass(1);
    }
    journey.tell(Event::CancelWaitingAsked);
    journey.pass(3);
    assert_eq!(cancelled(&journey), [3, 2, 1]);
    let states: Vec<_> =
        statements(&journey).entries().iter().map(|it| it.statement.state.as_str()).collect();
    assert_eq!(states, ["running", "cancelled", "cancelled", "cancelled"]);
}

#[test]
fn a_long_run_keeps_the_session_from_idling_out_while_it_is_wanted() {
    let is_connect = |it: &Call| matches!(it, Call::Connect(_));
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(600)");
    journey.pass(590);
    assert_eq!(journey.calls_since(0, is_connect), 0);
    run(&mut journey, "time.sleep(600)");
    journey.tell(Event::RunAsked { code: "time.sleep(600)".into(), kind: None, again: true });
    assert!(statements(&journey).keeps_busy());
    journey.pass(1_000);
    let renewed = journey.calls_since(0, is_connect);
    assert!((1..=2).contains(&renewed), "{renewed}");
    journey.tell(Event::BusyKept(false));
    journey.pass(1_000);
    assert_eq!(journey.calls_since(0, is_connect), renewed);
}

#[test]
fn a_death_leaves_what_was_read_and_the_draft() {
    let mut journey = desk("dies-in-a-statement");
    journey.tell(Event::Drafted("df.write".into()));
    run(&mut journey, "time.sleep(60)");
    journey.pass(30);
    assert_eq!((journey.state(), statements(&journey).reading().as_str()), ("dead", "over"));
    assert_eq!(entry(&journey, 0).code(), Some("time.sleep(60)"));
    assert_eq!(statements(&journey).draft(), "df.write");
    let sent = journey.calls_since(0, is_of_statements);
    run(&mut journey, "1");
    journey.pass(120);
    assert_eq!(
        (journey.calls_since(0, is_of_statements), statements(&journey).press()),
        (sent, Some(Press::NotReady))
    );
    // Elsewhere and back: it is all there.
    journey.tell(Event::Opened(Route::Sessions));
    journey.tell(Event::Opened(Route::of(&id("0"))));
    journey.pass(5);
    assert_eq!(
        (entry(&journey, 0).code(), statements(&journey).draft()),
        (Some("time.sleep(60)"), "df.write")
    );
}

#[test]
fn the_mark_is_never_shown() {
    let mut journey = desk("etl");
    run(&mut journey, "1\n");
    journey.pass(2);
    let it = entry(&journey, 0);
    let (code, mark) = Mark::taken_off(it.statement.code.as_deref().unwrap());
    assert_eq!((code, it.code(), mark.map(|it| it.browser)), ("1\n", Some("1\n"), Some(BROWSER)));
}
