//! Sentences of what runs in a session.

use console::{CodeProblem, StatementEntry};
use livy::CallError;

use crate::web::words::output::size as size_of;

pub const STATEMENTS: &str = "Statements";
pub const HISTORY: &str = "Statements of this session, newest last";
pub const ONLY_LOOKING: &str = "Reading statements would keep this session alive.";
pub const READ_STATEMENTS: &str = "Read the statements (renews its heartbeat)";
pub const OLDER: &str = "Show older statements";
pub const NONE_YET: &str = "No statements yet. Type code below and press Ctrl+Enter.";
pub const OVER: &str =
    "This session has ended. What was read of its statements stays here as long as this tab is open.";
pub const READ_AGAIN: &str = "Read them again";

/// Where they have come from; so many older ones had no room.
pub fn saved(left: usize) -> String {
    let left = match left {
        0 => String::new(),
        1 => " 1 older statement was not saved: there was no room.".to_owned(),
        left => format!(" {left} older statements were not saved: there was no room."),
    };
    format!(
        "This session has ended. What this browser saved of its statements is shown here: nothing can be run any more.{left}"
    )
}

/// The words of a server as a sentence of its own with a blank before it: many end with a full stop, others without one.
pub(super) fn said(why: &str) -> String {
    let why = why.trim();
    match why.chars().next_back() {
        None => String::new(),
        Some('.' | '!' | '?' | ':' | '…' | '。') => format!(" {why}"),
        Some(_) => format!(" {why}."),
    }
}

/// The last read failed. `has_some`: statements are here from before.
pub fn stale(error: &CallError, has_some: bool) -> String {
    let status = error.status().filter(|it| *it >= 400).map(|it| format!(" ({it})")).unwrap_or_default();
    let why = match error.words() {
        Some(why) => said(why),
        None if error.status().is_some_and(|it| it < 400) => " The answer did not come from Livy.".to_owned(),
        None => String::new(),
    };
    let stays = if has_some { " What is here stays." } else { "" };
    format!("The last read of the statements failed{status}.{why}{stays}")
}

pub const DOWNLOAD_ALL: &str = "Download all";
pub const DOWNLOAD_ALL_HINT: &str = "The code of all statements shown here, with their states as comments";
pub const DOWNLOAD_NOTEBOOK: &str = "Download as notebook";
pub const DOWNLOAD_NOTEBOOK_HINT: &str =
    "All statements shown here with their outputs, as a Jupyter notebook (.ipynb)";
pub const SHOW_ALL: &str = "Show all";

pub fn new(count: usize) -> String {
    if count == 0 { "Newest".to_owned() } else { format!("{count} new") }
}

pub fn not_found(id: &str) -> String {
    format!("Statement {id} is not among those that the server has. It keeps the last 100.")
}

pub fn no_number(id: &str) -> String {
    format!("“{id}” is not the number of a statement.")
}

pub fn cancel_waiting(count: usize) -> String {
    format!("Cancel all {count} waiting statements of mine")
}

// One statement.
pub const CODE_OF: &str = "Code of this statement";
pub const NO_CODE: &str = "The server doesn't return its code.";
pub const PROGRESS: &str = "Known tasks that are done";
pub const FROM_BROWSER: &str = "sent from this browser";
pub const FROM_ELSEWHERE: &str = "sent by another client";
pub const CANCEL: &str = "Cancel";
pub const CANCEL_OTHERS: &str = "Another client sent it. Press again to cancel it.";
/// Around [`statement_between`], which is for the ear alone.
pub const RUN_AGAIN: (&str, &str) = ("Run", "again");
pub const EDIT: &str = "Edit";

/// Beside the button that runs one again of which the language is not known.
pub fn as_kind(kind: &str) -> String {
    format!(" as {kind}")
}

pub fn runs_as(kind: &str) -> String {
    format!(
        "The server doesn't say in which language it ran. It would run as {kind}, the language chosen below."
    )
}

pub fn statement(id: &str) -> String {
    format!("Statement {id}")
}

/// The server's word for its state; one that has ended with an error says so.
pub fn state(word: &str, status: &str) -> String {
    match (word, status) {
        ("", _) => "state unknown".to_owned(),
        (word, "error") => format!("{word}, error"),
        (word, _) => word.to_owned(),
    }
}

