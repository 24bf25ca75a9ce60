//! The session's id goes to another session, and its statements are told before the session itself: nothing of them is taken.

use console::{Completion, Ending, Event, NotAsked, Origin, Press, Reading};
use livy::{Answer, Call, Kind, StatementId};

use crate::person::{Journey, is_session};
use crate::statements::{cancelled, desk, entry, run, statements, text, word};
use crate::statements_stuck::numbers;

const POST: &str = "/sessions/0/statements";

/// A page on which two statements have ended and a third one runs.
fn with_an_open_one(name: &str) -> Journey {
    let mut journey = desk(name);
    for code in ["1", "2", "time.sleep(300)"] {
        run(&mut journey, code);
        journey.pass(3);
    }
    assert_eq!(entry(&journey, 2).statement.state.as_str(), "running");
    journey
}

/// Livy restarts, and its first session is this one: idle, with so many statements of somebody else.
fn restart(journey: &mut Journey, name: &str, statements: usize) {
    let mut other = Journey::at("#/new");
    other.now = journey.now - 30_000;
    other.create(name);
    other.pass(28);
    for number in 0..statements {
        other.elsewhere("POST", POST, &format!("{{\"code\":\"100 + {number}\"}}"));
    }
    other.pass(2);
    journey.cluster = other.cluster;
}

fn codes(journey: &Journey) -> Vec<String> {
    statements(journey).entries().iter().map(|it| it.code().unwrap_or_default().to_owned()).collect()
}

fn ending(journey: &Journey) -> Option<Ending> {
    journey.model.watch().unwrap().ending()
}

/// While it lasts, no answer about the session itself comes.
fn session_is_silent(journey: &mut Journey) {
    journey.holds = Some(is_session);
}

#[test]
fn what_another_session_tells_under_the_id_is_not_taken() {
    for (name, silent) in [("other", false), ("other", true), ("etl", false)] {
        for count in [0, 1, 3, 4, 9] {
            let mut journey = with_an_open_one("etl");
            let before = codes(&journey);
            restart(&mut journey, name, count);
            if silent {
                session_is_silent(&mut journey);
            }
            for _ in 0..12 {
                journey.pass(1);
                assert_eq!((numbers(&journey), codes(&journey)), (vec![0, 1, 2], before.clone()), "{count}");
                assert_eq!((text(&journey, 0), text(&journey, 1)), ("1".into(), "2".into()), "{count}");
                let open = &entry(&journey, 2).statement;
                assert_eq!((open.state.as_str(), open.output.is_none()), ("running", true), "{count}");
                assert_ne!(statements(&journey).ended(), Some(&open.id), "{count}");
            }
            // None of its statements tells, and nothing else does.
            if !silent && (name, count) != ("etl", 0) {
                assert!(matches!(ending(&journey), Some(Ending::Recycled(_))), "{name} {count}");
                assert!(entry(&journey, 2).is_cut_off, "{name} {count}");
                assert_eq!(statements(&journey).reading(), Reading::Over);
            }
        }
    }
}

#[test]
fn the_session_is_asked_at_once() {
    let mut journey = with_an_open_one("etl");
    restart(&mut journey, "other", 4);
    let from = journey.now;
    while ending(&journey).is_none() && journey.now < from + 10_000 {
        let before = journey.now;
        let taken = journey.sent.len();
        journey.pass(1);
        let about = journey.sent[taken..].iter().position(|it| matches!(it.1, Call::Statement(..)));
        if about.is_some() {
            assert!(journey.sent[taken..].iter().any(|it| is_session(&it.1)), "{before}");
        }
    }
    assert!(matches!(ending(&journey), Some(Ending::Recycled(_))));
}

