//! The user to run as.

use crate::problem::{Finding, Verdict};
use crate::value::digit::is_invisible;

/// A user's name. Livy takes any text; whether a cluster knows the user is the cluster's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct User(String);

impl User {
    /// The text, as it is sent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads text that is not empty.
    pub(crate) fn parse(text: &str) -> Verdict<Self> {
        if text.contains(char::is_control) {
            return Err(Finding::error("Remove the control characters."));
        }
        let finding = if text.contains(['/', '@']) {
            Some("A Kerberos principal works only if Hadoop maps it to a user name.")
        } else if text.contains(char::is_whitespace) || text.contains(is_invisible) {
            Some("Check the name. Users rarely have spaces or invisible characters.")
        } else if text.contains([',', '*']) {
            Some("Enter one user, not a list or a pattern.")
        } else if text.contains(['<', '>']) {
            Some("Replace the placeholder with a real user.")
        } else if text.starts_with('-') {
            Some("Remove the dash at the start. spark-submit may read it as an option.")
        } else {
            None
        };
        Ok((Self(text.to_owned()), finding.map(Finding::warning)))
    }
}
