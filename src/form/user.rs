//! The user to run as.

use serde::Serialize;

use crate::problem::{Finding, Verdict, fine};

/// A user's name as Hadoop knows users: one word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct User(String);

impl User {
    /// Reads text that is not blank.
    pub(crate) fn parse(text: &str) -> Verdict<Self> {
        if text.contains(|it: char| it.is_whitespace() || it.is_control()) {
            return Err(Finding::error("A user's name is one word without blanks."));
        }
        fine(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word() {
        assert!(User::parse("mara").is_ok() && User::parse("mara@EXAMPLE.ORG").is_ok());
        assert!(User::parse("mara lee").is_err() && User::parse("a\u{7}").is_err());
    }
}
