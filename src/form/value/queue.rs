//! The queue of the cluster manager.

use crate::problem::{Finding, Verdict};
use crate::value::digit::is_invisible;

/// A queue's name. Livy passes any text to Spark as `spark.yarn.queue`; YARN refuses what it does not know, minutes later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Queue(String);

impl Queue {
    /// The text, as it is sent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads text that is not empty.
    pub(crate) fn parse(text: &str) -> Verdict<Self> {
        if text.contains(char::is_control) {
            return Err(Finding::error("Remove the control characters."));
        }
        let finding = if text.contains(['<', '>']) {
            Some("Replace the placeholder with a real queue.")
        } else if text.contains(char::is_whitespace) || text.contains(is_invisible) {
            Some("Check the name. Queues rarely have spaces or invisible characters.")
        } else if text.contains([',', '*', '/']) {
            Some("Enter one queue, for example root.etl.")
        } else if text.starts_with('.') || text.ends_with('.') || text.contains("..") {
            Some("Remove the extra dot.")
        } else {
            None
        };
        Ok((Self(text.to_owned()), finding.map(Finding::warning)))
    }
}
