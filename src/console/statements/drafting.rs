//! What stands in the editor, and what was put aside from it. Until it has run it is nowhere else.

use super::{Entry, Origin, Run, Statements};

impl Statements {
    /// What stands in the editor.
    pub fn draft(&self) -> &str {
        &self.draft
    }

    /// What was put aside from the editor to make room for something else, the latest last.
    pub fn set_aside(&self) -> &[String] {
        &self.set_aside
    }

    /// This stands in the editor now. What was put aside and is back is not aside any more.
    pub(super) fn drafted(&mut self, code: String) {
        self.set_aside.retain(|it| *it != code);
        self.draft = code;
    }

    /// Something else takes the place of this in the editor.
    pub(super) fn put_aside(&mut self, code: String) {
        self.set_aside.retain(|it| *it != code);
        if !code.trim().is_empty() {
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
        let is_it = |it: &Entry| it.origin != Origin::Elsewhere && it.code() == Some(code);
        let arrived = |it: &Run| it.code == code && it.has_arrived();
        self.run.as_ref().is_some_and(arrived) || self.entries.iter().any(is_it)
    }
}
