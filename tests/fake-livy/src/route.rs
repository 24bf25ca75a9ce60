//! From method and path to what is asked for.

use crate::http::{Request, decoded};

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Version,
    List,
    Create,
    /// A session by id or name, and what of it: the rest of the path.
    Session {
        key: String,
        part: Vec<String>,
        method: String,
    },
    Batches,
    /// One batch, of which there is none.
    Batch(String),
    Root,
    /// A path that exists, with another method: what it allows.
    WrongMethod(&'static str),
    /// Below a session, where there is nothing.
    UnknownPart,
    Unknown,
}

/// The method that counts: `X-HTTP-Method-Override` and `?_method=` are honoured on a POST.
pub(crate) fn method(request: &Request) -> String {
    let written = request.method.to_ascii_uppercase();
    if written != "POST" {
        return written;
    }
    let meant =
        request.header("X-HTTP-Method-Override").map(str::to_owned).or_else(|| request.query("_method"));
    meant.map_or(written, |it| it.to_ascii_uppercase())
}

pub(crate) fn route(request: &Request) -> Route {
    let method = method(request);
    let reads = matches!(method.as_str(), "GET" | "HEAD");
    let path = request.path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match (parts.as_slice(), reads) {
        ([""], true) => Route::Root,
        (["version"] | ["version", ""], true) => Route::Version,
        (["version"] | ["version", ""], false) => Route::WrongMethod("GET, HEAD"),
        (["batches"] | ["batches", ""], true) => Route::Batches,
        (["batches", key], true) => Route::Batch(decoded(key)),
        (["sessions"] | ["sessions", ""], true) => Route::List,
        (["sessions"] | ["sessions", ""], false) if method == "POST" => Route::Create,
        (["sessions"] | ["sessions", ""], _) => Route::WrongMethod("POST, GET, HEAD"),
        (["sessions", key, part @ ..], _) => match allowed(part) {
            None => Route::UnknownPart,
            Some(all) if !all.split(", ").any(|it| it == method) => Route::WrongMethod(all),
            Some(_) => {
                let part = part.iter().map(|it| (*it).to_owned()).collect();
                Route::Session { key: decoded(key), part, method }
            }
        },
        _ => Route::Unknown,
    }
}

/// The methods of what there is of a session, whether the session is there or not (ISS and SS); `None` where there is nothing.
fn allowed(part: &[&str]) -> Option<&'static str> {
    match part {
        [] => Some("DELETE, GET, HEAD"),
        ["state" | "log"] | ["statements", _] => Some("GET, HEAD"),
        ["statements"] => Some("POST, GET, HEAD"),
        ["stop" | "interrupt" | "connect" | "completion"] | ["statements", _, "cancel"] => Some("POST"),
        _ => None,
    }
}
