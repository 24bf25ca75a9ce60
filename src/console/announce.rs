//! What the page that holds the console is told: events by name, each with a few facts.
//!
//! A fact is never a line of a log, a value of `conf`, a user, a header or an address with a query: whatever listens on the host's
//! page may send it on. `docs/contract.md` has the same table for people, and a test compares the two.

use livy::{Session, SessionId};

use crate::Route;

/// Something to tell the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The event's name, one of [`Announcement::EVENTS`].
    pub event: &'static str,
    /// Its detail.
    pub detail: Facts,
}

/// Names with their values, in order.
pub type Facts = Vec<(&'static str, Detail)>;

/// A value in an event's detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// `null`
    None,
    /// `true` or `false`
    Flag(bool),
    /// A number.
    Number(u16),
    /// A text.
    Text(String),
    /// A list of objects, each with `id` and `name`.
    Sessions(Vec<(String, Option<String>)>),
}

impl Announcement {
    /// All events of the element with the names in their details; one that may be absent ends with `?`. `livy-ready` and
    /// `livy-stopped`, `cluster` in every detail and the title of a page are the shell's to tell; the rest is decided here.
    pub const EVENTS: [(&str, &[&str]); 10] = [
        ("livy-ready", &["cluster", "version", "route"]),
        ("livy-navigate", &["cluster", "route", "title", "by"]),
        ("livy-create", &["cluster", "name", "kind"]),
        ("livy-created", &["cluster", "name", "kind", "id"]),
        ("livy-create-failed", &["cluster", "name", "kind", "why", "status?"]),
        ("livy-state", &["cluster", "id", "name", "state", "before", "gone"]),
        ("livy-deleted", &["cluster", "id", "name"]),
        ("livy-kept-alive", &["cluster", "sessions"]),
        ("livy-trouble", &["cluster", "kind", "status?", "over"]),
        ("livy-stopped", &["cluster", "where", "reason"]),
    ];

    /// Another page is open.
    pub(crate) fn navigate(route: &Route, by_person: bool) -> Self {
        let by = if by_person { "person" } else { "console" };
        Self { event: "livy-navigate", detail: vec![("route", text(told(route))), ("by", text(by))] }
    }

    /// A create was sent.
    pub(crate) fn create(name: &str, kind: &str) -> Self {
        Self { event: "livy-create", detail: asked(name, kind) }
    }

    /// A session came of a create.
    pub(crate) fn created(name: &str, kind: &str, id: &SessionId) -> Self {
        let mut detail = asked(name, kind);
        detail.push(("id", text(id.as_str())));
        Self { event: "livy-created", detail }
    }

    /// None did, or nobody knows yet.
    pub(crate) fn create_failed(name: &str, kind: &str, why: &str, status: Option<u16>) -> Self {
        let mut detail = asked(name, kind);
        detail.push(("why", text(why)));
        detail.extend(status.map(|it| ("status", Detail::Number(it))));
        Self { event: "livy-create-failed", detail }
    }

    /// A session is in another state than before, or the server does not know it any more.
    pub(crate) fn state(session: &Session, before: Option<&str>, is_gone: bool) -> Self {
        let mut detail = facts(session);
        detail.push(("before", before.map_or(Detail::None, text)));
        detail.push(("gone", Detail::Flag(is_gone)));
        Self { event: "livy-state", detail }
    }

    /// A session was deleted from here.
    pub(crate) fn deleted(session: &Session) -> Self {
        let mut detail = facts(session);
        detail.truncate(2);
        Self { event: "livy-deleted", detail }
    }

    /// Other sessions than before end when the console goes.
    pub(crate) fn kept_alive(sessions: Vec<(String, Option<String>)>) -> Self {
        Self { event: "livy-kept-alive", detail: vec![("sessions", Detail::Sessions(sessions))] }
    }

    /// The page cannot be refreshed, or can be again.
    pub(crate) fn trouble(kind: &str, status: Option<u16>, is_over: bool) -> Self {
        let mut detail = vec![("kind", text(kind))];
        detail.extend(status.map(|it| ("status", Detail::Number(it))));
        detail.push(("over", Detail::Flag(is_over)));
        Self { event: "livy-trouble", detail }
    }
}

/// What is told of a session: its id, its name, and its state in the server's own word.
pub(crate) fn facts(session: &Session) -> Facts {
    vec![
        ("id", text(session.id.as_str())),
        ("name", session.name().map_or(Detail::None, text)),
        ("state", text(session.state.as_str())),
    ]
}

fn text(text: impl Into<String>) -> Detail {
    Detail::Text(text.into())
}

fn asked(name: &str, kind: &str) -> Facts {
    vec![("name", text(name)), ("kind", text(kind))]
}

/// A route as the host may have it: what somebody typed behind a `?` is not for everybody on the page.
fn told(route: &Route) -> String {
    let mut told = route.text();
    if matches!(route, Route::Malformed(_)) {
        told.truncate(told.find('?').unwrap_or(told.len()));
    }
    told
}
