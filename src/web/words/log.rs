//! Sentences of the log.

use console::Levels;
use livy::Section;

/// The region.
pub const LOG: &str = "Log";
/// The tabs.
pub const SECTIONS: &str = "Log sections";
/// Saves everything.
pub const DOWNLOAD: &str = "Download log";
/// What that is.
pub const DOWNLOAD_HINT: &str = "The whole log: every section, every line";
/// Saves the lines that are shown while others are filtered out.
pub const DOWNLOAD_SHOWN: &str = "Download shown lines";
/// What that is.
pub const DOWNLOAD_SHOWN_HINT: &str = "Only the lines that the filters show";

/// Saves one section.
pub fn download_section(section: Option<Section>) -> String {
    format!("Download {} only", section.map_or("section", Section::as_str))
}

/// What that is.
pub const DOWNLOAD_SECTION_HINT: &str = "Only this section, every line";

/// The search field.
pub const SEARCH: &str = "Search the log";
/// Steps through the matches.
pub const PREVIOUS_MATCH: &str = "Previous match";
/// Steps through the matches.
pub const NEXT_MATCH: &str = "Next match";
/// Goes to the next error.
pub const NEXT_ERROR: &str = "Next error";
/// An option of the search.
pub const MATCH_CASE: &str = "Match case";
/// An option of the search.
pub const REGULAR_EXPRESSION: &str = "Regular expression";
/// An option of the search.
pub const ONLY_MATCHES: &str = "Only matches";
/// An option of the view.
pub const WRAP_LINES: &str = "Wrap lines";
/// An option of the view.
pub const UNFOLD_TRACES: &str = "Unfold traces";

/// No match.
pub const NONE: &str = "No matches";
/// There is no error to go to.
pub const NO_ERROR: &str = "No errors in this section";

/// How many matches there are, and which one is shown.
pub fn found(at: Option<usize>, count: usize) -> String {
    match (at, count) {
        (Some(at), _) => format!("{} of {count}", at + 1),
        (None, 0) => NONE.to_owned(),
        (None, 1) => "1 match".to_owned(),
        (None, _) => format!("{count} matches"),
    }
}

/// The same while the search goes on.
pub fn searched(found: &str, percent: u64) -> String {
    format!("{found}, {percent}% searched")
}

/// The browser's words for what is wrong with an expression.
pub fn wrong_expression(why: &str) -> String {
    format!("Invalid: {why}")
}

/// The browser has no words for it.
pub const NO_EXPRESSION: &str = "not an expression";
/// The search was given up.
pub const SLOW_EXPRESSION: &str = "Takes too long. Use a simpler expression.";

/// The switches below.
pub const LEVELS: &str = "Errors and warnings";

/// A switch: what it counts.
pub fn errors(count: u64) -> String {
    counted(count, "error", "errors")
}

/// A switch: what it counts.
pub fn warnings(count: u64) -> String {
    counted(count, "warning", "warnings")
}

fn counted(count: u64, one: &str, many: &str) -> String {
    match count {
        0 => format!("No {many}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

/// What the switch does.
pub const SHOW_ERRORS: &str = "Show errors only";
/// What the switch does.
pub const SHOW_WARNINGS: &str = "Show warnings only";

/// What the filters leave where they leave no line.
pub fn nothing_shown(levels: Levels, has_term: bool, section: Section) -> String {
    let level = match (levels.errors, levels.warnings) {
        (true, true) => "errors or warnings",
        (true, false) => "errors",
        (false, true) => "warnings",
        (false, false) => "lines",
    };
    let section = section.as_str();
    if has_term { format!("No matching {level} in {section}") } else { format!("No {level} in {section}") }
}

/// Nothing has come yet.
pub const NO_LOG: &str = "No log yet";
/// The section is empty.
pub const NO_LINES: &str = "No lines here yet";

/// The oldest lines are gone.
pub fn dropped(megabytes: usize, lines: u64) -> String {
    format!("This page keeps the newest {megabytes} MB of each section. {lines} older lines were dropped.")
}

/// Back to the end of the log.
pub fn new_lines(count: u64) -> String {
    match count {
        0 => "Go to the end".to_owned(),
        1 => "1 new line".to_owned(),
        _ => format!("{count} new lines"),
    }
}

/// No line is picked.
pub const LINK_HINT: &str = "Select a line number to get a link to that line.";

/// Copies a link to a line, counted from 1.
pub fn copy_link(line: u64) -> String {
    format!("Copy link to line {line}")
}

/// Done.
pub const COPIED: &str = "Copied";
/// The browser refuses.
pub const NOT_COPIED: &str = "Couldn't copy: this browser doesn't allow it";
/// A link leads nowhere.
pub const LINK_LOST: &str = "The linked line is not in the part of the log that this page has.";
/// A link leads to one of several equal lines.
pub const LINK_UNSURE: &str = "This line has the text of the linked line but may be another one: this page has fewer copies of it than the link counts.";

/// Lines may be missing: the server's ring was overwritten.
pub const GAP: &str = "Lines may be missing here: the server keeps only the newest ones";
/// Lines may be missing: the server has replaced its message.
pub const GAP_IN_DIAGNOSTICS: &str = "Lines may be missing here: the server replaced its message";

/// A fold, in full and in short.
pub fn folded(frames: u64, is_progress: bool) -> (String, String) {
    match (is_progress, frames) {
        (true, 1) => ("1 earlier progress update".to_owned(), "1 earlier".to_owned()),
        (true, _) => (format!("{frames} earlier progress updates"), format!("{frames} earlier")),
        (false, _) => (format!("{frames} lines of a stack trace"), format!("{frames} frames")),
    }
}

/// The end of a line that is too long to be drawn.
pub fn cut(bytes: usize) -> String {
    format!(" … {bytes} more bytes: copy or download the log to get them")
}
