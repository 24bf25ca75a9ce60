//! Literals: numbers, texts, lists and objects, and what words mean among them.

use form::json::Value;

use super::escape::{Quotes, unescape};
use super::reader::{Dialect, Read, Reader};
use super::term::Term;

impl Reader<'_> {
    /// A number in JSON's spelling; in Python a million may be 1_000_000.
    pub(super) fn number(&mut self) -> Term {
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
        if Value::parse(&digits).is_ok() {
            Term::Number(digits)
        } else {
            Term::Unknown(rest[..end].to_owned())
        }
    }

    /// A word: a constant, a call that is understood, a variable; or the prefix of a Python string.
    pub(super) fn word(&mut self) -> Read<Term> {
        let start = self.at;
        let name = self.name();
        match name {
            "true" | "True" => return Ok(Term::Bool(true)),
            "false" | "False" => return Ok(Term::Bool(false)),
            "null" | "None" => return Ok(Term::Null),
            _ if self.dialect != Dialect::Python => {}
            _ if name.len() <= 2 && matches!(self.peek(), Some('"' | '\'')) => {
                let text = self.text_after(name.contains(['r', 'R']))?;
                // What is filled in is not in the text: `f"{a}"`, Scala's `s"$a"`.
                if name.chars().all(|it| "rRbBuU".contains(it)) {
                    return Ok(Term::Text(text));
                }
            }
            _ => {
                if let Some(kind) = name.split("SessionKind.").nth(1) {
                    return Ok(Term::Text(kind.to_lowercase()));
                }
                self.gap(self.brackets > 0);
                match self.peek() {
                    // What JSON is made of, or the JSON that is read.
                    Some('(') if name.ends_with("dumps") || name.ends_with(".loads") => {
                        let first = self.arguments()?.into_iter().next().ok_or("a value is missing")?;
                        return match first.value {
                            Term::Text(text) if name.ends_with(".loads") => {
                                Reader::new(&text, Dialect::Json).value()
                            }
                            value => Ok(value),
                        };
                    }
                    Some('(' | '[') => {}
                    _ => {
                        if let Some(value) = self.variable(name, start)? {
                            return Ok(value);
                        }
                    }
                }
            }
        }
        self.skip_expression();
        Ok(Term::Unknown(self.excerpt(start)))
    }

    /// `{...}`, in Python with anything for a key.
    pub(super) fn object(&mut self) -> Read<Term> {
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
                None => return Err("the closing brace is missing"),
                Some('"' | '\'') => self.value()?,
                Some(_) if self.dialect == Dialect::Json => return Err("a key in double quotes is missing"),
                Some(_) => self.value()?,
            };
            self.gap(true);
            let value = if self.eat(":") { Some(self.value()?) } else { None };
            entries.push(match (key, value) {
                (Term::Text(key) | Term::Number(key), Some(value)) => (key, value),
                // `**more`, or a key that only running the code would tell.
                _ => (String::new(), Term::Unknown(self.excerpt(start))),
            });
            self.separator('}')?;
        }
        self.brackets -= 1;
        Ok(Term::Object(entries))
    }

    /// `[...]`, in Python also `(...)`, which around one value is just that value.
    pub(super) fn list(&mut self, close: char) -> Read<Term> {
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
        }
        self.brackets -= 1;
        match (items.pop(), commas) {
            (Some(item), 0) if close == ')' => return Ok(item),
            (last, _) => items.extend(last),
        }
        Ok(Term::List(items))
    }

    /// A text from quote to quote. In a raw one a backslash is a sign.
    pub(super) fn text_after(&mut self, raw: bool) -> Read<String> {
        let rest = self.rest();
        let Some(quote) = self.bump().filter(|it| matches!(it, '"' | '\'')) else {
            return Err("a quote is missing");
        };
        let python = self.dialect == Dialect::Python;
        if !python && quote != '"' {
            return Err("JSON has double quotes only");
        }
        let triple = python && rest[1..].starts_with(if quote == '"' { "\"\"" } else { "''" });
        self.at += if triple { 2 } else { 0 };
        let closing = &rest[..if triple { 3 } else { 1 }];
        let quotes = if python { Quotes::Python } else { Quotes::Json };
        let mut text = String::new();
        while !self.eat(closing) {
            match self.bump() {
                None => return Err("the closing quote is missing"),
                Some('\n') if !triple => return Err("a line ends inside quotes"),
                Some('\\') if raw => {
                    text.push('\\');
                    text.extend(self.bump());
                }
                Some('\\') => {
                    let mut signs = self.rest().chars();
                    let read = unescape(&mut signs, quotes, &mut text);
                    self.at = self.text.len() - signs.as_str().len();
                    read?;
                }
                Some(sign) => text.push(sign),
            }
        }
        Ok(text)
    }
}
