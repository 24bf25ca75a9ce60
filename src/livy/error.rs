//! How a call can fail, by the place where it broke.

use std::fmt;

use crate::{Address, Meaning};

/// A call that brought no usable answer. Variants follow the order of the wire; words for people are written elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// No answer at all: no network, a refused connection, CORS, or the page's own policy. The browser does not say which.
    Unreachable,
    /// No answer within the time given.
    TimedOut,
    /// The page around the console, which signs its calls in, gave no answer or failed: nothing was sent.
    Unsigned,
    /// The server said no, in its own words (empty when it gave none).
    Refused {
        /// The HTTP status, 300 or more.
        status: u16,
        /// What it said, taken out of whichever of the four shapes it came in (docs/protocol.md §5).
        message: String,
        /// The `Retry-After` of the answer, in seconds.
        retry_after: Option<u32>,
    },
    /// A 404 that is not Livy's word on a session: nothing of Livy's stands at this address.
    NoRoute {
        /// Who said so.
        by: Answerer,
        /// What was said: a page's title or a proxy's text (empty when there was none).
        words: String,
    },
    /// A page for people instead of JSON: a gateway's error, a sign-in page, somebody else's web server.
    NotLivy {
        /// The HTTP status, whatever it was.
        status: u16,
        /// The page's title (empty when it has none).
        title: String,
        /// What kind of page it is.
        page: Page,
        /// The `Retry-After` of the answer, in seconds.
        retry_after: Option<u32>,
    },
    /// A 404 about a session, where the list of the same server does not prove that it is gone.
    Undecided {
        /// True where the list has the session.
        is_listed: bool,
        /// What was said with the 404 (empty when nothing was).
        words: String,
    },
    /// The right status, but not the promised shape.
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// What was expected: "a session".
        expected: &'static str,
    },
}

/// Who answered a 404, by the shape of the answer alone: gateways replace the `Server` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answerer {
    /// Livy itself, asked for a path it does not have. Such an answer is empty and bears a type with a character set
    /// (`GET /livy/sessions` on 0.9.0: `text/html;charset=utf-8`; an unknown part of `/sessions`: `application/json;charset=utf-8`).
    Livy,
    /// Somebody else, in words or a page of their own.
    Another,
    /// It cannot be told: an empty answer without such a type.
    Unknown,
}

/// What a page that came instead of an answer is, by its structure and never by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// It asks for a password or hands on a sign-in (SAML), or the call was redirected to it.
    SignIn,
    /// The console's own `index.html`: the web server's answer for files it does not have.
    Console,
    /// None of these.
    Other,
}

impl CallError {
    /// The HTTP status, where an answer came.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Unsigned => None,
            Self::NoRoute { .. } | Self::Undecided { .. } => Some(404),
            Self::Refused { status, .. } | Self::NotLivy { status, .. } | Self::Unreadable { status, .. } => {
                Some(*status)
            }
        }
    }

    /// The server's own words, where it had any.
    pub fn words(&self) -> Option<&str> {
        let words = match self {
            Self::Refused { message, .. } => message,
            Self::NotLivy { title, .. } => title,
            Self::NoRoute { words, .. } | Self::Undecided { words, .. } => words,
            Self::Unreachable | Self::TimedOut | Self::Unsigned | Self::Unreadable { .. } => return None,
        };
        Some(words.as_str()).filter(|it| !it.is_empty())
    }

    /// What a refusal means, whatever its status; `None` where no answer came, or none that refuses.
    pub fn meaning(&self) -> Option<Meaning> {
        let status = self.status().filter(|it| *it >= 400)?;
        Some(Meaning::of(status, self.words().unwrap_or_default()))
    }

    /// 401, 403 and what means the same: asking again by itself would change nothing, a person has to act. A server that fails may be well
    /// the next time, whatever it says.
    pub fn needs_person(&self) -> bool {
        let is_failure = self.status().is_some_and(|it| it >= 500 && it != 511);
        !is_failure && matches!(self.meaning(), Some(Meaning::SignIn | Meaning::Forbidden))
    }

    /// Livy itself says that there is no such session. Any other 404 is [`CallError::NoRoute`]; Livy says no 410.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Refused { status: 404, .. })
    }

    /// Livy itself says it of what was asked for at this address, and of nothing else.
    pub fn denies(&self, address: &Address) -> bool {
        let quoted = || self.words().and_then(|it| it.split('\'').nth(1));
        self.is_gone() && quoted() == Some(address.as_str())
    }

    /// A 404 or 410 that need not be about the session: whoever said it may know nothing of sessions.
    pub fn is_missing(&self) -> bool {
        matches!(self.status(), Some(404 | 410))
    }

    /// True where the server answered that there is no such call: 404 of a path, 405, 501.
    pub fn has_no_such_call(&self) -> bool {
        matches!(self, Self::NoRoute { .. }) || matches!(self.status(), Some(405 | 501))
    }

    /// After a POST: true when it cannot be told whether the server carried it out. An answer of a gateway (502, 503, 504,
    /// 408, 499 and 520 to 527 of others, or a page with 2xx or 5xx) says nothing of what Livy did behind it.
    pub fn leaves_doubt(&self) -> bool {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Unreadable { .. } => true,
            Self::Unsigned | Self::NoRoute { .. } | Self::Undecided { .. } => false,
            // Who has no room has not taken it.
            _ if matches!(self.meaning(), Some(Meaning::NoRoom | Meaning::Paused)) => false,
            // Some gateways say with a 500 that what is behind them did not answer.
            Self::Refused { status: 500.., .. } if self.meaning() == Some(Meaning::Down) => true,
            Self::Refused { status, .. } => matches!(status, 408 | 499 | 502..=504 | 520..=527),
            Self::NotLivy { status, .. } => !(300..500).contains(status),
        }
    }

    /// What is known of a 404 that the list does not confirm; `is_listed` where the list has the session.
    #[must_use]
    pub fn undecided(&self, is_listed: bool) -> Self {
        Self::Undecided { is_listed, words: self.words().unwrap_or_default().to_owned() }
    }

    /// How long the server asked to be left alone, in seconds.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Refused { retry_after, .. } | Self::NotLivy { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

impl fmt::Display for CallError {
    /// A short technical name without the server's words, which may hold paths and hosts.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => out.write_str("unreachable"),
            Self::TimedOut => out.write_str("timed out"),
            Self::Unsigned => out.write_str("not signed in by the page"),
            Self::Refused { status, .. } => write!(out, "refused with {status}"),
            Self::NoRoute { .. } => out.write_str("no Livy at this address, 404"),
            Self::NotLivy { status, .. } => write!(out, "not Livy, {status}"),
            Self::Undecided { .. } => out.write_str("404 that the list does not confirm"),
            Self::Unreadable { status, expected } => write!(out, "{status} without {expected}"),
        }
    }
}

impl std::error::Error for CallError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_that_refuses_means_something() {
        let refused = CallError::Refused { status: 403, message: "Token expired".into(), retry_after: None };
        assert_eq!(refused.meaning(), Some(Meaning::SignIn));
        assert_eq!(CallError::Unreachable.meaning(), None);
        assert_eq!(CallError::Unreadable { status: 200, expected: "a session" }.meaning(), None);
    }
}
