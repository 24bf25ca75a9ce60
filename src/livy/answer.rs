//! From an HTTP answer to what it means.

use serde_json::Value;

#[cfg(doc)]
use crate::Call;
use crate::dialect::{plain_words, withholds, words};
use crate::error::{Answerer, Page};
use crate::{Address, CallError, LogPage, Session, SessionPage, Version};

/// An HTTP answer, as far as this console looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The `Retry-After` header in seconds from now, whichever of its two forms it had (RFC 9110 §10.2.3).
    pub retry_after: Option<u32>,
    /// True when the browser followed a redirect to it.
    pub redirected: bool,
    /// The body as text.
    pub body: String,
}

/// At most this much of a server's words is kept, in characters: a Java trace can be many kilobytes.
const MESSAGE_LIMIT: usize = 2_000;

/// What each call promises. Any 2xx is a success: Livy creates with 201, HDInsight with 200 (docs/protocol.md §0, 1 and §8).
impl Answer {
    /// The answer to [`Call::Version`].
    ///
    /// # Errors
    /// As for every answer here: the server refused, is not Livy, or said something else.
    pub fn version(&self) -> Result<Version, CallError> {
        self.promised(|json| Version::from_json(&json), "a version")
    }

    /// The answer to [`Call::Sessions`].
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn sessions(&self) -> Result<SessionPage, CallError> {
        self.promised(SessionPage::from_json, "a list of sessions")
    }

    /// The answer to [`Call::Session`] of this address, which is the session's id where the answer has none.
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn session_at(&self, address: &Address) -> Result<Session, CallError> {
        self.promised(|json| Session::from_json_at(json, address), "a session")
    }

    /// The answer to [`Call::Create`], and to a [`Call::Session`] that asks for a name.
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn session(&self) -> Result<Session, CallError> {
        self.promised(Session::from_json, "a session")
    }

    /// The answer to [`Call::Log`].
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn log(&self) -> Result<LogPage, CallError> {
        self.promised(LogPage::from_json, "a log")
    }

    /// True where the answer to [`Call::Log`] has no lines and says that there are some: [`Call::LogFromStart`] gets them.
    pub fn withholds_lines(&self) -> bool {
        self.succeeded().is_ok_and(|json| json.is_some_and(|it| withholds(&it)))
    }

    /// The answer to [`Call::Delete`], which needs no words.
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn deleted(&self) -> Result<(), CallError> {
        let json = self.succeeded()?;
        match json.is_some() || self.body.trim().is_empty() {
            true => Ok(()),
            false => Err(self.unreadable("a confirmation")),
        }
    }

    fn promised<T>(
        &self,
        read: impl FnOnce(Value) -> Option<T>,
        expected: &'static str,
    ) -> Result<T, CallError> {
        self.succeeded()?.and_then(read).ok_or_else(|| self.unreadable(expected))
    }

    pub(crate) fn unreadable(&self, expected: &'static str) -> CallError {
        CallError::Unreadable { status: self.status, expected }
    }

    /// The body of a success as JSON; nothing where it is none.
    pub(crate) fn succeeded(&self) -> Result<Option<Value>, CallError> {
        let Self { status, ref body, retry_after, .. } = *self;
        let json: Option<Value> = serde_json::from_str(body).ok();
        if status == 404 && !is_of_a_session(json.as_ref()) {
            let words = if is_page(self) { title(body) } else { message(json, body) };
            return Err(CallError::NoRoute { by: answerer(self), words });
        }
        if json.is_none() && is_page(self) {
            let (title, page) = (title(body), page(self));
            return Err(CallError::NotLivy { status, title, page, retry_after });
        }
        if !(200..300).contains(&status) {
            return Err(CallError::Refused { status, message: message(json, body), retry_after });
        }
        Ok(json)
    }
}

