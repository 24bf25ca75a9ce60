//! Why a command failed: one sentence for the person who ran it.

use std::fmt;

/// Why a command failed, with the remedy where it is known.
#[derive(Debug, PartialEq)]
pub struct Failure(String);

/// What every step of a command returns.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure with this message.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Adds what was being done to an error.
pub trait At<T> {
    /// `what` begins the sentence: "Reading Cargo.lock".
    fn at(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> At<T> for Result<T, E> {
    fn at(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{what} failed: {error}.")))
    }
}
