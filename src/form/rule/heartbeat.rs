//! The times by which Spark checks that executors are alive. They depend on each other: `SparkConf.validateSettings` and
//! `HeartbeatReceiver` (3.5) stop the driver where one is too short for another.

use crate::Draft;
use crate::problem::{Finding, Problem};
use crate::value::duration::{SECOND, spark_nanos};

const BEAT: &str = "spark.executor.heartbeatInterval";
const NETWORK: &str = "spark.network.timeout";
/// How often the driver looks for executors that are silent.
const INTERVAL: &str = "spark.network.timeoutInterval";
/// How long an executor may be silent; the network's timeout where it is not set.
const SILENCE: &str = "spark.storage.blockManagerHeartbeatTimeoutMs";

const MILLISECOND: i128 = 1_000_000;

/// What has to be so: a time that another one limits.
struct Rule {
    short: (&'static str, Option<i128>),
    limit: (&'static str, Option<i128>),
    /// False where both may be the same.
    is_strict: bool,
}

/// What there is to say of them. Spark keeps the network's timeout in seconds, all others in milliseconds, and cuts what is left.
/// If the request sets only one of two, the server's defaults may set the other: a warning.
pub(crate) fn problems(draft: &Draft) -> Vec<Problem> {
    let is_set = |key| draft.spark_value(key).is_some();
    let whole = |key, unit: i128, default: i128| {
        draft.spark_value(key).map_or(Some(default), |it| Some(spark_nanos(it, unit)? / unit * unit))
    };
    let beat = (BEAT, whole(BEAT, MILLISECOND, 10 * SECOND));
    let network = (NETWORK, whole(NETWORK, SECOND, 120 * SECOND));
    let interval = (INTERVAL, whole(INTERVAL, MILLISECOND, 60 * SECOND));
    let silence = if is_set(SILENCE) { (SILENCE, whole(SILENCE, MILLISECOND, 0)) } else { network };

    let mut found: Vec<Problem> = Vec::new();
    for Rule { short, limit, is_strict } in [
        Rule { short: interval, limit: silence, is_strict: false },
        Rule { short: beat, limit: network, is_strict: true },
        Rule { short: beat, limit: silence, is_strict: false },
    ] {
        let ((key, Some(time)), (limit, Some(most))) = (short, limit) else { continue };
        if time < most || (time == most && !is_strict) {
            continue;
        }
        let (place, words, other, length) = match (is_set(key), is_strict) {
            (true, true) => (key, "Enter less than", limit, most),
            (true, false) => (key, "Enter at most", limit, most),
            (false, true) => (limit, "Enter more than", key, time),
            (false, false) => (limit, "Enter at least", key, time),
        };
        let is_said = is_set(other);
        let default = if is_said { "" } else { " unless the server changes it" };
        let words = format!("{words} {length}. {other} is {length}{default}.", length = written(length));
        let (field, row) = draft.spark_place(place);
        // One word for one row: the first asks for most.
        if !found.iter().any(|it| it.row == row) {
            let finding = if is_said { Finding::error(words) } else { Finding::warning(words) };
            found.push(finding.at(field, row));
        }
    }
    found
}

/// A length of time as a person would write it.
fn written(nanos: i128) -> String {
    if nanos % SECOND == 0 { format!("{}s", nanos / SECOND) } else { format!("{}ms", nanos / MILLISECOND) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_spark_reads_them() {
        for (rows, wrong) in [
            (&[(BEAT, "20000")][..], None),
            (&[(BEAT, "120000")], Some(BEAT)),
            (&[(BEAT, "120s")], Some(BEAT)),
            (&[(NETWORK, "300"), (BEAT, "120s")], None),
            (&[(NETWORK, "10")], Some(NETWORK)),
            (&[(NETWORK, "11000ms")], Some(NETWORK)),
            (&[(NETWORK, "59999ms")], Some(NETWORK)),
            (&[(NETWORK, "60s")], None),
            (&[(NETWORK, "30s"), (INTERVAL, "10s")], None),
            (&[(NETWORK, "30s"), (INTERVAL, "31s")], Some(INTERVAL)),
            (&[(NETWORK, "30s"), (SILENCE, "60s")], None),
            (&[(SILENCE, "5000")], Some(SILENCE)),
            (
                &[("spark.storage.blockManagerSlaveTimeoutMs", "5000")],
                Some("spark.storage.blockManagerSlaveTimeoutMs"),
            ),
            (&[(INTERVAL, "200s")], Some(INTERVAL)),
            (&[(INTERVAL, "120s")], None),
            (&[(SILENCE, "60s"), (BEAT, "61s")], Some(BEAT)),
            (&[(SILENCE, "60s"), (BEAT, "60s")], None),
            (&[(NETWORK, "11min"), (BEAT, "10m")], None),
            (&[(NETWORK, "soon"), (BEAT, "1h")], None),
        ] {
            let mut draft = Draft::default();
            draft
                .set_conf(rows.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect());
            let found = problems(&draft);
            let place = found.first().map(|it| (it.field, it.row));
            assert_eq!(place, wrong.map(|it| draft.conf_place(it)), "{rows:?}");
            assert!(found.len() < 2 && found.iter().all(|it| it.is_error() == (rows.len() > 1)), "{found:?}");
        }
    }

    #[test]
    fn the_other_time_is_named() {
        let mut draft = Draft::default();
        draft
            .set_conf(vec![(SILENCE.to_owned(), "60500".to_owned()), (INTERVAL.to_owned(), "2m".to_owned())]);
        let words = format!("Enter at most 60500ms. {SILENCE} is 60500ms.");
        assert_eq!(problems(&draft).first().map(|it| it.message.clone()), Some(words));
        draft.set_conf(vec![(NETWORK.to_owned(), "30s".to_owned())]);
        let words = format!("Enter at least 60s. {INTERVAL} is 60s unless the server changes it.");
        assert_eq!(problems(&draft).first().map(|it| it.message.clone()), Some(words));
    }
}
