//! Sentences of the header, of failures, of the page that is not found, and of parts that do not arrive.

use console::{Doing, Route};
use livy::CallError;

pub const BRAND: &str = "livy-console";
pub const CLUSTER: &str = "Cluster";
pub const HELP: &str = "Help";
pub const TERMS: &str = "Terms";

/// An address that names a cluster that is not in the configuration.
pub fn no_cluster(key: &str) -> String {
    format!("There is no cluster “{key}”")
}

pub const NOTHING_ASKED: &str = "Nothing was sent. These clusters are set up here:";
pub const FIRST_CLUSTER: &str = "Open the first cluster";
/// What a screen reader calls the way to the pages. In a host's page there may be another console's.
pub fn navigation(cluster: &str, is_page: bool) -> String {
    if is_page || cluster.is_empty() { "Console".to_owned() } else { format!("Console of {cluster}") }
}
/// What a screen reader calls the console in a host's page.
pub fn region(cluster: &str) -> String {
    if cluster.is_empty() { "Livy sessions".to_owned() } else { format!("Livy sessions of {cluster}") }
}

pub const SESSIONS: &str = "Sessions";
pub const NEW_SESSION: &str = "New session";
pub const DISMISS: &str = "Dismiss";

/// Which Livy answers.
pub fn version(it: &str) -> String {
    format!("Livy {it}")
}

/// The tab's title. A row of tabs shows its first words alone: trouble goes first, then the state of a session.
pub fn title(trouble: Option<&str>, page: &str, product: &str) -> String {
    trouble.map_or_else(|| format!("{page} · {product}"), |it| format!("{it} · {page} · {product}"))
}

/// The part of a session's title before the console's name.
pub fn session_title(state: &str, name: &str) -> String {
    if state.is_empty() { name.to_owned() } else { format!("{state} · {name}") }
}

/// The same after a statement has ended that nobody saw end.
pub fn statement_title(id: &str, name: &str) -> String {
    format!("Statement {id} finished · {name}")
}

/// Instead of a state, for a session that the server no longer has.
pub const GONE: &str = "gone";
pub const NOT_FOUND: &str = "Page not found";

/// A session without a name, by its id or the name in the address.
pub fn unnamed(id: &str) -> String {
    format!("session {id}")
}

// A link with more than its page can use.
pub const UNUSED: &str = "Ignored in the link: ";

// Failures.
pub const TRY_AGAIN_NOW: &str = "Try again now";
pub const COPY_DIAGNOSTICS: &str = "Copy diagnostics";
pub const COPIED: &str = "Copied";
pub const BY_HAND: &str = "Couldn't copy. Select the text and copy it yourself:";
pub const DIAGNOSTICS: &str = "Diagnostics";

/// A failure whose words are not here.
pub fn plain_trouble(error: &CallError, doing: Doing) -> (&'static str, String) {
    let title = match doing {
        Doing::Reading => "This page could not be updated",
        Doing::ReadingLog => "The log could not be read",
        Doing::Creating => "The session was not created as asked",
        Doing::Deleting => "The session was not deleted as asked",
    };
    let text = format!(
        "The server: {error}. Nothing is lost: your sessions keep running, and what you typed is kept. This console could not load \
         its explanation. Check your connection."
    );
    (title, text)
}

// No page.
pub const ASKED_FOR: &str = "The console has no page ";
pub const NOTHING_SENT: &str = ". Nothing was sent to the server.";
pub const PAGES_ARE: &str = "A session's page is ";
pub const OR: &str = " or ";
pub const NO_SLASHES: &str = ", without more slashes. ";
pub const ALL_SESSIONS: &str = "See all sessions";
pub const CREATE_ONE: &str = "create a session";

/// An example of a session's address, by its id and by its name.
pub const EXAMPLES: [&str; 2] = ["#/sessions/13", "#/sessions/etl-nightly"];

/// An address as the person sees it.
pub fn address(route: &Route) -> String {
    match route {
        Route::Malformed(text) => format!("#{text}"),
        route => route.href(),
    }
}

// A part of the program.
pub const LOADING: &str = "Loading the page";
pub const NOT_LOADED: &str = "This page could not be loaded";
pub const WHY_NOT_LOADED: &str = "Part of the console did not arrive: the connection failed, or a new version was installed after \
     you opened this page. Your sessions keep running, and what you typed is kept in this tab. Try again. If that doesn't help, \
     reload the page.";
pub const TRY_AGAIN: &str = "Try again";
pub const RELOAD: &str = "Reload the page";

// A cluster that is only pretended.
pub const DEMO_NOTE: &str = "About this cluster";
pub const DEMO: &str = "Pretend cluster";
pub const DEMO_WHERE: &str = " running inside this page.";
pub const DEMO_MORE: &str = " No request leaves the page. Reloading resets the cluster.";
pub const DEMO_PART_MISSING: &str =
    "The part of the console with the pretend cluster did not arrive. Reload the page to try again.";

// A wrong setting.
pub const MISCONFIGURED: &str = "The console is not set up";
pub const ASK_THE_HOST: &str = "The cluster was not contacted. Ask whoever hosts this page to fix it.";

/// A setting inside a file.
pub fn setting_in(setting: &str, file: &str) -> String {
    format!("{setting} in {file}")
}

pub const CONFIG_PART_MISSING: &str = "This setting cannot be used, or the part of the console that reads it did not arrive. Reload the page to \
     try again.";
pub const CONFIG_MISSING: &str =
    "There is no configuration at this address. Put it there, or take the setting away.";
pub const CONFIG_UNREAD: &str =
    "The file could not be read: the connection failed. Reload the page to try again.";

/// A base URL that cannot be asked.
pub fn base_url_wrong(written: &str) -> String {
    format!(
        "“{written}” cannot be used. Enter a path such as /livy, or a URL that begins with http:// or https://."
    )
}
