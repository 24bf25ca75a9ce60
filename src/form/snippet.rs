//! A request in the words of other tools: read from a pasted text, and written to be pasted elsewhere.
//!
//! Nothing pasted is ever run: literals are read, and what only running the code would tell is left out and named. What a
//! text means for the form is [`crate::Draft::from_request`]'s business; here everything becomes the JSON of a request.

mod curl;
mod escape;
mod powershell;
mod python;
mod reader;
mod shell;
mod value;
mod writer;

pub use writer::{Format, Written, write};

use reader::{Dialect, Reader};
use value::Value;

/// A pasted text, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Snippet {
    /// What it was taken for, with its article: `a curl command`.
    pub source: &'static str,
    /// The request as JSON.
    pub body: String,
    /// What the person should know of it, a sentence each.
    pub notes: Vec<String>,
}

/// What is found on the way.
#[derive(Default)]
struct Found {
    source: &'static str,
    notes: Vec<String>,
    /// What stands in the body in place of a variable that nothing in the text assigns.
    holes: Vec<String>,
}

/// Longer texts are not read: no request is a MiB long, and the page must not stand still.
const LONGEST: usize = 1 << 20;

/// Reads a request out of a pasted text: JSON (also with comments, a comma too many, or Python's quotes), a curl command for
/// bash or Windows' cmd, PowerShell, a sparkmagic cell, or Python with requests or pylivy 0.8.0.
///
/// # Errors
/// A sentence that says why the text is no request for a session, and what to paste instead.
pub fn recognise(text: &str) -> Result<Snippet, String> {
    if text.len() > LONGEST {
        return Err("This is longer than any request: paste the command or the JSON alone.".to_owned());
    }
    // Notebooks saved as source, and pages that number or quote what they show, put a mark before each line.
    let plain = unmarked(&text.replace("\r\n", "\n"));
    let text = plain.trim();
    let mut found = Found::default();
    if text.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return Ok(Snippet { source: "JSON", body: text.to_owned(), notes: found.notes });
    }
    type Read = fn(&str, &mut Found) -> Result<Value, String>;
    let readers: [(Option<usize>, Read); 4] = [
        (text.find("%%configure"), sparkmagic),
        (curl::find(text), curl::read),
        (powershell::find(text), powershell::read),
        (python::find(text), python::read),
    ];
    // What comes first tells: the values of a request may hold anything.
    let first = readers.into_iter().filter_map(|(at, read)| Some((at?, read))).min_by_key(|it| it.0);
    let read = if text.starts_with('{') { literal } else { first.map_or(amid as Read, |it| it.1) };
    let value = read(text, &mut found)?;
    let value = value.settle(&mut found.notes);
    if value.entries().is_empty() && !matches!(value, Value::Object(_)) {
        return Err(format!("This was read as {}, but its body is no JSON object.", found.source));
    }
    if !found.holes.is_empty() {
        let holes = found.holes.join(", ");
        found.notes.push(format!("Replace what stands for a variable: {holes}."));
    }
    Ok(Snippet { source: found.source, body: value.to_json(), notes: found.notes })
}

/// Takes away `# MAGIC ` and `> ` where every line has it.
fn unmarked(text: &str) -> String {
    for mark in ["# MAGIC", ">"] {
        if text.lines().all(|it| it.trim().is_empty() || it.starts_with(mark)) {
            let bare = |it: &str| {
                it.strip_prefix(mark).map_or(it, |it| it.strip_prefix(' ').unwrap_or(it)).to_owned()
            };
            return text.lines().map(bare).collect::<Vec<_>>().join("\n");
        }
    }
    text.to_owned()
}

/// A `%%configure` cell: options on its line, JSON below it.
fn sparkmagic(text: &str, found: &mut Found) -> Result<Value, String> {
    found.source = "a sparkmagic cell";
    found.notes.push("sparkmagic takes the kind from the notebook's kernel: choose it here.".to_owned());
    let cell = text.split_once("%%configure").map_or("", |it| it.1);
    let start = cell.find('{').ok_or("The %%configure cell has no JSON below it: paste the whole cell.")?;
    literal(&cell[start..], found)
}

