//! Lengths of time as Livy writes them.
//!
//! `ClientConf.java` 161-181 (0.9.0): digits and one of `us ms s m min h d`, trimmed and lower-cased; without a unit they are
//! milliseconds, which nobody means. Livy looks for sessions to end once a minute (`SessionManager.scala`).

use crate::problem::{Finding, Verdict};
use crate::value::digit::fraction;

/// A length of time with its unit, more than none.
#[derive(Clone, Debug, PartialEq, Eq)]
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
const WORDS: [(&str, &str); 13] = [
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
];
const WEEKS: [&str; 3] = ["w", "week", "weeks"];

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

/// Livy's unit for a word that a person writes, and how many of it one is: `hours` is `h`, a week is 7 `d`. The word is in lower
/// case.
pub(crate) fn unit_called(word: &str) -> Option<(&'static str, u64)> {
    let word = if word == "min" { "m" } else { word };
    let known = UNITS.iter().find(|(name, _)| *name == word).map(|(name, _)| *name);
    let known = known.or_else(|| WORDS.iter().find(|(it, _)| *it == word).map(|(_, unit)| *unit));
    known.map(|it| (it, 1)).or_else(|| WEEKS.contains(&word).then_some(("d", 7)))
}

/// `1.5` hours are `90m`: the same time in a smaller unit, where it is whole there. The word is in lower case.
pub(crate) fn whole_in_smaller_unit(number: &str, word: &str) -> Option<String> {
    let (unit, times) = unit_called(word)?;
    let (_, micros) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let (whole, fraction) = number.split_once('.')?;
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let digits = format!("{whole}{fraction}").parse::<u128>().ok()?;
    let scaled = digits.checked_mul(u128::from(*micros) * u128::from(times))?;
    let fits = |(name, micros): &(&str, u64)| {
        let divisor = scale.checked_mul(u128::from(*micros))?;
        (scaled > 0 && scaled % divisor == 0).then(|| format!("{}{name}", scaled / divisor))
    };
    UNITS.iter().rev().filter(|(name, _)| *name != "min").find_map(fits)
}

impl Duration {
    /// The text, as it is sent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads text that is not blank.
    pub(crate) fn parse(text: &str) -> Verdict<Self> {
        let lower = text.to_ascii_lowercase();
        let split = lower.find(|it: char| !it.is_ascii_digit()).unwrap_or(lower.len());
        let (number, rest) = lower.split_at(split);
        if lower.starts_with('-') {
            return Err(Finding::error("Enter a positive time, for example 30m."));
        }
        if number.is_empty() {
            return Err(Finding::error("Enter a whole number with a unit, for example 30m or 2h."));
        }
        if rest.is_empty() {
            return Err(Finding::error(format!(
                "Add a unit: {number}m or {number}h. Livy reads a bare number as milliseconds."
            )));
        }
        if rest.starts_with(['.', ',']) {
            return Err(Finding::error(
                match fraction(text).and_then(|(number, word)| whole_in_smaller_unit(number, &word)) {
                    Some(same) => format!("Use a whole number: {same}."),
                    None => "Use a whole number, for example 90m for one and a half hours.".to_owned(),
                },
            ));
        }
        // Other spellings of a unit are Livy's by now: see `crate::value::unit::respelt`.
        let Some((_, micros)) = UNITS.iter().find(|(name, _)| *name == rest) else {
            return Err(Finding::error("Use one of the units s, m, h and d, for example 30m or 2h."));
        };
        let amount = number.parse::<i64>().ok().and_then(|it| u64::try_from(it).ok());
        let seconds = match amount {
            Some(0) => {
                return Err(Finding::error("Enter more than 0. Livy would end the session within a minute."));
            }
            Some(amount) => u128::from(amount) * u128::from(*micros) / 1_000_000,
            None => return Err(Finding::error("Enter less, for example 30m or 2h.")),
        };
        let finding = if seconds < u128::from(SHORT) {
            Some("Under two minutes. Livy may end the session while it starts.")
        } else if seconds > u128::from(LONG) {
            Some("More than 30 days. Check the unit.")
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
        let number: u64 = number.parse().ok()?;
        // Each unit is some seconds or a part of one. The first load has no other use for numbers of 128 bits.
        if *micros < 1_000_000 {
            Some(number / (1_000_000 / micros))
        } else {
            number.checked_mul(micros / 1_000_000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_livys_spelling() {
        let cases = [
            ("30", "Add a unit: 30m or 30h. Livy reads a bare number as milliseconds."),
            ("1.5h", "Use a whole number: 90m."),
            ("1,5h", "Use a whole number, for example 90m for one and a half hours."),
            ("1h30m", "Use one of the units s, m, h and d, for example 30m or 2h."),
            ("0h", "Enter more than 0. Livy would end the session within a minute."),
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
        assert_eq!((Duration::seconds("1999ms"), Duration::seconds("999999us")), (Some(1), Some(0)));
        assert_eq!(Duration::seconds("18446744073709551615d"), None);
    }
}
