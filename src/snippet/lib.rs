//! A request in the words of other tools: read from a pasted text, and written to be pasted elsewhere.
//!
//! Nothing pasted is ever run: literals are read, and what only running the code would tell is left out and named. What a
//! text means for the form is [`Draft::from_value`]'s business; here everything becomes the JSON of a request.

mod argument;
mod builder;
mod curl;
mod escape;
mod fetch;
mod fragment;
mod hand_over;
mod heredoc;
mod literal;
mod marks;
mod outline;
mod powershell;
mod python;
mod reader;
mod request;
mod settings;
mod shell;
mod sparkmagic;
mod submit;
mod term;
mod wrapped;
mod writer;

pub use hand_over::{SessionUse, Tool};
pub use writer::{Format, Written, write};

use form::json::Value;
use form::{Draft, Field, sort};
use marks::unmarked;
use reader::{Dialect, Reader};
use sparkmagic::SPARKMAGIC;
use term::{Term, UNREAD};
use wrapped::told;

/// A pasted text, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Snippet {
    /// What it was taken for, with its article: `a curl command`.
    pub source: &'static str,
    /// The request.
    pub body: Value,
    /// Notes for the person, a sentence each.
    pub notes: Vec<String>,
    /// The text gives no kind, so the form keeps the one chosen there.
    pub keeps_kind: bool,
}

impl Snippet {
    /// The form filled with it. `form` is its present content; a masked secret means that of `masked`
    /// ([`Draft::from_value`]).
    ///
    /// # Errors
    /// A sentence that says why the body is no request.
    pub fn fill(&self, form: &Draft, masked: &Draft) -> Result<Draft, String> {
        let mut draft = Draft::from_value(self.body.clone(), masked)?;
        if self.keeps_kind {
            draft.take(Field::Kind, form);
        }
        Ok(draft)
    }
}

/// What reading a text finds out.
#[derive(Default)]
struct Found {
    source: &'static str,
    notes: Vec<String>,
    /// Names of variables in the body that the text doesn't assign.
    holes: Vec<String>,
    /// What a session cannot take, by name.
    unused: Vec<String>,
    /// The text has no place for a kind.
    keeps_kind: bool,
    /// It is the body of a request that a command, a program or a notebook sends.
    is_body: bool,
    /// It is changed in a way that only running the code would tell: fields may be missing.
    is_open: bool,
}

impl Found {
    /// Keeps the name of something that a session cannot take, once. Never its value, which may be a secret.
    fn not_used(&mut self, name: &str) {
        if !self.unused.iter().any(|it| it == name) {
            self.unused.push(name.to_owned());
        }
    }

