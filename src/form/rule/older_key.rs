//! Keys that have another name by now. Spark 3.5 reads them where the key of today is not set (`SparkConf.configsWithAlternatives`
//! and `ConfigBuilder.withAlternative`), and says so only in the driver's log.

/// An older name and the key of today. Left out: what only a history server, a streaming job or another version reads, and
/// names whose values mean something else (`spark.kryoserializer.buffer.mb`).
const PAIRS: [(&str, &str); 31] = [
    (
        "spark.blacklist.application.fetchFailure.enabled",
        "spark.excludeOnFailure.application.fetchFailure.enabled",
    ),
    (
        "spark.blacklist.application.maxFailedExecutorsPerNode",
        "spark.excludeOnFailure.application.maxFailedExecutorsPerNode",
    ),
    (
        "spark.blacklist.application.maxFailedTasksPerExecutor",
        "spark.excludeOnFailure.application.maxFailedTasksPerExecutor",
    ),
    ("spark.blacklist.enabled", "spark.excludeOnFailure.enabled"),
    ("spark.blacklist.killBlacklistedExecutors", "spark.excludeOnFailure.killExcludedExecutors"),
    (
        "spark.blacklist.stage.maxFailedExecutorsPerNode",
        "spark.excludeOnFailure.stage.maxFailedExecutorsPerNode",
    ),
    (
        "spark.blacklist.stage.maxFailedTasksPerExecutor",
        "spark.excludeOnFailure.stage.maxFailedTasksPerExecutor",
    ),
    (
        "spark.blacklist.task.maxTaskAttemptsPerExecutor",
        "spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor",
    ),
    ("spark.blacklist.task.maxTaskAttemptsPerNode", "spark.excludeOnFailure.task.maxTaskAttemptsPerNode"),
    ("spark.blacklist.timeout", "spark.excludeOnFailure.timeout"),
    ("spark.executor.logs.rolling.size.maxBytes", "spark.executor.logs.rolling.maxSize"),
    ("spark.files.userClassPathFirst", "spark.executor.userClassPathFirst"),
    ("spark.io.compression.lz4.block.size", "spark.io.compression.lz4.blockSize"),
    ("spark.io.compression.snappy.block.size", "spark.io.compression.snappy.blockSize"),
    ("spark.kryoserializer.buffer.max.mb", "spark.kryoserializer.buffer.max"),
    ("spark.maxRemoteBlockSizeFetchToMem", "spark.network.maxRemoteBlockSizeFetchToMem"),
    ("spark.reducer.maxMbInFlight", "spark.reducer.maxSizeInFlight"),
    ("spark.reducer.maxReqSizeShuffleToMem", "spark.network.maxRemoteBlockSizeFetchToMem"),
    ("spark.scheduler.listenerbus.eventqueue.size", "spark.scheduler.listenerbus.eventqueue.capacity"),
    ("spark.shuffle.file.buffer.kb", "spark.shuffle.file.buffer"),
    ("spark.storage.blockManagerSlaveTimeoutMs", "spark.storage.blockManagerHeartbeatTimeoutMs"),
    ("spark.unsafe.offHeap", "spark.memory.offHeap.enabled"),
    ("spark.yarn.access.hadoopFileSystems", "spark.kerberos.access.hadoopFileSystems"),
    ("spark.yarn.access.namenodes", "spark.kerberos.access.hadoopFileSystems"),
    (
        "spark.yarn.blacklist.executor.launch.blacklisting.enabled",
        "spark.yarn.executor.launch.excludeOnFailure.enabled",
    ),
    ("spark.yarn.driver.memoryOverhead", "spark.driver.memoryOverhead"),
    ("spark.yarn.executor.memoryOverhead", "spark.executor.memoryOverhead"),
    ("spark.yarn.jar", "spark.yarn.jars"),
    ("spark.yarn.kerberos.relogin.period", "spark.kerberos.relogin.period"),
    ("spark.yarn.keytab", "spark.kerberos.keytab"),
    ("spark.yarn.principal", "spark.kerberos.principal"),
];

/// The key of today that an older name stands for. `None` for a key that is none of those.
pub(crate) fn stands_for(key: &str) -> Option<&'static str> {
    PAIRS.iter().find(|(older, _)| *older == key).map(|(_, today)| *today)
}

/// The older names of a key.
pub(crate) fn older_names(key: &str) -> impl Iterator<Item = &'static str> {
    PAIRS.iter().filter(move |(_, today)| *today == key).map(|(older, _)| *older)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_today_has_no_other() {
        for (older, today) in PAIRS {
            assert_eq!((stands_for(older), stands_for(today)), (Some(today), None));
            assert!(older_names(today).any(|it| it == older));
        }
        assert_eq!(stands_for("spark.yarn.executor.memoryOverhead"), Some("spark.executor.memoryOverhead"));
        assert_eq!((stands_for(""), older_names("spark.executor.cores").next()), (None, None));
    }
}
