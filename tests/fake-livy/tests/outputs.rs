//! What statements bring, as a real server did (docs/statements.md), and the stories about their answers.

#![allow(clippy::unwrap_used, reason = "a test ends where it finds something else")]

use std::time::Duration;

use fake_livy::{Cluster, Fate, Options, Request, Response};
use serde_json::{Value, json};

/// A cluster with one session of that name, idle at once.
struct Desk {
    cluster: Cluster,
    now: u64,
}

impl Desk {
    fn new(name: &str) -> Self {
        let cluster = Cluster::new(Options { start: Duration::ZERO, ..Options::default() });
        let mut desk = Self { cluster, now: 0 };
        desk.call("POST", "/sessions", &json!({"kind": "pyspark", "name": name}));
        desk.now = 1_000;
        desk
    }

    fn call(&mut self, method: &str, path: &str, body: &Value) -> Response {
        let headers = [("X-Requested-By", "x"), ("Content-Type", "application/json")];
        let request = Request {
            method: method.into(),
            path: path.into(),
            headers: headers.map(|(name, value)| (name.into(), value.into())).to_vec(),
            body: body.to_string().into_bytes(),
        };
        self.cluster.answer(Duration::from_millis(self.now), &request)
    }

    fn post(&mut self, code: &str, kind: &str) -> Response {
        self.call("POST", "/sessions/0/statements", &json!({"code": code, "kind": kind}))
    }

    fn read(&mut self, tail: &str) -> Value {
        let response = self.call("GET", &format!("/sessions/0{tail}"), &Value::Null);
        serde_json::from_slice(&response.body).unwrap_or_default()
    }

    /// The output of code, once it has ended.
    fn output(&mut self, code: &str, kind: &str) -> Value {
        let statement: Value = serde_json::from_slice(&self.post(code, kind).body).unwrap();
        self.now += 10_000;
        self.read(&format!("/statements/{}", statement["id"]))["output"].take()
    }

    fn state(&mut self) -> String {
        self.read("/state")["state"].as_str().unwrap_or_default().to_owned()
    }
}

#[test]
fn python_as_recorded() {
    let mut desk = Desk::new("etl");
    let failed = desk.output("print(\"before\")\n1/0", "pyspark");
    assert_eq!(
        failed["traceback"],
        json!(["Traceback (most recent call last):\n", "ZeroDivisionError: division by zero\n"])
    );
    assert!(!failed.to_string().contains("before"), "what was printed before an error is lost");
    desk.output("def f(x):\n    y = x + 1\n    return y / 0\n", "pyspark");
    let frames = desk.output("a = 1\nf(2)", "pyspark");
    assert_eq!(frames["traceback"][1], "  File \"<stdin>\", line 3, in f\n");
    let syntax = desk.output("x = 1\ndef f(:\n    pass", "pyspark");
    assert_eq!(syntax["evalue"], "invalid syntax (<stdin>, line 2)");
    let table = desk.output("t = [{'a': 1, 'b': 'z'}, {'a': 2, 'b': None}]\n%table t", "pyspark");
    let headers = json!([{"name": "a", "type": "INT_TYPE"}, {"name": "b", "type": "STRING_TYPE"}]);
    let expected = json!({"headers": headers, "data": [[1, "z"], [2, null]]});
    assert_eq!(table["data"]["application/vnd.livy.table.v1+json"], expected);
    let ragged = desk.output("r = [{'b': 1, 'a': 2}, {'a': 3}]\n%table r", "pyspark");
    assert_eq!(ragged["data"]["application/vnd.livy.table.v1+json"]["data"], json!([[2, 1], [3]]));
    let unequal = desk.output("u = [[1], [1, 2]]\n%table u", "pyspark");
    assert_eq!(unequal["data"]["application/vnd.livy.table.v1+json"]["data"], json!([[1], [1, 2]]));
    let missing = desk.output("%table nosuch", "pyspark");
    assert_eq!(
        (&missing["status"], &missing["data"]["content"]["ename"]),
        (&json!("ok"), &json!("KeyError"))
    );
    let nan = desk.output("n = [float('nan')]\n%json n", "pyspark");
    assert_eq!(nan["ename"], "com.fasterxml.jackson.core.JsonParseException");
    let both = desk.output("j = {'a': [1, None]}\nprint(\"kept\")\n%json j", "pyspark");
    assert_eq!(both["data"], json!({"application/json": {"a": [1, null]}, "text/plain": "kept"}));
    let between = desk.output("print(\"one\")\n%json j\nprint(\"two\")", "pyspark");
    assert_eq!(between["data"], json!({"text/plain": "one\ntwo"}), "a result in the middle is lost");
    let image = desk.output("%matplot plt", "pyspark");
    assert!(image["data"]["image/png"].as_str().unwrap().starts_with("iVBOR"));
    assert_eq!(desk.output("big(1000)", "pyspark")["data"]["text/plain"].as_str().map(str::len), Some(999));
}

