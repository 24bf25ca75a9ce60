//! What the values of Spark's own keys may be. The table is a file that `cargo xtask spark-conf` makes from Spark's definitions,
//! as the words to complete keys from are; unlike those it is a part of the program, for a request is judged by it.
//!
//! Spark reads a value when it needs it: while the session starts, or with the first query that does. A value of the wrong
//! type ends either (`ConfigBuilder`, Spark 3.5).

use std::cmp::Ordering;

use crate::problem::Finding;
use crate::value::duration;
use crate::value::memory;
use crate::value::number::real;

/// `key type` in each line. The order is that of the keys in lower case; `ListConf.java` says what a type means.
const TABLE: &str = include_str!("../../spark-types-3.5.txt");

/// Keys of which Spark takes less than their definition says: a pool of threads and a clock take no 0,
/// a buffer and a cache nothing below it (Spark 3.5, `docs/validation.md`).
const STRICTER: [(&str, &str); 10] = [
    ("spark.cleaner.periodicGC.interval", "s1"),
    ("spark.executor.heartbeatInterval", "ms1"),
    ("spark.kryoserializer.buffer", "K0"),
    ("spark.kryoserializer.buffer.max", "M0"),
    ("spark.rpc.connect.threads", "i1"),
    ("spark.rpc.message.maxSize", "i1"),
    ("spark.rpc.netty.dispatcher.numThreads", "i1"),
    ("spark.shuffle.mapOutput.dispatcher.numThreads", "i1"),
    ("spark.storage.localDiskByExecutors.cacheSize", "i0"),
    ("spark.task.cpus", "i1"),
];

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Type {
    /// `true` or `false`.
    Flag,
    /// A whole number of 32 or of 64 bits.
    Whole { is_long: bool, bounds: Bounds },
    /// Any number.
    Number(Bounds),
    /// An amount of memory; a bare number counts in `unit` bytes.
    Size { unit: u128, bounds: Bounds },
    /// A length of time; a bare number counts in `unit` nanoseconds.
    Time { unit: i128, bounds: Bounds },
    /// One of some words. Later versions of Spark know more of them.
    Word(&'static str),
}

/// What numbers are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bounds {
    least: Option<Bound>,
    /// More than none, however little.
    is_some: bool,
    /// The first that is too much.
    end: Option<Bound>,
}

/// A number with its text: printing numbers would cost the page 10 kB.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bound {
    number: f64,
    text: &'static str,
}

impl Bound {
    fn of(text: &'static str) -> Option<Self> {
        real(text).map(|number| Self { number, text })
    }
}

impl Bounds {
    fn of(text: &'static str) -> Self {
        let (least, end) = text.split_once('<').map_or((text, None), |(least, end)| (least, Some(end)));
        Self { least: Bound::of(least), is_some: least == ">0", end: end.and_then(Bound::of) }
    }

    fn hold(self, number: f64) -> bool {
        self.least.is_none_or(|it| number >= it.number)
            && self.end.is_none_or(|it| number < it.number)
            && (!self.is_some || number > 0.0)
    }

    /// The end of a sentence that asks for a number, of a unit.
    fn words(self, unit: &str) -> String {
        match (self.least, self.end) {
            _ if self.is_some => ", more than 0".to_owned(),
            (Some(least), Some(end)) => format!(", {} or more and less than {}", least.text, end.text),
            (Some(least), None) if least.number > 0.0 => format!(", {}{unit} or more", least.text),
            (Some(least), None) => format!(", {} or more", least.text),
            _ => String::new(),
        }
    }
}

impl Type {
    fn of(text: &'static str) -> Option<Self> {
        if let Some(words) = text.strip_prefix('=') {
            return Some(Self::Word(words));
        }
        let (name, bounds) = text.split_at(text.find(|it: char| !it.is_alphabetic()).unwrap_or(text.len()));
        let bounds = Bounds::of(bounds);
        Some(match name {
            "b" => Self::Flag,
            "i" | "l" => Self::Whole { is_long: name == "l", bounds },
            "d" => Self::Number(bounds),
            "B" => Self::Size { unit: 1, bounds },
            "K" => Self::Size { unit: 1 << 10, bounds },
            "M" => Self::Size { unit: 1 << 20, bounds },
            "G" => Self::Size { unit: 1 << 30, bounds },
            "ns" => Self::Time { unit: 1, bounds },
            "ms" => Self::Time { unit: 1_000_000, bounds },
            "s" => Self::Time { unit: 1_000_000_000, bounds },
            "min" => Self::Time { unit: 60_000_000_000, bounds },
            _ => return None,
        })
    }

