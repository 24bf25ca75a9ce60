//! Why sessions ended: what a real Livy logged (`tests/console/causes/real`), the wording of others by their source, and what must not be
//! taken for a cause: near misses, and the logs of sessions that live.

use console::{
    Cause, Moment, SessionLog, Sighting, cause_table, causes, causes_of_text, forgotten, last_error,
};
use livy::{LogPage, Session};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const CASES: &str = include_str!("causes/cases.json");

pub fn log(lines: impl Iterator<Item = String>) -> SessionLog {
    SessionLog::of(&LogPage { lines: lines.collect() })
}

/// A recording: its first line says what was asked, and its markers are Livy's without their line ends.
fn real(path: &Path) -> SessionLog {
    let text = fs::read_to_string(path).unwrap();
    let marker = |line: &str| line.starts_with("stderr: ") || line.ends_with("Diagnostics: ");
    log(text.lines().skip(1).map(|it| if marker(it) { format!("\n{it}") } else { it.to_owned() }))
}

pub fn names(log: &SessionLog) -> Vec<String> {
    causes(log).iter().map(|it| format!("{:?}", it.cause)).collect()
}

fn recordings() -> Vec<(String, SessionLog)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/console/causes/real"));
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    files.map(|it| (it.file_stem().unwrap().to_string_lossy().into_owned(), real(&it))).collect()
}

#[test]
fn what_a_real_livy_logged_names_its_cause_first() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let expected = cases["real"].as_object().unwrap();
    let mut seen = 0;
    for (name, log) in recordings() {
        let Some(cause) = expected.get(&name) else { continue };
        seen += 1;
        let found = causes(&log);
        assert_eq!(names(&log).first().map(String::as_str), cause.as_str(), "{name}: {found:?}");
        for (section, number) in &found[0].evidence {
            assert!(log.section(*section).unwrap().line(*number).is_some(), "{name}: evidence is a line");
        }
        assert!(!found[0].evidence.is_empty(), "{name}");
    }
    assert_eq!(seen, expected.len(), "every recording is there");
}

#[test]
fn a_healthy_session_has_no_cause() {
    let mut seen = 0;
    for (name, log) in recordings().into_iter().filter(|it| it.0.starts_with("healthy")) {
        assert_eq!(causes(&log), [], "{name}");
        seen += 1;
    }
    assert!(seen >= 10, "{seen}");
}

/// The names of what some lines show, in a log or as a reason that a server gives.
fn of_lines(lines: &Value) -> Vec<String> {
    let lines = lines.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned());
    names(&log(std::iter::once("stdout: ".to_owned()).chain(lines)))
}

