//! PowerShell's literals: hashtables, arrays, its sorts of strings, and what a pipe makes of them.

use super::super::reader::{Read, Reader};
use super::super::term::Term;

impl<'a> Reader<'a> {
    /// What PowerShell alone has; nothing where the sign means the same elsewhere.
    pub(in super::super) fn powershell(&mut self, sign: char) -> Read<Option<Term>> {
        let start = self.at;
        let rest = self.rest();
        match sign {
            '"' | '\'' => {}
            '@' if rest.starts_with("@{") => return self.hashtable().map(Some),
            '@' if rest.starts_with("@(") => return self.array().map(Some),
            '@' if rest.starts_with("@'") || rest.starts_with("@\"") => {}
            '(' => {
                self.bump();
                let value = self.value()?;
                self.gap(true);
                self.eat(")");
                return Ok(Some(value));
            }
            '[' => {
                let cast = rest.find(']').ok_or("a closing bracket is missing")?;
                self.at += cast + 1;
                // `[System.Text.Encoding]::UTF8.GetBytes("...")`
                if self.eat("::") {
                    let bytes = self.name().ends_with("GetBytes");
                    if bytes && self.peek() == Some('(') {
                        return self.primary().map(Some);
                    }
                    self.skip_expression();
                    return Ok(Some(Term::Unknown(self.excerpt(start))));
                }
                return Ok(Some(if rest[..cast].contains(['(', '"', '\n']) {
                    Term::Unknown(self.excerpt(start))
                } else {
                    self.value()?
                }));
            }
            '$' => {
                self.bump();
                let name = self.variable_name();
                return Ok(Some(match name.to_ascii_lowercase().as_str() {
                    "true" => Term::Bool(true),
                    "false" => Term::Bool(false),
                    "null" => Term::Null,
                    _ if matches!(self.peek(), Some('.' | '[' | '(')) => {
                        self.skip_expression();
                        Term::Unknown(self.excerpt(start))
                    }
                    _ => {
                        let found = self.variable(name, start)?;
                        found.unwrap_or_else(|| Term::Unknown(self.excerpt(start)))
                    }
                }));
            }
            'C' | 'c' if rest.get(..14).is_some_and(|it| it.eq_ignore_ascii_case("ConvertTo-Json")) => {
                self.at += 14;
                self.gap(false);
                while self.rest().starts_with('-') {
                    let flag = self.bare().to_ascii_lowercase();
                    self.gap(false);
                    if flag == "-depth" {
                        self.bare();
                        self.gap(false);
                    }
                }
                let value = self.primary()?;
                self.skip_expression();
                return Ok(Some(value));
            }
            _ => return Ok(None),
        }
        let mut text = String::new();
        self.string_of_powershell(&mut text)?;
        Ok(Some(Term::Text(text)))
    }

    /// `, more` makes a list; `| ConvertTo-Json` changes nothing; another pipe has an unknown effect.
    pub(in super::super) fn piped(&mut self, value: Term) -> Read<Term> {
        self.gap(false);
        if self.peek() == Some(',') {
            let mut items = vec![value];
            while self.eat(",") {
                self.gap(true);
                items.push(self.primary()?);
                self.gap(false);
            }
            return Ok(Term::List(items));
        }
        if self.peek() != Some('|') {
            return Ok(value);
        }
        let start = self.at;
        self.bump();
        self.gap(true);
        let known = self.bare().eq_ignore_ascii_case("ConvertTo-Json");
        self.skip_expression();
        Ok(if known { value } else { Term::Unknown(self.excerpt(start)) })
    }

    /// `@{ key = value; ... }`
    fn hashtable(&mut self) -> Read<Term> {
        self.at += 2;
        self.brackets += 1;
        let mut entries = Vec::new();
        loop {
            self.gap(true);
            if self.eat(";") {
                continue;
            }
            if self.eat("}") {
                break;
            }
            let mut key = String::new();
            match self.peek() {
                None => return Err("the closing brace is missing"),
                Some('"' | '\'') => self.string_of_powershell(&mut key)?,
                _ => key.push_str(self.bare()),
            }
            self.gap(true);
            if !self.eat("=") {
                return Err("an equals sign is missing");
            }
            entries.push((key, self.value()?));
        }
        self.brackets -= 1;
        Ok(Term::Object(entries))
    }

