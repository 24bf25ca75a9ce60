//! How a watched session ends, as far as its facts tell: by the time its start took, and by what became of a delete.

use std::time::Duration;

use livy::{Address, CallError, LogPage, Session};
use serde_json::{Value, json};

use super::{Ending, Watch};
use crate::{Cause, Moment, cause_book};

fn at(secs: u64) -> Moment {
    Moment::default().after(Duration::from_secs(secs))
}

fn watched(conf: Value, states: &[(u64, &str)]) -> Watch {
    let mut watch = Watch::new(Address::parse("7").unwrap(), at(0));
    watch.lend(cause_book());
    for (secs, state) in states {
        let told = json!({"id": 7, "state": state, "conf": conf});
        watch.arrived(Session::from_json(told).unwrap(), true, at(*secs));
    }
    watch
}

#[test]
fn a_start_that_took_too_long_is_the_cause_where_the_log_is_silent() {
    let causes = |conf: Value, states: &[(u64, &str)]| -> Vec<Cause> {
        let mut watch = watched(conf, states);
        let page = LogPage { lines: vec!["stdout: ".to_owned(), "\nstderr: ".to_owned()] };
        watch.log_arrived(&page, at(400));
        watch.causes().iter().map(|it| it.cause).collect()
    };
    let slow = [(0, "starting"), (92, "shutting_down"), (93, "dead")];
    assert_eq!(causes(json!({}), &slow), [Cause::ConnectTimeout]);
    assert_eq!(causes(json!({}), &[(0, "starting"), (90, "dead")]), [Cause::ConnectTimeout]);
    assert_eq!(causes(json!({}), &[(0, "starting"), (40, "dead")]), []);
    assert_eq!(causes(json!({}), &[(0, "starting"), (100, "idle"), (300, "dead")]), []);
    let conf = |value: &str| json!({"livy.rsc.server.connect.timeout": value});
    assert_eq!(causes(conf("30s"), &[(0, "starting"), (30, "dead")]), [Cause::ConnectTimeout]);
    assert_eq!(causes(conf("5m"), &slow), []);
    assert_eq!(causes(conf("2s"), &[(0, "starting"), (1, "dead")]), []);
    assert_eq!(causes(conf("2s"), &[(0, "starting"), (2, "dead")]), [Cause::ConnectTimeout]);
}

#[test]
fn a_reason_that_the_server_gives_is_named_too() {
    let mut watch = watched(json!({}), &[(0, "starting")]);
    let told = json!({"id": 7, "state": "dead", "conf": {}, "errorInfo": [{"errorCode": "LIVY_JOB_TIMED_OUT", "message": "Job timed out after 30m"}]});
    watch.arrived(Session::from_json(told).unwrap(), true, at(10));
    watch.log_arrived(
        &LogPage { lines: vec!["stdout: ".to_owned(), "spark-submit start failed".to_owned()] },
        at(11),
    );
    assert_eq!(watch.causes().iter().map(|it| it.cause).collect::<Vec<_>>(), [Cause::JobTimedOut]);
}

#[test]
fn two_reasons_of_one_cause_are_one_cause() {
    let mut watch = watched(json!({}), &[(0, "starting")]);
    let told = json!({
        "id": 7, "state": "dead", "conf": {}, "cancellationReason": "Ended by LIVY_JOB_TIMED_OUT",
        "errorInfo": [{"errorCode": "LIVY_JOB_TIMED_OUT", "message": "Job timed out after 30m"}],
    });
    watch.arrived(Session::from_json(told).unwrap(), true, at(10));
    assert_eq!(watch.causes().iter().map(|it| it.cause).collect::<Vec<_>>(), [Cause::JobTimedOut]);
    watch.log_arrived(&LogPage { lines: vec!["stdout: ".to_owned()] }, at(11));
    assert_eq!(watch.causes().iter().map(|it| it.cause).collect::<Vec<_>>(), [Cause::JobTimedOut]);
}

