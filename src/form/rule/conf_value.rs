//! Values of the configuration that end a session minutes later, row by row.
//!
//! Spark reads a value when it needs it, most while the session starts. Its type is for the table of types to judge, which is
//! made from Spark's definitions; this file has the rules that are not in them (Spark 3.5). Verified on a real server, see
//! `docs/validation.md`.

use crate::Field;
use crate::problem::{Finding, Verdict};
use crate::rule::spark_type;
use crate::value::count::Count;
use crate::value::memory::{self, Memory, MemoryReader};
use crate::value::number::real;
use crate::value::path::SparkPath;
use crate::value::queue::Queue;

/// Keys of sizes that have to be less than 2 GiB, and what a bare number counts in (`KryoSerializer`, of which every session
/// makes one).
const BELOW_2_GIB: [(&str, u128); 2] =
    [("spark.kryoserializer.buffer", 1 << 10), ("spark.kryoserializer.buffer.max", 1 << 20)];

/// Keys that take certain words, in any case. If a class is allowed too, it is recognized by a dot.
const WORDS: [(&str, &[&str], bool); 5] = [
    ("spark.io.compression.codec", &["lz4", "lzf", "snappy", "zstd"], true),
    ("spark.shuffle.manager", &["sort", "tungsten-sort"], true),
    ("spark.serializer", &["org.apache.spark.serializer.KryoSerializer"], true),
    ("spark.scheduler.mode", &["FAIR", "FIFO"], false),
    ("spark.log.level", &["ALL", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"], false),
];

/// Ports that Spark opens itself: any free one, or one that needs no privilege (`Utils.startServiceOnPort`).
const PORTS: [&str; 3] = ["spark.driver.port", "spark.blockManager.port", "spark.driver.blockManager.port"];

/// What there is to say of a value. The key is one that Spark reads; both are trimmed.
pub(crate) fn finding(key: &str, value: &str) -> Option<Finding> {
    if value.is_empty() {
        let words = "Enter a value or remove the row. An empty value is sent.";
        return spark_type::finding(key, value).or_else(|| Some(Finding::warning(words)));
    }
    if let Some(field) = Field::by_spark_key(key) {
        return match field {
            Field::DriverMemory => said(Memory::parse(value, MemoryReader::Jvm)),
            Field::ExecutorMemory => said(Memory::parse(value, MemoryReader::Spark)),
            Field::Queue => said(Queue::parse(value)),
            Field::NumExecutors => said(Count::executors(value)),
            _ => said(Count::parse(value, "core", 1)),
        };
    }
    if let Some(field) = listed(key) {
        return paths(value).filter_map(|it| said(SparkPath::parse(it, field))).max_by_key(|it| it.severity);
    }
    spark_type::finding(key, value).or_else(|| of_key(key, value)).or_else(|| of_any(key, value))
}

fn said<T>(verdict: Verdict<T>) -> Option<Finding> {
    match verdict {
        Ok((_, finding)) => finding,
        Err(finding) => Some(finding),
    }
}

/// The field whose rules hold for the paths of a key: Livy resolves each as it does those of the fields
/// (`LivyConf.scala` 436-454, `Session.scala` 52-97, 0.9.0).
pub(crate) fn listed(key: &str) -> Option<Field> {
    match key {
        "spark.yarn.jar" | "spark.yarn.jars" | "spark.yarn.dist.jars" => Some(Field::Jars),
        // The files, too, may have another name behind #: YARN gives it to them.
        "spark.archives" | "spark.yarn.archive" | "spark.yarn.dist.files" => Some(Field::Archives),
        _ => Field::by_merged_key(key),
    }
}

/// The paths of a list in the configuration, cut where Livy cuts it.
pub(crate) fn paths(value: &str) -> impl Iterator<Item = &str> {
    value.split([',', ' ']).map(str::trim).filter(|it| !it.is_empty())
}

/// What Spark checks beyond the type.
fn of_key(key: &str, value: &str) -> Option<Finding> {
    if let Some((_, unit)) = BELOW_2_GIB.iter().find(|(it, _)| *it == key) {
        let is_more = memory::bytes(value, *unit).is_some_and(|it| it >= 2 << 30);
        return is_more.then(|| Finding::error("Enter less than 2g (at most 2047m)."));
    }
    if let Some((_, words, or_class)) = WORDS.iter().find(|(it, ..)| *it == key) {
        let is_known = words.iter().any(|it| it.eq_ignore_ascii_case(value))
            || *or_class && value.contains('.')
            || value.contains("${");
        return (!is_known).then(|| Finding::error(format!("Enter one of: {}.", words.join(", "))));
    }
    if key == "spark.ui.port" || PORTS.contains(&key) {
        let is_wrong = value.parse::<i64>().is_ok_and(|it| it != 0 && !(1024..65_536).contains(&it));
        // On YARN the driver's page takes a free port whatever is asked for.
        let finding = if key == "spark.ui.port" { Finding::warning } else { Finding::error };
        return is_wrong
            .then(|| finding("Enter a port from 1024 to 65535, or 0 for any free port.".to_owned()));
    }
    if value.starts_with('-') && (key.ends_with(".memory") || key.ends_with("memoryOverhead")) {
        return Some(Finding::error("Enter 0 or more."));
    }
    match key {
        // It has no definition.
        "spark.default.parallelism" => {
            let is_less = value.parse::<i64>().is_ok_and(|it| it < 1);
            is_less.then(|| Finding::error("Enter a whole number, 1 or more."))
        }
        "spark.memory.fraction" => {
            let is_wrong = real(value).is_some_and(|it| !(it > 0.0 && it <= 1.0));
            is_wrong.then(|| Finding::error("Enter a fraction above 0, up to 1, for example 0.6."))
        }
        "spark.memory.storageFraction" => {
            let is_wrong = real(value).is_some_and(|it| !(0.0..1.0).contains(&it));
            is_wrong.then(|| Finding::error("Enter a fraction from 0, below 1, for example 0.5."))
        }
        "spark.rpc.message.maxSize" => {
            let is_more = value.parse().is_ok_and(|it: i64| it > 2047);
            is_more.then(|| Finding::error("Enter 2047 or less (MiB)."))
        }
        "spark.jars.packages" => packages(value),
        "spark.eventLog.dir" if is_relative(value) => Some(Finding::warning(
            "Enter a full path, for example hdfs:///spark-logs. This one is looked up in the driver's working directory.",
        )),
        // `FairSchedulableBuilder` opens it by Hadoop.
        "spark.scheduler.allocation.file" if is_relative(value) => Some(Finding::warning(
            "Enter a full path, for example hdfs:///pools.xml. This one is looked up in your home on the cluster's file system.",
        )),
        // `ZoneId.of` knows a few hundred; none of them has another character.
        "spark.sql.session.timeZone"
            if value.contains(|it: char| !it.is_ascii_alphanumeric() && !"/_+-:".contains(it))
                && !value.contains("${") =>
        {
            Some(Finding::warning("Enter a time zone, for example Europe/Berlin, UTC or +02:00."))
        }
        _ if key.ends_with("JavaOptions") => java_options(key, value),
        _ => None,
    }
}

/// What is likely wrong with the value of any key.
fn of_any(key: &str, value: &str) -> Option<Finding> {
    if key.ends_with(".enabled") && !spark_type::is_flag(value) {
        return Some(Finding::warning(
            "Enter true or false. Other settings that end in .enabled take nothing else.",
        ));
    }
    (value.starts_with('<') && value.ends_with('>'))
        .then(|| Finding::warning("Replace the placeholder with a real value."))
}

/// Coordinates of Maven with commas between (`MavenUtils.extractMavenCoordinates`).
fn packages(value: &str) -> Option<Finding> {
    for package in value.trim_end_matches(',').split(',') {
        let package = package.trim();
        let parts: Vec<&str> = package.split([':', '/']).collect();
        if parts.len() != 3 || parts.iter().any(|it| it.trim().is_empty()) {
            let words = if package.is_empty() {
                "Remove the extra comma".to_owned()
            } else {
                format!("“{package}” is not a package")
            };
            return Some(Finding::error(format!(
                "{words}. Use group:artifact:version, separated by commas."
            )));
        }
        if package.contains(['<', '>']) {
            return Some(Finding::error("Replace the placeholder with a real package."));
        }
    }
    let has_blank = value.contains(char::is_whitespace);
    has_blank.then(|| Finding::warning("Remove the spaces. Spark takes them as part of the name."))
}

/// Neither a scheme nor a root in front.
fn is_relative(path: &str) -> bool {
    !path.starts_with('/') && !path.contains([':', '$'])
}

/// The launcher refuses a heap for the driver, `SparkConf.validateSettings` one for the executors and Spark's own keys. Neither
/// looks at the executors' default options.
fn java_options(key: &str, value: &str) -> Option<Finding> {
    if value.contains("-Xmx") {
        return match key {
            "spark.driver.extraJavaOptions"
            | "spark.driver.defaultJavaOptions"
            | "spark.executor.extraJavaOptions" => {
                Some(Finding::error("Remove -Xmx. Spark refuses it here; use the memory fields."))
            }
            "spark.executor.defaultJavaOptions" => Some(Finding::warning(
                "Remove -Xmx. It overrides the executor memory, and the cluster ends executors that exceed it.",
            )),
            _ => None,
        };
    }
    if key == "spark.executor.extraJavaOptions" && value.contains("-Dspark") {
        return Some(Finding::error("Remove -Dspark…. Spark refuses it here; add it as its own setting."));
    }
    let words = if !value.starts_with(['-', '@', '"', '\'']) && !value.starts_with("${") {
        "Begin Java options with -. Java reads any other first word as the program to run."
    } else if !ends_outside_quotes(value) {
        "Close the quote."
    } else {
        return None;
    };
    match key {
        "spark.driver.extraJavaOptions" | "spark.driver.defaultJavaOptions" => Some(Finding::error(words)),
        // The driver comes up, and waits for executors that do not.
        "spark.executor.extraJavaOptions" | "spark.executor.defaultJavaOptions" => {
            Some(Finding::warning(words))
        }
        _ => None,
    }
}

/// Whether every quote that begins in options ends there too (`CommandBuilderUtils.parseOptionString`).
fn ends_outside_quotes(text: &str) -> bool {
    let (mut quote, mut is_escaped) = (None, false);
    for it in text.chars() {
        match it {
            _ if is_escaped => is_escaped = false,
            '\\' if quote != Some('\'') => is_escaped = true,
            '"' | '\'' if quote.is_none() => quote = Some(it),
            _ if quote == Some(it) => quote = None,
            _ => {}
        }
    }
    quote.is_none() && !is_escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    fn severity(key: &str, value: &str) -> Option<Severity> {
        finding(key, value).map(|it| it.severity)
    }

    #[test]
    fn the_ends_of_ranges_are_sparks() {
        let error = Some(Severity::Error);
        for (key, right, wrong) in [
            ("spark.memory.fraction", "0.01 0.6 1", "0 1.01 -1 2"),
            ("spark.memory.storageFraction", "0 0.5 0.99", "1 -0.1"),
            ("spark.kryoserializer.buffer.max", "64 2047 2047m 1g", "2048 2048m 2g 1t"),
            ("spark.kryoserializer.buffer", "64 64k", "2g 2097152"),
            ("spark.rpc.message.maxSize", "128 2047", "2048 128m"),
            ("spark.task.cpus", "1", "0 -1"),
            ("spark.driver.port", "0 1024 65535", "80 1023 65536 -1"),
            ("spark.executor.memoryOverhead", "0 512 1g", "-1 -1g"),
            ("spark.scheduler.mode", "FAIR fifo", "fare"),
            ("spark.shuffle.manager", "sort org.apache.spark.shuffle.sort.SortShuffleManager", "hash"),
            ("spark.log.level", "WARN info", "verbose"),
            ("spark.io.compression.codec", "zstd LZ4 org.apache.spark.io.ZStdCompressionCodec", "gzip"),
            ("spark.serializer", "org.apache.spark.serializer.KryoSerializer", "kryo"),
        ] {
            for value in right.split(' ') {
                assert_eq!(severity(key, value), None, "{key}={value}");
            }
            for value in wrong.split(' ') {
                assert_eq!(severity(key, value), error, "{key}={value}");
            }
        }
    }

    #[test]
    fn a_package_has_three_parts() {
        for value in ["a:b:1", "a:b:1,c.d:e_2.12:2.0", "a/b/1", "a:b:1,"] {
            assert_eq!(severity("spark.jars.packages", value), None, "{value}");
        }
        for value in ["a", "a:b", "a:b:1:jar", "a::1", "a:b:1,,c:d:2", "a:b:1;c:d:2", "a:b:<version>"] {
            assert_eq!(severity("spark.jars.packages", value), Some(Severity::Error), "{value}");
        }
        assert_eq!(severity("spark.jars.packages", "a:b:1, c:d:2"), Some(Severity::Warning));
    }

    #[test]
    fn places_and_zones_are_whole() {
        for (key, right, wrong) in [
            ("spark.eventLog.dir", "hdfs:///a /a file:/a ${logs}", "a ./a ../a"),
            ("spark.scheduler.allocation.file", "hdfs:///p.xml /p.xml", "p.xml conf/p.xml"),
            (
                "spark.sql.session.timeZone",
                "UTC Europe/Berlin +02:00 GMT+2 W-SU America/St_Johns ${zone}",
                "Middle\u{a0}Earth UTC+2.5 Zürich",
            ),
        ] {
            for value in right.split(' ') {
                assert_eq!(severity(key, value), None, "{key}={value}");
            }
            for value in wrong.split(' ') {
                assert_eq!(severity(key, value), Some(Severity::Warning), "{key}={value}");
            }
        }
    }

    #[test]
    fn java_options_are_options() {
        let (driver, executor) = ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions");
        for value in [
            "-Dx=1",
            "-Dx=\"a b\" -Dy='c d'",
            "--add-opens a/b=c",
            "-Dx=it\\'s",
            "-Dx=\"it's\"",
            "@/etc/options",
        ] {
            assert_eq!((severity(driver, value), severity(executor, value)), (None, None), "{value}");
        }
        for value in ["Xss4m", "-Dx=\"a", "-Dx=it's", "-Dx=1\\"] {
            let expected = (Some(Severity::Error), Some(Severity::Warning));
            assert_eq!((severity(driver, value), severity(executor, value)), expected, "{value}");
        }
    }

    #[test]
    fn lists_of_paths_are_read_as_livy_cuts_them() {
        assert_eq!(severity("spark.jars", "hdfs:///a.jar hdfs:///b.jar,hdfs:///c.jar"), None);
        for key in [
            "spark.archives",
            "spark.yarn.archive",
            "spark.yarn.jars",
            "spark.yarn.dist.files",
            "spark.files",
        ] {
            assert_eq!(severity(key, "hdfs:///a.zip, lib/b.zip"), Some(Severity::Error), "{key}");
            assert_eq!(severity(key, "hdfs:///a.zip"), None, "{key}");
        }
        assert_eq!(severity("spark.yarn.dist.files", "hdfs:///a.conf#b.conf"), None);
        assert_eq!(severity("spark.yarn.jars", "local:/opt/spark/jars/*"), None);
    }

    #[test]
    fn an_empty_value_ends_a_session_where_it_has_a_type() {
        for key in
            ["spark.ui.enabled", "spark.driver.memory", "spark.executor.cores", "spark.network.timeout"]
        {
            assert_eq!(severity(key, ""), Some(Severity::Error), "{key}");
        }
        assert_eq!(severity("spark.yarn.queue", ""), Some(Severity::Warning));
        assert_eq!(severity("spark.my.own", ""), Some(Severity::Warning));
    }
}
