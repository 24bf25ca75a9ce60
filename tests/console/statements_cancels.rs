//! What became of a cancel: what the state says goes before the answer that was lost.

use console::Event;
use livy::{Answer, Call, CallError, StatementId};

use crate::person::Journey;
use crate::statements::{desk, entry, run, statements};

fn first() -> StatementId {
    StatementId::numbered(0).unwrap()
}

fn word(journey: &Journey) -> Option<&'static str> {
    statements(journey).cancel_word(&first(), journey.state() == "busy")
}

fn of(status: u16, body: &str) -> Result<Answer, CallError> {
    let content_type = Some(if body.starts_with('<') { "text/html" } else { "application/json" }.into());
    Ok(Answer { status, content_type, body: body.into(), ..Answer::default() })
}

/// A cancel that is answered with this in place of Livy's own answer; it reaches Livy or not.
fn cancel(journey: &mut Journey, answer: Result<Answer, CallError>, arrives: bool) {
    journey.cut = !arrives;
    journey.tell(Event::CancelAsked(first()));
    journey.cut = false;
    let last = journey.coming.iter_mut().max_by_key(|it| it.1).unwrap();
    last.2 = answer;
}

fn lost() -> Vec<Result<Answer, CallError>> {
    let page = "<html><title>Bad Gateway</title></html>";
    let of_pages = [502, 503, 504, 500, 200].map(|it| of(it, page));
    let failing = of(500, "\"java.util.concurrent.TimeoutException\"");
    of_pages.into_iter().chain([failing, Err(CallError::Unreachable), Err(CallError::TimedOut)]).collect()
}

#[test]
fn a_cancel_whose_answer_was_lost_is_not_called_refused() {
    for answer in lost() {
        let mut journey = desk("etl");
        run(&mut journey, "time.sleep(90)");
        journey.pass(3);
        cancel(&mut journey, answer.clone(), true);
        let mut seen = Vec::new();
        while journey.now % 100_000 < 99_000
            && seen.len() < 40
            && entry(&journey, 0).statement.state.as_str() != "cancelling"
        {
            seen.push(word(&journey));
            journey.pass(1);
        }
        assert!(seen.iter().all(|it| *it == Some("sent")), "{answer:?}: {seen:?}");
        assert!(seen.len() < 5, "{answer:?}: its state is asked for at once");
        assert_eq!(word(&journey), Some("asked"), "{answer:?}");
        // Livy gives up so long after it has got it.
        journey.pass(35);
        assert_eq!(
            (entry(&journey, 0).statement.state.as_str(), word(&journey)),
            ("cancelled", Some("unheeded")),
            "{answer:?}"
        );
    }
}

#[test]
fn a_cancel_that_never_arrived_can_be_pressed_again() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(90)");
    journey.pass(3);
    cancel(&mut journey, Err(CallError::Unreachable), false);
    journey.pass(5);
    assert_eq!((entry(&journey, 0).statement.state.as_str(), word(&journey)), ("running", Some("sent")));
    assert!(entry(&journey, 0).cancel_is_lost());
    journey.tell(Event::CancelAsked(first()));
    journey.pass(5);
    assert_eq!((entry(&journey, 0).statement.state.as_str(), word(&journey)), ("cancelling", Some("asked")));
    assert!(!entry(&journey, 0).cancel_is_lost());
}

#[test]
fn what_was_refused_says_so_until_the_state_says_otherwise() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(90)");
    journey.pass(3);
    cancel(&mut journey, of(403, "\"no\""), false);
    journey.pass(3);
    assert_eq!(word(&journey), Some("refused"));
    journey.elsewhere("POST", "/sessions/0/statements/0/cancel", "");
    journey.pass(5);
    assert_eq!((entry(&journey, 0).statement.state.as_str(), word(&journey)), ("cancelling", Some("asked")));
}

#[test]
fn a_state_that_was_faster_than_the_answer_counts() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(90)");
    journey.pass(3);
    cancel(&mut journey, of(502, "<html></html>"), true);
    let now = journey.now;
    journey.coming.iter_mut().max_by_key(|it| it.1).unwrap().0 = now + 6_000;
    journey.pass(5);
    assert_eq!((entry(&journey, 0).statement.state.as_str(), word(&journey)), ("cancelling", Some("sent")));
    journey.pass(4);
    assert_eq!(word(&journey), Some("asked"));
    assert!(matches!(journey.sent.iter().filter(|it| matches!(it.1, Call::CancelStatement(..))).count(), 1));
}
