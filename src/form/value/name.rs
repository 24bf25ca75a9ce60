//! Session names.

use crate::problem::{Finding, Verdict};
use crate::value::digit::{is_digit, is_invisible};
use livy::Address;

/// Longer names are taken by Livy and are of no use to a reader, in characters.
const LONG: usize = 255;

/// A name that Livy takes and by which the session can be found again.
///
/// Invariant: it is an [`Address`] and not all digits. Livy checks the name only after it launched the driver, so a name it
/// refuses leaves an orphan running (docs/protocol.md §1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionName(String);

impl SessionName {
    /// A name for a session that was given none, unique by 40 random bits.
    pub fn made_up(random: u64) -> Self {
        const DIGITS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let digit = |at: u32| char::from(DIGITS[((random >> (5 * at)) & 31) as usize]);
        Self(format!("livy-console-{}", (0..8).map(digit).collect::<String>()))
    }

    /// A name that was made up before and kept, if it still passes the rule.
    pub fn kept(text: &str) -> Option<Self> {
        Self::parse(text).ok().map(|(name, _)| name)
    }

    /// Reads text that is not empty.
    pub(crate) fn parse(text: &str) -> Verdict<Self> {
        if text.chars().all(is_digit) {
            return Err(Finding::error(format!("Add a letter. Livy reads {text} as an id.")));
        }
        if text.contains(char::is_control) {
            return Err(Finding::error("Remove line breaks and other control characters."));
        }
        if Address::parse(text).is_none() {
            return Err(Finding::error("Remove the part “.” or “..”. Browsers can't open such an address."));
        }
        let finding = if text.contains(['/', '\\', ';']) {
            Some("Avoid / \\ ; in names: many gateways reject them. Use a hyphen.")
        } else if text.contains(is_invisible) {
            Some("Contains an invisible character. Two names could look the same.")
        } else if text.chars().count() > LONG {
            Some("Very long. Lists cut it off.")
        } else {
            None
        };
        Ok((Self(text.to_owned()), finding.map(Finding::warning)))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as the path segment by which Livy finds it (0.6 and later).
    pub fn address(&self) -> Option<Address> {
        Address::parse(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_names_pass_their_own_rule() {
        for random in [0, 1, u64::MAX, 0x1234_5678_9abc_def0] {
            let name = SessionName::made_up(random);
            assert_eq!(SessionName::parse(name.as_str()), Ok((name.clone(), None)));
        }
        assert_ne!(SessionName::made_up(1), SessionName::made_up(2));
    }

    #[test]
    fn names_that_leak_a_driver_or_cannot_be_found() {
        for text in ["123", "１２３", ".", "..", "a\nb", "a/../b"] {
            assert!(SessionName::parse(text).is_err(), "{text:?}");
        }
        for text in ["etl-morning", "a b", "1a", "größe", "a.b", "...", "☃"] {
            assert!(matches!(SessionName::parse(text), Ok((_, None))), "{text:?}");
        }
        assert!(matches!(SessionName::parse("a/b"), Ok((_, Some(_)))));
    }
}
