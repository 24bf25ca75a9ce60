//! `POST …/completion`: how code could go on. Scala alone has an answer, and which names there are does not depend on how far a
//! statement has come (docs/statements.md).

use serde_json::{Map, Value, json};

use crate::http::Response;
use crate::kind::canonical_kind;
use crate::session::Session;
use crate::statements::{in_state, invalid_kind, no_code};

/// What `sc` has, in Spark 3.5.
const OF_CONTEXT: &str = "addArchive addFile addJar addJobTag addSparkListener appName applicationAttemptId applicationId archives \
    binaryFiles binaryRecords broadcast cancelAllJobs cancelJob cancelJobGroup cancelJobsWithTag cancelStage clearCallSite clearJobGroup \
    clearJobTags collectionAccumulator defaultMinPartitions defaultParallelism deployMode doubleAccumulator emptyRDD files getAllPools \
    getCheckpointDir getConf getExecutorMemoryStatus getJobTags getLocalProperty getPersistentRDDs getPoolForName getRDDStorageInfo \
    getSchedulingMode hadoopConfiguration hadoopFile hadoopRDD isLocal isStopped jars killExecutor killExecutors killTaskAttempt \
    listArchives listFiles listJars longAccumulator makeRDD master newAPIHadoopFile newAPIHadoopRDD objectFile parallelize range register \
    removeJobTag removeSparkListener requestExecutors requestTotalExecutors resources runApproximateJob runJob sequenceFile setCallSite \
    setCheckpointDir setInterruptOnCancel setJobDescription setJobGroup setLocalProperty setLogLevel sparkUser startTime statusTracker \
    stop submitJob textFile uiWebUrl union version wholeTextFiles";

/// Some of what has a name before anything has run.
const AT_THE_TOP: &str = "Array List Map Option Seq Set Some String print println sc spark sql";

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
    let cursor = body.as_ref().and_then(|it| it.get("cursor")).and_then(Value::as_i64).unwrap_or(0);
    let before = usize::try_from(cursor).ok().and_then(|it| before(code, it));
    let candidates = match before {
        Some(before) if kind == "spark" => of_scala(&before, session.interpreter.scala_names()),
        _ => Vec::new(),
    };
    Response::json(200, &json!({"candidates": candidates}))
}

/// What stands before a place that is counted in units of UTF-16; `None` behind the end.
fn before(code: &str, cursor: usize) -> Option<String> {
    let units: Vec<u16> = code.encode_utf16().collect();
    units.get(..cursor).map(String::from_utf16_lossy)
}

fn of_scala<'a>(before: &str, named: impl Iterator<Item = &'a str>) -> Vec<String> {
    let is_of_name = |it: char| it.is_alphanumeric() || it == '_';
    let rest = before.trim_end_matches(is_of_name);
    let word = &before[rest.len()..];
    let mut names: Vec<&str> = match rest.trim_end().strip_suffix('.').map(str::trim_end) {
        Some(owner) if owner.rsplit(|it| !is_of_name(it)).next() == Some("sc") => {
            OF_CONTEXT.split_whitespace().collect()
        }
        Some(_) => Vec::new(),
        None => AT_THE_TOP.split_whitespace().chain(named).collect(),
    };
    names.sort_unstable();
    names.dedup();
    let begun: Vec<&str> = names.iter().copied().filter(|it| it.starts_with(word)).collect();
    match *begun {
        // It is written out.
        [only] if only == word => Vec::new(),
        [] => of_humps(word, &names),
        _ => begun.into_iter().map(str::to_owned).collect(),
    }
}

/// The names whose parts, each with a capital, begin like those of a word; before several of them a name of no letters.
fn of_humps(word: &str, names: &[&str]) -> Vec<String> {
    let wanted = humps(word);
    let fits = |name: &&&str| {
        let mut parts = humps(name).into_iter();
        wanted.iter().all(|it| parts.any(|part| part.starts_with(it.as_str())))
    };
    let found: Vec<String> = names.iter().filter(fits).map(|it| (*it).to_owned()).collect();
    let none = (found.len() > 1).then(String::new);
    none.into_iter().chain(found).collect()
}

fn humps(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for character in name.chars() {
        match parts.last_mut() {
            Some(part) if !character.is_uppercase() => part.push(character),
            _ => parts.push(character.to_lowercase().collect()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every answer about `sc` that was recorded from a real server.
    #[test]
    fn as_recorded() {
        let recorded = include_str!("../../fixtures/livy-0.9.0/completion.json");
        let recorded: Value = serde_json::from_str(recorded).unwrap();
        let mut compared = 0;
        for row in recorded["rows"].as_array().unwrap() {
            let (code, cursor) = (row["code"].as_str().unwrap(), row["cursor"].as_i64().unwrap());
            if row["kind"] != "spark" || !(code.contains("sc.") || code.contains("sc\n")) {
                continue;
            }
            let before = usize::try_from(cursor).ok().and_then(|it| before(code, it));
            let candidates = before.map(|it| of_scala(&it, std::iter::empty())).unwrap_or_default();
            let body = json!({"candidates": candidates}).to_string();
            assert_eq!(body, row["body"].as_str().unwrap(), "{}", row["row"]);
            compared += 1;
        }
        assert_eq!(compared, 10);
    }

    #[test]
    fn names_of_the_session() {
        let of = |before| of_scala(before, ["myVal", "myValue"].into_iter());
        assert_eq!(of("myV"), ["myVal", "myValue"]);
        assert_eq!(of("sc.wTF"), ["wholeTextFiles"]);
        assert_eq!(of("x.myV"), [""; 0]);
        assert_eq!(of("myValue"), [""; 0]);
    }
}
