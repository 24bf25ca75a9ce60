//! JavaScript's `fetch(...)`, as browsers copy a request of theirs: its options are JSON.

use super::Found;
use super::reader::{Dialect, Reader};
use super::request::{MOST, Request, choose, object};
use super::term::Term;

/// The calls of a text, by where their brackets open.
fn calls(text: &str) -> impl Iterator<Item = usize> {
    let is_name = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$' | '.');
    let calls = text.match_indices("fetch(").filter(move |it| !text[..it.0].ends_with(is_name));
    calls.map(|(at, name)| at + name.len() - 1)
}

/// Where the first call starts.
pub(super) fn find(text: &str) -> Option<usize> {
    calls(text).next()
}

/// Reads the call that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    let request = |at| {
        let mut reader = Reader::new(text, Dialect::Json);
        reader.at = at;
        let (address, body) = match reader.arguments() {
            Ok(arguments) => {
                let [address, options, ..] = arguments.as_slice() else { return None };
                let body = options.value.get("body")?.clone();
                (address.value.text().unwrap_or(&address.written).to_owned(), object(body, &options.written))
            }
            Err(fault) => (String::new(), Err(reader.fault(fault))),
        };
        Some(Request { source: "a fetch call", address, body, notes: Vec::new(), holes: Vec::new() })
    };
    let requests = calls(text).take(MOST).filter_map(request).collect();
    choose(requests, found, "The call has no body. Paste the one that creates the session.")
}
