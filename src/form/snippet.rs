//! A request in the words of other tools: read from a pasted text, and written to be pasted elsewhere.
//!
//! Nothing pasted is ever run: literals are read, and what only running the code would tell is left out and named. What a
//! text means for the form is [`crate::Draft::from_request`]'s business; here everything becomes the JSON of a request.

mod argument;
mod change;
mod curl;
mod escape;
mod fetch;
mod heredoc;
mod literal;
mod outline;
mod powershell;
mod python;
mod reader;
mod request;
mod shell;
mod statement;
mod strict;
mod value;
mod writer;

pub use writer::{Format, Written, write};

use crate::{Draft, Field};
use reader::{Dialect, Reader};
pub(crate) use strict::strict;
use value::UNREAD;
pub(crate) use value::Value;

/// A pasted text, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Snippet {
    /// What it was taken for, with its article: `a curl command`.
    pub source: &'static str,
    /// The request as JSON.
    pub body: String,
    /// What the person should know of it, a sentence each.
    pub notes: Vec<String>,
    /// The text says nothing of the kind, and a request made from it would have one: that which is chosen in the form stays.
    pub keeps_kind: bool,
}

impl Snippet {
    /// The form filled with it. `form` is what stands there now; a masked secret means that of `masked`
    /// ([`Draft::from_request`]).
    ///
    /// # Errors
    /// A sentence that says where the body stops being a request.
    pub fn fill(&self, form: &Draft, masked: &Draft) -> Result<Draft, String> {
        let mut draft = Draft::from_request(&self.body, masked)?;
        if self.keeps_kind {
            draft.take(Field::Kind, form);
        }
        Ok(draft)
    }
}

/// What is found on the way.
#[derive(Default)]
struct Found {
    source: &'static str,
    notes: Vec<String>,
    /// What stands in the body in place of a variable that nothing in the text assigns.
    holes: Vec<String>,
}

