//! What a line is by its shape: how grave it says it is, and whether it is a frame of a stack trace.

/// How grave a line says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `WARN`, `WARNING`.
    Warning,
    /// `ERROR`, `FATAL`, the head of a trace.
    Error,
}

/// What is kept of a line beside its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    #[default]
    Plain,
    Warning,
    Error,
    /// `Traceback (most recent call last):`, whose frames are told by their indentation alone.
    PythonHead,
    PythonFrame,
    /// `\tat org.apache…`, `\t... 12 more`.
    JvmFrame,
}

impl Shape {
    /// Of a line, after one of another shape.
    pub(super) fn of(line: &str, before: Option<Self>) -> Self {
        if line.starts_with([' ', '\t']) {
            if is_jvm_frame(line.trim_start()) {
                return Self::JvmFrame;
            }
            if line.starts_with("  ") && matches!(before, Some(Self::PythonHead | Self::PythonFrame)) {
                return Self::PythonFrame;
            }
        }
        if line.starts_with("Traceback (most recent call last)") {
            return Self::PythonHead;
        }
        // What was raised stands below its frames, unindented and without a package.
        if before == Some(Self::PythonFrame)
            && is_exception(line.split([':', ' ']).next().unwrap_or_default())
        {
            return Self::Error;
        }
        match Level::of(line) {
            None => Self::Plain,
            Some(Level::Warning) => Self::Warning,
            Some(Level::Error) => Self::Error,
        }
    }

    /// How grave it is.
    pub(super) fn level(self) -> Option<Level> {
        match self {
            Self::Warning => Some(Level::Warning),
            Self::Error | Self::PythonHead => Some(Level::Error),
            Self::Plain | Self::PythonFrame | Self::JvmFrame => None,
        }
    }

    /// True for what says little beside the line above it.
    pub(super) fn is_frame(self) -> bool {
        matches!(self, Self::PythonFrame | Self::JvmFrame)
    }
}

/// `java.lang.Throwable#printStackTrace`'s lines without their indentation (java.lang.Throwable, JDK 17).
fn is_jvm_frame(line: &str) -> bool {
    line.strip_prefix("at ").is_some_and(|it| it.contains('(') && it.trim_end().ends_with([')', ']']))
        || line.strip_prefix("... ").is_some_and(|it| {
            let it = it.trim_end();
            it.ends_with(" more") || it.ends_with(" common frames omitted")
        })
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
    let cause = line.strip_prefix("Caused by: ");
    let class = cause.unwrap_or(line).split([':', ' ']).next().unwrap_or_default();
    class.contains('.') && (cause.is_some() || is_exception(class))
}

/// The name of a class that is thrown or raised.
fn is_exception(class: &str) -> bool {
    (class.ends_with("Exception") || class.ends_with("Error"))
        && class.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '$' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn frames_of_a_trace_are_told_from_their_heads() {
        let shapes = |lines: &[&str]| -> Vec<Shape> {
            lines.iter().fold(Vec::new(), |mut all, line| {
                all.push(Shape::of(line, all.last().copied()));
                all
            })
        };
        let jvm = [
            "java.lang.Error: no",
            "\tat a.b.C$.d(C.scala:7)",
            "    at a.b.E.f(Native Method) ~[x.jar:1]",
            "Caused by: a.B: no",
            "\tat a.b.C.d(C.java:1)",
            "\t... 12 more",
            "\tat noon",
        ];
        use Shape::{Error, JvmFrame, Plain, PythonFrame, PythonHead};
        assert_eq!(shapes(&jvm), [Error, JvmFrame, JvmFrame, Error, JvmFrame, JvmFrame, Plain]);
        let python = [
            "  indented",
            "Traceback (most recent call last):",
            "  File \"x\", line 1",
            "    f()",
            "ValueError: no",
        ];
        assert_eq!(shapes(&python), [Plain, PythonHead, PythonFrame, PythonFrame, Error]);
    }
}