/// A span of time, by its milliseconds.
pub fn took(millis: u64) -> String {
    match millis {
        0..1_000 => format!("{millis} ms"),
        1_000..60_000 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        60_000..3_600_000 => format!("{} min {} s", millis / 60_000, millis % 60_000 / 1_000),
        _ => format!("{} h {} min", millis / 3_600_000, millis % 3_600_000 / 60_000),
    }
}

/// For so many seconds so far.
pub fn runs_for(seconds: u64) -> String {
    if seconds < 60 { format!("{seconds} s") } else { took(seconds * 1_000) }
}

/// It had begun before this page knew of it.
pub fn runs_at_least(seconds: u64) -> String {
    format!("at least {}", runs_for(seconds))
}

/// Spark knows of more tasks as its stages begin.
pub fn progress(part: f64) -> String {
    if part >= 1.0 {
        "known tasks done".to_owned()
    } else {
        format!("{:.0}% of known tasks", (part * 100.0).floor())
    }
}

pub fn ahead(count: usize) -> String {
    match count {
        0 => "waits for its interpreter".to_owned(),
        count => format!("{count} before it"),
    }
}

pub fn cancel(id: &str) -> String {
    format!("Cancel statement {id}")
}

pub fn statement_between(id: &str) -> String {
    format!("statement {id}")
}

pub fn edit(id: &str) -> String {
    format!("Edit statement {id}")
}

// Notes on one.
pub const NO_OUTPUT_YET: &str =
    "Livy sends output when a statement ends, not before. Spark's own messages are in the log.";
pub const CANCEL_SENT: &str = "Asked Livy to cancel it.";
pub const CANCEL_LOST: &str = "The answer to the cancel was lost. Livy may be cancelling it: its state will tell. Cancelling it again does no harm.";
pub const CANCELLING: &str =
    "Livy has told Spark to stop its jobs. Code outside Spark cannot be interrupted and runs to its end.";
pub const UNHEEDED: &str = "Livy gave up after 30 s and calls it cancelled, but the code still runs and the session stays busy. \
    Only deleting the session stops it.";
pub const CANCELLED_BEFORE: &str = "Cancelled before it ran.";
pub const CANCELLED: &str = "Cancelled. Livy returned no output.";
pub const CANCELLED_WITH_OUTPUT: &str = "Cancelled. This is the output that it still returned.";
pub const KEPT_BUSY: &str = "Kept from idling out while this runs";
pub const STUCK: &str = "Nothing runs before it, and Livy has not begun it for a minute: it may never run. \
    Others run all the same. Cancel it and run its code again.";
pub const STUCK_LATER: &str =
    "The session is idle, but the server does not say that this statement has ended. It may have.";
pub const END_UNKNOWN: &str = "Its end is not known: the session ended first.";
pub const EVICTED: &str = "No longer on the server.";
const SHED: &str = "This tab has let its output go to save memory.";
const SHED_AND_EVICTED: &str =
    "This tab has let its output go to save memory, and the server no longer has it.";
/// Nothing at all: not even an empty text.
pub const NO_OUTPUT: &str = "The server returned no output.";
pub const READ_OUTPUT: &str = "Read its output";
pub const READ_ALL: &str = "Read all of it";
pub const READING_ALL: &str = "Reading all of it…";

pub fn cancel_refused(why: &str) -> String {
    format!("Livy did not take the cancel.{} Try again.", said(why))
}

/// An output that was not read: its size where that is known, in bytes.
fn too_large(size: Option<u64>, is_evicted: bool) -> String {
    let evicted = if is_evicted { ", and the server no longer has it" } else { "" };
    format!("{}, so it was not read{evicted}.", is_large(size))
}

/// An output that a tab has no room for.
fn beyond(size: Option<u64>, is_evicted: bool) -> String {
    let large = size.map_or_else(|| "The output is larger than 64 MB".to_owned(), |it| is_large(Some(it)));
    let evicted = if is_evicted { ", and the server no longer has it" } else { "" };
    format!(
        "{large}, more than this tab has room for{evicted}. Nothing of it is kept here. Have the code write it to a file, or return less of it."
    )
}