impl Found {
    /// Keeps what the person should know, once.
    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// Longer texts are not read: no request is a MiB long, and the page must not stand still.
const LONGEST: usize = 1 << 20;

/// What a request without a kind means: since Livy 0.5 a `shared` session (`CreateInteractiveRequest.scala` 22-39, 0.9.0).
const NO_KIND: &str = "It says no kind: Livy makes a shared session of that since 0.5, so shared is chosen.";

/// Reads a request out of a pasted text: JSON (also with comments, a comma too many, or Python's quotes), a curl command for
/// bash or Windows' cmd, PowerShell, a browser's fetch, axios, a sparkmagic cell, or Python with requests or pylivy 0.8.0.
///
/// # Errors
/// A sentence that says why the text is no request for a session, and what to paste instead.
pub fn recognise(text: &str) -> Result<Snippet, String> {
    if text.len() > LONGEST {
        return Err("This is longer than any request: paste the command or the JSON alone.".to_owned());
    }
    let plain = unmarked(&text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    let text = plain.trim();
    let mut found = Found::default();
    if text.starts_with('{')
        && let Ok(value) = strict(text)
    {
        found.source = "JSON";
        let value = told(value, &mut found)?;
        return Ok(snippet(value.to_json(), value.has("kind"), found));
    }
    let value = any(text, &mut found)?;
    let value = told(value, &mut found)?;
    let says = value.has("kind");
    let unread = found.notes.iter().any(|it| it.starts_with(UNREAD));
    let value = value.settle(&mut found.notes);
    if !matches!(value, Value::Object(_)) {
        return Err(format!("This was read as {}, but its body is no JSON object.", found.source));
    }
    if !found.holes.is_empty() {
        let holes = found.holes.join(", ");
        found.note(format!("Replace what stands for a variable: {holes}."));
    }
    let settled = !says || value.has("kind");
    let mut snippet = snippet(value.to_json(), says || unread, found);
    snippet.keeps_kind |= !settled || unread && !says;
    Ok(snippet)
}

/// The request of a session, where a server's answer about one was pasted: without the rest of the answer, and without what is
/// not set there (as for another session like one that is there: [`livy::Session::request`]).
fn told(mut value: Value, found: &mut Found) -> Result<Value, String> {
    if matches!(value.get("sessions"), Some(Value::List(_))) {
        return Err("This is a list of sessions: paste one of them alone.".to_owned());
    }
    let is_session = value.has("id") && value.has("state");
    let session = is_session.then(|| serde_json::from_str(&value.to_line()).ok()).flatten();
    let session = session.and_then(livy::Session::from_json);
    if let (Some(session), Value::Object(entries)) = (session, &mut value) {
        let request = session.request();
        entries.retain(|(key, _)| key == "kind" || request.iter().any(|it| it.0 == key));
        found.source = "a session";
        found.note("What is not set in it (0 or empty) and its name are left out.".to_owned());
    }
    Ok(value)
}

/// The snippet of a body, which gets the kind that Livy would take where it says none.
fn snippet(mut body: String, says_kind: bool, found: Found) -> Snippet {
    let Found { source, mut notes, .. } = found;
    // A notebook's kernel has a kind.
    let keeps_kind = !says_kind && source == SPARKMAGIC;
    if !says_kind && !keeps_kind {
        let comma = if body[1..].trim_start().starts_with('}') { "" } else { "," };
        body.insert_str(1, &["\"kind\":\"", livy::Kind::Shared.as_str(), "\"", comma].concat());
        notes.push(NO_KIND.to_owned());
    }
    Snippet { source, body, notes, keeps_kind }
}

/// The body in a text that is no strict JSON.
fn any(text: &str, found: &mut Found) -> Result<Value, String> {
    if text.starts_with('{') {
        return literal(text, found);
    }
    type Read = fn(&str, &mut Found) -> Result<Value, String>;
    let mut readers: [(Option<usize>, Read); 5] = [
        (text.find("%%configure"), sparkmagic),
        (curl::find(text), curl::read),
        (powershell::find(text), powershell::read),
        (fetch::find(text), fetch::read),
        (python::find(text), python::read),
    ];
    // What comes first tells: the values of a request may hold anything. But prose speaks of tools too.
    readers.sort_by_key(|it| it.0);
    let mut error = None;
    for (_, read) in readers.into_iter().filter(|it| it.0.is_some()) {
        let mut own = Found::default();
        match read(text, &mut own) {
            Ok(value) => {
                *found = own;
                return Ok(value);
            }
            Err(fault) => error = error.or(Some(fault)),
        }
    }
    match error {
        Some(fault) => Err(fault),
        None => python::read_assigned(text, found).map_or_else(|| amid(text, found), Ok),
    }
}

/// Takes away `# MAGIC ` and `> ` where every line has it, and bash's `> ` where it goes on with a command after its prompt:
/// notebooks saved as source, and pages that number or quote what they show, put a mark before each line.
fn unmarked(text: &str) -> String {
    let prompted = |line: &str| {
        line.split_once("curl ").is_some_and(|it| it.0.trim_end_matches(' ').ends_with(['$', '#', '%']))
    };
    let prompted = text.lines().any(prompted);
    for mark in ["# MAGIC", ">"] {
        let marked = |it: &str| it.starts_with(mark) && !it.starts_with(">>> ") && !it.starts_with("... ");
        if prompted && mark == ">" || text.lines().all(|it| it.trim().is_empty() || marked(it)) {
            let bare = |it: &str| {
                // Python's prompt is its reader's to take away.
                let own = it.strip_prefix(mark).filter(|it| !it.starts_with(">> "));
                own.map_or(it, |it| it.strip_prefix(' ').unwrap_or(it)).to_owned()
            };
            return text.lines().map(bare).collect::<Vec<_>>().join("\n");
        }
    }
    text.to_owned()
}

const SPARKMAGIC: &str = "a sparkmagic cell";

/// A `%%configure` cell: options on its line, JSON below it.
fn sparkmagic(text: &str, found: &mut Found) -> Result<Value, String> {
    found.source = SPARKMAGIC;
    let cell = text.split_once("%%configure").map_or("", |it| it.1);
    let start = cell.find('{').ok_or("The %%configure cell has no JSON below it: paste the whole cell.")?;
    let body = literal(&cell[start..], found)?;
    if !body.has("kind") {
        found.note(
            "sparkmagic takes the kind from the notebook's kernel: the kind chosen here stays.".to_owned(),
        );
    }
    Ok(body)
}

/// A JSON object somewhere in a text, such as a raw HTTP request.
fn amid(text: &str, found: &mut Found) -> Result<Value, String> {
    found.source = "JSON within a text";
    let head = text.lines().next().unwrap_or_default();
    if head.contains("/batches") || head.contains("/statements") {
        return Err(elsewhere(head));
    }
    let at = text.find("\n{").ok_or(
        "This is no request that is known here. Paste its JSON, a curl or PowerShell command, fetch or axios, a %%configure cell, or Python with requests or pylivy.",
    )?;
    literal(text[at..].trim(), found)
}

/// An object in JSON's or, failing that, Python's words; what follows it does not matter.
fn literal(text: &str, found: &mut Found) -> Result<Value, String> {
    let mut reader = Reader::new(text, Dialect::Json);
    let mut is = |source, rest: &str| {
        if found.source.is_empty() {
            found.source = source;
        }
        let next = rest.trim_start_matches([' ', '\t', '\n', ',', ';']);
        if found.source != SPARKMAGIC && (next.starts_with('{') || next.contains("\n{")) {
            found.note("The text holds another object too: only the first is read.".to_owned());
        }
    };
    let fault = match reader.value() {
        Ok(value @ Value::Object(_)) => {
            is("JSON that is not strict", reader.rest());
            return Ok(value);
        }
        Ok(_) => "an object was expected",
        Err(fault) => fault,
    };
    let mut python = Reader::new(text, Dialect::Python);
    match python.value() {
        // Python reads words as variables: of JSON with a fault it would make something with holes.
        Ok(value @ Value::Object(_)) if text.contains('\'') && !value.has_unknown() => {
            is("a Python dictionary", python.rest());
            Ok(value)
        }
        _ => Err(reader.fault(fault)),
    }
}

/// Why a command for another address is not taken.
fn elsewhere(address: &str) -> String {
    format!("This asks for something other than a session ({address}): paste the request to /sessions.")
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

    /// The request and the notes of a text that is read.
    pub(super) fn snippet(text: &str) -> (serde_json::Value, String) {
        let Snippet { body, notes, .. } = recognise(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        (serde_json::from_str(&body).unwrap(), notes.join(" "))
    }

    fn body(text: &str) -> serde_json::Value {
        snippet(text).0
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
    fn without_a_kind_it_is_what_livy_makes_of_it() {
        let mut form = Draft::default();
        form.set_text(Field::Kind, "sql");
        let kind = |text: &str| {
            let snippet = recognise(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let notes = snippet.notes.concat();
            let draft = snippet.fill(&form, &form).unwrap();
            (draft.text(Field::Kind).to_owned(), notes)
        };
        for text in [
            "{}",
            "{\"name\":\"x\"}",
            "{'name': 'x'}",
            "curl -d '{\"name\":\"x\"}' http://x/sessions",
            "requests.post(url, json={'name': 'x'})",
            "irm x -Body '{\"name\":\"x\"}'",
        ] {
            let (kind, notes) = kind(text);
            assert!(
                kind == "shared" && notes.contains("Livy makes a shared session"),
                "{text}: {kind} {notes}"
            );
        }
        // A notebook's kernel has a kind, and so has what only running the code would tell.
        for (text, note) in [
            ("%%configure -f\n{\"name\":\"x\"}", "the kind chosen here stays"),
            ("requests.post(url, json={'kind': kind_of(), 'name': 'x'})", "Left out: kind"),
            ("p = {'name': 'x'}\np.update(more)\nrequests.post(url, json=p)", "p.update(more)"),
            (
                "const p = {name: 'x'};\np.kind.push(1)\nfetch(url, {body: JSON.stringify(p)})",
                "p.kind.push(1)",
            ),
        ] {
            let (kind, notes) = kind(text);
            assert!(
                kind == "sql" && notes.contains(note) && !notes.contains("shared"),
                "{text}: {kind} {notes}"
            );
        }
        assert_eq!(kind("%%configure -f\n{\"kind\":\"spark\"}"), ("spark".to_owned(), String::new()));
    }

    #[test]
    fn words_in_prose_are_no_commands() {
        for text in [
            "With curl or PowerShell you would say\n{\"kind\":\"sql\"}",
            "# like curl, but in Python\nrequests.post(url, json={'kind': 'sql'})",
            "# curl -X POST is the same\nrequests.post(url, json={'kind': 'sql'})",
            "# fetch( and Invoke-RestMethod do it too\nLivySession.create(url, kind=SessionKind.SQL)",
        ] {
            assert_eq!(body(text), serde_json::json!({"kind": "sql"}), "{text}");
        }
    }

    #[test]
    fn a_fault_names_its_place() {
        let error = recognise("{\"kind\": \"spark\"\n \"name\": \"x\"}").unwrap_err();
        assert_eq!(error, "In line 2, column 2: a comma is missing.");
        for text in [
            "{'name': 'a\\u12'}",
            "{'name': 'a\\x1'}",
            "",
            "hello",
            "[1]",
            "POST /batches\n{}",
            "%%configure -f",
            "curl http://x/sessions",
            "{{",
        ] {
            assert!(recognise(text).unwrap_err().ends_with('.'), "{text}");
        }
    }

    #[test]
    fn a_session_is_read_as_the_request_that_made_it() {
        let text = r#"{"id":13,"name":"lab-1","appId":null,"owner":null,"proxyUser":null,"state":"starting","kind":"pyspark",
 "appInfo":{"driverLogUrl":null,"sparkUiUrl":null,"executorLogUrls":null},"log":["stdout: ","\nstderr: "],
 "ttl":"2h","idleTimeout":null,"driverMemory":"","driverCores":1,"executorMemory":null,"executorCores":0,
 "conf":{"spark.ui.enabled":"false"},"archives":[],"files":[],"heartbeatTimeoutInSecond":0,"jars":[],
 "numExecutors":0,"pyFiles":[],"queue":null}"#;
        let wanted = serde_json::json!({"kind": "pyspark", "ttl": "2h", "driverCores": 1, "conf": {"spark.ui.enabled": "false"}});
        for text in [
            text.to_owned(),
            ["HTTP/1.1 201 Created\n\n", text].concat(),
            text.replace("null", "None").replace('"', "'"),
        ] {
            let read = recognise(&text).unwrap();
            assert_eq!(
                (read.source, serde_json::from_str::<serde_json::Value>(&read.body).unwrap()),
                ("a session", wanted.clone())
            );
            assert!(read.notes.concat().contains("its name"), "{:?}", read.notes);
        }
        let list = r#"{"from":0,"total":1,"sessions":[{"id":0,"state":"idle","kind":"spark"}]}"#;
        assert!(recognise(list).unwrap_err().contains("list of sessions"));
    }

    #[test]
    fn marks_before_a_text_are_no_part_of_it() {
        for text in [
            "\u{feff}{\"kind\":\"sql\"}",
            "\u{feff}curl -d '{\"kind\":\"sql\"}' http://x/sessions",
            "$ curl -X POST http://livy/sessions \\\n> -d '{\"kind\":\"sql\"}'",
            "me@host:~$ curl -X POST http://livy/sessions -d '{\n>   \"kind\":\n> \"sql\"}'\n{\"id\":1}",
            "# curl http://livy/sessions -d @- <<EOF\n> {\"kind\":\"sql\"}\n> EOF",
        ] {
            assert_eq!(body(text), serde_json::json!({"kind": "sql"}), "{text}");
        }
        let kept = recognise("{\"name\":\"\u{feff}a\"}").unwrap();
        assert!(kept.body.contains('\u{feff}'));
    }

    #[test]
    fn a_second_object_is_named() {
        for text in [
            "{\"kind\":\"sql\"}\n{\"kind\":\"spark\"}",
            "{\"kind\":\"sql\"}, {\"kind\":\"spark\"}",
            "{\"kind\":\"sql\"}{\"kind\":\"spark\"}",
            "{'kind': 'sql'}\n\n{'kind': 'spark'}",
            "POST /sessions\n\n{\"kind\":\"sql\"}\n\nor\n{\"kind\":\"spark\"}",
        ] {
            let (body, notes) = snippet(text);
            assert!(body == serde_json::json!({"kind": "sql"}) && notes.contains("another object"), "{text}");
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
