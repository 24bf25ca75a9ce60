//! Sentences of what became of a statement that was sent.

use livy::{CallError, Meaning, StatementId};

use super::statements::said;

pub const SENT: &str = "Sent. Waiting for Livy's answer.";
pub const UNKNOWN: &str = "The answer was lost. Livy may be running it: looking for it among the session's statements. Nothing is sent again.";
pub const MAY_BE_GONE: &str = "The answer was lost, and Livy no longer has all statements that came since: it may have run. \
    Nothing is sent again. Look at what it would have changed before you run it again.";
pub const ABSENT_AFTER_RELOAD: &str = "Livy does not have the statement that was sent before this page was reloaded. Code that is on its way is never stored: enter it again.";
pub const LOST: &str = "The session is gone. Whether Livy ran the last statement is not known.";
pub const SEND_AGAIN: &str = "Send it again";
pub const VIEW_ONLY: &str = "You may look at this session's statements, but not run any.";

/// The server was asked so often, over half a minute at least. `in_editor`: its code stands there.
pub fn absent(times: u32, in_editor: bool) -> String {
    let code = if in_editor { " Your code is still in the editor." } else { "" };
    format!("Livy does not have it: asked {times} times in 30 s or more.{code}")
}

pub fn accepted(id: &str) -> String {
    format!("Livy has it as statement {id}.")
}

pub fn found(id: &str) -> String {
    format!("The answer was lost. Livy has it as statement {id}: nothing needs to be sent again.")
}

pub fn probably(id: &str) -> String {
    format!(
        "The answer was lost. It is probably statement {id}: the server doesn't return its code as it was sent, so only you can tell."
    )
}

pub fn it_is(id: &str) -> String {
    format!("Statement {id} is it")
}

/// It did not take it. `in_editor`: its code stands there.
pub fn refused(error: &CallError, in_editor: bool) -> String {
    let code = if in_editor { ", and your code is still in the editor" } else { "" };
    let status = error.status().map(|it| format!(" ({it})")).unwrap_or_default();
    let why = error.words().map(said).unwrap_or_default();
    let remedy = match error.meaning() {
        Some(Meaning::SignIn) => " Sign in again, then run it once more.",
        Some(Meaning::TooLarge) => {
            " It takes no request that large, or a gateway before it does not: run the code in smaller pieces."
        }
        Some(Meaning::NoRoom | Meaning::Paused | Meaning::Down) => " Try again later.",
        _ => "",
    };
    format!("The server refused it{status}.{why} It was not run{code}.{remedy}")
}

/// All that came of one request, the first one first.
pub fn repeated(ids: &[StatementId]) -> String {
    let (times, rest, once) = match ids.len() {
        ..=2 => ("twice".to_owned(), these(ids.get(1..).unwrap_or_default()), "twice"),
        count => (format!("{count} times"), "all but the first".to_owned(), "more than once"),
    };
    format!(
        "It arrived {times}, as {}: a connection broke and the browser repeated the request. Cancel {rest}, unless \
         running it {once} is harmless.",
        these(ids)
    )
}

/// The button for one of them or more.
pub fn cancel_all(ids: &[StatementId]) -> String {
    let plural = if ids.len() > 1 { "s" } else { "" };
    format!("Cancel statement{plural} {}", these(ids))
}

/// “1 and 2”, “1, 3 and 4”, and “1 to 7” where none is left out.
fn these(ids: &[StatementId]) -> String {
    let follows =
        |it: &[StatementId]| it[0].number().map(|it| it + 1) == it[1].number() && it[1].number().is_some();
    match ids {
        [] => String::new(),
        [id] => id.as_str().to_owned(),
        [first, _, .., last] if ids.windows(2).all(follows) => {
            format!("{} to {}", first.as_str(), last.as_str())
        }
        [before @ .., last] => {
            let before: Vec<&str> = before.iter().map(StatementId::as_str).collect();
            format!("{} and {}", before.join(", "), last.as_str())
        }
    }
}