#[test]
fn a_dead_interpreter_is_dead_and_others_live() {
    for code in
        ["%json", "m = [[1], ['a']]\n%table m", "c = [[{'a': 1}]]\n%table c", "import os; os._exit(1)"]
    {
        let mut desk = Desk::new("etl");
        let output = desk.output(code, "pyspark");
        assert!(output["evalue"].as_str().unwrap().starts_with("Interpreter died:\n"), "{code}");
        assert_eq!(desk.state(), "error", "{code}");
        assert_eq!(desk.output("1", "pyspark")["evalue"], "Interpreter died:\n", "{code}");
        assert_eq!(desk.output("1 + 1", "spark")["status"], "ok");
        assert_eq!(desk.state(), "idle");
    }
}

#[test]
fn sql_and_scala_as_recorded() {
    let mut desk = Desk::new("etl");
    let table = desk.output("select * from rows(1001, 3)", "sql")["data"]["application/json"].take();
    assert_eq!(
        (table["data"].as_array().map(Vec::len), &table["data"][999][2]),
        (Some(1_000), &json!(2_999))
    );
    let types = desk.output("select * from every_type", "sql")["data"]["application/json"].take();
    assert_eq!(types["data"][0][6], json!([97, 98]));
    assert_eq!(types["schema"]["fields"].as_array().map(Vec::len), types["data"][0].as_array().map(Vec::len));
    assert!(desk.output("select 1; select 2", "sql")["evalue"].as_str().unwrap().contains("extra input"));
    assert_eq!(desk.output("%table t", "spark")["evalue"], "Value t does not exist");
    assert_eq!(desk.output("%matplot x", "spark")["ename"], "UnknownMagic");
}

#[test]
fn livy_gives_up_after_half_a_minute_and_the_code_runs_on() {
    let mut desk = Desk::new("etl");
    desk.post("time.sleep(45)", "pyspark");
    desk.post("2", "pyspark");
    desk.now = 3_000;
    desk.call("POST", "/sessions/0/statements/0/cancel", &Value::Null);
    desk.now = 34_000;
    let given_up = desk.read("/statements/0");
    assert_eq!((&given_up["state"], &given_up["output"]), (&json!("cancelled"), &Value::Null));
    assert_eq!((desk.state().as_str(), &desk.read("/statements/1")["state"]), ("busy", &json!("waiting")));
    desk.now = 48_000;
    assert_eq!(
        (&desk.read("/statements/0")["output"]["status"], desk.state().as_str()),
        (&json!("ok"), "idle")
    );
    assert_eq!(desk.read("/statements/1")["state"], "available");
}

#[test]
fn a_queue_is_not_evicted_from_the_interpreter() {
    let mut desk = Desk::new("etl");
    let body = json!({"kind": "pyspark", "conf": {"livy.rsc.retained-statements": "2"}});
    desk.call("POST", "/sessions", &body);
    for code in ["time.sleep(20)", "1", "2"] {
        desk.call("POST", "/sessions/1/statements", &json!({"code": code}));
    }
    let read = |desk: &mut Desk, tail: &str| {
        let response = desk.call("GET", &format!("/sessions/1{tail}"), &Value::Null);
        serde_json::from_slice::<Value>(&response.body).unwrap()
    };
    desk.now = 5_000;
    assert_eq!(
        read(&mut desk, "/statements/0"),
        json!("Statement not found"),
        "the one that runs is evicted too"
    );
    assert_eq!(
        (read(&mut desk, "/state")["state"].as_str(), read(&mut desk, "/statements/1")["state"].as_str()),
        (Some("busy"), Some("waiting"))
    );
}

