//! `POST /sessions`: what Livy refuses, in its own words and in its own order, and what it takes although Spark dies of it.
//! Texts and order: protocol notes §1.2, verified on 0.9.0.

use serde_json::{Map, Value};

use crate::chatter::{self, LastWords};
use crate::http::Response;

const CLASS: &str = "org.apache.livy.server.interactive.CreateInteractiveRequest";
const SOURCE: &str = "(org.eclipse.jetty.server.HttpInputOverHTTP)";
const FIELDS: [&str; 17] = [
    "executorCores",
    "conf",
    "driverMemory",
    "name",
    "driverCores",
    "idleTimeout",
    "pyFiles",
    "archives",
    "kind",
    "files",
    "jars",
    "proxyUser",
    "numExecutors",
    "heartbeatTimeoutInSecond",
    "ttl",
    "queue",
    "executorMemory",
];
const LISTS: [&str; 4] = ["jars", "pyFiles", "files", "archives"];
const NUMBERS: [&str; 3] = ["driverCores", "executorCores", "numExecutors"];

/// The body as Livy's mapper reads it, or its refusal.
pub(crate) fn read(body: &[u8]) -> Result<Option<Map<String, Value>>, Response> {
    let text = String::from_utf8_lossy(body);
    if text.trim().is_empty() {
        return Err(Response::bare(
            400,
            &format!("No content to map due to end-of-input\n at [Source: {SOURCE}; line: 1, column: 0]"),
        ));
    }
    // Only the first value counts: what follows it is ignored.
    let first = serde_json::Deserializer::from_str(&text).into_iter::<Value>().next();
    let value = match first {
        Some(Ok(value)) => value,
        Some(Err(error)) => return Err(malformed(&text, error.line(), error.column())),
        None => return Err(malformed(&text, 1, 1)),
    };
    let Value::Object(fields) = value else {
        return if value.is_null() {
            Ok(None)
        } else {
            Err(Response::bare(400, &format!("Cannot construct instance of `{CLASS}`")))
        };
    };
    for (name, value) in &fields {
        if !FIELDS.contains(&name.as_str()) {
            return Err(unknown_field(&text, name));
        }
        let chain = format!("(through reference chain: {CLASS}[\"{name}\"])");
        match (name.as_str(), value) {
            ("kind", Value::String(kind)) if canonical_kind(kind).is_none() => {
                return Err(Response::bare(400, &format!("Invalid kind: {kind} {chain}")));
            }
            ("kind", Value::String(_) | Value::Null) => {}
            ("kind", _) => {
                return Err(Response::bare(
                    400,
                    &format!("requirement failed: Kind should be a string. {chain}"),
                ));
            }
            (list, value) if LISTS.contains(&list) && !value.is_array() && !value.is_null() => {
                return Err(wrong_type(
                    "scala.collection.immutable.List<java.lang.String>",
                    value,
                    &text,
                    name,
                ));
            }
            ("conf", value) if !value.is_object() && !value.is_null() => {
                return Err(wrong_type(
                    "scala.collection.immutable.Map<java.lang.String,java.lang.String>",
                    value,
                    &text,
                    name,
                ));
            }
            ("conf", Value::Object(entries)) => {
                if let Some(value) = entries.values().find(|it| it.is_object() || it.is_array()) {
                    return Err(wrong_type("java.lang.String", value, &text, name));
                }
            }
            _ => {}
        }
    }
    Ok(Some(fields))
}

fn malformed(text: &str, line: usize, column: usize) -> Response {
    let at = text.lines().nth(line.saturating_sub(1)).and_then(|it| it.chars().nth(column.saturating_sub(1)));
    let (character, code) = at.map_or((' ', 0), |it| (it, u32::from(it)));
    Response::bare(
        400,
        &format!(
            "Unexpected character ('{character}' (code {code})): was expecting double-quote to start field name\n at [Source: {SOURCE}; line: {line}, column: {}]",
            column + 1
        ),
    )
}

fn unknown_field(text: &str, name: &str) -> Response {
    let known: Vec<String> = FIELDS.iter().map(|it| format!("\"{it}\"")).collect();
    let quoted = format!("\"{name}\"");
    // Jackson stands behind the value when it gives up.
    let after_key = text.find(&quoted).map_or(0, |it| it + quoted.len());
    let rest = text[after_key..].trim_start().trim_start_matches(':');
    let skipped = text.len() - rest.len();
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
    let column = values.next().map_or(0, |_| skipped + values.byte_offset() + 1);
    Response::bare(
        400,
        &format!(
            "Unrecognized field \"{name}\" (class {CLASS}), not marked as ignorable (17 known properties: {}])\n at [Source: {SOURCE}; line: 1, column: {column}] (through reference chain: {CLASS}[\"{name}\"])",
            known.join(", ")
        ),
    )
}

