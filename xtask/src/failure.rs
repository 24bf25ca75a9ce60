//! What ends a command: one sentence for the person who ran it.

use std::fmt;

/// Why a command could not do its work, in words, with what mends it where that is known.
#[derive(Debug, PartialEq)]
pub struct Failure(String);

/// What every step of a command gives back.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure with these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Puts before an error what was being done when it happened.
pub trait At<T> {
    /// `what` is the beginning of the sentence: "Reading Cargo.lock".
    fn at(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> At<T> for Result<T, E> {
    fn at(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{what} did not work: {error}.")))
    }
}
