//! What a person copies for the person who is asked for help: the facts around a failure as text, one a line. It never holds a header, a
//! cookie, a value of the configuration or a proxy user, and of addresses neither query nor fragment.

use form::{MASK, masked};

use crate::notice::{Doing, Notice};
use crate::{Evidence, Route};

/// Where and when a failure is looked at.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The present moment in UTC: `2026-11-23T15:04:05.678Z`.
    pub time: String,
    /// The console's own version.
    pub console: &'static str,
    /// The page's whole address; only origin and path are copied.
    pub address: String,
    /// True while the tab is in front.
    pub visible: bool,
    /// Livy's version, where it is known.
    pub livy: Option<String>,
    /// `navigator.userAgent`.
    pub browser: String,
    /// Texts that must not be copied, wherever they occur: values of the configuration, proxy users.
    pub private: Vec<String>,
}

/// Of the server's words, in characters: enough for a message, not for a trace.
const WORDS_LIMIT: usize = 300;
/// Private texts shorter than this, in bytes, count as whole words only, and figures not at all: a report without any `4` could not be read.
const LEAST_PRIVATE: usize = 4;

impl Notice {
    /// The text to copy. `route` is the page on which the failure is shown.
    pub fn report(&self, evidence: &Evidence, route: &Route, scene: &Scene) -> String {
        let mut text = "livy-console diagnostics\n".to_owned();
        let mut tell = |name: &str, value: &str| {
            for part in [name, ": ", value, "\n"] {
                text.push_str(part);
            }
        };
        let yes = |it: bool| if it { "yes" } else { "no" };
        tell("diagnosis", self.diagnosis.word());
        tell("said", &masked(&self.title));
        tell("call", call(self.doing, route));
        tell("status", &self.status.map_or_else(|| "no answer".to_owned(), |it| it.to_string()));
        if let Some(words) = &self.words {
            tell("server's words", &handed_on(words, &scene.private));
        }
        let base = masked(&evidence.base.shown());
        tell("base URL", if base.is_empty() { "the page's origin" } else { &base });
        tell("page", &masked(without_query(&scene.address)));
        if let Some(blocked) = &evidence.blocked {
            tell("stopped a call", &blocked.directive);
        }
        if evidence.redirects {
            tell("a redirect was seen", "yes");
        }
        tell("browser online", yes(evidence.online));
        tell("page visible", yes(scene.visible));
        tell("time", &scene.time);
        tell("console", scene.console);
        tell("Livy", scene.livy.as_deref().unwrap_or("version not known"));
        tell("browser", &scene.browser);
        text
    }
}

/// Method and path of what was asked, without the session's id or name.
fn call(doing: Doing, route: &Route) -> &'static str {
    match (doing, route) {
        (Doing::Reading, Route::Session(_)) => "GET /sessions/{id}",
        (Doing::Reading, _) => "GET /sessions",
        (Doing::ReadingLog, _) => "GET /sessions/{id}/log",
        (Doing::Creating, _) => "POST /sessions",
        (Doing::Deleting, _) => "DELETE /sessions/{id}",
    }
}

