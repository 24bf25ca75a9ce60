//! What a failure most likely is, from evidence only: the answer that came, or what the browser tells where none came.
//!
//! A `fetch` that is refused says one word, `TypeError`, for a cable that was pulled, a host without CORS and the page's own
//! policy. The circumstances say more: [`Evidence`] holds them, and [`Diagnosis::of`] judges them. Nothing here asks the
//! network, and where the evidence does not suffice, the diagnosis says so. Words for people are in `notice.rs`.

use livy::{Answerer, CallError, Meaning, Page};

use crate::evidence::Evidence;

/// What a failure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Diagnosis {
    /// The browser says that it has no network.
    Offline,
    /// An https page that asks an http address.
    MixedContent,
    /// The page's own Content-Security-Policy does not allow the address.
    PolicyBlocked {
        /// The directive that forbids it.
        directive: String,
        /// The source that it lacks: an origin, or `'self'`.
        missing: String,
    },
    /// The server sends the call on to another address, which the page may not ask: its policy stopped what it allows, or a
    /// redirect was seen.
    SentElsewhere,
    /// The base URL holds a user name or password.
    CredentialsInAddress,
    /// Another origin does not answer, or does not allow the page to read: the browser does not say which.
    NetworkOrCors,
    /// The page's own origin does not answer.
    NoAnswer,
    /// No answer within the time given.
    TimedOut,
    /// The page around the console has not signed the call in.
    Unsigned,
    /// 401, and what other servers say in its place.
    SignInNeeded,
    /// 403, and what other servers say in its place.
    Forbidden,
    /// 413, and what means the same: the request is larger than what takes it.
    TooLarge,
    /// A sign-in page instead of JSON.
    SignInPage,
    /// The console's own page instead of JSON: no proxy rule leads to Livy.
    OwnPage,
    /// Some other page instead of JSON.
    OtherPage,
    /// A 404 that is not about a session: the base URL or the proxy's prefix is wrong.
    WrongPrefix(Answerer),
    /// Livy does not have this session.
    NoSession,
    /// A 404 about a session that the list does not confirm. `is_listed`: the list has the session.
    Undecided {
        /// True where the list has the session.
        is_listed: bool,
    },
    /// 502, 503, 504 and what means the same: the proxy answers and Livy does not.
    GatewayAlone,
    /// The server takes no more for now: 429, the 430 of Microsoft Fabric, and what others say with any status.
    TooManyCalls,
    /// The capacity that would run it is paused.
    Paused,
    /// Any other 5xx.
    ServerFailed,
    /// Any other refusal.
    Refused,
    /// The right status without the promised content.
    Unreadable,
}

impl Diagnosis {
    /// Judges a failure. A cause that would hold with a healthy network too goes before one that may pass.
    pub fn of(error: &CallError, evidence: &Evidence) -> Self {
        match error {
            CallError::Unreachable => Self::of_silence(evidence),
            // A call that was on its way when the network went just never ends.
            CallError::TimedOut if !evidence.online => Self::Offline,
            CallError::TimedOut => Self::TimedOut,
            CallError::Unsigned => Self::Unsigned,
            CallError::NotLivy { page: Page::SignIn, .. } => Self::SignInPage,
            _ if let Some(meant) = Self::of_meaning(error.meaning()) => meant,
            CallError::NoRoute { by, .. } => Self::WrongPrefix(*by),
            CallError::Undecided { is_listed, .. } => Self::Undecided { is_listed: *is_listed },
            CallError::NotLivy { page: Page::Console, .. } => Self::OwnPage,
            CallError::NotLivy { .. } => Self::OtherPage,
            CallError::Refused { status: 404 | 410, .. } => Self::NoSession,
            CallError::Refused { status: 500.., .. } => Self::ServerFailed,
            CallError::Refused { .. } => Self::Refused,
            CallError::Unreadable { .. } => Self::Unreadable,
        }
    }

    /// What a refusal means goes before the shape it came in.
    fn of_meaning(meaning: Option<Meaning>) -> Option<Self> {
        Some(match meaning? {
            Meaning::SignIn => Self::SignInNeeded,
            Meaning::Forbidden => Self::Forbidden,
            Meaning::NoRoom => Self::TooManyCalls,
            Meaning::Paused => Self::Paused,
            Meaning::TooLarge => Self::TooLarge,
            Meaning::Down => Self::GatewayAlone,
            Meaning::Missing | Meaning::WrongValue | Meaning::Failed => return None,
        })
    }

