//! A request that was repeated on its way: each statement that came of one press is told, also after a reload.

use console::RunStage;
use livy::StatementId;

use crate::person::Journey;
use crate::statements::{BROWSER, desk, is_run, lend, on_server, run, statements, word};

fn ids(numbers: impl IntoIterator<Item = u64>) -> Vec<StatementId> {
    numbers.into_iter().filter_map(StatementId::numbered).collect()
}

/// A press whose request arrives so often more before its own answer is heard of.
fn repeated(journey: &mut Journey, times: usize) {
    run(journey, "time.sleep(60)");
    let body = journey.sent.iter().rev().find(|it| is_run(&it.1)).unwrap().1.body().unwrap().to_owned();
    for _ in 0..times {
        journey.elsewhere("POST", "/sessions/0/statements", &body);
    }
}

#[test]
fn every_statement_of_a_press_is_told() {
    for times in [1, 2, 6] {
        let mut journey = desk("etl");
        repeated(&mut journey, times);
        journey.pass(10);
        let it = statements(&journey).run().unwrap();
        assert_eq!(it.stage, RunStage::Twice(ids([0]).remove(0), ids(1..=times as u64)));
        assert_eq!((it.repeats().len(), it.statement().cloned()), (times, StatementId::numbered(0)));
        assert_eq!((on_server(&mut journey), journey.calls_since(0, is_run)), (times as u64 + 1, 1));
    }
}

#[test]
fn a_reload_before_the_look_for_a_repeat_looks_for_it() {
    let mut journey = desk("etl");
    repeated(&mut journey, 1);
    // The answer comes, and nothing that is asked after it.
    journey.cut = true;
    journey.pass(5);
    assert_eq!(word(&journey), "accepted");
    assert!(journey.run_intent.is_some());
    let mut reloaded = Journey::before("#/sessions/0", journey.cluster.clone(), journey.now, None, None);
    reloaded.run_intent = journey.run_intent.clone();
    lend(&mut reloaded, BROWSER);
    reloaded.pass(10);
    let it = statements(&reloaded).run().unwrap();
    assert_eq!(it.stage, RunStage::Twice(ids([0]).remove(0), ids([1])));
    assert!(reloaded.run_intent.is_none(), "all is known");
}

#[test]
fn what_is_known_to_be_alone_is_forgotten() {
    for story in ["etl", "no-echo", "trims-code", "busy-with-others"] {
        let mut journey = desk(story);
        run(&mut journey, "1 + 1");
        journey.pass(5);
        assert_eq!((word(&journey), journey.run_intent.clone()), ("accepted", None), "{story}");
    }
    // Also where the session has ended before anybody could look.
    let mut journey = desk("dies-in-a-statement");
    run(&mut journey, "time.sleep(60)");
    journey.pass(30);
    assert_eq!((word(&journey), journey.state()), ("accepted", "dead"));
    assert_eq!(journey.run_intent, None);
}
