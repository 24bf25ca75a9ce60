//! What the form lets through, before Livy's own request mapper: `CreateInteractiveRequest` of the distribution's jars, read by
//! their Jackson. No session is started. `cargo xtask accept` runs it; it needs `LIVY_JARS`, the class path.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

#[path = "any.rs"]
mod any;

use std::io::Write;
use std::process::{Command, Stdio};

use form::{ReadContext, SessionName, parse};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

/// What the mapper makes of each body: the fields it holds, or why it refuses.
fn mapped(bodies: &[String]) -> Vec<Value> {
    let jars = std::env::var("LIVY_JARS").expect("LIVY_JARS names the jars: cargo xtask accept does");
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/acceptance/Accept.java");
    let mut java = Command::new("java")
        .args(["-cp", &jars, program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("java runs");
    let mut input = java.stdin.take().unwrap();
    // A body has line ends of its own: each travels as a JSON string.
    let lines: String = bodies.iter().map(|it| format!("{}\n", json!(it))).collect();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = java.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

#[test]
fn what_the_form_lets_through_livy_reads_as_it_was_meant() {
    let terms = ReadContext::new(SessionName::made_up(1)).with_server("0.9.0-incubating");
    let mut runner = TestRunner::deterministic();
    let drafts = any::draft();
    let mut bodies = Vec::new();
    for _ in 0..6000 {
        let draft = drafts.new_tree(&mut runner).unwrap().current();
        if let Ok(request) = parse(&draft, &terms) {
            bodies.push(request.call().body().unwrap().to_owned());
        }
    }
    assert!(bodies.len() > 300, "only {} of the drafts were requests", bodies.len());
    let answers = mapped(&bodies);
    assert_eq!(answers.len(), bodies.len());
    for (body, answer) in bodies.iter().zip(&answers) {
        let sent: Map<String, Value> = serde_json::from_str(body).unwrap();
        assert_eq!(answer, &Value::Object(sent), "{body}");
    }
    println!("{} requests were read as they were meant", bodies.len());
}

#[test]
fn the_mapper_refuses_what_is_wrong() {
    let wrong = [
        json!({"kind": "spark", "driverCores": "x"}),
        json!({"kind": "spark", "nosuch": 1}),
        json!({"kind": "scala3"}),
        json!({"jars": "/x.jar"}),
        json!({"heartbeatTimeoutInSecond": 4_294_967_296_u64}),
    ];
    let bodies: Vec<String> = wrong.iter().map(Value::to_string).collect();
    for (body, answer) in bodies.iter().zip(mapped(&bodies)) {
        assert!(answer["refused"].is_string(), "{body}: {answer}");
    }
}
