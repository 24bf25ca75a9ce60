//! From an HTTP answer to what it means.

#[cfg(test)]
mod tests;

use serde_json::Value;

#[cfg(doc)]
use crate::Call;
use crate::dialect::{plain_words, title, withholds, words};
use crate::error::{Answerer, Page};
use crate::{Address, CallError, Cut, LogPage, Session, SessionPage, Version};

/// An HTTP answer, as far as this console looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The `Retry-After` header in seconds from now, whichever of its two forms it had (RFC 9110 §10.2.3).
    pub retry_after: Option<u32>,
    /// The `Location` header.
    pub location: Option<String>,
    /// True when the browser followed a redirect to it.
    pub redirected: bool,
    /// The body as text.
    pub body: String,
    /// Set where there is more of the body than was read: see [`Call::limit`].
    pub cut: Option<Cut>,
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

    /// The answer to [`Call::Create`]. Where no id is in it, the `Location` header may name the session (RFC 9110 §15.3.2).
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn created(&self) -> Result<Session, CallError> {
        self.promised(
            |json| Session::from_json(json.clone()).or_else(|| Session::from_json_at(json, &self.located()?)),
            "a session",
        )
        .or_else(|error| match (&error, self.located()) {
            (CallError::Unreadable { .. }, Some(address)) => Ok(Session::at(&address)),
            _ => Err(error),
        })
    }

    /// The session that the `Location` header names.
    fn located(&self) -> Option<Address> {
        let path = self.location.as_deref()?.split(['?', '#']).next()?.trim_end_matches('/');
        let (before, id) = path.rsplit_once('/')?;
        let is_session = before == "sessions" || before.ends_with("/sessions");
        is_session.then(|| Address::parse(id)).flatten()
    }

    /// The answer to a [`Call::Session`] that asks for a name.
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

    /// The answer to [`Call::Complete`]: names that code could go on with, in the server's order. What is no text is left out.
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn candidates(&self) -> Result<Vec<String>, CallError> {
        let read = |json: Value| {
            let list = json.get("candidates")?.as_array()?;
            Some(list.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect())
        };
        self.promised(read, "a list of candidates")
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
