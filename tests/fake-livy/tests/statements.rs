//! Statements: their turn, their end, their pages.

#![allow(clippy::unwrap_used, reason = "a test ends where it finds something else")]

use std::time::Duration;

use fake_livy::{Cluster, Options, Request};
use serde_json::{Value, json};

/// A cluster with one session that is idle.
struct Desk(Cluster);

impl Desk {
    fn new(fields: Value) -> Self {
        let mut desk = Self(Cluster::new(Options { start: Duration::ZERO, ..Options::default() }));
        desk.call(0, "POST", "", &fields);
        desk
    }

    fn call(&mut self, millis: u64, method: &str, tail: &str, body: &Value) -> (u16, Value) {
        let path = if tail.is_empty() { "/sessions".to_owned() } else { format!("/sessions/0{tail}") };
        let headers = [("X-Requested-By", "x"), ("Content-Type", "application/json")];
        let request = Request {
            method: method.into(),
            path,
            headers: headers.map(|(name, value)| (name.into(), value.into())).to_vec(),
            body: body.to_string().into_bytes(),
        };
        let response = self.0.answer(Duration::from_millis(millis), &request);
        (response.status, serde_json::from_slice(&response.body).unwrap_or_default())
    }

    fn post(&mut self, millis: u64, code: &str) -> Value {
        let (status, statement) = self.call(millis, "POST", "/statements", &json!({"code": code}));
        assert_eq!(status, 201, "{code}");
        statement
    }

    fn read(&mut self, millis: u64, tail: &str) -> Value {
        self.call(millis, "GET", tail, &Value::Null).1
    }
}

#[test]
fn one_runs_and_the_others_wait() {
    let mut desk = Desk::new(json!({"kind": "pyspark"}));
    desk.post(100, "import time\ntime.sleep(8)");
    desk.post(100, "x = 40");
    desk.post(100, "x + 2");
    assert_eq!(desk.read(1_000, "/state")["state"], "busy");
    assert_eq!(desk.read(1_000, "/statements/0")["state"], "running");
    let waiting = desk.read(1_000, "/statements/1");
    assert_eq!(
        (&waiting["state"], &waiting["output"], &waiting["started"]),
        (&json!("waiting"), &Value::Null, &json!(0))
    );
    let done = desk.read(9_500, "/statements/2");
    assert_eq!((&done["state"], &done["output"]["data"]["text/plain"]), (&json!("available"), &json!("42")));
    assert!(done["completed"].as_i64() > done["started"].as_i64());
    assert_eq!(desk.read(9_500, "/state")["state"], "idle");
}

#[test]
fn a_cancelled_spark_job_ends_soon_and_python_ends_when_it_likes() {
    let mut desk = Desk::new(json!({"kind": "pyspark"}));
    desk.post(100, "sc.parallelize(range(4)).count()");
    desk.post(100, "time.sleep(8)");
    desk.post(100, "1 + 1");
    assert_eq!(desk.read(2_200, "/statements/0")["progress"], 0.5);
    for id in [0, 2] {
        let (status, answer) = desk.call(2_300, "POST", &format!("/statements/{id}/cancel"), &Value::Null);
        assert_eq!((status, answer), (200, json!({"msg": "canceled"})));
    }
    assert_eq!(desk.read(2_400, "/statements/0")["state"], "cancelling");
    let job = desk.read(4_000, "/statements/0");
    assert_eq!((&job["state"], &job["output"]["ename"]), (&json!("cancelled"), &json!("Py4JJavaError")));
    let waiting = desk.read(2_400, "/statements/2");
    assert_eq!(
        (&waiting["state"], &waiting["output"], &waiting["started"]),
        (&json!("cancelled"), &Value::Null, &json!(0))
    );
    desk.call(5_000, "POST", "/statements/1/cancel", &Value::Null);
    assert_eq!(desk.read(11_000, "/statements/1")["state"], "cancelling");
    assert_eq!(desk.read(13_000, "/statements/1")["state"], "cancelled");
}

