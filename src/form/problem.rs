//! What is wrong with a draft, said to the person who typed it.

use crate::Field;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It may be meant: the request can be sent.
    Warning,
    /// Livy would refuse it or Spark would die of it: nothing is sent.
    Error,
}

/// One problem of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub field: Field,
    /// Which row of a list, counted from 0.
    pub row: Option<usize>,
    /// How much it matters.
    pub severity: Severity,
    /// What to write instead, and why. A sentence.
    pub message: String,
}

impl Problem {
    /// True when it keeps the request from being sent.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// What a rule found, before it is known where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub severity: Severity,
    pub message: String,
}

impl Finding {
    pub(crate) fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into() }
    }

    /// The finding at its place.
    pub(crate) fn at(self, field: Field, row: Option<usize>) -> Problem {
        Problem { field, row, severity: self.severity, message: self.message }
    }

    pub(crate) fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, message: message.into() }
    }
}

/// A value that can be sent, with what is to be said of it; or the one reason why there is none.
pub(crate) type Verdict<T> = Result<(T, Option<Finding>), Finding>;
