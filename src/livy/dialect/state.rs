//! States in the words of other servers than Livy. They are shown as they came; here is what they mean.

/// Fabric's acquisition of a session (`SessionStateInfo`, `BatchStateInfo`), its sessions of high concurrency
/// (`HighConcurrencySessionState`), the states it has beside Livy's (`SessionState`), all in its swagger; and Kyuubi's of a batch
/// (`OperationState.scala`, `BatchJobSubmission.scala`): each with Livy's word for the same.
const WORDS: [(&str, &[&str]); 5] = [
    (
        "starting",
        &[
            "acquiring",
            "acquiringSession",
            "queued",
            "libraryPackaging",
            "submitting",
            "not_submitted",
            "NotStarted",
            "AcquiringHighConcurrencySession",
            "INITIALIZED",
            "PENDING",
        ],
    ),
    ("idle", &["Idle"]),
    ("busy", &["RUNNING"]),
    ("shutting_down", &["cancelling", "Deleting"]),
    (
        "dead",
        &[
            "cancelled",
            "expired",
            "Dead",
            "Killed",
            "Failed",
            "FINISHED",
            "ERROR",
            "CANCELED",
            "TIMEOUT",
            "CLOSED",
        ],
    ),
];

/// Livy's word for another server's; `None` for a word of nobody.
pub(crate) fn in_livys_word(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(_, words)| words.contains(&word)).map(|it| it.0)
}
