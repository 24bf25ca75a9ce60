//! One row of the table: a cause, what to say of it, and the words by which it is known, each with its source.

use form::Field;

use super::Cause;
use super::found::{About, Weight, Whom};

/// One cause.
pub(super) struct Entry {
    pub cause: Cause,
    pub about: About,
    /// The ways in which it is written.
    pub rules: &'static [Rule],
}

/// One way in which a cause is written.
pub(super) struct Rule {
    /// Parts that are all in one line, in this order. A first part that begins with `^` is at the line's beginning.
    pub parts: &'static [&'static str],
    /// A part that the line does not have; empty for none.
    unless: &'static str,
    /// A part of the line before, frames of traces left out; empty for any.
    pub after: &'static str,
    /// A part that the line before does not have; empty for none.
    pub not_after: &'static str,
    /// Where it counts.
    pub counts: Counts,
    /// What else has to hold for the line.
    when: fn(&str) -> bool,
}

/// Where the words of a rule count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// Wherever they stand.
    Always,
    /// In what ended the driver or its submission: others write the same in passing.
    Fatal,
    /// There, among the last words, and where executors were lost again and again: of single executors and tasks living sessions say
    /// the same.
    Last,
}

/// Words that are written only where something gives up. `source` names who writes them, with the version that was read, for
/// people alone: it is not in the program.
pub(super) const fn said(source: &'static str, parts: &'static [&'static str]) -> Rule {
    assert!(!source.is_empty() && !parts.is_empty(), "words have a source");
    Rule { parts, unless: "", after: "", not_after: "", counts: Counts::Always, when: |_| true }
}

/// Words of an exception, which count where it ended the driver or its submission. See [`said`].
pub(super) const fn fatal(source: &'static str, parts: &'static [&'static str]) -> Rule {
    Rule { counts: Counts::Fatal, ..said(source, parts) }
}

/// Words about an executor, a container or a task, which count where nothing came after them. See [`Counts::Last`].
pub(super) const fn last(source: &'static str, parts: &'static [&'static str]) -> Rule {
    Rule { counts: Counts::Last, ..said(source, parts) }
}

impl Rule {
    pub const fn unless(self, unless: &'static str) -> Self {
        Self { unless, ..self }
    }

    pub const fn after(self, after: &'static str) -> Self {
        Self { after, ..self }
    }

    pub const fn not_after(self, not_after: &'static str) -> Self {
        Self { not_after, ..self }
    }

    pub const fn when(self, when: fn(&str) -> bool) -> Self {
        Self { when, ..self }
    }

    /// True where the line has the words. Costs O(line).
    pub fn fits(&self, line: &str) -> bool {
        let mut rest = line;
        for part in self.parts {
            let found = match part.strip_prefix('^') {
                Some(start) => rest.strip_prefix(start),
                None => rest.split_once(part).map(|it| it.1),
            };
            match found {
                Some(after) => rest = after,
                None => return false,
            }
        }
        (self.unless.is_empty() || !line.contains(self.unless)) && (self.when)(line)
    }
}

/// A cause that says why.
pub(super) const fn reason(
    cause: Cause,
    word: &'static str,
    title: &'static str,
    advice: &'static str,
    whom: Whom,
) -> Entry {
    let weight = Weight::Reason;
    let about = About { word, title, advice, whom, field: None, weight, is_of_the_start: false };
    Entry { cause, about, rules: &[] }
}

/// A cause that is known without a log too.
pub(super) const fn known(cause: Cause, about: About) -> Entry {
    Entry { cause, about, rules: &[] }
}

impl Entry {
    pub const fn weighs(self, weight: Weight) -> Self {
        Self { about: About { weight, ..self.about }, ..self }
    }

    pub const fn field(self, field: Field) -> Self {
        Self { about: About { field: Some(field), ..self.about }, ..self }
    }

    /// It can only keep a session from starting.
    pub const fn start(self) -> Self {
        Self { about: About { is_of_the_start: true, ..self.about }, ..self }
    }

    pub const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }
}
