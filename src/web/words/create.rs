//! Sentences of what became of a create.

use console::{Copies, Stage, Stuck};

/// What a create that is under way is doing, for the bar with the button; `None` once its end is known.
pub fn under_way(stage: &Stage, age: &str) -> Option<String> {
    let doing = match stage {
        Stage::Checking => "Checking the name",
        Stage::Sent => "Sent, Livy is starting the driver",
        Stage::Unknown { absent: false, stuck: None, .. } => "No answer, looking for the session",
        _ => return None,
    };
    Some(format!("{doing}, {age}"))
}

/// Why a press on the button does nothing for now.
pub fn busy(stage: &Stage) -> &'static str {
    match stage {
        Stage::Checking => "Wait: the name is being checked.",
        Stage::Unknown { .. } => "Wait: it isn't known yet whether your last request created a session.",
        _ => "Already sent. Wait for the server's answer.",
    }
}

/// The same, while it is not known yet what there is to know.
pub const BUSY_LOADING: &str = "Wait: what became of your last request is still being loaded.";

pub fn checking(name: &str) -> (String, String) {
    (
        "Checking the name".to_owned(),
        format!("Asking the server whether “{name}” is free. Nothing has been sent yet."),
    )
}

pub fn sent(name: &str) -> (String, String) {
    (format!("Creating “{name}”…"), "Livy is starting the driver.".to_owned())
}

pub fn created(id: &str, name: &str, copies: Copies) -> String {
    match copies {
        Copies::PerhapsTwo => format!("Session {id} was created from your request. {}", perhaps_two(name)),
        Copies::One | Copies::Unknown => format!("Session {id} was created from your request."),
    }
}

pub fn found(id: &str, name: &str, copies: Copies) -> (String, String) {
    let how_often = match copies {
        Copies::One => " It was created once.".to_owned(),
        Copies::Unknown => String::new(),
        Copies::PerhapsTwo => format!(" {}", perhaps_two(name)),
    };
    (
        format!("Found: session {id}"),
        format!(
            "The server's answer was lost, but the session exists: it was found by its name “{name}”.{how_often}"
        ),
    )
}

fn perhaps_two(name: &str) -> String {
    format!(
        "The request was sent twice: search the list for a second session “{name}”, and delete the one you don't need."
    )
}

/// Where no answer came, not even a failure.
pub const RELOADED: &str = "The page was reloaded before the answer came";

pub fn unknown(reason: &str, name: &str) -> (String, String) {
    (
        "Not known yet whether the session was created".to_owned(),
        format!("{reason}. The page is looking for “{name}” on the server. Nothing is sent twice."),
    )
}

/// `is_unique`: this server is known to refuse a second session with the same name.
pub fn absent(reason: &str, name: &str, is_unique: bool) -> (String, String) {
    let again = if is_unique {
        "this server refuses a second session with the same name."
    } else {
        "if the first request does arrive after all, there may be two sessions."
    };
    (
        "Probably not created".to_owned(),
        format!(
            "{reason}. The server has been asked and has no session “{name}”. Press “Create session” to send it \
             again: {again}"
        ),
    )
}

/// `barred`: why the page may not look; `can_repeat`: the request is at hand, which it is not after a reload.
pub fn cannot_tell(
    reason: &str,
    name: &str,
    stuck: &Stuck,
    barred: Option<&str>,
    can_repeat: bool,
) -> (String, String) {
    let why = match barred {
        None if *stuck == Stuck::NoAnswer => format!(
            "The server hasn't said yet whether a session “{name}” exists. Wait, or look at the list of sessions first."
        ),
        Some(barred) => format!(
            "The page could not look for “{name}”: {}. Sign in or ask for access, then press “{LOOK_AGAIN}”.",
            starting_small(barred)
        ),
        None => format!(
            "This server can't tell whether a session “{name}” exists. Look at the list of sessions first."
        ),
    };
    let again = if can_repeat { SEND_AGAIN } else { "Create session" };
    (
        "Not known whether the session was created".to_owned(),
        format!(
            "{reason}. {why} “{again}” may start a second session; “{GIVE_UP}” sends nothing and stops looking."
        ),
    )
}

/// A title within a sentence.
fn starting_small(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

pub const LOOK_AGAIN: &str = "Look again";
pub const SEND_AGAIN: &str = "Send again";
pub const GIVE_UP: &str = "Give up";
pub const DISMISS: &str = "Dismiss";

pub const NAME_IN_USE: &str = "The name is in use";

/// After the link to the session that has it.
pub fn has_name(name: &str) -> String {
    format!(" is called “{name}”, and names must be unique. No second session was created. ")
}

pub const CHANGE_NAME: &str = "Choose another name";
pub const ITS_FIELD: &str = "Field: ";

/// What is done with a field that this server does not know.
pub fn take_out(label: &str) -> String {
    format!("Remove {label}")
}

pub fn a_session(id: &str) -> String {
    format!("Session {id}")
}

pub const ELSEWHERE: &str = "Created: ";

pub fn session(id: &str) -> String {
    format!("session {id}")
}