fn without_query(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

/// The server's words on one line, cut, without what looks secret or is known to be private. After "impersonate" Livy names
/// the proxy user (docs/protocol.md §1.2).
fn handed_on(words: &str, private: &[String]) -> String {
    let mut words = words.to_owned();
    for text in private.iter().map(|it| it.trim()) {
        if text.len() >= LEAST_PRIVATE {
            words = words.replace(text, MASK);
        } else if text.bytes().any(|it| !it.is_ascii_digit()) {
            words = without_word(&words, text);
        }
    }
    if let Some(at) = words.find("impersonate ") {
        words.truncate(at + "impersonate ".len());
        words.push_str(MASK);
    }
    let words = masked(&words);
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if let Some((at, _)) = line.char_indices().nth(WORDS_LIMIT) {
        line.truncate(at);
        line.push('…');
    }
    line
}

/// Hides a word where it is a word of its own.
fn without_word(words: &str, word: &str) -> String {
    let (mut shown, mut rest) = (String::new(), words);
    while let Some(at) = rest.find(word) {
        let (before, found) = rest.split_at(at);
        let after = &found[word.len()..];
        let is_part = |it: char| it.is_ascii_alphanumeric();
        let inside = before.ends_with(is_part) || after.starts_with(is_part);
        shown.push_str(before);
        shown.push_str(if inside { word } else { MASK });
        rest = after;
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Blocked;
    use livy::{Address, BaseUrl, CallError};

    fn scene() -> Scene {
        Scene {
            time: "2026-11-23T15:04:05.678Z".into(),
            console: "0.1.0",
            address: "https://portal/tools/?ticket=hunter2#/new?conf=hunter2".into(),
            visible: true,
            livy: Some("0.9.0".into()),
            browser: "Firefox/145.0".into(),
            private: vec!["hunter2".into(), "bob".into(), "4".into(), "  ".into()],
        }
    }

    fn report(error: &CallError, doing: Doing, base: &str, route: &Route) -> String {
        let evidence = Evidence {
            base: BaseUrl::parse(base).unwrap(),
            page: "https://portal".into(),
            ..Evidence::default()
        };
        Notice::of(error, doing, &evidence).report(&evidence, route, &scene())
    }

    fn refused(words: &str) -> CallError {
        CallError::Refused { status: 400, message: words.into(), retry_after: None }
    }

    #[test]
    fn the_whole_of_it() {
        let route = Route::Session(Address::parse("lab-1").unwrap());
        let error = CallError::NotLivy {
            status: 504,
            title: "Gateway\nTime-out".into(),
            page: livy::Page::Other,
            retry_after: None,
        };
        let expected = "livy-console diagnostics\n\
            diagnosis: gateway-without-livy\n\
            said: The gateway cannot reach Livy (504)\n\
            call: GET /sessions/{id}/log\n\
            status: 504\n\
            server's words: Gateway Time-out\n\
            base URL: /livy\n\
            page: https://portal/tools/\n\
            browser online: yes\n\
            page visible: yes\n\
            time: 2026-11-23T15:04:05.678Z\n\
            console: 0.1.0\n\
            Livy: 0.9.0\n\
            browser: Firefox/145.0\n";
        assert_eq!(report(&error, Doing::ReadingLog, "/livy", &route), expected);
    }

    #[test]
    fn nothing_secret_is_in_it() {
        let rows = [
            ("User 'null' not allowed to impersonate 'Some(bob)'.", "impersonate ••••••"),
            ("owned by bob, as (bob) said to bobby", "owned by ••••••, as (••••••) said to bobby"),
            ("spark.x is hunter2 and that is wrong", "spark.x is •••••• and that is wrong"),
            ("password=other", "password=••••••"),
            ("Rejected at (String)\"{\"spark.ssl.keyPassword\":\"other\"}", "Password\":••••••"),
            ("https://u:other@host/x", "https://••••••@host/x"),
            ("Connection to 10.4.4.4 refused", "10.4.4.4"),
        ];
        for (words, part) in rows {
            let text = report(&refused(words), Doing::Creating, "https://u:other@gw/livy", &Route::New);
            assert!(text.contains(part), "{text}");
            for secret in ["hunter2", "bob,", "bob)", "bob'", "other", "ticket", "#", "?"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
            assert!(text.contains("call: POST /sessions\nstatus: 400\n"), "{text}");
            assert!(text.contains("base URL: https://gw/livy\n"), "{text}");
        }
    }

    #[test]
    fn long_words_are_cut_after_they_were_masked() {
        let words = format!("{} password=hunter2 {}", "é".repeat(WORDS_LIMIT - 12), "x".repeat(2_000));
        let text = report(&refused(&words), Doing::Creating, "/livy", &Route::New);
        let line = text.lines().find_map(|it| it.strip_prefix("server's words: ")).unwrap();
        assert!(line.chars().count() <= WORDS_LIMIT + 1 && !text.contains("hunt"), "{line}");
    }

    #[test]
    fn a_call_without_an_answer() {
        let blocked = Blocked {
            uri: "https://gw/livy/sessions?hunter2".into(),
            directive: "connect-src".into(),
            policy: "connect-src 'self'".into(),
        };
        let evidence = Evidence {
            base: BaseUrl::parse("https://gw/livy").unwrap(),
            page: "https://portal".into(),
            online: false,
            blocked: Some(blocked),
            redirects: true,
        };
        let notice = Notice::of(&CallError::Unreachable, Doing::Deleting, &evidence);
        let text = notice.report(&evidence, &Route::Sessions, &Scene { livy: None, ..scene() });
        for part in [
            "diagnosis: blocked-by-policy\n",
            "call: DELETE /sessions/{id}\nstatus: no answer\nbase URL",
            "stopped a call: connect-src\n",
            "a redirect was seen: yes\n",
            "browser online: no\n",
            "Livy: version not known\n",
        ] {
            assert!(text.contains(part), "{part} not in {text}");
        }
    }
}