#[test]
fn documented_wordings_are_known_and_near_misses_are_not() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let mut wrong = Vec::new();
    for case in cases["documented"].as_array().unwrap() {
        let (found, near) = (of_lines(&case["lines"]), of_lines(&case["near"]));
        if found != [case["cause"].as_str().unwrap()] || !near.is_empty() {
            wrong.push(format!("{found:?}, near {near:?}: {case}"));
        }
        assert!(!case["source"].as_str().unwrap().is_empty(), "{case}");
        assert!(!case["near"].as_array().unwrap().is_empty(), "{case}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_cause_has_a_documented_wording_or_a_real_log() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let documented = cases["documented"].as_array().unwrap().iter().map(|it| &it["cause"]);
    let known: Vec<&str> = documented.filter_map(Value::as_str).collect();
    for (cause, _) in cause_table() {
        assert!(known.contains(&format!("{cause:?}").as_str()), "{cause:?} has a positive and a near miss");
    }
}

/// Other ways in which the same causes are written, by their sources.
#[test]
fn other_wordings_name_the_same_causes() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let mut wrong = Vec::new();
    for case in cases["wordings"].as_array().unwrap() {
        let found = of_lines(&case["lines"]);
        if found != [case["cause"].as_str().unwrap()] {
            wrong.push(format!("{found:?}: {case}"));
        }
        assert!(!case["source"].as_str().unwrap().is_empty());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Where a line stands and what is around it does not matter: the streams, colours, and Livy's own log.
#[test]
fn a_cause_is_known_in_every_section_in_colours_and_in_a_copy_of_livys_log() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let mut wrong = Vec::new();
    for case in ["documented", "wordings"].into_iter().flat_map(|it| cases[it].as_array().unwrap()) {
        let lines: Vec<&str> = case["lines"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let with = |before: &[&str], change: &dyn Fn(&str) -> String| {
            let before = before.iter().map(|it| (*it).to_owned());
            names(&log(before.chain(lines.iter().map(|it| change(it)))))
        };
        let (stderr, diagnostics) =
            (["stdout: ", "\nstderr: "], ["stdout: ", "\nstderr: ", "\nYARN Diagnostics: "]);
        let told = [
            with(&stderr, &|it| it.to_owned()),
            with(&diagnostics, &|it| it.to_owned()),
            with(&stderr, &|it| format!("\u{1b}[31m{it}\u{1b}[0m")),
            with(&stderr, &|it| format!("24/05/02 10:00:00 INFO utils.LineBufferedStream: {it}")),
        ];
        if told.iter().any(|it| *it != [case["cause"].as_str().unwrap()]) {
            wrong.push(format!("{told:?}: {case}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A mark of the end is not said beside its reason, wherever the two stand.
#[test]
fn a_mark_of_the_end_never_outranks_its_reason() {
    let reason = "Exception in thread \"main\" java.lang.NoSuchMethodError: scala.Predef$.refArrayOps()";
    let marks = [
        "24/05/02 10:00:00 INFO ApplicationMaster: Final app status: FAILED, exitCode: 13, (reason: Uncaught exception: org.apache.spark.SparkException: no)",
        "Container exited with a non-zero exit code 1. Error file: prelaunch.err.",
        "Killed by external signal",
        "spark-submit start failed",
        "No YARN application is found with tag livy-session-7-ab12cd34 in 120 seconds.",
        "24/05/02 10:00:00 ERROR ApplicationMaster: RECEIVED SIGNAL TERM",
    ];
    let places = ["stdout: ", "\nstderr: ", "\nYARN Diagnostics: "];
    for mark in marks {
        for (one, other) in (0..3).flat_map(|one| (0..3).map(move |other| (one, other))) {
            let mut lines = Vec::new();
            for (at, place) in places.iter().enumerate() {
                lines.push((*place).to_owned());
                lines.extend((at == other).then(|| mark.to_owned()));
                lines.extend((at == one).then(|| reason.to_owned()));
            }
            assert_eq!(names(&log(lines.into_iter())), ["ScalaMismatch"], "{mark} {one} {other}");
        }
    }
}

/// Logs of public reports, shortened, with what belongs to a person replaced; and what healthy sessions log that sounds alike.
const PUBLIC: &str = include_str!("causes/public.json");

#[test]
fn public_reports_are_named_by_their_reason_and_what_lives_is_not() {
    let reports: Value = serde_json::from_str(PUBLIC).unwrap();
    let (mut dead, mut wrong) = (0, Vec::new());
    for report in reports.as_array().unwrap() {
        let lines = report["lines"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned());
        let log = log(lines);
        let found = names(&log);
        let cause = report["cause"].as_str().unwrap();
        let is_right = match cause {
            "healthy" | "unknown" => found.is_empty(),
            it => found == [it],
        };
        dead += usize::from(cause != "healthy");
        if !is_right || cause != "healthy" && last_error(&log).is_none() {
            wrong.push(format!("{found:?}: {report}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(dead >= 40, "{dead}");
}

#[test]
fn a_reason_that_a_server_gives_is_read_in_the_same_words() {
    let of = |text: &str| causes_of_text(text).iter().map(|it| format!("{:?}", it.cause)).collect::<Vec<_>>();
    assert_eq!(of("LIVY_JOB_TIMED_OUT: Job timed out after 30m"), ["JobTimedOut"]);
    let denied = "Failed.\norg.apache.hadoop.security.AccessControlException: Permission denied: user=alice, access=WRITE, inode=\"/user\":hdfs:supergroup:drwxr-xr-x";
    assert_eq!(of(denied), ["HomeMissing"]);
    assert_eq!(of("The session was cancelled by its owner."), [""; 0]);
}

#[test]
fn what_only_sounds_like_a_cause_is_none() {
    for line in [
        "User 42 not found",
        "java.io.IOException: Cannot run program \"/var/RUN/x\": error=2, No such file or directory",
        "24/05/02 10:00:00 INFO UserGroupInformation: LoginException handling is on",
        "beyond the 'usual' memory of a person",
        "The executor with id 3 exited with exit code 143(SIGTERM).",
    ] {
        assert_eq!(names(&log(["stdout: ".to_owned(), line.to_owned()].into_iter())), [""; 0], "{line}");
    }
}

#[test]
fn every_cause_says_what_to_change() {
    for (cause, about) in cause_table() {
        assert!(!about.title.ends_with('.') && about.advice.ends_with(['.', '…']), "{cause:?}");
        assert!(
            about.title.starts_with(|it: char| it.is_uppercase()) || about.word == "submit-failed",
            "{cause:?}"
        );
    }
}

/// The words of the page's markup are the names of the recordings, and others rely on them.
#[test]
fn every_cause_has_a_word_of_its_own_for_the_markup() {
    let kebab = |cause: Cause| {
        let mut word = String::new();
        for letter in format!("{cause:?}").chars() {
            if letter.is_ascii_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.push(letter.to_ascii_lowercase());
        }
        word
    };
    for (cause, about) in cause_table() {
        assert_eq!(about.word, kebab(cause));
    }
}

#[test]
fn what_the_server_forgot_has_the_rule_that_can_have_held() {
    let session = |more: Value| -> Session {
        let mut body = json!({"id": 1, "state": "idle"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Session::from_json(body).unwrap()
    };
    let at = |minutes: u64| Moment::from_millis(minutes * 60_000);
    let seen = |since: u64, last: u64, now: u64, was_kept: bool| Sighting {
        first: at(0),
        state_since: at(since),
        last: at(last),
        now: at(now),
        was_kept,
    };
    let why = |more: Value, since: u64, last: u64, now: u64| {
        forgotten(&session(more), seen(since, last, now, true))
    };
    assert_eq!(why(json!({}), 5, 8, 9), None, "too soon for any rule");
    assert_eq!(why(json!({}), 5, 64, 65), Some(Cause::IdleTimeout));
    assert_eq!(why(json!({"idleTimeout": "10m"}), 5, 14, 15), Some(Cause::IdleTimeout));
    assert_eq!(why(json!({"idleTimeout": "10m"}), 5, 9, 10), None);
    assert_eq!(why(json!({"ttl": "30m"}), 29, 29, 30), Some(Cause::TimeToLive));
    assert_eq!(why(json!({"heartbeatTimeoutInSecond": 120}), 5, 8, 12), Some(Cause::HeartbeatLost));
    assert_eq!(why(json!({"heartbeatTimeoutInSecond": 120}), 5, 8, 9), None);
    // One that is only looked at is nobody's to keep from here.
    let beating = session(json!({"heartbeatTimeoutInSecond": 120}));
    assert_eq!(forgotten(&beating, seen(5, 8, 9, false)), Some(Cause::HeartbeatLost));
    // Rules that do not hold on this server: it was seen to outlive them.
    assert_eq!(why(json!({"ttl": "30m", "idleTimeout": "10h"}), 170, 180, 180), None);
    assert_eq!(why(json!({}), 5, 305, 305), None);
    assert_eq!(why(json!({"state": "dead"}), 5, 15, 16), Some(Cause::RetentionOver));
    assert_eq!(why(json!({"state": "dead"}), 5, 6, 7), None);
}