#[test]
fn a_run_that_another_session_took_is_not_said_to_be_accepted() {
    for count in [0, 1, 2, 3] {
        let mut journey = with_an_open_one("etl");
        journey.pass(60);
        restart(&mut journey, "other", count);
        run(&mut journey, "5");
        for _ in 0..12 {
            journey.pass(1);
            // The number that was next here: nothing tells before the session does.
            assert!(
                count == 3 || matches!(word(&journey), "sent" | "unknown"),
                "{count}: {}",
                word(&journey)
            );
        }
        assert!(matches!(ending(&journey), Some(Ending::Recycled(_))), "{count}");
        assert_eq!((word(&journey), &numbers(&journey)[..3]), ("unknown", &[0, 1, 2][..]), "{count}");
        assert!(count == 3 || numbers(&journey).len() == 3, "{count}");
        assert_eq!(entry(&journey, 1).code(), Some("2"));
    }
    // It has so many that the number is a new one here: that is known as soon as the session itself is.
    let mut journey = with_an_open_one("etl");
    restart(&mut journey, "other", 7);
    run(&mut journey, "5");
    journey.pass(4);
    assert!(matches!(ending(&journey), Some(Ending::Recycled(_))));
    assert_eq!(word(&journey), "unknown");
    let others = statements(&journey).entries().iter().filter(|it| it.origin == Origin::Elsewhere);
    assert_eq!(others.count(), 0);
}

#[test]
fn nothing_is_sent_to_a_session_that_may_be_another() {
    let mut journey = with_an_open_one("etl");
    restart(&mut journey, "other", 4);
    session_is_silent(&mut journey);
    journey.pass(5);
    run(&mut journey, "5");
    assert_eq!(statements(&journey).press(), Some(Press::NotReady));
    assert_eq!(statements(&journey).reading(), Reading::Stale);
    journey.tell(Event::CancelAsked(StatementId::numbered(2).unwrap()));
    journey.pass(5);
    assert!(cancelled(&journey).is_empty());
    journey.holds = None;
}

/// Statement 0 is told with another code.
fn other_code(call: &Call, mut answer: Answer) -> Answer {
    if matches!(call, Call::Statement(..)) {
        answer.body = answer.body.replace("time.sleep(20)", "time.sleep(21)");
    }
    answer
}

#[test]
fn a_session_that_is_the_same_one_is_read_on() {
    let mut journey = desk("yarn");
    run(&mut journey, "time.sleep(20)");
    journey.pass(3);
    journey.twist = Some(other_code);
    let from = journey.now / 1_000;
    journey.pass(30);
    assert_eq!((ending(&journey), entry(&journey, 0).statement.state.as_str()), (None, "available"));
    assert!(journey.calls_since(from, is_session) < 25);
    // Where nothing else tells the two apart, the statement does.
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(20)");
    journey.pass(3);
    journey.twist = Some(other_code);
    journey.pass(5);
    assert!(matches!(ending(&journey), Some(Ending::Recycled(_))));
    assert_eq!(entry(&journey, 0).code(), Some("time.sleep(20)"));
}

#[test]
fn what_has_ended_does_not_run_again() {
    let mut journey = desk("etl");
    run(&mut journey, "1");
    journey.pass(90);
    journey.twist = Some(|call, mut answer| {
        if matches!(call, Call::Statement(..)) {
            answer.body = answer.body.replace("\"state\":\"available\"", "\"state\":\"running\"");
        }
        answer
    });
    journey.tell(Event::RefreshAsked);
    journey.pass(5);
    assert!(matches!(ending(&journey), Some(Ending::Recycled(_))));
    assert_eq!((entry(&journey, 0).statement.state.as_str(), text(&journey, 0).as_str()), ("available", "1"));
}

#[test]
fn servers_that_change_code_or_keep_none_are_not_another() {
    let to_lines = |call: &Call, mut answer: Answer| {
        if matches!(call, Call::Run { .. }) {
            answer.body = answer.body.replace("\\n", "\\r\\n");
        }
        answer
    };
    for (story, twist) in [("trims-code", false), ("no-echo", false), ("etl", true)] {
        let mut journey = desk(story);
        journey.twist = twist.then_some(to_lines as fn(&Call, Answer) -> Answer);
        for code in ["a = 1\r\nb = 2  \n", " time.sleep(6)\n\n", "3"] {
            run(&mut journey, code);
            journey.pass(8);
        }
        journey.tell(Event::RefreshAsked);
        journey.pass(80);
        journey.tell(Event::RefreshAsked);
        journey.pass(5);
        assert_eq!((ending(&journey), numbers(&journey)), (None, vec![0, 1, 2]), "{story}");
        let ended = statements(&journey).entries().iter().all(|it| it.statement.state.is_over());
        assert!(ended && word(&journey) == "accepted", "{story}");
    }
}