/// All of it was wanted, and did not come.
fn whole_failed(size: Option<u64>, why: &str) -> String {
    format!("{}. Reading all of it failed.{} Try again.", is_large(size), said(why))
}

fn is_large(size: Option<u64>) -> String {
    match size.and_then(|it| usize::try_from(it).ok()) {
        Some(bytes) => format!("The output has {}", size_of(bytes)),
        None => "The output is larger than 16 MB".to_owned(),
    }
}

/// Why an output is not here; `None` where it is.
pub fn missing_output(entry: &StatementEntry) -> Option<String> {
    let size = entry.statement.unread.as_ref().map(|it| it.size);
    let failed = entry.trouble.as_ref().map(|it| it.words().unwrap_or_default());
    Some(match (size, failed) {
        (size, _) if entry.is_left_out => left_out(size.flatten()),
        (Some(size), _) if entry.is_beyond() => beyond(size, entry.is_evicted),
        (Some(size), Some(why)) => whole_failed(size, why),
        (None, Some(why)) => unreadable(why),
        _ if entry.has_shed_output && entry.is_evicted => SHED_AND_EVICTED.to_owned(),
        _ if entry.has_shed_output => SHED.to_owned(),
        (Some(size), None) => too_large(size, entry.is_evicted),
        (None, None) => return None,
    })
}

/// An output that was not kept with its statement.
fn left_out(size: Option<u64>) -> String {
    match size.and_then(|it| usize::try_from(it).ok()) {
        Some(bytes) => format!("Its output ({}) was not saved.", size_of(bytes)),
        None => "Its output was not saved: it was not here any more.".to_owned(),
    }
}

fn unreadable(why: &str) -> String {
    format!("The server fails when this statement is read.{}", said(why))
}

/// What is announced.
pub fn ended(id: &str, millis: Option<u64>, error: Option<&str>, is_cancelled: bool) -> String {
    let how = if is_cancelled { "was cancelled" } else { "finished" };
    let after = millis.map(|it| format!(" after {}", took(it))).unwrap_or_default();
    let error = error.map(|it| format!(": {}", if it.is_empty() { "error" } else { it })).unwrap_or_default();
    format!("Statement {id} {how}{after}{error}.")
}

// The editor.
pub const CODE: &str = "Code";
pub const LANGUAGE: &str = "Language";
pub const CHOOSE: &str = "Choose";
pub const RUN: &str = "Run statement";
pub const RUN_IT_AGAIN: &str = "Run it again";
pub const CLEAR: &str = "Clear";
pub const TAB_INDENTS: &str = "Tab indents";
pub const WRAP_CODE: &str = "Wrap code";
pub const GOOD_TO_KNOW: &str = "Good to know before you run code";
pub const FACTS: [&str; 3] = [
    "Everyone who may view this session can read its code and outputs; Livy also logs SQL that fails.",
    "Each statement sent from here ends in an invisible line of spaces and tabs. It finds the statement again if Livy's answer is lost, and \
     changes no output.",
    "%json of a Decimal or a datetime ends the Python interpreter for good: turn such values into text first.",
];
pub const HINT_IN_SHORT: &str = "Ctrl+Enter runs · Alt+↑ earlier code";
pub const HINT_IN_SHORT_OF_SCALA: &str = "Ctrl+Enter runs · Ctrl+Space completes · Alt+↑ earlier code";
pub const HINT: &str = "Ctrl+Enter runs, Ctrl+Shift+Enter only the selected lines. Ctrl+] and Ctrl+[ indent, Ctrl+/ comments, Alt+↑ brings back earlier code.";
pub const HINT_TAB_INDENTS: &str = "Ctrl+Enter runs, Ctrl+Shift+Enter only the selected lines. Tab indents; Esc, then Tab, leaves the editor. Ctrl+/ comments, Alt+↑ brings back earlier code.";
/// Where the language is Scala.
pub const HINT_OF_NAMES: &str =
    " Ctrl+Space lists names that fit: the arrow keys choose, Enter or Tab takes one, Esc closes the list.";
