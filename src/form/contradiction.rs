//! Rows and fields that are right alone and wrong together.
//!
//! Spark checks them in `SparkConf.validateSettings`, `MemoryManager` and, on YARN, `Client.prepareLocalResources` (3.5). What
//! the request leaves out may stand in the server's own defaults: where those could mend it, there is a warning.

use livy::Kind;

use crate::duration::spark_nanos;
use crate::problem::{Finding, Problem};
use crate::{Draft, Field, memory};

const CPUS: &str = "spark.task.cpus";
const BEAT: &str = "spark.executor.heartbeatInterval";
const NETWORK: &str = "spark.network.timeout";
const OFF_HEAP: &str = "spark.memory.offHeap.enabled";
const OFF_HEAP_SIZE: &str = "spark.memory.offHeap.size";
const AUTHENTICATE: &str = "spark.authenticate";
/// What needs authentication.
const ENCRYPTION: [&str; 2] = ["spark.network.crypto.enabled", "spark.authenticate.enableSaslEncryption"];

/// Who logs in to Kerberos, by its name since Spark 3.0 and the one before.
const PRINCIPAL: [&str; 2] = ["spark.kerberos.principal", "spark.yarn.principal"];

/// Everything there is to say of fields and rows together, executors apart.
pub(crate) fn problems(draft: &Draft, kind: Option<Kind>, yarn: Option<bool>) -> Vec<Problem> {
    let mut found = Vec::new();
    found.extend(cores(draft));
    found.extend(beats(draft));
    found.extend(off_heap(draft));
    found.extend(encryption(draft));
    found.extend(principal(draft));
    if is_filled(draft, Field::PyFiles) && matches!(kind, Some(Kind::Spark | Kind::SparkR)) {
        let words = "Only Python reads them: choose pyspark, or remove them.";
        found.push(Finding::warning(words).at(Field::PyFiles, None));
    }
    if is_filled(draft, Field::Archives) && yarn != Some(true) {
        let words = "Only YARN unpacks them; on another cluster manager nothing happens with them.";
        found.push(Finding::warning(words).at(Field::Archives, None));
    }
    if yarn != Some(false) {
        found.extend(repeated(draft, yarn == Some(true)));
    }
    found
}

fn is_filled(draft: &Draft, field: Field) -> bool {
    draft.rows(field).iter().any(|it| !it.trim().is_empty())
}

fn flag(draft: &Draft, key: &str) -> Option<bool> {
    draft.conf_value(key).map(|it| it.eq_ignore_ascii_case("true"))
}

fn at_row(draft: &Draft, key: &str, finding: Finding) -> Option<Problem> {
    let (field, row) = draft.conf_place(key);
    Some(finding.at(field, row))
}

/// A task needs no more cores than an executor has.
fn cores(draft: &Draft) -> Option<Problem> {
    let number = |key| draft.conf_value(key).and_then(|it| it.parse::<i64>().ok());
    let typed = draft.text(Field::ExecutorCores).trim().parse::<i64>().ok();
    let cores = typed.or(number("spark.executor.cores"))?;
    if cores >= number(CPUS)? {
        return None;
    }
    let words = format!("At most {cores}, the cores of an executor: no task could start.");
    at_row(draft, CPUS, Finding::error(words))
}

/// Executors have to be heard of before they are given up. Spark keeps the one time in seconds, the other in milliseconds.
fn beats(draft: &Draft) -> Option<Problem> {
    const MILLISECOND: i128 = 1_000_000;
    const SECOND: i128 = 1_000_000_000;
    let whole = |key, unit: i128, default: i128| {
        draft.conf_value(key).map_or(Some(default), |it| Some(spark_nanos(it, unit)? / unit * unit))
    };
    let (beat, network) = (whole(BEAT, MILLISECOND, 10 * SECOND)?, whole(NETWORK, SECOND, 120 * SECOND)?);
    if network > beat {
        return None;
    }
    let key = if draft.conf_value(BEAT).is_some() { BEAT } else { NETWORK };
    at_row(
        draft,
        key,
        Finding::error(format!("{NETWORK} has to be longer than {BEAT}: Spark stops otherwise.")),
    )
}

/// Off-heap memory has a size.
fn off_heap(draft: &Draft) -> Option<Problem> {
    if flag(draft, OFF_HEAP) != Some(true) {
        return None;
    }
    let Some(size) = draft.conf_value(OFF_HEAP_SIZE) else {
        let words = format!(
            "Add {OFF_HEAP_SIZE}, such as 1g: without a size, here or in the server's defaults, the session dies."
        );
        return at_row(draft, OFF_HEAP, Finding::warning(words));
    };
    let words = format!("More than 0: {OFF_HEAP} is true, and without a size the session dies.");
    if memory::bytes(size, 1)? == 0 { at_row(draft, OFF_HEAP_SIZE, Finding::error(words)) } else { None }
}

/// Who encrypts has to authenticate.
fn encryption(draft: &Draft) -> Option<Problem> {
    let key = ENCRYPTION.into_iter().find(|it| flag(draft, it) == Some(true))?;
    let finding = match flag(draft, AUTHENTICATE) {
        Some(true) => return None,
        Some(false) => {
            Finding::error(format!("{AUTHENTICATE} has to be true for it: Spark stops otherwise."))
        }
        None => Finding::warning(format!(
            "Works only with {AUTHENTICATE}, here or in the server's defaults: Spark stops otherwise."
        )),
    };
    at_row(draft, key, finding)
}

