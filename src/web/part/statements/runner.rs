//! A press of "Run", from what is said before it to what it came to. The machine alone decides what is sent.

use console::{CodeProblem, Event, Press, code_problems};
use leptos::prelude::*;
use livy::Kind;

use crate::web::console::Console;

/// What is said of the last press.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Nothing.
    Nothing,
    /// What is wrong with the code that was pressed. Without an error among it, [`Runner::run_all_the_same`] sends it.
    Problems(Vec<CodeProblem>),
    /// What the machine made of it.
    Press(Press),
}

/// The way to run code.
#[derive(Clone, Copy)]
pub struct Runner {
    console: Console,
    /// What is said of the last press.
    pub said: RwSignal<Said>,
    /// How often something was sent.
    pub sent: RwSignal<usize>,
    /// What was pressed last: the code and its language.
    last: StoredValue<Option<(String, Option<Kind>)>>,
}

impl Runner {
    /// Nothing was pressed yet.
    pub fn new(console: Console) -> Self {
        Self {
            console,
            said: RwSignal::new(Said::Nothing),
            sent: RwSignal::new(0),
            last: StoredValue::new(None),
        }
    }

    /// "Run" was pressed. What is certain to fail is not sent; what may do harm is sent by a second press
    /// of the same, or by [`Runner::run_all_the_same`].
    pub fn run(self, code: String, kind: Option<Kind>) {
        self.run_whole(code, kind, true);
    }

    /// The same with code of which the browser may have only half a character, where it is not `is_whole`.
    pub fn run_whole(self, code: String, kind: Option<Kind>, is_whole: bool) {
        let pressed = (code, kind);
        let is_same = self.last.with_value(|it| it.as_ref() == Some(&pressed));
        let was_warned = is_same && self.said.with_untracked(|it| matches!(it, Said::Problems(_)));
        let mut problems = code_problems(&pressed.0, kind);
        problems.extend((!is_whole).then_some(CodeProblem::HalfCharacter));
        let outside = kind.filter(|it| !self.console.form.allows_kind(*it));
        problems.extend(outside.map(CodeProblem::OutsidePolicy));
        self.last.set_value(Some(pressed.clone()));
        if problems.iter().any(|it| it.is_error()) || !problems.is_empty() && !was_warned {
            self.said.set(Said::Problems(problems));
        } else {
            self.send(pressed, false);
        }
    }

    /// What was pressed is sent though it was warned of, be it the editor's code or that of a statement.
    pub fn run_all_the_same(self) {
        let is_warned = self
            .said
            .with_untracked(|it| matches!(it, Said::Problems(all) if !all.iter().any(|it| it.is_error())));
        if let Some(pressed) = self.last.get_value().filter(|_| is_warned) {
            self.send(pressed, false);
        }
    }

    /// The same text runs already, and the person wants it a second time.
    pub fn run_again(self) {
        if let Some(pressed) = self.last.get_value() {
            self.send(pressed, true);
        }
    }

    fn send(self, (code, kind): (String, Option<Kind>), again: bool) {
        // A question about it is about this, wherever it was pressed.
        self.last.set_value(Some((code.clone(), kind)));
        self.console.tell(Event::RunAsked { code, kind, again });
        let press = self.console.look(|model| model.statements()?.press());
        if press == Some(Press::Sent) {
            self.sent.update(|it| *it += 1);
        }
        self.said.set(press.map_or(Said::Nothing, Said::Press));
    }

    /// What Livy does not have is sent once more, by the person's wish.
    pub fn send_again(self) {
        let sent = self.console.look(|model| {
            let run = model.statements()?.run()?;
            Some((run.code.clone(), run.kind))
        });
        if let Some(sent) = sent {
            self.send(sent, false);
        }
    }

    /// The body of a cell that names its language on its first line runs in that language.
    pub fn run_body(self, kind: Kind) {
        let Some((code, _)) = self.last.get_value() else { return };
        let body = code.trim_start().split_once('\n').map_or("", |it| it.1);
        self.run(body.to_owned(), Some(kind));
    }

    /// The code is another one: what was said of it is not true any more.
    pub fn forget(self) {
        if self.said.with_untracked(|it| *it != Said::Nothing) {
            self.said.set(Said::Nothing);
        }
    }
}
