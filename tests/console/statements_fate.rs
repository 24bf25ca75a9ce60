//! What became of a press: nothing is taken for it that is not it, and nothing that may be it is overlooked.

use console::{Effect, Event, Origin, Press, Route, RunStage};
use livy::{Answer, Call, CallError, Kind, StatementId};

use crate::person::{Journey, id};
use crate::statements::{
    BROWSER, cancelled, desk, entry, is_run, lend, number, on_server, run, statements, word,
};

fn maybe(journey: &Journey) -> Option<u64> {
    match &statements(journey).run().unwrap().stage {
        RunStage::Unknown { maybe, .. } => maybe.as_ref().and_then(StatementId::number),
        _ => None,
    }
}

fn again(journey: &mut Journey, code: &str) {
    journey.tell(Event::RunAsked { code: code.to_owned(), kind: None, again: true });
}

/// The answer to the last call comes later, or another one comes instead.
fn last_comes(journey: &mut Journey, in_millis: u64, instead: Option<Result<Answer, CallError>>) {
    let now = journey.now;
    let last = journey.coming.iter_mut().max_by_key(|it| it.1).unwrap();
    last.0 = now + in_millis;
    if let Some(instead) = instead {
        last.2 = instead;
    }
}

fn guards(journey: &Journey) -> bool {
    let told = journey.effects.iter().rev().find_map(|it| match it {
        Effect::Guard(guards) => Some(*guards),
        _ => None,
    });
    told == Some(true)
}

/// Livy's own failure.
fn failing() -> Answer {
    let body = "\"java.util.concurrent.ExecutionException: x\"".to_owned();
    Answer { status: 500, content_type: Some("application/json".into()), body, ..Answer::default() }
}

#[test]
fn the_same_text_a_second_time_is_not_the_first_one_come_twice() {
    let mut journey = desk("etl");
    let code = "time.sleep(20)";
    run(&mut journey, code);
    journey.pass(2);
    again(&mut journey, code);
    journey.pass(4);
    assert_eq!((word(&journey), number(&journey)), ("accepted", Some(1)));
    // While the answer is on its way, the first ones are read and are not it.
    again(&mut journey, code);
    last_comes(&mut journey, 8_000, None);
    journey.pass(5);
    assert_eq!(word(&journey), "sent");
    assert!(journey.run_intent.is_some(), "a reload would have to look for it");
    journey.pass(5);
    assert_eq!((word(&journey), number(&journey)), ("accepted", Some(2)));
    assert_eq!((on_server(&mut journey), journey.calls_since(0, is_run)), (3, 3));
}

/// The request is repeated on its way, so often in all.
fn run_repeated(journey: &mut Journey, code: &str, times: usize) {
    run(journey, code);
    let body =
        journey.sent.iter().rev().find_map(|it| it.1.body().filter(|_| is_run(&it.1))).unwrap().to_owned();
    for _ in 1..times {
        journey.elsewhere("POST", "/sessions/0/statements", &body);
    }
}

#[test]
fn all_that_came_of_one_press_are_told_and_cancelled_together() {
    for lost in [false, true] {
        let mut journey = desk("etl");
        run(&mut journey, "0");
        journey.pass(3);
        run_repeated(&mut journey, "time.sleep(20)", 7);
        if lost {
            last_comes(&mut journey, 1_000, Some(Err(CallError::Unreachable)));
        }
        journey.pass(12);
        let made = || (1..=7).filter_map(StatementId::numbered).collect::<Vec<_>>();
        let run = statements(&journey).run().unwrap();
        assert_eq!(
            (run.word(), run.statement(), run.repeats()),
            ("twice", made().first(), &made()[1..]),
            "{lost}"
        );
        assert!(made().iter().all(|it| statements(&journey).entry(it).unwrap().origin == Origin::Here));
        let open: Vec<u64> = statements(&journey).open_copies().filter_map(StatementId::number).collect();
        assert_eq!(open, [2, 3, 4, 5, 6, 7], "{lost}");
        journey.tell(Event::CancelCopiesAsked);
        journey.pass(6);
        assert_eq!(cancelled(&journey), [7, 6, 5, 4, 3, 2], "{lost}");
        assert_eq!(statements(&journey).open_copies().count(), 0, "{lost}");
        assert!(entry(&journey, 1).cancel.is_none(), "{lost}");
        assert_eq!(statements(&journey).run().unwrap().repeats().len(), 6);
    }
}

