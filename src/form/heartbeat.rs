//! The times by which Spark tells whether executors live. They depend on each other: `SparkConf.validateSettings` and
//! `HeartbeatReceiver` (3.5) stop the driver where one is too short for another.

use crate::Draft;
use crate::duration::spark_nanos;
use crate::problem::{Finding, Problem};

const BEAT: &str = "spark.executor.heartbeatInterval";
const NETWORK: &str = "spark.network.timeout";
/// How often the driver looks for executors that are silent.
const INTERVAL: &str = "spark.network.timeoutInterval";
/// How long an executor may be silent; the network's timeout where it is not set.
const SILENCE: &str = "spark.storage.blockManagerHeartbeatTimeoutMs";

const MILLISECOND: i128 = 1_000_000;
const SECOND: i128 = 1_000_000_000;

/// What there is to say of them. Spark keeps the network's timeout in seconds, all others in milliseconds, and cuts what is left.
pub(crate) fn problems(draft: &Draft) -> Vec<Problem> {
    let is_set = |key| draft.spark_value(key).is_some();
    let whole = |key, unit: i128, default: i128| {
        draft.spark_value(key).map_or(Some(default), |it| Some(spark_nanos(it, unit)? / unit * unit))
    };
    let (beat, network) = (whole(BEAT, MILLISECOND, 10 * SECOND), whole(NETWORK, SECOND, 120 * SECOND));
    let interval = whole(INTERVAL, MILLISECOND, 60 * SECOND);
    let (silence, limit) =
        if is_set(SILENCE) { (whole(SILENCE, MILLISECOND, 0), SILENCE) } else { (network, NETWORK) };

    let mut found: Vec<Problem> = Vec::new();
    let mut at = |key: &str, words: String| {
        let (field, row) = draft.spark_place(key);
        // One word for one row: the first asks for most.
        if !found.iter().any(|it| it.row == row) {
            found.push(Finding::error(words).at(field, row));
        }
    };
    if let (Some(interval), Some(silence)) = (interval, silence)
        && interval > silence
    {
        if is_set(INTERVAL) {
            at(INTERVAL, format!("At most {}, the {limit}: Spark stops otherwise.", length(silence)));
        } else {
            let least = length(interval);
            at(limit, format!("At least {least}, the default of {INTERVAL}: Spark stops otherwise."));
        }
    }
    if let (Some(beat), Some(network)) = (beat, network)
        && beat >= network
    {
        let key = if is_set(BEAT) { BEAT } else { NETWORK };
        at(key, format!("{NETWORK} has to be longer than {BEAT}: Spark stops otherwise."));
    }
    if let (Some(beat), Some(silence)) = (beat, silence)
        && beat > silence
    {
        let key = if is_set(BEAT) { BEAT } else { limit };
        at(key, format!("{BEAT} may not be longer than {limit}: Spark stops otherwise."));
    }
    found
}

/// A length of time as a person would write it.
fn length(nanos: i128) -> String {
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
            assert!(found.len() < 2 && found.iter().all(Problem::is_error), "{found:?}");
        }
    }

    #[test]
    fn the_other_time_is_named() {
        let mut draft = Draft::default();
        draft
            .set_conf(vec![(SILENCE.to_owned(), "60500".to_owned()), (INTERVAL.to_owned(), "2m".to_owned())]);
        let words = format!("At most 60500ms, the {SILENCE}: Spark stops otherwise.");
        assert_eq!(problems(&draft).first().map(|it| it.message.clone()), Some(words));
    }
}
