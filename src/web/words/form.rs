//! Sentences of the form.

pub const TITLE: &str = "New session";
pub const SUBTITLE: &str = "Leave a field empty to use the server's default.";
pub const CREATE: &str = "Create session";

// Where the values come from.
pub const FROM_LINK: &str = "Filled in from a link.";
pub const FROM_HOST: &str = "Filled in by this page.";
pub const FROM_LINK_CHECK: &str = "Check it before you create.";
pub const FROM_LAST: &str = "Copied from your last session.";
pub const FROM_LAST_CHECK: &str = "Enter a new name, and enter secrets again.";
pub const FROM_SESSION_CHECK: &str =
    "Changes are marked. Enter a new name; check values the server doesn't report.";
pub const CHANGED: &str = "changed";

pub fn from_session(id: &str) -> String {
    format!("Copied from session {id}.")
}

pub fn changed_from(text: &str) -> String {
    format!("changed, was {text}")
}

pub fn changed_keys(keys: &str) -> String {
    format!("changed: {keys}")
}

// Fields that Livy does not have.
pub const NOT_SENT: &str = "Not sent: Livy doesn't accept these fields.";
pub const DISCARD: &str = "Discard";

// Fill and empty.
pub const UNDO: &str = "Undo";
pub const EXAMPLE: &str = "Fill in the example";
pub const START_FROM_LAST: &str = "Start from your last session";
pub const CLEAR: &str = "Clear the form";

// Fields.
pub const UNIT: &str = "Unit";
pub const NO_UNIT: &str = "unit";
pub const SERVER_DEFAULTS: &str = "server defaults";
pub const CHOOSE_KIND: &str = "Choose a kind.";
pub const NAME_IF_EMPTY: &str = " If empty: ";
pub const NAME_TAKEN: &str = " has this name. Choose another name.";

/// What a kind is, by Livy's word.
pub fn kind(word: &str) -> &'static str {
    match word {
        "spark" => "Scala by default. A statement can also choose another language.",
        "pyspark" => "Python by default. A statement can also choose another language.",
        "sparkr" => "R by default. The server must have R installed.",
        "sql" => "Spark SQL only.",
        "shared" => "No default language: each statement must name one (Livy 0.5+).",
        _ => CHOOSE_KIND,
    }
}

pub fn session(id: &str) -> String {
    format!("Session {id}")
}

/// A value that may work better; the old one is empty where it is not known.
pub fn better(value: &str, instead_of: &str) -> String {
    if instead_of.is_empty() {
        format!("The session ended with the server's default. {value} may work.")
    } else {
        format!("The session ended with {instead_of}. {value} instead of {instead_of} may work.")
    }
}

pub fn take(value: &str) -> String {
    format!("Use {value}")
}

/// The button that adds a row: `jar` is the field's noun.
pub fn add(noun: &str) -> String {
    format!("Add {noun}")
}

/// A row of a list, counted from 0.
pub fn row(label: &str, row: usize) -> String {
    format!("{label} {}", row + 1)
}

pub fn remove(what: &str) -> String {
    format!("Remove {what}")
}

pub fn move_up(what: &str) -> String {
    format!("Move {what} up")
}

pub const MOVE_HINT: &str = "Move up (Alt and an arrow key move a row)";

/// What is set in a group that is folded away: `Idle timeout 30m`.
pub fn is_set(label: &str, text: &str) -> String {
    format!("{label} {text}")
}

// Configuration rows.
pub const KEY: &str = "Key";
pub const VALUE: &str = "Value";
pub const VALUE_EMPTY: &str = "value";
pub const SHOW: &str = "Show";
pub const HIDE: &str = "Hide";
pub const SPARK_KEYS: &str = "Spark settings";

pub fn key_of(row: &str) -> String {
    format!("{row} key")
}

pub fn value_of(row: &str) -> String {
    format!("{row} value")
}

pub fn unknown_key(near: &str) -> String {
    format!("Unknown Spark 3.5 setting. Did you mean {near}?")
}

pub const TAKE_KEY: &str = "Use it";

/// What Spark's own list says of a setting. Its default and version may be empty.
pub fn setting(meaning: &str, default: &str, since: &str) -> String {
    let part = |words: &str, text: &str| {
        if text.is_empty() { String::new() } else { [" ", words, " ", text, "."].concat() }
    };
    [meaning, &part("Default", default), &part("Since Spark", since)].concat()
}

// Problems.
pub fn attention(count: usize) -> String {
    match count {
        1 => "1 problem needs attention".to_owned(),
        count => format!("{count} problems need attention"),
    }
}

pub fn in_row(row: usize) -> String {
    format!(", row {}", row + 1)
}

pub const READY: &str = "Ready";
pub const NAME_IN_USE: &str =
    "Name already used by another session. It will be checked again before sending.";

pub fn warned(count: usize) -> String {
    match count {
        1 => "Ready, 1 warning".to_owned(),
        count => format!("Ready, {count} warnings"),
    }
}

pub fn fix_first(count: usize) -> String {
    match count {
        1 => "Fix 1 problem first".to_owned(),
        count => format!("Fix {count} problems first"),
    }
}

// The request.
pub const REQUEST: &str = "Request";
pub const REQUEST_JSON: &str = "The request as JSON";
pub const EDIT: &str = "Edit or paste";
pub const DONE: &str = "Done";
pub const SHOW_SECRETS: &str = "Show secrets";
pub const HIDE_SECRETS: &str = "Hide secrets";
pub const EXACT: &str = "This is exactly what will be sent.";
pub const EXACT_LATER: &str = "This will be sent as soon as the name is free.";
pub const EXACT_SENT: &str = "This is exactly what was sent.";
pub const MASKED: &str = " Secrets are hidden here but will be sent.";

