//! The words for every failure of a call, in one place: what happened, what is safe, what to do.

mod refused;
mod remedy;
mod unsigned;

use livy::CallError;

use crate::diagnosis::Diagnosis;
use crate::evidence::Evidence;
use refused::{full, paused, refused, too_large};
use remedy::{BASE_URL, ONE_ORIGIN, UNSENT, online_again, policy_remedy, undecided, wrong_prefix};

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
    /// Words a failure. `evidence` is what the browser knew when it happened.
    pub fn of(error: &CallError, doing: Doing, evidence: &Evidence) -> Self {
        let diagnosis = Diagnosis::of(error, evidence);
        let (title, hint) = worded(&diagnosis, error, doing, evidence);
        Self {
            title,
            hint,
            words: error.words().map(str::to_owned),
            diagnosis,
            status: error.status(),
            doing,
        }
    }
}

/// What happened, and what is safe and to be done.
fn worded(diagnosis: &Diagnosis, error: &CallError, doing: Doing, evidence: &Evidence) -> (String, String) {
    let shown = evidence.base.shown();
    let at = if shown.is_empty() { "this page's own address" } else { shown.as_str() };
    let (safe, status) = (safe(doing, error), error.status().unwrap_or_default());
    match diagnosis {
        Diagnosis::Offline => (
            "This device is offline".to_owned(),
            format!("The browser has no network. {} {safe}", online_again(evidence)),
        ),
        Diagnosis::MixedContent => (
            "The browser blocks an http address on an https page".to_owned(),
            format!(
                "This page uses https, but {at} uses http. Put a proxy that speaks https in front of Livy, and {BASE_URL} to the \
                 proxy's address. {UNSENT}"
            ),
        ),
        Diagnosis::PolicyBlocked { directive, missing } => (
            format!("This site's security policy blocks {at}"),
            format!(
                "In this page's Content-Security-Policy, {directive} does not include {missing}. {} {UNSENT}",
                policy_remedy(missing)
            ),
        ),
        Diagnosis::SentElsewhere => (
            "The server redirects to another address".to_owned(),
            format!(
                "{at} redirects to an address that this page may not contact. Your sign-in has probably expired: reload this \
                 page and sign in. {safe}"
            ),
        ),
        Diagnosis::CredentialsInAddress => (
            "The base URL contains a user name or password".to_owned(),
            format!(
                "Browsers do not send requests to such an address. Remove both from baseUrl in config.json, or from \
                 base-url. {UNSENT}"
            ),
        ),
        Diagnosis::NetworkOrCors => (
            format!("No answer from {at}: network or CORS"),
            format!(
                "The browser does not say which of the two. Open {at}/sessions in a new tab. If you see JSON, the network works \
                 and CORS blocks this page. If you see a warning or nothing, check the certificate, the host name, the network \
                 and the server. Livy does not support CORS: {ONE_ORIGIN}. {safe}"
            ),
        ),
        Diagnosis::NoAnswer => (
            format!("No connection to {at}"),
            format!("Check your network or VPN, or ask whether the server is down. {safe}"),
        ),
        Diagnosis::TimedOut => (
            "The server took too long to answer".to_owned(),
            format!(
                "It may be busy, or a gateway may be holding back the answer. If this continues, ask your administrator. {safe}"
            ),
        ),
        Diagnosis::Unsigned => unsigned::unsigned(doing),
        Diagnosis::SignInNeeded => (
            "Sign in again".to_owned(),
            "The server needs you to sign in. Sign in to the portal in another tab or reload this page, then try again. What \
             you typed is kept."
                .to_owned(),
        ),
        Diagnosis::Forbidden => {
            let seen = if doing == Doing::Reading { "see this" } else { what(doing) };
            (format!("You do not have permission to {seen}"), forbidden(doing).to_owned())
        }
        Diagnosis::SignInPage => (
            "A sign-in page came instead of Livy's answer".to_owned(),
            format!("Your sign-in has expired. Sign in in another tab or reload this page, then try again. {safe}"),
        ),
        Diagnosis::OwnPage => (
            "This console's own page came instead of Livy's answer".to_owned(),
            format!(
                "The web server answers {at} with index.html, because no rule forwards {at} to Livy. Add that rule before the \
                 fallback to index.html, or {BASE_URL} to Livy's address."
            ),
        ),
        Diagnosis::OtherPage if status < 300 => (
            "A web page came instead of Livy's answer".to_owned(),
            format!(
                "It may be a sign-in page, or {at} may not be Livy's address. Sign in and reload, or check this page's base URL. \
                 {safe}"
            ),
        ),
        Diagnosis::OtherPage => (
            format!("A web page came instead of Livy's answer ({status})"),
            format!("Another server answers at {at}. Check the proxy and this page's base URL. {safe}"),
        ),
        Diagnosis::WrongPrefix(by) => (
            "Livy is not at this address (404)".to_owned(),
            match doing {
                Doing::Creating => format!("{} {safe}", wrong_prefix(*by, at)),
                Doing::Deleting => format!("{} The session was not deleted.", wrong_prefix(*by, at)),
                Doing::Reading | Doing::ReadingLog => wrong_prefix(*by, at),
            },
        ),
        Diagnosis::Undecided { is_listed } => undecided(doing, *is_listed),
        Diagnosis::NoSession => (
            "Session not found".to_owned(),
            "It may have been deleted, timed out or ended a while ago, or Livy may have restarted.".to_owned(),
        ),
        Diagnosis::GatewayAlone => (
            format!("The gateway cannot reach Livy ({status})"),
            format!(
                "The proxy answers, but the Livy server behind it does not. Livy may be stopped or restarting, or the proxy may \
                 use the wrong address. {safe}"
            ),
        ),
        Diagnosis::TooLarge => (
            format!("The request is too large ({status})"),
            too_large(doing).to_owned(),
        ),
        Diagnosis::TooManyCalls if doing == Doing::Creating => full(error, status),
        Diagnosis::TooManyCalls => (
            format!("Too many requests ({status})"),
            "The server asks for fewer requests. This page waits for as long as the server asks.".to_owned(),
        ),
        Diagnosis::Paused => paused(status, doing),
        Diagnosis::ServerFailed | Diagnosis::Refused => refused(status, doing),
        Diagnosis::Unreadable => (
            match error {
                CallError::Unreadable { expected, .. } => {
                    format!("The answer is not from Livy ({status} without {expected})")
                }
                _ => format!("The answer is not from Livy ({status})"),
            },
            format!("Another server may answer at {at}, or a proxy may cut answers short. {safe}"),
        ),
    }
}

