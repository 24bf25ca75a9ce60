//! What a statement does to a value that a variable holds already: `p["conf"]["spark.a"] = "1"`, `$body.Add("name", "x")`.

use super::term::Term;

/// A change of the value at the end of a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    Set(Term),
    /// Sets where nothing is set yet.
    Default(Term),
    /// Adds to a list.
    Append(Vec<Term>),
    /// Sets an object's entries.
    Merge(Vec<(String, Term)>),
    Remove,
}

/// Where a change happens, from the outside inwards.
pub(super) type Path = Vec<String>;

impl Term {
    /// Changes the value at a path; false if there is no such place. `same` decides whether two keys are equal.
    pub(super) fn change(&mut self, path: &[String], change: Change, same: fn(&str, &str) -> bool) -> bool {
        if let [key, rest @ ..] = path
            && (!rest.is_empty() || matches!(change, Change::Set(_) | Change::Default(_) | Change::Remove))
        {
            let Term::Object(entries) = self else { return false };
            let at = entries.iter().rposition(|it| same(&it.0, key));
            match (at, change) {
                (Some(at), change) if !rest.is_empty() => return entries[at].1.change(rest, change, same),
                (Some(at), Change::Set(value)) => entries[at].1 = value,
                (None, Change::Set(value) | Change::Default(value)) if rest.is_empty() => {
                    entries.push((key.clone(), value));
                }
                (Some(_), Change::Default(_)) => {}
                (Some(at), _) => {
                    entries.remove(at);
                }
                (None, _) => return false,
            }
            return true;
        }
        match (self, path, change) {
            (Term::Object(entries), [key], change) => match entries.iter_mut().rfind(|it| same(&it.0, key)) {
                Some((_, value)) => value.change(&[], change, same),
                None => false,
            },
            (Term::List(items), [], Change::Append(more)) => {
                items.extend(more);
                true
            }
            (Term::Object(entries), [], Change::Merge(more)) => {
                set_all(entries, more, same);
                true
            }
            (value, [], Change::Set(new)) => {
                *value = new;
                true
            }
            _ => false,
        }
    }
}

/// Adds what a value holds to an object's entries. What is no object in the text stays among them as its code, under no key.
pub(super) fn merge(entries: &mut Vec<(String, Term)>, more: Term, code: String) {
    let Term::Object(more) = more else {
        return entries.push((String::new(), Term::Unknown(code)));
    };
    set_all(entries, more, exactly);
}

/// Sets an object's entries: a key that is there already gets the new value in its place.
fn set_all(entries: &mut Vec<(String, Term)>, more: Vec<(String, Term)>, same: fn(&str, &str) -> bool) {
    for (key, value) in more {
        match entries.iter_mut().rfind(|it| same(&it.0, &key)) {
            Some(entry) => entry.1 = value,
            None => entries.push((key, value)),
        }
    }
}

/// How Python compares keys.
pub(super) fn exactly(one: &str, other: &str) -> bool {
    one == other
}

/// How PowerShell does.
pub(super) fn in_any_case(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