#[test]
fn one_that_was_given_up_and_comes_after_all_is_told() {
    let mut journey = desk("etl");
    journey.cut = true;
    run(&mut journey, "1 + 1");
    journey.cut = false;
    journey.pass(60);
    assert_eq!(word(&journey), "absent");
    let body = journey.sent.iter().find_map(|it| it.1.body().filter(|_| is_run(&it.1))).unwrap().to_owned();
    run(&mut journey, "1 + 1");
    journey.pass(3);
    assert_eq!((word(&journey), number(&journey)), ("accepted", Some(0)));
    journey.elsewhere("POST", "/sessions/0/statements", &body);
    journey.tell(Event::RefreshAsked);
    journey.pass(3);
    let ids = [0, 1].map(|it| StatementId::numbered(it).unwrap());
    assert_eq!(
        statements(&journey).run().unwrap().stage,
        RunStage::Twice(ids[0].clone(), vec![ids[1].clone()])
    );
}

/// A page on which so many statements have run.
fn after_runs(count: u64) -> Journey {
    let mut journey = desk("etl");
    for _ in 0..count {
        run(&mut journey, "0");
        journey.pass(3);
    }
    journey
}

#[test]
fn one_that_cannot_be_read_may_be_it_and_is_never_denied() {
    for before in [0, 1] {
        let mut journey = after_runs(before);
        journey.statement_instead = Some((before, failing()));
        run(&mut journey, "1 + 1");
        last_comes(&mut journey, 50, Some(Err(CallError::Unreachable)));
        journey.pass(120);
        assert_eq!((word(&journey), maybe(&journey)), ("unknown", Some(before)));
        // The same, where Livy itself has failed to answer the POST.
        let mut journey = after_runs(before);
        journey.statement_instead = Some((before, failing()));
        run(&mut journey, "1 + 1");
        last_comes(&mut journey, 50, Some(Ok(failing())));
        journey.pass(60);
        assert_eq!((word(&journey), maybe(&journey)), ("unknown", Some(before)));
    }
}

#[test]
fn a_look_from_before_the_failure_decides_nothing() {
    let mut journey = desk("etl");
    journey.tell(Event::RefreshAsked);
    let looks = |it: &Call| matches!(it, Call::Statement(..));
    assert_eq!(journey.calls_since(journey.now / 1_000, looks), 1);
    let ticket = journey.effects.iter().rev().find_map(|it| match it {
        Effect::Call { ticket, call } if looks(call) => Some(*ticket),
        _ => None,
    });
    let now = journey.now;
    journey.coming.iter_mut().filter(|it| Some(it.1) == ticket).for_each(|it| it.0 = now + 900);
    run(&mut journey, "1 + 1");
    last_comes(&mut journey, 300, Some(Ok(failing())));
    journey.pass(3);
    assert_eq!((word(&journey), number(&journey)), ("found", Some(0)));
}

#[test]
fn half_a_minute_counts_from_the_first_denial() {
    let mut journey = desk("statements-never-arrive");
    run(&mut journey, "1");
    last_comes(&mut journey, 1_000_000, None);
    journey.pass(75);
    assert_eq!(word(&journey), "unknown", "the page has only just given up waiting");
    journey.pass(60);
    assert_eq!(word(&journey), "absent");
    // So it does for a page that was loaded again long after.
    let mut journey = desk("statements-never-arrive");
    run(&mut journey, "1");
    let intent = journey.run_intent.clone();
    let mut later =
        Journey::before("#/sessions/0", journey.cluster.clone(), journey.now + 700_000, None, None);
    later.run_intent = intent;
    lend(&mut later, BROWSER);
    later.pass(10);
    assert_eq!(word(&later), "unknown");
    later.pass(60);
    assert_eq!(word(&later), "absent");
}

#[test]
fn where_only_a_person_could_say_which_it_is_other_code_can_run_after_a_while() {
    let mut journey = desk("no-echo");
    run(&mut journey, "1 + 1");
    last_comes(&mut journey, 50, Some(Err(CallError::Unreachable)));
    journey.pass(5);
    assert_eq!(maybe(&journey), Some(0));
    run(&mut journey, "2 + 2");
    assert_eq!(statements(&journey).press(), Some(Press::Unanswered));
    journey.pass(60);
    run(&mut journey, "1 + 1");
    assert_eq!(statements(&journey).press(), Some(Press::SameAgain));
    run(&mut journey, "2 + 2");
    journey.pass(3);
    assert_eq!((word(&journey), number(&journey)), ("accepted", Some(1)));
}

#[test]
fn another_tab_of_this_browser_runs_the_same_text_too() {
    let mut journey = desk("etl");
    run(&mut journey, "time.sleep(60)");
    journey.pass(2);
    let mut other = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    lend(&mut other, BROWSER);
    other.pass(5);
    assert_eq!(entry(&other, 0).origin, Origin::Browser);
    run(&mut other, "time.sleep(60)");
    assert_eq!((statements(&other).press(), other.calls_since(0, is_run)), (Some(Press::SameAgain), 0));
}