#[test]
fn answers_are_lost_repeated_and_refused() {
    let taken = |name: &str| {
        let mut desk = Desk::new(name);
        let response = desk.post("1 + 1 \t", "pyspark");
        let count = desk.read("/statements")["total_statements"].as_u64().unwrap();
        (response.fate == Fate::ConnectionDropped, response.status, count)
    };
    assert_eq!(taken("loses-statement-answers"), (true, 201, 1));
    assert_eq!(taken("statements-never-arrive").2, 0);
    assert_eq!(taken("statements-arrive-twice"), (false, 201, 2));
    assert_eq!(taken("gateway-loses-statements"), (false, 502, 1));
    assert_eq!(taken("view-only"), (false, 403, 0));
    let mut desk = Desk::new("trims-code");
    desk.post("1 + 1 \t\n", "pyspark");
    assert_eq!(desk.read("/statements/0")["code"], "1 + 1");
    let mut desk = Desk::new("no-echo");
    desk.post("1 + 1", "pyspark");
    assert_eq!(desk.read("/statements/0").as_object().map(|it| it.len()), Some(3), "id, state and output");
    let mut desk = Desk::new("busy-with-others");
    desk.now = 29_000;
    assert_eq!(desk.read("/statements")["total_statements"], 4);
    let mut desk = Desk::new("dies-in-a-statement");
    desk.post("1", "pyspark");
    desk.now = 4_000;
    assert_eq!(desk.state(), "dead");
    let mut desk = Desk::new("etl");
    desk.post("1", "shared");
    desk.now = 600_000;
    assert_eq!((&desk.read("/statements/0")["state"], desk.state().as_str()), (&json!("waiting"), "idle"));
}

#[test]
fn what_is_large_is_made_as_it_is_sent_and_stands_in_the_order_of_livy() {
    let mut desk = Desk::new("etl");
    desk.post("big(213000000)", "pyspark");
    desk.now += 10_000;
    let answer = desk.call("GET", "/sessions/0/statements/0", &Value::Null);
    assert!(answer.body.len() < 1_000, "{} bytes are kept", answer.body.len());
    let sent: usize = answer.pieces().iter().map(|(piece, times)| piece.len() * times).sum();
    assert!((213_000_000..216_000_000).contains(&sent), "{sent}");
    let head = String::from_utf8(answer.beginning(1_000)).unwrap();
    let begins = r#"{"id":0,"code":"big(213000000)","state":"available","output":{"status":"ok","execution_count":0,"data":{"text/plain":"xxx"#;
    assert!(head.starts_with(begins) && head.len() < 1_200, "{head}");
    // A middling one comes whole, as JSON.
    desk.post("big(1000000)", "pyspark");
    desk.now += 10_000;
    let answer = desk.call("GET", "/sessions/0/statements/1", &Value::Null);
    let told: Value = serde_json::from_slice(&answer.beginning(usize::MAX)).unwrap();
    assert_eq!(told["output"]["data"]["text/plain"].as_str().map(str::len), Some(999_999));
}

#[test]
fn a_list_of_more_than_the_channel_carries_ends_a_session_that_says_it_is_idle() {
    let mut desk = Desk::new("etl");
    for _ in 0..9 {
        desk.post("big(6000000)", "pyspark");
        desk.now += 10_000;
    }
    assert_eq!(desk.call("GET", "/sessions/0/statements/3", &Value::Null).status, 200);
    let list = desk.call("GET", "/sessions/0/statements?from=0&size=1", &Value::Null);
    assert_eq!((list.fate, list.delay), (Fate::ConnectionDropped, Duration::from_secs(120)));
    assert_eq!(
        (desk.read("/statements/3"), desk.state().as_str()),
        (json!("java.lang.IllegalStateException: RPC channel is closed."), "idle")
    );
    assert_eq!(desk.post("1", "pyspark").status, 500);
}
