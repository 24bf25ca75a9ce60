//! Python: `requests.post(...)` and pylivy 0.8.0 (`LivySession.create`, `LivyClient.create_session`).

use super::Found;
use super::argument::Argument;
use super::outline::{Call, outline};
use super::reader::{Dialect, Reader};
use super::request::{MOST, Request, choose, object};
use super::term::Term;
use form::Field;

/// pylivy's parameters after the kind, in their order, and Livy's names of them (`livy/client.py` 146-163, 0.8.0).
pub(super) const PYLIVY: [(&str, &str); 15] = [
    ("kind", "kind"),
    ("proxy_user", "proxyUser"),
    ("jars", "jars"),
    ("py_files", "pyFiles"),
    ("files", "files"),
    ("driver_memory", "driverMemory"),
    ("driver_cores", "driverCores"),
    ("executor_memory", "executorMemory"),
    ("executor_cores", "executorCores"),
    ("num_executors", "numExecutors"),
    ("archives", "archives"),
    ("queue", "queue"),
    ("name", "name"),
    ("spark_conf", "conf"),
    ("heartbeat_timeout", "heartbeatTimeoutInSecond"),
];

/// `LivySession.create` takes these before the kind (`livy/session.py` 149-155), and the rest has no part in the request.
const CONNECTION: [&str; 4] = ["url", "auth", "verify", "requests_session"];
const ASIDE: [&str; 2] = ["echo", "check"];

/// Where the first call starts.
pub(super) fn find(text: &str) -> Option<usize> {
    let calls = ["post(", ".create_session(", "LivySession.create(", "LivySession("];
    let begins = |(at, name): &(usize, &str)| {
        name.starts_with('.') || !text[..*at].ends_with(|it: char| it.is_alphanumeric() || it == '_')
    };
    calls.iter().filter_map(|it| text.match_indices(it).find(begins)).map(|it| it.0).min()
}

/// Reads the call that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    let (statements, calls) = outline(text, is_wanted);
    let mut reader = Reader::new(text, Dialect::Python);
    reader.statements = statements;
    let requests = calls.into_iter().take(MOST).map(|call| request(&reader, &call)).collect();
    choose(
        requests,
        found,
        "No call in this Python creates a session. Paste one with requests.post(…), LivySession.create(…) or create_session(…).",
    )
}

/// Reads the last dictionary with a field of a session's request, or a key of Spark, that a text without a call gives a name.
pub(super) fn read_assigned(text: &str, found: &mut Found) -> Option<Term> {
    let (statements, _) = outline(text, |_| false);
    let mut reader = Reader::new(text, Dialect::Python);
    reader.statements = statements;
    let names: Vec<&str> = reader.statements.iter().map(|it| reader.afresh(it.at).name()).collect();
    let value = names.into_iter().rev().filter(|it| !it.is_empty()).find_map(|name| {
        let value = reader.variable(name, text.len()).ok().flatten()?;
        let body = object(value, name).ok()?;
        let is_read = |it: &str| Field::by_name(it).is_some() || it.starts_with("spark.");
        body.entries().iter().any(|it| is_read(&it.0)).then_some(body)
    })?;
    found.source = "a Python dictionary";
    reader.notes.into_iter().for_each(|it| found.note(it));
    Some(value)
}

/// The last part of a name with dots.
pub(super) fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

fn is_wanted(name: &str) -> bool {
    matches!(last(name), "post" | "create_session" | "LivySession") || name.ends_with("LivySession.create")
}

/// The request that a call makes.
fn request(reader: &Reader<'_>, call: &Call<'_>) -> Request {
    // A fault in one call leaves the reader inside its brackets: each starts afresh.
    let mut own = reader.afresh(call.at);
    let (mut address, mut notes) = (String::new(), Vec::new());
    let is_pylivy = last(call.name) != "post";
    let body = match own.arguments() {
        Err(fault) => Err(own.fault(fault)),
        Ok(arguments) if last(call.name) == "LivySession" && joins(&arguments) => Err(format!(
            "This joins session {}. Paste the call that creates one.",
            arguments.get(1).map_or("", |it| &it.written)
        )),
        Ok(arguments) if is_pylivy => {
            // What pylivy calls is the client's address: it posts to its /sessions.
            address = "/sessions".to_owned();
            notes = own.notes;
            let first = if last(call.name) == "create_session" { 0 } else { CONNECTION.len() };
            object(pylivy(arguments, first, &mut notes), "")
        }
        Ok(arguments) => {
            address = address_of(&arguments);
            let named = arguments.iter().position(|it| matches!(it.name.as_str(), "json" | "data"));
            let placed = arguments.get(1).and_then(|it| it.name.is_empty().then_some(1));
            match named.or(placed).and_then(|at| arguments.into_iter().nth(at)) {
                Some(body) => {
                    notes = own.notes.drain(body.notes.clone()).collect();
                    object(body.value, &body.written)
                }
                None => Err("The call has no body (json= or data=). Paste the one that has.".to_owned()),
            }
        }
    };
    let source = if is_pylivy { "a pylivy snippet" } else { "a Python snippet with requests" };
    Request { source, address, body, notes, holes: Vec::new() }
}

/// True where `LivySession(...)` names a session that is there already: its second parameter, `session_id`, in 0.8.0.
fn joins(arguments: &[Argument]) -> bool {
    arguments.iter().any(|it| it.name == "session_id")
        || arguments.get(1).filter(|it| it.name.is_empty()).is_some_and(|it| {
            matches!(it.value, Term::Number(_)) || it.written.to_ascii_lowercase().ends_with("id")
        })
}

/// Where the request goes, as far as it is written.
fn address_of(arguments: &[Argument]) -> String {
    let named = arguments.iter().find(|it| it.name == "url");
    match named.or(arguments.first().filter(|it| it.name.is_empty())) {
        Some(Argument { value: Term::Text(url), .. }) => url.clone(),
        Some(Argument { value: Term::Unknown(from), written, .. }) => [written, " ", from].concat(),
        _ => String::new(),
    }
}

/// Livy's names for what was given by place and by name.
fn pylivy(arguments: Vec<Argument>, first: usize, notes: &mut Vec<String>) -> Term {
    let mut entries = Vec::new();
    let mut unused = String::new();
    for (at, Argument { name, value, .. }) in arguments.into_iter().enumerate() {
        let place = at.checked_sub(first).and_then(|it| PYLIVY.get(it)).filter(|_| name.is_empty());
        let field = place.or_else(|| PYLIVY.iter().find(|it| it.0 == name));
        if let Some((_, field)) = field {
            entries.push(((*field).to_owned(), value));
        } else if name.starts_with('*') {
            entries.push((String::new(), Term::Unknown(name)));
        } else if !name.is_empty() && name != CONNECTION[0] && !ASIDE.contains(&name.as_str()) {
            unused.push_str(if unused.is_empty() { "" } else { ", " });
            unused.push_str(&name);
        }
    }
    if !unused.is_empty() {
        notes.push(["Not part of a request: ", &unused, "."].concat());
    }
    if !entries.iter().any(|it| it.0 == "kind") && first == CONNECTION.len() {
        entries.insert(0, ("kind".to_owned(), Term::Text("pyspark".to_owned())));
        notes.push("No kind given: pyspark is chosen, pylivy's default.".to_owned());
    }
    Term::Object(entries)
}
