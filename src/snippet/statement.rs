//! The statements of a program: where they start, what they see, and the values of the variables that they assign.

use std::ops::Range;
use std::rc::Rc;

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
    /// It is no statement, but a parameter of a function: only the caller knows its value.
    pub(super) parameter: bool,
}

impl Statement {
    /// One that every place of a text sees.
    pub(super) fn plain(at: usize) -> Self {
        Self { at, scope: 0..usize::MAX, conditional: false, parameter: false }
    }
}

impl Reader<'_> {
    /// The value of a variable where the text itself assigns it before. What changes it after that is named in a note.
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
        let mut last: Option<(usize, usize)> = None;
        for (place, it) in seen.iter().enumerate() {
            // What a function assigns hides what is assigned outside, before or after it.
            let inner = last.is_none_or(|(last, _)| it.scope.start >= seen[last].scope.start);
            if let (true, Some(value)) = (inner, self.assignment(name, it)) {
                last = Some((place, value));
            }
        }
        let Some((place, value)) = last else { return Ok(None) };
        if seen[place].parameter {
            return Ok(Some(Term::Unknown([name, ", given by the caller"].concat())));
        }
        if self.following.contains(&value) {
            return Ok(None);
        }
        self.following.push(value);
        if seen[place].conditional {
            self.notes.push([name, " is set conditionally: the last value is used."].concat());
        }
        let (.., depth) = self.place();
        self.go_to((value, 0, depth));
        let value = self.value()?;
        for it in seen.iter().skip(place + 1) {
            self.go_to((it.at, 0, depth));
            if self.changes(name) {
                self.go_to((it.at, 0, depth));
                self.skip_expression();
                self.notes.push([UNREAD, &self.excerpt(it.at)].concat());
            }
        }
        Ok(Some(value))
    }

    /// Where the value starts that a statement assigns to a variable.
    fn assignment(&mut self, name: &str, statement: &Statement) -> Option<usize> {
        (self.at, self.brackets) = (statement.at, 0);
        if !self.names(name) || self.peek().is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '.') {
            return None;
        }
        self.gap(statement.parameter);
        // `data: dict = ...`
        if self.dialect == Dialect::Python && self.eat(":") {
            let line = self.rest().split('\n').next().unwrap_or_default();
            self.at += line.find(['=', '{']).unwrap_or(line.len());
        }
        let assigns = !self.rest().starts_with("==") && self.eat("=");
        (assigns || statement.parameter).then_some(self.at)
    }

    /// True for a statement that changes a variable, or may.
    fn changes(&mut self, name: &str) -> bool {
        if self.dialect == Dialect::Python {
            self.eat("del ");
        }
        let names = self.names(name);
        self.gap(false);
        names && ["[", ".", "|=", "+="].iter().any(|it| self.rest().starts_with(it))
    }

    /// Steps over the name of a variable.
    fn names(&mut self, name: &str) -> bool {
        match self.dialect {
            Dialect::PowerShell => self.eat("$") && self.variable_name().eq_ignore_ascii_case(name),
            _ => self.eat(name),
        }
    }
}
