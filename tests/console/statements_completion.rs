//! How code could go on: one press is one call, and what comes too late is for nobody.

use console::{Completion, Event, NotAsked, Route};
use fake_livy::{Dialect, Options};
use livy::{Answer, Call, CallError, Kind};

use crate::person::{Journey, id};
use crate::statements::{desk, desk_with, run, statements};

fn is_of_completion(call: &Call) -> bool {
    matches!(call, Call::Complete { .. })
}

fn asked(journey: &Journey) -> usize {
    journey.calls_since(0, is_of_completion)
}

/// Types a code, and presses the key at its end.
fn press(journey: &mut Journey, code: &str) {
    journey.tell(Event::Drafted(code.to_owned()));
    press_at(journey, code, code.len(), Some(Kind::Spark));
}

fn press_at(journey: &mut Journey, code: &str, at: usize, kind: Option<Kind>) {
    journey.tell(Event::CompletionAsked { code: code.to_owned(), at, kind });
}

fn completion(journey: &Journey) -> Option<Completion> {
    statements(journey).completion().cloned()
}

fn names(journey: &Journey) -> Vec<String> {
    match completion(journey) {
        Some(Completion::Names(names, _)) => names.to_vec(),
        other => vec![format!("{other:?}")],
    }
}

#[test]
fn one_press_is_one_call_and_brings_names() {
    let mut journey = desk("etl");
    press(&mut journey, "// 😀\nsc.te");
    assert_eq!((completion(&journey), asked(&journey)), (Some(Completion::Asked), 1));
    journey.pass(1);
    assert_eq!(names(&journey), ["textFile"]);
    assert!(matches!(completion(&journey), Some(Completion::Names(_, 13))), "a place in bytes");
    let body = journey.sent.iter().find_map(|it| it.1.body().filter(|_| is_of_completion(&it.1))).unwrap();
    assert_eq!(body, r#"{"code":"// 😀\nsc.te","cursor":11,"kind":"spark"}"#, "and one in units of UTF-16");
    // Nothing is asked without a press.
    journey.pass(300);
    assert_eq!(asked(&journey), 1);
    press(&mut journey, "sc.");
    journey.pass(1);
    assert_eq!((names(&journey).len(), asked(&journey)), (83, 2));
    // An empty name that Livy puts before others is none.
    press(&mut journey, "sc.aF");
    journey.pass(1);
    assert_eq!(names(&journey), ["addFile", "newAPIHadoopFile"]);
    press(&mut journey, "sc.nosuch");
    journey.pass(1);
    assert_eq!(names(&journey), [""; 0]);
}

#[test]
fn it_renews_the_idle_clock() {
    let mut journey = desk("etl");
    journey.pass(3_000);
    press(&mut journey, "sc.te");
    // An hour after its start the session is there: the press has renewed it, once.
    journey.pass(3_000);
    assert_eq!((journey.elsewhere("GET", "/sessions/0", "").status, asked(&journey)), (200, 1));
    journey.pass(900);
    assert_eq!(journey.elsewhere("GET", "/sessions/0", "").status, 404);
}

#[test]
fn what_comes_too_late_is_for_nobody() {
    let changes: [Event; 3] =
        [Event::Drafted("sc.par".into()), Event::CompletionLeft, Event::Opened(Route::Sessions)];
    for change in changes {
        let mut journey = desk("etl");
        press(&mut journey, "sc.pa");
        journey.tell(change.clone());
        journey.pass(2);
        journey.tell(Event::Opened(Route::of(&id("0"))));
        journey.pass(2);
        assert_eq!((completion(&journey), asked(&journey)), (None, 1), "{change:?}");
    }
    // What is open goes with the next letter; the same text once more is no change.
    let mut journey = desk("etl");
    press(&mut journey, "sc.pa");
    journey.pass(1);
    journey.tell(Event::Drafted("sc.pa".into()));
    assert_eq!(names(&journey), ["parallelize"]);
    journey.tell(Event::Drafted("sc.par".into()));
    assert_eq!(completion(&journey), None);
}

#[test]
fn one_at_a_time_is_on_its_way_and_the_old_answer_is_not_taken_for_the_new_one() {
    let mut journey = desk("slow-etl");
    press(&mut journey, "sc.pa");
    press(&mut journey, "sc.te");
    assert_eq!(completion(&journey), Some(Completion::NotAsked(NotAsked::Unanswered)));
    journey.pass(5);
    assert_eq!(completion(&journey), Some(Completion::NotAsked(NotAsked::Unanswered)));
    assert_eq!(asked(&journey), 1);
    press(&mut journey, "sc.te");
    journey.pass(5);
    assert_eq!((names(&journey), asked(&journey)), (vec!["textFile".to_owned()], 2));
}

#[test]
fn nothing_is_sent_but_for_scala_in_an_idle_session() {
    let mut journey = desk("etl");
    for kind in [None, Some(Kind::PySpark), Some(Kind::Sql), Some(Kind::SparkR), Some(Kind::Shared)] {
        press_at(&mut journey, "s", 1, kind);
        assert_eq!(completion(&journey), Some(Completion::NotAsked(NotAsked::OtherLanguage)), "{kind:?}");
    }
    // Also before the session is told to be busy.
    run(&mut journey, "sleep(8)");
    press(&mut journey, "sc.");
    assert_eq!(completion(&journey), Some(Completion::NotAsked(NotAsked::Busy)));
    journey.pass(7);
    press(&mut journey, "sc.");
    assert_eq!((journey.state(), completion(&journey)), ("busy", Some(Completion::NotAsked(NotAsked::Busy))));
    journey.pass(15);
    assert_eq!(asked(&journey), 0);
    press(&mut journey, "sc.te");
    journey.pass(1);
    assert_eq!((journey.state(), names(&journey)), ("idle", vec!["textFile".to_owned()]));
    journey.elsewhere("DELETE", "/sessions/0", "");
    journey.pass(20);
    press(&mut journey, "sc.");
    assert_eq!(completion(&journey), Some(Completion::NotAsked(NotAsked::NotReady)));
    assert_eq!(asked(&journey), 1);
}

#[test]
fn while_somebody_else_works_or_the_session_is_broken_nothing_is_sent() {
    let mut journey = desk("etl");
    journey.elsewhere("POST", "/sessions/0/statements", r#"{"code":"sleep(60)"}"#);
    journey.pass(8);
    press(&mut journey, "sc.");
    assert_eq!((journey.state(), completion(&journey)), ("busy", Some(Completion::NotAsked(NotAsked::Busy))));
    let mut journey = desk("etl");
    run(&mut journey, "import os; os._exit(1)");
    journey.pass(15);
    assert_eq!(journey.state(), "error");
    press(&mut journey, "sc.");
    assert_eq!(completion(&journey), Some(Completion::NotAsked(NotAsked::NotReady)));
    assert_eq!(asked(&journey), 0);
}

#[test]
fn a_failure_is_said_and_nothing_is_tried_again() {
    let mut journey = desk("etl");
    let said = |status, body: &str| Answer {
        status,
        content_type: Some("application/json;charset=utf-8".into()),
        body: body.into(),
        ..Answer::default()
    };
    let refused =
        |status, message: &str| CallError::Refused { status, message: message.into(), retry_after: None };
    let rows = [
        (said(500, "\"java.lang.X\""), refused(500, "java.lang.X")),
        (said(403, ""), refused(403, "")),
        (said(200, "{}"), CallError::Unreadable { status: 200, expected: "a list of candidates" }),
        (
            said(200, r#"{"candidates":7}"#),
            CallError::Unreadable { status: 200, expected: "a list of candidates" },
        ),
    ];
    for (at, (answer, error)) in rows.into_iter().enumerate() {
        journey.completion_instead = Some(answer);
        press(&mut journey, "sc.");
        journey.pass(30);
        assert_eq!((completion(&journey), asked(&journey)), (Some(Completion::Failed(error)), at + 1));
    }
    assert!(statements(&journey).trouble().is_none() && statements(&journey).forbidden().is_none());
    // Nothing is put into the code that is no name, or cannot be seen.
    let odd = "{\"candidates\":[\"\",\" \",\"a\\nb\",\"a\\tb\",\"a\\u202eb\",\"\\u0000\",7,null,\"map\",\"map\",\"is odd\"]}";
    journey.completion_instead = Some(said(200, odd));
    press(&mut journey, "sc.m");
    journey.pass(1);
    assert_eq!(names(&journey), ["map", "is odd"]);
    journey.completion_instead = None;
    journey.holds = Some(is_of_completion);
    press(&mut journey, "sc.");
    journey.pass(60);
    assert_eq!((completion(&journey), asked(&journey)), (Some(Completion::Failed(CallError::TimedOut)), 6));
}

#[test]
fn a_server_that_completes_no_code_says_so() {
    let mut journey = desk_with("etl", Options { dialect: Dialect::Lighter, ..Options::default() });
    press(&mut journey, "sc.");
    journey.pass(3);
    let error = match completion(&journey) {
        Some(Completion::Failed(error)) => error,
        other => panic!("{other:?}"),
    };
    assert!(error.has_no_such_call(), "{error:?}");
    assert_eq!(journey.state(), "idle");
}