fn wrong_type(wanted: &str, value: &Value, text: &str, name: &str) -> Response {
    let found = match value {
        Value::String(_) => "String value (token `JsonToken.VALUE_STRING`)",
        Value::Number(_) => "Integer value (token `JsonToken.VALUE_NUMBER_INT`)",
        Value::Bool(_) => "Boolean value (token `JsonToken.VALUE_TRUE`)",
        Value::Object(_) => "Object value (token `JsonToken.START_OBJECT`)",
        _ => "Array value (token `JsonToken.START_ARRAY`)",
    };
    let column = text.find(&format!("\"{name}\"")).map_or(1, |it| it + name.len() + 4);
    Response::bare(
        400,
        &format!(
            "Cannot deserialize value of type `{wanted}` from {found}\n at [Source: {SOURCE}; line: 1, column: {column}] (through reference chain: {CLASS}[\"{name}\"])"
        ),
    )
}

/// Livy's own word for a kind (core `Kind.scala` 40-47).
pub(crate) fn canonical_kind(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "spark" | "scala" => "spark",
        "pyspark" | "python" => "pyspark",
        "sparkr" | "r" => "sparkr",
        "sql" => "sql",
        "shared" => "shared",
        _ => return None,
    })
}

fn rejected(reason: &str) -> Response {
    Response::msg(400, &format!("Rejected, Reason: {reason}"))
}

/// What the server checks once the body is read. `Err` with no name checked yet: the driver is launched before the name is.
pub(crate) fn check(fields: &Map<String, Value>) -> Result<(), Response> {
    for field in ["ttl", "idleTimeout"] {
        if let Some(text) = fields.get(field).and_then(Value::as_str) {
            millis(text).map_err(|it| rejected(&it))?;
        }
    }
    if fields.get("kind").is_some_and(Value::is_null) {
        return Err(null_pointer(
            "Cannot invoke \"org.apache.livy.sessions.Kind.toString()\" because \"kind\" is null",
        ));
    }
    if fields.get("conf").is_some_and(Value::is_null) {
        return Err(null_pointer(
            "Cannot invoke \"scala.collection.immutable.Map.keySet()\" because \"conf\" is null",
        ));
    }
    let refused = ["spark.submit.deployMode", "spark.submit.proxyUser.allowCustomClasspathInClusterMode"];
    let conf = fields.get("conf").and_then(Value::as_object);
    let blacklisted: Vec<&str> =
        conf.into_iter().flat_map(Map::keys).map(String::as_str).filter(|it| refused.contains(it)).collect();
    if !blacklisted.is_empty() {
        return Err(rejected(&format!(
            "Blacklisted configuration values in session config: {}",
            blacklisted.join(", ")
        )));
    }
    for list in LISTS {
        match fields.get(list) {
            Some(Value::Null) => {
                return Err(null_pointer(
                    "Cannot invoke \"scala.collection.Seq.filter(scala.Function1)\" because \"uris\" is null",
                ));
            }
            Some(Value::Array(paths)) => {
                for path in paths.iter().filter_map(Value::as_str).filter(|it| !it.is_empty()) {
                    check_path(path)?;
                }
            }
            _ => {}
        }
    }
    for field in NUMBERS {
        let class = match fields.get(field) {
            Some(Value::String(_)) => "String",
            Some(Value::Bool(_)) => "Boolean",
            Some(Value::Number(number)) if number.is_f64() => "Double",
            Some(Value::Number(number)) if number.as_i64().is_none_or(|it| i32::try_from(it).is_err()) => {
                "Long"
            }
            _ => continue,
        };
        return Err(Response::bare(
            500,
            &format!(
                "java.lang.ClassCastException: class java.lang.{class} cannot be cast to class java.lang.Integer (java.lang.{class} and java.lang.Integer are in module java.base of loader 'bootstrap')"
            ),
        ));
    }
    Ok(())
}

/// A 500 for a null that Livy did not expect.
pub(crate) fn null_pointer(words: &str) -> Response {
    Response::bare(500, &format!("java.lang.NullPointerException: {words}"))
}

/// All digits, or nothing at all (Session.scala 196-201; Scala's `isDigit` knows every script's digits).
pub(crate) fn check_name(name: &str) -> Result<(), Response> {
    if name.chars().all(char::is_numeric) {
        Err(rejected(&format!("Invalid session name: {name}")))
    } else {
        Ok(())
    }
}

pub(crate) fn duplicate(name: &str, id: u64) -> Response {
    rejected(&format!("Duplicate session name: Some({name}) for session {id}"))
}

