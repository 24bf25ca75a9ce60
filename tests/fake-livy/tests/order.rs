//! Which of two faults Livy finds first, and what a refused attempt leaves behind: as a real 0.9.0 answered.

#![allow(clippy::unwrap_used, reason = "a test ends where it finds something else")]

use std::time::Duration;

use fake_livy::{Cluster, Options, Request, Response};
use serde_json::{Value, json};

fn call(cluster: &mut Cluster, method: &str, path: &str, body: &str) -> Response {
    let headers = [("X-Requested-By", "x"), ("Content-Type", "application/json")];
    let request = Request {
        method: method.into(),
        path: path.into(),
        headers: headers.map(|(name, value)| (name.into(), value.into())).to_vec(),
        body: body.as_bytes().to_vec(),
    };
    cluster.answer(Duration::ZERO, &request)
}

fn words(response: &Response) -> String {
    let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    value["msg"].as_str().or(value.as_str()).unwrap_or_default().to_owned()
}

#[test]
fn of_two_faults_the_first_that_livy_looks_at_is_told() {
    let cases = [
        (r#"{"driverCores":"x","kind":"PYSPARK"}"#, "Invalid kind: PYSPARK "),
        (
            r#"{"conf":{"a":null,"spark.submit.deployMode":"x"}}"#,
            "Rejected, Reason: Blacklisted configuration",
        ),
        (r#"{"jars":["a.jar"],"driverCores":"4"}"#, "Rejected, Reason: requirement failed: Path 'a.jar'"),
        (
            r#"{"jars":null,"driverCores":"4"}"#,
            "java.lang.NullPointerException: Cannot invoke \"scala.collection.Seq.",
        ),
        (
            r#"{"conf":null,"jars":null}"#,
            "java.lang.NullPointerException: Cannot invoke \"scala.collection.immutable.List.",
        ),
        (
            r#"{"kind":null,"conf":null}"#,
            "java.lang.NullPointerException: Cannot invoke \"org.apache.livy.sessions.Kind.",
        ),
        (
            r#"{"kind":null,"driverCores":"4"}"#,
            "java.lang.NullPointerException: Cannot invoke \"org.apache.livy.sessions.",
        ),
        (r#"{"ttl":"x","idleTimeout":"y","jars":["a"]}"#, "Rejected, Reason: Invalid time string: x"),
        (r#"{"name":"12","jars":["a"]}"#, "Rejected, Reason: requirement failed: Path 'a'"),
        (r#"{"name":"12","driverCores":"4"}"#, "java.lang.ClassCastException"),
        (r#"{"pyFiles":["a.py"],"jars":["b.jar"]}"#, "Rejected, Reason: requirement failed: Path 'b.jar'"),
        (r#"{"jars":["j"],"archives":["f"]}"#, "Rejected, Reason: requirement failed: Path 'f'"),
        (
            r#"{"conf":{"spark.jars":"hdfs:///a.jar,b.jar"}}"#,
            "Rejected, Reason: requirement failed: Path 'b.jar'",
        ),
        (
            r#"{"jars":["/has%20space.jar"]}"#,
            "java.net.URISyntaxException: Illegal character in path at index 11: file:///has ",
        ),
        (r#"{"jars":[1,"x"]}"#, "Rejected, Reason: requirement failed: Path '1'"),
    ];
    let mut cluster = Cluster::new(Options::default());
    for (sent, begin) in cases {
        let response = call(&mut cluster, "POST", "/sessions", sent);
        assert!(
            response.status >= 400 && words(&response).starts_with(begin),
            "{sent}: {}",
            words(&response)
        );
    }
}

/// The end of the mapper's words: where it gave up.
#[test]
fn the_mapper_says_where_it_gave_up() {
    let cases = [
        ("{\n \"foo\": 1}", "line: 2, column: 10] (through"),
        (r#"{"kind":"pyspark","foo":[1,2],"x":1}"#, "line: 1, column: 26] (through"),
        (
            r#"{"kind":"spark",}"#,
            "was expecting double-quote to start field name\n at [Source: (org.eclipse.jetty.server.HttpInputOverHTTP); line: 1, column: 18]",
        ),
        (r#"{"a" 1}"#, "line: 1, column: 7]"),
        (r#"{"kind":tru}"#, "line: 1, column: 13]"),
        ("x", "line: 1, column: 2]"),
        (
            r#"{"kind":01}"#,
            "Leading zeroes not allowed\n at [Source: (org.eclipse.jetty.server.HttpInputOverHTTP); line: 1, column: 10]",
        ),
        (
            r#"{"kind":"a"#,
            "line: 1, column: 11] (through reference chain: org.apache.livy.server.interactive.CreateInteractiveRequest[\"kind\"])",
        ),
        (
            r#"{"jars":[["a"]]}"#,
            "line: 1, column: 10] (through reference chain: org.apache.livy.server.interactive.CreateInteractiveRequest[\"jars\"]->com.fasterxml.jackson.module.scala.deser.GenericFactoryDeserializerResolver$BuilderWrapper[0])",
        ),
        (
            "5",
            "from Number value (5)\n at [Source: (org.eclipse.jetty.server.HttpInputOverHTTP); line: 1, column: 1]",
        ),
        (
            r#"{"heartbeatTimeoutInSecond":"abc"}"#,
            "not a valid `int` value\n at [Source: (org.eclipse.jetty.server.HttpInputOverHTTP); line: 1, column: 29] (through reference chain: org.apache.livy.server.interactive.CreateInteractiveRequest[\"heartbeatTimeoutInSecond\"])",
        ),
    ];
    let mut cluster = Cluster::new(Options::default());
    for (sent, end) in cases {
        let response = call(&mut cluster, "POST", "/sessions", sent);
        assert_eq!(response.status, 400, "{sent}");
        assert!(words(&response).contains(end), "{sent}: {}", words(&response));
    }
}

/// Any bytes at all: never a panic, always an answer.
#[test]
fn no_body_is_too_strange() {
    let seeds = [
        r#"{"kind":"pyspark","jars":["hdfs:///a"],"conf":{"a":1,"b":"é😀"},"driverCores":4}"#,
        "[[{\"a\":",
        "-0e",
        "\"\\u00",
    ];
    let mut cluster = Cluster::new(Options::default());
    for seed in seeds {
        let ends = seed.char_indices().map(|(at, _)| at).chain([seed.len()]);
        for end in ends {
            for tail in ["", "}", "\"", ",", ":", "]", "\n\t", "é", "0"] {
                let sent = format!("{}{tail}", &seed[..end]);
                assert!(call(&mut cluster, "POST", "/sessions", &sent).status >= 200, "{sent}");
            }
        }
    }
}

#[test]
fn what_the_mapper_refuses_burns_no_id_and_all_else_does() {
    let mut cluster = Cluster::new(Options::default());
    for sent in [r#"{"foo":1}"#, "{bad", ""] {
        call(&mut cluster, "POST", "/sessions", sent);
    }
    for sent in [
        "null",
        r#"{"ttl":"x"}"#,
        r#"{"kind":null}"#,
        r#"{"jars":["a"]}"#,
        r#"{"driverCores":"4"}"#,
        r#"{"name":"12"}"#,
    ] {
        call(&mut cluster, "POST", "/sessions", sent);
    }
    let made: Value = serde_json::from_slice(&call(&mut cluster, "POST", "/sessions", "{}").body).unwrap();
    assert_eq!(made["id"], 6);
}

#[test]
fn too_many_sessions_come_before_the_body_is_read() {
    let mut cluster = Cluster::new(Options { max_creation: 1, ..Options::default() });
    assert_eq!(call(&mut cluster, "POST", "/sessions", "{}").status, 201);
    for sent in [r#"{"foo":1}"#, "{bad", "{}", "null", ""] {
        let response = call(&mut cluster, "POST", "/sessions", sent);
        assert_eq!(words(&response), "Rejected, too many sessions are being created!", "{sent}");
    }
    call(&mut cluster, "DELETE", "/sessions/0", "");
    assert_eq!(call(&mut cluster, "POST", "/sessions", "{}").status, 201);
}

#[test]
fn names_of_any_scripts_digits_are_refused_and_others_are_not() {
    let mut cluster = Cluster::new(Options::default());
    for name in ["", "123", "１２３", "٣"] {
        let response = call(&mut cluster, "POST", "/sessions", &json!({"name": name}).to_string());
        assert_eq!(words(&response), format!("Rejected, Reason: Invalid session name: {name}"));
    }
    for name in ["²", "Ⅷ", "1a", "."] {
        let sent = json!({"name": name}).to_string();
        assert_eq!(call(&mut cluster, "POST", "/sessions", &sent).status, 201, "{name}");
    }
}

#[test]
fn a_wrong_method_is_told_before_the_session_is_missed() {
    let mut cluster = Cluster::new(Options::default());
    let cases = [
        ("PUT", "/sessions/99/statements", "POST, GET, HEAD"),
        ("PUT", "/sessions/99/statements/0", "GET, HEAD"),
        ("GET", "/sessions/99/statements/0/cancel", "POST"),
        ("GET", "/sessions/99/connect", "POST"),
        ("POST", "/sessions/99/state", "GET, HEAD"),
        ("POST", "/version", "GET, HEAD"),
        ("PATCH", "/sessions", "POST, GET, HEAD"),
    ];
    for (method, path, allowed) in cases {
        let response = call(&mut cluster, method, path, "{}");
        assert_eq!(response.status, 405, "{method} {path}");
        assert!(response.headers.contains(&("Allow".into(), allowed.into())), "{method} {path}");
    }
    let unknown = call(&mut cluster, "POST", "/sessions/99/bogus", "{}");
    assert_eq!((unknown.status, unknown.body.len()), (404, 0));
    for path in ["/sessions/99/log?size=abc", "/sessions/a%2Fb", "/sessions/%2B"] {
        assert_eq!(call(&mut cluster, "GET", path, "").status, 404, "{path}");
    }
    assert_eq!(words(&call(&mut cluster, "GET", "/sessions?from=", "")), "For input string: \"\"");
}
