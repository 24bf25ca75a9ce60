//! Literals: numbers, texts, lists and objects, and what words mean among them.

use super::change::merge;
use super::escape::{Quotes, unescape};
use super::reader::{Dialect, Read, Reader};
use super::term::Term;
use form::json::Value;

/// What makes JSON's text of a value, and what reads it.
const CONVERTERS: [(&str, bool); 4] =
    [("dumps", false), ("JSON.stringify", false), (".loads", true), ("JSON.parse", true)];

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
            "undefined" if self.dialect == Dialect::Script => return Ok(Term::Null),
            _ if matches!(self.dialect, Dialect::Json | Dialect::PowerShell) => {}
            _ if name.len() <= 2 && matches!(self.peek(), Some('"' | '\'')) => {
                self.at = start;
                return self.strings();
            }
            _ => {
                if let Some(kind) = name.split("SessionKind.").nth(1) {
                    return Ok(Term::Text(kind.to_lowercase()));
                }
                self.gap(self.brackets > 0);
                if self.peek() != Some('(') {
                    if !matches!(self.peek(), Some('['))
                        && let Some(value) = self.variable(name, start)?
                    {
                        return Ok(value);
                    }
                } else if name == "dict" {
                    let mut entries = Vec::new();
                    for it in self.arguments()? {
                        let whole = it.name.is_empty() || it.name.starts_with('*');
                        let more = if whole { it.value } else { Term::Object(vec![(it.name, it.value)]) };
                        merge(&mut entries, more, it.written);
                    }
                    return Ok(Term::Object(entries));
                } else if let Some((_, reads)) = CONVERTERS.iter().find(|it| name.ends_with(it.0)) {
                    let first = self.arguments()?.into_iter().next().ok_or("a value is missing")?;
                    return match first.value {
                        Term::Text(text) if *reads => Reader::new(&text, Dialect::Json).value(),
                        value => Ok(value),
                    };
                } else if let Some(value) = [".encode", ".copy"].iter().find_map(|it| name.strip_suffix(it))
                    && let Some(value) = self.variable(value, start)?
                {
                    self.arguments()?;
                    return Ok(value);
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
                Some('"' | '\'') => self.value()?,
                None => return Err("the closing brace is missing"),
                _ if self.dialect == Dialect::Json => return Err("a key in double quotes is missing"),
                Some(it) if self.dialect == Dialect::Script && (it.is_alphabetic() || it == '_') => {
                    Term::Text(self.name().to_owned())
                }
                Some('*' | '.') if self.eat("**") || self.eat("...") => {
                    let more = self.value()?;
                    merge(&mut entries, more, self.excerpt(start));
                    self.separator('}')?;
                    continue;
                }
                _ => self.value()?,
            };
            self.gap(true);
            let value = if self.eat(":") {
                Some(self.value()?)
            } else if let (Dialect::Script, Term::Text(name)) = (self.dialect, &key) {
                self.variable(name, start)?
            } else {
                None
            };
            let value = value.unwrap_or_else(|| Term::Unknown(self.excerpt(start)));
            match key {
                Term::Text(key) | Term::Number(key) => entries.push((key, value)),
                _ => entries.push((String::new(), Term::Unknown(self.excerpt(start)))),
            }
            self.separator('}')?;
        }
        self.brackets -= 1;
        Ok(Term::Object(entries))
    }

    /// `[...]`, in Python also `(...)`, which around one value is just that value.
    pub(super) fn list(&mut self, close: char) -> Read<Term> {
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
                return Ok(Term::Unknown(self.excerpt(start)));
            }
        }
        self.brackets -= 1;
        if close == ')' && commas == 0 && items.len() == 1 {
            return items.pop().ok_or("a value is missing");
        }
        Ok(Term::List(items))
    }

    /// One string, in Python also several in a row.
    pub(super) fn strings(&mut self) -> Read<Term> {
        let start = self.at;
        let mut whole = String::new();
        let mut formatted = false;
        loop {
            let prefix = self.name();
            let holds = |letters: [char; 2]| prefix.contains(letters);
            let fills = holds(['f', 'F']) || self.peek() == Some('`');
            formatted |= self.string(holds(['r', 'R']), &mut whole)? && fills;
            // Scala's `s"$name"`.
            formatted |= prefix == "s" && whole.contains('$');
            let end = self.at;
            self.gap(self.brackets > 0);
            let ahead = self.rest().trim_start_matches(['r', 'R', 'b', 'B', 'u', 'U', 'f', 'F']);
            let prefixed = self.rest().len() - ahead.len() <= 2;
            if self.dialect != Dialect::Python || !prefixed || !ahead.starts_with(['"', '\'']) {
                self.at = end;
                break;
            }
        }
        Ok(if formatted { Term::Unknown(self.excerpt(start)) } else { Term::Text(whole) })
    }

    /// A string from quote to quote; true when there is a brace in it, of JavaScript's templates one after a dollar.
    pub(super) fn string(&mut self, raw: bool, into: &mut String) -> Read<bool> {
        let rest = self.rest();
        let Some(quote) = self.bump().filter(|it| matches!(it, '"' | '\'' | '`')) else {
            return Err("a quote is missing");
        };
        let template = quote == '`';
        let python = self.dialect == Dialect::Python;
        let free = python || self.dialect == Dialect::Script;
        if !free && quote != '"' {
            return Err("JSON has double quotes only");
        }
        let triple =
            python && rest.len() > 2 && rest[1..].starts_with(if quote == '"' { "\"\"" } else { "''" });
        if triple {
            self.at += 2;
        }
        let closing = &rest[..if triple { 3 } else { 1 }];
        let quotes = match self.dialect {
            Dialect::Python => Quotes::Python,
            Dialect::Script => Quotes::Script,
            _ => Quotes::Json,
        };
        let (mut brace, mut dollar) = (false, false);
        while !self.eat(closing) {
            match self.bump() {
                None => return Err("the closing quote is missing"),
                Some('\n') if !triple && !template => return Err("a line ends inside quotes"),
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
                    brace |= sign == '{' && (!template || dollar);
                    dollar = sign == '$';
                    into.push(sign);
                    continue;
                }
            }
            dollar = false;
        }
        Ok(brace)
    }
}
