//! One row of the list, made of elements that take another session in place: a person who scrolls through 40,000 of them passes a
//! hundred rows a second.

use console::{Column, ListedRow, Route, SessionRow};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

use crate::web::browser::link::{data_route, href};
use crate::web::part::state_mark;
use crate::web::words::{frame, list as words};

const SVG_NAMES: &str = "http://www.w3.org/2000/svg";

/// What a row is made of: tag, class, and the element that it is in, which is one before it.
const PARTS: [(&str, &str, usize); PART_COUNT] = [
    ("tr", "", 0),
    ("td", "lc-pick", 0),
    ("label", "", 1),
    ("input", "", 2),
    ("td", "", 0),
    ("span", "", 4),
    ("svg", "", 5),
    ("path", "lc-stroke", 6),
    ("path", "lc-filling", 6),
    ("span", "", 5),
    ("td", "lc-number lc-mono", 0),
    ("td", "lc-cell-name", 0),
    ("a", "", 11),
    ("span", "lc-yours", 11),
    ("span", "lc-cause", 11),
    ("td", "lc-wide", 0),
    ("td", "lc-wide", 0),
    ("td", "lc-wider lc-mono lc-muted", 0),
    ("td", "lc-widest", 0),
    ("td", "lc-widest", 0),
    ("td", "lc-widest lc-muted", 0),
];
const PART_COUNT: usize = 21;
const CHECK: usize = 3;
const STATE: usize = 5;
const SVG: usize = 6;
const SHAPES: [usize; 2] = [7, 8];
const WORD: usize = 9;
const ID: usize = 10;
const NAME: usize = 11;
const LINK: usize = 12;
const YOURS: usize = 13;
const CAUSE: usize = 14;
const KIND: usize = 15;
const OWNER: usize = 16;
const APPLICATION: usize = 17;
const MEMORY: usize = 18;
const CORES: usize = 19;
const SEEN: usize = 20;

/// A row in the document.
pub struct Row {
    /// Its element.
    pub element: HtmlElement,
    /// What it shows.
    shown: Option<(ListedRow, String)>,
    check: HtmlInputElement,
    /// As [`PARTS`] has them.
    parts: [Element; PART_COUNT],
}

impl Row {
    /// Without a session.
    pub fn new(document: &Document) -> Option<Self> {
        let mut parts: Vec<Element> = Vec::with_capacity(PART_COUNT);
        for (tag, class, parent) in PARTS {
            let part = match tag {
                "svg" | "path" => document.create_element_ns(Some(SVG_NAMES), tag),
                _ => document.create_element(tag),
            };
            let part = part.ok()?;
            attribute(&part, "class", Some(class).filter(|it| !it.is_empty()));
            if let Some(parent) = parts.get(parent) {
                parent.append_child(&part).ok()?;
            }
            parts.push(part);
        }
        let parts: [Element; PART_COUNT] = parts.try_into().ok()?;
        let element = parts[0].clone().dyn_into().ok()?;
        let check: HtmlInputElement = parts[CHECK].clone().dyn_into().ok()?;
        check.set_type("checkbox");
        // A size of its own: a row that is not read yet has no state whose style would give it one, and would be as high as it is wide.
        let size = [("viewBox", "0 0 14 14"), ("width", "14"), ("height", "14"), ("aria-hidden", "true")];
        for (name, value) in size {
            attribute(&parts[SVG], name, Some(value));
        }
        attribute(&parts[YOURS], "title", Some(words::CREATED_HERE));
        Some(Self { element, shown: None, check, parts })
    }

    /// True where it shows this session, or the unread row of this place.
    pub fn is_of(&self, wanted: &ListedRow) -> bool {
        let Some((shown, _)) = &self.shown else { return false };
        match (&shown.row, &wanted.row) {
            (Some(shown), Some(wanted)) => shown.id == wanted.id && shown.name() == wanted.name(),
            (None, None) => shown.index == wanted.index,
            _ => false,
        }
    }

    /// Its place in the list, counted from 0.
    pub fn index(&self) -> Option<usize> {
        self.shown.as_ref().map(|it| it.0.index)
    }

    /// The row as it is shown.
    pub fn shown(&self) -> Option<&ListedRow> {
        self.shown.as_ref().map(|it| &it.0)
    }

