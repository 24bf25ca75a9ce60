//! 40,000 sessions in the machine: reading them, filtering and sorting them, memory. Compared in the same run with the answers' own
//! text, because milliseconds alone say more about the machine.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench ends where it finds something else")]

use std::time::{Duration, Instant};

use console::{Effect, Event, FleetEvent, Lent, ListQuery, Model, Moment, Route, ScanStage};
use livy::{Answer, Call};
use serde_json::{Value, json};

const SESSIONS: u64 = 40_000;
const ROUNDS: usize = 40;

/// As Livy 0.9 lists it on YARN, with ten lines of its log.
fn session(id: u64) -> Value {
    let owner = format!("user-{}", id * 7 % 400);
    let kinds = ["pyspark", "spark", "sql"];
    let states = ["idle", "idle", "idle", "busy", "dead", "killed", "starting"];
    json!({
        "id": id, "name": format!("nightly-etl-{owner}-{id}"), "appId": format!("application_1700000000000_{id:06}"),
        "owner": owner, "proxyUser": if id.is_multiple_of(3) { Value::Null } else { json!(format!("svc-{}", id % 20)) },
        "state": states[(id % 7) as usize], "kind": kinds[(id % 3) as usize],
        "appInfo": {"driverLogUrl": format!("http://node-{}:8042/node/containerlogs/container_{id}", id % 90), "sparkUiUrl": null},
        "log": (0..10).map(|it| format!("26/11/23 13:00:{it:02} INFO Client: Application report {id}")).collect::<Vec<_>>(),
        "driverMemory": "2g", "driverCores": 1, "executorMemory": format!("{}g", 1 + id % 16), "executorCores": 2,
        "numExecutors": id % 40, "queue": format!("root.team-{}", id % 30), "conf": {"spark.ui.enabled": "false"},
        "jars": [], "files": [], "pyFiles": [], "archives": [], "heartbeatTimeoutInSecond": 0, "ttl": null
    })
}

fn answer(call: &Call) -> Answer {
    let Call::Sessions { from, size } = call else {
        return Answer { status: 200, body: r#"{"version":"0.9.0"}"#.into(), ..Answer::default() };
    };
    let page: Vec<Value> = (*from..(from + u64::from(*size)).min(SESSIONS)).map(session).collect();
    let body = json!({"from": from, "total": SESSIONS, "sessions": page}).to_string();
    Answer { status: 200, content_type: Some("application/json".into()), body, ..Answer::default() }
}

/// What the process has in memory, in bytes (Linux); 0 elsewhere.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or_default() * 1024
}

/// How long the process has run (Linux): what others do on the machine is not in it.
fn on_processor() -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split_whitespace().next().and_then(|it| it.parse().ok()).unwrap_or_default())
}

fn query(word: &str) -> ListQuery {
    ListQuery::read(&console::Place::parse(word).query).0
}

fn main() {
    let mut now = 0;
    let (mut model, mut effects) = Model::new(Route::Sessions, None, None, 7, Moment::default());
    effects.extend(model.lend(Lent::Fleet(console::fleet_machine), Moment::default()));
    effects.extend(model.update(Event::Fleet(FleetEvent::ScanAsked), Moment::default()));
    let (before, mut read, mut bytes) = (resident(), Vec::new(), 0);
    let mut in_page = Duration::ZERO;
    while model.scan().stage != ScanStage::Done {
        let calls: Vec<_> = effects
            .drain(..)
            .filter_map(|it| if let Effect::Call { ticket, call } = it { Some((ticket, call)) } else { None })
            .collect();
        now += 250;
        if calls.is_empty() {
            effects = model.update(Event::Woke, Moment::from_millis(now));
        }
        for (ticket, call) in calls {
            let answer = answer(&call);
            bytes += answer.body.len();
            let begun = Instant::now();
            effects.extend(
                model.update(Event::Answered { ticket, result: Ok(answer) }, Moment::from_millis(now)),
            );
            in_page = begun.elapsed();
            read.push(in_page);
        }
    }
    read.sort_unstable();
    println!(
        "read: {} calls, {:.1} MB of answers, {:.1} ms for the slowest page, {:.1} ms for the last",
        read.len(),
        bytes as f64 / 1e6,
        read[read.len() - 1].as_secs_f64() * 1e3,
        in_page.as_secs_f64() * 1e3,
    );
    println!("memory: {:.1} MB more than before", resident().saturating_sub(before) as f64 / 1e6);
    let mut worst = Duration::ZERO;
    for word in [
        "#/?q=etl",
        "#/?q=user-17+dead",
        "#/?q=nothing-has-this",
        "#/?state=dead&owner=user-12",
        "#/?sort=id",
        "#/?sort=name",
        "#/?sort=-app",
        "#/?sort=owner",
        "#/?sort=-memory",
        "#/?q=etl&sort=-name",
        "#/?q=etl&sort=queue",
    ] {
        let mut spent = Duration::ZERO;
        for _ in 0..ROUNDS {
            model.update(Event::Queried(query("#/?owner=nobody")), Moment::from_millis(now));
            let begun = on_processor();
            model.update(Event::Queried(query(word)), Moment::from_millis(now));
            spent += on_processor().saturating_sub(begun);
        }
        let spent = spent / ROUNDS as u32;
        worst = worst.max(spent);
        println!("{word}: {} rows in {:.2} ms", model.listing().len, spent.as_secs_f64() * 1e3);
    }
    println!("slowest: {:.2} ms", worst.as_secs_f64() * 1e3);
}
