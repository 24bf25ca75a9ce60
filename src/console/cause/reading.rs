//! Where to begin to read where no cause is known.

use livy::Section;

use super::scope::{Scope, Stamp, stamp, unwrapped};
use crate::{SectionLog, SessionLog, as_shown};

/// Words of errors.
const WORDS: [&str; 4] = ["ERROR", "Exception", "Error:", "FAILED"];
/// What YARN writes around the reason (`RMAppAttemptImpl.java` and `ContainerLaunch.java`, 3.3; Livy parts it into lines).
const AROUND: [&str; 6] = [
    "Last 4096 bytes",
    "Error file: ",
    "Container exited with a non-zero exit code",
    "Exception from container-launch",
    "Container id: ",
    "Exit code: ",
];
/// What it writes behind a reason, in the same line or in one of its own.
const BEHIND: [&str; 2] = ["For more detailed output", "Failing the application"];
/// What it writes before a reason, in the same line since Hadoop 3: `Failing this attempt.Diagnostics: [2024-05-02 10:00:00.123]File …`.
const BEFORE: &str = "Failing this attempt";

/// What Livy tells of every pod, well or not (`SparkKubernetesApp.scala`, buildSparkPodDiagnosticsPrettyString, 0.9.0).
const OF_A_POD: [&str; 14] = [
    "node: ",
    "hostname: ",
    "podIp: ",
    "startTime: ",
    "phase: ",
    "reason: null",
    "message: null",
    "labels: ",
    "containers:",
    "image: ",
    "requests: ",
    "limits: ",
    "command: ",
    "conditions:",
];

/// The line that says most where no cause was found: not a cause, a place to start reading. The deepest "Caused by" of the last
/// trace, else the cluster manager's own words, else the last error, else the last line; none of an empty log alone. Costs
/// O(lines) at most.
pub fn last_error(log: &SessionLog) -> Option<(Section, u64)> {
    let sections = || Section::ALL.into_iter().rev().filter_map(|it| Some((it, log.section(it)?)));
    let told = log.section(Section::Diagnostics).and_then(told_by_the_cluster);
    let told = told.map(|it| (Section::Diagnostics, it));
    told.or_else(|| sections().find_map(|(section, lines)| Some((section, last_speaking(section, lines)?))))
        .or_else(|| {
            sections().find_map(|(section, lines)| Some((section, last_of(lines, |it| !it.is_empty())?)))
        })
}

fn last_of(lines: &SectionLog, is_wanted: impl Fn(&str) -> bool) -> Option<u64> {
    let mut numbers = (lines.dropped()..lines.count()).rev();
    numbers.find(|it| is_wanted(unwrapped(&as_shown(lines.line(*it).unwrap_or_default())).trim()))
}

/// In the cluster manager's section: its deepest "Caused by", else the last line that is none of those around the reason. What it tells
/// of pods that are well says nothing.
fn told_by_the_cluster(lines: &SectionLog) -> Option<u64> {
    let is_reason = |it: &str| {
        let told = told(it);
        !told.is_empty() && !is_frame(told) && AROUND.iter().all(|word| !told.contains(word))
    };
    let is_calm = |it: &str| matches!(stamp(it), Stamp::Calm | Stamp::Warning);
    if last_of(lines, |it| it == "containers:").is_some() {
        return last_of(lines, |it| is_reason(it) && !is_of_a_pod(it));
    }
    last_of(lines, |it| it.starts_with("Caused by: "))
        .or_else(|| last_of(lines, |it| is_reason(it) && !is_calm(it)))
        .or_else(|| last_of(lines, |it| !it.is_empty()))
}

/// The line without what YARN puts before and behind a reason; empty where it holds none.
fn told(line: &str) -> &str {
    let end = BEHIND.iter().filter_map(|it| line.find(it)).min().unwrap_or(line.len());
    let line = &line[..end];
    match line.split_once(BEFORE).map(|(before, after)| (before, bare(after))) {
        Some((before, "")) => bare(before),
        Some((_, after)) => after,
        None => bare(line),
    }
}

/// Without the marks and the time that begin YARN's own diagnostics.
fn bare(text: &str) -> &str {
    let text = text.trim_matches(['.', ' ']);
    let text = text.strip_prefix("Diagnostics:").unwrap_or(text).trim_start();
    let timed = text.strip_prefix('[').filter(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    timed.and_then(|it| it.split_once(']')).map_or(text, |it| it.1).trim_matches(['.', ' '])
}

fn is_of_a_pod(line: &str) -> bool {
    let is_well = line.starts_with("PodCondition(") && line.contains("reason=null");
    is_well || line.ends_with(':') || OF_A_POD.iter().any(|it| line.starts_with(it))
}

/// The last line of what ended the driver that speaks of an error, frames left out: the deepest "Caused by" of its trace. Where
/// nothing ended it, the last line of any error.
fn last_speaking(section: Section, lines: &SectionLog) -> Option<u64> {
    let mut scope = Scope::of(section, lines, true);
    let (mut last, mut last_fatal) = (None, None);
    for (number, line) in lines.lines_from(0) {
        let shown = as_shown(line);
        let line = unwrapped(&shown);
        let is_fatal = scope.enter(number, line);
        let line = line.trim_start();
        if !is_frame(line) && (line.starts_with("Caused by: ") || WORDS.iter().any(|it| line.contains(it))) {
            last = Some(number);
            if is_fatal {
                last_fatal = last;
            }
        }
    }
    last_fatal.or(last)
}

fn is_frame(line: &str) -> bool {
    line.starts_with("at ") || line.starts_with("... ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::LogPage;

    #[test]
    fn the_clusters_own_words_are_shown_wherever_yarn_puts_them() {
        const HEAD: &str = "Application application_1_2 failed 2 times due to AM Container for appattempt_1_2_000002 exited with  exitCode: -1000";
        const FOOT: &str = "For more detailed output, check the application tracking page: http://rm:8088/cluster/app/application_1_2 Then click on links to logs of each attempt.";
        let first = |line: String| {
            vec![HEAD.to_owned(), line, FOOT.to_owned(), ". Failing the application.".to_owned()]
        };
        let around = |lines: &[&str]| lines.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>();
        let rows = [
            (first("Failing this attempt.Diagnostics: [2026-01-05 15:43:27.855]org.apache.hadoop.yarn.exceptions.YarnException: Something new".into()), 1),
            (first("Failing this attempt.Diagnostics: Something new happened".into()), 1),
            (first("Diagnostics: Something new happened".into()), 1),
            (first(format!("Failing this attempt.Diagnostics: Something newFor more {}", &FOOT[9..])), 1),
            (first("Failing this attempt.Diagnostics: [2026-01-05 15:43:27.855]Exception from container-launch.".into()), 0),
            (first("Failing this attempt.Diagnostics: [2026-01-05 15:43:27.855]".into()), 0),
            (first("Failing this attempt.Diagnostics: ".into()), 0),
            (first("[2026-01-05 15:43:27.855]Something new happened".into()), 1),
            (around(&["Application application_1_2 failed 1 times due to Something new. Failing the application."]), 0),
            (around(&["Something new", "Failing this attempt. Failing the application."]), 0),
        ];
        for (lines, number) in rows {
            let all =
                ["stdout: ".to_owned(), "\nYARN Diagnostics: ".to_owned()].into_iter().chain(lines.clone());
            let log = SessionLog::of(&LogPage { lines: all.collect() });
            assert_eq!(last_error(&log), Some((Section::Diagnostics, number)), "{lines:#?}");
        }
    }
}