#[test]
fn what_kept_a_session_waiting_did_not_end_it() {
    let causes = |states: &[(u64, &str)]| -> Vec<Cause> {
        let mut watch = watched(json!({}), states);
        let lines = [
            "\nYARN Diagnostics: ",
            "Application is added to the scheduler and is not yet activated. Queue's AM resource limit exceeded.",
            "INFO ApplicationMaster: Final app status: FAILED, exitCode: 3",
        ];
        watch.log_arrived(&LogPage { lines: lines.map(str::to_owned).into() }, at(400));
        watch.causes().iter().map(|it| it.cause).collect()
    };
    assert_eq!(causes(&[(0, "starting"), (30, "dead")])[0], Cause::QueueFull);
    // The usual way of a start that fails.
    assert_eq!(causes(&[(0, "starting"), (30, "error"), (31, "dead")])[0], Cause::QueueFull);
    assert_eq!(causes(&[(0, "starting"), (30, "idle"), (300, "dead")]), [Cause::ExitCode]);
}

#[test]
fn who_has_a_container_no_longer_waits_for_room_and_who_is_killed_at_the_limit_did() {
    let causes = |app_info: Value, states: &[(u64, &str)]| -> Vec<Cause> {
        let mut watch = Watch::new(Address::parse("7").unwrap(), at(0));
        watch.lend(cause_book());
        for (secs, state) in states {
            let told = json!({"id": 7, "state": state, "conf": {}, "appInfo": app_info});
            watch.arrived(Session::from_json(told).unwrap(), true, at(*secs));
        }
        let lines = [
            "\nYARN Diagnostics: ",
            "Application is Activated, waiting for resources to be assigned for AM. ",
            "Application application_1714639200000_0042 was killed by user livy at 10.0.0.9",
        ];
        watch.log_arrived(&LogPage { lines: lines.map(str::to_owned).into() }, at(400));
        watch.causes().iter().map(|it| it.cause).collect()
    };
    let slow = [(0, "starting"), (92, "shutting_down"), (93, "killed")];
    assert_eq!(causes(json!({}), &slow), [Cause::NoRoom, Cause::ApplicationKilled]);
    // Opened when it was dead already.
    assert_eq!(causes(json!({}), &[(0, "dead")])[0], Cause::NoRoom);
    let driver = json!({"driverLogUrl": "http://n1:8042/node/containerlogs/container_1/livy"});
    assert_eq!(causes(driver, &[(0, "dead")]), [Cause::ApplicationKilled]);
    let executors = json!({"executorLogUrls": "exec-1#http://logs/1"});
    assert_eq!(causes(executors, &[(0, "dead")]), [Cause::ApplicationKilled]);
}

#[test]
fn a_bare_result_explains_nothing() {
    for (fields, is_explained) in [
        (json!({"result": "Failed"}), false),
        (json!({"result": "Succeeded", "errorInfo": []}), false),
        (json!({"result": "Failed", "errorInfo": [{"message": "Job timed out after 30m"}]}), true),
    ] {
        let mut told = json!({"id": 7, "state": "dead", "conf": {}});
        told.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let mut watch = watched(json!({}), &[(0, "starting")]);
        watch.arrived(Session::from_json(told).unwrap(), true, at(10));
        watch.log_arrived(&LogPage { lines: vec!["stdout: ".to_owned()] }, at(11));
        assert_eq!(watch.is_explained(), is_explained, "{fields}");
    }
}

#[test]
fn what_the_log_shows_of_its_life_counts_where_the_page_came_late() {
    let lines = [
        "stdout: ",
        "\nstderr: ",
        "24/05/02 10:00:00 INFO SparkEntries: Created Spark session.",
        "24/05/02 11:00:00 ERROR ApplicationMaster: RECEIVED SIGNAL TERM",
        "\nYARN Diagnostics: ",
        "Application is added to the scheduler and is not yet activated. Queue's AM resource limit exceeded.",
    ];
    let mut watch = watched(json!({}), &[(0, "dead")]);
    watch.log_arrived(&LogPage { lines: lines.map(str::to_owned).into() }, at(1));
    assert_eq!(watch.causes().iter().map(|it| it.cause).collect::<Vec<_>>(), [Cause::KilledBySignal]);
}