#[test]
fn code_is_safe_to_leave_only_once_the_server_has_it() {
    let drafted = |name: &str| {
        let mut journey = desk(name);
        journey.tell(Event::Drafted("x = 1".into()));
        assert!(guards(&journey));
        journey
    };
    let mut journey = drafted("etl");
    run(&mut journey, "x = 1");
    assert!(guards(&journey), "it is on its way");
    journey.pass(2);
    assert!(!guards(&journey));
    for (name, fate) in [("view-only", "refused"), ("statements-never-arrive", "absent")] {
        let mut journey = drafted(name);
        run(&mut journey, "x = 1");
        journey.pass(70);
        assert_eq!((word(&journey), guards(&journey)), (fate, true), "{name}");
    }
}

#[test]
fn what_is_sent_again_has_its_language() {
    let mut journey = desk("statements-never-arrive");
    journey.tell(Event::RunAsked { code: "select 1".into(), kind: Some(Kind::Sql), again: false });
    journey.pass(70);
    let sent = statements(&journey).run().unwrap();
    assert_eq!((sent.word(), sent.kind), ("absent", Some(Kind::Sql)));
}

/// A server that tells no times, as Livy before 0.7.
fn without_times(call: &Call, mut answer: Answer) -> Answer {
    if matches!(call, Call::Statement(..) | Call::Run { .. })
        && let Ok(mut told) = serde_json::from_str::<serde_json::Value>(&answer.body)
        && let Some(fields) = told.as_object_mut()
    {
        fields.retain(|key, _| !matches!(key.as_str(), "started" | "completed"));
        answer.body = told.to_string();
    }
    answer
}

#[test]
fn without_times_what_was_seen_to_run_has_run_and_of_others_nothing_is_said() {
    let mut journey = desk("etl");
    journey.twist = Some(without_times);
    for code in ["time.sleep(90)", "1"] {
        run(&mut journey, code);
        journey.pass(2);
    }
    assert!(!entry(&journey, 0).statement.tells_times);
    let first = StatementId::numbered(0).unwrap();
    for id in [StatementId::numbered(1).unwrap(), first.clone()] {
        journey.tell(Event::CancelAsked(id));
        journey.pass(1);
    }
    assert_eq!(entry(&journey, 1).statement.state.as_str(), "cancelled");
    assert_eq!((entry(&journey, 0).has_run(), entry(&journey, 1).has_run()), (Some(true), None));
    journey.pass(40);
    // It has the interpreter as long as its code runs, whatever Livy says.
    let is_busy = journey.state() == "busy";
    assert_eq!((is_busy, statements(&journey).cancel_word(&first, is_busy)), (true, Some("unheeded")));
}

#[test]
fn what_stands_in_the_editor_keeps_its_language() {
    let mut journey = desk("etl");
    let own = statements(&journey).draft_language();
    assert!(own.is_some_and(|it| it != Kind::Sql), "that of the session");
    journey.tell(Event::Drafted("half".into()));
    journey.tell(Event::SetAside("half".into()));
    journey.tell(Event::LanguageChosen(Kind::Sql));
    journey.tell(Event::Drafted("select 1".into()));
    // Elsewhere and back.
    journey.tell(Event::Opened(Route::Sessions));
    journey.tell(Event::Opened(Route::of(&id("0"))));
    journey.pass(5);
    let it = statements(&journey);
    assert_eq!((it.draft(), it.draft_language()), ("select 1", Some(Kind::Sql)));
    // Each that can come back comes in its own.
    assert_eq!(it.language_of("half"), own);
    journey.tell(Event::RunAsked { code: "select 2".into(), kind: Some(Kind::Sql), again: false });
    journey.pass(3);
    let it = statements(&journey);
    assert_eq!((it.language_of("select 2"), it.language_of("x")), (Some(Kind::Sql), None));
}

#[test]
fn what_gave_way_in_the_editor_is_not_lost() {
    let mut journey = desk("etl");
    journey.tell(Event::Drafted("typed = 1".into()));
    // Earlier code takes its place: by the keys, by "Edit", or nothing does by "Clear".
    journey.tell(Event::SetAside("typed = 1".into()));
    journey.tell(Event::Drafted(String::new()));
    assert!(guards(&journey));
    assert_eq!(statements(&journey).set_aside(), ["typed = 1"]);
    journey.tell(Event::SetAside(" ".into()));
    journey.tell(Event::SetAside("other".into()));
    assert_eq!(statements(&journey).set_aside(), ["typed = 1", "other"]);
    // Both come back, and each is run.
    journey.tell(Event::Drafted("typed = 1".into()));
    assert_eq!(statements(&journey).set_aside(), ["other"]);
    run(&mut journey, "typed = 1");
    journey.pass(3);
    assert!(guards(&journey), "the other one was never run");
    journey.tell(Event::Drafted("other".into()));
    run(&mut journey, "other");
    journey.pass(3);
    assert!(!guards(&journey));
}
