//! The statements of a program: where they start, what they see, and the values of the variables that they assign.

use std::rc::Rc;

use super::{Dialect, Read, Reader};
use crate::term::{Term, UNREAD};

/// Where a statement starts, and how far it is indented: only Python's blocks matter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement {
    pub(crate) at: usize,
    pub(crate) indent: usize,
}

/// Words that begin a block which may be passed over.
const CONDITIONS: [&str; 6] = ["if", "elif", "else", "for", "while", "except"];

/// So many assignments to a variable are looked at: nobody pastes more, and the page must stay responsive.
const MOST_ASSIGNMENTS: usize = 100;

impl Reader<'_> {
    /// The value of a variable where the text itself assigns it before. What changes it after that is named in a note.
    pub(crate) fn variable(&mut self, name: &str, before: usize) -> Read<Option<Term>> {
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
        let asks =
            all.partition_point(|it| it.at <= before).checked_sub(1).filter(|_| before < self.text.len());
        let (over, here) = asks.map_or((all.len(), None), |it| (it, self.block(&all, it).0));
        let mut chosen = None;
        let mut left = MOST_ASSIGNMENTS;
        for place in (0..over).rev() {
            let Some(value) = self.assignment(name, all[place].at) else { continue };
            let (function, is_conditional) = self.block(&all, place);
            left -= 1;
            // What a function assigns hides what is assigned outside. An object's members are seen in all its methods.
            let is_own = function == here || name.contains('.');
            if is_own || function.is_none() && chosen.is_none() {
                chosen = Some((place, value, function, is_conditional));
            }
            if is_own || left == 0 {
                break;
            }
        }
        if let Some(head) = here.filter(|_| chosen.is_none_or(|it| it.2 != here))
            && self.has_parameter(all[head].at, name)
        {
            return Ok(Some(Term::Unknown([name, ", given by the caller"].concat())));
        }
        let Some((place, value, function, is_conditional)) = chosen else { return Ok(None) };
        if self.following.contains(&value) {
            return Ok(None);
        }
        self.following.push(value);
        if is_conditional {
            self.notes.push([name, " is set conditionally: the last value is used."].concat());
        }
        let (.., depth) = self.place();
        self.go_to((value, 0, depth));
        let value = self.value()?;
        for later in place + 1..over {
            self.go_to((all[later].at, 0, depth));
            if self.changes(name) && [function, here].contains(&self.block(&all, later).0) {
                self.go_to((all[later].at, 0, depth));
                self.skip_expression();
                self.notes.push([UNREAD, &self.excerpt(all[later].at)].concat());
            }
        }
        Ok(Some(value))
    }

    /// The function that a statement is in, and whether it is in a condition or a loop there.
    fn block(&self, all: &[Statement], place: usize) -> (Option<usize>, bool) {
        let (mut indent, mut is_conditional) = (all[place].indent, false);
        for outer in (0..place).rev() {
            if indent == 0 {
                break;
            }
            if all[outer].indent >= indent {
                continue;
            }
            indent = all[outer].indent;
            let line = self.text.get(all[outer].at..).unwrap_or_default();
            let line = line.strip_prefix("async ").unwrap_or(line);
            match line.split(|it: char| !it.is_alphanumeric()).next() {
                Some("def") => return (Some(outer), is_conditional),
                // What is run as a program is run.
                Some(word) => {
                    is_conditional |= CONDITIONS.contains(&word) && !line.starts_with("if __name__")
                }
                None => {}
            }
        }
        (None, is_conditional)
    }

    /// True where a function that starts at a place has a parameter.
    fn has_parameter(&self, at: usize, name: &str) -> bool {
        let head = self.text.get(at..).and_then(|it| it.split_once('(')).map_or("", |it| it.1);
        let parameters = head.split(')').next().unwrap_or_default().split(',');
        parameters
            .into_iter()
            .any(|it| it.split([':', '=']).next().unwrap_or_default().trim_matches(['*', ' ', '\n']) == name)
    }

    /// Where the value starts that a statement assigns to a variable.
    fn assignment(&mut self, name: &str, at: usize) -> Option<usize> {
        (self.at, self.brackets) = (at, 0);
        if !self.names(name) || self.peek().is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '.') {
            return None;
        }
        self.gap(false);
        // `data: dict = ...`
        if self.dialect == Dialect::Python && self.eat(":") {
            let line = self.rest().split('\n').next().unwrap_or_default();
            self.at += line.find(['=', '{']).unwrap_or(line.len());
        }
        (!self.rest().starts_with("==") && self.eat("=")).then_some(self.at)
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
