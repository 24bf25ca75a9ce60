//! Words on a command line, and what it reads and writes: bash as documentation and browsers write it, and Windows' cmd as browsers write it.

use super::escape::{Quotes, unescape};

/// cmd's first step: a caret takes the next sign as it is, and a line end with it away, but the one after that stays.
pub(super) fn without_carets(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    let mut quoted = false;
    while let Some(sign) = signs.next() {
        match sign {
            '^' if !quoted => match signs.next() {
                Some('\n') => match signs.clone().next() {
                    // Within an argument a browser writes a line end as caret, line end, line end.
                    Some('\n') => {
                        signs.next();
                        plain.push('\n');
                    }
                    _ => plain.push(' '),
                },
                next => plain.extend(next),
            },
            '"' => {
                quoted = !quoted;
                plain.push(sign);
            }
            '\\' if quoted => {
                plain.push(sign);
                plain.extend(signs.next());
            }
            _ => plain.push(sign),
        }
    }
    plain
}

/// More variables than this are not followed.
const MOST_LOOKUPS: usize = 50;

/// Walks over a command line.
pub(super) struct Shell<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    cmd: bool,
    /// What is left of variables that nothing assigns.
    pub(super) holes: Vec<String>,
    /// What the command reads, where the text holds it.
    pub(super) input: Option<String>,
    /// The file that the command writes.
    pub(super) output: Option<String>,
    lookups: usize,
}

impl<'a> Shell<'a> {
    pub(super) fn new(text: &'a str, at: usize, cmd: bool) -> Self {
        let lookups = MOST_LOOKUPS;
        Self { text, at, cmd, holes: Vec::new(), input: None, output: None, lookups }
    }

    /// Another command of the same text, which may follow fewer variables.
    pub(super) fn another(&mut self, at: usize) -> Self {
        self.lookups = self.lookups.saturating_sub(1);
        Self { lookups: self.lookups / 8, ..Self::new(self.text, at, self.cmd) }
    }

    /// The text not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Steps over the next sign.
    pub(super) fn bump(&mut self) -> Option<char> {
        let sign = self.rest().chars().next()?;
        self.at += sign.len_utf8();
        Some(sign)
    }

    /// The next word; `None` at the end of the command.
    pub(super) fn word(&mut self) -> Result<Option<String>, String> {
        self.blanks();
        let mut word = String::new();
        let mut any = false;
        while let Some(sign) = self.rest().chars().next() {
            match sign {
                ' ' | '\t' | '\n' => break,
                ';' | '|' | '&' | ')' | '`' if !self.cmd => break,
                '<' | '>' if !self.cmd && !self.is_placeholder() => {
                    // A number before it says which stream is meant.
                    if any && word.chars().any(|it| !it.is_ascii_digit()) {
                        break;
                    }
                    self.redirection()?;
                    self.blanks();
                    (any, word) = (false, String::new());
                    continue;
                }
                '#' if !any => break,
                _ => {}
            }
            any = true;
            self.at += sign.len_utf8();
            match sign {
                '"' if self.cmd => self.argument_of_cmd(&mut word)?,
                '\\' if self.cmd => self.backslashes_of_cmd(&mut word),
                '\'' if !self.cmd => {
                    let inside =
                        self.rest().split_once('\'').ok_or("A closing quote is missing.")?.0.to_owned();
                    self.at += inside.len() + 1;
                    word.push_str(&inside);
                }
                '"' => self.double_quoted(&mut word)?,
                '$' if !self.cmd && self.rest().starts_with('\'') => {
                    self.at += 1;
                    self.ansi(&mut word)?;
                }
                '$' if !self.cmd => self.variable(&mut word)?,
                '\\' => {
                    if let Some(next) = self.bump().filter(|it| *it != '\n') {
                        word.push(next);
                    }
                }
                _ => word.push(sign),
            }
        }
        Ok(any.then_some(word))
    }

