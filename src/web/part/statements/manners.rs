//! The keys of the editor, and what is pasted into it.

use std::ops::Range;

use console::{Edit, Event, PersonKey, commented, indented, new_line, outdented, pasted, without_prompts};
use leptos::html;
use leptos::prelude::*;
use livy::Kind;
use web_sys::{ClipboardEvent, HtmlTextAreaElement, KeyboardEvent};

use crate::web::browser::{storage, typing};
use crate::web::console::Console;
use crate::web::part::statements::earlier::Earlier;

/// Keys that are held while another is pressed.
pub const MODIFIERS: [&str; 9] =
    ["Shift", "Control", "Alt", "AltGraph", "Meta", "OS", "CapsLock", "NumLock", "Fn"];

/// What the person is told of a paste.
#[derive(Clone, Debug, PartialEq)]
pub enum PasteSaid {
    /// Nothing.
    Nothing,
    /// So many blanks of other kinds have become plain ones.
    Blanks(usize),
    /// The text has the prompts of an interpreter; this is it without them.
    Prompts {
        /// As it was pasted.
        with: String,
        /// The code alone.
        without: String,
    },
}

/// How the keys of one editor behave.
#[derive(Clone, Copy)]
pub struct Manners {
    console: Console,
    /// The text area.
    pub area: NodeRef<html::Textarea>,
    /// The language of the code.
    pub kind: RwSignal<Option<Kind>>,
    /// Whether the tab key indents, by the person's choice. It moves the focus otherwise.
    pub tab_indents: RwSignal<bool>,
    /// Whether long lines are wrapped, by the person's choice.
    pub wraps: RwSignal<bool>,
    /// What is said of the last paste.
    pub paste: RwSignal<PasteSaid>,
    earlier: Earlier,
    /// After Escape the next tab key moves the focus, whatever is chosen.
    leaves: StoredValue<bool>,
}

impl Manners {
    /// With the choices of this browser.
    pub fn new(
        console: Console,
        area: NodeRef<html::Textarea>,
        kind: RwSignal<Option<Kind>>,
        earlier: Earlier,
    ) -> Self {
        Self {
            console,
            area,
            kind,
            tab_indents: RwSignal::new(storage::read(PersonKey::TabIndents).is_some()),
            wraps: RwSignal::new(storage::read(PersonKey::WrapCode).is_some()),
            paste: RwSignal::new(PasteSaid::Nothing),
            earlier,
            leaves: StoredValue::new(false),
        }
    }

    /// The person's choice about the tab key.
    pub fn choose_tab(self, indents: bool) {
        storage::write(PersonKey::TabIndents, indents.then_some("on"));
        self.tab_indents.set(indents);
    }

    /// The person's choice about long lines.
    pub fn choose_wrap(self, wraps: bool) {
        storage::write(PersonKey::WrapCode, wraps.then_some("on"));
        self.wraps.set(wraps);
    }

    /// Another language for what stands in the editor, where one is known and may be chosen.
    pub fn choose_kind(self, kind: Option<Kind>) {
        if let Some(kind) = kind.filter(|it| self.console.form.allows_kind(*it)) {
            self.kind.set(Some(kind));
            self.console.tell(Event::LanguageChosen(kind));
        }
    }

    /// Earlier code comes in its own language.
    fn recalled(self, code: String) -> String {
        self.choose_kind(self.console.look(|model| model.statements()?.language_of(&code)));
        code
    }

    fn element(self) -> Option<HtmlTextAreaElement> {
        self.area.get_untracked()
    }

    /// Puts a text into the editor, as if it had been typed.
    pub fn put(self, text: &str) {
        if let Some(area) = self.element() {
            typing::replace_all(&area, text);
        }
    }

    /// A key was pressed that does not run anything.
    pub fn keyed(self, event: &KeyboardEvent) {
        let Some(area) = self.element() else { return };
        // Read only for a key that changes something: the code may be long.
        let changed = |change: &dyn Fn(&str, Range<usize>) -> Option<Edit>| {
            change(&area.value(), typing::selected(&area))
        };
        let left = self.leaves.get_value();
        // The Shift of Shift+Tab is a key of its own before it.
        if !MODIFIERS.contains(&event.key().as_str()) {
            self.leaves.set_value(event.key() == "Escape");
        }
        let is_command = event.ctrl_key() || event.meta_key();
        let edit = match (event.key().as_str(), is_command, event.alt_key(), event.shift_key()) {
            _ if event.is_composing() => None,
            ("Enter", false, false, false) => changed(&new_line),
            ("]", true, false, false) => changed(&indented),
            ("[", true, false, false) => changed(&outdented),
            ("/", true, false, _) => changed(&|code, at| commented(code, at, self.kind.get_untracked())),
            ("Tab", false, false, is_back) if self.tab_indents.get_untracked() && !left => {
                if is_back {
                    changed(&outdented)
                } else {
                    changed(&indented)
                }
            }
            ("ArrowUp", false, true, false) => {
                changed(&|code, _| Some(whole(code, self.recalled(self.earlier.back(code)?))))
            }
            ("ArrowDown", false, true, false) => {
                changed(&|code, _| Some(whole(code, self.recalled(self.earlier.on(code)?))))
            }
            _ => None,
        };
        if let Some(edit) = edit {
            event.prevent_default();
            typing::make(&area, &edit);
        }
    }

    /// Something is pasted.
    pub fn pasted(self, event: &ClipboardEvent) {
        let data = event.clipboard_data().and_then(|it| it.get_data("text/plain").ok());
        let (Some(area), Some(data)) = (self.element(), data) else { return };
        let clean = pasted(&data);
        let without = without_prompts(&clean.text);
        self.paste.set(match without {
            Some(without) => PasteSaid::Prompts { with: clean.text.clone(), without },
            None if clean.odd_blanks > 0 => PasteSaid::Blanks(clean.odd_blanks),
            None => PasteSaid::Nothing,
        });
        if clean.odd_blanks > 0 {
            event.prevent_default();
            let range = typing::selected(&area);
            let at = range.start + clean.text.len();
            typing::make(&area, &Edit { range, text: clean.text, select: at..at });
        }
    }

    /// The prompts that were pasted are taken off.
    pub fn take_prompts_off(self) {
        let PasteSaid::Prompts { with, without } = self.paste.get_untracked() else { return };
        self.paste.set(PasteSaid::Nothing);
        let Some(area) = self.element() else { return };
        if let Some(at) = area.value().rfind(&with) {
            let end = at + without.len();
            typing::make(&area, &Edit { range: at..at + with.len(), text: without, select: end..end });
        }
    }
}

/// Another text in the place of all of this one.
fn whole(code: &str, text: String) -> Edit {
    let end = text.len();
    Edit { range: 0..code.len(), text, select: end..end }
}
