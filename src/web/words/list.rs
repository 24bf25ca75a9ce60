//! Sentences of the list of sessions and what this browser remembers.

use console::SessionRow;

pub const TITLE: &str = "Sessions";
pub const CREATE: &str = "Create a session";
pub const WAITING: &str = "Not loaded yet";

/// Below the heading: how many the server has. `unreadable` of the newest are not Livy's.
pub fn count(total: usize, unreadable: usize) -> String {
    let mut text = match total {
        0 => "No sessions".to_owned(),
        1 => "1 session".to_owned(),
        _ => format!("{} sessions", number(total)),
    };
    if unreadable > 0 {
        text.push_str(&format!("; {unreadable} could not be read"));
    }
    text
}

/// A number of sessions, its thousands apart.
pub fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

// The search.
pub const SEARCH: &str = "Search sessions";
pub const SEARCH_FOR: &str = "Search, or go to an id or name";

pub const FLEET_MISSING: &str = "What searches, selects and deletes many sessions could not be loaded.";

// The table.
pub const STATE: &str = "State";
pub const ID: &str = "Id";
pub const NAME: &str = "Name";
pub const KIND: &str = "Kind";
pub const OWNER: &str = "Owner";
pub const APPLICATION: &str = "Application";
pub const YOURS: &str = "yours";
pub const CREATED_HERE: &str = "Created in this browser";

pub const MEMORY: &str = "Memory";
pub const CORES: &str = "Cores";
pub const FIRST_SEEN: &str = "First seen";
pub const UNREAD: &str = "Not loaded yet";
pub const SELECT_ALL: &str = "Select all that match";

/// The checkbox of a row.
pub fn select(id: &str) -> String {
    format!("Select session {id}")
}

/// Who asked for a session, and as whom it runs.
pub fn owner(owner: &str, proxy_user: &str) -> String {
    match (owner, proxy_user) {
        (owner, "") => owner.to_owned(),
        ("", proxy_user) => proxy_user.to_owned(),
        (owner, proxy_user) if owner == proxy_user => owner.to_owned(),
        (owner, proxy_user) => format!("{owner} as {proxy_user}"),
    }
}

/// Memory of the driver and the executors, as far as the server tells: `2g + 3 × 4g`.
pub fn memory(row: &SessionRow) -> String {
    sum(row.driver_memory(), row.executor_memory(), row.executors)
}

/// Cores of the driver and the executors, as far as the server tells.
pub fn cores(row: &SessionRow) -> String {
    let text = |it: u32| (it > 0).then(|| it.to_string());
    sum(text(row.driver_cores).as_deref(), text(row.executor_cores).as_deref(), row.executors)
}

fn sum(driver: Option<&str>, executor: Option<&str>, executors: u32) -> String {
    let executors = executor.map(|it| match executors {
        0 => format!("n × {it}"),
        executors => format!("{executors} × {it}"),
    });
    match (driver, executors) {
        (Some(driver), Some(executors)) => format!("{driver} + {executors}"),
        (Some(driver), None) => driver.to_owned(),
        (None, executors) => executors.unwrap_or_default(),
    }
}

/// Sessions that have no row yet, because a new row would move the others.
pub fn new_sessions(count: usize) -> String {
    if count == 1 { "1 new session".to_owned() } else { format!("{} new sessions", number(count)) }
}

// An empty server.
pub const NONE_YET: &str = "No sessions yet";
pub const WHAT_A_SESSION_IS: &str = "A session is a Spark application that runs your statements. Sessions are listed here until about \
     10 minutes after they end.";
pub const CREATE_THE_FIRST: &str = "Create the first one";
pub const ONLY_THE_KIND: &str = ". Only the kind is needed; the server has defaults for the rest.";

// What ends with this tab.
pub const CLOSING_ENDS: &str = "Closing this tab will end: ";
pub const UNLESS_OPEN_ELSEWHERE: &str = " (unless someone else has it open).";

// What is remembered.
pub const REMEMBERED: &str = "Ended sessions seen here";
pub const WHAT_IS_REMEMBERED: &str = "Sessions you opened that the server no longer lists.";
pub const KEEP: &str = "Keep ended sessions in this browser";

/// What keeping means, and how much is kept at most.
pub fn keep_help(megabytes: u64) -> String {
    format!(
        "Saves logs too (up to {megabytes} MB). Anyone using this browser can read them. Settings that look like secrets are left \
         out. Turning this off deletes them."
    )
}

pub const CLEAR: &str = "Clear";
pub const CLEARED: &str = "Cleared.";
pub const CLEAR_TITLE: &str = "Clear all ended sessions seen here?";
pub const CLEAR_TEXT: &str = "Their facts, logs and statements are deleted from this tab and from this browser's storage. This cannot be undone. \
     Sessions on the server are not affected.";
pub const KEEP_THEM: &str = "Keep them";

/// The id and the time at which the server last reported a remembered session.
pub fn last_seen(id: &str, time: &str) -> String {
    format!("id {id}, last seen {time}")
}

/// On the page of a session: another one with the same id.
pub const SAME_ID: &str =
    "This page remembers another session with this id. Livy reuses ids after a restart.";

/// A remembered session with the id of the one on the page.
pub fn had_this_id(name: &str) -> String {
    format!("{name} that had this id before")
}