    /// No answer at all.
    fn of_silence(evidence: &Evidence) -> Self {
        let named = evidence.base.origin();
        // What is pretended is as near as the page: nothing on the way to another origin can be its reason.
        let is_near = |it: &String| *it == evidence.page || evidence.base.is_pretend();
        let elsewhere = named.as_ref().filter(|it| !is_near(it));
        if evidence.base.has_credentials() {
            return Self::CredentialsInAddress;
        }
        if elsewhere.is_some_and(|it| evidence.page.starts_with("https:") && is_plain_and_remote(it)) {
            return Self::MixedContent;
        }
        let blocked = evidence.blocked.as_ref().filter(|it| it.is_of(&evidence.base, &evidence.page));
        let allowed = blocked.is_some_and(|it| it.allows(elsewhere.map(String::as_str)));
        if let Some(blocked) = blocked.filter(|_| !allowed) {
            let missing = elsewhere.map_or_else(|| "'self'".to_owned(), String::clone);
            return Self::PolicyBlocked { directive: blocked.directive.clone(), missing };
        }
        match (evidence.online, allowed || evidence.redirects, elsewhere) {
            (false, _, _) => Self::Offline,
            (true, true, _) => Self::SentElsewhere,
            (true, false, Some(_)) => Self::NetworkOrCors,
            (true, false, None) => Self::NoAnswer,
        }
    }

    /// A short name for logs and copied texts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::MixedContent => "mixed-content",
            Self::PolicyBlocked { .. } => "blocked-by-policy",
            Self::SentElsewhere => "redirect-elsewhere",
            Self::CredentialsInAddress => "credentials-in-base-url",
            Self::NetworkOrCors => "network-or-cors",
            Self::NoAnswer => "no-answer",
            Self::TimedOut => "timed-out",
            Self::Unsigned => "not-signed-in",
            Self::SignInNeeded => "sign-in-needed",
            Self::Forbidden => "forbidden",
            Self::TooLarge => "too-large",
            Self::SignInPage => "sign-in-page",
            Self::OwnPage => "own-page",
            Self::OtherPage => "other-page",
            Self::WrongPrefix(Answerer::Livy) => "wrong-prefix-404-of-livy",
            Self::WrongPrefix(Answerer::Another) => "wrong-prefix-404-of-a-proxy",
            Self::WrongPrefix(Answerer::Unknown) => "wrong-prefix-404-of-somebody",
            Self::NoSession => "no-such-session",
            Self::Undecided { .. } => "undecided-404",
            Self::GatewayAlone => "gateway-without-livy",
            Self::TooManyCalls => "too-many-calls",
            Self::Paused => "capacity-paused",
            Self::ServerFailed => "server-failed",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
        }
    }
}

/// An http origin that is not this machine: browsers let an https page ask `localhost` (Mixed Content §3.1, Secure Contexts §3.1).
fn is_plain_and_remote(origin: &str) -> bool {
    origin.strip_prefix("http://").is_some_and(|it| !is_this_machine(it))
}

/// Whether a host, with or without its port, is this machine.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) };
    let is_loopback = name.starts_with("127.") && name.bytes().all(|it| it == b'.' || it.is_ascii_digit());
    name == "localhost" || name.ends_with(".localhost") || is_loopback || name.starts_with("[::1]")
}

#[cfg(test)]
mod tests {
    use livy::BaseUrl;

    use super::*;
    use crate::evidence::Blocked;

    const STRICT: &str = "default-src 'none'; connect-src 'self'; img-src data:";

    fn evidence(page: &str, base: &str) -> Evidence {
        Evidence { page: page.into(), base: BaseUrl::parse(base).unwrap(), ..Evidence::default() }
    }

    fn blocked(evidence: Evidence, directive: &str, uri: &str, policy: &str) -> Evidence {
        let blocked = Blocked { uri: uri.into(), directive: directive.into(), policy: policy.into() };
        Evidence { blocked: Some(blocked), ..evidence }
    }

    fn silence(evidence: &Evidence) -> Diagnosis {
        Diagnosis::of(&CallError::Unreachable, evidence)
    }