#[test]
fn pages_as_scalas_view_cuts_them() {
    let mut desk = Desk::new(json!({"kind": "spark"}));
    for number in 0..5 {
        desk.post(100, &number.to_string());
    }
    let mut ids = |query: &str| {
        let page = desk.read(9_000, &format!("/statements{query}"));
        assert_eq!(page["total_statements"], 5);
        page["statements"].as_array().unwrap().iter().map(|it| it["id"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ids(""), [0, 1, 2, 3, 4]);
    assert_eq!(ids("?from=0&size=2"), [0, 1]);
    assert_eq!(ids("?order=desc&size=2"), [4, 3]);
    assert_eq!(ids("?from=-2&size=3"), [0]);
    assert_eq!(ids("?from=500"), [0_i64; 0]);
    assert_eq!(ids("?size=-1"), [0_i64; 0]);
}

#[test]
fn only_the_last_are_kept_and_ids_go_on() {
    let mut desk = Desk::new(json!({"kind": "pyspark", "conf": {"livy.rsc.retained-statements": 3}}));
    for number in 0..5 {
        desk.post(100, &number.to_string());
    }
    assert_eq!(desk.read(9_000, "/statements")["total_statements"], 3);
    assert_eq!(desk.call(9_000, "GET", "/statements/0", &Value::Null), (404, json!("Statement not found")));
    assert_eq!(desk.read(9_000, "/statements/4")["output"]["execution_count"], 4);
}

#[test]
fn a_statement_keeps_a_session_alive_and_reading_does_not() {
    let mut desk = Desk::new(json!({"kind": "pyspark", "idleTimeout": "90s"}));
    desk.post(80_000, "1");
    assert_eq!(desk.call(165_000, "GET", "/state", &Value::Null).0, 200);
    assert_eq!(desk.call(181_000, "GET", "/state", &Value::Null).0, 404);
}

#[test]
fn wrong_statements_are_refused_in_livys_words() {
    let mut desk = Desk::new(json!({}));
    let begins = [
        (
            json!({"code": "1"}),
            500,
            "java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: java.lang.IllegalArgumentException: Code type should be specified if session kind is shared\n\tat ",
        ),
        (
            json!({"code": "1", "kind": "nope"}),
            500,
            "java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: java.lang.IllegalArgumentException: Invalid kind: nope\n\tat ",
        ),
        (
            json!({}),
            500,
            "java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: java.lang.NullPointerException: Cannot invoke \"String.toCharArray()\"",
        ),
        (
            json!(null),
            500,
            "java.lang.NullPointerException: Cannot invoke \"org.apache.livy.ExecuteRequest.code()\"",
        ),
        (
            json!({"code": "1", "zzz": 1}),
            400,
            "Unrecognized field \"zzz\" (class org.apache.livy.ExecuteRequest), not marked as ignorable (3 known",
        ),
        (
            json!([]),
            400,
            "Cannot deserialize value of type `org.apache.livy.ExecuteRequest` from Array value",
        ),
    ];
    for (sent, status, begin) in begins {
        let (found, words) = desk.call(100, "POST", "/statements", &sent);
        assert_eq!(found, status, "{sent}");
        assert!(words.as_str().unwrap().starts_with(begin), "{sent}: {words}");
    }
    let (_, wrong) = desk.call(100, "GET", "/statements/abc", &Value::Null);
    assert_eq!(wrong, json!({"msg": "For input string: \"abc\""}));
    let scala = json!({"code": "sc.par", "kind": "spark", "cursor": 6});
    assert_eq!(desk.call(100, "POST", "/completion", &scala).1, json!({"candidates": ["parallelize"]}));
    for kind in ["pyspark", "sql", "sparkr", "shared"] {
        let other = json!({"code": "sc.par", "kind": kind, "cursor": 6});
        assert_eq!(desk.call(100, "POST", "/completion", &other).1, json!({"candidates": []}), "{kind}");
    }
}
