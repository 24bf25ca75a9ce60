//! Sentences of what runs in a session.

use console::{CodeProblem, Press};

use crate::web::part::statements::runner::Said;

pub const STATEMENTS: &str = "Statements";
pub const ONLY_LOOKING: &str = "Reading statements would keep this session alive.";
pub const READ_STATEMENTS: &str = "Read the statements (renews its heartbeat)";
pub const OLDER: &str = "Show older statements";
pub const NONE_YET: &str = "Nothing has run in this session yet.";
pub const NO_STATE: &str = "state unknown";
pub const NO_OUTPUT: &str = "No output";

pub fn statement(id: &str) -> String {
    format!("Statement {id}")
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

// Whose it is.
pub const FROM_BROWSER: &str = "sent from this browser";
pub const FROM_ELSEWHERE: &str = "sent by another client";

// What can be done with one.
pub const CANCEL: &str = "Cancel";
pub const RUN_AGAIN: &str = "Run again";

pub fn cancel(id: &str) -> String {
    format!("Cancel statement {id}")
}

pub fn run_again(id: &str) -> String {
    format!("Run statement {id} again")
}

// The editor.
pub const CODE: &str = "Code";
pub const LANGUAGE: &str = "Language";
pub const CHOOSE: &str = "Choose";
pub const RUN: &str = "Run statement";
pub const RUN_IT_AGAIN: &str = "Run it again";

/// What is said of the last press.
pub fn said(said: &Said) -> String {
    match said {
        Said::Nothing | Said::Press(Press::Sent) => String::new(),
        Said::Press(Press::Unanswered) => {
            "The last statement has no answer yet. Nothing was sent.".to_owned()
        }
        Said::Press(Press::SameAgain) => "The same code is still running. Nothing was sent.".to_owned(),
        Said::Press(Press::NotReady) => {
            "The session doesn't take statements now. Nothing was sent.".to_owned()
        }
        Said::Problems(problems) => {
            let all: Vec<String> = problems.iter().map(|it| problem(*it)).collect();
            all.join(" ")
        }
    }
}

fn problem(problem: CodeProblem) -> String {
    format!("{problem:?}")
}

// What became of the one that was sent last.
pub const SENT: &str = "Sent. Waiting for Livy's answer.";
pub const UNKNOWN: &str = "The answer was lost. Livy may be running it: looking for it among the session's statements. Nothing is sent again.";
pub const ABSENT: &str = "Livy does not have it: asked 5 times in 30 s. Your code is still in the editor.";
pub const LOST: &str = "The session is gone. Whether Livy ran it is not known.";

pub fn accepted(id: &str) -> String {
    format!("Sent as statement {id}.")
}

pub fn found(id: &str) -> String {
    format!("The answer was lost, and Livy has it as statement {id}.")
}

pub fn refused(why: &str) -> String {
    format!("Livy refused it: {why}")
}

pub fn twice(first: &str, second: &str) -> String {
    format!(
        "It arrived twice, as {first} and {second}: a connection broke and the browser repeated the request. Cancel {second}, unless \
         running it twice is harmless."
    )
}
