//! Rows and fields that are right alone and wrong together.
//!
//! Spark checks them in `SparkConf.validateSettings` and `Utils.checkOffHeapEnabled` (3.5), or where it first needs them. What the
//! request leaves out may be set in the server's defaults: if those could fix it, it is a warning.

use livy::Kind;

use crate::problem::{Finding, Problem};
use crate::rule::distributed;
use crate::rule::heartbeat;
use crate::rule::resource;
use crate::value::memory;
use crate::{ClusterManager, Draft, Field};

const CPUS: &str = "spark.task.cpus";
const OFF_HEAP: &str = "spark.memory.offHeap.enabled";
const OFF_HEAP_SIZE: &str = "spark.memory.offHeap.size";
const AUTHENTICATE: &str = "spark.authenticate";
/// What needs authentication.
const ENCRYPTION: [&str; 2] = ["spark.network.crypto.enabled", "spark.authenticate.enableSaslEncryption"];

/// Who logs in to Kerberos.
const PRINCIPAL: &str = "spark.kerberos.principal";
const EVENTS: &str = "spark.eventLog.enabled";
const EVENTS_DIR: &str = "spark.eventLog.dir";
const IO_ENCRYPTION: &str = "spark.io.encryption.enabled";
const PACKAGES: &str = "spark.jars.packages";
const EXCLUDES: &str = "spark.jars.excludes";
const KEY_SIZE: &str = "spark.io.encryption.keySizeBits";

/// Everything there is to say of fields and rows together, executors apart.
pub(crate) fn problems(draft: &Draft, kind: Option<Kind>, manager: Option<ClusterManager>) -> Vec<Problem> {
    let mut found = Vec::new();
    found.extend(cores(draft));
    found.extend(heartbeat::problems(draft));
    found.extend(off_heap(draft));
    found.extend(encryption(draft));
    found.extend(principal(draft));
    found.extend(events(draft));
    found.extend(key_size(draft));
    found.extend(exclusions(draft));
    found.extend(resource::problems(draft));
    if is_filled(draft, Field::PyFiles) && matches!(kind, Some(Kind::Spark | Kind::SparkR)) {
        let words = "Choose pyspark or remove these. Only Python uses them.";
        found.push(Finding::warning(words).at(Field::PyFiles, None));
    }
    if is_filled(draft, Field::Archives) && manager.is_none() {
        let words = "Only YARN unpacks archives. Other cluster managers ignore them.";
        found.push(Finding::warning(words).at(Field::Archives, None));
    }
    let is_yarn = manager == Some(ClusterManager::Yarn);
    if is_yarn || manager.is_none() {
        found.extend(distributed::problems(draft, is_yarn));
    }
    found
}

pub(super) fn is_filled(draft: &Draft, field: Field) -> bool {
    draft.rows(field).iter().any(|it| !it.trim().is_empty())
}

fn at_row(draft: &Draft, key: &str, finding: Finding) -> Option<Problem> {
    let (field, row) = draft.spark_place(key);
    Some(finding.at(field, row))
}

/// A task needs no more cores than an executor has.
fn cores(draft: &Draft) -> Option<Problem> {
    let number = |key| draft.spark_value(key).and_then(|it| it.parse::<i64>().ok());
    let typed = draft.text(Field::ExecutorCores).trim().parse::<i64>().ok();
    let cores = typed.or(number("spark.executor.cores"))?;
    if cores >= number(CPUS)? {
        return None;
    }
    let words = format!("Enter {cores} or less. A task can't use more cores than an executor has.");
    at_row(draft, CPUS, Finding::error(words))
}

/// Off-heap memory has a size.
fn off_heap(draft: &Draft) -> Option<Problem> {
    if draft.spark_flag(OFF_HEAP) != Some(true) {
        return None;
    }
    let Some(size) = draft.spark_value(OFF_HEAP_SIZE) else {
        let words = format!(
            "Add {OFF_HEAP_SIZE}, for example 1g. Without a size, here or on the server, the session dies."
        );
        return at_row(draft, OFF_HEAP, Finding::warning(words));
    };
    // Spark keeps it in MiB and cuts what is left.
    if memory::bytes(size, 1)? >= 1 << 20 {
        return None;
    }
    let unit =
        if size.ends_with(|it: char| it.is_ascii_digit()) { " Without a unit it counts bytes." } else { "" };
    let words = format!("Enter 1m or more, for example 1g.{unit} {OFF_HEAP} is true and needs it.");
    at_row(draft, OFF_HEAP_SIZE, Finding::error(words))
}

/// Who encrypts has to authenticate.
fn encryption(draft: &Draft) -> Option<Problem> {
    let key = ENCRYPTION.into_iter().find(|it| draft.spark_flag(it) == Some(true))?;
    let finding = match draft.spark_flag(AUTHENTICATE) {
        Some(true) => return None,
        Some(false) => Finding::error(format!("Set {AUTHENTICATE} to true. Spark stops otherwise.")),
        None => {
            Finding::warning(format!("Add {AUTHENTICATE}, unless the server sets it. Spark stops otherwise."))
        }
    };
    at_row(draft, key, finding)
}

/// A session runs as a proxy user or as a principal (`SparkSubmitArguments.validateSubmitArguments`).
fn principal(draft: &Draft) -> Option<Problem> {
    draft.spark_value(PRINCIPAL)?;
    let words =
        "Use a principal or a proxy user, not both. If the server impersonates users, the session dies.";
    if is_filled(draft, Field::ProxyUser) { at_row(draft, PRINCIPAL, Finding::warning(words)) } else { None }
}

