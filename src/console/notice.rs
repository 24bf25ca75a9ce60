//! The words for every failure of a call, in one place: what happened, what is safe, what to do.

use livy::{Answerer, CallError};

use crate::diagnosis::{Diagnosis, Evidence, is_this_machine};

/// What the page was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Listing or reading sessions.
    Reading,
    /// Reading a log.
    ReadingLog,
    /// Creating a session.
    Creating,
    /// Deleting a session.
    Deleting,
}

/// A failure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub title: String,
    /// What is safe, and what to do next.
    pub hint: String,
    /// The server's own words, where it had any.
    pub words: Option<String>,
    /// What it most likely is.
    pub diagnosis: Diagnosis,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// What the page was doing.
    pub doing: Doing,
}

impl Notice {
    /// Words a failure. `evidence` is what the browser told when it happened.
    pub fn of(error: &CallError, doing: Doing, evidence: &Evidence) -> Self {
        let diagnosis = Diagnosis::of(error, evidence);
        let (title, hint) = worded(&diagnosis, error, doing, evidence);
        Self { title, hint, words: words(error), diagnosis, status: error.status(), doing }
    }
}

/// What happened, and what is safe and to be done.
fn worded(diagnosis: &Diagnosis, error: &CallError, doing: Doing, evidence: &Evidence) -> (String, String) {
    let shown = evidence.base.shown();
    let at = if shown.is_empty() { "the page's own address" } else { shown.as_str() };
    let (safe, status) = (safe(doing), error.status().unwrap_or_default());
    match diagnosis {
        Diagnosis::Offline => (
            "This device is offline".to_owned(),
            format!("The browser has no network. {} {safe}", online_again(evidence)),
        ),
        Diagnosis::MixedContent => (
            "The browser blocks an http address on an https page".to_owned(),
            format!(
                "This page came by https, and {at} is http. Put a proxy that speaks https before Livy, and {BASE_URL} \
                 to it. {UNSENT}"
            ),
        ),
        Diagnosis::PolicyBlocked { directive, missing } => (
            format!("The page's own policy blocks {at}"),
            format!(
                "The Content-Security-Policy that this page is served with does not allow it: its directive {directive} lacks \
                 {missing}. {} {UNSENT}",
                policy_remedy(missing)
            ),
        ),
        Diagnosis::SentElsewhere => (
            "The server sends the page to another address".to_owned(),
            format!(
                "{at} answers with a redirect to an address that this page may not ask. Most likely the sign-in has \
                 ended: reload this page and sign in. {safe}"
            ),
        ),
        Diagnosis::CredentialsInAddress => (
            "The base URL holds a user name or password".to_owned(),
            format!(
                "No browser asks such an address. Take them out of baseUrl in config.json, or of data-base-url. \
                 {UNSENT}"
            ),
        ),
        Diagnosis::NetworkOrCors => (
            format!("No answer from {at}: the network, or CORS"),
            format!(
                "The browser does not say which. Open {at}/sessions in a new tab: if JSON comes there, the network is \
                 well and CORS keeps this page from reading it; if a warning or nothing comes, the certificate, the \
                 name, the network or the server is at fault. Livy has no CORS of its own: {ONE_ORIGIN}. {safe}"
            ),
        ),
        Diagnosis::NoAnswer => (
            "The server does not answer".to_owned(),
            format!(
                "There is no connection to {at}: the network is down, or the server that offers this page and Livy has \
                 stopped. Check the network, and a VPN if you need one. {safe}"
            ),
        ),
        Diagnosis::TimedOut => (
            "The server did not answer in time".to_owned(),
            format!(
                "It may be busy, or a gateway may hold the answer back. If it stays like this, tell the operator. \
                 {safe}"
            ),
        ),
        Diagnosis::SignInNeeded => (
            "The server wants you to sign in".to_owned(),
            "Sign in to the portal in another tab or reload this page, then try again. What you typed is kept.".to_owned(),
        ),
        Diagnosis::Forbidden => (format!("You are not allowed to {}", what(doing)), forbidden(doing).to_owned()),
        Diagnosis::SignInPage => (
            "A sign-in page came instead of Livy's answer".to_owned(),
            format!("The sign-in before Livy has ended. Sign in in another tab or reload this page, then try again. {safe}"),
        ),
        Diagnosis::OwnPage => (
            "This console's own page came instead of Livy's answer".to_owned(),
            format!(
                "The web server answers {at} with index.html, as it does for files it does not have: no rule leads {at} \
                 to Livy. Add one before that fallback, or {BASE_URL} to where Livy is."
            ),
        ),
        Diagnosis::OtherPage if status < 300 => (
            "A web page came instead of Livy's answer".to_owned(),
            format!(
                "It is probably a sign-in page, or {at} is not where Livy is. Sign in and reload, or check the base URL \
                 of this page. {safe}"
            ),
        ),
        Diagnosis::OtherPage => (
            format!("A web page came instead of Livy's answer ({status})"),
            format!("Something before Livy answers at {at}: check the proxy and the base URL of this page. {safe}"),
        ),
        Diagnosis::WrongPrefix(by) => ("Livy is not at this address (404)".to_owned(), wrong_prefix(*by, at)),
        Diagnosis::NoSession => (
            "The server does not know this session".to_owned(),
            "It may have ended and been forgotten, been deleted, or Livy may have restarted.".to_owned(),
        ),
        Diagnosis::GatewayAlone => (
            format!("The gateway cannot reach Livy ({status})"),
            format!(
                "The proxy answers, the Livy server behind it does not: it has stopped, restarts, or the proxy asks for \
                 it in the wrong place. {safe}"
            ),
        ),
        Diagnosis::TooManyCalls => (
            "The server asks for fewer requests (429)".to_owned(),
            "The page waits as long as it was told to.".to_owned(),
        ),
        Diagnosis::ServerFailed | Diagnosis::Refused => refused(status, doing),
        Diagnosis::Unreadable => (
            match error {
                CallError::Unreadable { expected, .. } => format!("The answer is not Livy's ({status} without {expected})"),
                _ => format!("The answer is not Livy's ({status})"),
            },
            format!("Something else may answer at {at}, or a proxy cuts answers short. {safe}"),
        ),
    }
}

