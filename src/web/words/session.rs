//! Sentences of one session's page.

use std::time::Duration;

use console::{Bound, Since, Whom, plainly};
use form::Field;

pub const WAITING: &str = "Waiting for the server";
pub const DELETE: &str = "Delete session";
pub const CREATE_AGAIN: &str = "Create again with these values";

pub fn heading(id: &str) -> String {
    format!("Session {id}")
}

/// Since when it is in its state, with that moment in words.
pub fn since(since: Since, at: &str) -> String {
    match since {
        Since::Began(_) => format!("since {at}"),
        Since::FirstSeen(_) => format!("since {at} (when this page first saw it)"),
        Since::SeenAgain(_) => format!("since {at} (when this page looked again)"),
    }
}

/// The moment behind the age on the page.
pub fn last_answer(at: &str) -> String {
    format!("Last answer at {at}")
}

// Its two rooms.
pub const ROOMS: &str = "Session views";
pub const STATEMENTS: &str = "Statements";
pub const LOG: &str = "Log";
/// Beside "Statements" while the session is idle.
pub const READY: &str = "ready";
pub const NO_STATEMENTS_YET: &str = "Statements can run once the session is idle.";
pub const NO_STATEMENTS_LEFT: &str = "This session has ended. Livy doesn't return its statements any more.";
pub const STATEMENTS_NOT_LOADED: &str =
    "The part of this page that shows statements couldn't be loaded. Check your network, then try again.";

// The mark of a state.
pub const NO_STATE: &str = "state unknown";

pub fn gone(state: &str) -> String {
    format!("gone, last seen {state}")
}

// A delete, from the question to its end.
pub const DELETE_LOSES: &str = "This stops the driver. Everything in its memory is lost: variables, cached tables, running statements. \
    The log stays here as long as this tab is open.";
pub const KEEP: &str = "Keep session";
pub const STOPPING: &str = "Stopping the driver";
pub const STOPPING_LIMIT: &str = ". This can take up to two minutes.";

pub fn delete_question(id: &str, name: &str) -> String {
    format!("Delete session {id}, “{name}”?")
}

/// How long it has been going on, after [`STOPPING`].
pub fn for_so_long(span: Duration) -> String {
    format!(", {}", plainly(span))
}

// What the end of a session means.
pub const DELETED: &str = "The session is deleted";
pub const DELETED_TEXT: &str = "Its log stays here as long as this tab is open.";
pub const FORGOTTEN: &str = "The server has forgotten this session";
pub const RECYCLED: &str = "The server has given this session's id to another one";
pub const RECYCLED_TEXT: &str = "Livy restarted and reuses ids. The name, owner or application of the new session differ, so nothing of it is shown here.";
pub const MISSING: &str = "Session not found";
pub const MISSING_TEXT: &str =
    "It may have been deleted, timed out, ended a while ago (usually 10 minutes), or Livy restarted.";
pub const SEE_ALL: &str = "See all sessions";
pub const OPEN_SUCCESSOR: &str = "Open the session that has this id now";

pub fn kept_by_browser(at: &str) -> String {
    format!("What you see was saved by this browser at {at}.")
}

pub fn kept_by_page(at: &str) -> String {
    format!("What you see is from {at}.")
}

// Why it ended.
/// What the server tells and this page has no place for.
pub const OTHER_FIELDS: &str = "Other fields";

/// Above what the server itself says, with the name of the field.
pub fn said_by_server(field: &str) -> String {
    format!("The server says ({field})")
}

pub const WHY_ENDED: &str = "Why it ended";
pub const WHY_IN_ERROR: &str = "Why it is in error";
pub const LACKING: &str = "What doesn't work in this session";
pub const READ_FROM: &str = "from its log and details";
pub const SHOW_IN_LOG: &str = "Show in the log";
pub const NO_CAUSE: &str = "No cause found in the log.";
pub const NO_LOG: &str = "No cause found: there is no log of this session here.";
pub const ON_YARN: &str = " On YARN, look in the ";
pub const ELSEWHERE: &str = " Look in the ";
pub const YARN_LOG: &str = "driver log";
pub const LAST_ERROR: &str = "The line of the log that says most, which may not be the cause:";
pub const LOOKING: &str = "Looking for the reason in the log…";
pub const TABLE_NOT_LOADED: &str =
    "The part of this page that finds the reason couldn't be loaded. Check your network, then try again.";

