//! Sentences about many sessions.

use console::{Column, EndBar, EndItem, Ends, Halt, Outcome};

use crate::web::words::list::number;

// Filters.
pub const MINE: &str = "Mine";
pub const MINE_HELP: &str = "Created in this browser, or by the same owner";
pub const STATE: &str = "State";
pub const ANY_STATE: &str = "Any state";
pub const OWNER: &str = "Owner";
pub const ANY_OWNER: &str = "Any owner";
pub const NO_OWNER: &str = "(no owner)";
pub const CLEAR_FILTERS: &str = "Clear filters";

/// A choice with its number among the sessions that are loaded.
pub fn counted(name: &str, count: usize) -> String {
    if count == 0 { name.to_owned() } else { format!("{name} ({})", number(count)) }
}

/// Several values of one column, as the address can have them.
pub fn several(values: &[String]) -> String {
    values.join(", ")
}

pub const KIND: &str = "Kind";
pub const ANY_KIND: &str = "Any kind";
pub const PROXY_USER: &str = "Proxy user";
pub const ANY_PROXY_USER: &str = "Any proxy user";
pub const QUEUE: &str = "Queue";
pub const ANY_QUEUE: &str = "Any queue";
pub const ORDER: &str = "Order";

fn column(column: Column) -> &'static str {
    match column {
        Column::Id => "id",
        Column::Name => "name",
        Column::Owner => "owner",
        Column::ProxyUser => "proxy user",
        Column::State => "state",
        Column::Kind => "kind",
        Column::Application => "application",
        Column::Queue => "queue",
        Column::Memory => "memory",
        Column::Cores => "cores",
        Column::Seen => "first seen",
    }
}

/// An order of the rows.
pub fn order(by: Column, is_descending: bool) -> String {
    match (by, is_descending) {
        (Column::Id, true) => "Newest first".to_owned(),
        (Column::Id, false) => "Oldest first".to_owned(),
        (Column::Memory | Column::Cores, true) => format!("Most {}", column(by)),
        (Column::Memory, false) => "Least memory".to_owned(),
        (Column::Cores, false) => "Fewest cores".to_owned(),
        (Column::Seen, true) => "First seen, latest first".to_owned(),
        (Column::Seen, false) => "First seen, earliest first".to_owned(),
        (_, false) => format!("By {}, A to Z", column(by)),
        (_, true) => format!("By {}, Z to A", column(by)),
    }
}

/// A filter that has no field of its own.
pub fn filter(by: Column, value: &str) -> String {
    format!("{}: {value}", column(by))
}

/// The button that takes such a filter away.
pub fn without(filter: &str) -> String {
    format!("Remove filter {filter}")
}

// Reading the whole list.
pub const STOP: &str = "Stop";
pub const GO_ON: &str = "Go on";
pub const LOAD_ALL: &str = "Load all";
pub const NO_MATCH: &str = "No session matches.";
pub const READ_REFUSED: &str = "The list could not be read further.";

/// How many of all match.
pub fn match_count(count: usize, total: usize) -> String {
    match count {
        0 => NO_MATCH.to_owned(),
        1 => format!("1 of {} sessions matches", number(total)),
        _ => format!("{} of {} sessions match", number(count), number(total)),
    }
}

/// The same while the list is read.
pub fn matches_so_far(count: usize, read: usize, total: usize) -> String {
    format!("{} found: {} of {} sessions read", number(count), number(read), number(total))
}

/// Where somebody has stopped the reading.
pub fn stopped(read: usize, total: usize) -> String {
    format!("Stopped after {} of {} sessions.", number(read), number(total))
}

/// Why the reading waits, and until when. `title` is a failure in words.
pub fn goes_on_at(title: &str, time: &str) -> String {
    format!("{title}. Reading goes on at {time}.")
}

/// How many sessions are in each state, of those that are loaded.
pub fn totals(states: &[(String, usize)], read: usize, total: usize) -> String {
    const SHOWN: usize = 5;
    let mut parts: Vec<String> =
        states.iter().take(SHOWN).map(|(state, count)| format!("{} {state}", number(*count))).collect();
    let rest: usize = states.iter().skip(SHOWN).map(|it| it.1).sum();
    if rest > 0 {
        parts.push(format!("{} in other states", number(rest)));
    }
    let parts = parts.join(", ");
    if read < total { format!("{} of {} loaded: {parts}", number(read), number(total)) } else { parts }
}