/// The remedy for every trouble between two origins (protocol notes §5: no version of Livy answers a preflight).
const ONE_ORIGIN: &str = "let a proxy offer the console and Livy under one origin and set baseUrl in config.json to \
     its path, such as /livy";
const BASE_URL: &str = "set baseUrl in config.json (or data-base-url)";
const UNSENT: &str = "Nothing left the browser.";

fn online_again(evidence: &Evidence) -> &'static str {
    let base = evidence.base.origin();
    let host = base.as_deref().unwrap_or(&evidence.page).split_once("://").map_or("", |(_, host)| host);
    if is_this_machine(host) {
        "Livy is asked on this very machine, so look whether its server runs too."
    } else {
        "Connect it again, or the VPN."
    }
}

/// To allow another origin is only half of it: it has to allow the page in turn.
fn policy_remedy(missing: &str) -> String {
    if missing.starts_with('\'') {
        return "Whoever hosts the page has to add that.".to_owned();
    }
    format!(
        "Whoever hosts the page can add that, but Livy has no CORS of its own and stays unread without: rather {ONE_ORIGIN}."
    )
}

fn wrong_prefix(by: Answerer, at: &str) -> String {
    match by {
        Answerer::Livy => format!(
            "Livy itself seems to answer at {at}, and has no such path: the proxy hands its prefix on. Let it take the \
             prefix off, in nginx with a slash at the end (proxy_pass http://livy:8998/;), in Caddy with handle_path."
        ),
        Answerer::Another => format!(
            "What answers at {at} is a proxy or web server, not Livy. Give it a rule that leads {at}/ to Livy, or \
             {BASE_URL} to where Livy is."
        ),
        Answerer::Unknown => format!(
            "Something answers at {at}, but it knows no Livy sessions there. Check the base URL of this page, and that \
             the proxy takes its prefix off before it asks Livy."
        ),
    }
}

/// Livy's own no, by what was wanted.
fn refused(status: u16, doing: Doing) -> (String, String) {
    let title = match doing {
        Doing::Creating => format!("Livy refused the request ({status})"),
        doing => format!("Livy refused to {} ({status})", what(doing)),
    };
    let hint = match (doing, status) {
        (Doing::Creating, 500..) => "Livy failed on it. Look into the list of sessions before you try again.",
        (Doing::Creating, _) => "No session was made. Change what it speaks of, then create it again.",
        (_, 500..) => {
            "Livy failed on it, and its server log says why. What the page shows is the last good answer."
        }
        _ => "What the page shows is the last good answer.",
    };
    (title, hint.to_owned())
}

fn what(doing: Doing) -> &'static str {
    match doing {
        Doing::Reading => "see this",
        Doing::ReadingLog => "show this log",
        Doing::Creating => "create this session",
        Doing::Deleting => "delete this session",
    }
}

fn forbidden(doing: Doing) -> &'static str {
    match doing {
        Doing::Creating => {
            "No session was made. A proxy user is the usual cause: leave it empty or ask the operator for the right."
        }
        Doing::Deleting => "The session goes on. Its owner or an operator can delete it.",
        Doing::Reading | Doing::ReadingLog => "Ask the operator of the server for access, then try again.",
    }
}

fn safe(doing: Doing) -> &'static str {
    match doing {
        Doing::Reading => "Sessions go on without this page, and it keeps asking.",
        Doing::ReadingLog => "The lines below are kept, and the page keeps asking.",
        Doing::Creating => "Whether the session was made is not known yet.",
        Doing::Deleting => "It may still be carried out: the page keeps looking at the session.",
    }
}

