//! What a draft is read against: the server's version, the host's policy, and the name made up for it.

use crate::{Policy, SessionName};

/// The terms of a reading.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadContext {
    pub(crate) made_up: SessionName,
    pub(crate) server: Option<Release>,
    pub(crate) policy: Policy,
}

/// A release of Livy by its two leading numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Release {
    major: u32,
    minor: u32,
}

impl Release {
    /// Livy 0.`minor`: all there are so far.
    pub(crate) const fn of_minor(minor: u32) -> Self {
        Self { major: 0, minor }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.trim().split(['.', '-']).map(str::parse);
        Some(Self { major: numbers.next()?.ok()?, minor: numbers.next()?.ok()? })
    }
}

impl std::fmt::Display for Release {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Livy {}.{}", self.major, self.minor)
    }
}

impl ReadContext {
    /// A server of unknown version and no policy. `made_up` is the name a draft gets where the person gave none.
    pub fn new(made_up: SessionName) -> Self {
        Self { made_up, server: None, policy: Policy::default() }
    }

    /// True for a server that is known to refuse a second session with the name of another: sessions have names there since 0.6
    /// (docs/protocol.md §10).
    pub fn has_unique_names(&self) -> bool {
        self.server.is_some_and(|it| it >= Release::of_minor(6))
    }

    /// The name that is sent where the person gives none.
    pub fn made_up(&self) -> &SessionName {
        &self.made_up
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// With another made up name.
    #[must_use]
    pub fn with_name(mut self, made_up: SessionName) -> Self {
        self.made_up = made_up;
        self
    }

    /// With the version that the server told, `0.9.0-incubating`; a text that is none leaves it unknown.
    #[must_use]
    pub fn with_server(mut self, version: &str) -> Self {
        self.server = Release::parse(version);
        self
    }

    /// With the policy of whoever hosts the page.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_apart_by_two_numbers() {
        for (text, release) in [
            ("0.9.0-incubating", Some(Release::of_minor(9))),
            ("0.8", Some(Release::of_minor(8))),
            ("0.10.0-incubating-SNAPSHOT", Some(Release::of_minor(10))),
            ("1.0.0", Some(Release { major: 1, minor: 0 })),
            ("", None),
            ("livy", None),
        ] {
            assert_eq!(Release::parse(text), release, "{text:?}");
        }
        assert!(Release::of_minor(10) > Release::of_minor(9));
        for (text, expected) in [("0.9.0", true), ("0.6.0", true), ("0.5.0", false), ("", false)] {
            assert_eq!(
                ReadContext::new(SessionName::made_up(1)).with_server(text).has_unique_names(),
                expected,
                "{text:?}"
            );
        }
    }
}