#[test]
fn a_log_that_was_silent_for_long_says_nothing_of_the_end() {
    let refusal = "24/05/02 10:00:00 ERROR Job: org.apache.hadoop.security.AccessControlException: Permission denied: user=a, access=READ, inode=\"/d\":b:b:drwx------";
    let page = |last: Option<&str>| {
        let lines = ["stdout: ", "\nstderr: ", refusal].into_iter().chain(last).map(str::to_owned);
        LogPage { lines: lines.collect() }
    };
    let told = |silent: u64, last: Option<&str>| {
        let mut watch = watched(json!({}), &[(0, "starting"), (10, "idle")]);
        watch.log_arrived(&page(None), at(20));
        watch.arrived(
            Session::from_json(json!({"id": 7, "state": "killed", "conf": {}})).unwrap(),
            true,
            at(20 + silent),
        );
        watch.log_arrived(&page(last), at(21 + silent));
        watch.causes().iter().map(|it| it.cause).collect::<Vec<_>>()
    };
    assert_eq!(told(7_000, None), [Cause::ApplicationKilled]);
    assert_eq!(told(30, None), [Cause::PathForbidden, Cause::ApplicationKilled]);
    // News of the end are of the end.
    let out_of_memory = "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space";
    assert_eq!(told(7_000, Some(out_of_memory))[0], Cause::DriverOutOfMemory);
}

#[test]
fn an_error_is_explained_while_it_lasts() {
    let mut watch = watched(json!({}), &[(0, "starting"), (10, "error")]);
    let line = "java.io.IOException: Cannot run program \"/no/python\": error=2, No such file or directory";
    watch.log_arrived(&LogPage { lines: vec!["stdout: ".to_owned(), line.to_owned()] }, at(11));
    assert_eq!(watch.causes().iter().map(|it| it.cause).collect::<Vec<_>>(), [Cause::PythonMissing]);
    watch.arrived(Session::from_json(json!({"id": 7, "state": "idle", "conf": {}})).unwrap(), true, at(20));
    assert_eq!(watch.causes().len(), 0);
}

#[test]
fn an_interpreter_that_did_not_start_is_told_while_the_session_lives() {
    let told = |watch: &Watch| watch.causes().iter().map(|it| it.cause).collect::<Vec<_>>();
    let lines = [
        "stdout: ",
        "24/05/02 10:00:00 WARN Session: Fail to start interpreter pyspark",
        "java.io.IOException: Cannot run program \"/no/python\": error=2, No such file or directory",
    ];
    let page = |lines: &[&str]| LogPage { lines: lines.iter().map(|it| (*it).to_owned()).collect() };
    let session = |state: &str| Session::from_json(json!({"id": 7, "state": state, "conf": {}})).unwrap();
    let mut watch = watched(json!({}), &[(0, "starting"), (10, "idle")]);
    // A statement may have asked for a program of that name.
    watch.log_arrived(&page(&[lines[0], lines[2]]), at(11));
    assert_eq!(told(&watch), []);
    watch.log_arrived(&page(&[lines[0], lines[2], lines[1], lines[2]]), at(12));
    assert_eq!(told(&watch), [Cause::PythonMissing]);
    watch.arrived(session("busy"), true, at(20));
    watch.arrived(session("idle"), true, at(21));
    assert_eq!(told(&watch), [Cause::PythonMissing], "it stays away");
    let mut forgotten = watch.clone();
    forgotten.failed(
        CallError::Refused { status: 404, message: String::new(), retry_after: None },
        at(3_700),
        0,
    );
    assert_eq!(told(&forgotten), [Cause::IdleTimeout], "it did not end the session");
    watch.arrived(session("dead"), true, at(30));
    assert_eq!(told(&watch), [], "the log of the end is still to come");
    watch.log_arrived(&page(&lines), at(31));
    assert_eq!(told(&watch), [], "it has lived without it");
    // The lines come when they come, and another interpreter may fail later.
    let mut late = watched(json!({}), &[(0, "idle")]);
    late.log_arrived(&page(&lines[..2]), at(1));
    assert_eq!(told(&late), [Cause::InterpreterFailed]);
    late.log_arrived(&page(&lines), at(2));
    assert_eq!(told(&late), [Cause::PythonMissing]);
    let r = "24/05/02 10:00:00 WARN Session: Fail to start interpreter sparkr";
    let why = "java.io.IOException: Cannot run program \"R\": error=2, No such file or directory";
    late.log_arrived(&page(&[&lines[..], &[r, why]].concat()), at(3));
    assert_eq!(told(&late), [Cause::PythonMissing, Cause::RMissing]);
    late.failed(CallError::Refused { status: 404, message: String::new(), retry_after: None }, at(9), 0);
    assert_eq!(told(&late), [Cause::Forgotten], "none of them ended it");
}