/// True for a page made for people.
fn is_page(answer: &Answer) -> bool {
    let html = answer.content_type.as_deref().is_some_and(|it| it.to_ascii_lowercase().contains("html"));
    answer.body.trim_start().starts_with('<') || (html && !answer.body.trim().is_empty())
}

/// True for what Livy says of a session, a statement or a batch it does not have: `{"msg"}`, until 0.5 a bare JSON string
/// (docs/protocol.md §6). Gateways and other applications answer in these shapes too, and also of sessions that are none of Livy's, so
/// the words have to be Livy's own: `Session '7' not found.` and `Session 7 already stopped.` (`SessionServlet.scala`, 0.3 to 0.9), in
/// 0.2 without the id.
fn is_of_a_session(json: Option<&Value>) -> bool {
    let (words, is_bare) = match json {
        Some(Value::String(words)) => (Some(words.as_str()), true),
        Some(Value::Object(object)) => (object.get("msg").and_then(Value::as_str), false),
        _ => (None, false),
    };
    let denied = words.map(|it| it.trim().trim_end_matches('.')).and_then(|it| {
        let rest = ["Session ", "Statement ", "Batch "].iter().find_map(|thing| it.strip_prefix(thing))?;
        rest.strip_suffix("not found").or_else(|| rest.strip_suffix("already stopped"))
    });
    denied.is_some_and(|which| is_bare || !which.is_empty())
}

/// Whose 404 it is. Nginx, Traefik and others write a body; Envoy and Caddy send none, and no type either.
fn answerer(answer: &Answer) -> Answerer {
    let body = answer.body.trim();
    let typed = answer.content_type.as_deref().is_some_and(|it| it.to_ascii_lowercase().contains("charset="));
    match (body.is_empty(), typed) {
        // A page of the Jetty that Livy runs in names the servlet.
        (false, _) if body.contains("org.apache.livy.") => Answerer::Livy,
        (false, _) => Answerer::Another,
        (true, true) => Answerer::Livy,
        (true, false) => Answerer::Unknown,
    }
}

/// What a page is, by the parts it is made of.
fn page(answer: &Answer) -> Page {
    let lower = answer.body.to_ascii_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|it| lower.contains(it));
    if has(&["<livy-console", "id=\"livy-console\"", "id=livy-console"]) {
        Page::Console
    } else if answer.redirected
        || has(&["type=\"password\"", "type='password'", "type=password", "name=\"samlrequest\""])
    {
        Page::SignIn
    } else {
        Page::Other
    }
}

/// The server's words, wherever in its JSON they stand, or the text itself.
fn message(json: Option<Value>, body: &str) -> String {
    let words = json.map_or_else(|| plain_words(body), |it| words(&it));
    words.chars().take(MESSAGE_LIMIT).collect()
}

