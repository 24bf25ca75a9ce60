//! What the lines around a line make of it: whether an exception ended the driver or its submission, or was only told of in
//! passing, as healthy sessions do all the time.

use livy::Section;

use crate::SectionLog;

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// As log4j begins what is nothing special.
    Calm,
    Warning,
    Error,
    /// Without a level: a frame, an exception, the output of a program.
    None,
}

/// Where the level of a line is looked for, in bytes: after the date, the time and a thread.
const HEAD: usize = 72;
/// Livy's own log has the lines of `spark-submit` behind these (`LineBufferedStream.scala`, 0.4 to 0.9; `ContextLauncher.java`, 0.2 and
/// 0.3), and people copy from there. Some layouts put the package before it.
const WRAPPERS: [&str; 4] =
    ["LineBufferedStream: ", "utils.LineBufferedStream: ", "ContextLauncher: ", "rsc.ContextLauncher: "];

/// How a line begins, and what follows: log4j's levels after a date, a bracket or at the very beginning, whatever the layout. Costs
/// O([`HEAD`]), and O(1) for most lines without a level.
fn stamped(line: &str) -> (Stamp, &str) {
    let line = line.trim_start();
    let bytes = line.as_bytes();
    let head = match bytes.first() {
        Some(it) if it.is_ascii_digit() || *it == b'[' => HEAD,
        // Without a date the level is the first word.
        _ => 1,
    };
    for at in 0..bytes.len().min(head) {
        if at > 0 && !matches!(bytes[at - 1], b' ' | b'[') {
            continue;
        }
        let (level, stamp) = match bytes[at] {
            b'I' => ("INFO", Stamp::Calm),
            b'D' => ("DEBUG", Stamp::Calm),
            b'T' => ("TRACE", Stamp::Calm),
            b'W' => ("WARN", Stamp::Warning),
            b'E' => ("ERROR", Stamp::Error),
            b'F' => ("FATAL", Stamp::Error),
            _ => continue,
        };
        // `ERROR:` and `INFO]` are levels, `INFORMATION` and `ERRORS` are not.
        let rest = line.get(at..).and_then(|it| it.strip_prefix(level));
        if let Some(rest) = rest.filter(|it| it.starts_with([' ', ']', ':'])) {
            let rest = rest.trim_start_matches([' ', ']', ':']);
            let thread = rest.strip_prefix('[').and_then(|it| it.split_once("] "));
            return (stamp, thread.map_or(rest, |it| it.1));
        }
    }
    (Stamp::None, line)
}

/// How a line begins.
pub(super) fn stamp(line: &str) -> Stamp {
    stamped(line).0
}

/// The line without what Livy's own log puts before it.
pub(super) fn unwrapped(line: &str) -> &str {
    match stamped(line) {
        (Stamp::Calm, rest) if rest.starts_with(['L', 'u', 'C', 'r']) => {
            WRAPPERS.into_iter().find_map(|it| rest.strip_prefix(it)).unwrap_or(line)
        }
        _ => line,
    }
}

/// True for what is still written while everything shuts down.
pub(super) fn is_farewell(line: &str) -> bool {
    const WORDS: [&str; 10] = [
        "ShutdownHookManager",
        "Shutdown",
        "shutdown",
        "stopped",
        "Stopped",
        "cleared",
        "Deleted staging directory",
        "Stopping ",
        "Shutting down",
        "OutputCommitCoordinator",
    ];
    WORDS.iter().any(|it| line.contains(it))
}

/// Heads of what ends a driver or its submission.
const ENDS: [&str; 13] = [
    "Error initializing SparkContext",
    "RSCDriver: ",
    "Uncaught exception",
    "User class threw exception",
    "Application diagnostics message",
    "Client: ",
    "SparkSubmit",
    "Process has died with",
    // Livy writes what the process had said in a line of its own (repl `ProcessInterpreter.scala`, 0.9.0).
    "Interpreter: Traceback (most recent call last)",
    "Exception in thread \"main\"",
    "Failed to initialize Spark",
    "Failed to connect to context",
    "ContextLauncher",
];
/// Errors of single tasks and threads: the driver goes on.
const PASSING: [&str; 5] = [
    "SparkContext: Failed to add ",
    "Executor: ",
    "TaskSetManager: ",
    "TaskContextImpl: ",
    "Utils: Uncaught exception in thread",
];

