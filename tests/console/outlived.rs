//! What a session has outlived explains nothing of its end.

use crate::causes::{log, names};

fn of_stderr(lines: &[&str]) -> Vec<String> {
    names(&log(["stdout: ", "\nstderr: "].iter().chain(lines).map(|it| (*it).to_owned())))
}

/// What a session has outlived did not end it: neither what was before it was ready, nor what was long before its end.
#[test]
fn an_old_refusal_is_not_the_cause_of_a_later_end() {
    let (ready, term) =
        ("SparkEntries: Created Spark session.", "ERROR ApplicationMaster: RECEIVED SIGNAL TERM");
    let refusals = [
        "ERROR Client: javax.security.sasl.SaslException: GSS initiate failed",
        "ERROR Job: org.apache.hadoop.security.AccessControlException: Permission denied: user=a, access=READ, inode=\"/d\":b:b:drwx------",
        "ERROR YarnScheduler: Lost executor 3 on n1: Container killed by YARN for exceeding physical memory limits.",
        "ERROR Client: User: livy is not allowed to impersonate alice",
        "WARN Client: JAVA_HOME is not set",
    ];
    for refusal in refusals {
        let at = |when: &str, what: &str| format!("24/05/02 {when} {what}");
        let (begin, early, late) =
            (at("09:00:00", "INFO Client: x"), at("10:00:00", refusal), at("15:00:00", term));
        let ready_at = |when: &str| at(when, &format!("INFO {ready}"));
        // Hours before the end, with nothing between; and before it was ready.
        let old = of_stderr(&[&begin, &ready_at("09:00:20"), &early, &late]);
        assert_eq!(old, ["KilledBySignal"], "{refusal}");
        let before = of_stderr(&[&begin, &early, &ready_at("10:00:20"), &at("10:00:30", term)]);
        assert_eq!(before, ["KilledBySignal"], "{refusal}");
        let launched = at(
            "10:00:20",
            "INFO Client: Application report for application_1714639200000_0042 (state: RUNNING)",
        );
        assert_eq!(of_stderr(&[&begin, &early, &launched, &late]), ["KilledBySignal"], "{refusal}");
        // Without times it is the lines that count.
        let lines: Vec<String> = (0..500).map(|it| format!("INFO DAGScheduler: Submitting {it}")).collect();
        let mut all = vec!["INFO SparkEntries: Created Spark session.", refusal];
        all.extend(lines.iter().map(String::as_str));
        all.push(term);
        assert_eq!(of_stderr(&all), ["KilledBySignal"], "{refusal}");
    }
    // Shortly before the end it is.
    let out_of_memory = [
        "24/05/02 09:00:20 INFO SparkEntries: Created Spark session.",
        "24/05/02 14:59:50 ERROR Utils: uncaught error in thread Spark Context Cleaner",
        "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space",
        "24/05/02 15:00:00 ERROR ApplicationMaster: RECEIVED SIGNAL TERM",
    ];
    assert_eq!(of_stderr(&out_of_memory), ["DriverOutOfMemory"]);
}

/// Livy kills what does not come in time: what it waited for is the reason.
#[test]
fn what_a_session_waited_for_when_it_was_killed_goes_first() {
    let waiting = "[Thu May 02 10:00:00 +0000 2024] Application is Activated, waiting for resources to be assigned for AM. ";
    let kills = [
        "Application application_1714639200000_0042 was killed by user livy at 10.0.0.9",
        "Kill application application_1714639200000_0042 received from livy (auth:SIMPLE) at 10.0.0.9",
        "Application killed by user.",
    ];
    for kill in kills {
        let lines = ["stdout: ", "\nYARN Diagnostics: ", waiting, kill];
        assert_eq!(
            names(&log(lines.map(str::to_owned).into_iter())),
            ["NoRoom", "ApplicationKilled"],
            "{kill}"
        );
        let ready = "24/05/02 10:00:00 INFO SparkEntries: Created Spark session.";
        let lines = ["stdout: ", "\nstderr: ", ready, "\nYARN Diagnostics: ", waiting, kill];
        assert_eq!(names(&log(lines.map(str::to_owned).into_iter())), ["ApplicationKilled"], "{kill}");
    }
}

