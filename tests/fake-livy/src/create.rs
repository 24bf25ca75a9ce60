//! `POST /sessions`: what Livy refuses, in its own words and in its own order, and what it takes although Spark dies of it.
//! Texts and order: docs/protocol.md §1.2, and answers of 0.9.0 to bodies with two faults.

use serde_json::{Map, Value, json};

use crate::chatter::{self, LastWords};
use crate::http::Response;
use crate::mapper::{self, Class, Type};
use crate::path;

const CLASS: Class = Class {
    name: "org.apache.livy.server.interactive.CreateInteractiveRequest",
    fields: &[
        ("executorCores", Type::Erased),
        ("conf", Type::Map),
        ("driverMemory", Type::Text),
        ("name", Type::Text),
        ("driverCores", Type::Erased),
        ("idleTimeout", Type::Text),
        ("pyFiles", Type::List),
        ("archives", Type::List),
        ("kind", Type::Kind),
        ("files", Type::List),
        ("jars", Type::List),
        ("proxyUser", Type::Text),
        ("numExecutors", Type::Erased),
        ("heartbeatTimeoutInSecond", Type::Int),
        ("ttl", Type::Text),
        ("queue", Type::Text),
        ("executorMemory", Type::Text),
    ],
    complains_late: false,
};
/// In the order in which Livy looks at them, each with the key of `conf` that is merged into it (Session.scala 76-97).
const LISTS: [(&str, &str); 4] = [
    ("archives", "spark.yarn.dist.archives"),
    ("jars", "spark.jars"),
    ("pyFiles", "spark.submit.pyFiles"),
    ("files", "spark.files"),
];
const NUMBERS: [&str; 3] = ["driverCores", "executorCores", "numExecutors"];

/// The body as Livy's mapper reads it, or its refusal; `None` for `null`.
pub(crate) fn read(body: &[u8]) -> Result<Option<Map<String, Value>>, Response> {
    mapper::read(body, &CLASS)
}

/// What the server checks once the body is read. `Err` with no name checked yet: the driver is launched before the name is.
pub(crate) fn check(fields: &Map<String, Value>) -> Result<(), Response> {
    for field in ["ttl", "idleTimeout"] {
        if let Some(text) = fields.get(field).and_then(Value::as_str) {
            millis(text).map_err(|it| Response::rejected(&it))?;
        }
    }
    let is_null = |field: &str| fields.get(field).is_some_and(Value::is_null);
    // Without a `conf` Livy prepares none and looks at no path, until it writes the request into its log.
    if !is_null("conf") {
        check_conf(fields)?;
    }
    if is_null("kind") {
        return Err(null_pointer(
            "Cannot invoke \"org.apache.livy.sessions.Kind.toString()\" because \"kind\" is null",
        ));
    }
    check_numbers(fields)?;
    for (field, class) in
        [("jars", "List"), ("pyFiles", "List"), ("files", "List"), ("archives", "List"), ("conf", "Map")]
    {
        if is_null(field) {
            let name = CLASS.name;
            return Err(null_pointer(&format!(
                "Cannot invoke \"scala.collection.immutable.{class}.nonEmpty()\" because the return value of \"{name}.{field}()\" is null"
            )));
        }
    }
    Ok(())
}

fn check_conf(fields: &Map<String, Value>) -> Result<(), Response> {
    let refused = ["spark.submit.deployMode", "spark.submit.proxyUser.allowCustomClasspathInClusterMode"];
    let conf = fields.get("conf").and_then(Value::as_object);
    let blacklisted: Vec<&str> =
        conf.into_iter().flat_map(Map::keys).map(String::as_str).filter(|it| refused.contains(it)).collect();
    if !blacklisted.is_empty() {
        return Err(Response::rejected(&format!(
            "Blacklisted configuration values in session config: {}",
            blacklisted.join(", ")
        )));
    }
    for (list, key) in LISTS {
        let paths = match fields.get(list) {
            Some(Value::Null) => {
                return Err(null_pointer(
                    "Cannot invoke \"scala.collection.Seq.filter(scala.Function1)\" because \"uris\" is null",
                ));
            }
            Some(Value::Array(paths)) => paths.as_slice(),
            _ => &[],
        };
        for path in paths {
            let path = path
                .as_str()
                .ok_or_else(|| null_pointer("Cannot invoke \"String.length()\" because \"$this\" is null"))?;
            path::check(path)?;
        }
        let merged = conf.and_then(|it| it.get(key)).and_then(Value::as_str).unwrap_or_default();
        merged.split(',').try_for_each(path::check)?;
    }
    Ok(())
}

fn check_numbers(fields: &Map<String, Value>) -> Result<(), Response> {
    for field in NUMBERS {
        let class = match fields.get(field) {
            Some(Value::String(_)) => "String",
            Some(Value::Bool(_)) => "Boolean",
            Some(Value::Number(number)) if number.is_f64() => "Double",
            Some(Value::Number(number)) if number.as_i64().is_none_or(|it| i32::try_from(it).is_err()) => {
                "Long"
            }
            Some(Value::Array(_) | Value::Object(_)) => {
                return Err(Response::bare(500, "java.lang.ClassCastException"));
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
    if name.chars().all(is_digit) {
        Err(Response::rejected(&format!("Invalid session name: {name}")))
    } else {
        Ok(())
    }
}

/// Where the ten digits of a script begin, in the plane that one Java `char` reaches (Unicode category Nd).
const ZEROS: [u32; 37] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

fn is_digit(character: char) -> bool {
    let code = u32::from(character);
    ZEROS.iter().any(|zero| (*zero..zero + 10).contains(&code))
}

pub(crate) fn duplicate(name: &str, id: u64) -> Response {
    Response::rejected(&format!("Duplicate session name: Some({name}) for session {id}"))
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

/// What Spark dies of although Livy took it (docs/protocol.md §1.3).
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

/// What a session object says of its request: what was sent, and Livy's values for what was not.
pub(crate) fn echo(fields: &Map<String, Value>) -> Map<String, Value> {
    let default = |field: &str| match field {
        "driverCores" | "executorCores" | "numExecutors" | "heartbeatTimeoutInSecond" => json!(0),
        "jars" | "pyFiles" | "files" | "archives" => json!([]),
        "conf" => json!({}),
        _ => Value::Null,
    };
    let names = [
        "ttl",
        "idleTimeout",
        "driverMemory",
        "driverCores",
        "executorMemory",
        "executorCores",
        "conf",
        "archives",
        "files",
        "heartbeatTimeoutInSecond",
        "jars",
        "numExecutors",
        "pyFiles",
        "queue",
    ];
    let value = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => default(name),
        Some(Value::Object(entries)) => {
            let text = |it: &Value| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
            Value::Object(entries.iter().map(|(key, it)| (key.clone(), Value::String(text(it)))).collect())
        }
        Some(value) => value.clone(),
    };
    names.into_iter().map(|name| (name.to_owned(), value(name))).collect()
}
