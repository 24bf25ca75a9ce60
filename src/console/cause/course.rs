//! What a log shows of how far its session came, and which of its lines are too old to say why it ended.
//!
//! A session that was ready has outlived everything before that, and what was said long before its end did not end it: people's
//! statements fail all the time.

use super::scope::{Stamp, stamp, unwrapped};
use crate::SectionLog;

/// Lines that show how far a session came.
pub(super) const MARKS: [(&str, Mark); 9] = [
    // The driver's context is there (repl, `SparkEntries.java`, 0.5 to 0.9).
    ("SparkEntries: Spark context finished initialization", Mark::Ready),
    ("SparkEntries: Created Spark session", Mark::Ready),
    // A job runs, or has run (Spark, `SparkContext.scala`, `DAGScheduler.scala`, `TaskSetManager.scala`, `MemoryStore.scala`,
    // `ContextCleaner.scala`).
    ("SparkContext: Starting job: ", Mark::Works),
    ("MemoryStore: Block broadcast_", Mark::Works),
    ("ContextCleaner: Cleaned ", Mark::Works),
    ("DAGScheduler: Submitting ", Mark::Works),
    ("TaskSetManager: Finished task ", Mark::Works),
    // YARN has started the application master (Spark, yarn `Client.scala`).
    ("(state: RUNNING)", Mark::Launched),
    // Kubernetes has started the driver's pod (Spark, `LoggingPodStatusWatcher.scala`).
    ("(phase: Running)", Mark::Launched),
];

/// How far a session came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Its driver was launched: what was before did not keep it from that.
    Launched,
    /// It was ready: what was before did not end it.
    Ready,
    /// It was ready some time before.
    Works,
}

/// What is this much older than the end of a log did not end it.
const OLD: u64 = 600;
/// The same in lines, where they bear no time.
const OLD_LINES: u64 = 400;
/// The time of a line without one is that of the last one that has one, at most so many lines before.
const BACK: u64 = 200;

/// True where the line is too old to say why a session that was ready ended.
pub(super) fn is_old(lines: &SectionLog, number: u64) -> bool {
    match (time_at(lines, number), time_at(lines, lines.count().saturating_sub(1))) {
        (Some(then), Some(end)) => end.saturating_sub(then) > OLD,
        _ => lines.count().saturating_sub(number) > OLD_LINES,
    }
}

/// When the line was written, in seconds since some moment.
fn time_at(lines: &SectionLog, number: u64) -> Option<u64> {
    let least = number.saturating_sub(BACK).max(lines.dropped());
    (least..=number).rev().find_map(|it| {
        let line = unwrapped(lines.line(it)?);
        time(line).filter(|_| stamp(line) != Stamp::None)
    })
}

/// The time that a line begins with, as `24/05/02 10:00:00` and `2024-05-02 10:00:00,123` (log4j), also after a bracket. Months count
/// for 31 days: only spans of minutes are asked for.
fn time(line: &str) -> Option<u64> {
    let line = line.trim_start().trim_start_matches('[');
    let mut numbers = [0_u64; 6];
    let mut rest = line;
    for (number, after) in numbers.iter_mut().zip(["/-", "/-", " T", ":", ":", ""]) {
        let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
        *number = rest.get(..end).filter(|it| !it.is_empty() && it.len() <= 4)?.parse().ok()?;
        rest = &rest[end..];
        if !after.is_empty() {
            rest = rest.strip_prefix(|it| after.contains(it))?;
        }
    }
    let [year, month, day, hour, minute, second] = numbers;
    Some((((year * 12 + month) * 31 + day) * 24 + hour) * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_line_in_each_layout() {
        let ten = time("24/05/02 10:00:00 INFO Client: x").unwrap();
        for (line, later) in [
            ("24/05/02 10:00:07 ERROR x", Some(7)),
            ("24/05/03 10:00:00,123 WARN x", Some(86_400)),
            ("24/05/02 11:01:00.1 [main] INFO x", Some(3_660)),
            ("INFO Client: x", None),
            ("2024/05", None),
            ("17 tasks", None),
            ("", None),
        ] {
            assert_eq!(time(line).map(|it| it - ten), later, "{line}");
        }
        assert_eq!(time("2024-05-02T10:00:00Z INFO x"), time("[2024-05-02 10:00:00.000] INFO x"));
    }
}