    #[test]
    fn silence_by_its_addresses() {
        use Diagnosis::{CredentialsInAddress, MixedContent, NetworkOrCors, NoAnswer, Offline};
        let (https, http) = ("https://portal.example", "http://portal.example");
        // The diagnosis while the browser has a network, and without one.
        let rows = [
            (https, "/livy", NoAnswer, Offline),
            (https, "", NoAnswer, Offline),
            (https, "https://portal.example/livy", NoAnswer, Offline),
            (https, "HTTPS://Portal.example:443/livy", NoAnswer, Offline),
            (https, "https://portal.example:8443/livy", NetworkOrCors, Offline),
            (https, "https://livy.example", NetworkOrCors, Offline),
            (http, "https://portal.example", NetworkOrCors, Offline),
            // It stays blocked when the network is back.
            (https, "http://livy.example:8998", MixedContent, MixedContent),
            (https, "http://portal.example/livy", MixedContent, MixedContent),
            (https, "http://localhost.example", MixedContent, MixedContent),
            (https, "http://127.example/", MixedContent, MixedContent),
            (http, "http://livy.example:8998", NetworkOrCors, Offline),
            // This machine may be asked by http from everywhere.
            (https, "http://localhost:8998", NetworkOrCors, Offline),
            (https, "http://livy.localhost", NetworkOrCors, Offline),
            (https, "http://127.0.0.1:8998", NetworkOrCors, Offline),
            (https, "http://[::1]:8998", NetworkOrCors, Offline),
            (https, "https://u:p@portal.example/livy", CredentialsInAddress, CredentialsInAddress),
            (https, "/u:p@x/livy", NoAnswer, Offline),
            // A sandboxed frame has no origin.
            ("null", "https://livy.example", NetworkOrCors, Offline),
        ];
        for (page, base, online, offline) in rows {
            let it = evidence(page, base);
            assert_eq!(silence(&it), online, "{page} {base}");
            assert_eq!(silence(&Evidence { online: false, ..it }), offline, "{page} {base}");
        }
    }

    #[test]
    fn what_is_pretended_is_no_other_origin_and_is_asked_nothing_more() {
        let evidence = Evidence { base: BaseUrl::pretend(), ..evidence("http://host", "") };
        assert_eq!(silence(&evidence), Diagnosis::NoAnswer);
        assert!(!evidence.could_redirect());
    }

    #[test]
    fn a_redirect_that_was_seen_is_no_silence() {
        let page = "https://portal.example";
        for (base, worth_asking) in
            [("/livy", true), ("", true), ("https://portal.example/livy", true), ("https://gw/livy", false)]
        {
            let it = evidence(page, base);
            assert_eq!(it.could_redirect(), worth_asking, "{base}");
            assert!(!Evidence { online: false, ..it.clone() }.could_redirect(), "{base}");
            let seen = Evidence { redirects: true, ..it };
            assert_eq!(silence(&seen), Diagnosis::SentElsewhere, "{base}");
            assert_eq!(silence(&Evidence { online: false, ..seen }), Diagnosis::Offline, "{base}");
        }
        let stopped =
            blocked(evidence(page, "/livy"), "connect-src", "https://portal.example/livy/x", STRICT);
        assert!(!stopped.could_redirect(), "it would be stopped too");
    }