/// Who can do what is advised.
pub fn for_whom(whom: Whom) -> &'static str {
    match whom {
        Whom::You => "What you can do:",
        Whom::Operator => "For the cluster's operator:",
    }
}

pub fn change(field: Field) -> String {
    format!("Create again and change {}", field.label())
}

// The facts.
pub const ID: &str = "Id";
pub const NAME: &str = "Name";
pub const KIND: &str = "Kind";
pub const OWNER: &str = "Owner";
pub const RUNS_AS: &str = "Runs as";
pub const APPLICATION: &str = "Application";
pub const FIRST_SEEN: &str = "First seen";
pub const LINKS: &str = "Links";
pub const SPARK_UI: &str = "Spark UI";
pub const DRIVER_LOG: &str = "Driver log";
pub const IN_UTC: &str = "Times in UTC";
pub const REQUEST: &str = "Request";
pub const SHOW: &str = "Show";
pub const HIDE: &str = "Hide";
pub const MASKED: &str = "••••••";

// Copying a fact.
pub const COPY: &str = "Copy";
pub const COPY_LINK: &str = "Copy link";
pub const COPY_NAME: &str = "Copy name";
pub const COPY_APPLICATION: &str = "Copy application id";
pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "Couldn't copy. Select the text and copy it yourself.";
pub const BY_HAND: &str = "Text to copy";

// The timeline.
pub const TIMELINE: &str = "Timeline";
pub const NOT_WATCHED: &str = "not watched";
pub const WAS_DELETED: &str = "deleted";
pub const WAS_FORGOTTEN: &str = "the server no longer has it";

// What will end it by itself.
pub const ENDS: &str = "Ends automatically";
pub const OVERDUE: &str = "Should have ended by now; it may end any moment. ";

/// What comes before and after the moment of such a bound. `earliest` is that of [`Bound::From`] in words.
pub fn around(bound: Bound, earliest: &str) -> (String, &'static str) {
    match bound {
        Bound::About => ("about ".to_owned(), ""),
        Bound::AtTheLatest => ("by ".to_owned(), " at the latest"),
        Bound::From(_) => (format!("between {earliest} and "), ""),
    }
}

/// What the rule of a field counts.
pub fn counted(rule: Field, span: Duration, is_default: bool) -> String {
    let span = plainly(span);
    match (rule, is_default) {
        (Field::IdleTimeout, true) => format!("{span} idle, Livy's default"),
        (Field::IdleTimeout, false) => format!("{span} idle"),
        (Field::Heartbeat, _) => format!("{span} after a client last checked on it"),
        _ => format!("{span} after its start"),
    }
}

/// Some minutes before: `at` is the moment in words, within its bounds.
pub fn ends_soon(at: &str, note: &str) -> String {
    format!("{ENDS} {at}. {note}")
}

// View only.
pub const VIEW_ONLY: &str = "View only";
pub const KEEP_ALIVE: &str = "Keep alive from here";
pub const LAST_LINES: &str = "Last lines of its log";
pub const VIEW_ONLY_TEXT: &str = "Opening this session fully would keep it alive for its owner, so only its state and last lines are shown.";
pub const UNLISTED_TEXT: &str = "Opening this session fully would keep it alive for its owner, and the server's list doesn't show where it is. What you see may be out of date.";

// Notifications of the browser.
pub const NOTIFY: &str = "Notify me when it's ready or ends";
pub const STOP_NOTIFYING: &str = "Stop notifications";
pub const NO_NOTIFICATIONS: &str = "This browser blocks notifications from this page";

pub fn is_now(state: &str) -> String {
    format!("The session is {state}.")
}

pub fn statement_ended(id: &str) -> String {
    format!("Statement {id} has finished.")
}

pub const NOTIFY_GONE: &str = "The server no longer has the session.";
