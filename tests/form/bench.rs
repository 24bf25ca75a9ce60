//! How long the form takes to read one full draft: 17 fields, 200 rows of lists, 200 rows of configuration. Printed as a ratio
//! to what reading the same request's JSON takes in the same run, since milliseconds alone say more about a machine.

#![allow(clippy::unwrap_used, reason = "a bench ends where it finds something else")]

use form::{Draft, Field, ReadContext, SessionName, read};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 400;

/// Every field filled, and 200 rows of each sort.
fn full() -> Draft {
    let mut draft = Draft::default();
    for (field, text) in [
        (Field::Kind, "pyspark"),
        (Field::Name, "nightly-etl"),
        (Field::ProxyUser, "alice"),
        (Field::Queue, "root.etl"),
        (Field::DriverMemory, "2g"),
        (Field::DriverCores, "2"),
        (Field::ExecutorMemory, "4g"),
        (Field::ExecutorCores, "4"),
        (Field::NumExecutors, "10"),
        (Field::Heartbeat, "600"),
        (Field::Ttl, "8h"),
        (Field::IdleTimeout, "1h"),
    ] {
        draft.set_rows(field, vec![text.to_owned()]);
    }
    for field in [Field::Jars, Field::PyFiles, Field::Files, Field::Archives] {
        let rows = (0..50).map(|at| format!("hdfs:///shared/{}/library-{at}-1.2.3.jar", field.name()));
        draft.set_rows(field, rows.collect());
    }
    let keys = ["spark.sql.shuffle.partitions", "spark.hadoop.fs.s3a.endpoint", "spark.executorEnv.PATH"];
    draft.set_conf((0..200).map(|at| (format!("{}.{at}", keys[at % 3]), format!("value-{at}"))).collect());
    draft
}

/// The shortest and the median of many rounds.
fn measure(mut work: impl FnMut()) -> (Duration, Duration) {
    for _ in 0..ROUNDS / 10 {
        work();
    }
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    (times[0], times[ROUNDS / 2])
}

fn main() {
    let draft = full();
    let terms = ReadContext::new(SessionName::made_up(1)).with_server("0.9.0-incubating");
    let reading = read(&draft, &terms);
    assert_eq!(reading.error_count(), 0, "{:?}", reading.problems().first());
    let body = reading.preview();
    let (_, form) = measure(|| {
        black_box(read(black_box(&draft), &terms));
    });
    let (_, json) = measure(|| {
        black_box(serde_json::from_str::<serde_json::Value>(black_box(&body)).unwrap());
    });
    let micros = |it: Duration| it.as_secs_f64() * 1e6;
    println!(
        "form, native: one full draft (17 fields, 200 list rows, 200 conf rows, {} bytes of JSON)",
        body.len()
    );
    println!("  read and judged   {:8.1} µs (median of {ROUNDS}; the goal is 1000)", micros(form));
    println!("  the JSON parsed   {:8.1} µs", micros(json));
    println!("  ratio             {:8.2}", form.as_secs_f64() / json.as_secs_f64());
}
