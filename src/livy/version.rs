//! Which Livy answers.

use serde_json::Value;

/// The answer of `GET /version`. Many gateways do not route it, so it may never be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(String);

impl Version {
    /// `None` when there is no version text in it.
    pub fn from_json(value: &Value) -> Option<Self> {
        value
            .get("version")
            .and_then(Value::as_str)
            .filter(|it| !it.trim().is_empty())
            .map(|it| Self(it.to_owned()))
    }

    /// As the server wrote it: `0.9.0-incubating`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without what follows the first hyphen: `0.9.0`.
    pub fn short(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// True for a server that is known to refuse a second session with the name of another: sessions have names there since 0.6
    /// (docs/protocol.md §10).
    pub fn has_unique_names(&self) -> bool {
        Release::parse(&self.0).is_some_and(|release| release >= Release::of_minor(6))
    }
}

/// A release of Livy by its two leading numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    major: u32,
    minor: u32,
}

impl Release {
    /// Livy 0.`minor`: all there are so far.
    pub const fn of_minor(minor: u32) -> Self {
        Self { major: 0, minor }
    }

    /// From the text of a version, `0.9.0-incubating`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.trim().split(['.', '-']).map(str::parse);
        Some(Self { major: numbers.next()?.ok()?, minor: numbers.next()?.ok()? })
    }
}

impl std::fmt::Display for Release {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Livy {}.{}", self.major, self.minor)
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
            assert_eq!(Version(text.to_owned()).has_unique_names(), expected, "{text:?}");
        }
    }
}
