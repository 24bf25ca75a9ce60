//! What a command reads and writes: `<<EOF`, `<<<`, and files that `cat` writes in the same text.

use super::shell::Shell;

impl Shell<'_> {
    fn eat(&mut self, signs: &str) -> bool {
        let found = self.rest().starts_with(signs);
        self.at += if found { signs.len() } else { 0 };
        found
    }

    /// `<`, `<<`, `<<<`, `>` or `>>` with the word after it.
    pub(super) fn redirection(&mut self) -> Result<(), String> {
        if self.eat("<<<") {
            self.input = self.word()?;
        } else if self.eat("<<") {
            self.heredoc()?;
        } else if self.eat("<") {
            self.word()?;
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
                self.input = Some(if tabs { body.split_inclusive('\n').map(plain).collect() } else { body });
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

    /// What the text writes to a file before a place: `cat > file <<EOF`.
    pub(super) fn file(&mut self, name: &str, before: usize) -> Result<Option<String>, String> {
        let text = self.text.get(..before).unwrap_or_default();
        for (at, _) in text.rmatch_indices("cat ") {
            let mut command = self.another(at);
            while command.word()?.is_some() {}
            let is_it =
                command.output.is_some_and(|it| it.trim_start_matches("./") == name.trim_start_matches("./"));
            if let (true, Some(lines)) = (is_it, command.input) {
                self.holes.append(&mut command.holes);
                return Ok(Some(lines));
            }
        }
        Ok(None)
    }
}