    /// Skips spaces and line continuations.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            // PowerShell's and cmd's own signs for a line that goes on are taken too: `curl.exe` is at home there.
            let continued = ["\\\n", "`\n", "^\n"].iter().find(|it| self.rest().starts_with(**it));
            match continued {
                Some(it) => self.at += it.len(),
                None => return,
            }
        }
    }

    /// True for documentation's `<livy-url>`.
    fn is_placeholder(&self) -> bool {
        let rest = self.rest();
        rest.starts_with('>')
            && self.text[..self.at].rsplit('<').next().is_some_and(|it| !it.contains(char::is_whitespace))
            || rest.find('>').is_some_and(|end| {
                end > 1
                    && !rest[..end].contains(char::is_whitespace)
                    && !rest[1..end].contains(['<', '&', '\''])
            })
    }

    /// Between double quotes in bash (its manual, 3.1.2.3).
    fn double_quoted(&mut self, word: &mut String) -> Result<(), String> {
        loop {
            match self.bump().ok_or("A closing quote is missing.")? {
                '"' => return Ok(()),
                '\\' => match self.bump() {
                    Some('\n') => {}
                    Some(it @ ('"' | '\\' | '$' | '`')) => word.push(it),
                    next => {
                        word.push('\\');
                        word.extend(next);
                    }
                },
                '$' => self.variable(word)?,
                sign => word.push(sign),
            }
        }
    }

    /// Between `$'` and `'`.
    fn ansi(&mut self, word: &mut String) -> Result<(), String> {
        loop {
            match self.bump().ok_or("A closing quote is missing.")? {
                '\'' => return Ok(()),
                '\\' => {
                    let mut signs = self.text.get(self.at..).unwrap_or_default().chars();
                    let read = unescape(&mut signs, Quotes::Ansi, word);
                    self.at = self.text.len() - signs.as_str().len();
                    read.map_err(|fault| format!("In the quotes, {fault}."))?;
                }
                sign => word.push(sign),
            }
        }
    }

    /// `$name`, `${name}`, `${name:-usual}`; what nothing assigns stays as it is written, and is remembered.
    pub(super) fn variable(&mut self, word: &mut String) -> Result<(), String> {
        let start = self.at - 1;
        let mut usual = None;
        let name = if self.rest().starts_with('{') {
            let inside = self.rest()[1..].split('}').next().unwrap_or_default().to_owned();
            self.at = (self.at + inside.len() + 2).min(self.text.len());
            match inside.split_once(":-") {
                Some((name, text)) => {
                    usual = Some(text.to_owned());
                    name.to_owned()
                }
                None => inside,
            }
        } else if self.rest().starts_with('(') {
            let end = self.rest().find(')').map_or(self.text.len(), |it| self.at + it + 1);
            self.at = end;
            String::new()
        } else {
            let rest = self.rest();
            let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_')).unwrap_or(rest.len());
            let name = rest[..end].to_owned();
            self.at += end;
            name
        };
        let written = self.text.get(start..self.at).unwrap_or_default().to_owned();
        if written == "$" {
            word.push('$');
            return Ok(());
        }
        match self.assigned(&name, start)?.or(usual) {
            Some(value) => word.push_str(&value),
            None => {
                word.push_str(&written);
                self.holes.push(written);
            }
        }
        Ok(())
    }

    /// The value that the text itself gives a variable before.
    fn assigned(&mut self, name: &str, before: usize) -> Result<Option<String>, String> {
        if name.is_empty() || self.lookups == 0 {
            return Ok(None);
        }
        self.lookups -= 1;
        let assigns = |line: &str| {
            let line = line.trim_start();
            let bare = ["export ", "local ", "readonly "].iter().find_map(|it| line.strip_prefix(it));
            bare.unwrap_or(line).strip_prefix(name).is_some_and(|it| it.starts_with('='))
        };
        let mut at = 0;
        let mut last = None;
        for line in self.text.get(..before).unwrap_or_default().split_inclusive('\n') {
            if assigns(line) {
                last = line.find('=').map(|it| at + it + 1);
            }
            at += line.len();
        }
        let Some(value) = last.filter(|it| *it <= before) else { return Ok(None) };
        let back = std::mem::replace(&mut self.at, value);
        let word = self.word();
        self.at = back;
        Ok(Some(word?.unwrap_or_default()))
    }

    /// From quote to quote as Windows' programs take their command line apart: two quotes within are one.
    fn argument_of_cmd(&mut self, word: &mut String) -> Result<(), String> {
        loop {
            match self.bump().ok_or("A closing quote is missing.")? {
                '"' if self.rest().starts_with('"') => {
                    self.at += 1;
                    word.push('"');
                }
                '"' => return Ok(()),
                '\\' => self.backslashes_of_cmd(word),
                sign => word.push(sign),
            }
        }
    }

    /// Backslashes count only before a quote: two make one, and one makes the quote a sign.
    fn backslashes_of_cmd(&mut self, word: &mut String) {
        let more = self.rest().len() - self.rest().trim_start_matches('\\').len();
        self.at += more;
        let count = more + 1;
        if !self.rest().starts_with('"') {
            word.push_str(&"\\".repeat(count));
            return;
        }
        word.push_str(&"\\".repeat(count / 2));
        if count % 2 == 1 {
            self.at += 1;
            word.push('"');
        }
    }
}
