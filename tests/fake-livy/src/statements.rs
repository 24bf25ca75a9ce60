//! The calls about statements, which run one at a time, and the completion of code. The output is made by
//! [`crate::interpreter`] when the statement is posted, and shown when its time has come.

use serde_json::{Map, Value, json};

use crate::create::null_pointer;
use crate::http::{Request, Response, int, page};
use crate::kind::canonical_kind;
use crate::mapper::{self, Class, Type};
use crate::session::Session;
use crate::statement::{Statement, duration};

const EXECUTE: Class = Class {
    name: "org.apache.livy.ExecuteRequest",
    fields: &[("msg_type", Type::Text), ("kind", Type::Text), ("code", Type::Text)],
    complains_late: true,
};
const COMPLETE: Class = Class {
    name: "org.apache.livy.CompletionRequest",
    fields: &[("kind", Type::Text), ("code", Type::Text), ("cursor", Type::Int)],
    complains_late: true,
};

/// The body of a call that has one, read before the session is looked for; `None` for `null`.
pub(crate) fn read(
    method: &str,
    part: &[&str],
    request: &Request,
) -> Result<Option<Map<String, Value>>, Response> {
    match (method, part) {
        ("POST", ["statements"]) => mapper::read(request.json_body(), &EXECUTE),
        ("POST", ["completion"]) => mapper::read(request.json_body(), &COMPLETE),
        _ => Ok(None),
    }
}

/// Everything under `/sessions/{id}/statements`.
pub(crate) fn statements(
    session: &mut Session,
    now: i64,
    request: &Request,
    body: &Option<Map<String, Value>>,
    method: &str,
    rest: &[&str],
) -> Response {
    let number = match rest.first().map_or(Ok(-1), |it| int(it)) {
        Ok(number) => u64::try_from(number).ok(),
        Err(refusal) => return refusal,
    };
    if !session.takes_statements(now) {
        let state = session.state(now);
        return if method == "POST" {
            in_state(state)
        } else if state != "starting" {
            Response::msg(400, "requirement failed: Session isn't active.")
        } else if rest.is_empty() {
            Response::json(200, &json!({"total_statements": 0, "statements": []}))
        } else {
            Response::bare(404, "Statement not found")
        };
    }
    match (method, rest) {
        ("POST", []) => post(session, now, body),
        ("POST", _) => {
            let known = session.statements.iter_mut().find(|it| Some(it.id) == number);
            known.into_iter().for_each(|it| it.cancel(now));
            session.active_at = now;
            Response::msg(200, "canceled")
        }
        (_, []) => list(session, now, request),
        _ => {
            let found = session.statements.iter().find(|it| Some(it.id) == number);
            found.map_or_else(
                || Response::bare(404, "Statement not found"),
                |it| Response::json(200, &it.json(now)),
            )
        }
    }
}

fn post(session: &mut Session, now: i64, body: &Option<Map<String, Value>>) -> Response {
    let Some(body) = body else {
        return null_pointer(
            "Cannot invoke \"org.apache.livy.ExecuteRequest.code()\" because \"content\" is null",
        );
    };
    let kind = body.get("kind").and_then(Value::as_str);
    let (code, kind) = match (body.get("code").and_then(Value::as_str), kind) {
        (None, _) => return no_code(),
        (Some(_), None) if session.kind == "shared" => {
            return rpc(
                "java.lang.IllegalArgumentException: Code type should be specified if session kind is shared",
                "org.apache.livy.repl.Session.execute(Session.scala:155)",
            );
        }
        (Some(code), None) => (code, session.kind.clone()),
        (Some(code), Some(kind)) => match canonical_kind(kind) {
            Some(kind) => (code, kind.to_owned()),
            None => return invalid_kind(kind),
        },
    };
    let id = session.statement_count;
    session.statement_count += 1;
    // One interpreter thread for a session: the others have to end first.
    let free_at = session.statements.last().map_or(now, |it| it.end);
    let start = now.max(free_at) + 20;
    let output = session.interpreter.run(&kind, code, id);
    let (code, end) = (code.to_owned(), start + duration(code));
    session.statements.push(Statement { id, code, start, end, cancelled: None, output });
    let forgotten = session.statements.len().saturating_sub(session.retained);
    session.statements.drain(..forgotten);
    session.active_at = now;
    let object = session.statements.last().map_or(Value::Null, |it| it.json(now));
    Response::json(201, &object).with("Location", format!("/sessions/{}/statements/{id}", session.id))
}

fn list(session: &Session, now: i64, request: &Request) -> Response {
    let mut all: Vec<Value> = session.statements.iter().map(|it| it.json(now)).collect();
    if request.query("order").as_deref() == Some("desc") {
        all.reverse();
    }
    match (request.int("from", 0), request.int("size", all.len() as i64)) {
        (Ok(from), Ok(size)) => {
            Response::json(200, &json!({"total_statements": all.len(), "statements": page(&all, from, size)}))
        }
        (Err(refusal), _) | (_, Err(refusal)) => refusal,
    }
}

/// `POST …/completion`: candidates for Scala only, as on a real server.
pub(crate) fn complete(session: &mut Session, now: i64, body: &Option<Map<String, Value>>) -> Response {
    if !session.takes_statements(now) {
        return in_state(session.state(now));
    }
    let text = |field: &str| body.as_ref().and_then(|it| it.get(field)).and_then(Value::as_str);
    let Some(code) = text("code") else {
        return no_code();
    };
    let Some(kind) = text("kind").and_then(canonical_kind) else {
        return invalid_kind(text("kind").unwrap_or("null"));
    };
    session.active_at = now;
    let cursor = body.as_ref().and_then(|it| it.get("cursor")).and_then(Value::as_u64).unwrap_or(0);
    let before: String = code.chars().take(usize::try_from(cursor).unwrap_or(usize::MAX)).collect();
    let word = before.rsplit(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default();
    const KNOWN: [&str; 6] = ["broadcast", "parallelize", "range", "read", "sql", "textFile"];
    let known = |it: &&&str| kind == "spark" && !word.is_empty() && it.starts_with(word);
    let candidates: Vec<&&str> = KNOWN.iter().filter(known).collect();
    Response::json(200, &json!({"candidates": candidates}))
}

fn in_state(state: &str) -> Response {
    Response::bare(500, &format!("java.lang.IllegalStateException: Session is in state {state}"))
}

fn no_code() -> Response {
    rpc(
        "java.lang.NullPointerException: Cannot invoke \"String.toCharArray()\" because \"s\" is null",
        "org.apache.livy.EOLUtils$Mode$.determineEOL(EOLUtils.scala:59)",
    )
}

fn invalid_kind(kind: &str) -> Response {
    let words = format!("java.lang.IllegalArgumentException: Invalid kind: {kind}");
    rpc(&words, "org.apache.livy.sessions.Kind$.apply(Kind.scala:46)")
}

/// What the driver refuses comes through Livy's RPC, with a trace in the string.
fn rpc(words: &str, frame: &str) -> Response {
    let words = format!(
        "java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: {words}\n\tat {frame}\n\tat org.apache.livy.repl.ReplDriver.handle(ReplDriver.scala:60)"
    );
    Response::bare(500, &words)
}
