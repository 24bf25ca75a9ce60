//! The calls about statements, which run one at a time. The output is made by [`crate::interpreter`] when the statement is posted, and
//! shown when its time has come.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::create::null_pointer;
use crate::http::gateway_page;
use crate::http::{Request, Response, Rows, int, page};
use crate::kind::canonical_kind;
use crate::mapper::{self, Class, Type};
use crate::session::Session;
use crate::statement::{Statement, duration, written};
use crate::story::Story;

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
    if session.is_cut {
        return Response::bare(500, "java.lang.IllegalStateException: RPC channel is closed.");
    }
    match (method, rest) {
        ("POST", []) => post(session, now, body),
        ("POST", _) => {
            let known = session.statements.iter_mut().find(|it| Some(it.id) == number);
            known.into_iter().for_each(|it| it.cancel(now));
            session.queue(now);
            session.active_at = now;
            Response::msg(200, "canceled")
        }
        (_, []) => list(session, now, request),
        _ => {
            let found = session.statements.iter().find(|it| Some(it.id) == number);
            found.map_or_else(
                || Response::bare(404, "Statement not found"),
                |it| Response::written(200, written(&shown(it, session.story, now))),
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
    let refuses = match session.story {
        Story::ViewOnly => Some(Response::empty(403)),
        Story::StatementsNeverArrive => Some(Response::nothing(502).dropped()),
        _ => None,
    };
    if let Some(response) = refuses {
        return response;
    }
    session.active_at = now;
    if session.story == Story::StatementsArriveTwice {
        add(session, now, code, &kind);
    }
    let id = add(session, now, code, &kind);
    let object = session.statements.last().map_or(Value::Null, |it| shown(it, session.story, now));
    let response = Response::written(201, written(&object))
        .with("Location", format!("/sessions/{}/statements/{id}", session.id));
    match session.story {
        Story::LosesStatementAnswers => response.dropped(),
        Story::GatewayLosesStatements => gateway_page(),
        _ => response,
    }
}

/// A statement that was taken: it gets the interpreter after those that there are.
fn add(session: &mut Session, now: i64, code: &str, kind: &str) -> u64 {
    let id = session.statement_count;
    session.statement_count += 1;
    let ran = session.interpreter.run(kind, code, id);
    let code = if session.story == Story::TrimsCode { code.trim_end() } else { code };
    // A kind without an interpreter waits for ever (Livy's `Session.scala` has no job group for it).
    let start = if kind == "shared" { i64::MAX / 4 } else { now.max(session.free_at(now)) + 20 };
    session.statements.push(Statement {
        id,
        // Ends of lines become the system's own.
        code: code.replace("\r\n", "\n"),
        posted: now,
        start,
        end: start + duration(code),
        cancelled: None,
        output: ran.output,
        is_fatal: ran.is_fatal,
    });
    let forgotten = session.statements.len().saturating_sub(session.retained);
    let gone = session.statements.drain(..forgotten).filter(Statement::runs).map(|it| it.end).max();
    session.held_until = session.held_until.max(gone.unwrap_or_default());
    id
}

/// Somebody else's statements, as many as there are by now: one every seven seconds.
pub(crate) fn others_work(session: &mut Session, now: i64) {
    let idle_at = session.created + session.start;
    while session.story == Story::BusyWithOthers && idle_at + 7_000 * (session.others + 1) <= now {
        session.others += 1;
        add(session, idle_at + 7_000 * session.others, "1 + 1", "pyspark");
    }
}

/// As its server tells of it.
fn shown(statement: &Statement, story: Story, now: i64) -> Value {
    let mut object = statement.json(now);
    if story == Story::NoEcho
        && let Some(fields) = object.as_object_mut()
    {
        for later in ["code", "progress", "started", "completed"] {
            fields.remove(later);
        }
    }
    object
}

/// `livy.rsc.rpc.max.size`: what the driver's channel carries.
const MOST_BYTES: usize = 50 << 20;

/// Whatever page is asked for, the driver sends all of its outputs. Over the limit the answer never comes, and the channel is closed for
/// ever, though the session says that it is idle (docs/statements.md).
fn list(session: &mut Session, now: i64, request: &Request) -> Response {
    let weight = |it: &Statement| it.output["data"]["text/plain"].as_str().map_or(0, Rows::weight);
    if session.statements.iter().filter(|it| it.end <= now).map(weight).sum::<usize>() > MOST_BYTES {
        session.is_cut = true;
        return Response::nothing(504).after(Duration::from_secs(120)).dropped();
    }
    let mut all: Vec<Value> = session.statements.iter().map(|it| shown(it, session.story, now)).collect();
    if request.query("order").is_some_and(|it| it.eq_ignore_ascii_case("desc")) {
        all.reverse();
    }
    match (request.int("from", 0), request.int("size", all.len() as i64)) {
        (Ok(from), Ok(size)) => {
            let page: Vec<String> = page(&all, from, size).iter().map(written).collect();
            let text = format!(r#"{{"total_statements":{},"statements":[{}]}}"#, all.len(), page.join(","));
            Response::written(200, text)
        }
        (Err(refusal), _) | (_, Err(refusal)) => refusal,
    }
}

pub(crate) fn in_state(state: &str) -> Response {
    Response::bare(500, &format!("java.lang.IllegalStateException: Session is in state {state}"))
}

pub(crate) fn no_code() -> Response {
    rpc(
        "java.lang.NullPointerException: Cannot invoke \"String.toCharArray()\" because \"s\" is null",
        "org.apache.livy.EOLUtils$Mode$.determineEOL(EOLUtils.scala:59)",
    )
}

pub(crate) fn invalid_kind(kind: &str) -> Response {
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