pub fn incomplete(count: usize) -> String {
    match count {
        1 => "1 field needs fixing; it is not included.".to_owned(),
        count => format!("{count} fields need fixing; they are not included."),
    }
}

pub const REQUEST_TEXT: &str = "Request as text";
pub const COMING: &str = "Loading…";
pub const READER_FAILED: &str =
    "Couldn't load what reads this text. Check your connection. Your text stays here.";
pub const UNCHANGED: &str = "Your form is unchanged.";
pub const POLICY_KEPT: &str = " Locked values stay as they are.";

pub fn paste_help() -> String {
    format!("Paste {}. The form fills in as you type.", snippet::READABLE)
}

pub fn read_as(source: &str) -> String {
    format!("Read as {source}. The form is filled in.")
}

pub fn not_accepted(keys: &str) -> String {
    format!(" Not sent, because Livy doesn't accept it: {keys}.")
}

// Copies of the request.
pub const COPIES: &str = "Copy as curl, Python, and others";
pub const COPY_AS: &str = "Copy as";
pub const COPY: &str = "Copy";
pub const WITH_SECRETS: &str = "with secrets";
pub const IN_THIS_FORM: &str = "The request in this form";
pub const COPY_LINK: &str = "Copy link to this form";
pub const LINK_OMITS: &str = " without secrets and proxy user";
pub const WRITER_FAILED: &str = "Couldn't load this format. Check your connection.";
pub const LEFT_OUT: &str = "Fields with errors are left out.";
pub const A_REQUEST: &str = "request";
pub const A_LINK: &str = "link";

pub fn enter_secrets(mask: &str) -> String {
    format!("Replace {mask} with the secrets.")
}

pub fn copied(what: &str) -> String {
    format!("Copied the {what}.")
}

pub fn not_copied(what: &str, text: &str) -> String {
    format!("Couldn't copy. Select the {what} and copy it yourself: {text}")
}

// Resources.
pub const RESOURCES: &str = "Resources";
pub const ESTIMATE: &str = "estimate";
pub const NO_ESTIMATE: &str = "Fix the numbers in the form to see an estimate.";
pub const CONTAINERS: &str = "Containers";
pub const PODS: &str = "Pods";
pub const CORES: &str = "Cores";
pub const MEMORY: &str = "Memory";
pub const DRIVER: &str = "Driver";
pub const EACH_EXECUTOR: &str = "Each executor";
pub const AT_START: &str = "At start";
pub const AT_LEAST: &str = "At least";
pub const TOTAL: &str = "Total";
pub const AT_MOST: &str = "At most";
pub const ALLOWED: &str = "Allowed here";

/// The heading of how it is calculated, for which cluster manager.
pub fn how(manager: &str) -> String {
    format!("How this is calculated ({manager})")
}

pub fn heap(heap: &str, overhead: &str) -> String {
    format!("{heap} heap and {overhead} overhead")
}

pub fn between(least: u64, most: Option<u64>) -> String {
    match most {
        Some(most) => format!("{least} to {most}"),
        None => format!("{least} or more"),
    }
}

// Presets.
pub const PRESETS: &str = "Presets";
pub const NO_PRESETS: &str = "You have no presets yet. Fill in the form and save it under a name.";
pub const KEEP_AS: &str = "Save this form as";
pub const PRESET_NAME: &str = "Nightly";
pub const KEEP: &str = "Save";
pub const EXPORT: &str = "Export mine";
pub const IMPORT: &str = "Import";
pub const TAKE_BACK: &str = "Undo preset change";
pub const NAME_FIRST: &str = "Enter a name first.";
pub const AS_BEFORE: &str = "Your presets are back.";
pub const NO_SAVING: &str = "This browser doesn't let the page save a file.";
pub const NOT_KEPT: &str =
    "This browser has no storage left or doesn't let the page use it. Export your presets to a file.";
pub const SECRETS_LEFT_OUT: &str = " Secrets were left out.";
pub const HDINSIGHT: &str = "HDInsight example";
pub const HDINSIGHT_ABOUT: &str = "From the 2015 reference. Replace the placeholders with your own.";

pub fn kept(name: &str, is_kept: bool, replaced: usize, has_secrets: bool) -> String {
    let place = if is_kept { "in this browser" } else { "until this page is closed" };
    let replaced = if replaced == 0 { "" } else { " It replaced the preset with this name." };
    let secrets = if has_secrets { SECRETS_LEFT_OUT } else { "" };
    let more = if is_kept { String::new() } else { format!(" {NOT_KEPT}") };
    format!("Saved “{name}” {place}.{replaced}{secrets}{more}")
}

pub fn imported(count: usize, replaced: usize, is_kept: bool) -> String {
    let presets = if count == 1 { "preset" } else { "presets" };
    let replaced =
        if replaced == 0 { String::new() } else { format!(" {replaced} with the same name replaced.") };
    let more = if is_kept { String::new() } else { format!(" {NOT_KEPT}") };
    format!("Imported {count} {presets}.{replaced}{more}")
}

pub fn no_presets(field: &str, message: &str) -> String {
    if field.is_empty() {
        format!("This file holds no presets. {message}")
    } else {
        format!("This file holds no presets ({field}). {message}")
    }
}

pub fn filled_with(name: &str) -> String {
    format!("The form is filled in with “{name}”.")
}

pub fn removed(name: &str, is_kept: bool) -> String {
    if is_kept { format!("Removed “{name}”.") } else { format!("Removed “{name}”. {NOT_KEPT}") }
}
