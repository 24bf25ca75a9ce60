//! Whatever the way to the server does, a press sends one statement at most, and its fate becomes known.

use console::{Event, Reading, RunStage};
use fake_livy::Options;
use livy::Call;

use crate::statements::{desk_with, is_of_statements, is_run, on_server, statements};

#[test]
fn no_press_sends_twice_and_every_fate_is_known() {
    let mut fates = std::collections::BTreeMap::new();
    for seed in 1..13 {
        let mut journey = desk_with("etl", Options { chaos_percent: 40, seed, ..Options::default() });
        if journey.state() != "idle" {
            continue;
        }
        let mut presses = 0;
        let mut arrived = Vec::new();
        for number in 0..6 {
            // One of them is run again while it runs.
            let code = if number < 2 { "time.sleep(120)".to_owned() } else { format!("{number} + 1") };
            journey.tell(Event::RunAsked { code: code.clone(), kind: None, again: true });
            presses += usize::from(statements(&journey).press() == Some(console::Press::Sent));
            // A cancel in between is harmless.
            if number == 3
                && let Some(id) = statements(&journey).entries().last().map(|it| it.id().clone())
            {
                journey.tell(Event::CancelAsked(id));
            }
            journey.pass(90);
            let Some(run) = statements(&journey).run() else { continue };
            *fates.entry(run.word()).or_insert(0) += 1;
            assert!(
                !matches!(run.stage, RunStage::Sent | RunStage::Twice(..)),
                "seed {seed}: {:?}",
                run.stage
            );
            if run.statement().is_some() && run.code == code {
                arrived.push(code);
            } else if run.stage == RunStage::Absent || run.word() == "refused" {
                // Not on the server under any id that there is.
                let code = run.code.clone();
                journey.pass(60);
                let entries = statements(&journey).entries();
                let there = entries.iter().filter(|it| it.code() == Some(&code)).count();
                assert_eq!(there, arrived.iter().filter(|it| **it == code).count(), "seed {seed}");
            }
        }
        journey.pass(300);
        assert_eq!(journey.calls_since(0, is_run), presses, "seed {seed}");
        let busiest = (2..journey.now / 1_000)
            .map(|sec| journey.sent.iter().filter(|(at, _)| *at == sec).count())
            .max();
        // A person's own calls may come on top of the five.
        assert!(busiest <= Some(7), "seed {seed}: {busiest:?} calls in one second");
        let mut calm = journey;
        calm.cluster.calm();
        calm.pass(120);
        let there = on_server(&mut calm) as usize;
        assert!(there <= presses, "seed {seed}: {there} of {presses}");
        assert_eq!(
            (statements(&calm).entries().len(), statements(&calm).reading()),
            (there, Reading::Read),
            "seed {seed}"
        );
        assert!(statements(&calm).entries().iter().all(|it| !it.is_open()), "seed {seed}");
        // One that is absent is looked for a while longer.
        calm.pass(600);
        let quiet = calm.calls_since(0, is_of_statements);
        calm.pass(600);
        assert_eq!(calm.calls_since(0, is_of_statements), quiet, "seed {seed}: idle is silent");
        assert_eq!(calm.calls_since(0, |it| matches!(it, Call::Delete(_))), 0);
    }
    assert!(fates.get("accepted") > Some(&10) && fates.get("found") > Some(&1), "{fates:?}");
}
