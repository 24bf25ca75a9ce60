//! What a command reads and writes: `<<EOF`, `<<<`, `$(cat ...)`, a pipe from `echo`, and files that the text itself writes.

use super::shell::Shell;
use form::sort;

/// What a command reads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Input {
    Text(String),
    File(String),
}

/// The commands that print what the text holds.
const PRINTERS: [&str; 4] = ["cat", "echo", "printf", "tee"];

impl Shell<'_> {
    fn eat(&mut self, signs: &str) -> bool {
        let found = self.rest().starts_with(signs);
        self.at += if found { signs.len() } else { 0 };
        found
    }

    /// `<`, `<<`, `<<<`, `>` or `>>` with the word after it.
    pub(super) fn redirection(&mut self) -> Result<(), String> {
        if self.eat("<<<") {
            self.input = self.word()?.map(Input::Text);
        } else if self.eat("<<") {
            self.heredoc()?;
        } else if self.eat("<") {
            self.input = self.word()?.map(Input::File);
        } else {
            self.bump();
            // `>&2` is another stream.
            let stream = !self.eat(">") && self.eat("&");
            let word = self.word()?;
            if !stream {
                self.output = word;
            }
        }
        Ok(())
    }

    /// The lines from the next on to the mark. Without quotes around the mark, variables in them are replaced.
    fn heredoc(&mut self) -> Result<(), String> {
        let tabs = self.eat("-");
        let start = self.at;
        let Some(mark) = self.word()? else { return Ok(()) };
        let after = self.at;
        let quoted = self.text.get(start..after).is_some_and(|it| it.contains(['\'', '"', '\\']));
        let ends = self.text.match_indices('\n').map(|it| it.0);
        let Some(line) = { ends }.find(|it| *it >= after && !self.text[..*it].ends_with('\\')) else {
            return Ok(());
        };
        let from = line + 1;
        let mut to = from;
        for line in self.text[from..].split_inclusive('\n') {
            if line.trim() == mark {
                let body = if quoted { self.text[from..to].to_owned() } else { self.expanded(from, to)? };
                let plain = |it: &str| it.trim_start_matches('\t').to_owned();
                let body = if tabs { body.split_inclusive('\n').map(plain).collect() } else { body };
                self.input = Some(Input::Text(body));
                self.after_input = Some(to + line.len());
                break;
            }
            to += line.len();
        }
        self.at = after;
        Ok(())
    }

    /// Lines with their variables replaced, as far as the text assigns them.
    fn expanded(&mut self, from: usize, to: usize) -> Result<String, String> {
        let mut text = String::new();
        self.at = from;
        while self.at < to {
            match self.bump() {
                Some('$') => self.variable(&mut text)?,
                Some('\\') if self.rest().starts_with(['$', '`', '\\']) => text.extend(self.bump()),
                Some('\\') if self.eat("\n") => {}
                sign => text.extend(sign),
            }
        }
        Ok(text)
    }

    /// What `$(cat ...)` gives, from its bracket on; `None` for any other command.
    pub(super) fn substitution(&mut self) -> Result<Option<String>, String> {
        let mut inner = self.another(self.at + 1);
        let printed = inner.printed()?;
        let end = inner.after_input.unwrap_or(inner.at);
        let rest = self.text.get(end..).unwrap_or_default();
        let closing = rest.len() - rest.trim_start().len();
        Ok(match printed {
            Some(text) if rest[closing..].starts_with(')') => {
                self.at = end + closing + 1;
                self.holes.append(&mut inner.holes);
                Some(text.trim_end_matches('\n').to_owned())
            }
            _ => None,
        })
    }

    /// What the command that starts here prints, if the text contains it.
    fn printed(&mut self) -> Result<Option<String>, String> {
        let start = self.at;
        let mut words = Vec::new();
        while let Some(word) = self.word()? {
            words.push(word);
        }
        let mut words = words.into_iter();
        let name = words.next();
        let mut words: Vec<String> =
            words.filter(|it| !matches!(it.as_str(), "-" | "-n" | "-e" | "-r")).collect();
        Ok(match (name.as_deref(), words.as_mut_slice()) {
            (Some("echo"), _) => Some(words.join(" ")),
            (Some("printf"), [form]) if !form.contains('%') => Some(std::mem::take(form)),
            (Some("printf"), [form, text]) if form.trim_end_matches("\\n") == "%s" => {
                Some(std::mem::take(text))
            }
            (Some("tee"), [file]) => {
                self.output = Some(std::mem::take(file));
                self.read_by(start)?
            }
            (Some("cat"), [file]) => self.file(file, start)?,
            // `$(<file)`
            (Some("cat") | None, []) => self.read_by(start)?,
            _ => None,
        })
    }

    /// The input of the command at a place: its own lines, a file, or what is piped to it.
    pub(super) fn read_by(&mut self, at: usize) -> Result<Option<String>, String> {
        match self.input.take() {
            Some(Input::Text(text)) => Ok(Some(text)),
            Some(Input::File(file)) => self.file(&file, at),
            None => self.printer(at, |it| {
                let between = it.text.get(it.at..at).unwrap_or_default();
                between.trim_start().strip_prefix('|').is_some_and(|it| it.trim().is_empty())
            }),
        }
    }

    /// What the text writes to a file before a place.
    pub(super) fn file(&mut self, name: &str, before: usize) -> Result<Option<String>, String> {
        let name = name.trim_start_matches("./");
        self.printer(before, |it| it.output.as_deref().is_some_and(|it| it.trim_start_matches("./") == name))
    }

    /// What the last command before a place prints that `is` wants.
    fn printer(&mut self, before: usize, is: impl Fn(&Shell<'_>) -> bool) -> Result<Option<String>, String> {
        let text = self.text.get(..before).unwrap_or_default();
        let mut starts: Vec<usize> =
            PRINTERS.iter().flat_map(|it| text.match_indices(it)).map(|it| it.0).collect();
        sort(&mut starts, |one, other| one > other);
        for at in starts {
            let begins =
                text[..at].chars().next_back().is_none_or(|it| it.is_whitespace() || "|;&({$".contains(it));
            if !begins || self.is_tired() {
                continue;
            }
            let mut command = self.another(at);
            if let Ok(Some(printed)) = command.printed()
                && is(&command)
            {
                self.holes.append(&mut command.holes);
                return Ok(Some(printed));
            }
        }
        Ok(None)
    }
}
