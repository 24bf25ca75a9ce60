//! JavaScript's `fetch(...)`, as browsers copy a request of theirs.

use super::Found;
use super::reader::{Dialect, Reader};
use super::request::{MOST, Request, choose, object};
use super::statement::Statement;
use super::value::Value;

const CALL: &str = "fetch(";

/// Where each call stands, by where its brackets open.
fn calls(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(CALL).map(|it| it.0).filter_map(|at| {
        let before = text[..at].chars().next_back();
        let part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$' | '.');
        (!before.is_some_and(part)).then_some(at + CALL.len() - 1)
    })
}

/// Where such a call stands first.
pub(super) fn find(text: &str) -> Option<usize> {
    calls(text).next()
}

/// Reads the call that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Value, String> {
    let mut outset = Reader::new(text, Dialect::Script);
    let lines = std::iter::once(0).chain(text.match_indices(['\n', ';']).map(|it| it.0 + 1));
    let first = |at: usize| text.len() - text[at..].trim_start().len();
    outset.statements = lines.map(|at| Statement::plain(first(at), false)).collect();
    let request = |at| {
        let mut reader = outset.afresh(at);
        let (address, body) = match reader.arguments() {
            Ok(arguments) => {
                let [address, options, ..] = arguments.as_slice() else { return None };
                let body = options.value.get("body")?.clone();
                let written = if let Value::Unknown(code) = &body { code.clone() } else { String::new() };
                (address.value.text().unwrap_or(&address.written).to_owned(), object(body, &written))
            }
            Err(fault) => (String::new(), Err(reader.fault(fault))),
        };
        Some(Request { source: "a fetch call", address, body, notes: Vec::new(), holes: Vec::new() })
    };
    choose(
        calls(text).take(MOST).filter_map(request).collect(),
        found,
        "The fetch call has no body: paste the one that creates the session.",
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
            "fetch(`/token`, {body: 'a=b'}); fetch(\"http://x/sessions\", {body: \"{\\\"name\\\":\\\"a\\\"}\"})",
        ] {
            let body = read(text, &mut Found::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(body.get("name").and_then(Value::text), Some("a"), "{text}");
        }
        for (text, words) in [
            ("fetch(\"http://x/sessions\")", "no body"),
            ("fetch(\"http://x/sessions\", {body: make()})", "(make())"),
            ("fetch(\"http://x/sessions\", {body: ", "the end is missing"),
            ("fetch()", "no body"),
        ] {
            let error = read(text, &mut Found::default()).unwrap_err();
            assert!(error.contains(words) && error.ends_with('.'), "{text}: {error}");
        }
    }
}
