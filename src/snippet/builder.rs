//! A program that makes its own Spark session: `SparkSession.builder.config(...)`, `SparkConf().set(...)`, in Python or Scala.

use super::Found;
use super::outline::outline;
use super::python::last;
use super::reader::{Dialect, Reader};
use super::request::MOST;
use super::settings::{Settings, request};
use super::term::Term;

/// What such a program names.
const NAMES: [&str; 3] = ["SparkSession", "SparkConf", "spark.conf.set("];

/// Methods that set what a session cannot.
const NOT_USED: [&str; 7] =
    ["master", "setMaster", "remote", "enableHiveSupport", "setSparkHome", "setExecutorEnv", "setJars"];

/// Where such a program starts.
pub(super) fn find(text: &str) -> Option<usize> {
    NAMES.iter().filter_map(|it| text.find(it)).min()
}

fn is_wanted(name: &str) -> bool {
    let method = last(name);
    matches!(method, "config" | "set" | "setIfMissing" | "setAll" | "appName" | "setAppName")
        || NOT_USED.contains(&method)
}

/// Reads the settings of a program in their order.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    found.source = "the Spark settings of a program";
    // Scala's comments, as far as they are lines of their own; Python has no line that begins so.
    let code: Vec<&str> =
        text.lines().map(|it| if it.trim_start().starts_with("//") { "" } else { it }).collect();
    let code = code.join("\n");
    let (statements, calls) = outline(&code, is_wanted);
    let mut reader = Reader::new(&code, Dialect::Python);
    reader.statements = statements;
    let mut settings = Settings::new();
    for call in calls.into_iter().take(MOST) {
        let method = last(call.name);
        // A name alone is a function of the language's own, such as Python's `set(...)`.
        if !call.name.contains('.') && !code[..call.at - method.len()].ends_with('.') {
            continue;
        }
        if NOT_USED.contains(&method) {
            found.not_used(method);
            continue;
        }
        let mut own = reader.afresh(call.at);
        let Ok(arguments) = own.arguments() else {
            found.note(["Not read: ", method, "(…), because its end is missing."].concat());
            continue;
        };
        own.notes.into_iter().for_each(|it| found.note(it));
        match (method, arguments.as_slice()) {
            ("appName" | "setAppName", [name]) => {
                settings.push(("spark.app.name".to_owned(), name.value.clone()));
            }
            (_, [key, value]) if key.value.text().is_some() => {
                settings.push((key.value.text().unwrap_or_default().to_owned(), plain(value.value.clone())));
            }
            (_, [all]) => match pairs(&all.value) {
                Some(pairs) => settings.extend(pairs),
                // What is set in a SparkConf of the same text is read where it is set.
                None if method == "config" && code.contains("SparkConf") => {}
                None => unread(method, &all.written, found),
            },
            (_, arguments) => unread(method, arguments.first().map_or("", |it| &it.written), found),
        }
    }
    request(settings, found)
}

fn unread(method: &str, written: &str, found: &mut Found) {
    found.note(["Left out, because only running the code would tell: ", method, "(", written, ")."].concat());
}

/// The settings in a dictionary or a list of pairs.
fn pairs(value: &Term) -> Option<Settings> {
    match value {
        Term::Object(entries) => Some(entries.iter().map(|it| (it.0.clone(), plain(it.1.clone()))).collect()),
        Term::List(items) => items
            .iter()
            .map(|it| match it {
                Term::List(pair) => match pair.as_slice() {
                    [Term::Text(key), value] => Some((key.clone(), plain(value.clone()))),
                    _ => None,
                },
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// A value as Spark makes a text of it.
fn plain(value: Term) -> Term {
    match value {
        Term::Number(text) => Term::Text(text),
        // Scala's `200L`.
        Term::Unknown(text) if text.strip_suffix('L').is_some_and(is_digits) => {
            Term::Text(text.trim_end_matches('L').to_owned())
        }
        Term::Bool(is) => Term::Text(is.to_string()),
        value => value,
    }
}
