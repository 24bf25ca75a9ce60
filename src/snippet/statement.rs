//! The statements of a program: where they start, what they see, and the values of variables that follow.

use std::ops::Range;
use std::rc::Rc;

use super::change::{Change, Path, exactly, in_any_case};
use super::reader::{Dialect, Read, Reader};
use super::term::{Term, UNREAD};

/// Where a variable may be assigned or changed.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) at: usize,
    /// Where what it assigns is seen.
    pub(super) scope: Range<usize>,
    /// It is inside an `if` or a loop.
    pub(super) conditional: bool,
    /// It is no statement, but a parameter of a function.
    pub(super) parameter: bool,
}

/// What a statement says of a variable.
enum Assigned {
    /// The value starts here.
    At(usize),
    /// A parameter: only the caller knows.
    ByCaller,
}

impl Statement {
    /// One that every place of a text sees.
    pub(super) fn plain(at: usize, parameter: bool) -> Self {
        Self { at, scope: 0..usize::MAX, conditional: false, parameter }
    }
}

impl Reader<'_> {
    /// The value of a variable where the text itself assigns it before, with what is changed in it up to there.
    pub(super) fn variable(&mut self, name: &str, before: usize) -> Read<Option<Term>> {
        if self.lookups == 0 || name.is_empty() {
            return Ok(None);
        }
        self.lookups -= 1;
        let (back, following) = (self.place(), self.following.len());
        let value = self.value_of(name, before);
        self.following.truncate(following);
        self.go_to(back);
        value
    }

    fn value_of(&mut self, name: &str, before: usize) -> Read<Option<Term>> {
        let all = Rc::clone(&self.statements);
        // The statement that asks is not over yet.
        let over = match all.partition_point(|it| it.at <= before) {
            _ if before >= self.text.len() => all.len(),
            started => started.saturating_sub(1),
        };
        // An object's members are seen in all its methods.
        let sees = |it: &&Statement| name.contains('.') || it.scope.contains(&before);
        let seen: Vec<&Statement> = all[..over].iter().filter(sees).collect();
        let mut last: Option<(usize, Assigned)> = None;
        for (place, it) in seen.iter().enumerate() {
            // What a function assigns hides what is assigned outside, before or after it.
            let inner = last.as_ref().is_none_or(|last| it.scope.start >= seen[last.0].scope.start);
            if inner && let Some(assigned) = self.assignment(name, it) {
                last = Some((place, assigned));
            }
        }
        let Some((place, assigned)) = last else { return Ok(None) };
        let Assigned::At(value) = assigned else {
            let sign = if self.dialect == Dialect::PowerShell { "$" } else { "" };
            return Ok(Some(Term::Unknown([sign, name, ", given by the caller"].concat())));
        };
        if self.following.contains(&value) {
            return Ok(None);
        }
        self.following.push(value);
        if seen[place].parameter {
            self.note(["Parameter ", name, ": its default is used."]);
        } else if seen[place].conditional {
            self.note([name, " is set conditionally: the last value is used."]);
        }
        let (.., depth) = self.place();
        self.go_to((value, 0, depth));
        let mut value = if self.dialect == Dialect::PowerShell && seen[place].parameter {
            // After the comma comes another parameter.
            self.gap(false);
            self.primary()?
        } else {
            self.value()?
        };
        for it in seen.iter().skip(place + 1) {
            self.go_to((it.at, 0, depth));
            let same = if self.dialect == Dialect::PowerShell { in_any_case } else { exactly };
            let Some(changes) = self.changes(name) else { continue };
            let whole = changes.is_some_and(|changes| {
                changes.into_iter().all(|(path, change)| value.change(&path, change, same))
            });
            if !whole {
                self.go_to((it.at, 0, depth));
                self.skip_expression();
                let line = self.excerpt(it.at);
                self.note([UNREAD, &line]);
            }
        }
        Ok(Some(value))
    }

    /// Where a statement assigns a variable.
    fn assignment(&mut self, name: &str, statement: &Statement) -> Option<Assigned> {
        (self.at, self.brackets) = (statement.at, 0);
        if self.dialect == Dialect::PowerShell {
            // `[hashtable] $body = ...`
            while self.rest().starts_with('[') {
                self.at += self.rest().find(']')? + 1;
                self.gap(statement.parameter);
            }
            if !self.eat("$") || !self.variable_name().eq_ignore_ascii_case(name) {
                return None;
            }
            self.gap(false);
            let by_caller = statement.parameter.then_some(Assigned::ByCaller);
            return if self.eat("=") { Some(Assigned::At(self.at)) } else { by_caller };
        }
        if self.dialect == Dialect::Script && !["const ", "let ", "var "].iter().any(|it| self.eat(it)) {
            return None;
        }
        if !self.eat(name) || self.peek().is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '.') {
            return None;
        }
        self.gap(statement.parameter);
        // `data: dict = ...`
        if self.eat(":") {
            let line = self.rest().split('\n').next().unwrap_or_default();
            self.at += line.find(['=', '{']).unwrap_or(line.len());
        }
        if !self.rest().starts_with("==") && self.eat("=") {
            return Some(Assigned::At(self.at));
        }
        statement.parameter.then_some(Assigned::ByCaller)
    }

    /// What the statement that starts here changes in a variable: `None` where it is about something else, nothing within
    /// where it is not understood.
    fn changes(&mut self, name: &str) -> Option<Option<Vec<(Path, Change)>>> {
        let removes = self.dialect == Dialect::Python && self.eat("del ");
        let named = if self.dialect == Dialect::PowerShell {
            self.eat("$") && self.variable_name().eq_ignore_ascii_case(name)
        } else {
            self.eat(name)
        };
        self.gap(false);
        let changes = named && ["[", ".", "|=", "+="].iter().any(|it| self.rest().starts_with(it));
        changes.then(|| self.changes_after(removes).ok().flatten())
    }

    fn changes_after(&mut self, removes: bool) -> Read<Option<Vec<(Path, Change)>>> {
        let (mut changes, mut path) = (Vec::new(), Path::new());
        loop {
            self.gap(false);
            if self.rest().starts_with('[') {
                match self.key()? {
                    Some(key) => path.push(key),
                    None => return Ok(None),
                }
            } else if self.eat(".") {
                let member = self.member()?;
                if !self.rest().starts_with('(') {
                    path.push(member);
                    continue;
                }
                let Some(change) = self.method(&member, &mut path)? else { return Ok(None) };
                changes.push((path.clone(), change));
                if !self.rest().starts_with(['[', '.']) {
                    return Ok(Some(changes));
                }
            } else {
                break;
            }
        }
        let change = if removes {
            Change::Remove
        } else if self.eat("|=") || self.eat("+=") {
            match self.value()? {
                Term::Object(entries) => Change::Merge(entries),
                Term::List(items) => Change::Append(items),
                Term::Unknown(_) => return Ok(None),
                // PowerShell adds one thing to a list as it is.
                item => Change::Append(vec![item]),
            }
        } else if !self.rest().starts_with("==") && self.eat("=") {
            Change::Set(self.value()?)
        } else {
            return Ok(None);
        };
        changes.push((path, change));
        Ok(Some(changes))
    }

    /// The text in `["..."]`.
    fn key(&mut self) -> Read<Option<String>> {
        self.bump();
        self.brackets += 1;
        let key = self.value();
        self.brackets -= 1;
        let closed = self.eat("]");
        Ok(match key? {
            Term::Text(key) if closed => Some(key),
            _ => None,
        })
    }

    /// The name after a dot; PowerShell may put it in quotes.
    fn member(&mut self) -> Read<String> {
        let mut name = String::new();
        if self.dialect == Dialect::PowerShell && self.rest().starts_with(['\'', '"']) {
            self.string_of_powershell(&mut name)?;
        } else {
            let rest = self.rest();
            let end = rest.find(|it: char| !(it.is_alphanumeric() || it == '_')).unwrap_or(rest.len());
            self.at += end;
            name.push_str(&rest[..end]);
        }
        Ok(name)
    }

    /// What a method changes that is called on the value at a path; the path then leads to what is changed.
    fn method(&mut self, method: &str, path: &mut Path) -> Read<Option<Change>> {
        let mut given: Vec<(String, Term)> =
            self.arguments()?.into_iter().map(|it| (it.name, it.value)).collect();
        let name = method.to_ascii_lowercase();
        // These have a key for their first argument; PowerShell's lists have an Add too.
        let entry = name == "add" && given.len() == 2;
        if entry || matches!(name.as_str(), "setdefault" | "pop" | "remove") {
            match given.first() {
                Some((_, Term::Text(key))) => path.push(key.clone()),
                _ => return Ok(None),
            }
            given.remove(0);
        }
        let value = given.first().map(|it| it.1.clone());
        Ok(match (name.as_str(), value) {
            ("setdefault", value) => Some(Change::Default(value.unwrap_or(Term::Null))),
            ("pop" | "remove", _) => Some(Change::Remove),
            ("add", Some(value)) if entry => Some(Change::Set(value)),
            ("add" | "append", Some(value)) => Some(Change::Append(vec![value])),
            ("extend", Some(Term::List(items))) => Some(Change::Append(items)),
            ("update", Some(_)) => {
                let mut entries = Vec::new();
                for (name, value) in given {
                    match value {
                        Term::Object(more) if name.is_empty() => entries.extend(more),
                        value if !name.is_empty() && !name.starts_with('*') => entries.push((name, value)),
                        _ => return Ok(None),
                    }
                }
                Some(Change::Merge(entries))
            }
            _ => None,
        })
    }

    /// Something that the person should know.
    pub(super) fn note<const N: usize>(&mut self, words: [&str; N]) {
        self.notes.push(words.concat());
    }
}
