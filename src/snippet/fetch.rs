//! JavaScript: `fetch(...)`, as browsers copy a request of theirs, and axios, by whatever name it was made.

use super::Found;
use super::reader::{Dialect, Reader};
use super::request::{MOST, Request, choose, object};
use super::statement::Statement;
use super::term::Term;
use form::sort;

const FETCH: &str = "fetch(";
/// The body is its second argument.
const POST: &str = ".post(";
const AXIOS: [&str; 3] = ["axios(", ".request(", POST];

/// The calls of a text, by where their brackets open.
fn calls(text: &str) -> Vec<(usize, &'static str)> {
    let axios = if text.contains("axios") { AXIOS.as_slice() } else { &[] };
    let all = axios.iter().chain(&[FETCH]).flat_map(|name| text.match_indices(*name).map(|it| (it.0, *name)));
    let mut all: Vec<_> = all
        .filter(|(at, name)| {
            let before = text[..*at].chars().next_back();
            let part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$' | '.');
            name.starts_with('.') || !before.is_some_and(part)
        })
        .map(|(at, name)| (at + name.len() - 1, name))
        .collect();
    sort(&mut all, |one, other| one.0 < other.0);
    all
}

/// Where the first call starts.
pub(super) fn find(text: &str) -> Option<usize> {
    // Python has methods of the same names.
    let first = calls(text).first()?.0;
    Some(text.find("axios").map_or(first, |it| it.min(first)))
}

/// Reads the call that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    let mut outset = Reader::new(text, Dialect::Script);
    let lines = std::iter::once(0).chain(text.match_indices(['\n', ';']).map(|it| it.0 + 1));
    let first = |at: usize| text.len() - text[at..].trim_start().len();
    outset.statements = lines.map(|at| Statement::plain(first(at), false)).collect();
    let request = |(at, name)| {
        let mut reader = outset.afresh(at);
        let source = if name == FETCH { "a fetch call" } else { "an axios call" };
        let (address, body) = match reader.arguments() {
            Ok(arguments) => {
                let address = arguments.first()?;
                let options = arguments.get(1).or((name != FETCH && name != POST).then_some(address))?;
                let given = |key: &str| options.value.get(key);
                let body = match given("body").or(given("data")) {
                    Some(body) if name != POST => body,
                    // Unseen entries may include a body.
                    None if name != POST && !options.value.is_open() => return None,
                    _ => &options.value,
                };
                let written = if let Term::Unknown(code) = body { code.clone() } else { String::new() };
                let url = given("url").filter(|_| name != POST).unwrap_or(&address.value);
                (url.text().unwrap_or(&address.written).to_owned(), object(body.clone(), &written))
            }
            Err(fault) => (String::new(), Err(reader.fault(fault))),
        };
        Some(Request { source, address, body, notes: reader.notes, holes: Vec::new() })
    };
    choose(
        calls(text).into_iter().take(MOST).filter_map(request).collect(),
        found,
        "The call has no body. Paste the one that creates the session.",
    )
}
