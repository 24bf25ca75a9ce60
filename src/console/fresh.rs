//! How fresh the page is: one word and one age, for one place on the screen.

use std::time::Duration;

use livy::SessionState;

use crate::diagnosis::{Diagnosis, Evidence};
use crate::moment::roughly;
use crate::poll::Poll;
use crate::{Moment, Watch, long_ago};

/// The word of the page's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// No answer yet.
    Waiting,
    /// The last refresh succeeded.
    Live,
    /// The last refresh failed.
    Stale,
    /// Nothing more will come.
    Over,
}

/// The word, and the sentence that ticks once a second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// The word.
    pub freshness: Freshness,
    /// What is shown: `live, 1 s ago`.
    pub text: String,
}

impl Freshness {
    /// The value of `data-fresh`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Live => "live",
            Self::Stale => "stale",
            Self::Over => "over",
        }
    }
}

impl Fresh {
    pub(crate) fn over() -> Self {
        Self { freshness: Freshness::Over, text: "over".to_owned() }
    }

    /// `evidence` tells why no answer came.
    pub(crate) fn of(poll: &Poll, evidence: &Evidence, now: Moment) -> Self {
        let age = poll.answered.map(|it| now.since(it));
        let (freshness, text) = match (&poll.error, age) {
            (None, None) => (Freshness::Waiting, "waiting for the server".to_owned()),
            (None, Some(age)) => (Freshness::Live, format!("live, {}", long_ago(age))),
            (Some(error), age) => (Freshness::Stale, stale(&Diagnosis::of(error, evidence), age)),
        };
        Self { freshness, text }
    }

    /// With how long the session has been in its state, where that is known to be so still. It ticks, so it stands here.
    pub(crate) fn in_state(mut self, watch: &Watch, now: Moment) -> Self {
        let (before, last) = match watch.timeline() {
            [.., before, last] => (before.state.as_ref(), Some(last)),
            all => (None, all.first()),
        };
        if let (Freshness::Live, Some(spell)) = (self.freshness, last)
            && let Some(state) = spell.state.as_ref().filter(|it| !matches!(it, SessionState::Unknown(_)))
        {
            // A state that was there when the page first looked, or looked again, is older than that.
            let least = if before.is_none() { "at least " } else { "" };
            self.text.push_str(&format!(
                "; {} for {least}{}",
                state.as_str(),
                roughly(now.since(spell.from))
            ));
        }
        self
    }
}

fn stale(diagnosis: &Diagnosis, age: Option<Duration>) -> String {
    let reason = match diagnosis {
        Diagnosis::Offline => "this device is offline",
        Diagnosis::MixedContent | Diagnosis::PolicyBlocked { .. } | Diagnosis::CredentialsInAddress => {
            "the browser may not ask"
        }
        Diagnosis::NetworkOrCors | Diagnosis::NoAnswer => "the server does not answer",
        Diagnosis::TimedOut => "the server is too slow",
        Diagnosis::SignInNeeded | Diagnosis::SignInPage | Diagnosis::SentElsewhere => "sign in again",
        Diagnosis::Forbidden => "access denied",
        Diagnosis::GatewayAlone => "Livy is out of reach",
        Diagnosis::WrongPrefix(_) => "Livy is not at this address",
        Diagnosis::OwnPage | Diagnosis::OtherPage | Diagnosis::Unreadable => "not Livy's answer",
        Diagnosis::NoSession | Diagnosis::TooManyCalls | Diagnosis::ServerFailed | Diagnosis::Refused => {
            "the server refuses"
        }
    };
    age.map_or_else(|| format!("no data yet: {reason}"), |age| format!("stale, {}: {reason}", long_ago(age)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::{CallError, Page};

    #[test]
    fn one_word_and_one_age() {
        let mut poll = Poll::at_once(Moment::default());
        let said = |poll: &Poll, secs: u64| {
            let it = Fresh::of(poll, &Evidence::default(), Moment::from_millis(secs * 1_000));
            (it.freshness.as_str(), it.text)
        };
        assert_eq!(said(&poll, 5), ("waiting", "waiting for the server".into()));
        poll.failed(CallError::Unreachable, Moment::default(), 0);
        assert_eq!(said(&poll, 5), ("stale", "no data yet: the server does not answer".into()));
        let offline = Evidence { online: false, ..Evidence::default() };
        let it = Fresh::of(&poll, &offline, Moment::from_millis(5_000));
        assert_eq!(it.text, "no data yet: this device is offline");
        poll.succeeded(Moment::from_millis(6_000), None);
        assert_eq!(said(&poll, 7), ("live", "live, 1 s ago".into()));
        let gateway =
            CallError::NotLivy { status: 502, title: String::new(), page: Page::Other, retry_after: None };
        poll.failed(gateway, Moment::default(), 0);
        assert_eq!(said(&poll, 46), ("stale", "stale, 40 s ago: Livy is out of reach".into()));
    }
}
