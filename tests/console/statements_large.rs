//! Outputs that are too large to be read by themselves: nothing reads them but a person, and then all of it.

use console::{Event, Reading, Route, StatementEntry};
use livy::{Answer, Call, CallError, Cut, Json, StatementId};

use crate::person::Journey;
use crate::statements::{BROWSER, desk, entry, is_of_statements, lend, run, statements, text};

const LIMIT: usize = Call::LIMIT;

fn is_whole(call: &Call) -> bool {
    matches!(call, Call::WholeStatement(..))
}

fn is_read(call: &Call) -> bool {
    matches!(call, Call::Statement(_, id) if id.number() == Some(0))
}

fn want(journey: &mut Journey, number: u64) {
    journey.tell(Event::OutputWanted(StatementId::numbered(number).unwrap()));
}

/// A page on which a statement has brought 20 MB.
fn large() -> Journey {
    let mut journey = desk("etl");
    run(&mut journey, "big(20000000)");
    journey.pass(3);
    journey
}

/// How far an entry is: its state, whether all of it is being read, whether it is open, and how many bytes of its output are here.
fn stands(it: &StatementEntry) -> (&str, bool, bool, Option<usize>) {
    let output = it.statement.output.as_ref().map(|it| it.as_written().len());
    (it.statement.state.as_str(), it.is_reading_whole, it.is_open(), output)
}

#[test]
fn a_large_output_is_left_where_it_is_and_its_statement_has_ended() {
    let mut journey = large();
    let it = entry(&journey, 0);
    assert_eq!(stands(it), ("available", false, false, None));
    let unread = it.statement.unread.as_ref().unwrap();
    assert_eq!((unread.size, unread.status.as_str(), it.code()), (None, "ok", Some("big(20000000)")));
    assert_eq!(statements(&journey).reading(), Reading::Read);
    let reads = journey.calls_since(0, is_read);
    assert!(journey.read < LIMIT + 3_000_000, "{} bytes were read", journey.read);
    // Whatever happens on the page, it is not read once more.
    for event in [
        Event::RefreshAsked,
        Event::OlderAsked,
        Event::Hidden,
        Event::Shown,
        Event::WentOffline,
        Event::CameOnline,
        Event::Opened(Route::Sessions),
        Event::Opened(Route::of(&crate::person::id("0"))),
    ] {
        journey.tell(event);
        journey.pass(70);
    }
    run(&mut journey, "40 + 2");
    journey.pass(5);
    journey.cut = true;
    journey.pass(30);
    journey.cut = false;
    journey.pass(60);
    assert_eq!((journey.calls_since(0, is_read), journey.calls_since(0, is_whole)), (reads, 0));
    assert_eq!((text(&journey, 1).as_str(), stands(entry(&journey, 0)).0), ("42", "available"));
}

#[test]
fn its_size_is_known_where_the_answer_says_it() {
    let mut journey = desk("etl");
    journey.told_size = Some(213_000_000);
    run(&mut journey, "big(213000000)");
    journey.pass(3);
    assert_eq!(entry(&journey, 0).statement.unread.as_ref().unwrap().size, Some(213_000_000));
    // Another page of this browser finds the same.
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    lend(&mut other, BROWSER);
    other.pass(10);
    assert_eq!(stands(entry(&other, 0)), ("available", false, false, None));
    assert_eq!((other.calls_since(0, is_read), statements(&other).total()), (1, Some(1)));
}

#[test]
fn a_person_reads_all_of_it_once() {
    let mut journey = large();
    let reads = journey.calls_since(0, is_read);
    want(&mut journey, 0);
    assert!(entry(&journey, 0).is_reading_whole);
    want(&mut journey, 0);
    journey.pass(1);
    want(&mut journey, 0);
    journey.pass(2);
    assert_eq!(text(&journey, 0).len(), 19_999_999);
    assert!(!entry(&journey, 0).is_reading_whole && entry(&journey, 0).statement.unread.is_none());
    assert_eq!((journey.calls_since(0, is_read), journey.calls_since(0, is_whole)), (reads, 1));
}

#[test]
fn while_all_of_it_is_read_others_go_on_and_a_tab_that_comes_back_lets_it() {
    let mut journey = large();
    journey.holds = Some(is_whole);
    want(&mut journey, 0);
    run(&mut journey, "40 + 2");
    journey.pass(5);
    assert_eq!((text(&journey, 1).as_str(), entry(&journey, 0).is_reading_whole), ("42", true));
    for event in [Event::Hidden, Event::Shown, Event::RefreshAsked] {
        journey.tell(event);
        journey.pass(60);
    }
    assert_eq!((journey.calls_since(0, is_whole), entry(&journey, 0).is_reading_whole), (1, true));
    journey.pass(600);
    // It did not come: that is said, nothing tries again by itself, and everything else is as it was.
    let it = entry(&journey, 0);
    assert_eq!((&it.trouble, it.is_reading_whole), (&Some(CallError::TimedOut), false));
    assert!(it.statement.unread.is_some() && statements(&journey).trouble().is_none());
    assert_eq!(journey.calls_since(0, is_whole), 1);
    journey.holds = None;
    want(&mut journey, 0);
    assert_eq!(entry(&journey, 0).trouble, None);
    journey.pass(2);
    assert_eq!(text(&journey, 0).len(), 19_999_999);
}

