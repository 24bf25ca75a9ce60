//! Whole numbers: cores and executors.

use crate::problem::{Finding, Verdict};

/// A whole number that Livy reads as a 32-bit integer; it checks neither sign nor range itself (docs/protocol.md §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count(i32);

impl Count {
    /// The number, as it is sent.
    pub(crate) fn number(self) -> i32 {
        self.0
    }

    /// Reads text that is not empty. `noun` is what is counted: "core".
    pub(crate) fn parse(text: &str, noun: &str, least: i32) -> Verdict<Self> {
        if text.chars().all(|it| it.is_ascii_digit()) {
            return match text.parse::<i32>() {
                Ok(0) if least > 0 => Err(Finding::error("Enter 1 or more.")),
                Ok(number) => {
                    let many = if least > 0 { 1_024 } else { 10_000 };
                    let finding = (number > many)
                        .then(|| Finding::warning(format!("More than {many} {noun}s. Check the number.")));
                    Ok((Self(number), finding))
                }
                Err(_) => Err(Finding::error(format!("Enter a number up to {}.", i32::MAX))),
            };
        }
        let negative =
            text.strip_prefix('-').is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()));
        Err(Finding::error(if negative {
            format!("Enter {least} or more.")
        } else {
            "Enter a whole number, for example 4.".to_owned()
        }))
    }

    /// Seconds of a heartbeat; 0 is off. A background tab is woken once a minute, and sometimes later than that.
    pub(crate) fn heartbeat(text: &str) -> Verdict<Self> {
        let (count, _) = Self::parse(text, "second", 0)?;
        let finding = match count.0 {
            1..180 => {
                Some("Use 180 or more. A background tab may check too late, and Livy ends the session.")
            }
            0..=86_400 => None,
            _ => Some("More than a day. The number is in seconds."),
        };
        Ok((count, finding.map(Finding::warning)))
    }

    /// Zero is for the rules of dynamic allocation to judge.
    pub(crate) fn executors(text: &str) -> Verdict<Self> {
        Self::parse(text, "executor", 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_what_is_none() {
        let number = |text: &str| Count::parse(text, "core", 1).map(|(it, _)| it.0).ok();
        let cases = [("4", Some(4)), ("04", Some(4)), ("2147483647", Some(i32::MAX))];
        for (text, expected) in cases {
            assert_eq!(number(text), expected, "{text:?}");
        }
        for text in ["0", "-1", "4.5", "4a", "1e3", "2147483648", "４", "+4", "--1", "0x4", "1 000"] {
            assert_eq!(number(text), None, "{text:?}");
        }
    }

    #[test]
    fn no_executors_is_a_question_not_a_mistake() {
        assert!(matches!(Count::executors("0"), Ok((Count(0), None))));
        assert!(Count::executors("-1").is_err());
        assert!(matches!(Count::heartbeat("179"), Ok((Count(179), Some(_)))));
        assert!(matches!(Count::heartbeat("180"), Ok((Count(180), None))));
    }
}
