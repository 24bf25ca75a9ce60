//! The words by which each cause is known, in the order of their weight: what explains more comes first.
//!
//! Sources: what a real Livy 0.9.0 with Spark 3.5.9 logged (`tests/console/causes/real`), and where that could not be had the
//! wording in Spark's, Hadoop's and Livy's sources, each named in `tests/console/causes/cases.json`.

use super::Cause;

/// One way in which a cause is written.
pub(super) struct Rule {
    pub cause: Cause,
    /// Parts that are all in one line, in this order.
    parts: &'static [&'static str],
    /// A part of the line before, frames of traces left out; empty for any.
    after: &'static str,
}

impl Rule {
    pub(super) fn fits(&self, line: &str, before: &str) -> bool {
        let mut rest = line;
        for part in self.parts {
            // A first part that begins with ^ is at the line's beginning.
            let found = match part.strip_prefix('^') {
                Some(start) => rest.strip_prefix(start),
                None => rest.split_once(part).map(|it| it.1),
            };
            match found {
                Some(after) => rest = after,
                None => return false,
            }
        }
        before.contains(self.after)
    }
}

const fn rule(cause: Cause, parts: &'static [&'static str]) -> Rule {
    Rule { cause, parts, after: "" }
}

const fn then(cause: Cause, after: &'static str, parts: &'static [&'static str]) -> Rule {
    Rule { cause, parts, after }
}

/// Spark writes this when the driver gives up before it has begun.
const START: &str = "Error initializing SparkContext";
/// Livy writes this before the trace of an interpreter that does not start, and goes on (repl `Session.scala`, 0.9.0).
pub(crate) const NO_INTERPRETER: &str = "WARN Session: Fail to start interpreter ";
/// The JVM writes this for an exception that no code caught.
const MAIN: &str = "^Exception in thread \"main\" ";

/// All of them.
pub(super) const RULES: &[Rule] = &[
    rule(Cause::DriverMemoryUnreadable, &["^Invalid maximum heap size: -Xmx"]),
    rule(Cause::DriverMemoryUnreadable, &["^Invalid initial heap size: -Xms"]),
    rule(Cause::DriverMemoryTooLarge, &["^Could not reserve enough space for", "object heap"]),
    rule(Cause::DriverMemoryTooSmall, &["^Too small maximum heap"]),
    rule(Cause::DriverMemoryTooSmall, &["^Too small initial heap"]),
    rule(Cause::DriverMemoryTooSmall, &["System memory ", " must be at least "]),
    rule(Cause::ExecutorMemoryTooSmall, &["Executor memory ", " must be at least "]),
    rule(Cause::ContainerTooLarge, &["Required executor memory (", " is above the max threshold ("]),
    rule(Cause::ContainerTooLarge, &["Required AM memory (", " is above the max threshold ("]),
    rule(Cause::ContainerTooLarge, &["InvalidResourceRequestException: Invalid resource request"]),
    rule(Cause::QueueUnknown, &["submitted by user ", " to unknown queue: "]),
    rule(Cause::QueueUnknown, &["Failed to submit application_", "to YARN", "unknown queue"]),
    rule(Cause::QueueForbidden, &["User ", " cannot submit applications to queue "]),
    rule(
        Cause::QueueForbidden,
        &["AccessControlException: User ", " does not have permission to submit ", " to queue "],
    ),
    rule(Cause::QueueFull, &["Queue's AM resource limit exceeded"]),
    rule(Cause::QueueFull, &["User's AM resource limit exceeded"]),
    rule(Cause::QueueFull, &["already has ", " applications, cannot accept submission of application"]),
    rule(Cause::ImpersonationRefused, &["User: ", " is not allowed to impersonate "]),
    rule(Cause::ImpersonationRefused, &["Unauthorized connection for super-user: "]),
    rule(Cause::UserUnknown, &["main : requested yarn user is ", "User ", " not found"]),
    then(Cause::UserUnknown, "main : requested yarn user is ", &["^User ", " not found"]),
    // The JVM asks the machine for the name of its user, and the machine has none.
    rule(Cause::UserUnknown, &["LoginException: java.lang.NullPointerException: invalid null input: name"]),
    rule(Cause::Kerberos, &["GSS initiate failed"]),
    rule(Cause::Kerberos, &["GSSException: No valid credentials provided"]),
    rule(Cause::Kerberos, &["Client cannot authenticate via:["]),
    rule(Cause::Kerberos, &["javax.security.auth.login.LoginException: Unable to obtain "]),
    rule(Cause::Kerberos, &["LoginException: Client not found in Kerberos database"]),
    rule(Cause::SettingWrong, &["^Error: Not allowed to specify max heap(Xmx)"]),
    rule(Cause::SettingWrong, &["^Error: ", " must be a positive number"]),
    rule(Cause::SettingWrong, &[MAIN, "is not allowed to set Spark options"]),
    then(Cause::SettingWrong, START, &["^java.lang.IllegalArgumentException: "]),
    then(Cause::SettingWrong, START, &["^java.lang.NumberFormatException: "]),
    then(Cause::SettingWrong, START, &["^org.apache.spark.SparkException: ", "has to be"]),
    rule(Cause::SettingWrong, &[MAIN, "IllegalArgumentException: ", " should be "]),
    rule(Cause::SettingWrong, &[MAIN, "NumberFormatException: "]),
    rule(Cause::SettingWrong, &[MAIN, "SparkException: ", " must be a positive number"]),
    then(Cause::SettingWrong, "RSCDriver", &["^java.lang.IllegalArgumentException: spark.", " should be "]),
    rule(Cause::ClassMissing, &["^Error: Failed to load class "]),
    rule(Cause::ClassMissing, &["^Error: Could not find or load main class "]),
    rule(Cause::ClassMissing, &[MAIN, "java.lang.ClassNotFoundException: "]),
    rule(Cause::ClassMissing, &[MAIN, "java.lang.NoClassDefFoundError: "]),
    then(Cause::ClassMissing, "ERROR RSCDriver: ", &["^java.lang.ClassNotFoundException: "]),
    then(Cause::ClassMissing, START, &["^java.lang.ClassNotFoundException: "]),
    then(Cause::ClassMissing, START, &["^java.lang.NoClassDefFoundError: "]),
    then(Cause::ClassMissing, START, &["Exception when registering SparkListener"]),
    rule(Cause::FileMissing, &[MAIN, "java.io.FileNotFoundException: "]),
    rule(Cause::FileMissing, &[MAIN, "java.nio.file.NoSuchFileException: "]),
    then(Cause::FileMissing, START, &["^java.io.FileNotFoundException: "]),
    then(Cause::FileMissing, START, &["^java.nio.file.NoSuchFileException: "]),
    rule(
        Cause::FileMissing,
        &["Application application_", " failed ", "FileNotFoundException: File does not exist: "],
    ),
    // Livy parts YARN's diagnostics into lines (SparkYarnApp.scala, 0.9.0).
    rule(Cause::FileMissing, &["^Failing this attempt.Diagnostics: ", "File does not exist: "]),
    rule(Cause::PlaceUnknown, &[MAIN, "java.net.UnknownHostException: "]),
    rule(Cause::PlaceUnknown, &[MAIN, "UnsupportedFileSystemException: No FileSystem for scheme "]),
    rule(Cause::PlaceUnknown, &[MAIN, "Incomplete HDFS URI, no host"]),
    then(Cause::PlaceUnknown, START, &["^java.net.UnknownHostException: "]),
    then(Cause::PlaceUnknown, START, &["UnsupportedFileSystemException: No FileSystem for scheme "]),
    then(Cause::PlaceUnknown, START, &["Incomplete HDFS URI, no host"]),
    rule(Cause::PythonMissing, &["Cannot run program \"", "python", "error=2, No such file or directory"]),
    rule(Cause::PythonMissing, &["^env: ", "python", "No such file or directory"]),
    rule(Cause::RMissing, &["Cannot find sparkr package directory"]),
    rule(Cause::RMissing, &["Cannot run program \"R\"", "error=2, No such file or directory"]),
    rule(Cause::RMissing, &["Cannot run program \"", "/R\"", "error=2, No such file or directory"]),
    rule(Cause::RMissing, &["Cannot run program \"", "Rscript\"", "error=2, No such file or directory"]),
    rule(Cause::InterpreterFailed, &[NO_INTERPRETER]),
    rule(Cause::PortsExhausted, &["Unable to connect to provided ports "]),
    rule(Cause::PortsExhausted, &["java.net.BindException: ", "failed after ", " retries"]),
    rule(Cause::DriverOutOfMemory, &["^Terminating due to java.lang.OutOfMemoryError"]),
    rule(Cause::DriverOutOfMemory, &["^Aborting due to java.lang.OutOfMemoryError"]),
    rule(Cause::DriverOutOfMemory, &["ERROR SparkUncaughtExceptionHandler: ", "OutOfMemoryError"]),
    then(Cause::DriverOutOfMemory, "SparkUncaughtExceptionHandler: ", &["^java.lang.OutOfMemoryError: "]),
    rule(Cause::DriverOutOfMemory, &["^# java.lang.OutOfMemoryError: "]),
    rule(Cause::DriverOutOfMemory, &[MAIN, "java.lang.OutOfMemoryError: "]),
    rule(Cause::ContainerMemory, &["is running beyond ", " memory limits. Current usage: "]),
    rule(Cause::ContainerMemory, &["B beyond the '", "' memory limit. Current usage: "]),
    // 128 and SIGKILL: the machine itself was out of memory, as a rule.
    rule(Cause::ContainerMemory, &["AM Container for ", " exited with ", "exitCode: 137"]),
    rule(Cause::ContainerMemory, &["exited with exit code 137(SIGKILL, possible container OOM)"]),
    rule(
        Cause::ContainerMemory,
        &["ERROR ", "ExecutorLostFailure", "Container killed by YARN for exceeding memory limits"],
    ),
    rule(Cause::ContainerMemory, &["ERROR ", ": Lost executor ", "Container killed by YARN for exceeding "]),
    rule(Cause::ContainerMemory, &["ERROR ", ": Lost executor ", "Exit status: 137"]),
    rule(Cause::ContainerMemory, &["reason: OOMKilled"]),
    rule(Cause::ExecutorLost, &["Max number of executor failures (", ") reached"]),
    rule(Cause::ConnectTimeout, &["Timed out waiting for context to start"]),
    rule(Cause::ConnectTimeout, &["No YARN application is found with tag "]),
    rule(Cause::ExitCode, &["Final app status: FAILED, exitCode: "]),
    rule(Cause::ExitCode, &["User application exited with status "]),
    // The JVM went down with a context that was still running: exit was called, or a signal came.
    rule(Cause::ExitCode, &["INFO SparkContext: Invoking stop() from shutdown hook"]),
    rule(Cause::ApplicationKilled, &["Application application_", " was killed by user "]),
    rule(Cause::ApplicationKilled, &["Application killed by user"]),
    rule(Cause::ApplicationKilled, &["Kill application application_", " received from "]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// The lines of a fixture, and of each the one before it as the search sees it.
    fn is_hit(rule: &Rule, lines: &[&str]) -> bool {
        let mut before = "";
        lines.iter().any(|line| {
            let fits = rule.fits(line, before);
            if !line.starts_with(['\t', ' ']) {
                before = line;
            }
            fits
        })
    }

    #[test]
    fn every_rule_has_a_log_or_a_documented_wording() {
        let cases: Value =
            serde_json::from_str(include_str!("../../../tests/console/causes/cases.json")).unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/console/causes/real");
        let real = std::fs::read_dir(folder).unwrap();
        let real: Vec<String> = real.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap()).collect();
        let documented = ["documented", "wordings"].into_iter().flat_map(|it| cases[it].as_array().unwrap());
        let documented =
            documented.map(|it| it["lines"].as_array().unwrap().iter().filter_map(Value::as_str).collect());
        let all: Vec<Vec<&str>> = real.iter().map(|it| it.lines().collect()).chain(documented).collect();
        for rule in RULES {
            assert!(
                all.iter().any(|it| is_hit(rule, it)),
                "{:?} {:?} after {:?}",
                rule.cause,
                rule.parts,
                rule.after
            );
        }
    }
}
