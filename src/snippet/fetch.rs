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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_read_as_browsers_copy_it() {
        for text in [
            r#"fetch("http://x/sessions", {"headers": {"accept": "*/*"}, "body": "{\"name\":\"a\"}", "method": "POST"});"#,
            "await fetch('http://x/sessions', { // ours\n  method: 'POST', body: JSON.stringify({name: 'a'}),\n});",
            "const body = {name: 'a'};\nlet options = {\n  method: 'POST',\n  body: JSON.stringify(body)\n};\n\nfetch('http://x/sessions', options)\n  .then(it => it.json());",
            "await axios.post(url, { name: 'a' }, { headers: { 'X-Requested-By': 'me' } });",
            "axios.post(`${base}/sessions`, `{\"name\": \"a\"}`)",
            "axios({ method: 'post', url: 'http://x/sessions', data: { name: 'a' } })",
            "const name = 'a'\nconst r = await axios.request({url, data: {name}, method: 'POST'})",
            "const options = {method: 'POST', url: 'http://x/sessions', data: {name: 'a'}};\n\naxios.request(options).then(log);",
            "const base = {name: 'b'};\nconst livy = axios.create({ baseURL: 'http://x' });\nlivy.post('/sessions', { ...base, name: 'a' });",
            "axios.post('/sessions', {name: '\\a'})",
            "axios.post('/sessions', {name: '\\u{61}'})",
            "axios.post('/sessions', {name: `\\a`, queue: `\\${x}`})",
            "axios.post('/sessions/0/statements', {code: '1'}); axios.post('/sessions', {name: 'a'})",
            "fetch(`/token`, {body: 'a=b'}); fetch(\"http://x/sessions\", {body: \"{\\\"name\\\":\\\"a\\\"}\"})",
        ] {
            let body = read(text, &mut Found::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(body.get("name").and_then(Term::text), Some("a"), "{text}");
        }
        for (text, words) in [
            ("fetch(\"http://x/sessions\")", "no body"),
            ("fetch(\"http://x/sessions\", {body: make()})", "(make())"),
            ("fetch(\"http://x/sessions\", {body: ", "the text ends too early"),
            ("fetch()", "no body"),
            ("fetch(url, options)", "(options)"),
            ("fetch(url, {method})", "no body"),
            ("fetch(url, {method: 'POST', ...options})", "(...options)"),
            ("axios.get(url).then(it => axios.post(url))", "no body"),
            ("axios.post(url, { ...base, name: 'x' })", "(...base)"),
            ("axios.post(url, body)", "(body)"),
            ("axios.post(url, { kind: 'sql', ...(name ? { name } : {}) })", "...(name ? { name } : {})"),
            ("fetch(url, {body: '{\"name\":\"\\u{fffffff}\"}'})", "unknown character"),
            ("axios.post(url, { [key]: 'x' })", "[key]"),
        ] {
            let error = read(text, &mut Found::default()).unwrap_err();
            assert!(error.contains(words) && error.ends_with('.'), "{text}: {error}");
        }
    }
}
