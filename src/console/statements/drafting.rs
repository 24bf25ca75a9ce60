//! What stands in the editor, and what was put aside from it. Until it has run it is nowhere else.

use livy::Kind;

use super::{Entry, Run, Statements};

impl Statements {
    /// What stands in the editor.
    pub fn draft(&self) -> &str {
        &self.draft
    }

    /// The language of what stands in the editor: the one that was chosen, or the session's own. `None` where every statement names its
    /// own, and none was chosen.
    pub fn draft_language(&self) -> Option<Kind> {
        self.chosen.or_else(|| self.own_language())
    }

    fn own_language(&self) -> Option<Kind> {
        self.session.kind().and_then(Kind::parse).filter(|it| *it != Kind::Shared)
    }

    /// The language that one was sent with from this page.
    pub(super) fn language_named(&self, entry: &Entry) -> Option<Kind> {
        self.languages.iter().find(|it| Some(it.0) == entry.mark).map(|it| it.1)
    }

    /// The language in which one ran, as far as can be told: that it was sent with, or else most likely the session's own.
    pub fn ran_in(&self, entry: &Entry) -> Option<Kind> {
        self.language_named(entry).or_else(|| self.own_language())
    }

    /// The language that this code had when it was put aside from the editor, or was last sent from this page; `None`: not known.
    pub fn language_of(&self, code: &str) -> Option<Kind> {
        let aside = self.languages_aside.iter().rfind(|it| it.0 == code).map(|it| it.1);
        let sent = || {
            let is_it = |it: &&Entry| it.code() == Some(code);
            self.entries.iter().rev().filter(is_it).find_map(|it| self.language(it.id()))
        };
        aside.or_else(sent)
    }

    /// What was put aside from the editor to make room for something else, the latest last.
    pub fn set_aside(&self) -> &[String] {
        &self.set_aside
    }

    /// This stands in the editor now. What was put aside and is back is not aside any more.
    pub(super) fn drafted(&mut self, code: String) {
        self.set_aside.retain(|it| *it != code);
        if code != self.draft {
            self.completion = None;
        }
        self.draft = code;
    }

    /// Something else takes the place of this in the editor, which is of this language.
    pub(super) fn put_aside(&mut self, code: String, language: Option<Kind>) {
        self.set_aside.retain(|it| *it != code);
        if !code.trim().is_empty() {
            self.languages_aside.retain(|it| it.0 != code);
            self.languages_aside.extend(language.map(|it| (code.clone(), it)));
            self.set_aside.push(code);
        }
    }

    /// True where something was typed that was never run.
    pub(super) fn has_unrun_code(&self) -> bool {
        let mut all = self.set_aside.iter().chain([&self.draft]);
        all.any(|it| !it.trim().is_empty() && !self.has_run(it))
    }

    /// True once the server has it.
    fn has_run(&self, code: &str) -> bool {
        let is_it = |it: &Entry| it.origin.is_own() && it.code() == Some(code);
        let arrived = |it: &Run| it.code == code && it.has_arrived();
        self.run.as_ref().is_some_and(arrived) || self.entries.iter().any(is_it)
    }
}