pub const PROMPTS: &str = "This looks like a copied session of an interpreter.";
pub const REMOVE_PROMPTS: &str = "Remove the prompts and outputs";

pub fn odd_blanks(count: usize) -> String {
    let spaces =
        if count == 1 { "1 no-break space was".to_owned() } else { format!("{count} no-break spaces were") };
    format!("{spaces} pasted as plain spaces.")
}

// Names that the code could go on with.
pub const NAMES: &str = "Names that fit";
pub const NAMES_ASKED: &str = "Asking Livy for names that fit…";
pub const NAMES_RENEW: &str = "Asking renews this session's idle clock.";
pub const NAMES_OF_SCALA: &str = "Livy completes Scala (spark) only. Nothing was sent.";
pub const NAMES_BUSY: &str = "The session has work to do. Try again when it is idle. Nothing was sent.";
pub const NAMES_NOT_READY: &str = "The session takes no questions now. Nothing was sent.";
pub const NAMES_UNANSWERED: &str = "The last question for names has no answer yet. Nothing was sent.";
pub const NAMES_UNKNOWN: &str = "This server can't complete code: Livy 0.5 and later can.";

pub fn names(count: usize) -> String {
    match count {
        0 => "Livy knows no name that fits here.".to_owned(),
        1 => "1 name fits. Enter takes it, Esc closes the list.".to_owned(),
        count => format!("{count} names fit. ↑ and ↓ choose, Enter takes one, Esc closes the list."),
    }
}

pub fn more_names(count: usize) -> String {
    format!("{count} more. Type more letters and press Ctrl+Space again.")
}

/// It brought none; `why` in the server's words.
pub fn names_failed(status: Option<u16>, why: &str) -> String {
    let status = status.map(|it| format!(" ({it})")).unwrap_or_default();
    format!("Asking for names failed{status}.{} Your code is as it was.", said(why))
}

// What is said of the last press.
pub const UNANSWERED: &str = "The last statement has no answer yet. Nothing was sent.";
pub const SAME_AGAIN: &str = "The same code is still running. Nothing was sent.";
pub const NOT_READY: &str =
    "The session doesn't take statements now. Nothing was sent, and your code stays here.";
pub const ALL_THE_SAME: &str = "Run it all the same";

pub fn run_body_as(kind: &str) -> String {
    format!("Run the rest as {kind}")
}

/// What is wrong with code, and what to do.
pub fn problem(problem: CodeProblem) -> String {
    match problem {
        CodeProblem::Empty => "Type the code to run.".to_owned(),
        CodeProblem::NoLanguage => "Choose the language of the code.".to_owned(),
        CodeProblem::NamelessMagic(line) => {
            format!(
                "Line {line}: name the variable to show, for example “%table df”. Without a name the interpreter ends for good."
            )
        }
        CodeProblem::Nul => "Remove the NUL character: no interpreter takes it.".to_owned(),
        CodeProblem::HalfCharacter => {
            "The code has half of a character, which cannot be sent as it is. It is often an emoji that was cut: type it again. \
             Nothing was sent."
                .to_owned()
        }
        CodeProblem::OutsidePolicy(kind) => {
            format!(
                "This console is set up to run no {} code. Choose another language. Nothing was sent.",
                kind.as_str()
            )
        }
        CodeProblem::SeveralStatements => {
            "Livy runs one SQL statement at a time; this is more than one.".to_owned()
        }
        CodeProblem::OtherCell(kind) => {
            format!(
                "The first line names another language. Livy takes “{}” as a choice beside the code.",
                kind.as_str()
            )
        }
        CodeProblem::OfNotebooks(line) => {
            format!("Line {line} is a command of notebooks, which Livy doesn't know.")
        }
        CodeProblem::EndsSpark(line) => {
            format!("Line {line} stops Spark or the driver, and with it this session.")
        }
        CodeProblem::Long => "This is more than 1 MB of code. Gateways often refuse that.".to_owned(),
    }
}

// Elsewhere.
pub const ELSEWHERE: &str = "Use this session elsewhere";
pub const TOOL: &str = "Tool";
pub const HAND_OVER: &str = "Code for the other tool";
pub const COPY_CODE: &str = "Copy code";
