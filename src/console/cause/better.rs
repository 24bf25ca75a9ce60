//! A value that is likelier to work than the one with which a session ended. It is offered, never filled in: what is known of a
//! cluster from here is not enough to be sure.

use form::{Better, Field, Shape, respelt, whole};
use livy::Session;
use serde_json::Value;

use super::Cause;

/// Spark's default of a heap, and the least round amount that it starts with.
const HEAP: &str = "1g";
/// Livy's default of the idle timeout (`livy.server.session.timeout`).
const IDLE: &str = "1h";

/// The value for `field`, which `cause` concerns. `line` is the first that shows it; empty where the facts alone do.
pub(super) fn of(cause: Cause, field: Field, line: &str, session: &Session) -> Option<Better> {
    let was = match session.field(field.name()) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Some(Value::Number(number)) if number.as_i64() != Some(0) => Some(number.to_string()),
        _ => None,
    };
    let had = was.as_deref();
    let value = match cause {
        Cause::DriverMemoryTooSmall | Cause::ExecutorMemoryTooSmall => Some(HEAP.to_owned()),
        Cause::DriverMemoryUnreadable => had.and_then(|it| respelt(field, it).or_else(|| whole(field, it))),
        Cause::DriverMemoryTooLarge | Cause::MachineMemoryFull => had.and_then(|it| scaled(field, it, 1, 2)),
        Cause::ContainerTooLarge => largest(line),
        Cause::DriverOutOfMemory | Cause::ContainerMemory | Cause::ExecutorLost | Cause::DriverSilent => {
            scaled(field, had.unwrap_or(HEAP), 2, 1)
        }
        Cause::IdleTimeout => scaled(field, had.unwrap_or(IDLE), 2, 1),
        Cause::TimeToLive | Cause::HeartbeatLost => had.and_then(|it| scaled(field, it, 2, 1)),
        _ => None,
    }?;
    (had != Some(value.as_str())).then_some(Better { field, value, was })
}

/// An amount times a fraction, in a unit in which it is whole, the largest that reads well: twice `512m` is `1g`.
fn scaled(field: Field, text: &str, times: u64, part: u64) -> Option<String> {
    let spelt = respelt(field, text).unwrap_or_else(|| text.to_ascii_lowercase());
    if field.shape() == Shape::Count {
        return Some((spelt.parse::<u64>().ok()?.checked_mul(times)? / part).to_string());
    }
    let at = spelt.find(|it: char| !it.is_ascii_digit())?;
    let (number, unit) = spelt.split_at(at);
    let units: &[(&str, u64)] = match field.shape() {
        Shape::Memory => &[("t", 1024), ("g", 1024), ("m", 1024), ("k", 1024)],
        _ => &[("d", 24), ("h", 60), ("m", 60), ("s", 1)],
    };
    // A unit of two letters is the same amount: `512mb` is `512m`, `30min` is `30m`.
    let mut at = units.iter().position(|(it, _)| unit.starts_with(it) && unit != "ms")?;
    let mut amount = number.parse::<u64>().ok()?.checked_mul(times)?;
    if amount % part != 0 {
        // One unit down it is whole: `1g` halved is `512m`. Of the smallest there is no half.
        amount = amount.checked_mul(units.get(at)?.1)?;
        at += 1;
        units.get(at)?;
    }
    amount /= part;
    while at > 0 && amount.is_multiple_of(units[at - 1].1) && amount > 0 {
        amount /= units[at - 1].1;
        at -= 1;
    }
    (amount > 0).then(|| format!("{amount}{}", units[at].0))
}

/// The largest heap that fits a container of the most that YARN gives, overhead included, in steps of 256 MiB
/// (`Client.verifyClusterResources`, Spark 3.5).
fn largest(line: &str) -> Option<String> {
    const STEP: u64 = 256;
    let (_, rest) = line.split_once("is above the max threshold (")?;
    let most = rest.split_once(" MB")?.0.trim().parse::<u64>().ok()?;
    let heap = most.saturating_sub(384).min(most * 10 / 11) / STEP * STEP;
    // Spark starts with no less than 450 MiB.
    (heap >= 512)
        .then(|| if heap.is_multiple_of(1024) { format!("{}g", heap / 1024) } else { format!("{heap}m") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_better_value_follows_from_the_cause_and_from_what_the_session_had() {
        let above = "IllegalArgumentException: Required executor memory (8192 MB), offHeap memory (0) MB, overhead (819 MB), and PySpark memory (0 MB) is above the max threshold (4096 MB) of this cluster!";
        for (cause, field, had, line, value) in [
            (Cause::DriverOutOfMemory, Field::DriverMemory, json!("1g"), "", Some("2g")),
            (Cause::DriverOutOfMemory, Field::DriverMemory, json!("512m"), "", Some("1g")),
            (Cause::DriverOutOfMemory, Field::DriverMemory, json!("700m"), "", Some("1400m")),
            (Cause::DriverMemoryTooLarge, Field::DriverMemory, json!("524289k"), "", None),
            (Cause::DriverOutOfMemory, Field::DriverMemory, json!(null), "", Some("2g")),
            (Cause::DriverMemoryTooSmall, Field::DriverMemory, json!("256m"), "", Some("1g")),
            (Cause::DriverMemoryUnreadable, Field::DriverMemory, json!("512mb"), "", Some("512m")),
            (Cause::DriverMemoryUnreadable, Field::DriverMemory, json!("1.5g"), "", Some("1536m")),
            (Cause::DriverMemoryUnreadable, Field::DriverMemory, json!("abc"), "", None),
            (Cause::DriverMemoryTooLarge, Field::DriverMemory, json!("64t"), "", Some("32t")),
            (Cause::DriverMemoryTooLarge, Field::DriverMemory, json!("1t"), "", Some("512g")),
            (Cause::ExecutorMemoryTooSmall, Field::ExecutorMemory, json!("100m"), "", Some("1g")),
            (Cause::ContainerTooLarge, Field::ExecutorMemory, json!("8g"), above, Some("3584m")),
            (Cause::ContainerTooLarge, Field::ExecutorMemory, json!("8g"), "Invalid resource request", None),
            (Cause::ContainerMemory, Field::ExecutorMemory, json!("2048MB"), "", Some("4g")),
            (Cause::IdleTimeout, Field::IdleTimeout, json!("30m"), "", Some("1h")),
            (Cause::IdleTimeout, Field::IdleTimeout, json!(null), "", Some("2h")),
            (Cause::TimeToLive, Field::Ttl, json!("12h"), "", Some("1d")),
            (Cause::TimeToLive, Field::Ttl, json!(null), "", None),
            (Cause::HeartbeatLost, Field::Heartbeat, json!(300), "", Some("600")),
            (Cause::QueueUnknown, Field::Queue, json!("etl"), "", None),
        ] {
            let session = Session::from_json(json!({"id": 1, field.name(): had})).unwrap();
            let better = of(cause, field, line, &session);
            assert_eq!(better.as_ref().map(|it| it.value.as_str()), value, "{cause:?} {had}");
            if let Some(better) = better {
                let was = had.as_str().map(str::to_owned).or(had.as_i64().map(|it| it.to_string()));
                assert_eq!((better.field, better.was), (field, was));
            }
        }
    }
}
