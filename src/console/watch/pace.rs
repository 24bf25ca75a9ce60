//! When a watched session is asked for next, as one table: state, age, tab, failures, whose heartbeat.

use std::time::Duration;

use livy::{Address, CallError, Session};
use serde_json::json;

use super::Watch;
use crate::Moment;

/// Whose heartbeat, in seconds.
#[derive(Clone, Copy, Debug)]
enum Beat {
    None,
    Own(u32),
    Theirs(u32),
}

/// Milliseconds from the last answer, or failure, to the next call; `None` where there is to be none.
fn wait(state: &str, age: u64, visible: bool, failures: u32, beat: Beat) -> Option<u128> {
    let (mut now, id) = (Moment::from_millis(0), Address::parse("7").unwrap());
    let seconds = match beat {
        Beat::None => 0,
        Beat::Own(seconds) | Beat::Theirs(seconds) => seconds,
    };
    let told = json!({ "id": 7, "state": state, "heartbeatTimeoutInSecond": seconds });
    let session = || Session::from_json(told.clone()).unwrap();
    let mut watch = Watch::new(id, now);
    if matches!(beat, Beat::Own(_)) {
        watch.keep();
    }
    watch.arrived(session(), visible, now);
    now = now.after(Duration::from_secs(age));
    watch.arrived(session(), visible, now);
    (0..failures).for_each(|_| watch.failed(CallError::Unreachable, now, 0));
    watch.poll.due.map(|it| it.since(now).as_millis())
}

#[test]
fn state_tab_failures_and_heartbeat_decide_when_to_ask_next() {
    use Beat::{None as NoBeat, Own, Theirs};
    let rows = [
        // What is on its way is watched closely, and less so as it ages.
        ("starting", 0, true, 0, NoBeat, Some(1_000)),
        ("starting", 30, true, 0, NoBeat, Some(2_000)),
        ("starting", 120, true, 0, NoBeat, Some(5_000)),
        ("shutting_down", 0, true, 0, NoBeat, Some(1_000)),
        ("busy", 0, true, 0, NoBeat, Some(2_000)),
        ("idle", 0, true, 0, NoBeat, Some(10_000)),
        ("error", 0, true, 0, NoBeat, Some(5_000)),
        ("a word of a later Livy", 0, true, 0, NoBeat, Some(10_000)),
        ("dead", 0, true, 0, NoBeat, None),
        ("killed", 0, false, 0, NoBeat, None),
        // A tab in the back.
        ("starting", 0, false, 0, NoBeat, Some(60_000)),
        ("idle", 0, false, 0, NoBeat, Some(60_000)),
        // A failure asks again soon, whatever the state and wherever the tab.
        ("idle", 0, true, 1, NoBeat, Some(1_000)),
        ("idle", 0, false, 3, NoBeat, Some(4_000)),
        ("busy", 0, true, 9, NoBeat, Some(30_000)),
        // One's own is kept alive, three times as often as it needs, in the back too.
        ("idle", 0, true, 0, Own(600), Some(10_000)),
        ("idle", 0, true, 0, Own(12), Some(4_000)),
        ("idle", 0, false, 0, Own(90), Some(30_000)),
        ("idle", 0, false, 0, Own(1), Some(1_000)),
        ("idle", 0, true, 1, Own(12), Some(1_000)),
        // Somebody else's is not: its heartbeat says nothing of when to look at the list.
        ("idle", 0, true, 0, Theirs(12), Some(10_000)),
        ("idle", 0, false, 0, Theirs(12), Some(60_000)),
    ];
    for (state, age, visible, failures, beat, expected) in rows {
        let found = wait(state, age, visible, failures, beat);
        assert_eq!(found, expected, "{state} for {age} s, visible {visible}, {failures} failures, {beat:?}");
    }
}