/// Reads a section line by line, from its beginning.
pub(super) struct Scope {
    is_diagnostics: bool,
    /// The last line of a session that still lives; later errors are its last words.
    last_life: Option<u64>,
    is_fatal: bool,
    /// True within what Livy tells of an executor's pod.
    is_of_executor: bool,
}

impl Scope {
    /// `is_alone`: no other section has lines. Costs O(lines of the farewell).
    pub fn of(section: Section, lines: &SectionLog, is_alone: bool) -> Self {
        let last_life = (lines.dropped()..lines.count()).rev().find(|it| {
            let line = unwrapped(lines.line(*it).unwrap_or_default());
            stamp(line) != Stamp::None && !is_farewell(line)
        });
        let first = lines.line(lines.dropped()).map(unwrapped).unwrap_or_default();
        // The rest of a trace whose head is gone.
        let is_cut = lines.dropped() > 0 || first.starts_with(['\t', ' ']) || first.starts_with("at ");
        // What people print is on stdout, and Spark's own words are not, unless there is nothing else.
        let is_printed = section == Section::Stdout && !is_alone;
        Self {
            is_diagnostics: section == Section::Diagnostics,
            last_life,
            // What a program writes before any log: it did not get further, as a rule.
            is_fatal: !(is_printed || is_cut && last_life.is_some()),
            is_of_executor: false,
        }
    }

    /// Of a text that a server gives as a reason.
    pub fn of_text() -> Self {
        Self { is_diagnostics: true, last_life: None, is_fatal: true, is_of_executor: false }
    }

    /// True for the last line that is none of the farewell, and for those after it.
    pub fn is_last(&self, number: u64) -> bool {
        !self.is_of_executor && self.last_life.is_none_or(|it| number >= it)
    }

    /// True within what Livy tells of an executor's pod: the driver outlives executors.
    pub fn is_of_executor(&self) -> bool {
        self.is_of_executor
    }

    /// True where an exception in this line has ended something. Costs O(line) for heads, O(1) for others.
    pub fn enter(&mut self, number: u64, line: &str) -> bool {
        let has = |words: &[&str]| words.iter().any(|it| line.contains(it));
        let (stamp, rest) = stamped(line);
        match stamp {
            // Its class is `ApplicationMaster`, with or without its package.
            Stamp::Calm => {
                let told = rest.split_once(": ").map(|it| it.1);
                self.is_fatal = told.is_some_and(|it| it.starts_with("Final app status: FAILED"));
            }
            Stamp::Warning => self.is_fatal = false,
            Stamp::Error => {
                let is_last = self.is_last(number);
                self.is_fatal = has(&ENDS) && !line.contains("Utils: Uncaught") || is_last && !has(&PASSING);
            }
            Stamp::None => self.go_on(line),
        }
        self.is_fatal
    }

    /// A line without a level belongs to what was before it, unless it begins something itself.
    fn go_on(&mut self, line: &str) {
        if self.is_diagnostics {
            // `SparkKubernetesApp.scala`, buildSparkPodDiagnosticsPrettyString, 0.9.0: the driver's pod first, each under its name.
            if !line.starts_with(['\t', ' ']) {
                self.is_of_executor = line.contains("-exec-") && line.trim_end().ends_with(':');
            }
            self.is_fatal = !self.is_of_executor;
            return;
        }
        let bare = line.trim_start();
        if let Some(thread) = bare.strip_prefix("Exception in thread \"") {
            self.is_fatal = thread.starts_with("main\"") || thread.starts_with("Driver\"");
        } else if let Some(told) = bare.strip_prefix("diagnostics: ") {
            self.is_fatal = told != "N/A";
        } else if bare.starts_with("Error: ")
            || bare.starts_with("Application application_")
            || bare.starts_with("Failing this attempt")
        {
            self.is_fatal = true;
        }
    }
}