#[test]
fn what_a_real_livy_logged_of_a_session_that_lives_is_told_and_nothing_of_a_healthy_one() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/console/causes/real");
    let mut healthy = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let expected = match name.as_str() {
            "python-missing" => Some(Cause::PythonMissing),
            "r-missing" => Some(Cause::RMissing),
            it if it.starts_with("healthy") => None,
            _ => continue,
        };
        healthy += usize::from(expected.is_none());
        // The first line says what was asked.
        let text = std::fs::read_to_string(&file).unwrap();
        let lines = text.lines().skip(1).map(str::to_owned).collect();
        let mut watch = watched(json!({}), &[(0, "starting"), (10, "idle")]);
        watch.log_arrived(&LogPage { lines }, at(11));
        assert_eq!(
            watch.causes().iter().map(|it| it.cause).collect::<Vec<_>>(),
            Vec::from_iter(expected),
            "{name}"
        );
    }
    assert!(healthy >= 10, "{healthy}");
}

#[test]
fn only_a_delete_that_may_have_been_carried_out_explains_a_404() {
    let refused = |status: u16| CallError::Refused { status, message: String::new(), retry_after: None };
    let ends_as = |answer: Option<CallError>| {
        let mut watch = watched(json!({}), &[(0, "idle")]);
        watch.delete_sent(at(0));
        if let Some(error) = answer {
            watch.delete_failed(error, at(1));
        }
        watch.failed(refused(404), at(60), 0);
        watch.ending()
    };
    assert_eq!(ends_as(None), Some(Ending::Deleted(at(60))));
    assert_eq!(ends_as(Some(CallError::TimedOut)), Some(Ending::Deleted(at(60))));
    assert_eq!(ends_as(Some(refused(403))), Some(Ending::Forgotten(at(60))));
    // One that the session was seen to outlive was not.
    for (seen, state, gone, ending) in [
        (100, "idle", 110, Ending::Deleted(at(110))),
        (100, "idle", 7_000, Ending::Forgotten(at(7_000))),
        (122, "shutting_down", 130, Ending::Deleted(at(130))),
        (122, "idle", 130, Ending::Forgotten(at(130))),
    ] {
        let mut watch = watched(json!({}), &[(0, "idle")]);
        watch.delete_sent(at(0));
        watch.delete_failed(CallError::TimedOut, at(1));
        let told = Session::from_json(json!({"id": 7, "state": state, "conf": {}})).unwrap();
        watch.arrived(told, true, at(seen));
        watch.failed(refused(404), at(gone), 0);
        assert_eq!(watch.ending(), Some(ending), "{seen} {state} {gone}");
    }
}
