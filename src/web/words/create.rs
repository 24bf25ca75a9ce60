//! Sentences of what became of a create.

use console::Stage;

/// What a create that is under way is doing, for the bar with the button; `None` once its end is known.
pub fn under_way(stage: &Stage, age: &str) -> Option<String> {
    let doing = match stage {
        Stage::Checking => "Checking the name",
        Stage::Sent => "Sent, Livy is starting the driver",
        Stage::Unknown { absent: false, .. } => "No answer, looking for the session",
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

pub fn checking(name: &str) -> (String, String) {
    (
        "Checking the name".to_owned(),
        format!("Asking the server whether “{name}” is free. Nothing has been sent yet."),
    )
}

pub fn sent(name: &str) -> (String, String) {
    (format!("Creating “{name}”…"), "Livy is starting the driver.".to_owned())
}

pub fn created(id: &str) -> String {
    format!("Session {id} was created from your request.")
}

pub fn found(id: &str, name: &str) -> (String, String) {
    (
        format!("Found: session {id}"),
        format!(
            "The server's answer was lost, but the session exists: it was found by its name “{name}”. It was created once."
        ),
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
            "{reason}. The server was asked several times and has no session “{name}”. Press “Create session” to send it \
             again: {again}"
        ),
    )
}

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
