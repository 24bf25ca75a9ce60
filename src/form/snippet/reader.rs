//! Reads a literal: JSON's, Python's or PowerShell's. Never runs code: what is no literal becomes [`Value::Unknown`].

use super::escape::{Quotes, unescape};
use super::value::Value;

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

/// What keeps a text from being read; the reader stands where it is.
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
    /// Where statements start: there a variable may be assigned.
    pub(super) starts: Vec<usize>,
    /// What stands in a text in place of a variable that nothing assigns.
    pub(super) holes: Vec<String>,
    depth: usize,
    pub(super) brackets: usize,
    pub(super) lookups: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        let (starts, holes) = (Vec::new(), Vec::new());
        Self { text, at: 0, dialect, starts, holes, depth: 0, brackets: 0, lookups: MOST_LOOKUPS }
    }

    /// The text not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

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

    /// Steps over blanks and comments, and over line ends where they mean nothing.
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
    pub(super) fn value(&mut self) -> Read<Value> {
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
        if self.dialect == Dialect::Python && self.eat(".encode(") {
            self.skip_expression();
            self.eat(")");
            self.gap(self.brackets > 0);
        }
        if !matches!(self.peek(), None | Some(',' | ')' | ']' | '}' | '\n' | ';' | ':' | '|')) {
            if self.dialect == Dialect::Json && self.brackets > 0 {
                return Err("a comma is missing");
            }
            self.skip_expression();
            value = Value::Unknown(self.excerpt(start));
        }
        self.depth -= 1;
        Ok(value)
    }

    /// A literal, a variable's value, or the unknown.
    pub(super) fn primary(&mut self) -> Read<Value> {
        let Some(sign) = self.peek() else { return Err("the end is missing") };
        let start = self.at;
        if self.dialect == Dialect::PowerShell
            && let Some(value) = self.powershell(sign)?
        {
            return Ok(value);
        }
        match sign {
            '"' | '\'' => self.strings(),
            '{' => self.object(),
            '[' => self.list(']'),
            '(' if self.dialect == Dialect::Python => self.list(')'),
            '-' | '0'..='9' => Ok(self.number()),
            ',' | ':' | ']' | '}' | ')' => Err("a value is missing"),
            _ if sign.is_alphabetic() || sign == '_' => self.word(),
            _ => {
                self.bump();
                self.skip_expression();
                Ok(Value::Unknown(self.excerpt(start)))
            }
        }
    }

    /// A number in JSON's spelling; in Python a million may be 1_000_000.
    fn number(&mut self) -> Value {
        let rest = self.rest();
        let mut end = 0;
        for sign in rest.chars() {
            let signed = matches!(sign, '+' | '-') && (end == 0 || rest[..end].ends_with(['e', 'E']));
            if !(sign.is_ascii_alphanumeric() || sign == '.' || sign == '_' || signed) {
                break;
            }
            end += sign.len_utf8();
        }
        self.at += end;
        let digits = if self.dialect == Dialect::Python {
            rest[..end].replace('_', "")
        } else {
            rest[..end].to_owned()
        };
        if serde_json::from_str::<f64>(&digits).is_ok() {
            Value::Number(digits)
        } else {
            Value::Unknown(rest[..end].to_owned())
        }
    }

    /// A word: a constant, a call that is understood, a variable; or the prefix of a Python string.
    fn word(&mut self) -> Read<Value> {
        let start = self.at;
        let name = self.name();
        match name {
            "true" | "True" => return Ok(Value::Bool(true)),
            "false" | "False" => return Ok(Value::Bool(false)),
            "null" | "None" => return Ok(Value::Null),
            _ if self.dialect != Dialect::Python => {}
            _ if name.len() <= 2 && matches!(self.peek(), Some('"' | '\'')) => {
                self.at = start;
                return self.strings();
            }
            _ => {
                if let Some(kind) = name.split("SessionKind.").nth(1) {
                    return Ok(Value::Text(kind.to_lowercase()));
                }
                self.gap(self.brackets > 0);
                if self.peek() != Some('(') {
                    if !matches!(self.peek(), Some('['))
                        && let Some(value) = self.variable(name, start)?
                    {
                        return Ok(value);
                    }
                } else if name == "dict" {
                    let arguments = self.arguments()?;
                    return Ok(Value::Object(arguments.into_iter().map(|it| (it.0, it.1)).collect()));
                } else if name == "dumps" || name.ends_with(".dumps") {
                    let arguments = self.arguments()?;
                    return arguments.into_iter().next().map(|it| it.1).ok_or("a value is missing");
                }
            }
        }
        self.skip_expression();
        Ok(Value::Unknown(self.excerpt(start)))
    }

    /// `{...}`, in Python with anything for a key.
    fn object(&mut self) -> Read<Value> {
        self.bump();
        self.brackets += 1;
        let mut entries = Vec::new();
        loop {
            self.gap(true);
            if self.eat("}") {
                break;
            }
            let start = self.at;
            let key = match self.peek() {
                Some('"' | '\'') => self.value()?,
                None => return Err("the closing brace is missing"),
                _ if self.dialect == Dialect::Json => return Err("a name in double quotes is missing"),
                Some('*') => {
                    self.skip_expression();
                    Value::Unknown(String::new())
                }
                _ => self.value()?,
            };
            self.gap(true);
            let value = if self.eat(":") { self.value()? } else { Value::Unknown(self.excerpt(start)) };
            match key {
                Value::Text(key) | Value::Number(key) => entries.push((key, value)),
                _ => entries.push((self.excerpt(start), Value::Unknown(self.excerpt(start)))),
            }
            self.separator('}')?;
        }
        self.brackets -= 1;
        Ok(Value::Object(entries))
    }

    /// `[...]`, in Python also `(...)`, which around one value is just that value.
    fn list(&mut self, close: char) -> Read<Value> {
        let start = self.at;
        self.bump();
        self.brackets += 1;
        let mut items = Vec::new();
        let mut commas = 0;
        loop {
            self.gap(true);
            if self.peek() == Some(close) {
                self.bump();
                break;
            }
            items.push(self.value()?);
            commas += usize::from(self.separator(close)?);
            if items.len() > 1 && commas == 0 {
                return Ok(Value::Unknown(self.excerpt(start)));
            }
        }
        self.brackets -= 1;
        if close == ')' && commas == 0 && items.len() == 1 {
            return items.pop().ok_or("a value is missing");
        }
        Ok(Value::List(items))
    }

    /// A comma, or nothing before the closing bracket.
    fn separator(&mut self, close: char) -> Read<bool> {
        self.gap(true);
        match self.peek() {
            Some(it) if it == close => Ok(false),
            _ if self.eat(",") => Ok(true),
            None => Err("the end is missing"),
            _ => Err("a comma is missing"),
        }
    }

    /// The arguments of a call: name (or none), value, and what was written.
    pub(super) fn arguments(&mut self) -> Read<Vec<(String, Value, String)>> {
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
            let begun = self.at;
            let value = if self.rest().starts_with('*') {
                self.skip_expression();
                name = self.excerpt(begun);
                Value::Unknown(self.excerpt(begun))
            } else {
                self.value()?
            };
            arguments.push((name, value, self.excerpt(begun)));
            self.separator(')')?;
        }
        self.brackets -= 1;
        Ok(arguments)
    }

    /// One string, in Python also several in a row.
    fn strings(&mut self) -> Read<Value> {
        let start = self.at;
        let mut whole = String::new();
        let mut formatted = false;
        loop {
            let prefix = self.name();
            let holds = |letters: [char; 2]| prefix.contains(letters);
            formatted |= self.string(holds(['r', 'R']), &mut whole)? && holds(['f', 'F']);
            let end = self.at;
            self.gap(self.brackets > 0);
            let ahead = self.rest().trim_start_matches(['r', 'R', 'b', 'B', 'u', 'U', 'f', 'F']);
            let prefixed = self.rest().len() - ahead.len() <= 2;
            if self.dialect != Dialect::Python || !prefixed || !ahead.starts_with(['"', '\'']) {
                self.at = end;
                break;
            }
        }
        Ok(if formatted { Value::Unknown(self.excerpt(start)) } else { Value::Text(whole) })
    }

    /// A string from quote to quote; true when there is a brace in it.
    fn string(&mut self, raw: bool, into: &mut String) -> Read<bool> {
        let rest = self.rest();
        let Some(quote) = self.bump().filter(|it| matches!(it, '"' | '\'')) else {
            return Err("a quote is missing");
        };
        let python = self.dialect == Dialect::Python;
        if !python && quote != '"' {
            return Err("JSON has double quotes only");
        }
        let triple =
            python && rest.len() > 2 && rest[1..].starts_with(if quote == '"' { "\"\"" } else { "''" });
        if triple {
            self.at += 2;
        }
        let closing = &rest[..if triple { 3 } else { 1 }];
        let quotes = if python { Quotes::Python } else { Quotes::Json };
        let mut brace = false;
        while !self.eat(closing) {
            match self.bump() {
                None => return Err("the closing quote is missing"),
                Some('\n') if !triple => return Err("a line ends inside quotes"),
                Some('\\') if raw => {
                    into.push('\\');
                    into.extend(self.bump());
                }
                Some('\\') => {
                    let mut signs = self.rest().chars();
                    let read = unescape(&mut signs, quotes, into);
                    self.at = self.text.len() - signs.as_str().len();
                    read?;
                }
                Some(sign) => {
                    brace |= sign == '{';
                    into.push(sign);
                }
            }
        }
        Ok(brace)
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
        if self.string(true, &mut String::new()).is_err() {
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