/// Who keeps events has a folder for them.
fn events(draft: &Draft) -> Option<Problem> {
    if draft.spark_flag(EVENTS) != Some(true) || draft.spark_value(EVENTS_DIR).is_some() {
        return None;
    }
    let words = format!(
        "Add {EVENTS_DIR}, unless the server sets it. Otherwise the session dies if file:/tmp/spark-events doesn't exist."
    );
    at_row(draft, EVENTS, Finding::warning(words))
}

/// Keys of AES have three lengths.
fn key_size(draft: &Draft) -> Option<Problem> {
    if matches!(draft.spark_value(KEY_SIZE)?.parse::<i32>().ok()?, 128 | 192 | 256) {
        return None;
    }
    let is_read = draft.spark_flag(IO_ENCRYPTION) == Some(true);
    let finding = if is_read { Finding::error } else { Finding::warning };
    at_row(draft, KEY_SIZE, finding("Enter 128, 192 or 256.".to_owned()))
}

/// What packages leave out (`MavenUtils.createExclusion`, which puts a version of its own behind each); read only with packages.
fn exclusions(draft: &Draft) -> Option<Problem> {
    let value = draft.spark_value(EXCLUDES).filter(|it| !it.is_empty())?;
    let wrong = value.trim_end_matches(',').split(',').map(str::trim).find(|it| {
        let parts: Vec<&str> = it.split([':', '/']).collect();
        parts.len() != 2 || parts.iter().any(|it| it.trim().is_empty())
    })?;
    let words = if wrong.is_empty() {
        "Remove the extra comma".to_owned()
    } else {
        format!("“{wrong}” is not an exclusion")
    };
    let is_read = draft.spark_value(PACKAGES).is_some_and(|it| !it.is_empty());
    let finding = if is_read { Finding::error } else { Finding::warning };
    at_row(draft, EXCLUDES, finding(format!("{words}. Use group:artifact, separated by commas.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exclusion_has_two_parts() {
        let packages = (PACKAGES, "a:b:1");
        for value in ["a:b", "a:b,c.d:e_2.12", "a:b,", "org.slf4j:*", ""] {
            assert_eq!(is_error(&[(EXCLUDES, value), packages]), None, "{value}");
        }
        for value in ["a", "a:b:1", "a:", "a:b,,c:d", "a:b;c:d"] {
            assert_eq!(is_error(&[(EXCLUDES, value), packages]), Some(true), "{value}");
            assert_eq!(is_error(&[(EXCLUDES, value)]), Some(false), "{value}");
        }
    }

    fn draft(rows: &[(&str, &str)]) -> Draft {
        let mut draft = Draft::default();
        draft.set_conf(rows.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect());
        draft
    }

    fn is_error(rows: &[(&str, &str)]) -> Option<bool> {
        let found = problems(&draft(rows), None, None);
        assert!(found.len() < 2, "{found:?}");
        found.first().map(Problem::is_error)
    }

    #[test]
    fn what_needs_another_row_says_so() {
        for (rows, expected) in [
            (&[(OFF_HEAP, "true")][..], Some(false)),
            (&[(OFF_HEAP, "true"), (OFF_HEAP_SIZE, "0")], Some(true)),
            (&[(OFF_HEAP, "true"), (OFF_HEAP_SIZE, "1g")], None),
            (&[(OFF_HEAP, "true"), (OFF_HEAP_SIZE, "1048575")], Some(true)),
            (&[("spark.unsafe.offHeap", "true"), (OFF_HEAP_SIZE, "1023k")], Some(true)),
            (&[(OFF_HEAP, "true"), (OFF_HEAP_SIZE, "1m")], None),
            (&[(OFF_HEAP, "false")], None),
            (&[(OFF_HEAP, "false"), (OFF_HEAP_SIZE, "1")], None),
            (&[(EVENTS, "true")], Some(false)),
            (&[(EVENTS, "true"), (EVENTS_DIR, "hdfs:///events")], None),
            (&[(IO_ENCRYPTION, "true"), (KEY_SIZE, "64")], Some(true)),
            (&[(KEY_SIZE, "64")], Some(false)),
            (&[(IO_ENCRYPTION, "true"), (KEY_SIZE, "192")], None),
            (&[(ENCRYPTION[0], "true")], Some(false)),
            (&[(ENCRYPTION[1], "true"), (AUTHENTICATE, "false")], Some(true)),
            (&[(ENCRYPTION[0], "true"), (AUTHENTICATE, "TRUE")], None),
            (&[("spark.executor.cores", "1"), (CPUS, "2")], Some(true)),
        ] {
            assert_eq!(is_error(rows), expected, "{rows:?}");
        }
    }

    #[test]
    fn a_session_runs_as_one_person() {
        for key in [PRINCIPAL, "spark.yarn.principal"] {
            let mut draft = draft(&[(key, "a@B.C")]);
            assert_eq!(problems(&draft, None, None), []);
            draft.set_text(Field::ProxyUser, "alice");
            let found = problems(&draft, None, None);
            assert_eq!((found.len(), found[0].row, found[0].is_error()), (1, Some(0), false), "{key}");
        }
    }
}
