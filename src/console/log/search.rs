//! What is looked for in a log, and what each line is worth: its level.

use super::line::shown;

/// A text to be found as it stands; no pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// In lower case, unless case matters.
    needle: String,
    matches_case: bool,
}

impl Search {
    /// Looks for a text; an empty one finds nothing.
    pub fn new(needle: &str, matches_case: bool) -> Self {
        let needle = if matches_case { needle.to_owned() } else { needle.to_lowercase() };
        Self { needle, matches_case }
    }

    /// True where nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.needle.is_empty()
    }

    /// True for a line that has it, as the line is shown.
    pub fn finds(&self, line: &str) -> bool {
        if self.needle.is_empty() {
            return false;
        }
        let line = shown(line);
        if self.matches_case {
            line.contains(&self.needle)
        } else if line.is_ascii() && self.needle.is_ascii() {
            contains_ascii(line.as_bytes(), self.needle.as_bytes())
        } else {
            line.to_lowercase().contains(&self.needle)
        }
    }
}

/// `needle` is in lower case. Most lines and needles are ASCII: no copy of the line is made for them.
fn contains_ascii(line: &[u8], needle: &[u8]) -> bool {
    line.windows(needle.len()).any(|it| it.eq_ignore_ascii_case(needle))
}

/// How grave a line says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `WARN`, `WARNING`.
    Warning,
    /// `ERROR`, `FATAL`, the head of a trace.
    Error,
}

impl Level {
    /// Of a line of log4j 1 or 2, of Python's logging, of the JVM, or the head of a trace. `None` for all others.
    pub fn of(line: &str) -> Option<Self> {
        let head = line.get(..48).unwrap_or(line);
        let has = |word: &str| {
            head.match_indices(word).any(|(at, _)| {
                let before = head[..at].chars().next_back();
                let after = head[at + word.len()..].chars().next();
                before.is_none_or(|it| !it.is_alphanumeric()) && after.is_none_or(|it| !it.is_alphanumeric())
            })
        };
        // A word of prose is no level: it stands behind a time, in brackets, or first.
        let stamped =
            head.starts_with(|it: char| it.is_ascii_digit() || it == '[' || it.is_ascii_uppercase());
        if stamped && ["ERROR", "FATAL", "CRITICAL"].iter().any(|it| has(it)) || is_trace(line) {
            return Some(Self::Error);
        }
        (stamped && ["WARN", "WARNING"].iter().any(|it| has(it))).then_some(Self::Warning)
    }

    /// The word on the screen's rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The head of a trace of the JVM or of Python.
fn is_trace(line: &str) -> bool {
    if line.starts_with("Exception in thread ") || line.starts_with("Traceback (most recent call last)") {
        return true;
    }
    let class = line.strip_prefix("Caused by: ").unwrap_or(line);
    let class = class.split([':', ' ']).next().unwrap_or_default();
    class.contains('.')
        && (class.ends_with("Exception") || class.ends_with("Error"))
        && class.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '$' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_as_it_is_shown() {
        for (needle, case, line, found) in [
            ("error", false, "26/11/23 ERROR x", true),
            ("error", true, "26/11/23 ERROR x", false),
            ("ERROR", true, "26/11/23 ERROR x", true),
            ("größe", false, "die GRÖSSE, die GRÖßE", true),
            ("a.c", false, "abc", false),
            ("red", false, "\u{1b}[31mRe\u{1b}[0md", true),
            ("", false, "anything", false),
            ("longer than the line", false, "short", false),
        ] {
            assert_eq!(Search::new(needle, case).finds(line), found, "{needle:?} in {line:?}");
        }
    }

    #[test]
    fn levels_are_told_from_prose() {
        let (error, warning) = (Some(Level::Error), Some(Level::Warning));
        for (line, level) in [
            ("26/11/23 13:33:16 ERROR SparkContext: Error initializing SparkContext.", error),
            ("26/11/23 13:33:16 WARN Utils: Your hostname", warning),
            ("2026-11-23T13:33:16,101 [main] ERROR x.Y - no", error),
            ("ERROR:root:no", error),
            ("WARNING: An illegal reflective access", warning),
            ("[WARN] x", warning),
            ("Exception in thread \"main\" java.lang.Error", error),
            ("java.lang.IllegalArgumentException: no", error),
            ("Caused by: java.io.IOException: no", error),
            ("org.apache.spark.SparkException", error),
            ("Traceback (most recent call last):", error),
            ("26/11/23 13:33:16 INFO Executor: Told to re-register on heartbeat: no", None),
            ("26/11/23 13:33:16 INFO Task: this was no ERRORS", None),
            ("the word ERROR in prose", None),
            ("\tat org.apache.spark.Error.run(Error.java:1)", None),
            ("größe ERROR größe größe größe größe größe größe größe", None),
            ("", None),
        ] {
            assert_eq!(Level::of(line), level, "{line:?}");
        }
    }
}