/// `java.net.URI`, then Livy's own rules (Session.scala 111-144).
fn check_path(path: &str) -> Result<(), Response> {
    let syntax = |reason: &str, at: usize| {
        Err(rejected(&format!("java.net.URISyntaxException: {reason} at index {at}: {path}")))
    };
    let legal = |it: char| {
        it.is_ascii_alphanumeric()
            || "-_.!~*'();/?:@&=+$,%#[]".contains(it)
            || (!it.is_ascii() && !it.is_control() && !it.is_whitespace())
    };
    let scheme_end = path.find(':').filter(|at| {
        path[..*at].chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it)) && *at > 0
    });
    if path.starts_with(':') {
        return syntax("Expected scheme name", 0);
    }
    if let Some(at) = scheme_end
        && path.len() == at + 1
    {
        return syntax("Expected scheme-specific part", at + 1);
    }
    if let Some(at) = scheme_end
        && &path[at + 1..] == "//"
    {
        return syntax("Expected authority", at + 3);
    }
    let authority = scheme_end.filter(|at| path[at + 1..].starts_with("//")).map(|at| {
        let start = at + 3;
        start..path[start..].find('/').map_or(path.len(), |it| start + it)
    });
    for (at, (byte, character)) in path.char_indices().enumerate() {
        if !legal(character) || (character == '#' && path[..byte].contains('#')) {
            let part = match (&authority, scheme_end) {
                _ if path[..byte].contains('#') => "fragment",
                (Some(range), _) if range.contains(&byte) => "authority",
                (None, Some(end)) if !path[end + 1..].starts_with('/') => "opaque part",
                (_, None) if path.contains(':') && byte == 0 => "scheme name",
                _ => "path",
            };
            return syntax(&format!("Illegal character in {part}"), at);
        }
        if character == '%'
            && !path.as_bytes()[byte + 1..].iter().take(2).filter(|it| it.is_ascii_hexdigit()).count().eq(&2)
        {
            return syntax("Malformed escape pair", at);
        }
    }
    let local = |path: &str| {
        Err(rejected(&format!("requirement failed: Local path {path} cannot be added to user sessions.")))
    };
    match scheme_end.map(|it| &path[..it]) {
        None if !path.starts_with('/') => {
            Err(rejected(&format!("requirement failed: Path '{path}' is not absolute.")))
        }
        None => local(path),
        Some("file") => local(path.trim_start_matches("file:").trim_start_matches("//")),
        Some(_) => Ok(()),
    }
}

/// A time string in milliseconds (`ClientConf.java` 161-181).
pub(crate) fn millis(text: &str) -> Result<i64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.strip_prefix('-').unwrap_or(&lower);
    let end = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
    let (number, suffix) = digits.split_at(end);
    let (Ok(number), true) = (number.parse::<i64>(), suffix.chars().all(|it| it.is_ascii_lowercase())) else {
        return Err(format!("Invalid time string: {text}"));
    };
    let factor = match suffix {
        "us" => return Ok(number / 1_000),
        "" | "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(format!("Invalid suffix: \"{suffix}\"")),
    };
    if lower.starts_with('-') {
        Err(format!("Invalid value: -{number}"))
    } else {
        Ok(number.saturating_mul(factor))
    }
}

/// What Spark dies of although Livy took it (protocol notes §1.3).
pub(crate) fn last_words(fields: &Map<String, Value>, now: i64) -> Option<LastWords> {
    let text = |field: &str| fields.get(field).and_then(Value::as_str);
    let number = |field: &str| fields.get(field).and_then(Value::as_i64);
    if let Some(memory) = text("driverMemory") {
        match bytes(memory, &["k", "m", "g", "t"]) {
            _ if !memory.is_empty() && memory.chars().all(|it| it.is_ascii_digit()) => {
                return Some(chatter::small_heap());
            }
            None => return Some(chatter::invalid_heap(memory)),
            Some(bytes) if bytes < LEAST => return Some(chatter::too_little("driver", bytes, now)),
            Some(_) => {}
        }
    }
    if let Some(memory) = text("executorMemory") {
        match bytes(memory, &["", "b", "k", "kb", "m", "mb", "g", "gb", "t", "tb", "p", "pb"]) {
            None => return Some(chatter::submit_refused(format!("Failed to parse byte string: {memory}"))),
            Some(bytes) if bytes < LEAST => return Some(chatter::too_little("executor", bytes, now)),
            Some(_) => {}
        }
    }
    let cores = [("driverCores", "Driver cores"), ("executorCores", "Executor cores")];
    let wrong = cores.into_iter().find(|(field, _)| number(field).is_some_and(|it| it <= 0));
    if let Some((_, words)) = wrong {
        return Some(chatter::submit_refused(format!("{words} must be a positive number")));
    }
    let executors = number("numExecutors").is_some_and(|it| it <= 0);
    executors.then(|| chatter::submit_refused("Number of executors must be a positive number".to_owned()))
}

const LEAST: u128 = 471_859_200;

fn bytes(text: &str, units: &[&str]) -> Option<u128> {
    let lower = text.to_ascii_lowercase();
    let end = lower.find(|it: char| !it.is_ascii_digit()).unwrap_or(lower.len());
    let (number, unit) = lower.split_at(end);
    if !units.contains(&unit) {
        return None;
    }
    let power = ["", "k", "m", "g", "t", "p"].iter().position(|it| *it == unit.trim_end_matches('b'))?;
    number.parse::<u128>().ok()?.checked_mul(1 << (10 * power))
}