    #[test]
    fn silence_by_the_pages_policy() {
        let page = "https://portal.example";
        let lacks = |directive: &str, missing: &str| Diagnosis::PolicyBlocked {
            directive: directive.into(),
            missing: missing.into(),
        };
        let (unknown, none) = (Diagnosis::NetworkOrCors, Diagnosis::NoAnswer);
        let rows = [
            // Whole or cut to its origin, as browsers tell it.
            (
                "https://gw:8443/livy",
                "connect-src",
                "https://gw:8443/livy/sessions?from=0",
                STRICT,
                lacks("connect-src", "https://gw:8443"),
            ),
            (
                "https://gw:8443/livy",
                "connect-src",
                "https://gw:8443",
                STRICT,
                lacks("connect-src", "https://gw:8443"),
            ),
            (
                "https://gw/livy",
                "default-src",
                "https://gw/livy/version",
                "default-src 'self'",
                lacks("default-src", "https://gw"),
            ),
            // Something else was stopped: another host, port, path, directive, or no address at all.
            ("https://gw/livy", "connect-src", "https://telemetry/livy", STRICT, unknown.clone()),
            ("https://gw/livy", "connect-src", "https://gw:8443/livy/sessions", STRICT, unknown.clone()),
            ("https://gw/livy", "connect-src", "https://gw/livy2/sessions", STRICT, unknown.clone()),
            ("https://gw/livy", "img-src", "https://gw/livy/logo.png", STRICT, unknown.clone()),
            ("https://gw/livy", "script-src", "inline", STRICT, unknown),
            ("/livy", "connect-src", "https://portal.example/metrics", STRICT, none.clone()),
            ("/livy", "connect-src", "https://portal.example", STRICT, none),
            // Allowed, and stopped nevertheless: after a redirect, of which browsers tell the first address.
            (
                "/livy",
                "connect-src",
                "https://portal.example/livy/sessions",
                STRICT,
                Diagnosis::SentElsewhere,
            ),
            (
                "https://gw/livy",
                "connect-src",
                "https://gw/livy/sessions",
                "connect-src 'self' https://gw",
                Diagnosis::SentElsewhere,
            ),
            (
                "https://gw/livy",
                "connect-src",
                "https://gw/livy/sessions",
                "default-src https://gw; connect-src 'self'",
                lacks("connect-src", "https://gw"),
            ),
            // A policy that does not even allow the page's own origin.
            (
                "/livy",
                "connect-src",
                "https://portal.example/livy/sessions",
                "connect-src https://portal.example/console/",
                lacks("connect-src", "'self'"),
            ),
        ];
        for (base, directive, uri, policy, expected) in rows {
            let it = blocked(evidence(page, base), directive, uri, policy);
            assert_eq!(silence(&it), expected, "{base} {uri} {policy}");
            // What a policy forbids stays forbidden without a network; a redirect was seen while there was one.
            let offline = silence(&Evidence { online: false, ..it });
            let stays = matches!(expected, Diagnosis::PolicyBlocked { .. });
            assert_eq!(offline, if stays { expected } else { Diagnosis::Offline });
        }
    }

    #[test]
    fn an_answer_goes_before_all_that_is_around_it() {
        let refused =
            |status, words: &str| CallError::Refused { status, message: words.into(), retry_after: None };
        let page = |status, page| CallError::NotLivy { status, title: "x".into(), page, retry_after: None };
        let nowhere = |by| CallError::NoRoute { by, words: String::new() };
        let rows = [
            (CallError::TimedOut, "offline"),
            (refused(401, ""), "sign-in-needed"),
            (page(401, Page::Other), "sign-in-needed"),
            (page(401, Page::SignIn), "sign-in-page"),
            (page(200, Page::SignIn), "sign-in-page"),
            (page(200, Page::Console), "own-page"),
            (page(200, Page::Other), "other-page"),
            (page(400, Page::Other), "other-page"),
            (refused(403, "no"), "forbidden"),
            (page(403, Page::Other), "forbidden"),
            (nowhere(Answerer::Livy), "wrong-prefix-404-of-livy"),
            (nowhere(Answerer::Another), "wrong-prefix-404-of-a-proxy"),
            (nowhere(Answerer::Unknown), "wrong-prefix-404-of-somebody"),
            (refused(404, "Session '0' not found."), "no-such-session"),
            (refused(429, ""), "too-many-calls"),
            (page(429, Page::Other), "too-many-calls"),
            (refused(500, "bad"), "server-failed"),
            (refused(501, "bad"), "server-failed"),
            (refused(502, ""), "gateway-without-livy"),
            (page(504, Page::Other), "gateway-without-livy"),
            (refused(505, ""), "server-failed"),
            (refused(400, "bad"), "refused"),
            (CallError::Unreadable { status: 200, expected: "a session" }, "unreadable"),
        ];
        let around = Evidence { online: false, ..evidence("https://a", "http://b") };
        for (error, word) in rows {
            assert_eq!(Diagnosis::of(&error, &around).word(), word, "{error}");
        }
        let online = Evidence { online: true, ..around };
        assert_eq!(Diagnosis::of(&CallError::TimedOut, &online), Diagnosis::TimedOut);
    }
}