// Handing over.
pub const COPY_ROWS: &str = "Copy rows";
pub const DOWNLOAD_CSV: &str = "Download CSV";
pub const DOWNLOAD_JSON: &str = "Download JSON";
pub const NOT_COPIED: &str = "Couldn't copy. Download the rows instead.";
pub const NOT_SAVED: &str = "Couldn't save the file.";

/// What was copied; `total` are listed.
pub fn copied(count: usize, total: usize) -> String {
    handed("Copied", count, total)
}

/// What was saved; `total` are listed.
pub fn saved(count: usize, total: usize) -> String {
    handed("Saved", count, total)
}

fn handed(what: &str, count: usize, total: usize) -> String {
    let rows = if count == 1 { "row" } else { "rows" };
    match count < total {
        true => {
            format!("{what} {} {rows}. Load all to have the other {}.", number(count), number(total - count))
        }
        false => format!("{what} {} {rows}.", number(count)),
    }
}

// The selection.
pub const SELECTED: &str = "Selected sessions";
pub const CLEAR_SELECTION: &str = "Clear selection";
pub const COMPARE: &str = "Compare";
pub const CREATE_AGAIN: &str = "Create again";
pub const SELECTING: &str = "Reading the list to select every session that matches";

pub const SELECTING_CUT_SHORT: &str = "The list was not read to its end, so the rest was not selected.";

/// How many are selected, and how many of them are not listed now.
pub fn selected(count: usize, unlisted: usize) -> String {
    match unlisted {
        0 => format!("{} selected", number(count)),
        _ => format!("{} selected, {} not listed now", number(count), number(unlisted)),
    }
}

/// Why the button that deletes does nothing now.
pub fn barred(bar: EndBar) -> &'static str {
    match bar {
        EndBar::Selecting => {
            "The list is still being read for your selection. Wait until it is done, or stop it."
        }
        EndBar::Running => "Sessions are being deleted. Wait until that is done, or stop it.",
        EndBar::Unfinished => "Finish the last delete first: go on, retry the failed, or close it.",
    }
}

/// The button that deletes, and the one that confirms.
pub fn delete(count: usize) -> String {
    format!("Delete {}", sessions(count))
}

fn sessions(count: usize) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{} sessions", number(count)) }
}

// The question.
pub const ENDS_LOSE: &str =
    "This stops their drivers. Everything in their memory is lost. It cannot be undone.";
pub const CANCEL: &str = "Cancel";
pub const BUSY_TOO: &str = "Busy or starting. Left out unless you tick them:";
pub const NONE_TICKED: &str = "All of them are busy or starting: tick those to delete.";
pub const TICK_ALL: &str = "All busy sessions";
pub const UNSURE_TOO: &str = "Without a name or an application id. If Livy was restarted, the id can belong to another session by now. \
     Left out unless you tick them:";
pub const TICK_ALL_UNSURE: &str = "All sessions without a name";

/// The question; `count` is what is to be deleted now.
pub fn question(count: usize) -> String {
    format!("{}?", delete(count))
}

/// One of the sessions: its name, its id, its state, and whose it is.
pub fn item(it: &EndItem) -> String {
    let name = it.name.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
    let owner = it.owner.as_ref().map(|owner| format!(", {owner}")).unwrap_or_default();
    format!("{name}session {} ({}{owner})", it.id, it.state)
}

/// Those that are not named.
pub fn and_more(count: usize) -> String {
    format!("and {} more", number(count))
}

/// Whose they are, where there are several owners.
pub fn owners(all: &[(String, usize)]) -> String {
    let one = |(owner, count): &(String, usize)| {
        let owner = if owner.is_empty() { NO_OWNER } else { owner };
        format!("{owner} {}", number(*count))
    };
    format!("Owners: {}", all.iter().map(one).collect::<Vec<_>>().join(", "))
}

