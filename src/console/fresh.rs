//! How fresh the page is: one word and one age for one place on the screen, and what the tab's title says of trouble.

use std::time::Duration;

use livy::{CallError, SessionState};

use crate::diagnosis::Diagnosis;
use crate::evidence::Evidence;
use crate::moment::roughly;
use crate::poll::Poll;
use crate::{Doing, Moment, Notice, Watch, long_ago};

/// The word of the page's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// No answer yet.
    Waiting,
    /// The last refresh succeeded.
    Live,
    /// The last refresh failed, or the page itself did not come.
    Stale,
    /// Nothing more will come.
    Over,
}

/// The word, and the sentence that ticks once a second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// The word.
    pub freshness: Freshness,
    /// What is shown: `Updated 1 s ago`.
    pub text: String,
    /// For the title of the tab while the page cannot be refreshed, once that is worth a word: `Offline`.
    pub trouble: Option<&'static str>,
    /// When the last good answer came: the moment behind the age.
    pub answered: Option<Moment>,
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
    pub(crate) fn over(answered: Option<Moment>) -> Self {
        Self { freshness: Freshness::Over, text: "No longer updated".to_owned(), trouble: None, answered }
    }

    /// The page's own code did not come: nothing is on its way.
    pub(crate) fn not_loaded() -> Self {
        let text = "No data: this page could not be loaded".to_owned();
        Self { freshness: Freshness::Stale, text, trouble: Some("Not loaded"), answered: None }
    }

    /// `judge` tells why no good answer came.
    pub(crate) fn of(poll: &Poll, judge: &Judge, now: Moment) -> Self {
        let age = poll.answered.map(|it| now.since(it));
        let (freshness, text) = match (&poll.error, age) {
            (None, None) => (Freshness::Waiting, "Waiting for the server".to_owned()),
            (None, Some(age)) => (Freshness::Live, format!("Updated {}", long_ago(age))),
            (Some(error), age) => (Freshness::Stale, stale(judge.reason(error).1, age)),
        };
        let text = match poll.patience(now) {
            Some(rest) => format!("{text} · asks again in {}", roughly(rest)),
            None => text,
        };
        let trouble = poll.trouble().map(|it| judge.reason(it).0);
        Self { freshness, text, trouble, answered: poll.answered }
    }

    /// With how long the session has been in its state, while that is still certain. It ticks, so it is here.
    pub(crate) fn in_state(mut self, watch: &Watch, now: Moment) -> Self {
        let (before, last) = match watch.timeline() {
            [.., before, last] => (before.state.as_ref(), Some(last)),
            all => (None, all.first()),
        };
        if let (Freshness::Live, Some(spell)) = (self.freshness, last)
            && let Some(state) = spell.state.as_ref().filter(|it| !matches!(it, SessionState::Unknown(_)))
        {
            // A state that was there when the page first looked, or looked again, is older than that.
            let least = if before.is_none() { " or more" } else { "" };
            self.text.push_str(&format!(
                " · {} for {}{least}",
                state.as_str(),
                roughly(now.since(spell.from))
            ));
        }
        self
    }
}

/// What the page knows of calls that fail, and who tells why.
#[derive(Default)]
pub(crate) struct Judge {
    /// What the browser told when a call last failed without an answer.
    pub evidence: Evidence,
    /// The words for failures, once their part of the program is here.
    pub lent: Option<LentWords>,
}

/// What the part of the program with the words for failures lends to the machine.
#[derive(Clone, Copy, Debug)]
pub struct LentWords {
    reason: fn(&CallError, &Evidence) -> (&'static str, &'static str),
    word: fn(&CallError, &Evidence) -> &'static str,
    title: fn(&CallError, Doing, &Evidence) -> String,
}

/// Lends the words for failures.
pub fn words() -> LentWords {
    LentWords {
        reason,
        word: |error, evidence| Diagnosis::of(error, evidence).word(),
        title: |error, doing, evidence| Notice::of(error, doing, evidence).title,
    }
}

impl Judge {
    /// What a failure is called.
    pub(crate) fn title(&self, error: &CallError, doing: Doing) -> String {
        match self.lent {
            Some(lent) => (lent.title)(error, doing, &self.evidence),
            None => self.reason(error).0.to_owned(),
        }
    }

    /// What a failure is, in the word of [`Diagnosis`] that the host is told.
    pub(crate) fn word(&self, error: &CallError) -> &'static str {
        match (self.lent, error) {
            (Some(lent), _) => (lent.word)(error, &self.evidence),
            (None, CallError::Unreachable) => "no-answer",
            (None, CallError::TimedOut) => "timed-out",
            (None, CallError::Unsigned) => "not-signed-in",
            (None, _) => "refused",
        }
    }

    /// As it is told by that part; the little that is certain without it.
    fn reason(&self, error: &CallError) -> (&'static str, &'static str) {
        match (self.lent, error) {
            (Some(lent), _) => (lent.reason)(error, &self.evidence),
            (None, CallError::Unreachable | CallError::TimedOut) => {
                ("No answer", "no answer from the server")
            }
            (None, _) => ("Error", "the server answers with an error"),
        }
    }
}

