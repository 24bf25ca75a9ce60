//! Names that the code could go on with, below the editor. The text area keeps the focus: the list is controlled from there (WAI-ARIA
//! 1.2, `aria-activedescendant`), and whatever else is done closes it.

use console::{Completion, Event, NotAsked, completed};
use leptos::html;
use leptos::prelude::*;
use livy::{CallError, Kind};
use web_sys::{KeyboardEvent, MouseEvent};

use crate::web::browser::{scroll, typing};
use crate::web::console::Console;
use crate::web::part::statements::manners::MODIFIERS;
use crate::web::reactive::{Seen, dynamic, effect, text};
use crate::web::words::statements as words;

/// So many names are drawn: there can be nine hundred.
const DRAWN: usize = 50;
/// So many names a page of the list has for the keys.
const PAGE: usize = 8;
/// The element that holds them.
const LIST_ID: &str = "lc-names";

/// What fits where the caret is.
#[derive(Clone, Copy)]
pub struct Completing {
    console: Console,
    area: NodeRef<html::Textarea>,
    kind: RwSignal<Option<Kind>>,
    seen: Seen<Option<Completion>>,
    /// The one that Enter takes.
    active: RwSignal<usize>,
    /// How often it was asked for here.
    asked: RwSignal<usize>,
}

impl Completing {
    /// Nothing was asked yet.
    pub fn new(console: Console, area: NodeRef<html::Textarea>, kind: RwSignal<Option<Kind>>) -> Self {
        let seen = console.see(|model| model.statements()?.completion().cloned());
        let active = RwSignal::new(0);
        let it = Self { console, area, kind, seen, active, asked: RwSignal::new(0) };
        effect(move || {
            if it.seen.with(|it| count(it.as_ref()) > 0) {
                active.set(0);
                scroll::into_view_soon(format!("#{LIST_ID}"));
            }
        });
        it
    }

    /// True where a key was for this alone.
    pub fn keyed(self, event: &KeyboardEvent) -> bool {
        let (key, is_shifted) = (event.key(), event.shift_key());
        let is_plain = !(event.alt_key() || event.meta_key());
        if event.ctrl_key() && is_plain && !is_shifted && event.code() == "Space" {
            event.prevent_default();
            // A key that is held down presses once.
            if !event.repeat() {
                self.ask();
            }
            return true;
        }
        if event.is_composing()
            || MODIFIERS.contains(&key.as_str())
            || self.seen.with_untracked(Option::is_none)
        {
            return false;
        }
        let drawn = self.seen.with_untracked(|it| count(it.as_ref())).min(DRAWN);
        let is_open = drawn > 0 && is_plain && !event.ctrl_key() && !is_shifted;
        let at = self.active.get_untracked();
        let next = match key.as_str() {
            _ if !is_open => None,
            "ArrowDown" => Some((at + 1) % drawn),
            "ArrowUp" => Some((at + drawn - 1) % drawn),
            "PageDown" => Some((at + PAGE).min(drawn - 1)),
            "PageUp" => Some(at.saturating_sub(PAGE)),
            "Home" => Some(0),
            "End" => Some(drawn - 1),
            _ => None,
        };
        match (next, key.as_str()) {
            (Some(next), _) => {
                self.active.set(next);
                scroll::into_view_soon(format!("#{}", option_id(next)));
            }
            (None, "Enter" | "Tab") if is_open => self.take(at),
            (None, "Escape") if is_open => self.leave(),
            _ => {
                self.leave();
                return false;
            }
        }
        event.prevent_default();
        true
    }

    fn ask(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let at = typing::selected(&area).end;
        let kind = self.kind.get_untracked();
        self.console.tell(Event::CompletionAsked { code: area.value(), at, kind });
        if self.seen.with_untracked(|it| *it == Some(Completion::Asked)) {
            self.asked.update(|it| *it += 1);
        }
    }

    /// Nobody wants to know any more.
    pub fn leave(self) {
        // An editor that goes loses its focus, too.
        if self.seen.try_with_untracked(Option::is_some) == Some(true) {
            self.console.tell(Event::CompletionLeft);
        }
    }