fn what(doing: Doing) -> &'static str {
    match doing {
        Doing::Reading => "show this",
        Doing::ReadingLog => "show this log",
        Doing::Creating => "create this session",
        Doing::Deleting => "delete this session",
    }
}

fn forbidden(doing: Doing) -> &'static str {
    match doing {
        Doing::Creating => {
            "No session was created. The usual cause is a proxy user: leave it empty, or ask your administrator for permission."
        }
        Doing::Deleting => "The session keeps running. Its owner or an administrator can delete it.",
        Doing::Reading | Doing::ReadingLog => "Ask your administrator for access, then try again.",
    }
}

/// What is safe. A page that waits for a person does not keep trying.
fn safe(doing: Doing, error: &CallError) -> &'static str {
    match (doing, error.needs_person()) {
        (Doing::Reading, false) => "Your sessions keep running; this page keeps trying.",
        (Doing::Reading, true) => "Your sessions keep running.",
        (Doing::ReadingLog, false) => "The lines below are kept; this page keeps trying.",
        (Doing::ReadingLog, true) => "The lines below are kept.",
        (Doing::Creating, _) if !error.leaves_doubt() => "No session was created.",
        (Doing::Creating, _) => "It is not known yet whether the session was created.",
        (Doing::Deleting, _) => "The session may still be deleted: this page keeps checking.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::{Answerer, BaseUrl, Page};

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
            (CallError::Unreachable, Doing::Reading, "No connection to /livy", None),
            (CallError::TimedOut, Doing::Creating, "The server took too long to answer", None),
            (refused(401, ""), Doing::Reading, "Sign in again", None),
            (page(401, Page::Other), Doing::Reading, "Sign in again", Some("Sign in")),
            (
                refused(403, "no"),
                Doing::Deleting,
                "You do not have permission to delete this session",
                Some("no"),
            ),
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
                "The answer is not from Livy (200 without a session)",
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
    fn a_404_that_the_list_does_not_confirm_is_no_end_and_has_a_way_on() {
        let undecided = |is_listed| CallError::Undecided { is_listed, words: "Not Found".into() };
        for (doing, is_listed, title, way) in [
            (Doing::Reading, false, "Cannot tell whether the session still exists (404)", "Search the list"),
            (Doing::Deleting, true, "The session was not deleted (404)", "Try again"),
            (Doing::Deleting, false, "Cannot tell whether the session was deleted (404)", "Search the list"),
        ] {
            let it = notice(undecided(is_listed), doing);
            assert_eq!((it.title.as_str(), it.words.as_deref()), (title, Some("Not Found")));
            assert!(it.hint.contains(way), "{}", it.hint);
        }
        let gateway = CallError::NoRoute { by: Answerer::Another, words: String::new() };
        assert!(notice(gateway, Doing::Deleting).hint.contains("The session was not deleted."));
    }

    #[test]
    fn the_address_that_was_asked_is_named() {
        assert!(notice(CallError::Unreachable, Doing::Reading).title.contains("/livy"));
        for by in [Answerer::Livy, Answerer::Another, Answerer::Unknown] {
            let error = CallError::NoRoute { by, words: String::new() };
            assert!(notice(error, Doing::Reading).hint.contains("/livy"), "{by:?}");
        }
    }

    #[test]
    fn a_page_that_waits_for_a_person_does_not_claim_to_keep_trying() {
        let page = |status| CallError::NotLivy {
            status,
            title: String::new(),
            page: Page::SignIn,
            retry_after: None,
        };
        for doing in [Doing::Reading, Doing::ReadingLog] {
            assert!(notice(page(200), doing).hint.contains("keeps trying"), "{doing:?}");
            assert!(!notice(page(401), doing).hint.contains("keeps trying"), "{doing:?}");
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
            (offline(remote.clone()), "Reconnect to the network"),
            (offline(local), "check that the server is running"),
            (evidence("https://portal", "http://gw/livy"), "https page"),
            (evidence("https://portal", "http://gw/livy"), "speaks https in front of Livy"),
            (
                Evidence { blocked: Some(blocked("https://gw/livy/sessions")), ..remote.clone() },
                "connect-src does not include https://gw.",
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
            (remote, "from one origin"),
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
