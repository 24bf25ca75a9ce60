//! The pretend server against what was seen of a real one.

#![allow(clippy::unwrap_used, reason = "a test ends where it finds something else")]

use std::time::Duration;

use fake_livy::{Cluster, Fate, Options, Request, Response};
use serde_json::{Value, json};

fn call(cluster: &mut Cluster, secs: u64, method: &str, path: &str, body: &str) -> Response {
    let headers =
        [("X-Requested-By", "x"), ("Content-Type", "application/json"), ("Accept", "application/json")];
    let request = Request {
        method: method.into(),
        path: path.into(),
        headers: headers.map(|(name, value)| (name.into(), value.into())).to_vec(),
        body: body.as_bytes().to_vec(),
    };
    cluster.answer(Duration::from_secs(secs), &request)
}

fn body(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

fn cluster() -> Cluster {
    Cluster::new(Options::default())
}

fn state(cluster: &mut Cluster, secs: u64, id: &str) -> String {
    let response = call(cluster, secs, "GET", &format!("/sessions/{id}/state"), "");
    body(&response)["state"].as_str().unwrap_or("gone").to_owned()
}

/// Statuses and bodies of the recordings' part 1 for bodies that are refused.
#[test]
fn refusals_in_livys_words() {
    let cases = [
        (
            r#"{"kind":"PYSPARK"}"#,
            400,
            json!(
                "Invalid kind: PYSPARK (through reference chain: org.apache.livy.server.interactive.CreateInteractiveRequest[\"kind\"])"
            ),
        ),
        (
            r#"{"kind":5}"#,
            400,
            json!(
                "requirement failed: Kind should be a string. (through reference chain: org.apache.livy.server.interactive.CreateInteractiveRequest[\"kind\"])"
            ),
        ),
        (
            r#"{"jars":["relative.jar"]}"#,
            400,
            json!({"msg": "Rejected, Reason: requirement failed: Path 'relative.jar' is not absolute."}),
        ),
        (
            r#"{"jars":["/tmp/x.jar"]}"#,
            400,
            json!({"msg": "Rejected, Reason: requirement failed: Local path /tmp/x.jar cannot be added to user sessions."}),
        ),
        (
            r#"{"jars":["has space.jar"]}"#,
            400,
            json!({"msg": "Rejected, Reason: java.net.URISyntaxException: Illegal character in path at index 3: has space.jar"}),
        ),
        (r#"{"ttl":"10 minutes"}"#, 400, json!({"msg": "Rejected, Reason: Invalid time string: 10 minutes"})),
        (r#"{"ttl":"10x"}"#, 400, json!({"msg": "Rejected, Reason: Invalid suffix: \"x\""})),
        (r#"{"idleTimeout":"-5m"}"#, 400, json!({"msg": "Rejected, Reason: Invalid value: -5"})),
        (
            r#"{"conf":{"spark.submit.deployMode":"cluster"}}"#,
            400,
            json!({"msg": "Rejected, Reason: Blacklisted configuration values in session config: spark.submit.deployMode"}),
        ),
        (r#"{"name":"123"}"#, 400, json!({"msg": "Rejected, Reason: Invalid session name: 123"})),
        (r#"{"name":""}"#, 400, json!({"msg": "Rejected, Reason: Invalid session name: "})),
        (
            r#"{bad"#,
            400,
            json!(
                "Unexpected character ('b' (code 98)): was expecting double-quote to start field name\n at [Source: (org.eclipse.jetty.server.HttpInputOverHTTP); line: 1, column: 3]"
            ),
        ),
        (
            "",
            400,
            json!(
                "No content to map due to end-of-input\n at [Source: (org.eclipse.jetty.server.HttpInputOverHTTP); line: 1, column: 0]"
            ),
        ),
        (
            "null",
            500,
            json!(
                "java.lang.NullPointerException: Cannot invoke \"org.apache.livy.server.interactive.CreateInteractiveRequest.ttl()\" because \"createRequest\" is null"
            ),
        ),
        (
            r#"{"driverCores":4.5}"#,
            500,
            json!(
                "java.lang.ClassCastException: class java.lang.Double cannot be cast to class java.lang.Integer (java.lang.Double and java.lang.Integer are in module java.base of loader 'bootstrap')"
            ),
        ),
    ];
    let mut cluster = cluster();
    for (sent, status, words) in cases {
        let response = call(&mut cluster, 0, "POST", "/sessions", sent);
        assert_eq!((response.status, body(&response)), (status, words), "{sent}");
    }
    let unknown = call(&mut cluster, 0, "POST", "/sessions", r#"{"foo":1}"#);
    assert!(body(&unknown).as_str().unwrap().contains("line: 1, column: 9]"));
}

#[test]
fn a_session_lives_and_is_deleted() {
    let mut cluster = cluster();
    let created =
        call(&mut cluster, 0, "POST", "/sessions", r#"{"kind":"python","name":"lab 1","driverCores":1}"#);
    assert_eq!((created.status, body(&created)["kind"].as_str()), (201, Some("pyspark")));
    assert!(created.headers.contains(&("Location".into(), "/sessions/0".into())));
    assert_eq!(body(&created).as_object().unwrap().len(), 23);
    assert_eq!(body(&created)["log"], json!(["stdout: ", "\nstderr: "]));
    let again = call(&mut cluster, 1, "POST", "/sessions", r#"{"name":"lab 1"}"#);
    assert_eq!(
        body(&again),
        json!({"msg": "Rejected, Reason: Duplicate session name: Some(lab 1) for session 1"})
    );
    assert_eq!(
        (state(&mut cluster, 1, "0"), state(&mut cluster, 6, "lab%201")),
        ("starting".into(), "idle".into())
    );
    let log = body(&call(&mut cluster, 30, "GET", "/sessions/0/log?size=-1", ""));
    assert_eq!((log["total"].as_u64(), log["log"].as_array().unwrap().len()), (Some(202), 202));
    let deleted = call(&mut cluster, 31, "DELETE", "/sessions/0", "");
    assert_eq!((deleted.status, body(&deleted)), (200, json!({"msg": "deleted"})));
    let gone = call(&mut cluster, 32, "GET", "/sessions/0", "");
    assert_eq!((gone.status, body(&gone)), (404, json!({"msg": "Session '0' not found."})));
}

#[test]
fn nothing_comes_before_what_a_dying_driver_has_written() {
    let mut cluster = cluster();
    call(&mut cluster, 0, "POST", "/sessions", r#"{"name":"dies-while-starting"}"#);
    let mut before = Vec::new();
    for millis in (2_000..3_500).step_by(10) {
        let request =
            Request { method: "GET".into(), path: "/sessions/0/log?size=-1".into(), ..Request::default() };
        let page = body(&cluster.answer(Duration::from_millis(millis), &request));
        let log = page["log"].as_array().unwrap().clone();
        assert!(log.starts_with(&before), "after {millis} ms");
        before = log;
    }
    assert!(before.iter().any(|it| it.as_str().unwrap().contains("ClassNotFoundException")), "{before:?}");
}

#[test]
fn windows_of_a_log_overlap_as_they_slide() {
    let mut cluster = cluster();
    call(&mut cluster, 0, "POST", "/sessions", r#"{"kind":"spark","name":"floods-its-log"}"#);
    let mut window = |secs| {
        let page = body(&call(&mut cluster, secs, "GET", "/sessions/0/log?size=-1", ""));
        let lines: Vec<String> =
            page["log"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
        let stderr = lines.iter().position(|it| it == "\nstderr: ").unwrap();
        lines[stderr + 1..].to_vec()
    };
    let (early, late) = (window(20), window(22));
    assert_eq!((early.len(), late.len()), (200, 200));
    assert_eq!(early[80..], late[..120]);
}

#[test]
fn the_dead_are_forgotten_after_ten_minutes_and_the_idle_after_an_hour() {
    let mut cluster = cluster();
    call(&mut cluster, 0, "POST", "/sessions", r#"{"driverMemory":"abc"}"#);
    call(&mut cluster, 0, "POST", "/sessions", r#"{"heartbeatTimeoutInSecond":30}"#);
    call(&mut cluster, 0, "POST", "/sessions", "{}");
    assert_eq!((state(&mut cluster, 1, "0"), state(&mut cluster, 650, "0")), ("dead".into(), "dead".into()));
    assert_eq!(
        (state(&mut cluster, 661, "0"), state(&mut cluster, 661, "1")),
        ("gone".into(), "gone".into())
    );
    // Reading keeps nothing alive.
    assert_eq!(
        (state(&mut cluster, 3_599, "2"), state(&mut cluster, 3_661, "2")),
        ("idle".into(), "gone".into())
    );
}

#[test]
fn stories() {
    let mut cluster = cluster();
    let mut make = |name: &str| {
        let response = call(&mut cluster, 0, "POST", "/sessions", &json!({"name": name}).to_string());
        (response.status, response.fate)
    };
    assert_eq!(make("answer-lost"), (201, Fate::ConnectionDropped));
    assert_eq!(make("never-arrives").1, Fate::ConnectionDropped);
    assert_eq!(make("hdinsight"), (200, Fate::Answered));
    assert_eq!(make("gateway-loses"), (502, Fate::Answered));
    for name in ["killed", "unknown-state", "never-idle", "recovering", "dies-while-starting"] {
        make(name);
    }
    assert_eq!(state(&mut cluster, 1, "answer-lost"), "starting");
    assert_eq!(state(&mut cluster, 1, "never-arrives"), "gone");
    let states = ["killed", "unknown-state", "never-idle", "recovering", "dies-while-starting"]
        .map(|it| state(&mut cluster, 25, it));
    assert_eq!(states, ["killed", "hibernating", "starting", "recovering", "dead"]);
    let page = call(&mut cluster, 25, "POST", "/sessions", r#"{"name":"gateway-html"}"#);
    assert_eq!(page.status, 201);
    assert_eq!(call(&mut cluster, 26, "GET", "/sessions/gateway-html", "").status, 502);
}

#[test]
fn statements_wait_run_and_bring_something() {
    let mut cluster = cluster();
    call(&mut cluster, 0, "POST", "/sessions", r#"{"kind":"pyspark"}"#);
    let early = call(&mut cluster, 1, "POST", "/sessions/0/statements", r#"{"code":"1+1"}"#);
    assert_eq!(
        (early.status, body(&early)),
        (500, json!("java.lang.IllegalStateException: Session is in state starting"))
    );
    let posted = call(&mut cluster, 10, "POST", "/sessions/0/statements", r#"{"code":"1+1"}"#);
    assert_eq!((posted.status, body(&posted)["state"].as_str()), (201, Some("waiting")));
    let done = body(&call(&mut cluster, 11, "GET", "/sessions/0/statements/0", ""));
    assert_eq!(
        (done["state"].as_str(), &done["output"]["data"]["text/plain"]),
        (Some("available"), &json!("2"))
    );
}

#[test]
fn the_guard_against_other_sites_and_wrong_methods() {
    let mut cluster = cluster();
    let bare =
        |method: &str| Request { method: method.into(), path: "/sessions".into(), ..Request::default() };
    let page = cluster.answer(Duration::ZERO, &bare("POST"));
    assert!(
        page.status == 400
            && String::from_utf8_lossy(&page.body).contains("Missing Required Header for CSRF protection.")
    );
    assert!(cluster.answer(Duration::ZERO, &bare("DELETE")).body.is_empty());
    let options = cluster.answer(Duration::ZERO, &bare("OPTIONS"));
    assert_eq!(options.status, 405);
    assert!(options.headers.contains(&("Allow".into(), "POST, GET, HEAD".into())));
}

#[test]
fn chaos_is_the_same_every_time() {
    let run = || {
        let mut cluster = Cluster::new(Options { chaos_percent: 30, seed: 7, ..Options::default() });
        (0..200).map(|it| call(&mut cluster, it, "GET", "/sessions", "")).collect::<Vec<_>>()
    };
    assert_eq!(run(), run());
    let harmed = |it: &&Response| {
        it.status != 200 || it.fate == Fate::ConnectionDropped || it.delay > Duration::from_secs(1)
    };
    let harmed = run().iter().filter(harmed).count();
    assert!((30..90).contains(&harmed), "{harmed}");
}
