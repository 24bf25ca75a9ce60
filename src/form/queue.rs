//! The queue of the cluster manager.

use serde::Serialize;

use crate::digit::is_invisible;
use crate::problem::{Finding, Verdict};

/// A queue's name. Livy passes any text to Spark as `spark.yarn.queue`; YARN refuses what it does not know, minutes later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Queue(String);

impl Queue {
    /// Reads text that is not blank.
    pub(crate) fn parse(text: &str) -> Verdict<Self> {
        if text.contains(char::is_control) {
            return Err(Finding::error("Remove the control characters: no queue has such a name."));
        }
        let finding = if text.contains(['<', '>']) {
            Some("This looks like a placeholder: write the queue's own name.")
        } else if text.contains(char::is_whitespace) || text.contains(is_invisible) {
            Some("A blank or an invisible character in a queue's name is rare and often a slip.")
        } else if text.contains([',', '*', '/']) {
            Some("One queue, its parts joined by dots: root.etl.")
        } else if text.starts_with('.') || text.ends_with('.') || text.contains("..") {
            Some("YARN knows no queue with an empty part between dots.")
        } else {
            None
        };
        Ok((Self(text.to_owned()), finding.map(Finding::warning)))
    }
}
