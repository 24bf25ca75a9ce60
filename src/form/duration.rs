//! Lengths of time as Livy writes them.
//!
//! `ClientConf.java` 161-181 (0.9.0): digits and one of `us ms s m min h d`, trimmed and lower-cased; without a unit they are
//! milliseconds, which nobody means. Livy looks for sessions to end once a minute (`SessionManager.scala`).

use serde::Serialize;

use crate::problem::{Finding, Verdict};

/// A length of time with its unit, more than none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Duration(String);

/// Livy's units, in microseconds.
pub(crate) const UNITS: [(&str, u64); 7] = [
    ("us", 1),
    ("ms", 1_000),
    ("s", 1_000_000),
    ("m", 60_000_000),
    ("min", 60_000_000),
    ("h", 3_600_000_000),
    ("d", 86_400_000_000),
];

/// Words that people write for Livy's units.
const WORDS: [(&str, &str); 15] = [
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("mins", "m"),
    ("minute", "m"),
    ("minutes", "m"),
    ("hr", "h"),
    ("hrs", "h"),
    ("hour", "h"),
    ("hours", "h"),
    ("day", "d"),
    ("days", "d"),
    ("w", "d"),
    ("weeks", "d"),
];

/// Shorter than this a session may be gone before it is ready, in seconds: Livy sweeps once a minute and starting counts.
const SHORT: u64 = 120;
/// Longer than this the unit is likelier wrong than meant, in seconds.
const LONG: u64 = 30 * 86_400;

/// A second, in nanoseconds.
pub(crate) const SECOND: i128 = 1_000_000_000;

/// A length of time as Spark reads it in its configuration, in nanoseconds; a bare number counts in `bare` of them. `None` for
/// anything else (`JavaUtils.timeStringAs`, Spark 3.5, which knows the same units).
pub(crate) fn spark_nanos(text: &str, bare: i128) -> Option<i128> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.strip_prefix('-').unwrap_or(&lower);
    let split = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
    let (number, unit) = digits.split_at(split);
    let number = i128::from(number.parse::<i64>().ok()?);
    let scale = if unit.is_empty() {
        bare
    } else {
        let (_, micros) = UNITS.iter().find(|(name, _)| *name == unit)?;
        i128::from(*micros) * 1_000
    };
    Some(number * scale * if digits.len() < lower.len() { -1 } else { 1 })
}

/// A length of time as Livy spells it (`30m`, `8h`) in seconds, rounded down. `None` for text that is none.
pub fn seconds(text: &str) -> Option<u64> {
    Duration::seconds(text)
}

impl Duration {
    /// Reads text that is not blank.
    pub(crate) fn parse(text: &str) -> Verdict<Self> {
        let lower = text.to_ascii_lowercase();
        let split = lower.find(|it: char| !it.is_ascii_digit()).unwrap_or(lower.len());
        let (number, rest) = lower.split_at(split);
        if lower.starts_with('-') {
            return Err(Finding::error("Write a positive time, such as 30m: Livy refuses a negative one."));
        }
        if number.is_empty() {
            return Err(Finding::error("Write a whole number and a unit: 30m, 2h."));
        }
        let unit = rest.trim_start();
        if unit.is_empty() {
            return Err(Finding::error(format!(
                "Add the unit, {number}m or {number}h: Livy takes a bare number for milliseconds."
            )));
        }
        if unit.starts_with(['.', ',']) {
            return Err(Finding::error(
                "Write a whole number in a smaller unit, 90m for 1.5 hours: Livy reads no fractions.",
            ));
        }
        let known = UNITS.iter().find(|(name, _)| *name == unit);
        let word = WORDS.iter().find(|(word, _)| *word == unit && !unit.starts_with('w'));
        let Some((_, micros)) = known.filter(|_| unit.len() == rest.len()) else {
            let meant = known.map(|(name, _)| *name).or(word.map(|(_, unit)| *unit));
            return Err(Finding::error(match meant {
                Some(unit) => format!("Write {number}{unit}: so Livy spells it."),
                None => "Livy's units are s, m, h and d, one of them: 90s, 30m, 2h, 1d.".to_owned(),
            }));
        };
        let amount = number.parse::<i64>().ok().and_then(|it| u64::try_from(it).ok());
        let seconds = match amount {
            Some(0) => {
                return Err(Finding::error("More than none: Livy would end the session within a minute."));
            }
            Some(amount) => u128::from(amount) * u128::from(*micros) / 1_000_000,
            None => return Err(Finding::error("That is more than Livy can count: 30m, 2h.")),
        };
        let finding = if seconds < u128::from(SHORT) {
            Some("Shorter than two minutes: Livy may end it while it is still starting.")
        } else if seconds > u128::from(LONG) {
            Some("More than 30 days: check the unit.")
        } else {
            None
        };
        Ok((Self(text.to_owned()), finding.map(Finding::warning)))
    }

    /// In seconds, rounded down. `None` for text that is no length of time.
    pub(crate) fn seconds(text: &str) -> Option<u64> {
        let lower = text.trim().to_ascii_lowercase();
        let split = lower.find(|it: char| !it.is_ascii_digit())?;
        let (number, unit) = lower.split_at(split);
        let (_, micros) = UNITS.iter().find(|(name, _)| *name == unit)?;
        u64::try_from(number.parse::<u128>().ok()?.checked_mul(u128::from(*micros))? / 1_000_000).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_livys_spelling() {
        let cases = [
            ("30", "Add the unit, 30m or 30h: Livy takes a bare number for milliseconds."),
            ("10 minutes", "Write 10m: so Livy spells it."),
            ("10 m", "Write 10m: so Livy spells it."),
            ("2hours", "Write 2h: so Livy spells it."),
            ("1.5h", "Write a whole number in a smaller unit, 90m for 1.5 hours: Livy reads no fractions."),
            ("1h30m", "Livy's units are s, m, h and d, one of them: 90s, 30m, 2h, 1d."),
            ("0h", "More than none: Livy would end the session within a minute."),
        ];
        for (text, message) in cases {
            assert_eq!(Duration::parse(text).map_err(|it| it.message), Err(message.to_owned()), "{text:?}");
        }
        for text in ["30m", "2H", "1d", "120s", "3min", "9000000ms"] {
            assert!(matches!(Duration::parse(text), Ok((_, None))), "{text:?}");
        }
        assert_eq!(
            (Duration::seconds("2h"), Duration::seconds(" 90S "), Duration::seconds("5")),
            (Some(7200), Some(90), None)
        );
    }
}