    fn finding(self, value: &str) -> Option<Finding> {
        match self {
            Self::Flag => (!is_flag(value)).then(|| Finding::error("Enter true or false.")),
            Self::Whole { is_long, bounds } => {
                let number = if is_long {
                    value.parse::<i64>().ok()
                } else {
                    value.parse::<i32>().ok().map(i64::from)
                };
                // Bounds are small numbers, which are exact.
                let fits = number.is_some_and(|it| bounds.hold(it as f64));
                (!fits).then(|| Finding::error(format!("Enter a whole number{}.", bounds.words(""))))
            }
            Self::Number(bounds) => {
                // Java takes `1.5d` for a number, too.
                let number = real(value.trim_end_matches(['d', 'D', 'f', 'F']));
                let fits = number.is_some_and(|it| bounds.hold(it));
                (!fits)
                    .then(|| Finding::error(format!("Enter a number{}, for example 0.5.", bounds.words(""))))
            }
            Self::Size { unit, bounds } => {
                let (amount, sign) = value.strip_prefix('-').map_or((value, 1.0), |it| (it, -1.0));
                let fits =
                    memory::bytes(amount, unit).is_some_and(|it| bounds.hold(sign * (it / unit) as f64));
                (!fits).then(|| {
                    let reads = |it: &str| memory::bytes(it.trim_start_matches('-'), unit).is_some();
                    let name = [(1 << 10, "k"), (1 << 20, "m"), (1 << 30, "g")];
                    let name = name.iter().find(|(it, _)| *it == unit).map_or("b", |(_, name)| *name);
                    unit_error(value, "k, m, g or t, for example 2g", reads, &bounds.words(name))
                })
            }
            Self::Time { unit, bounds } => {
                let fits =
                    duration::spark_nanos(value, unit).is_some_and(|it| bounds.hold((it / unit) as f64));
                let reads = |it: &str| duration::spark_nanos(it, unit).is_some();
                let name = [(1_000_000, "ms"), (60_000_000_000, "m")];
                let name = name.iter().find(|(it, _)| *it == unit).map_or("s", |(_, name)| *name);
                (!fits).then(|| {
                    unit_error(value, "ms, s, m, h or d, for example 30s", reads, &bounds.words(name))
                })
            }
            Self::Word(words) => (!words.split(',').any(|it| it.eq_ignore_ascii_case(value)))
                .then(|| Finding::warning(format!("Spark 3.5 takes {}.", words.replace(',', ", ")))),
        }
    }
}

/// What to write for a number with a unit: the same without spaces, if that is all.
fn unit_error(value: &str, units: &str, reads: impl Fn(&str) -> bool, least: &str) -> Finding {
    let joined: String = value.split_whitespace().collect();
    if joined != value && reads(&joined) {
        return Finding::error(format!("Remove the space: {joined}."));
    }
    if reads(value) {
        return Finding::error(format!("Enter an amount{least}."));
    }
    Finding::error(format!("Enter a whole number with a unit: {units}."))
}

/// What Spark and Java read as a truth value.
pub(crate) fn is_flag(value: &str) -> bool {
    value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
}

/// What a value of a key lacks to be of its type; or that the key is one of Spark's in the wrong case, which Spark ignores.
/// `None` also where Spark asks for no type. The value is trimmed.
pub(crate) fn finding(key: &str, value: &str) -> Option<Finding> {
    let (known, text) = line(key)?;
    if known != key {
        return Some(Finding::warning(format!("Use {known}. Spark ignores other spellings.")));
    }
    let text = STRICTER.iter().find(|(it, _)| *it == key).map_or(text, |(_, stricter)| *stricter);
    let of_type = Type::of(text)?.finding(value);
    if of_type.is_some() && value.contains("${") {
        // `ConfigReader` puts in the value of another key, a property of Java, or a variable of the environment.
        let words = "Spark fills in ${…} at start. The result isn't checked here.";
        return Some(Finding::warning(words));
    }
    of_type
}

