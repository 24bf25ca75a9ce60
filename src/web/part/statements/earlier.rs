//! Walking through earlier code with the keys, and back to what was being typed.

use console::Event;
use leptos::prelude::{GetValue, SetValue, StoredValue};

use crate::web::console::Console;

/// How far back somebody has walked.
#[derive(Clone, Default)]
struct Walk {
    /// All that there is, the latest first.
    codes: Vec<String>,
    /// Which one is in the editor.
    at: usize,
    /// What stood there before.
    draft: String,
}

/// The way through earlier code.
#[derive(Clone, Copy)]
pub struct Earlier {
    console: Console,
    walk: StoredValue<Option<Walk>>,
}

impl Earlier {
    /// Nobody has walked yet.
    pub fn new(console: Console) -> Self {
        Self { console, walk: StoredValue::new(None) }
    }

    /// Something else takes the place of this: it can be had again, and it is not lost by leaving the page without a question.
    pub fn put_aside(self, code: String) {
        self.walk.set_value(None);
        self.console.tell(Event::SetAside(code));
    }

    /// The code before the one that is in the editor; `None` where there is none.
    pub fn back(self, now: &str) -> Option<String> {
        let mut walk = self.here(now).unwrap_or_else(|| self.begin(now));
        let next = if walk.codes.is_empty() { None } else { Some(walk.at) };
        let code = walk.codes.get(next?)?.clone();
        if walk.at == 0 {
            self.console.tell(Event::SetAside(now.to_owned()));
        }
        walk.at += 1;
        self.walk.set_value(Some(walk));
        Some(code)
    }

    /// The code after the one that is in the editor; in the end what was being typed.
    pub fn on(self, now: &str) -> Option<String> {
        let mut walk = self.here(now)?;
        walk.at = walk.at.checked_sub(1)?;
        let code = match walk.at.checked_sub(1) {
            Some(before) => walk.codes.get(before)?.clone(),
            None => walk.draft.clone(),
        };
        self.walk.set_value(Some(walk));
        Some(code)
    }

    /// The walk that is under way: it ends where something else stands in the editor by now.
    fn here(self, now: &str) -> Option<Walk> {
        let walk = self.walk.get_value()?;
        let shown = walk.at.checked_sub(1).and_then(|it| walk.codes.get(it)).unwrap_or(&walk.draft);
        (shown == now).then_some(walk)
    }

    fn begin(self, now: &str) -> Walk {
        let all = self.console.look(|model| {
            let statements = model.statements()?;
            let sent = statements.entries().iter().filter_map(|it| it.code().map(str::to_owned));
            Some(sent.chain(statements.set_aside().iter().cloned()).collect::<Vec<_>>())
        });
        let mut codes: Vec<String> = Vec::new();
        for code in all.unwrap_or_default().into_iter().rev() {
            if code != now && !code.trim().is_empty() && !codes.contains(&code) {
                codes.push(code);
            }
        }
        Walk { codes, at: 0, draft: now.to_owned() }
    }
}
