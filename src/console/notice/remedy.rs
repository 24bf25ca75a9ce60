//! What helps where no answer of Livy's came: sentences that several failures share.

use livy::Answerer;

use super::Doing;
use crate::diagnosis::is_this_machine;
use crate::evidence::Evidence;

/// The remedy for every trouble between two origins (docs/protocol.md §5: no version of Livy answers a preflight).
pub(super) const ONE_ORIGIN: &str = "serve the console and Livy from one origin through a proxy, and set baseUrl in config.json to \
     Livy's path, such as /livy";
pub(super) const BASE_URL: &str = "set baseUrl in config.json (or base-url on the element)";
pub(super) const UNSENT: &str = "The cluster was not contacted.";

pub(super) fn online_again(evidence: &Evidence) -> &'static str {
    let base = evidence.base.origin();
    let host = base.as_deref().unwrap_or(&evidence.page).split_once("://").map_or("", |(_, host)| host);
    if is_this_machine(host) {
        "Livy's address is on this machine: check that the server is running too."
    } else {
        "Reconnect to the network or VPN."
    }
}

/// To allow another origin is only half of it: it has to allow the page in turn.
pub(super) fn policy_remedy(missing: &str) -> String {
    if missing.starts_with('\'') {
        return "Ask whoever hosts this page to add it.".to_owned();
    }
    format!(
        "Whoever hosts this page can add it, but Livy does not support CORS either. Better: {ONE_ORIGIN}."
    )
}

pub(super) fn wrong_prefix(by: Answerer, at: &str) -> String {
    match by {
        Answerer::Livy => format!(
            "Livy seems to answer at {at}, but does not know the path: the proxy passes on its prefix. Make the proxy remove the \
             prefix: in nginx with a slash at the end (proxy_pass http://livy:8998/;), in Caddy with handle_path."
        ),
        Answerer::Another => format!(
            "A proxy or web server answers at {at}, not Livy. Add a rule that forwards {at}/ to Livy, or {BASE_URL} to Livy's \
             address."
        ),
        Answerer::Unknown => format!(
            "A server answers at {at}, but has no Livy sessions there. Check this page's base URL, and that the proxy removes \
             its prefix before it forwards to Livy."
        ),
    }
}

/// A 404 about a session that the list does not confirm.
pub(super) fn undecided(doing: Doing, is_listed: bool) -> (String, String) {
    let (title, hint) = match (doing, is_listed) {
        (Doing::Deleting, true) => (
            "The session was not deleted (404)",
            "The answer says that there is nothing to delete, but the list still has the session. Try again. If this stays, ask \
             your administrator whether the gateway passes on DELETE.",
        ),
        (Doing::Deleting, false) => (
            "Cannot tell whether the session was deleted (404)",
            "The answer says that there is nothing to delete, and the list could not be searched to its end. Search the list for \
             the session, or try again.",
        ),
        _ => (
            "Cannot tell whether the session still exists (404)",
            "The answer says that the session is not there, but the list does not prove it: it could not be searched to its end. \
             Search the list for the session, or try again. This page looks again in 5 minutes.",
        ),
    };
    (title.to_owned(), hint.to_owned())
}