/// The key and the type of the table's line for a key in any case.
fn line(key: &str) -> Option<(&'static str, &'static str)> {
    let (table, wanted) = (TABLE.as_bytes(), key.to_ascii_lowercase());
    let (mut from, mut to) = (0, table.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let is_end = |it: &u8| *it == b'\n';
        let begin = from + table.get(from..middle)?.iter().rposition(is_end).map_or(0, |at| at + 1);
        let end = middle + table.get(middle..)?.iter().position(is_end)?;
        let (known, of_type) = TABLE.get(begin..end)?.split_once(' ')?;
        let letters = |text: &'static str| text.bytes().map(|it| it.to_ascii_lowercase());
        match letters(known).cmp(wanted.bytes()) {
            Ordering::Equal => return Some((known, of_type)),
            Ordering::Less => from = end + 1,
            Ordering::Greater => to = begin,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_read() {
        assert!(TABLE.lines().count() > 500);
        for text in TABLE.lines() {
            let (key, of_type) = text.split_once(' ').unwrap();
            assert_eq!(line(key), Some((key, of_type)));
            assert_eq!(line(&key.to_ascii_uppercase()), Some((key, of_type)));
            assert!(Type::of(of_type).is_some(), "{text}");
        }
        for (key, of_type) in STRICTER {
            assert!(line(key).is_some() && Type::of(of_type).is_some(), "{key}");
        }
        for key in ["", "spark", "spark.a", "spark.zz", "zz", "spark.ui.enable", "spark.ui.enabledd", "é"] {
            assert_eq!(line(key), None, "{key}");
        }
    }

    #[test]
    fn a_value_is_of_the_type_of_its_key() {
        for (key, right, wrong) in [
            ("spark.speculation", "true TRUE False", "yes 1 on"),
            ("spark.task.maxFailures", "4 +4 04", "four 4.0 4k 2147483648"),
            ("spark.sql.shuffle.partitions", "1 200", "0 -1 200.5"),
            ("spark.speculation.quantile", "0.9 1 .5 1e-2 0.75d", "90% 0,9"),
            ("spark.executor.memoryOverheadFactor", "0.1 2", "0 -0.1 10%"),
            ("spark.sql.autoBroadcastJoinThreshold", "-1 10485760 10mb 10MB 1g", "10MiB 1.5g big 10_MB"),
            ("spark.memory.offHeap.size", "0 1g", "-1"),
            ("spark.kryoserializer.buffer", "64 64k", "64kk"),
            ("spark.network.timeout", "120 120s 2m 2min 1h 300000ms", "120sec 1.5m long"),
            ("spark.sql.broadcastTimeout", "-1 600 10m", "soon"),
            ("livy.rsc.server.connect.timeout", "90s 90000", "-1 soon"),
            ("spark.cleaner.periodicGC.interval", "1 1000ms 30min", "0 -1 999ms"),
            ("spark.executor.heartbeatInterval", "1 10s", "0 -1 999us"),
            ("spark.rpc.connect.threads", "1", "0 -1"),
            ("spark.rpc.message.maxSize", "1 128", "0 -1"),
            ("spark.storage.localDiskByExecutors.cacheSize", "0 1", "-1"),
            ("spark.kryoserializer.buffer.max", "1 64m", "-1 -1m"),
        ] {
            for value in right.split(' ') {
                assert_eq!(finding(key, value), None, "{key}={value}");
            }
            for value in wrong.split(' ') {
                let value = value.replace('_', " ");
                assert!(
                    finding(key, &value).is_some_and(|it| it.severity == crate::Severity::Error),
                    "{key}={value}"
                );
            }
            assert!(finding(key, "").is_some(), "{key}");
        }
    }

    #[test]
    fn what_is_said_can_be_written() {
        let said = |key: &str, value: &str| finding(key, value).unwrap().message;
        assert_eq!(said("spark.sql.autoBroadcastJoinThreshold", "10 MB"), "Remove the space: 10MB.");
        assert_eq!(said("spark.network.timeout", "300 s"), "Remove the space: 300s.");
        assert_eq!(said("spark.memory.offHeap.size", "-1"), "Enter an amount, 0 or more.");
        assert_eq!(said("spark.cleaner.periodicGC.interval", "900ms"), "Enter an amount, 1s or more.");
        assert_eq!(said("spark.shuffle.file.buffer", "0"), "Enter an amount, 1k or more.");
        assert_eq!(
            said("spark.sql.sources.partitionOverwriteMode", "append"),
            "Spark 3.5 takes DYNAMIC, STATIC."
        );
        assert!(said("spark.task.cpus", "${my.cpus}").contains("${…}"));
        let words = "Use spark.dynamicAllocation.enabled. Spark ignores other spellings.";
        assert_eq!(said("spark.dynamicallocation.enabled", "true"), words);
    }
}