/// A session runs as a proxy user or as a principal (`SparkSubmitArguments.validateSubmitArguments`).
fn principal(draft: &Draft) -> Option<Problem> {
    let key = PRINCIPAL.into_iter().find(|it| draft.conf_value(it).is_some())?;
    let words =
        "Spark takes a principal or a proxy user, not both: where the server impersonates, the session dies.";
    if is_filled(draft, Field::ProxyUser) { at_row(draft, key, Finding::warning(words)) } else { None }
}

/// YARN gives each file a place by the last part of its path, whatever stands behind its #. A file or an archive whose place
/// is taken ends the session ("Attempt to add … multiple times to the distributed cache"); a jar is passed over.
fn repeated(draft: &Draft, is_yarn: bool) -> Vec<Problem> {
    let mut places: Vec<(&str, Field, usize)> = Vec::new();
    // In the order in which YARN's client takes them.
    for field in [Field::Jars, Field::Files, Field::Archives] {
        for (row, text) in draft.rows(field).iter().enumerate() {
            let name = base_name(text);
            // What a pattern stands for only the cluster knows.
            let is_pattern = name.contains(['*', '[', '{']);
            if !name.is_empty() && !is_pattern && !text.trim_start().starts_with("local:") {
                places.push((name, field, row));
            }
        }
    }
    // Of one name they stay in that order.
    places.sort_by_key(|(name, ..)| *name);
    let taken = places.windows(2).filter_map(|pair| match pair {
        [(first, other, _), (second, field, row)] if first == second => Some((*first, *other, *field, *row)),
        _ => None,
    });
    let mut found = Vec::new();
    for (name, other, field, row) in taken {
        let place = if other == field { "above".to_owned() } else { format!("in {}", other.label()) };
        found.push(if field == Field::Jars {
            Finding::warning(format!("A {name} stands {place} already: YARN takes only the first."))
                .at(field, Some(row))
        } else {
            let words = format!("A {name} stands {place} already: YARN ends a session that adds one twice.");
            let finding = if is_yarn { Finding::error(words) } else { Finding::warning(words) };
            finding.at(field, Some(row))
        });
    }
    found
}

/// The last part of a path, without what stands behind ? and #.
fn base_name(text: &str) -> &str {
    let path = text.trim().split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn times_are_read_as_spark_reads_them() {
        for (rows, expected) in [
            (&[(BEAT, "20000")][..], None),
            (&[(BEAT, "120000")], Some(true)),
            (&[(BEAT, "120s")], Some(true)),
            (&[(NETWORK, "300"), (BEAT, "120s")], None),
            (&[(NETWORK, "10")], Some(true)),
            (&[(NETWORK, "10999ms")], Some(true)),
            (&[(NETWORK, "11000ms")], None),
            (&[(NETWORK, "11min"), (BEAT, "10m")], None),
            (&[(NETWORK, "soon"), (BEAT, "1h")], None),
        ] {
            assert_eq!(is_error(rows), expected, "{rows:?}");
        }
    }

    #[test]
    fn what_needs_another_row_says_so() {
        for (rows, expected) in [
            (&[(OFF_HEAP, "true")][..], Some(false)),
            (&[(OFF_HEAP, "true"), (OFF_HEAP_SIZE, "0")], Some(true)),
            (&[(OFF_HEAP, "true"), (OFF_HEAP_SIZE, "1g")], None),
            (&[(OFF_HEAP, "false")], None),
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
        for key in PRINCIPAL {
            let mut draft = draft(&[(key, "a@B.C")]);
            assert_eq!(problems(&draft, None, None), []);
            draft.set_text(Field::ProxyUser, "alice");
            let found = problems(&draft, None, None);
            assert_eq!((found.len(), found[0].row, found[0].is_error()), (1, Some(0), false), "{key}");
        }
    }

    #[test]
    fn a_name_has_one_place_on_yarn() {
        let mut draft = Draft::default();
        let rows = |rows: &[&str]| rows.iter().map(|it| (*it).to_owned()).collect();
        draft.set_rows(Field::Jars, rows(&["hdfs:///a/x.jar", "hdfs:///b/x.jar", "hdfs:///y.jar"]));
        draft.set_rows(
            Field::Files,
            rows(&["hdfs:///y.jar#z", "hdfs:///f.conf", "hdfs:///g.conf", "local:/f.conf"]),
        );
        draft.set_rows(Field::Archives, rows(&["hdfs:///e.zip#e", "s3a://b/e.zip#f", "", "hdfs:///f.conf/"]));
        let places = |yarn| -> Vec<_> {
            let found = problems(&draft, None, yarn).into_iter().filter(|it| it.row.is_some());
            let mut found: Vec<_> = found.map(|it| (it.field, it.row.unwrap_or(9), it.is_error())).collect();
            found.sort_unstable();
            found
        };
        let jar = (Field::Jars, 1, false);
        let others = [(Field::Files, 0), (Field::Archives, 1), (Field::Archives, 3)];
        let expected = |is_error| {
            [jar].into_iter().chain(others.map(|(field, row)| (field, row, is_error))).collect::<Vec<_>>()
        };
        assert_eq!(places(Some(true)), expected(true));
        assert_eq!(places(None), expected(false));
        assert_eq!(places(Some(false)), []);
    }
}