#[test]
fn cancels_that_wait_are_not_sent_to_another_session() {
    let mut journey = with_an_open_one("etl");
    for code in ["4", "5", "6"] {
        run(&mut journey, code);
        journey.pass(3);
    }
    // The first one hangs, and no statement tells before the session does.
    journey.holds = Some(|it| matches!(it, Call::CancelStatement(..) | Call::Statement(..)));
    journey.tell(Event::CancelWaitingAsked);
    assert_eq!(cancelled(&journey), [5]);
    restart(&mut journey, "other", 9);
    journey.pass(12);
    assert!(matches!(ending(&journey), Some(Ending::Recycled(_))));
    journey.holds = None;
    journey.pass(60);
    assert_eq!(cancelled(&journey), [5]);
    let words =
        [3, 4, 5].map(|it| statements(&journey).cancel_word(&StatementId::numbered(it).unwrap(), false));
    assert_eq!(words, [None, None, Some("sent")]);
}

fn is_of_completion(call: &Call) -> bool {
    matches!(call, Call::Complete { .. })
}

fn complete(journey: &mut Journey) -> Option<Completion> {
    journey.tell(Event::CompletionAsked { code: "sc.te".into(), at: 5, kind: Some(Kind::Spark) });
    statements(journey).completion().cloned()
}

/// The answer to the last call comes so much later.
fn last_is_slow(journey: &mut Journey, secs: u64) {
    journey.coming.iter_mut().max_by_key(|it| it.1).unwrap().0 += secs * 1_000;
}

#[test]
fn what_stands_in_the_editor_is_not_sent_to_a_session_that_may_be_another() {
    let mut journey = desk("etl");
    for code in ["1", "2"] {
        run(&mut journey, code);
        journey.pass(15);
    }
    assert_eq!((complete(&mut journey), journey.state()), (Some(Completion::Asked), "idle"));
    last_is_slow(&mut journey, 8);
    restart(&mut journey, "other", 4);
    session_is_silent(&mut journey);
    journey.tell(Event::RefreshAsked);
    journey.pass(5);
    assert_eq!(statements(&journey).reading(), Reading::Stale);
    // Nor is an answer taken that has come meanwhile.
    journey.pass(5);
    assert_eq!(statements(&journey).completion(), None);
    assert_eq!(complete(&mut journey), Some(Completion::NotAsked(NotAsked::NotReady)));
    assert_eq!(journey.calls_since(0, is_of_completion), 1);
}

#[test]
fn code_that_comes_back_keeps_the_language_that_it_was_sent_in() {
    for (kind, language) in [(Some(Kind::Sql), Kind::Sql), (None, Kind::PySpark)] {
        let mut journey = with_an_open_one("etl");
        restart(&mut journey, "other", 7);
        journey.tell(Event::RunAsked { code: "select 5".into(), kind, again: false });
        journey.tell(Event::LanguageChosen(Kind::SparkR));
        journey.pass(4);
        assert!(matches!(ending(&journey), Some(Ending::Recycled(_))));
        let it = statements(&journey);
        assert_eq!((it.set_aside(), it.language_of("select 5")), (&["select 5".into()][..], Some(language)));
    }
}

#[test]
fn a_large_output_that_comes_in_doubt_is_not_read_once_more() {
    let is_whole = |it: &Call| matches!(it, Call::WholeStatement(..));
    let mut journey = desk("yarn");
    for code in ["big(20000000)", "time.sleep(20)"] {
        run(&mut journey, code);
        journey.pass(3);
    }
    journey.tell(Event::OutputWanted(StatementId::numbered(0).unwrap()));
    assert_eq!(journey.calls_since(0, is_whole), 1);
    last_is_slow(&mut journey, 6);
    journey.twist = Some(other_code);
    session_is_silent(&mut journey);
    journey.pass(10);
    assert_eq!(statements(&journey).reading(), Reading::Stale);
    assert!(!entry(&journey, 0).is_reading_whole);
    journey.holds = None;
    journey.pass(60);
    assert_eq!((ending(&journey), statements(&journey).reading()), (None, Reading::Read));
    assert_eq!(journey.calls_since(0, is_whole), 1);
    // A person can want it again.
    journey.tell(Event::OutputWanted(StatementId::numbered(0).unwrap()));
    journey.pass(10);
    assert!(entry(&journey, 0).statement.output.is_some());
}
