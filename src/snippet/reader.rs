//! Walks through a text in one of three languages, value by value. Never runs code: what is no literal becomes
//! [`Term::Unknown`].

mod statement;

use std::rc::Rc;

use super::term::Term;
pub(super) use statement::Statement;

/// Whose literals.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Dialect {
    /// JSON; comments and a comma too many are overlooked.
    Json,
    /// Python, with the variables that the text itself assigns.
    Python,
    /// PowerShell, likewise.
    PowerShell,
}

/// Why a text can't be read; the reader stays at that place.
pub(super) type Read<T> = Result<T, &'static str>;

/// Deeper nesting than this is no request.
const DEEPEST: usize = 48;

/// More variables than this are not followed.
const MOST_LOOKUPS: usize = 200;

/// Walks through a text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) dialect: Dialect,
    /// The statements of the text, in their order: they assign and change variables.
    pub(super) statements: Rc<[Statement]>,
    /// What the person should know.
    pub(super) notes: Vec<String>,
    /// The variables that are being followed, by where their values start.
    pub(super) following: Vec<usize>,
    /// Names of variables that the text doesn't assign.
    pub(super) holes: Vec<String>,
    depth: usize,
    pub(super) brackets: usize,
    pub(super) lookups: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        Self {
            text,
            at: 0,
            dialect,
            statements: Rc::from([]),
            notes: Vec::new(),
            following: Vec::new(),
            holes: Vec::new(),
            depth: 0,
            brackets: 0,
            lookups: MOST_LOOKUPS,
        }
    }

    /// The same text from another place on, in ignorance of what was read before.
    pub(super) fn afresh(&self, at: usize) -> Self {
        Self { at, statements: Rc::clone(&self.statements), ..Self::new(self.text, self.dialect) }
    }

    /// The current place, to come back to: position, open brackets, nesting.
    pub(super) fn place(&self) -> (usize, usize, usize) {
        (self.at, self.brackets, self.depth)
    }

    /// Goes back there.
    pub(super) fn go_to(&mut self, place: (usize, usize, usize)) {
        (self.at, self.brackets, self.depth) = place;
    }

    /// The text not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next sign.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Steps over the next sign.
    pub(super) fn bump(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += sign.len_utf8();
        Some(sign)
    }

    /// Steps over these signs if they are next.
    pub(super) fn eat(&mut self, signs: &str) -> bool {
        let found = self.rest().starts_with(signs);
        if found {
            self.at += signs.len();
        }
        found
    }

    /// Skips spaces and comments, and line ends if they have no meaning.
    pub(super) fn gap(&mut self, line_ends: bool) {
        let continued = if self.dialect == Dialect::PowerShell { '`' } else { '\\' };
        loop {
            let rest = self.rest();
            match self.peek() {
                Some('\n') if !line_ends => return,
                Some(it) if it.is_whitespace() || it == '\u{feff}' => self.at += it.len_utf8(),
                Some('#') => self.at += rest.find('\n').unwrap_or(rest.len()),
                Some('/') if self.dialect == Dialect::Json && rest.starts_with("//") => {
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
                Some(it)
                    if it == continued && rest[1..].trim_start_matches([' ', '\r']).starts_with('\n') =>
                {
                    self.at += rest.find('\n').unwrap_or_default() + 1;
                }
                _ => return,
            }
        }
    }

    /// A name with dots in it.
    pub(super) fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let end =
            rest.find(|it: char| !(it.is_alphanumeric() || it == '_' || it == '.')).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// A value and whatever is done with it.
    pub(super) fn value(&mut self) -> Read<Term> {
        if self.depth >= DEEPEST {
            return Err("it is nested too deeply");
        }
        self.depth += 1;
        self.gap(true);
        let start = self.at;
        let mut value = self.primary()?;
        if self.dialect == Dialect::PowerShell {
            value = self.piped(value)?;
        }
        self.gap(self.brackets > 0 && self.dialect != Dialect::PowerShell);
        let ends = match self.peek() {
            Some('|') => matches!(self.dialect, Dialect::Json | Dialect::PowerShell),
            Some('{') => self.dialect == Dialect::Json && self.brackets == 0,
            it => matches!(it, None | Some(',' | ')' | ']' | '}' | '\n' | ';' | ':')),
        };
        if !ends {
            if self.dialect == Dialect::Json && self.brackets > 0 {
                return Err("a comma is missing");
            }
            self.skip_expression();
            value = Term::Unknown(self.excerpt(start));
        }
        self.depth -= 1;
        Ok(value)
    }

    /// A literal, a variable's value, or the unknown.
    pub(super) fn primary(&mut self) -> Read<Term> {
        let Some(sign) = self.peek() else { return Err("the text ends too early") };
        let start = self.at;
        if self.dialect == Dialect::PowerShell
            && let Some(value) = self.powershell(sign)?
        {
            return Ok(value);
        }
        match sign {
            '"' | '\'' => self.text_after(false).map(Term::Text),
            '{' => self.object(),
            '[' => self.list(']'),
            '(' if self.dialect == Dialect::Python => self.list(')'),
            '-' | '0'..='9' => Ok(self.number()),
            ',' | ':' | ']' | '}' | ')' => Err("a value is missing"),
            _ if sign.is_alphabetic() || sign == '_' => self.word(),
            _ => {
                // What a bracket opens is closed again.
                if sign != '(' {
                    self.bump();
                }
                self.skip_expression();
                Ok(Term::Unknown(self.excerpt(start)))
            }
        }
    }

    /// Steps over an expression to the comma, bracket or line end after it.
    pub(super) fn skip_expression(&mut self) {
        let mut open = 0_usize;
        while let Some(sign) = self.peek() {
            match sign {
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' | ',' | ';' if open == 0 => return,
                ')' | ']' | '}' => open -= 1,
                '\n' if open == 0 && (self.brackets == 0 || self.dialect == Dialect::PowerShell) => return,
                '"' | '\'' => {
                    self.skip_string();
                    continue;
                }
                '#' if self.dialect == Dialect::Python => {
                    self.gap(false);
                    continue;
                }
                _ => {}
            }
            self.bump();
        }
    }

    /// Steps over a string, or over its quote where it has no end.
    pub(super) fn skip_string(&mut self) {
        let start = self.at;
        if self.text_after(true).is_err() {
            self.at = start;
            self.bump();
        }
    }

    /// What was read since, shortened to one line.
    pub(super) fn excerpt(&self, start: usize) -> String {
        let line = self.text.get(start..self.at).unwrap_or_default().trim();
        let mut short: String = line.chars().take_while(|it| *it != '\n').take(60).collect();
        if short.len() < line.len() {
            short.push('…');
        }
        short
    }
}
