//! What a line is by its shape: an error, a warning, part of a stack trace, or a progress update.

/// How serious a line says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `WARN`, `WARNING`.
    Warning,
    /// `ERROR`, `FATAL`, the head of a stack trace.
    Error,
}

/// What is kept of a line beside its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LineShape {
    #[default]
    Plain,
    Warning,
    Error,
    /// In a stack trace, what was thrown and what caused it: part of the error above.
    ErrorPart,
    /// The same below a warning.
    WarningPart,
    /// `Traceback (most recent call last):` on its own. Only indentation marks the frames below it.
    PythonHead,
    PythonFrame,
    /// `\tat org.apache…`, `\t... 12 more`.
    JvmFrame,
    /// `[Stage 0:==>  (3 + 2) / 10]`, ` 45%|####    | 45/100 [00:01<00:02, 30.00it/s]`.
    Progress,
}

impl LineShape {
    /// Of a line, by its text and the shape of the line before. A part counts as part of an error here: see [`LineShape::below`].
    pub(super) fn of(line: &str, before: Option<Self>) -> Self {
        if line.starts_with([' ', '\t']) {
            if is_jvm_frame(line.trim_start()) {
                return Self::JvmFrame;
            }
            if line.starts_with("  ") && matches!(before, Some(Self::PythonHead | Self::PythonFrame)) {
                return Self::PythonFrame;
            }
        }
        if line.starts_with(TRACEBACK) {
            // Below a line that has said what is wrong, it belongs to the frames.
            return if before.is_some_and(Self::speaks) { Self::PythonFrame } else { Self::PythonHead };
        }
        // What was raised follows its frames, unindented and without a package.
        if before == Some(Self::PythonFrame)
            && is_exception(line.split([':', ' ']).next().unwrap_or_default())
        {
            return Self::ErrorPart;
        }
        if is_progress(line) {
            return Self::Progress;
        }
        match Level::of(line) {
            None => Self::Plain,
            Some(Level::Warning) => Self::Warning,
            Some(Level::Error) if is_thrown(line) && before.is_some_and(Self::speaks) => Self::ErrorPart,
            Some(Level::Error) if cause(line).is_some() => Self::ErrorPart,
            Some(Level::Error) => Self::Error,
        }
    }

    /// The same when the level of the last error or warning above is known. Without one, a part is an error of its own.
    pub(super) fn below(self, level: Option<Level>) -> Self {
        match (self, level) {
            (Self::ErrorPart, Some(Level::Warning)) => Self::WarningPart,
            (Self::ErrorPart, None) => Self::Error,
            _ => self,
        }
    }

    /// True for a line that a stack trace belongs to when it follows at once.
    fn speaks(self) -> bool {
        matches!(self, Self::Warning | Self::Error | Self::ErrorPart | Self::WarningPart)
    }

    /// The level of the line that this one is a part of.
    pub(super) fn part_of(self) -> Option<Level> {
        match self {
            Self::ErrorPart => Some(Level::Error),
            Self::WarningPart => Some(Level::Warning),
            _ => None,
        }
    }

    /// How serious it is.
    pub(super) fn level(self) -> Option<Level> {
        match self {
            Self::Warning => Some(Level::Warning),
            Self::Error | Self::PythonHead => Some(Level::Error),
            Self::Plain
            | Self::ErrorPart
            | Self::WarningPart
            | Self::PythonFrame
            | Self::JvmFrame
            | Self::Progress => None,
        }
    }

    /// True for any line of a stack trace of the JVM or of Python, even if the beginning is cut off: its head, a cause, a frame.
    pub(super) fn is_of_trace(line: &str) -> bool {
        let inner = line.trim_start();
        is_trace(inner) || inner.starts_with("File \"")
    }

    /// True for a line that says little without the line above it.
    pub(super) fn is_frame(self) -> bool {
        matches!(self, Self::PythonFrame | Self::JvmFrame)
    }
}

/// The lines that `java.lang.Throwable#printStackTrace` writes, without their indentation (java.lang.Throwable, JDK 17), and those of
/// Scala's interpreter, which says how many it has left out: `... 51 elided` (recorded of Livy 0.9.0 with Scala 2.12).
fn is_jvm_frame(line: &str) -> bool {
    line.strip_prefix("at ").is_some_and(|it| it.contains('(') && it.trim_end().ends_with([')', ']']))
        || line.strip_prefix("... ").is_some_and(|it| {
            let it = it.trim_end();
            it.ends_with(" more") || it.ends_with(" common frames omitted") || it.ends_with(" elided")
        })
}

/// A frame without anything before it, as `java.lang.StackTraceElement#toString` writes it (JDK 17): the traceback of a SQL statement
/// has such (SQLInterpreter.scala, 0.9.0). In a log they are none: there a frame has its `at`.
pub(super) fn is_bare_frame(line: &str) -> bool {
    let Some((method, place)) = line.trim_end().strip_suffix(')').and_then(|it| it.split_once('(')) else {
        return false;
    };
    let is_numbered = |(file, number): (&str, &str)| {
        !file.is_empty() && !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit())
    };
    let is_file = |it: &str| it.ends_with(".java") || it.ends_with(".scala");
    let is_place = matches!(place, "Native Method" | "Unknown Source")
        || is_file(place)
        || place.rsplit_once(':').is_some_and(is_numbered);
    is_place && method.contains('.') && !method.contains(char::is_whitespace) && !place.contains(['(', ')'])
}

