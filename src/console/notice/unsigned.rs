//! A call that the page around the console has not signed in: nothing was sent.

use livy::CallError;

use super::{Doing, safe};

pub(super) fn unsigned(doing: Doing) -> (String, String) {
    let safe = match doing {
        Doing::Reading | Doing::ReadingLog => safe(doing, &CallError::Unsigned),
        Doing::Creating => "Nothing was sent: no session was created.",
        Doing::Deleting => "Nothing was sent: the session keeps running.",
    };
    (
        "The page around this console has not signed in".to_owned(),
        format!(
            "Sign in there, then try again. If it does not ask you to, its own sign-in has failed. {safe}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_signed_in_was_not_sent() {
        for (doing, safe) in [
            (Doing::Creating, "no session was created"),
            (Doing::Deleting, "the session keeps running"),
            (Doing::Reading, "keeps trying"),
        ] {
            let (title, hint) = unsigned(doing);
            assert!(title.contains("has not signed in") && hint.contains(safe), "{hint}");
        }
        assert!(!CallError::Unsigned.leaves_doubt());
    }
}
