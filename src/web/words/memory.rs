//! Sentences of what this browser keeps beyond the tab.

pub const STATEMENTS: &str = "With code and results";
pub const STATEMENTS_HELP: &str = "Saves the code and results of these sessions in this browser, within the same limit. Secrets in them are not removed. \
     Turning this off deletes them.";

pub const NO_ROOM: &str = "This browser has no room left. The session that ended last was not saved.";
pub const NOT_ALLOWED: &str =
    "This browser doesn't let this site save anything, for example in a private window or a frame.";
pub const NOT_LOADED: &str = "Couldn't load what saves and deletes ended sessions here: none are saved or deleted now. Reload the page to try again.";