    /// `@( ... )`
    fn array(&mut self) -> Read<Term> {
        self.at += 2;
        self.brackets += 1;
        let mut items = Vec::new();
        loop {
            self.gap(true);
            if self.eat(";") {
                continue;
            }
            if self.eat(")") {
                break;
            }
            let table = self.rest().starts_with("@(");
            match self.value()? {
                Term::List(more) if !table => items.extend(more),
                item => items.push(item),
            }
        }
        self.brackets -= 1;
        Ok(Term::List(items))
    }

    /// The name of a variable, after its `$`.
    pub(in super::super) fn variable_name(&mut self) -> &'a str {
        if self.eat("{") {
            let rest = self.rest();
            let end = rest.find('}').unwrap_or(rest.len());
            self.at = (self.at + end + 1).min(self.text.len());
            return &rest[..end];
        }
        let rest = self.rest();
        let end =
            rest.find(|it: char| !(it.is_alphanumeric() || it == '_' || it == ':')).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// A string of any of PowerShell's four sorts.
    pub(in super::super) fn string_of_powershell(&mut self, into: &mut String) -> Read<()> {
        let here = self.eat("@");
        let Some(quote) = self.bump() else { return Err("a quote is missing") };
        if here {
            self.gap(false);
            self.eat("\n");
        }
        let closing = match (here, quote) {
            (true, '"') => "\n\"@",
            (true, _) => "\n'@",
            (false, '"') => "\"",
            (false, _) => "'",
        };
        loop {
            if self.eat(closing) {
                if here || !self.rest().starts_with(closing) {
                    return Ok(());
                }
            } else if quote == '"' && self.peek() == Some('$') {
                self.expand(into)?;
                continue;
            } else if quote == '"' && self.eat("`") {
                into.push(match self.bump() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('t') => '\t',
                    Some('0') => '\0',
                    Some(sign) => sign,
                    None => return Err("the closing quote is missing"),
                });
                continue;
            }
            into.push(self.bump().ok_or("the closing quote is missing")?);
        }
    }

    /// `([char]233)`, a unit of UTF-16.
    fn code_unit(&mut self) -> Option<u16> {
        let digits = self.rest().strip_prefix("([char]")?.split(')').next()?;
        let code = match digits.strip_prefix("0x") {
            Some(hex) => u16::from_str_radix(hex, 16),
            None => digits.parse(),
        };
        self.at += "([char])".len() + digits.len();
        code.ok()
    }

    /// `$name` or `$([char]233)` within a string; what is not known stays as it is written, and is remembered.
    fn expand(&mut self, into: &mut String) -> Read<()> {
        let start = self.at;
        self.bump();
        if let Some(unit) = self.code_unit() {
            let mut units = vec![unit];
            let back = self.at;
            if (0xd800..0xdc00).contains(&unit) && self.eat("$") {
                units.extend(self.code_unit());
            }
            if let Ok(text) = String::from_utf16(&units) {
                into.push_str(&text);
                return Ok(());
            }
            self.at = back;
            return Err("half a character (a lone surrogate)");
        }
        if self.peek() == Some('(') {
            self.bump();
            self.skip_expression();
            self.eat(")");
        } else {
            let name = self.variable_name();
            if name.is_empty() {
                into.push('$');
                return Ok(());
            }
            if let Some(Term::Text(text) | Term::Number(text)) = self.variable(name, start)? {
                into.push_str(&text);
                return Ok(());
            }
        }
        let hole = self.text.get(start..self.at).unwrap_or_default();
        self.holes.push(hole.to_owned());
        into.push_str(hole);
        Ok(())
    }
}
