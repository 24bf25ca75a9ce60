//! Which part of an object is the request: a server's answer about a session holds it among other facts, and a tool's configuration
//! holds it somewhere within.

use super::term::Term;
use super::{Found, settings};
use form::Field;

/// Where sparkmagic's configuration holds what each of its sessions is asked for with.
pub(super) const SESSION_CONFIGS: &str = "session_configs";

/// The request of a session, where a server's answer about one was pasted: without the rest of the answer, and without what is
/// not set there (as for another session like one that is there: [`livy::Session::request`]).
pub(super) fn told(mut value: Term, found: &mut Found) -> Result<Term, String> {
    if matches!(value.get("sessions"), Some(Term::List(_))) {
        return Err("This is a list of sessions. Paste one of them.".to_owned());
    }
    let is_session = value.has("id") && value.has("state");
    if let (true, Term::Object(entries)) = (is_session, &mut value) {
        let is_asked = |key: &str| Field::by_name(key).is_some_and(Field::is_echoed);
        entries.retain(|(key, value)| key == Field::Kind.name() || is_asked(key) && is_set(value));
        found.source = "a session";
        found.note("Left out: its name, and what is 0 or empty.".to_owned());
        return Ok(value);
    }
    within(value, found)
}

/// True for what somebody asked for: what nobody did comes back as null, 0 or nothing.
fn is_set(value: &Term) -> bool {
    match value {
        Term::Null => false,
        Term::Number(digits) => digits != "0",
        Term::Text(text) => !text.is_empty(),
        Term::List(items) => !items.is_empty(),
        Term::Object(entries) => !entries.is_empty(),
        Term::Bool(_) | Term::Unknown(_) => true,
    }
}

/// How many fields of a session's request an object has.
fn fields(value: &Term) -> usize {
    value.entries().iter().filter(|it| Field::by_name(&it.0).is_some()).count()
}

/// The object itself where it has fields of a request, or else the one within it that has most, or else the request that Spark's
/// own keys make.
fn within(value: Term, found: &mut Found) -> Result<Term, String> {
    if let Some(configs @ Term::Object(entries)) = value.get(SESSION_CONFIGS) {
        found.source = "a sparkmagic configuration";
        found.keeps_kind = true;
        if entries.is_empty() {
            return Err(["No field of a session here: ", SESSION_CONFIGS, " is empty."].concat());
        }
        found.note(["Only ", SESSION_CONFIGS, " is read."].concat());
        return settings_or(configs.clone(), found);
    }
    let own = fields(&value);
    // A name alone is no request: many things have one.
    if own > 1 || own == 1 && !value.has("name") || found.is_body && value.entries().is_empty() {
        return Ok(value);
    }
    let mut best = Best { most: own, ..Best::default() };
    best.look(&value, "");
    let Best { request, path, others, .. } = best;
    if let (Some(request), false) = (request, settings::are_settings(&value)) {
        if path.ends_with(SESSION_CONFIGS) {
            found.source = "a sparkmagic configuration";
            found.keeps_kind = true;
        } else if !found.is_body {
            found.source = "an object around a request";
        }
        let end = if others { ", the first of several requests." } else { "." };
        found.note(["Only ", &path, " is read", end].concat());
        return settings_or(request.clone(), found);
    }
    let names: Vec<&str> = value.entries().iter().take(SHOWN).map(|it| it.0.as_str()).collect();
    let names = if names.is_empty() { String::new() } else { [", only ", &names.join(", ")].concat() };
    let fault = ["No field of a session here", &names, ". Paste a request with kind, driverMemory or conf."];
    let is_taken = own > 0 || found.is_open || settings::are_settings(&value);
    if is_taken { settings_or(value, found) } else { Err(fault.concat()) }
}

/// A request, from settings where it is no request yet.
fn settings_or(value: Term, found: &mut Found) -> Result<Term, String> {
    match value {
        Term::Object(entries) if entries.iter().any(|it| it.0.starts_with("spark.")) => {
            if !found.is_body {
                found.source = "Spark settings";
            }
            settings::request(entries, found)
        }
        value => Ok(value),
    }
}

/// So many names of an object's keys are shown.
const SHOWN: usize = 5;

/// The object with most fields, or most keys of Spark.
#[derive(Default)]
struct Best<'a> {
    most: usize,
    request: Option<&'a Term>,
    path: String,
    /// There are other requests too.
    others: bool,
}

impl<'a> Best<'a> {
    fn look(&mut self, value: &'a Term, path: &str) {
        let members: Vec<(String, &Term)> = match value {
            Term::Object(entries) => entries.iter().map(|it| (it.0.clone(), &it.1)).collect(),
            Term::List(items) => items.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect(),
            _ => return,
        };
        for (name, member) in members {
            let path = if path.is_empty() { name } else { [path, ".", &name].concat() };
            let keys = member.entries().iter().filter(|it| it.0.starts_with("spark.")).count();
            let count = fields(member).max(keys);
            // A name alone is no request here either.
            if count == 0 || count == 1 && member.has("name") {
                self.look(member, &path);
            } else if count > self.most {
                self.others |= self.request.is_some();
                (self.most, self.request, self.path) = (count, Some(member), path);
            } else {
                self.others = true;
            }
        }
    }
}