#[test]
fn what_fails_is_said_of_this_one_alone() {
    let mut journey = large();
    let said = |status, body: &str| Answer {
        status,
        content_type: Some("application/json;charset=utf-8".into()),
        body: body.into(),
        ..Answer::default()
    };
    journey.statement_instead = Some((0, said(500, "\"java.lang.OutOfMemoryError\"")));
    want(&mut journey, 0);
    journey.pass(30);
    let trouble = entry(&journey, 0).trouble.as_ref().unwrap();
    assert_eq!(trouble.words(), Some("java.lang.OutOfMemoryError"));
    assert_eq!((journey.calls_since(0, is_whole), statements(&journey).trouble()), (1, None));
    // The server has let it go meanwhile.
    journey.statement_instead = Some((0, said(404, "\"Statement not found\"")));
    want(&mut journey, 0);
    journey.pass(30);
    let it = entry(&journey, 0);
    assert_eq!((it.is_evicted, it.is_reading_whole, &it.trouble), (true, false, &None));
}

#[test]
fn what_was_read_whole_goes_first_off_the_page_and_is_wanted_whole_again() {
    let mut journey = desk("etl");
    run(&mut journey, "big(60000000)");
    journey.pass(3);
    run(&mut journey, "1 + 1");
    journey.pass(3);
    want(&mut journey, 0);
    journey.pass(3);
    assert_eq!(text(&journey, 0).len(), 59_999_999, "what a person looks at stays");
    journey.tell(Event::Opened(Route::New));
    journey.create("other");
    journey.pass(25);
    run(&mut journey, "big(12000000)");
    journey.pass(3);
    journey.tell(Event::Opened(Route::of(&crate::person::id("0"))));
    journey.pass(3);
    let it = entry(&journey, 0);
    assert!(it.has_shed_output && it.statement.unread.as_ref().unwrap().size > Some(60_000_000));
    assert!(!it.is_beyond());
    want(&mut journey, 0);
    journey.pass(3);
    assert_eq!((text(&journey, 0).len(), journey.calls_since(0, is_whole)), (59_999_999, 2));
}

#[test]
fn what_a_tab_has_no_room_for_is_read_once_to_its_limit_and_not_offered_again() {
    let mut journey = desk("etl");
    run(&mut journey, "big(300000000)");
    journey.pass(3);
    let before = journey.read;
    assert!(!entry(&journey, 0).is_beyond(), "nobody knows yet");
    want(&mut journey, 0);
    journey.pass(3);
    let it = entry(&journey, 0);
    assert!(it.is_beyond() && !it.is_reading_whole && it.trouble.is_none());
    assert_eq!((it.statement.state.as_str(), it.is_open()), ("available", false));
    assert_eq!(it.code(), Some("big(300000000)"));
    assert!(it.statement.output.is_none() && journey.read - before <= Call::WHOLE_LIMIT + 100_000);
    let read = journey.read;
    want(&mut journey, 0);
    journey.pass(60);
    assert_eq!(journey.calls_since(0, is_whole), 1);
    assert!(journey.read - read < 1_000_000 && entry(&journey, 0).is_beyond());
}

#[test]
fn what_says_that_a_tab_has_no_room_for_it_is_not_tried() {
    for (size, is_beyond) in [(67_108_864, false), (67_108_865, true), (u64::MAX, true)] {
        let mut journey = desk("etl");
        journey.told_size = Some(size);
        run(&mut journey, "big(20000000)");
        journey.pass(3);
        assert_eq!(entry(&journey, 0).is_beyond(), is_beyond, "{size}");
        want(&mut journey, 0);
        journey.pass(3);
        assert_eq!(journey.calls_since(0, is_whole), usize::from(!is_beyond), "{size}");
    }
}