/// Why the page cannot be refreshed: for the tab's title, and after the age on the page.
fn reason(error: &CallError, evidence: &Evidence) -> (&'static str, &'static str) {
    match Diagnosis::of(error, evidence) {
        Diagnosis::Offline => ("Offline", "this device is offline"),
        Diagnosis::MixedContent | Diagnosis::PolicyBlocked { .. } | Diagnosis::CredentialsInAddress => {
            ("Blocked", "blocked by the browser")
        }
        Diagnosis::NetworkOrCors | Diagnosis::NoAnswer => ("No answer", "no answer from the server"),
        Diagnosis::TimedOut => ("No answer", "the server is too slow"),
        Diagnosis::Unsigned => ("Sign in", "the page around has not signed in"),
        Diagnosis::SignInNeeded | Diagnosis::SignInPage | Diagnosis::SentElsewhere => {
            ("Sign in", "sign in again")
        }
        Diagnosis::Forbidden => ("No access", "access denied"),
        Diagnosis::GatewayAlone => ("No answer", "no answer from Livy"),
        Diagnosis::WrongPrefix(_) => ("No Livy", "Livy is not at this address"),
        Diagnosis::OwnPage | Diagnosis::OtherPage | Diagnosis::Unreadable => {
            ("No Livy", "the answer is not from Livy")
        }
        Diagnosis::Paused => ("Paused", "the server's capacity is paused"),
        Diagnosis::Undecided { .. } => ("Not certain", "the server says 404, its list does not confirm it"),
        Diagnosis::NoSession
        | Diagnosis::TooManyCalls
        | Diagnosis::TooLarge
        | Diagnosis::ServerFailed
        | Diagnosis::Refused => ("Refused", "refused by the server"),
    }
}

fn stale(reason: &str, age: Option<Duration>) -> String {
    match age {
        Some(age) => format!("Not updated for {}: {reason}", roughly(age)),
        None => format!("No data yet: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::Page;

    fn judge(online: bool) -> Judge {
        Judge { evidence: Evidence { online, ..Evidence::default() }, lent: Some(words()) }
    }

    #[test]
    fn one_word_and_one_age() {
        let mut poll = Poll::at_once(Moment::default());
        let said = |poll: &Poll, secs: u64| {
            let it = Fresh::of(poll, &judge(true), Moment::from_millis(secs * 1_000));
            (it.freshness.as_str(), it.text)
        };
        assert_eq!(said(&poll, 5), ("waiting", "Waiting for the server".into()));
        poll.failed(CallError::Unreachable, Moment::default(), 0);
        assert_eq!(said(&poll, 5), ("stale", "No data yet: no answer from the server".into()));
        let it = Fresh::of(&poll, &judge(false), Moment::from_millis(5_000));
        assert_eq!(it.text, "No data yet: this device is offline");
        poll.succeeded(Moment::from_millis(6_000), None);
        assert_eq!(said(&poll, 7), ("live", "Updated 1 s ago".into()));
        let gateway =
            CallError::NotLivy { status: 502, title: String::new(), page: Page::Other, retry_after: None };
        poll.failed(gateway, Moment::default(), 0);
        assert_eq!(said(&poll, 46), ("stale", "Not updated for 40 s: no answer from Livy".into()));
        let busy = CallError::Refused { status: 503, message: String::new(), retry_after: Some(3_600) };
        poll.failed(busy, Moment::default(), 0);
        let text = "Not updated for 40 s: no answer from Livy · asks again in 59 min";
        assert_eq!(said(&poll, 46), ("stale", text.into()));
    }

    #[test]
    fn a_failure_has_a_word_before_the_words_for_failures_are_here() {
        let mut poll = Poll::at_once(Moment::default());
        let mut said = |error| {
            poll.failed(error, Moment::default(), 0);
            let it = Fresh::of(&poll, &Judge::default(), Moment::from_millis(5_000));
            (it.text, it.trouble)
        };
        let silence = said(CallError::Unreachable);
        assert_eq!(silence, ("No data yet: no answer from the server".into(), Some("No answer")));
        let refusal = CallError::Refused { status: 500, message: "secret".into(), retry_after: None };
        assert_eq!(said(refusal), ("No data yet: the server answers with an error".into(), Some("Error")));
    }

    #[test]
    fn the_title_tells_trouble_that_is_worth_a_word() {
        let mut poll = Poll::at_once(Moment::default());
        let trouble =
            |poll: &Poll, online| Fresh::of(poll, &judge(online), Moment::from_millis(9_000)).trouble;
        poll.succeeded(Moment::from_millis(6_000), None);
        assert_eq!(trouble(&poll, true), None);
        poll.failed(CallError::Unreachable, Moment::from_millis(7_000), 0);
        assert_eq!(trouble(&poll, true), None, "one call that fails is no outage");
        poll.failed(CallError::Unreachable, Moment::from_millis(8_000), 0);
        assert_eq!((trouble(&poll, true), trouble(&poll, false)), (Some("No answer"), Some("Offline")));
        poll.succeeded(Moment::from_millis(9_000), None);
        assert_eq!(trouble(&poll, true), None);
    }
}