    /// Shows another session, or the same one as it is now. `seen` is when it was first seen here.
    pub fn show(&mut self, wanted: ListedRow, seen: &str) {
        // The browser ticks it by itself, whatever comes of the press.
        self.check.set_checked(wanted.is_picked);
        if self.shown.as_ref().is_some_and(|it| it.0 == wanted && it.1 == seen) {
            return;
        }
        let place = (wanted.index + 2).to_string();
        attribute(&self.element, "aria-rowindex", Some(&place));
        match wanted.row.as_deref() {
            Some(row) => self.show_session(row, &wanted, seen),
            None => self.show_unread(),
        }
        attribute(&self.element, "data-picked", wanted.is_picked.then_some(""));
        self.shown = Some((wanted, seen.to_owned()));
    }

    fn show_session(&self, row: &SessionRow, listed: &ListedRow, seen: &str) {
        let (id, state) = (row.id.as_str(), row.text(Column::State));
        self.element.set_class_name("");
        attribute(&self.element, "data-session-id", Some(id));
        attribute(&self.element, "data-session-state", Some(state));
        attribute(&self.check, "aria-label", Some(&words::select(id)));
        self.check.set_hidden(false);
        let shape = state_mark::shape(&row.state, listed.is_gone);
        attribute(&self.parts[STATE], "class", Some(shape.colour));
        for (at, path) in SHAPES.into_iter().zip([shape.stroke, shape.filling]) {
            attribute(&self.parts[at], "d", Some(path));
        }
        let route = Route::of(&row.id);
        attribute(&self.parts[LINK], "href", Some(&href(&route)));
        attribute(&self.parts[LINK], "data-route", data_route(&route).as_deref());
        // What this page has found goes before what the server says in its own words.
        let found = listed.cause.map(|it| (it.word, it.title));
        let cause = found.or_else(|| row.reason().map(|it| ("server", it)));
        attribute(&self.parts[CAUSE], "data-cause", cause.map(|it| it.0));
        let name = row.name().map_or_else(|| frame::unnamed(id), str::to_owned);
        // What does not fit is there for whoever points at it.
        let of_app = row.text(Column::Application);
        for (at, text, fits) in [(NAME, name.as_str(), 24), (ID, id, 8), (APPLICATION, of_app, 24)] {
            attribute(&self.parts[at], "title", Some(text).filter(|it| it.len() > fits));
        }
        let texts = [
            (WORD, state_mark::word(state, listed.is_gone)),
            (LINK, name),
            (YOURS, if listed.is_own { words::YOURS } else { "" }.to_owned()),
            (CAUSE, cause.map_or("", |it| it.1).to_owned()),
            (KIND, row.text(Column::Kind).to_owned()),
            (OWNER, words::owner(row.text(Column::Owner), row.text(Column::ProxyUser))),
            (APPLICATION, of_app.to_owned()),
            (MEMORY, words::memory(row)),
            (CORES, words::cores(row)),
            (SEEN, seen.to_owned()),
            (ID, id.to_owned()),
        ];
        for (at, text) in texts {
            say(&self.parts[at], &text);
        }
    }

    fn show_unread(&self) {
        self.element.set_class_name("lc-unread");
        self.check.set_hidden(true);
        let gone = [
            (0, "data-session-id"),
            (0, "data-session-state"),
            (LINK, "href"),
            (LINK, "data-route"),
            (CAUSE, "data-cause"),
            (SHAPES[0], "d"),
            (SHAPES[1], "d"),
            (NAME, "title"),
            (ID, "title"),
            (APPLICATION, "title"),
        ];
        for (at, name) in gone {
            attribute(&self.parts[at], name, None);
        }
        for at in [WORD, ID, YOURS, CAUSE, KIND, OWNER, APPLICATION, MEMORY, CORES, SEEN] {
            say(&self.parts[at], "");
        }
        say(&self.parts[LINK], words::UNREAD);
    }

    /// What takes the focus in it: its checkbox, or its link.
    pub fn target(&self, on_check: bool) -> HtmlElement {
        let link: &HtmlElement = self.parts[LINK].unchecked_ref();
        if on_check && !self.check.hidden() { self.check.clone().into() } else { link.clone() }
    }
}

/// Sets an attribute or takes it away, where that changes anything.
fn attribute(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() != value {
        // Refused only for names that are none.
        let _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
}

/// Sets the text, where it is another one: a selection in it stays otherwise.
fn say(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}