/// The bars of Spark's ConsoleProgressBar (ConsoleProgressBar.scala, 3.5) and of Python's tqdm (std.py, `bar_format`). A terminal
/// would show only the last one, but Livy reads lines, and a carriage return ends a line too (`java.io.BufferedReader#readLine`).
fn is_progress(line: &str) -> bool {
    // No line end closes a bar, so the next message, which may have brackets of its own, follows it on the same line.
    let Some(line) = line.trim().strip_suffix(']') else { return false };
    let is_bar = |it: &str| {
        let total = it.rsplit_once(") / ").map(|it| it.1);
        total.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    };
    let is_stage = line.strip_prefix("[Stage ").is_some_and(|it| it.split("][Stage ").all(is_bar));
    let is_tqdm = line.split_once("%|").is_some_and(|(percent, rest)| {
        let pace = rest.split_once("| ").and_then(|it| it.1.split_once(" ["));
        percent.ends_with(|it: char| it.is_ascii_digit()) && pace.is_some_and(|it| !it.1.contains([']', '[']))
    });
    is_stage || is_tqdm
}

impl Level {
    /// Of a line of log4j 1 or 2, of Python's logging and warnings, of the JVM, of spark-submit, or of a head of a stack trace.
    /// `None` for all others.
    pub fn of(line: &str) -> Option<Self> {
        if is_trace(line) {
            return Some(Self::Error);
        }
        match word(line) {
            Word::Of(level) => level,
            Word::None => plain(line),
        }
    }