    /// Puts a name into the code, where the caret is still there that it was asked for.
    fn take(self, number: usize) {
        let Some(Completion::Names(names, at)) = self.seen.get_untracked() else { return };
        self.leave();
        if let Some(area) = self.area.get_untracked().filter(|it| typing::selected(it).end == at)
            && let Some(name) = names.get(number)
        {
            typing::make(&area, &completed(&area.value(), at, name));
        }
    }

    /// `aria-autocomplete` of the text area.
    pub fn offers(self) -> Option<String> {
        (self.kind.get() == Some(Kind::Spark)).then(|| "list".to_owned())
    }

    /// `aria-controls` of the text area.
    pub fn controls(self) -> Option<String> {
        self.seen.with(|it| count(it.as_ref()) > 0).then(|| LIST_ID.to_owned())
    }

    /// `aria-activedescendant` of the text area.
    pub fn active(self) -> Option<String> {
        let at = self.active.get();
        self.seen.with(|it| count(it.as_ref()) > at).then(|| option_id(at))
    }

    /// The list, and what is said of it.
    pub fn draw(self) -> AnyView {
        let said = move || {
            let (mut said, was_sent) = self.seen.with(|it| {
                let it = it.as_ref()?;
                Some((said(it), !matches!(it, Completion::NotAsked(_))))
            })?;
            if was_sent && self.asked.get() == 1 {
                said = [&said, " ", words::NAMES_RENEW].concat();
            }
            Some(view! { <p class="lc-help lc-names-said">{said}</p> }.into_any())
        };
        view! {
            {dynamic(move || self.list())}
            <div role="status">{dynamic(said)}</div>
        }
        .into_any()
    }

    fn list(self) -> Option<AnyView> {
        let names = self.seen.with(|it| match it {
            Some(Completion::Names(names, _)) if !names.is_empty() => Some(names.clone()),
            _ => None,
        })?;
        let options = names.iter().take(DRAWN).enumerate().map(|(at, name)| self.option(at, name.clone()));
        let more = names.len().checked_sub(DRAWN).filter(|it| *it > 0);
        let more = more.map(|it| view! { <p class="lc-help">{words::more_names(it)}</p> }.into_any());
        Some(
            view! {
                // A browser would make a list that scrolls a stop of Tab.
                <ul class="lc-names" role="listbox" id=LIST_ID aria-label=words::NAMES tabindex="-1">
                    {options.collect_view()}
                </ul>
                {more}
            }
            .into_any(),
        )
    }

    fn option(self, at: usize, name: String) -> AnyView {
        let selected = text(move || (self.active.get() == at).to_string());
        // Before the text area could lose the focus, and with it the list.
        let press: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
            event.prevent_default();
            self.take(at);
        });
        view! {
            <li role="option" id=option_id(at) aria-selected=selected on:mousedown=press>
                {name}
            </li>
        }
        .into_any()
    }
}

fn option_id(at: usize) -> String {
    format!("lc-name-{at}")
}

fn count(completion: Option<&Completion>) -> usize {
    match completion {
        Some(Completion::Names(names, _)) => names.len(),
        _ => 0,
    }
}

fn said(completion: &Completion) -> String {
    match completion {
        Completion::Asked => words::NAMES_ASKED.to_owned(),
        Completion::Names(names, _) => words::names(names.len()),
        Completion::NotAsked(NotAsked::OtherLanguage) => words::NAMES_OF_SCALA.to_owned(),
        Completion::NotAsked(NotAsked::Busy) => words::NAMES_BUSY.to_owned(),
        Completion::NotAsked(NotAsked::NotReady) => words::NAMES_NOT_READY.to_owned(),
        Completion::NotAsked(NotAsked::Unanswered) => words::NAMES_UNANSWERED.to_owned(),
        Completion::Failed(error) if error.has_no_such_call() => words::NAMES_UNKNOWN.to_owned(),
        Completion::Failed(error) => words::names_failed(error.status(), why(error)),
    }
}

fn why(error: &CallError) -> &str {
    // Of a Java trace the first line says it.
    error.words().and_then(|it| it.lines().next()).unwrap_or_default()
}
