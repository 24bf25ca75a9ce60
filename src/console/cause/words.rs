//! Every cause in words: the one that the page's markup bears, what happened, and what to change.

use super::Cause;

impl Cause {
    /// Its word in the page's markup (`data-cause`). It never changes.
    pub fn word(self) -> &'static str {
        self.words().0
    }

    /// What happened, in a few words.
    pub fn title(self) -> &'static str {
        self.words().1
    }

    /// What to do about it.
    pub fn advice(self) -> &'static str {
        self.words().2
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::DriverMemoryUnreadable => (
                "driver-memory-unreadable",
                "Spark can't read the driver memory",
                "Enter a whole number and a unit, for example 2g.",
            ),
            Self::DriverMemoryTooSmall => (
                "driver-memory-too-small",
                "The driver has too little memory to start",
                "Use at least 512m. Spark's default is 1g.",
            ),
            Self::DriverMemoryTooLarge => (
                "driver-memory-too-large",
                "The machine can't give the driver this much memory",
                "Use less driver memory.",
            ),
            Self::ExecutorMemoryTooSmall => (
                "executor-memory-too-small",
                "The executors have too little memory to start",
                "Use at least 450m per executor. Spark's default is 1g.",
            ),
            Self::DriverOutOfMemory => (
                "driver-out-of-memory",
                "The driver ran out of memory",
                "Use more driver memory, or bring less data to the driver: collect, toPandas and broadcasts all do.",
            ),
            Self::ContainerMemory => (
                "container-memory",
                "A container was stopped because it used too much memory",
                "Use more executor memory, or raise spark.executor.memoryOverhead: Python runs in the overhead.",
            ),
            Self::ContainerTooLarge => (
                "container-too-large",
                "The session needs more memory or cores than one container can have",
                "Ask for less per executor and use more executors.",
            ),
            Self::QueueUnknown => ("queue-unknown", "The queue doesn't exist", "Choose another queue."),
            Self::QueueForbidden => (
                "queue-forbidden",
                "This user isn't allowed to use the queue",
                "Choose another queue, or ask for access to this one.",
            ),
            Self::QueueFull => (
                "queue-full",
                "The queue has no room for another application",
                "Wait, end sessions you don't need, or choose another queue.",
            ),
            Self::SettingWrong => (
                "setting-wrong",
                "Spark can't read one of the settings",
                "Fix or remove the setting that the log line names.",
            ),
            Self::ClassMissing => (
                "class-missing",
                "A class is missing",
                "Add the jar that contains it, built for the server's Scala and Spark, or remove the setting that names it.",
            ),
            Self::FileMissing => {
                ("file-missing", "A file wasn't found", "Check the path that the log line names.")
            }
            Self::PlaceUnknown => (
                "place-unknown",
                "A path names an unknown host or file system",
                "Check the scheme and the host of the path.",
            ),
            Self::ImpersonationRefused => (
                "impersonation-refused",
                "Livy isn't allowed to act for this user",
                "Ask the cluster's operator to allow it (hadoop.proxyuser in core-site.xml).",
            ),
            Self::UserUnknown => (
                "user-unknown",
                "The cluster doesn't know this user",
                "Check the proxy user. Every node has to know the name.",
            ),
            Self::Kerberos => (
                "kerberos",
                "Kerberos refused the sign-in",
                "The server's ticket is missing or has expired. Ask Livy's operator to renew it.",
            ),
            Self::PythonMissing => (
                "python-missing",
                "Python wasn't found",
                "Check spark.pyspark.python, or PYSPARK_PYTHON on the server.",
            ),
            Self::RMissing => (
                "r-missing",
                "R wasn't found",
                "Choose another kind, or ask for R to be installed on the server.",
            ),
            Self::InterpreterFailed => (
                "interpreter-failed",
                "An interpreter didn't start",
                "The lines after it in the log say why. Statements of other kinds may still run.",
            ),
            Self::ConnectTimeout => (
                "connect-timeout",
                "The driver didn't connect to Livy in time",
                "The cluster may be full, or the driver can't reach Livy. Try again, ask for less, or ask the operator to raise livy.rsc.server.connect.timeout.",
            ),
            Self::PortsExhausted => (
                "ports-exhausted",
                "No free port was found",
                "End sessions you don't need, or ask the operator to widen livy.rsc.launcher.port.range: each session takes one port.",
            ),
            Self::ExecutorLost => (
                "executor-lost",
                "Executors failed again and again",
                "Check the executors' own logs. Too little memory is the usual reason.",
            ),
            Self::ExitCode => (
                "exit-code",
                "The driver process exited",
                "Code in the session called exit, or the JVM stopped with the exit code in the log line.",
            ),
            Self::ApplicationKilled => (
                "application-killed",
                "The application was killed",
                "Stopped by a person or by the cluster manager.",
            ),
            Self::Succeeded => ("succeeded", "The application finished", "It ended without an error."),
            Self::Deleted => (
                "deleted",
                "You deleted this session",
                "It was deleted from this page, and its driver was stopped.",
            ),
            Self::IdleTimeout => (
                "idle-timeout",
                "The session was probably idle for too long",
                "Viewing a session doesn't keep it alive. Set a longer idle timeout.",
            ),
            Self::TimeToLive => (
                "time-to-live",
                "The session probably reached its time to live",
                "Set a longer time to live.",
            ),
            Self::HeartbeatLost => (
                "heartbeat-lost",
                "Probably no client checked on the session for longer than its heartbeat timeout",
                "Set a longer heartbeat timeout, or 0 to turn it off.",
            ),
            Self::RetentionOver => (
                "retention-over",
                "The session had ended, and Livy removed it from its list",
                "Livy keeps ended sessions for about ten minutes.",
            ),
            Self::ServerRestarted => (
                "server-restarted",
                "Livy restarted",
                "It lost its sessions and gives their ids to new ones. Create the session again. The operator can turn on Livy's recovery.",
            ),
            Self::Forgotten => (
                "forgotten",
                "The server no longer has this session",
                "Someone may have deleted it, it may have timed out, or Livy restarted.",
            ),
        }
    }
}
