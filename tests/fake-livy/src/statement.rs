//! A statement: it waits, runs, and brings an output.

use serde_json::{Value, json};

/// `livy.rsc.job-cancel.timeout`, in milliseconds: code that is not a Spark job cannot be interrupted before.
const CANCEL_TIMEOUT: i64 = 30_000;

/// One statement. Times are milliseconds of the cluster.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub id: u64,
    pub code: String,
    pub start: i64,
    pub end: i64,
    pub cancelled: Option<i64>,
    pub output: Value,
}

impl Statement {
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
        } else {
            self.end = self.end.min(now + CANCEL_TIMEOUT);
        }
    }

    /// The statement object (`Statement.java`, 0.9.0).
    pub(crate) fn json(&self, now: i64) -> Value {
        let done = matches!(self.state(now), "available" | "cancelled");
        let ran = now >= self.start && self.cancelled.is_none_or(|it| it >= self.start);
        let epoch = |at: i64| 1_795_393_200_000 + at;
        let progress = if done {
            1.0
        } else if ran && is_spark_job(&self.code) {
            // Four tasks of the same length.
            (now - self.start) as f64 * 4.0 / (self.end - self.start).max(1) as f64
        } else {
            0.0
        };
        json!({
            "id": self.id,
            "code": self.code,
            "state": self.state(now),
            "output": if done { &self.output } else { &Value::Null },
            "progress": if done { 1.0 } else { f64::floor(progress) / 4.0 },
            "started": if ran { epoch(self.start) } else { 0 },
            "completed": if done { epoch(self.end) } else { 0 }
        })
    }
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