/// Lines of single executors, of fallbacks and of statements: sessions that live write them.
#[test]
fn what_living_sessions_log_in_passing_is_no_cause() {
    let life = "24/05/02 10:00:09 INFO TaskSetManager: Finished task 0.0 in stage 2.0";
    let passing: [&[&str]; 13] = [
        &[
            "WARN Client: Exception encountered while connecting to the server",
            "javax.security.sasl.SaslException: GSS initiate failed [Caused by GSSException: No valid credentials provided]",
        ],
        &["WARN Client: SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS]"],
        &[
            "WARN YarnSchedulerBackend$YarnSchedulerEndpoint: Requesting driver to remove executor 3 for reason Container killed by YARN for exceeding memory limits. 5.5 GB of 5.5 GB physical memory used.",
        ],
        &[
            "ERROR YarnScheduler: Lost executor 3 on n1: Container killed by YARN for exceeding memory limits. 5.5 GB of 5.5 GB physical memory used.",
        ],
        &[
            "WARN YarnAllocator: Container marked as failed: container_1 on host: n1. Exit status: 143. Diagnostics: [2024-05-02 10:00:00.123]Container killed on request. Exit code is 143",
            "[2024-05-02 10:00:00.123]Container exited with a non-zero exit code 143. ",
            "[2024-05-02 10:00:00.123]Killed by external signal",
        ],
        &[
            "ERROR TaskSchedulerImpl: Lost executor 1 on 10.1.2.3: The executor with id 1 exited with exit code 137(SIGKILL, possible container OOM).",
            "\t\t termination reason: OOMKilled",
        ],
        &[
            "WARN YarnAllocator: Diagnostics: Container [pid=1,containerID=container_1] is running beyond physical memory limits. Current usage: 1.4 GB of 1.4 GB physical memory used",
        ],
        &["WARN Client: Caused by: KrbException: Clock skew too great (37)"],
        &[
            "ERROR TaskSchedulerImpl: Lost executor 3 on 10.1.2.3: The executor with id 3 exited with exit code -1(unexpected).",
            "The API gave the following brief reason: Evicted",
            "The API gave the following message: The node was low on resource: memory. ",
        ],
        &[
            "ERROR TaskSchedulerImpl: Lost executor 4 on 10.1.2.3: x",
            "The API gave the following message: Pod was terminated in response to imminent node shutdown.",
        ],
        &[
            "WARN YarnAllocator: Container marked as failed: container_1. Diagnostics: 1/1 local-dirs are bad: /mnt/yarn; 1/1 log-dirs are bad: /var/log/yarn",
        ],
        &["ERROR Executor: java.io.IOException: Cannot run program \"ls\": error=12, Cannot allocate memory"],
        &[
            "WARN BlockManagerMaster: Failed to remove broadcast 7",
            "java.io.IOException: Failed to connect to n1/10.0.0.7:41235",
        ],
    ];
    for lines in passing {
        let first = format!("24/05/02 10:00:00 {}", lines[0]);
        let mut all = vec![first.as_str()];
        all.extend(&lines[1..]);
        all.push(life);
        assert_eq!(of_stderr(&all), [""; 0], "{lines:?}");
    }
    // Where executors were lost again and again, they say why.
    let again = [
        "24/05/02 10:00:00 ERROR YarnScheduler: Lost executor 3 on n1: Container killed by YARN for exceeding memory limits.",
        "24/05/02 10:00:05 INFO YarnAllocator: Will request 1 executor container(s)",
        "24/05/02 10:00:09 ERROR ApplicationMaster: Exiting with Max number of executor failures (6) reached",
    ];
    assert_eq!(of_stderr(&again), ["ContainerMemory"]);
}

/// What a pod waited for before it ran did not end it.
#[test]
fn a_pod_that_ran_had_its_image_and_its_place() {
    for waiting in [
        "\t\t pending reason: ImagePullBackOff",
        "\t\t message: 0/3 nodes are available: 3 Insufficient cpu.",
    ] {
        let pending = "24/05/02 10:00:00 INFO LoggingPodStatusWatcherImpl: State changed, new state: ";
        let running = "24/05/02 10:01:00 INFO LoggingPodStatusWatcherImpl: Application status for spark-8f2a (phase: Running)";
        assert_ne!(of_stderr(&[pending, waiting]), [""; 0], "{waiting}");
        assert_eq!(of_stderr(&[pending, waiting, running]), [""; 0], "{waiting}");
    }
}

/// Livy tells of the pods of all executors, whatever became of the driver.
#[test]
fn what_became_of_an_executors_pod_did_not_end_the_driver() {
    let pod = |name: &str, reason: &str, condition: &str| -> Vec<String> {
        let lines = [
            format!("{name}.spark-jobs:"),
            "\tnode: n1".to_owned(),
            "\tphase: Pending".to_owned(),
            format!("\treason: {reason}"),
            "\tmessage: null".to_owned(),
            "\tconditions:".to_owned(),
            format!("\t\tPodCondition(lastProbeTime=null, {condition}, type=PodScheduled)"),
        ];
        lines.to_vec()
    };
    let well = "message=null, reason=null, status=True";
    let full = "message=0/3 nodes are available: 3 Insufficient memory., reason=Unschedulable, status=False";
    let told = |driver: Vec<String>, executor: Vec<String>| {
        let head = ["stdout: ", "\nstderr: ", "\nKubernetes Diagnostics: "].map(str::to_owned);
        names(&log(head.into_iter().chain(driver).chain(executor)))
    };
    let exec = "livy-session-0-8f2a-exec-1";
    let driver = "livy-session-0-8f2a-driver";
    assert_eq!(told(pod(driver, "null", well), pod(exec, "null", full)), [""; 0]);
    assert_eq!(told(pod(driver, "null", well), pod(exec, "Evicted", well)), [""; 0]);
    assert_eq!(told(pod(driver, "null", full), pod(exec, "Evicted", well)), ["PodUnschedulable"]);
    assert_eq!(told(pod(driver, "Evicted", well), pod(exec, "null", full)), ["PodEvicted"]);
    // Where no cause is known, what is told of pods that are well is no line to begin with.
    let error = "Exception in thread \"main\" java.lang.IllegalStateException: no";
    let begin = |reason: &str| {
        let head = ["stdout: ", "\nstderr: ", error, "\nKubernetes Diagnostics: "].map(str::to_owned);
        let mut pod = pod(driver, reason, well);
        pod.insert(5, "\tcontainers:".to_owned());
        let log = log(head.into_iter().chain(pod));
        let (section, number) = console::last_error(&log).unwrap();
        log.section(section).unwrap().line(number).unwrap().trim().to_owned()
    };
    assert_eq!(begin("null"), error);
    assert_eq!(begin("ContainerStatusUnknown"), "reason: ContainerStatusUnknown");
}
