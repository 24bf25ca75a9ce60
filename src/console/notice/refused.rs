//! Livy's own no in words, and a server that takes no more for now.

use std::time::Duration;

use livy::CallError;

use super::{Doing, what};
use crate::plainly;

/// The server takes no further session for now: the request itself is well.
pub(super) fn full(error: &CallError, status: u16) -> (String, String) {
    let wait = match error.retry_after() {
        Some(seconds) => format!("Wait {}", plainly(Duration::from_secs(seconds.into()))),
        None => "Wait until other sessions have started or ended".to_owned(),
    };
    (
        format!("The server is at its limit ({status})"),
        format!(
            "No session was created, and nothing in your request is wrong. {wait}, then press “Create session” again. Your form is \
             unchanged."
        ),
    )
}

/// The capacity is switched off: nothing in the request is wrong, and no waiting helps.
pub(super) fn paused(status: u16, doing: Doing) -> (String, String) {
    let resume =
        "Ask whoever runs the capacity to resume it (in Azure: the Fabric capacity of this workspace)";
    let hint = match doing {
        Doing::Creating => format!(
            "No session was created, and nothing in your request is wrong. {resume}, then press “Create session” again. Your form is \
             unchanged."
        ),
        Doing::Deleting => {
            format!("The session was not deleted: a paused capacity runs nothing. {resume}, then try again.")
        }
        Doing::Reading | Doing::ReadingLog => format!("{resume}, then try again."),
    };
    (format!("The server's capacity is paused ({status})"), hint)
}

/// What is done about a request that is larger than the server or a gateway takes.
pub(super) fn too_large(doing: Doing) -> &'static str {
    match doing {
        Doing::Creating => {
            "No session was created. Make the request smaller: put long values of conf into a file, or ask your administrator to \
             raise the limit of the server or its proxy."
        }
        _ => {
            "The server or a proxy refuses requests of this size. Ask your administrator to raise the limit."
        }
    }
}

/// Livy's own no, by what was wanted.
pub(super) fn refused(status: u16, doing: Doing) -> (String, String) {
    let title = match doing {
        Doing::Creating => format!("Livy refused the request ({status})"),
        doing => format!("Livy refused to {} ({status})", what(doing)),
    };
    let hint = match (doing, status) {
        (Doing::Creating, 500..) => "Livy failed. Check the list of sessions before you try again.",
        (Doing::Creating, _) => {
            "No session was created. Fix what the message names, then create the session again."
        }
        (_, 500..) => "Livy failed; its server log says why. This page shows the last good answer.",
        _ => "This page shows the last good answer.",
    };
    (title, hint.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Notice;

    fn notice(error: CallError, doing: Doing) -> Notice {
        Notice::of(&error, doing, &crate::evidence::Evidence::default())
    }

    fn refused(status: u16, message: &str) -> CallError {
        CallError::Refused { status, message: message.into(), retry_after: None }
    }

    #[test]
    fn a_server_at_its_limit_asks_for_patience_and_nothing_else() {
        let full = "Rejected, too many sessions are being created!";
        let later = |status, retry_after| CallError::Refused { status, message: String::new(), retry_after };
        for (error, remedy) in [
            (refused(400, full), "Wait until other sessions have started or ended, then"),
            (later(429, Some(90)), "Wait 1 min 30 s, then"),
            (later(430, None), "Wait until"),
            (refused(400, "Maximum number of running sessions (5) has been reached"), "Wait until"),
            (refused(500, "Request rate exceeded (ThrottlingException)"), "Wait until"),
        ] {
            let it = notice(error.clone(), Doing::Creating);
            assert!(it.title.starts_with("The server is at its limit ("), "{}", it.title);
            assert!(it.hint.contains(remedy) && it.hint.contains("unchanged"), "{}", it.hint);
            assert!(!notice(error, Doing::Deleting).title.contains("limit"));
        }
        for (error, doing) in [
            (refused(404, "Capacity is not active (CapacityNotActive)"), Doing::Creating),
            (refused(503, "x (FabricCapacityNotActive)"), Doing::Reading),
            (
                CallError::NoRoute { by: livy::Answerer::Another, words: "capacity is paused".into() },
                Doing::Deleting,
            ),
        ] {
            let it = notice(error, doing);
            assert!(
                it.title.starts_with("The server's capacity is paused (") && it.hint.contains("resume it"),
                "{}",
                it.hint
            );
        }
        let other = notice(refused(400, "Rejected, Reason: Invalid session name: 1"), Doing::Creating);
        assert!(other.hint.contains("Fix what"), "{}", other.hint);
    }
}