    /// Keeps what the person should know, once.
    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// The kinds of text that [`recognise`] reads, for a sentence.
pub const READABLE: &str = "JSON, curl, wget, PowerShell, fetch, a %%configure cell, Python, spark-submit, spark-defaults.conf or a SparkSession builder";

/// Longer texts are not read: no request is a MiB long, and the page must stay responsive.
const LONGEST: usize = 1 << 20;

/// What a request without a kind means: since Livy 0.5 a `shared` session (`CreateInteractiveRequest.scala` 22-39, 0.9.0).
const NO_KIND: &str = "No kind given: shared is chosen, Livy's default since 0.5.";

/// Reads a request out of a pasted text: JSON (also with comments, a comma too many, or Python's quotes), a curl command for
/// bash or Windows' cmd, PowerShell, a browser's fetch, a sparkmagic cell, or Python with requests or pylivy 0.8.0.
///
/// # Errors
/// A sentence that says why the text is no request for a session, and what to paste instead.
pub fn recognise(text: &str) -> Result<Snippet, String> {
    if text.len() > LONGEST {
        return Err("Too long for a request. Paste only the command or the JSON.".to_owned());
    }
    let plain = unmarked(&text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    let text = plain.trim();
    let mut found = Found::default();
    let value = any(text, &mut found)?;
    let unread = found.notes.iter().any(|it| it.starts_with(UNREAD));
    found.is_open = unread || value.is_open();
    let value = told(value, &mut found)?;
    let says = value.has("kind");
    let value = value.settle(&mut found.notes);
    if !matches!(value, Value::Object(_)) {
        return Err(format!("Read as {}, but its body is not a JSON object.", found.source));
    }
    if !found.holes.is_empty() {
        let holes = found.holes.join(", ");
        found.note(format!("Replace the variables: {holes}."));
    }
    let settled = !says || value.get("kind").is_some();
    let mut snippet = snippet(value, says || unread, found);
    snippet.keeps_kind |= !settled || unread && !says;
    Ok(snippet)
}

/// The snippet of a body, which gets the kind that Livy would take where it says none.
fn snippet(mut body: Value, says_kind: bool, found: Found) -> Snippet {
    let Found { source, mut notes, unused, keeps_kind, .. } = found;
    if !unused.is_empty() {
        notes.push(format!("Not part of a session: {}.", unused.join(", ")));
    }
    let keeps_kind = !says_kind && keeps_kind;
    if let (false, false, Value::Object(entries)) = (says_kind, keeps_kind, &mut body) {
        entries.insert(0, (Field::Kind.name().to_owned(), livy::Kind::Shared.as_str().into()));
        notes.push(NO_KIND.to_owned());
    }
    Snippet { source, body, notes, keeps_kind }
}

/// The body in a text.
fn any(text: &str, found: &mut Found) -> Result<Term, String> {
    // A list may hold requests, but PowerShell's types are written so too.
    if let (true, Ok(value)) = (text.starts_with(['{', '[']), Value::parse(text)) {
        found.source = "JSON";
        return Ok(value.into());
    }
    if text.starts_with('{') {
        return literal(text, found);
    }
    type Read = fn(&str, &mut Found) -> Result<Term, String>;
    let mut readers: Vec<(Option<usize>, Read)> = vec![
        (text.find("%%configure"), sparkmagic::read),
        (curl::find(text), curl::read),
        (powershell::find(text), powershell::read),
        (fetch::find(text), fetch::read),
        (python::find(text), python::read),
        (submit::find(text), submit::read),
        (builder::find(text), builder::read),
    ];
    // The first tool named in the text decides, because values may contain anything. Prose names tools too, so others are tried next.
    sort(&mut readers, |one, other| one.0 < other.0);
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
    if let Some(fault) = error {
        return Err(fault);
    }
    if let Some(value) = python::read_assigned(text, found) {
        return Ok(value);
    }
    if let Some(value) = fragment::read(text, found) {
        return Ok(value);
    }
    settings::of_lines(text, found).unwrap_or_else(|| amid(text, found))
}

/// A JSON object somewhere in a text, such as a raw HTTP request.
fn amid(text: &str, found: &mut Found) -> Result<Term, String> {
    found.source = "JSON in a text";
    let head = text.lines().next().unwrap_or_default();
    if head.contains("/batches") || head.contains("/statements") {
        return Err(elsewhere(head));
    }
    let at = text.find("\n{").ok_or_else(|| format!("Can't read this. Paste {READABLE}."))?;
    literal(text[at..].trim(), found)
}

/// An object in JSON's or, failing that, Python's words; what follows it does not matter.
fn literal(text: &str, found: &mut Found) -> Result<Term, String> {
    let mut reader = Reader::new(text, Dialect::Json);
    let mut is = |source, rest: &str| {
        if found.source.is_empty() {
            found.source = source;
        }
        let next = rest.trim_start_matches([' ', '\t', '\n', ',', ';']);
        if found.source != SPARKMAGIC && (next.starts_with('{') || next.contains("\n{")) {
            found.note("Only the first object is read; the text holds another object too.".to_owned());
        }
    };
    let fault = match reader.value() {
        Ok(value @ Term::Object(_)) => {
            is("loose JSON", reader.rest());
            return Ok(value);
        }
        Ok(_) => "an object is missing",
        Err(fault) => fault,
    };
    let mut python = Reader::new(text, Dialect::Python);
    match python.value() {
        // Python reads words as variables: of JSON with a fault it would make something with holes.
        Ok(value @ Term::Object(_)) if text.contains('\'') && !value.has_unknown() => {
            is("a Python dictionary", python.rest());
            Ok(value)
        }
        _ => Err(reader.fault(fault)),
    }
}

/// Why a command for another address is not taken.
fn elsewhere(address: &str) -> String {
    format!("Not a session request ({address}). Paste the one to /sessions.")
}

impl Reader<'_> {
    /// Where reading stopped and why, as a sentence.
    fn fault(&self, fault: &str) -> String {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("Line {line}, column {column}: {fault}.")
    }
}
