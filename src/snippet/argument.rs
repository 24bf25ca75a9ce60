//! The arguments of a call.

use std::ops::Range;

use super::reader::{Read, Reader};
use super::term::Term;

/// One argument of a call.
pub(super) struct Argument {
    /// Empty where it is given by its place; for `*more` and `**more` what is written.
    pub(super) name: String,
    pub(super) value: Term,
    /// As it is written, shortened.
    pub(super) written: String,
    /// Which of the reader's notes are about it.
    pub(super) notes: Range<usize>,
}

impl Reader<'_> {
    /// A comma, or nothing before the closing bracket.
    pub(super) fn separator(&mut self, close: char) -> Read<bool> {
        self.gap(true);
        match self.peek() {
            Some(it) if it == close => Ok(false),
            _ if self.eat(",") => Ok(true),
            None => Err("the text ends too early"),
            _ => Err("a comma is missing"),
        }
    }

    /// The arguments of a call.
    pub(super) fn arguments(&mut self) -> Read<Vec<Argument>> {
        self.gap(true);
        if !self.eat("(") {
            return Err("a bracket is missing");
        }
        self.brackets += 1;
        let mut arguments = Vec::new();
        loop {
            self.gap(true);
            if self.eat(")") {
                break;
            }
            let start = self.at;
            let mut name = self.name().to_owned();
            self.gap(true);
            if name.is_empty() || !self.rest().starts_with('=') || self.rest().starts_with("==") {
                self.at = start;
                name.clear();
            } else {
                self.bump();
                self.gap(true);
            }
            let (begun, noted) = (self.at, self.notes.len());
            let value = if self.rest().starts_with('*') {
                self.skip_expression();
                name = self.excerpt(begun);
                Term::Unknown(name.clone())
            } else {
                self.value()?
            };
            let (written, notes) = (self.excerpt(begun), noted..self.notes.len());
            arguments.push(Argument { name, value, written, notes });
            self.separator(')')?;
        }
        self.brackets -= 1;
        Ok(arguments)
    }
}