/// The text of the `<title>` element, or of `<Message>` in the XML of a cloud's gateway, with the five entities of XML resolved. Only
/// ever shown as text.
fn title(page: &str) -> String {
    // ASCII lower case keeps every byte offset.
    let lower = page.to_ascii_lowercase();
    let inner = ["title", "message"].into_iter().find_map(|tag| {
        let at = lower.find(&format!("<{tag}"))?;
        let start = at + lower[at..].find('>')? + 1;
        Some(&page[start..start + lower[start..].find(&format!("</{tag}"))?])
    });
    let mut text = inner.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, character);
    }
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, content_type: &str, body: &str) -> Answer {
        Answer { status, content_type: Some(content_type.into()), body: body.into(), ..Answer::default() }
    }

    #[test]
    fn the_four_shapes_of_an_error() {
        let json = "application/json;charset=utf-8";
        let cases = [
            (404, json, r#"{"msg":"Session '0' not found."}"#, "Session '0' not found."),
            (400, json, r#""Invalid kind: PYSPARK""#, "Invalid kind: PYSPARK"),
            (
                400,
                "application/json",
                r#"{"servlet":"x","message":"Missing header","url":"/","status":"400"}"#,
                "Missing header",
            ),
            (403, json, "", ""),
            (500, "text/plain", " java.lang.Error ", "java.lang.Error"),
            (500, json, r#"{"other":1}"#, "other: 1"),
            (400, "text/plain", r#"Bad Request: {"message":"queue"}"#, "Bad Request: queue"),
            (400, json, r#"{"message":"queue etl does not ex"#, "queue etl does not ex"),
        ];
        for (status, content_type, body, message) in cases {
            let expected = CallError::Refused { status, message: message.into(), retry_after: None };
            assert_eq!(answer(status, content_type, body).session(), Err(expected));
        }
    }

    #[test]
    fn a_page_for_people_is_not_livy() {
        let page = "<!doctype html><HTML><head><Title lang=en>\n 502 Bad &amp; Gateway </Title>";
        for status in [200, 400, 502] {
            let (title, page_kind) = ("502 Bad & Gateway".into(), Page::Other);
            let expected = CallError::NotLivy { status, title, page: page_kind, retry_after: None };
            assert_eq!(answer(status, "text/html", page).session(), Err(expected.clone()));
            assert_eq!(answer(status, "text/html", page).deleted(), Err(expected));
        }
        let untitled = answer(200, "text/html", "<p>Sign in</p><title").session();
        assert_eq!(
            untitled,
            Err(CallError::NotLivy {
                status: 200,
                title: String::new(),
                page: Page::Other,
                retry_after: None
            })
        );
    }

    #[test]
    fn created_is_200_or_201() {
        for status in [200, 201, 202] {
            let session = answer(status, "application/json", r#"{"id":0,"state":"starting"}"#).session();
            assert!(session.is_ok_and(|it| it.id.as_str() == "0"));
        }
        let unreadable = answer(201, "application/json", r#"{"state":"starting"}"#).session().unwrap_err();
        assert!(unreadable.leaves_doubt());
    }

    #[test]
    fn a_stop_without_words_is_a_confirmation() {
        assert_eq!(answer(200, "application/json", r#"{"msg":"deleted"}"#).deleted(), Ok(()));
        assert_eq!(answer(204, "", "").deleted(), Ok(()));
    }

    #[test]
    fn which_failures_leave_a_create_in_doubt() {
        let refused = |status| CallError::Refused { status, message: "x".into(), retry_after: None };
        let page = |status| CallError::NotLivy {
            status,
            title: String::new(),
            page: Page::Other,
            retry_after: None,
        };
        let nowhere = CallError::NoRoute { by: Answerer::Unknown, words: String::new() };
        for certain in [refused(400), refused(403), refused(500), page(401), nowhere] {
            assert!(!certain.leaves_doubt(), "{certain}");
        }
        let down = CallError::Refused { status: 500, message: "Gateway timeout".into(), retry_after: None };
        for doubtful in [
            CallError::Unreachable,
            CallError::TimedOut,
            refused(502),
            refused(504),
            page(200),
            page(503),
            down,
        ] {
            assert!(doubtful.leaves_doubt(), "{doubtful}");
        }
    }

    #[test]
    fn gone_is_said_by_livy_alone() {
        let gone =
            |body: &str, content_type: &str| answer(404, content_type, body).session().unwrap_err().is_gone();
        assert!(gone(r#"{"msg":"Session '0' not found."}"#, "application/json"));
        assert!(gone(r#""Session not found""#, "application/json"));
        assert!(!gone("", "application/json"));
        assert!(!gone("<html><title>404</title>", "text/html"));
    }

    /// Livy's own are recorded from 0.9.0, the others from the servers' sources and manuals.
    #[test]
    fn whose_404_it_is() {
        use Answerer::{Another, Livy, Unknown};
        let (html, json, none) = ("text/html;charset=utf-8", "application/json;charset=utf-8", "");
        let nginx = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body><hr><center>nginx</center></body></html>";
        let jetty =
            r#"{"servlet":"org.apache.livy.server.X","message":"Not Found","url":"/x","status":"404"}"#;
        let knox = r#"{"servlet":"default","message":"Not Found","url":"/x","status":"404"}"#;
        let rows = [
            // Livy at a path it does not have, as behind a proxy that hands its prefix on; and an unknown part of /sessions.
            (html, "", Some((Livy, ""))),
            (json, "", Some((Livy, ""))),
            (json, jetty, Some((Livy, "Not Found"))),
            (json, r#"{"msg":"Session '0' not found."}"#, None),
            (json, r#""Session not found.""#, None),
            ("text/html", nginx, Some((Another, "404 Not Found"))),
            // Traefik and ingress-nginx in plain text, Kong and Knox in JSON.
            ("text/plain; charset=utf-8", "404 page not found\n", Some((Another, "404 page not found"))),
            ("text/plain; charset=utf-8", "default backend - 404", Some((Another, "default backend - 404"))),
            (
                json,
                r#"{"message":"no Route matched with those values"}"#,
                Some((Another, "no Route matched with those values")),
            ),
            (json, knox, Some((Another, "Not Found"))),
            // Others in Livy's shapes: a portal of its own sign-in, an application, a gateway.
            (json, r#"{"msg":"Session not found"}"#, Some((Another, "Session not found"))),
            (json, r#"{"msg":"Your session was not found"}"#, Some((Another, "Your session was not found"))),
            (json, r#"{"msg":"no such route"}"#, Some((Another, "no such route"))),
            (json, r#""Not Found""#, Some((Another, "Not Found"))),
            (json, r#""404 page not found""#, Some((Another, "404 page not found"))),
            (json, r#"{"msg":"Session 7 already stopped."}"#, None),
            (json, r#"{"msg":null}"#, Some((Another, ""))),
            (json, r#""""#, Some((Another, ""))),
            // Envoy and Caddy.
            (none, "", Some((Unknown, ""))),
            ("text/html", "", Some((Unknown, ""))),
        ];
        for (content_type, body, expected) in rows {
            let error = answer(404, content_type, body).session().unwrap_err();
            assert_eq!(error.is_gone(), expected.is_none(), "{body}");
            assert_eq!(error.status(), Some(404));
            if let Some((by, words)) = expected {
                assert_eq!(error, CallError::NoRoute { by, words: words.to_owned() }, "{body}");
            }
        }
    }

    #[test]
    fn a_sign_in_page_is_told_by_its_parts() {
        let rows = [
            (false, "<form><input name=p type=\"password\">", Page::SignIn),
            (false, "<FORM><INPUT TYPE='PASSWORD'>", Page::SignIn),
            (false, "<form method=post><input type=hidden name=\"SAMLRequest\" value=x>", Page::SignIn),
            (true, "<title>One moment</title>", Page::SignIn),
            (false, "<title>Sign in with your password</title>", Page::Other),
            (false, "<!doctype html><div id=\"livy-console\" class=\"lc\"></div>", Page::Console),
            (false, "<!doctype html><livy-console page><p>Loading</p></livy-console>", Page::Console),
            (false, "<!doctype html><title>livy-console</title>", Page::Other),
        ];
        for (redirected, body, expected) in rows {
            let error = Answer { redirected, ..answer(200, "text/html", body) }.session();
            assert!(
                matches!(&error, Err(CallError::NotLivy { status: 200, page, .. }) if *page == expected),
                "{body}: {error:?}"
            );
        }
    }

    #[test]
    fn long_words_are_cut() {
        let body = serde_json::to_string(&"é".repeat(5_000)).unwrap();
        let Err(CallError::Refused { message, .. }) = answer(500, "application/json", &body).session() else {
            panic!("a refusal was expected")
        };
        assert_eq!(message.chars().count(), MESSAGE_LIMIT);
    }
}
