//! Python: `requests.post(...)` and pylivy 0.8.0 (`LivySession.create`, `LivyClient.create_session`).

use super::reader::{Dialect, Read, Reader};
use super::value::Value;
use super::{Found, body_of_text, request_note};

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

/// A call that makes a request, by where its brackets open.
struct Call {
    at: usize,
    pylivy: bool,
    /// How many arguments stand before the kind, or before the body.
    first: usize,
}

/// Where such a call stands first.
pub(super) fn find(text: &str) -> Option<usize> {
    let calls = [".post(", "requests.request(", ".create_session(", "LivySession.create(", "LivySession("];
    calls.iter().filter_map(|it| text.find(it)).min()
}

/// Reads the first call that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Value, String> {
    let mut reader = Reader::new(text, Dialect::Python);
    let calls = outline(&mut reader);
    let mut others = 0;
    let mut chosen = None;
    let mut elsewhere = String::new();
    for call in calls {
        // A fault in one call leaves the reader inside its brackets: each starts afresh.
        let mut own = Reader::new(text, Dialect::Python);
        own.starts.clone_from(&reader.starts);
        own.at = call.at;
        let arguments = own.arguments();
        let address = match &arguments {
            Ok(arguments) if !call.pylivy => address(arguments, call.first),
            _ => String::new(),
        };
        let other = ["statements", "batch", "cancel", "complet"].iter().any(|it| address.contains(it));
        if other || chosen.is_some() {
            others += 1;
            if elsewhere.is_empty() {
                elsewhere = address;
            }
        } else {
            chosen = Some((call, arguments.map_err(|fault| own.fault(fault))?, address));
        }
    }
    let Some((call, arguments, address)) = chosen else {
        return Err(if elsewhere.is_empty() {
            "This looks like Python, but no call in it makes a session: paste one with requests.post(...), LivySession.create(...) or create_session(...).".to_owned()
        } else {
            [
                "This asks for something other than a session (",
                &elsewhere,
                "): paste the call that posts to /sessions.",
            ]
            .concat()
        });
    };
    if others > 0 {
        found
            .notes
            .push("The text makes other requests too: only the one for the session is read.".to_owned());
    }
    if call.pylivy {
        found.source = "a pylivy snippet";
        return Ok(pylivy(arguments, call.first, found));
    }
    found.source = "a Python snippet with requests";
    request_note(&address, &mut found.notes);
    let body = arguments
        .iter()
        .position(|it| it.0 == "json" || it.0 == "data")
        .or_else(|| arguments.iter().enumerate().position(|(at, it)| at == call.first && it.0.is_empty()));
    match body.and_then(|at| arguments.into_iter().nth(at)) {
        None => Err("The call has no body (json= or data=): paste the request that has one.".to_owned()),
        Some((_, Value::Text(text), _)) => body_of_text(&text, found),
        Some((_, Value::Unknown(_), source)) => Err([
            "The body of the request is not written in the text, only where it comes from (",
            &source,
            "): paste the lines that say what it is, or the JSON itself.",
        ]
        .concat()),
        Some((_, value, _)) => Ok(value),
    }
}

/// Where the request goes, as far as it is written.
fn address(arguments: &[(String, Value, String)], first: usize) -> String {
    let named = arguments.iter().find(|it| it.0 == "url");
    let placed = arguments.get(first.saturating_sub(1)).filter(|it| it.0.is_empty());
    match named.or(placed) {
        Some((_, Value::Text(url), _)) => url.clone(),
        Some((_, Value::Unknown(from), source)) => [source, " ", from].concat(),
        _ => String::new(),
    }
}

/// Livy's names for what was given by place and by name.
fn pylivy(arguments: Vec<(String, Value, String)>, first: usize, found: &mut Found) -> Value {
    let mut entries = Vec::new();
    let mut unused = String::new();
    for (at, (name, value, _)) in arguments.into_iter().enumerate() {
        let place = at.checked_sub(first).and_then(|it| PYLIVY.get(it)).filter(|_| name.is_empty());
        let field = place.or_else(|| PYLIVY.iter().find(|it| it.0 == name));
        if let Some((_, field)) = field {
            entries.push(((*field).to_owned(), value));
        } else if name.starts_with('*') {
            entries.push((name, value));
        } else if !name.is_empty() && name != CONNECTION[0] && !ASIDE.contains(&name.as_str()) {
            unused.push_str(if unused.is_empty() { "" } else { ", " });
            unused.push_str(&name);
        }
    }
    if !unused.is_empty() {
        found.notes.push(["Not used, because it is no part of the request: ", &unused, "."].concat());
    }
    if !entries.iter().any(|it| it.0 == "kind") && first == CONNECTION.len() {
        entries.insert(0, ("kind".to_owned(), Value::Text("pyspark".to_owned())));
        found.notes.push("The kind is pyspark, pylivy's own where none is given.".to_owned());
    }
    Value::Object(entries)
}

