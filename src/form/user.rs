//! The user to run as.

use serde::Serialize;

use crate::digit::is_invisible;
use crate::problem::{Finding, Verdict};

/// A user's name. Livy takes any text; whether a cluster knows the user is the cluster's to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct User(String);

impl User {
    /// Reads text that is not blank.
    pub(crate) fn parse(text: &str) -> Verdict<Self> {
        if text.contains(char::is_control) {
            return Err(Finding::error("Remove the control characters: no user has such a name."));
        }
        let finding = if text.contains(['/', '@']) {
            Some("A Kerberos principal works only where Hadoop has a rule that maps it to a short name.")
        } else if text.contains(char::is_whitespace) || text.contains(is_invisible) {
            Some("A blank or an invisible character in a user's name is rare and often a slip.")
        } else if text.contains([',', '*']) {
            Some("One user can be impersonated, not a list or a pattern.")
        } else if text.contains(['<', '>']) {
            Some("This looks like a placeholder: write the user's own name.")
        } else if text.starts_with('-') {
            Some("It begins with a dash: spark-submit may take it for an option.")
        } else {
            None
        };
        Ok((Self(text.to_owned()), finding.map(Finding::warning)))
    }
}