    /// The word on the screen's rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A level in the head of a line.
enum Word {
    /// The line names its level. `INFO` and lower are none, whatever the rest of the line says.
    Of(Option<Level>),
    /// It names none.
    None,
}

/// How far a level may be from the beginning of its line, in bytes: after a time, a thread and a process.
const HEAD: usize = 96;

/// The first level in a line, in the places where loggers write it: after a time or brackets, or at the very beginning. The same
/// words in prose mean nothing.
fn word(line: &str) -> Word {
    let bytes = line.as_bytes();
    let head = &bytes[..bytes.len().min(HEAD)];
    let is_stamped = head.first().is_some_and(|it| it.is_ascii_digit() || *it == b'[') || is_syslog(head);
    let words = head.split(|it| !it.is_ascii_alphanumeric() && it.is_ascii());
    for word in words.filter(|it| !it.is_empty()).take(if is_stamped { usize::MAX } else { 1 }) {
        return Word::Of(match word {
            b"ERROR" | b"FATAL" | b"CRITICAL" | b"SEVERE" => Some(Level::Error),
            b"WARN" | b"WARNING" => Some(Level::Warning),
            b"INFO" | b"DEBUG" | b"TRACE" => None,
            _ => continue,
        });
    }
    Word::None
}

/// `Nov 23 13:33:16 host`, as syslog stamps a line (RFC 3164 §4.1.2).
fn is_syslog(head: &[u8]) -> bool {
    matches!(head, [b'A'..=b'Z', b'a'..=b'z', b'a'..=b'z', b' ', b' ' | b'0'..=b'3', b'0'..=b'9', b' ', ..])
}

/// Messages that do not come through a logger: of the JVM, log4j, spark-submit and Python's warnings.
fn plain(line: &str) -> Option<Level> {
    const ERRORS: [&str; 5] = [
        "Error: ",
        "Error occurred during ",
        "# There is insufficient memory",
        "# A fatal error",
        "log4j:ERROR ",
    ];
    const WARNINGS: [&str; 2] = ["Warning: ", "log4j:WARN "];
    let begins = |words: &[&str]| words.iter().any(|it| line.starts_with(it));
    if begins(&ERRORS) {
        return Some(Level::Error);
    }
    let of_jvm =
        (line.starts_with("OpenJDK ") || line.starts_with("Java HotSpot")) && line.contains(" VM warning: ");
    // `/x.py:12: FutureWarning: no` (warnings.formatwarning, Python 3).
    let of_python = || {
        let (place, rest) = line.split_once(": ")?;
        let class = rest.split_once(": ").map(|it| it.0)?;
        let is_class = class.ends_with("Warning") && class.bytes().all(|it| it.is_ascii_alphanumeric());
        (is_class && place.contains(".py:")).then_some(())
    };
    (begins(&WARNINGS) || of_jvm || of_python().is_some()).then_some(Level::Warning)
}

/// The first line of a stack trace of Python.
const TRACEBACK: &str = "Traceback (most recent call last)";

/// The head of a stack trace of the JVM or of Python.
fn is_trace(line: &str) -> bool {
    line.starts_with("Exception in thread ") || line.starts_with(TRACEBACK) || is_thrown(line)
}

/// What was thrown, or what caused it: a class with its package.
fn is_thrown(line: &str) -> bool {
    let cause = cause(line);
    let class = cause.unwrap_or(line).split([':', ' ']).next().unwrap_or_default();
    class.contains('.') && (cause.is_some() || is_exception(class))
}

fn cause(line: &str) -> Option<&str> {
    line.strip_prefix("Caused by: ").or_else(|| line.strip_prefix("Suppressed: "))
}

/// The name of an exception's class.
fn is_exception(class: &str) -> bool {
    (class.ends_with("Exception") || class.ends_with("Error"))
        && class.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '$' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_frame_is_told_from_code() {
        for frame in [
            "org.apache.spark.sql.execution.SparkSqlParser.parse(SparkSqlParser.scala:54)",
            "java.base/java.lang.reflect.Field.checkCanSetAccessible(Field.java:178)",
            "app//a.B$.<init>(<console>:23)",
            "a.B.c(Native Method)",
            "a.B$$Lambda$7/0x01.apply(Unknown Source)",
            "a.B.c(B.java)",
        ] {
            assert!(is_bare_frame(frame), "{frame}");
        }
        for other in [
            "a.b(c)",
            "f(B.java:1)",
            "select a.b(x:1)",
            "a.b(c(x:1))",
            "a.b(:1)",
            "a.b(x:)",
            "a.b()",
            ")(",
            "",
            "at a.b(C.java:1)",
        ] {
            assert!(!is_bare_frame(other), "{other}");
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
            ("Found ERROR nowhere", None),
            ("ERRORS: 0", None),
            ("26/11/23 13:33:16 INFO Metrics: ERROR count is 0", None),
            ("26/11/23 13:33:16 WARN Metrics: an ERROR was seen", warning),
            ("2026-11-23T13:33:16,101+0000 [dispatcher-CoarseGrainedScheduler] ERROR x.Y - no", error),
            ("Nov 23 13:33:16 host livy[7]: ERROR no", error),
            ("SEVERE: no", error),
            ("Error: Failed to load class a.B.", error),
            ("Error occurred during initialization of VM", error),
            ("# There is insufficient memory for the Java Runtime Environment to continue.", error),
            ("OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory failed", warning),
            ("log4j:WARN No appenders could be found for logger (a.B).", warning),
            ("Warning: Ignoring non-Spark config property: a", warning),
            ("/usr/lib/x.py:12: FutureWarning: no", warning),
            ("a sentence: FutureWarning: no", None),
            ("\tat org.apache.spark.Error.run(Error.java:1)", None),
            ("größe ERROR größe größe größe größe größe größe größe", None),
            ("", None),
        ] {
            assert_eq!(Level::of(line), level, "{line:?}");
        }
    }

    #[test]
    fn a_state_of_progress_is_told_from_what_is_in_brackets() {
        for (line, is) in [
            ("[Stage 0:>                                                          (0 + 1) / 1]", true),
            ("[Stage 1:=====>    (3 + 2) / 10][Stage 2:>        (0 + 0) / 10]   ", true),
            (" 45%|####5     | 45/100 [00:01<00:02, 30.00it/s]", true),
            ("train: 100%|██████████| 100/100 [00:03<00:00, 30.00it/s, loss=0.1]", true),
            ("[Stage 0] done", false),
            ("[Stage manager]", false),
            ("[Stage 0:>   (0 + 1) / 4]26/11/23 13:33:16 WARN A: twice [duplicate 3]", false),
            (" 45%|####5  | 45/100 [00:01<00:02, 30.00it/s]ERROR:root:missing columns ['a', 'b']", false),
            ("26/11/23 13:33:16 INFO DAGScheduler: ShuffleMapStage 1 finished [75%]", false),
            ("| 45%| x |", false),
            ("a|b%|c| d [e]", false),
        ] {
            assert_eq!(LineShape::of(line, None) == LineShape::Progress, is, "{line}");
        }
    }

    #[test]
    fn frames_of_a_trace_are_told_from_their_heads() {
        let shapes = |lines: &[&str]| -> Vec<LineShape> {
            lines.iter().fold(Vec::new(), |mut all, line| {
                all.push(LineShape::of(line, all.last().copied()));
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
            "  ... 51 elided",
            "\tat noon",
        ];
        use LineShape::{Error, ErrorPart, JvmFrame, Plain, PythonFrame, PythonHead};
        assert_eq!(shapes(&jvm), [Error, JvmFrame, JvmFrame, ErrorPart, JvmFrame, JvmFrame, JvmFrame, Plain]);
        let python = [
            "  indented",
            "Traceback (most recent call last):",
            "  File \"x\", line 1",
            "    f()",
            "ValueError: no",
        ];
        assert_eq!(shapes(&python), [Plain, PythonHead, PythonFrame, PythonFrame, ErrorPart]);
        let logged = [&["ERROR:root:no"], &python[1..]].concat();
        assert_eq!(shapes(&logged), [Error, PythonFrame, PythonFrame, PythonFrame, ErrorPart]);
    }
}
