//! Rows of the configuration: what Livy refuses or replaces, and values that end a driver minutes later.
//!
//! Livy passes keys and values through a properties file to spark-submit (`ContextLauncher.java`, 0.9.0) and looks at few of
//! them; Spark reads each when it needs it, most while the session starts.

use crate::count::Count;
use crate::memory::{self, Memory, Reader};
use crate::path::SparkPath;
use crate::problem::Finding;
use crate::queue::Queue;
use crate::{Draft, Field};

/// Keys that Livy refuses since 0.8 (`Session.scala` 39-45).
const REFUSED: [&str; 2] =
    ["spark.submit.deployMode", "spark.submit.proxyUser.allowCustomClasspathInClusterMode"];

/// Keys that are amounts of memory, and what a bare number counts in: MiB or bytes (Spark 3.5, `internal/config`).
const SIZES: [(&str, u128); 7] = [
    ("spark.executor.memoryOverhead", 1 << 20),
    ("spark.driver.memoryOverhead", 1 << 20),
    ("spark.executor.pyspark.memory", 1 << 20),
    ("spark.yarn.am.memory", 1 << 20),
    ("spark.memory.offHeap.size", 1),
    ("spark.driver.maxResultSize", 1),
    ("spark.kryoserializer.buffer.max", 1 << 20),
];

/// Keys of whole numbers with the least that works.
const NUMBERS: [(&str, i32); 6] = [
    ("spark.task.cpus", 1),
    ("spark.dynamicAllocation.minExecutors", 0),
    ("spark.dynamicAllocation.maxExecutors", 1),
    ("spark.dynamicAllocation.initialExecutors", 0),
    ("spark.sql.shuffle.partitions", 1),
    ("spark.default.parallelism", 1),
];

/// Keys of truth values that Spark reads while it starts: anything but `true` and `false` ends it.
const FLAGS: [&str; 6] = [
    "spark.dynamicAllocation.enabled",
    "spark.dynamicAllocation.shuffleTracking.enabled",
    "spark.shuffle.service.enabled",
    "spark.memory.offHeap.enabled",
    "spark.eventLog.enabled",
    "spark.ui.enabled",
];

/// What there is to say of a row whose key is not blank. Both are trimmed. `draft` is for the fields of the same meaning.
pub(crate) fn findings(key: &str, value: &str, draft: &Draft) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Err(finding) = key_rule(key) {
        return vec![finding];
    }
    if value.is_empty() {
        return vec![Finding::warning("Write a value or remove the row: it is sent with an empty one.")];
    }
    found.extend(replaced(key, draft));
    // What the field of the same meaning replaces is not read.
    if found.is_empty() {
        found.extend(value_rule(key, value));
    }
    found
}

fn key_rule(key: &str) -> Result<(), Finding> {
    if REFUSED.contains(&key) {
        return Err(Finding::error("Remove it: Livy refuses requests with this key."));
    }
    if key.contains(|it: char| it.is_whitespace() || it.is_control()) {
        return Err(Finding::error("A key has no blanks: write it as Spark's documentation does."));
    }
    if key.contains('=') {
        return Err(Finding::error("Write what follows the = as the value."));
    }
    if key.contains(['<', '>']) {
        return Err(Finding::error("This looks like a placeholder: write the key itself."));
    }
    Ok(())
}

fn replaced(key: &str, draft: &Draft) -> Option<Finding> {
    let field = Field::ALL.into_iter().find(|it| it.spark_key() == Some(key));
    if let Some(field) = field.filter(|it| !draft.text(*it).trim().is_empty()) {
        return Some(Finding::warning(format!("{} above replaces it.", field.label())));
    }
    match key {
        "spark.master" => Some(Finding::warning("Livy replaces it by the server's own master.")),
        "spark.app.name" => Some(Finding::warning("The session's name replaces it.")),
        "spark.repl.class.outputDir" | "spark.submit.proxyUser" | "spark.app.id" => {
            Some(Finding::warning("Livy sets it itself."))
        }
        "livy.rsc.launcher.address"
        | "livy.rsc.launcher.port"
        | "livy.rsc.client.auth.id"
        | "livy.rsc.client.auth.secret" => {
            Some(Finding::warning("Livy sets it itself: the session may not come up with another value."))
        }
        _ if key.starts_with("spark.") || key.starts_with("livy.") => None,
        _ => Some(Finding::warning("Spark reads only keys that begin with spark.: this one goes unread.")),
    }
}

fn value_rule(key: &str, value: &str) -> Option<Finding> {
    fn said<T>(verdict: crate::problem::Verdict<T>) -> Option<Finding> {
        match verdict {
            Ok((_, finding)) => finding,
            Err(finding) => Some(finding),
        }
    }
    if let Some(field) = Field::ALL.into_iter().find(|it| it.spark_key() == Some(key)) {
        return match field {
            Field::DriverMemory => said(Memory::parse(value, Reader::Jvm)),
            Field::ExecutorMemory => said(Memory::parse(value, Reader::Spark)),
            Field::Queue => said(Queue::parse(value)),
            Field::NumExecutors => said(Count::executors(value)),
            _ => said(Count::parse(value, "core", 1)),
        };
    }
    if let Some(field) = Field::ALL.into_iter().find(|it| it.merged_key() == Some(key)) {
        let paths = value.split(',').map(str::trim).filter(|it| !it.is_empty());
        return paths.filter_map(|it| said(SparkPath::parse(it, field))).max_by_key(|it| it.severity);
    }
    if let Some((_, bare)) = SIZES.iter().find(|(it, _)| *it == key) {
        let wrong = memory::bytes(value, *bare).is_none();
        return wrong.then(|| Finding::error("Write a whole number and a unit, k, m, g or t: 512m, 2g."));
    }
    if let Some((_, least)) = NUMBERS.iter().find(|(it, _)| *it == key) {
        let number = value.parse::<i32>().ok().filter(|it| it >= least);
        return number.is_none().then(|| Finding::error(format!("Write a whole number, {least} or more.")));
    }
    let is_flag = matches!(value.to_ascii_lowercase().as_str(), "true" | "false");
    if FLAGS.contains(&key) {
        return (!is_flag).then(|| Finding::error("Write true or false: Spark reads nothing else."));
    }
    match key {
        "spark.memory.fraction" | "spark.memory.storageFraction" => {
            let fraction = value.parse::<f64>().ok().filter(|it| *it > 0.0 && *it < 1.0);
            fraction.is_none().then(|| Finding::error("Write a fraction between 0 and 1, such as 0.6."))
        }
        "spark.executor.extraJavaOptions" | "spark.driver.extraJavaOptions" => java_options(key, value),
        _ if key.ends_with(".enabled") && !is_flag => {
            Some(Finding::warning("Keys that end in .enabled are true or false."))
        }
        _ if value.contains(['<', '>']) && value.starts_with('<') && value.ends_with('>') => {
            Some(Finding::warning("This looks like a placeholder: write the value itself."))
        }
        _ => None,
    }
}

/// The launcher and `SparkConf.validateSettings` refuse both (Spark 3.5).
fn java_options(key: &str, value: &str) -> Option<Finding> {
    if value.contains("-Xmx") {
        return Some(Finding::error("Take -Xmx out: Spark refuses it here. The memory fields set it."));
    }
    let executor = key == "spark.executor.extraJavaOptions";
    (executor && value.contains("-Dspark"))
        .then(|| Finding::error("Take -Dspark… out: Spark refuses it here. Write it as a row of its own."))
}