/// Walks over the whole text: where statements start, and the calls that matter.
fn outline(reader: &mut Reader<'_>) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut open = 0_usize;
    let mut fresh = true;
    while let Some(sign) = reader.peek() {
        if fresh && !sign.is_whitespace() {
            if reader.eat(">>> ") || reader.eat("... ") {
                continue;
            }
            if reader.eat("In [") {
                reader.at += reader.rest().find(']').map_or(0, |it| it + 1);
                reader.eat(": ");
                continue;
            }
            reader.starts.push(reader.at);
            fresh = false;
        }
        match sign {
            '"' | '\'' => reader.skip_string(),
            '#' => reader.gap(false),
            _ if sign.is_alphabetic() || sign == '_' => {
                let name = reader.name();
                if reader.peek() == Some('(') {
                    let call = |pylivy, first| Call { at: reader.at, pylivy, first };
                    calls.extend(match name.rsplit('.').next().unwrap_or_default() {
                        "post" => Some(call(false, 1)),
                        "request" if reader.rest()[1..].trim_start().get(1..5) == Some("POST") => {
                            Some(call(false, 2))
                        }
                        "create" if name.ends_with("LivySession.create") => {
                            Some(call(true, CONNECTION.len()))
                        }
                        "create_session" => Some(call(true, 0)),
                        "LivySession" => Some(call(true, CONNECTION.len())),
                        _ => None,
                    });
                }
            }
            _ => {
                match sign {
                    '(' | '[' | '{' => open += 1,
                    ')' | ']' | '}' => open = open.saturating_sub(1),
                    _ => {}
                }
                // After a colon a statement may stand on the same line, but no assignment worth following does.
                fresh = open == 0 && matches!(sign, '\n' | ';');
                reader.bump();
            }
        }
    }
    calls
}

impl Reader<'_> {
    /// The value of a variable where the text itself assigns it before, with what is set in it later.
    pub(super) fn variable(&mut self, name: &str, before: usize) -> Read<Option<Value>> {
        if self.lookups == 0 {
            return Ok(None);
        }
        self.lookups -= 1;
        let (back, brackets) = (self.at, self.brackets);
        let mut value = None;
        for at in self.starts.clone().into_iter().filter(|it| *it < before) {
            self.at = at;
            self.brackets = 0;
            let Some(rest) = self.rest().strip_prefix(name) else { continue };
            self.at += name.len();
            self.gap(false);
            if self.eat("=") && !rest.trim_start().starts_with("==") && self.at < before {
                value = Some(self.at);
            }
        }
        let Some(assigned) = value else {
            (self.at, self.brackets) = (back, brackets);
            return Ok(None);
        };
        (self.at, self.brackets) = (assigned, 0);
        let mut value = self.value()?;
        for at in self.starts.clone().into_iter().filter(|it| (assigned..before).contains(it)) {
            (self.at, self.brackets) = (at, 0);
            if let Value::Object(entries) = &mut value {
                if self.eat(name) && self.peek() == Some('[') {
                    self.entry(entries)?;
                } else if self.eat(".update") {
                    for (key, more, _) in self.arguments()? {
                        let named = [(key, more.clone())];
                        let more = if more.entries().is_empty() { &named } else { more.entries() };
                        more.iter().for_each(|it| set(entries, &it.0, it.1.clone()));
                    }
                }
            }
        }
        (self.at, self.brackets) = (back, brackets);
        Ok(Some(value))
    }

    /// `["key"] = value` after a variable's name.
    fn entry(&mut self, entries: &mut Vec<(String, Value)>) -> Read<()> {
        let start = self.at;
        let key = self.primary()?;
        self.gap(false);
        if self.eat("=") {
            let value = self.value()?;
            match &key {
                Value::List(keys) if keys.len() == 1 && keys[0].text().is_some() => {
                    set(entries, keys[0].text().unwrap_or_default(), value);
                }
                _ => entries.push((self.excerpt(start), Value::Unknown(self.excerpt(start)))),
            }
        }
        Ok(())
    }
}

/// Sets a key as Python does: in its place where it is there already.
fn set(entries: &mut Vec<(String, Value)>, key: &str, value: Value) {
    match entries.iter_mut().rev().find(|it| it.0 == key) {
        Some(entry) => entry.1 = value,
        None => entries.push((key.to_owned(), value)),
    }
}
