//! A statement: it waits, runs, and brings an output.

use serde_json::{Value, json};

/// `livy.rsc.job-cancel.timeout`, in milliseconds: code that is not a Spark job cannot be interrupted before.
const CANCEL_TIMEOUT: i64 = 30_000;

/// One statement. Times are milliseconds of the cluster.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub id: u64,
    pub code: String,
    pub posted: i64,
    /// When it gets the interpreter.
    pub start: i64,
    /// When its code ends, whatever Livy says of it.
    pub end: i64,
    pub cancelled: Option<i64>,
    pub output: Value,
    /// True where the interpreter ends with it.
    pub is_fatal: bool,
}

impl Statement {
    /// Livy's word (`StatementState.java`).
    pub(crate) fn state(&self, now: i64) -> &'static str {
        match self.cancelled {
            Some(at) if at < self.start => "cancelled",
            Some(at) if now >= self.end || now >= at + CANCEL_TIMEOUT => "cancelled",
            Some(_) => "cancelling",
            None if now < self.start => "waiting",
            None if now < self.end => "running",
            None => "available",
        }
    }

    /// True while it has the interpreter, also where Livy has given it up and calls it cancelled.
    pub(crate) fn holds(&self, now: i64) -> bool {
        self.runs() && (self.start..self.end).contains(&now)
    }

    /// True for one that runs, or will: it was not cancelled before its turn.
    pub(crate) fn runs(&self) -> bool {
        self.cancelled.is_none_or(|it| it >= self.start)
    }

    /// When it was finished, once it is.
    pub(crate) fn completed(&self, now: i64) -> Option<i64> {
        (now >= self.end).then_some(self.end)
    }

    /// Comes after what has the interpreter until that moment.
    pub(crate) fn queue(&mut self, free_at: i64, now: i64) {
        if self.start > now && self.runs() {
            let lasts = self.end - self.start;
            self.start = self.posted.max(free_at) + 20;
            self.end = self.start + lasts;
        }
    }

    pub(crate) fn cancel(&mut self, now: i64) {
        if self.completed(now).is_some() || self.cancelled.is_some() {
            return;
        }
        self.cancelled = Some(now);
        if now < self.start {
            // It never ran.
            self.end = now;
            self.output = Value::Null;
        } else if is_spark_job(&self.code) {
            self.end = self.end.min(now + 1_500);
            let id = self.id;
            let words = format!(
                "An error occurred while calling z:org.apache.spark.api.python.PythonRDD.collectAndServe.\n: org.apache.spark.SparkException: Job {id} cancelled part of cancelled job group {id}"
            );
            self.output = json!({
                "status": "error", "execution_count": id, "ename": "Py4JJavaError", "evalue": words, "traceback": []
            });
        }
    }

    /// The statement object (`Statement.java`, 0.9.0).
    pub(crate) fn json(&self, now: i64) -> Value {
        let is_over = now >= self.end;
        let ran = now >= self.start && self.runs();
        let epoch = |at: i64| 1_795_393_200_000 + at;
        json!({
            "id": self.id,
            "code": self.code,
            "state": self.state(now),
            "output": if is_over { &self.output } else { &Value::Null },
            "progress": if is_over { 1.0 } else if ran { self.progress(now) } else { 0.0 },
            "started": if ran { epoch(self.start) } else { 0 },
            "completed": if is_over { epoch(self.end) } else { 0 }
        })
    }

    /// Four tasks of the same length. Code of two jobs makes the second one's known when the first has ended: it falls to half.
    fn progress(&self, now: i64) -> f64 {
        if !is_spark_job(&self.code) {
            return 0.0;
        }
        let jobs = self.code.matches(".count()").count().clamp(1, 2) as i64;
        let tasks = (now - self.start) * 4 * jobs / (self.end - self.start).max(1);
        let known = (tasks / 4 + 1).min(jobs) * 4;
        tasks as f64 / known as f64
    }
}

/// As text, in the order of a real one: what stands before an output can be read without it.
pub(crate) fn written(statement: &Value) -> String {
    let output =
        || in_order(&statement["output"], &["status", "execution_count", "data"], &|it| it.to_string());
    let whole: [&str; 7] = ["id", "code", "state", "output", "progress", "started", "completed"];
    in_order(statement, &whole, &|it| {
        if *it == statement["output"] && it.is_object() { output() } else { it.to_string() }
    })
}

/// These keys first, then the others.
fn in_order(value: &Value, first: &[&str], write: &dyn Fn(&Value) -> String) -> String {
    let Some(object) = value.as_object() else { return value.to_string() };
    let others = object.keys().map(String::as_str).filter(|it| !first.contains(it));
    let entries = first.iter().copied().chain(others).filter_map(|key| {
        let value = object.get(key)?;
        Some(format!("{}:{}", json!(key), write(value)))
    });
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}

fn is_spark_job(code: &str) -> bool {
    ["sc.", "spark.", ".count()", ".show("].iter().any(|it| code.contains(it)) && !code.contains("sc.version")
}

/// `time.sleep(8)` takes 8 seconds, a Spark job four, anything else a third of one.
pub(crate) fn duration(code: &str) -> i64 {
    let seconds =
        code.split_once("sleep(").and_then(|(_, rest)| rest.split(')').next()?.trim().parse::<f64>().ok());
    match seconds {
        Some(seconds) => (seconds.clamp(0.0, 600.0) * 1_000.0) as i64,
        None if is_spark_job(code) => 4_000,
        None => 300,
    }
}