#[test]
fn nothing_is_read_of_a_session_that_has_ended() {
    let mut journey = large();
    journey.holds = Some(is_whole);
    run(&mut journey, "big(20000000)");
    journey.pass(3);
    want(&mut journey, 0);
    want(&mut journey, 1);
    journey.pass(1);
    assert!(entry(&journey, 0).is_reading_whole && entry(&journey, 1).is_reading_whole);
    journey.elsewhere("DELETE", "/sessions/0", "");
    journey.pass(20);
    assert_eq!(statements(&journey).reading(), Reading::Over);
    assert!(!entry(&journey, 1).is_reading_whole, "it was not on its way");
    journey.pass(700);
    assert!(!entry(&journey, 0).is_reading_whole && entry(&journey, 0).trouble.is_some());
    let sent = journey.calls_since(0, is_of_statements);
    want(&mut journey, 0);
    journey.pass(60);
    assert!(!entry(&journey, 0).is_reading_whole);
    assert_eq!((journey.calls_since(0, is_whole), journey.calls_since(0, is_of_statements)), (1, sent));
}

/// A server that writes the state behind the output, or the code before everything.
fn state_behind(call: &Call, answer: Answer) -> Answer {
    let body = |text: &str| Answer { body: text.into(), ..answer.clone() };
    match (call, answer.cut) {
        (Call::Statement(..), Some(_)) => {
            body(r#"{"id":0,"code":"big(20000000)","output":{"status":"ok","data":{"x"#)
        }
        _ => answer,
    }
}

#[test]
fn where_the_state_stands_behind_the_output_it_is_not_asked_for_for_ever() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(3)\nbig(20000000)");
    journey.pass(2);
    assert_eq!(stands(entry(&journey, 0)), ("running", false, true, None));
    journey.twist = Some(state_behind);
    journey.pass(5);
    let reads = journey.calls_since(0, is_read);
    assert_eq!(stands(entry(&journey, 0)), ("", false, false, None));
    journey.pass(120);
    assert_eq!(journey.calls_since(0, is_read), reads);
    want(&mut journey, 0);
    journey.pass(3);
    assert_eq!(stands(entry(&journey, 0)).0, "available");
    assert_eq!(text(&journey, 0).len(), 19_999_999);
}

/// A server whose ids are no numbers and whose list has what they brought, the newest first: the newest has a large output, and the
/// one behind it stands at the cut of the next page.
fn with_outputs_in_its_list(call: &Call, answer: Answer) -> Answer {
    let said = |body: &str, is_cut: bool| Answer {
        status: 200,
        body: body.into(),
        cut: is_cut.then_some(Cut { size: Some(99) }),
        ..answer.clone()
    };
    let rest = r#"{"id":"b","code":"2","output":{"content":{"text/plain":"2"}},"state":"available"},{"id":"a","code":"1","output":null,"state":"available"}]}"#;
    match call {
        Call::Statements { from: 0, .. } => said(
            r#"{"from":0,"statements":[{"id":"c","code":"3","state":"available","output":{"status":"ok","x":"x"#,
            true,
        ),
        Call::Statements { from: 1, size: 19, .. } => {
            said(&format!("{}{rest}", r#"{"from":1,"statements":["#), false)
        }
        Call::Statement(_, id) if id.as_str() == "c" => {
            said(r#"{"id":"c","code":"3","state":"available","output":{"status":"ok","x":"x"#, true)
        }
        Call::WholeStatement(_, id) if id.as_str() == "c" => said(
            r#"{"id":"c","code":"3","state":"available","output":{"status":"ok","data":{"text/plain":"3"}}}"#,
            false,
        ),
        _ => answer,
    }
}

#[test]
fn a_list_that_is_cut_goes_on_behind_the_cut_and_what_stands_there_is_read_by_itself() {
    let mut maker = desk("etl");
    maker.pass(1);
    let mut journey = Journey::before("#/sessions/0", maker.cluster.clone(), maker.now, None, None);
    journey.twist = Some(with_outputs_in_its_list);
    lend(&mut journey, BROWSER);
    journey.pass(20);
    let ids: Vec<&str> = statements(&journey).entries().iter().map(|it| it.id().as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let of = |journey: &Journey, text: &str| {
        let id = StatementId::from_json(Json::parse(text).unwrap()).unwrap();
        statements(journey).entry(&id).unwrap().clone()
    };
    let large = of(&journey, "\"c\"");
    assert_eq!(stands(&large), ("available", false, false, None));
    assert!(of(&journey, "\"b\"").statement.output.is_some());
    let reads = |journey: &Journey| {
        journey.calls_since(0, |it| matches!(it, Call::Statement(_, id) if id.as_str() == "c"))
    };
    assert_eq!(reads(&journey), 1);
    for _ in 0..3 {
        journey.tell(Event::RefreshAsked);
        journey.pass(10);
    }
    assert_eq!(reads(&journey), 1, "what is known to be large is not read again for a list");
    let ids = statements(&journey).entries().len();
    journey.tell(Event::OutputWanted(large.id().clone()));
    journey.pass(3);
    assert_eq!((ids, of(&journey, "\"c\"").statement.output.is_some()), (3, true));
}
