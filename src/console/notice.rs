//! The words for every failure of a call, in one place: what happened, what is safe, what to do.

use livy::{BaseUrl, CallError};

/// What the page was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Listing or reading sessions.
    Reading,
    /// Reading a log.
    ReadingLog,
    /// Creating a session.
    Creating,
    /// Deleting a session.
    Deleting,
}

/// A failure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub title: String,
    /// What is safe, and what to do next.
    pub hint: String,
    /// The server's own words, where it had any.
    pub words: Option<String>,
}

impl Notice {
    /// Words a failure. `base` is where the cluster was asked.
    pub fn of(error: &CallError, doing: Doing, base: &BaseUrl) -> Self {
        let at = if base.as_str().is_empty() { "the page's own address" } else { base.as_str() };
        let (title, hint) = match error {
            CallError::Unreachable => (
                "The server does not answer".to_owned(),
                format!(
                    "There is no connection to {at}: the network is down, the server or the proxy before it has stopped, or \
                     the browser was not allowed to ask there. {}",
                    safe(doing)
                ),
            ),
            CallError::TimedOut => (
                "The server did not answer in time".to_owned(),
                format!("It may be busy, or a gateway may hold the answer back. {}", safe(doing)),
            ),
            _ if error.status() == Some(401) => (
                "The server wants you to sign in".to_owned(),
                "Sign in to the portal in another tab or reload this page, then try again. What you typed is kept.".to_owned(),
            ),
            _ if error.status() == Some(403) => (format!("You are not allowed to {}", what(doing)), forbidden(doing).to_owned()),
            CallError::Refused { status: status @ 502..=504, .. } | CallError::NotLivy { status: status @ 502..=504, .. } => (
                format!("The gateway cannot reach Livy ({status})"),
                format!("The proxy answers, the Livy server behind it does not. {}", safe(doing)),
            ),
            CallError::Refused { status: 404, message, .. } if message.is_empty() => wrong_address(at, 404),
            CallError::NotLivy { status: 404, .. } => wrong_address(at, 404),
            CallError::Refused { status: 404, .. } => (
                "The server does not know this session".to_owned(),
                "It may have ended and been forgotten, been deleted, or Livy may have restarted.".to_owned(),
            ),
            CallError::Refused { status: 429, .. } => {
                ("The server asks for fewer requests (429)".to_owned(), "The page waits as long as it was told to.".to_owned())
            }
            CallError::Refused { status, .. } => (
                match doing {
                    Doing::Creating => format!("Livy refused the request ({status})"),
                    doing => format!("Livy refused to {} ({status})", what(doing)),
                },
                match (doing, status) {
                    (Doing::Creating, 500..) => "Livy failed on it. Look into the list of sessions before you try again.".to_owned(),
                    (Doing::Creating, _) => "No session was made. Change what it speaks of, then create it again.".to_owned(),
                    _ => "What the page shows is the last good answer.".to_owned(),
                },
            ),
            CallError::NotLivy { status, .. } if *status < 300 => (
                "A web page came instead of Livy's answer".to_owned(),
                format!(
                    "It is probably a sign-in page, or {at} is not where Livy is. Sign in and reload, or check the base URL of this page. {}",
                    safe(doing)
                ),
            ),
            CallError::NotLivy { status, .. } => (
                format!("A web page came instead of Livy's answer ({status})"),
                format!("Something before Livy answers at {at}: check the proxy and the base URL of this page. {}", safe(doing)),
            ),
            CallError::Unreadable { status, expected } => (
                format!("The answer is not Livy's ({status} without {expected})"),
                format!("Something else may answer at {at}, or a proxy cuts answers short. {}", safe(doing)),
            ),
        };
        Self { title, hint, words: words(error) }
    }
}

fn wrong_address(at: &str, status: u16) -> (String, String) {
    (
        format!("Livy is not at this address ({status})"),
        format!(
            "Something answers at {at}, but it knows no Livy sessions there. Check the base URL of this page, and that the proxy \
             takes its prefix off before it asks Livy."
        ),
    )
}

fn what(doing: Doing) -> &'static str {
    match doing {
        Doing::Reading => "see this",
        Doing::ReadingLog => "show this log",
        Doing::Creating => "create this session",
        Doing::Deleting => "delete this session",
    }
}

fn forbidden(doing: Doing) -> &'static str {
    match doing {
        Doing::Creating => {
            "No session was made. A proxy user is the usual cause: leave it empty or ask the operator for the right."
        }
        Doing::Deleting => "The session goes on. Its owner or an operator can delete it.",
        Doing::Reading | Doing::ReadingLog => "Ask the operator of the server for access, then try again.",
    }
}

fn safe(doing: Doing) -> &'static str {
    match doing {
        Doing::Reading => "Sessions go on without this page, and it keeps asking.",
        Doing::ReadingLog => "The lines below are kept, and the page keeps asking.",
        Doing::Creating => "Whether the session was made is not known yet.",
        Doing::Deleting => "It may still be carried out: the page keeps looking at the session.",
    }
}

fn words(error: &CallError) -> Option<String> {
    match error {
        CallError::Refused { message, .. } => Some(message),
        CallError::NotLivy { title, .. } => Some(title),
        _ => None,
    }
    .filter(|it| !it.is_empty())
    .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(error: CallError, doing: Doing) -> Notice {
        Notice::of(&error, doing, &BaseUrl::parse("/livy").unwrap())
    }

    fn refused(status: u16, message: &str) -> CallError {
        CallError::Refused { status, message: message.into(), retry_after: None }
    }

    #[test]
    fn every_failure_has_words_and_keeps_the_servers() {
        let page = |status| CallError::NotLivy { status, title: "Sign in".into() };
        let cases = [
            (CallError::Unreachable, Doing::Reading, "The server does not answer", None),
            (CallError::TimedOut, Doing::Creating, "The server did not answer in time", None),
            (refused(401, ""), Doing::Reading, "The server wants you to sign in", None),
            (page(401), Doing::Reading, "The server wants you to sign in", Some("Sign in")),
            (refused(403, "no"), Doing::Deleting, "You are not allowed to delete this session", Some("no")),
            (refused(400, "bad"), Doing::Creating, "Livy refused the request (400)", Some("bad")),
            (refused(500, "bad"), Doing::ReadingLog, "Livy refused to show this log (500)", Some("bad")),
            (refused(404, ""), Doing::Reading, "Livy is not at this address (404)", None),
            (page(404), Doing::Reading, "Livy is not at this address (404)", Some("Sign in")),
            (page(502), Doing::Reading, "The gateway cannot reach Livy (502)", Some("Sign in")),
            (page(200), Doing::Reading, "A web page came instead of Livy's answer", Some("Sign in")),
            (
                CallError::Unreadable { status: 200, expected: "a session" },
                Doing::Reading,
                "The answer is not Livy's (200 without a session)",
                None,
            ),
        ];
        for (error, doing, title, words) in cases {
            let it = notice(error, doing);
            assert_eq!((it.title.as_str(), it.words.as_deref()), (title, words));
            assert!(it.hint.ends_with('.'), "{}", it.hint);
        }
    }

    #[test]
    fn the_address_that_was_asked_is_named() {
        assert!(notice(CallError::Unreachable, Doing::Reading).hint.contains("/livy"));
        assert!(notice(refused(404, ""), Doing::Reading).hint.contains("/livy"));
    }
}