// How far it has come.
pub const RETRY_FAILED: &str = "Retry the failed";
pub const CLOSE: &str = "Close";
pub const RESULTS: &str = "Each session";
pub const STOPPED_BY_PERSON: &str = "Stopped. The others were not deleted.";
pub const STOPPED_BY_RELOAD: &str =
    "The page was loaded again. The others were not deleted, and will not be unless you go on.";

/// The heading while it goes on.
pub fn deleting(ends: &Ends) -> String {
    format!("Deleting sessions: {} of {} done", number(ends.done()), number(ends.total()))
}

/// The heading of the result: what was deleted, and apart from it what was gone already, was left alone, or failed.
pub fn result(ends: &Ends) -> String {
    let (deleted, total) = (ends.deleted(), ends.total());
    let mut text = match deleted == total {
        true => format!("{} deleted", sessions(total)),
        false => format!("{} of {} deleted", number(deleted), sessions(total)),
    };
    let others =
        [(ends.gone(), "already gone"), (ends.left_alone(), "left alone"), (ends.failed(), "failed")];
    for (count, what) in others.into_iter().filter(|it| it.0 > 0) {
        text.push_str(&format!(", {} {what}", number(count)));
    }
    text
}

/// Why it has stopped, and what the server said. `title` is a failure in words.
pub fn halted(halt: &Halt, title: &str) -> String {
    match halt {
        Halt::Person => STOPPED_BY_PERSON.to_owned(),
        Halt::Reload => STOPPED_BY_RELOAD.to_owned(),
        Halt::Refused(_) => {
            format!("{title}. The others were not deleted. Sign in or ask for the right, then go on.")
        }
    }
}

/// Why the deleting waits, and until when. `title` is a failure in words.
pub fn deletes_go_on_at(title: &str, time: &str) -> String {
    format!("{title}. Deleting goes on at {time}.")
}

/// What became of one session. `title` is a failure in words.
pub fn outcome(outcome: &Outcome, title: impl FnOnce() -> String) -> String {
    match outcome {
        Outcome::Waiting => "not deleted yet".to_owned(),
        Outcome::Looking => "checking".to_owned(),
        Outcome::Deleting => "deleting".to_owned(),
        Outcome::Deleted => "deleted".to_owned(),
        Outcome::Gone => "was already gone".to_owned(),
        Outcome::Busy => "busy now, so it was left alone".to_owned(),
        Outcome::Another => "gone: its id belongs to another session now, which was left alone".to_owned(),
        Outcome::Unsure => {
            "left alone: the server doesn't say whether it is still the same session".to_owned()
        }
        Outcome::Failed(_) => format!("failed: {}", title()),
    }
}

// Going to a session.
/// While an id or name is looked for.
pub fn seeking(text: &str) -> String {
    format!("Looking for “{text}”.")
}

/// While a number that is no session's id is looked for as a name.
pub fn seeking_name(text: &str) -> String {
    format!("No session has the id {text}. Looking for a session with that name.")
}

/// Somebody has stopped the reading that it needed.
pub fn cut_short(text: &str) -> String {
    format!("“{text}” is not among the sessions that were loaded. Loading the others was stopped.")
}

/// No session of an id or name.
pub fn missing(text: &str) -> String {
    format!("There is no session with the id or name “{text}”.")
}

/// A session that the filters leave out.
pub const HIDDEN: &str = "The filters hide it.";

/// The link to its page.
pub fn open(id: &str) -> String {
    format!("Open session {id}")
}

// Comparing.
pub const COMPARE_TITLE: &str = "Compare two requests";
pub const FIELD: &str = "Field";
pub const SAME: &str = "The two requests are the same, as far as the server tells.";
pub const SAME_FIELDS: &str = "Fields that are the same";
pub const NOT_SET: &str = "not set";
pub const COMPARING: &str = "Loading both sessions";
pub const IS_GONE: &str = "The server does not have it any more.";

/// The head of a session's column.
pub fn of_session(id: &str) -> String {
    format!("Session {id}")
}

/// A session that could not be read.
pub fn not_read(id: &str, title: &str) -> String {
    format!("Session {id}: {title}")
}
