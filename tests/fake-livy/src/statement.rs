//! Statements, as far as a console may look at them: they wait, run one at a time, and bring a plausible output.

use serde_json::{Value, json};

use crate::http::{Request, Response};
use crate::session::Session;

/// One statement. Times are milliseconds of the cluster.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub id: u64,
    pub code: String,
    pub start: i64,
    pub end: i64,
    pub cancelled: Option<i64>,
}

impl Statement {
    /// Queued behind the others: a session has one interpreter thread.
    pub(crate) fn new(id: u64, code: String, now: i64, free_at: i64) -> Self {
        let start = now.max(free_at) + 20;
        Self { id, start, end: start + duration(&code), code, cancelled: None }
    }

    /// Livy's word (`StatementState.java`).
    pub(crate) fn state(&self, now: i64) -> &'static str {
        match self.cancelled {
            Some(at) if at < self.start => "cancelled",
            Some(_) if now >= self.end => "cancelled",
            Some(_) => "cancelling",
            None if now < self.start => "waiting",
            None if now < self.end => "running",
            None => "available",
        }
    }

    /// When it was finished, once it is.
    pub(crate) fn completed(&self, now: i64) -> Option<i64> {
        (now >= self.end).then_some(self.end)
    }

    /// The statement object (`Statement.java`, 0.9.0).
    pub(crate) fn json(&self, now: i64) -> Value {
        let done = matches!(self.state(now), "available" | "cancelled");
        let epoch = |at: i64| 1_795_393_200_000 + at;
        json!({
            "id": self.id,
            "code": self.code,
            "state": self.state(now),
            "output": if done { output(self.id, &self.code) } else { Value::Null },
            "progress": if done { 1.0 } else { 0.0 },
            "started": if now >= self.start { epoch(self.start) } else { 0 },
            "completed": if done { epoch(self.end) } else { 0 }
        })
    }
}

/// Everything under `/sessions/{id}/statements`.
pub(crate) fn statements(
    session: &mut Session,
    now: i64,
    request: &Request,
    method: &str,
    rest: &[&str],
) -> Response {
    if !session.takes_statements(now) {
        let state = session.state(now);
        return if method == "POST" {
            Response::bare(500, &format!("java.lang.IllegalStateException: Session is in state {state}"))
        } else if state == "starting" {
            Response::json(200, &json!({"total_statements": 0, "statements": []}))
        } else {
            Response::msg(400, "requirement failed: Session isn't active.")
        };
    }
    match (method, rest) {
        ("POST", []) => {
            let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
            let Some(code) = body.get("code").and_then(Value::as_str) else {
                return Response::bare(
                    500,
                    "java.util.concurrent.ExecutionException: java.lang.NullPointerException",
                );
            };
            let kind = body.get("kind").and_then(Value::as_str);
            if session.kind == "shared" && kind.is_none() {
                return Response::bare(
                    500,
                    "java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: java.lang.IllegalArgumentException: Code type should be specified if session kind is shared",
                );
            }
            let id = session.statement_count;
            session.statement_count += 1;
            let free_at = session.statements.last().map_or(now, |it| it.end);
            session.statements.push(Statement::new(id, code.to_owned(), now, free_at));
            let forgotten = session.statements.len().saturating_sub(session.retained);
            session.statements.drain(..forgotten);
            session.active_at = now;
            let object = session.statements.last().map_or(Value::Null, |it| it.json(now));
            Response::json(201, &object).with("Location", format!("/sessions/{}/statements/{id}", session.id))
        }
        ("POST", [id, "cancel"]) => {
            let id: Option<u64> = id.parse().ok();
            if let Some(statement) =
                session.statements.iter_mut().find(|it| Some(it.id) == id && it.completed(now).is_none())
            {
                statement.cancelled = Some(now);
                statement.end = statement.end.min(now + 2_000);
            }
            session.active_at = now;
            Response::msg(200, "canceled")
        }
        (_, []) => {
            let all: Vec<Value> = session.statements.iter().map(|it| it.json(now)).collect();
            Response::json(200, &json!({"total_statements": all.len(), "statements": all}))
        }
        (_, [id, ..]) => {
            let id: Option<u64> = id.parse().ok();
            let found = session.statements.iter().find(|it| Some(it.id) == id);
            found.map_or_else(
                || Response::bare(404, "Statement not found"),
                |it| Response::json(200, &it.json(now)),
            )
        }
    }
}

/// `time.sleep(8)` takes 8 seconds, anything else a third of one.
fn duration(code: &str) -> i64 {
    let seconds =
        code.split_once("sleep(").and_then(|(_, rest)| rest.split(')').next()?.trim().parse::<f64>().ok());
    seconds.map_or(300, |it| (it.clamp(0.0, 600.0) * 1_000.0) as i64)
}

fn output(id: u64, code: &str) -> Value {
    let code = code.trim();
    if let Some((left, right)) = code.split_once('/')
        && right.trim() == "0"
        && left.trim().parse::<i64>().is_ok()
    {
        return json!({
            "status": "error", "execution_count": id, "ename": "ZeroDivisionError", "evalue": "division by zero",
            "traceback": ["Traceback (most recent call last):\n", "ZeroDivisionError: division by zero\n"]
        });
    }
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let calculated = ["+", "-", "*"].iter().find_map(|sign| {
        let (left, right) = code.split_once(sign)?;
        let (left, right) = (number(left)?, number(right)?);
        Some(match *sign {
            "+" => left.wrapping_add(right),
            "-" => left.wrapping_sub(right),
            _ => left.wrapping_mul(right),
        })
    });
    let printed = code
        .strip_prefix("print(")
        .and_then(|it| it.strip_suffix(')'))
        .map(|it| it.trim_matches(['"', '\'']).to_owned());
    let text = calculated.map(|it| it.to_string()).or(printed).unwrap_or_default();
    json!({"status": "ok", "execution_count": id, "data": {"text/plain": text}})
}
