//! The requests that a text makes, and which of them is the one for a session.

use super::reader::{Dialect, Reader};
use super::term::Term;
use super::{Found, elsewhere};
use form::Field;

/// A request that a text makes.
pub(super) struct Request {
    /// What it was taken for, with its article.
    pub(super) source: &'static str,
    /// Where it goes, as far as that is written.
    pub(super) address: String,
    /// What it sends, or why that is not known.
    pub(super) body: Result<Term, String>,
    /// What the person should know of it, a sentence each.
    pub(super) notes: Vec<String>,
    /// Names of variables in the body that the text doesn't assign.
    pub(super) holes: Vec<String>,
}

/// Only this many calls are read: nobody pastes more, and the page must stay responsive.
pub(super) const MOST: usize = 64;

/// What follows `/sessions` in the address of another request.
const OTHERS: [&str; 5] = ["statements", "batch", "cancel", "complet", "oauth"];

impl Request {
    /// How likely it is the one for a session.
    fn rank(&self) -> u8 {
        match &self.body {
            _ if OTHERS.iter().any(|it| self.address.contains(it)) => 0,
            Ok(_) if ends_in_sessions(&self.address) => 5,
            Err(_) if ends_in_sessions(&self.address) => 4,
            Err(_) => 1,
            Ok(body) if is_for_session(body) => 3,
            Ok(_) => 2,
        }
    }
}

/// True for an address, or the code that makes it, that ends in `/sessions`.
fn ends_in_sessions(address: &str) -> bool {
    address.match_indices("/sessions").any(|(at, name)| {
        let after = address[at + name.len()..].trim_start_matches('/');
        after.is_empty() || after.starts_with(['"', '\'', '?', ' ', ')', '`', '}', '#'])
    })
}

/// True for an object with a field of a session's request, and with no code, which makes it a statement's.
fn is_for_session(body: &Term) -> bool {
    let has = |key: &str| Field::by_name(key).is_some();
    body.entries().iter().any(|it| has(&it.0)) && !body.entries().iter().any(|it| it.0 == "code")
}

/// The body of the request for a session: of the first that goes to `/sessions`, or else of the last that could be one. An
/// error is the reason of the likeliest, or `none` where the text makes no request.
pub(super) fn choose(requests: Vec<Request>, found: &mut Found, none: &str) -> Result<Term, String> {
    let mut chosen: Option<(u8, Request)> = None;
    let mut count = 0;
    for request in requests {
        let rank = request.rank();
        count += usize::from(request.body.is_ok());
        let better = chosen.as_ref().is_none_or(|(best, _)| match rank {
            2 | 3 => rank >= *best,
            _ => rank > *best,
        });
        if better {
            chosen = Some((rank, request));
        }
    }
    let Some((rank, request)) = chosen else { return Err(none.to_owned()) };
    found.source = request.source;
    if rank == 0 {
        return Err(elsewhere(&request.address));
    }
    let body = request.body?;
    found.is_body = true;
    if count > 1 {
        found.note("Only the session request is read; the text makes other requests too.".to_owned());
    }
    let user = request.address.split(['?', '&']).skip(1).find_map(|it| it.strip_prefix("doAs="));
    if let Some(user) = user {
        found.note(format!("The address has doAs={user}. Enter {user} as the proxy user."));
    }
    request.notes.into_iter().for_each(|it| found.note(it));
    found.holes = request.holes;
    Ok(body)
}

/// A body as an object: as it is, or read from its text. `written` is the code that makes it.
pub(super) fn object(body: Term, written: &str) -> Result<Term, String> {
    let elsewhere = |what: &str, code: &str| {
        Err([
            what,
            "he body isn't in the text, only where it comes from (",
            code,
            "). Paste those lines or the JSON.",
        ]
        .concat())
    };
    match body {
        Term::Text(text) => object_of_text(&text),
        Term::Unknown(_) => elsewhere("T", written),
        Term::Object(_) => match body.unread() {
            Some(code) => elsewhere("A part of t", code),
            None => Ok(body),
        },
        _ => Err("The request's body is not a JSON object.".to_owned()),
    }
}

/// The object that a text is the JSON of.
pub(super) fn object_of_text(text: &str) -> Result<Term, String> {
    if text.trim().is_empty() {
        return Err("The request's body is empty.".to_owned());
    }
    let mut reader = Reader::new(text, Dialect::Json);
    match reader.value() {
        Ok(value @ Term::Object(_)) => Ok(value),
        Ok(_) => Err("The request's body is not a JSON object.".to_owned()),
        Err(fault) => Err(["The request's body is not JSON. ", &reader.fault(fault)].concat()),
    }
}