fn words(error: &CallError) -> Option<String> {
    match error {
        CallError::Refused { message, .. } => Some(message),
        CallError::NotLivy { title, .. } => Some(title),
        CallError::NoRoute { words, .. } => Some(words),
        _ => None,
    }
    .filter(|it| !it.is_empty())
    .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::{BaseUrl, Page};

    fn evidence(page: &str, base: &str) -> Evidence {
        Evidence { page: page.into(), base: BaseUrl::parse(base).unwrap(), ..Evidence::default() }
    }

    fn notice(error: CallError, doing: Doing) -> Notice {
        Notice::of(&error, doing, &evidence("https://portal", "/livy"))
    }

    fn refused(status: u16, message: &str) -> CallError {
        CallError::Refused { status, message: message.into(), retry_after: None }
    }

    #[test]
    fn every_failure_has_words_and_keeps_the_servers() {
        let page =
            |status, page| CallError::NotLivy { status, title: "Sign in".into(), page, retry_after: None };
        let nowhere = |by, words: &str| CallError::NoRoute { by, words: words.into() };
        let cases = [
            (CallError::Unreachable, Doing::Reading, "The server does not answer", None),
            (CallError::TimedOut, Doing::Creating, "The server did not answer in time", None),
            (refused(401, ""), Doing::Reading, "The server wants you to sign in", None),
            (page(401, Page::Other), Doing::Reading, "The server wants you to sign in", Some("Sign in")),
            (refused(403, "no"), Doing::Deleting, "You are not allowed to delete this session", Some("no")),
            (refused(400, "bad"), Doing::Creating, "Livy refused the request (400)", Some("bad")),
            (refused(500, "bad"), Doing::ReadingLog, "Livy refused to show this log (500)", Some("bad")),
            (nowhere(Answerer::Livy, ""), Doing::Reading, "Livy is not at this address (404)", None),
            (
                nowhere(Answerer::Another, "nginx"),
                Doing::Reading,
                "Livy is not at this address (404)",
                Some("nginx"),
            ),
            (page(502, Page::Other), Doing::Reading, "The gateway cannot reach Livy (502)", Some("Sign in")),
            (
                page(200, Page::Other),
                Doing::Reading,
                "A web page came instead of Livy's answer",
                Some("Sign in"),
            ),
            (
                page(200, Page::SignIn),
                Doing::Reading,
                "A sign-in page came instead of Livy's answer",
                Some("Sign in"),
            ),
            (
                page(200, Page::Console),
                Doing::Reading,
                "This console's own page came instead of Livy's answer",
                Some("Sign in"),
            ),
            (
                CallError::Unreadable { status: 200, expected: "a session" },
                Doing::Reading,
                "The answer is not Livy's (200 without a session)",
                None,
            ),
        ];
        for (error, doing, title, words) in cases {
            let it = notice(error, doing);
            assert_eq!((it.title.as_str(), it.words.as_deref()), (title, words));
            assert!(it.hint.ends_with('.') && !it.hint.contains("  "), "{}", it.hint);
        }
    }

    #[test]
    fn the_address_that_was_asked_is_named() {
        assert!(notice(CallError::Unreachable, Doing::Reading).hint.contains("/livy"));
        for by in [Answerer::Livy, Answerer::Another, Answerer::Unknown] {
            let error = CallError::NoRoute { by, words: String::new() };
            assert!(notice(error, Doing::Reading).hint.contains("/livy"), "{by:?}");
        }
    }

    #[test]
    fn silence_has_a_remedy_for_each_cause() {
        let said = |it: &Evidence| {
            let it = Notice::of(&CallError::Unreachable, Doing::Reading, it);
            format!("{}. {}", it.title, it.hint)
        };
        let blocked = |uri: &str| crate::Blocked {
            uri: uri.into(),
            directive: "connect-src".into(),
            policy: "connect-src 'self'".into(),
        };
        let offline = |it| Evidence { online: false, ..it };
        let (remote, local) =
            (evidence("https://portal", "https://gw/livy"), evidence("http://127.0.0.1:8080", "/livy"));
        let rows = [
            (offline(remote.clone()), "This device is offline"),
            (offline(remote.clone()), "Connect it again"),
            (offline(local), "look whether its server runs"),
            (evidence("https://portal", "http://gw/livy"), "https page"),
            (evidence("https://portal", "http://gw/livy"), "speaks https before Livy"),
            (
                Evidence { blocked: Some(blocked("https://gw/livy/sessions")), ..remote.clone() },
                "connect-src lacks https://gw.",
            ),
            (
                Evidence {
                    blocked: Some(blocked("https://portal/livy/x")),
                    ..evidence("https://portal", "/livy")
                },
                "sign in",
            ),
            (remote.clone(), "The browser does not say which"),
            (remote.clone(), "Open https://gw/livy/sessions in a new tab"),
            (remote, "under one origin"),
            (evidence("https://portal", "https://bob:hunter2@gw/livy"), "config.json"),
        ];
        for (it, part) in rows {
            let said = said(&it);
            assert!(!said.contains("  "), "{said}");
            assert!(said.contains(part) && said.ends_with('.'), "{said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
    }
}