/// A JSON object somewhere in a text, such as a raw HTTP request.
fn amid(text: &str, found: &mut Found) -> Result<Value, String> {
    found.source = "JSON within a text";
    let head = text.lines().next().unwrap_or_default();
    if head.contains("/batches") || head.contains("/statements") {
        return Err(elsewhere(head));
    }
    let at = text.find("\n{").ok_or(
        "This is no request that is known here. Paste its JSON, a curl or PowerShell command, a %%configure cell, or Python with requests or pylivy.",
    )?;
    literal(text[at..].trim(), found)
}

/// An object in JSON's or, failing that, Python's words; what follows it does not matter.
fn literal(text: &str, found: &mut Found) -> Result<Value, String> {
    let mut reader = Reader::new(text, Dialect::Json);
    let fault = match reader.value() {
        Ok(value @ Value::Object(_)) => {
            if found.source.is_empty() {
                found.source = "JSON that is not strict";
            }
            return Ok(value);
        }
        Ok(_) => "an object was expected",
        Err(fault) => fault,
    };
    let mut python = Reader::new(text, Dialect::Python);
    match python.value() {
        // Python reads words as variables: of JSON with a fault it would make something with holes.
        Ok(value @ Value::Object(_)) if text.contains('\'') && !value.has_unknown() => {
            if found.source.is_empty() {
                found.source = "a Python dictionary";
            }
            Ok(value)
        }
        _ => Err(reader.fault(fault)),
    }
}

/// The body of a request that was given as text.
fn body_of_text(text: &str, found: &mut Found) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Err("The body of the request is empty.".to_owned());
    }
    let mut reader = Reader::new(text, Dialect::Json);
    match reader.value() {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err("The body of the request is no JSON object.".to_owned()),
        Err(fault) => {
            found.notes.clear();
            Err(format!("The body of the request is no JSON. {}", reader.fault(fault)))
        }
    }
}

/// Why a command for another address is not taken.
fn elsewhere(address: &str) -> String {
    format!("This asks for something other than a session ({address}): paste the request to /sessions.")
}

/// What the address of a request says about it.
fn request_note(address: &str, notes: &mut Vec<String>) {
    let user = address.split(['?', '&']).skip(1).find_map(|it| it.strip_prefix("doAs="));
    if let Some(user) = user {
        notes.push(format!("The address asks to act as {user} (doAs): that is the proxy user here."));
    }
}

impl Reader<'_> {
    /// Where reading stopped and why, as a sentence.
    fn fault(&self, fault: &str) -> String {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("In line {line}, column {column}: {fault}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> serde_json::Value {
        serde_json::from_str(&recognise(text).unwrap_or_else(|error| panic!("{text}: {error}")).body).unwrap()
    }

    #[test]
    fn json_is_taken_in_many_hands() {
        let wanted = serde_json::json!({"kind": "spark", "driverCores": 2});
        for text in [
            r#"{"kind":"spark","driverCores":2}"#,
            "{'kind': 'spark', 'driverCores': 2}",
            "{\"kind\": \"spark\", // why not\n \"driverCores\": 2,}",
            "POST /sessions HTTP/1.1\nHost: x\n\n{\"kind\":\"spark\",\"driverCores\":2}",
            "> {\"kind\":\"spark\",\n> \"driverCores\":2}",
            "# MAGIC %%configure -f\n# MAGIC {\"kind\":\"spark\",\n# MAGIC \"driverCores\":2}",
        ] {
            assert_eq!(body(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_fault_names_its_place() {
        let error = recognise("{\"kind\": \"spark\"\n \"name\": \"x\"}").unwrap_err();
        assert_eq!(error, "In line 2, column 2: a comma is missing.");
        for text in
            ["", "hello", "[1]", "POST /batches\n{}", "%%configure -f", "curl http://x/sessions", "{{"]
        {
            assert!(recognise(text).unwrap_err().ends_with('.'), "{text}");
        }
    }

    #[test]
    fn nothing_is_rounded_and_nothing_is_guessed() {
        let snippet = recognise("{'conf': {'a': 12345678901234567890, 'b': 1.50}, 'name': None,}").unwrap();
        assert!(snippet.body.contains("12345678901234567890") && snippet.body.contains("1.50"));
        assert!(snippet.notes.iter().any(|it| it.contains("name")), "{:?}", snippet.notes);
        let snippet = recognise("requests.post(url, json={'kind': kind_of(), 'queue': 'q'})").unwrap();
        assert_eq!(snippet.body.replace([' ', '\n'], ""), r#"{"queue":"q"}"#);
        assert!(snippet.notes[0].contains("kind_of()"), "{:?}", snippet.notes);
    }
}
