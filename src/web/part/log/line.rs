//! One row of the log in the page. Its text is the line's text and nothing else; its number and its fold are drawn by the style.
//!
//! Each poll can bring hundreds of rows, so they are written without the framework: an element whose line is no longer drawn
//! takes another line, which costs the browser a third of a new element.

use console::{Fold, Row, SectionLog, Span, as_shown, paint};
use livy::Section;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node};

use crate::web::words::log as say;

/// How much of a line is drawn, in bytes: a line of megabytes takes a browser seconds. A copy and a file have all of it.
const DRAWN: usize = 20_000;

/// Where the style's line numbers continue from (CSS Lists and Counters, §4.1).
const COUNTER: &str = "counter-reset";

/// What is drawn: a row of a section, and whether lines between it and the row before are left out.
pub type DrawnRow = (Section, Row, bool);

/// What a line looks like.
pub struct LineLook {
    text: Text,
    /// How many bytes of it are not drawn.
    left: usize,
    level: Option<&'static str>,
}

enum Text {
    Plain(String),
    Painted(Vec<Span>),
}

impl LineLook {
    /// Of a line that the log still has.
    pub fn of(log: &SectionLog, number: u64) -> Option<Self> {
        let line = log.line(number)?;
        let (text, left) = match paint(line).filter(|_| line.len() <= DRAWN) {
            Some(spans) => (Text::Painted(spans), 0),
            None => cut(&as_shown(line)),
        };
        Some(Self { text, left, level: log.level(number).map(console::Level::as_str) })
    }
}

/// What is drawn of a text, and how many bytes are not.
fn cut(text: &str) -> (Text, usize) {
    let end = if text.len() > DRAWN { text.floor_char_boundary(DRAWN) } else { text.len() };
    (Text::Plain(text.get(..end).unwrap_or_default().to_owned()), text.len() - end)
}

/// A row in the page.
pub struct LogLine {
    place: DrawnRow,
    /// Its element.
    pub element: HtmlElement,
    /// Its text node, where it holds nothing else, which is nearly always.
    plain: Option<Node>,
    level: Option<&'static str>,
    /// True for one that sets its own number; the style counts the following ones up from it.
    is_numbered: bool,
}

impl LogLine {
    /// A new one; `None` where the browser refuses to make an element.
    pub fn new(document: &Document, place: DrawnRow, look: Option<LineLook>) -> Option<Self> {
        let element: HtmlElement = document.create_element("div").ok()?.dyn_into().ok()?;
        set(&element, "data-log-section", place.0.as_str());
        let mut line = Self { place, element, plain: None, level: None, is_numbered: false };
        match place.1 {
            Row::Gap { after } => {
                set(&line.element, "class", "lc-gap");
                set(&line.element, "data-log-gap", "");
                if let Some(after) = after {
                    set(&line.element, "data-log-after", &after.to_string());
                }
                line.element.set_text_content(Some(gap(place.0)));
            }
            Row::Line { number, fold, is_hidden } => {
                set(&line.element, "class", class(is_hidden, place.2));
                line.say(document, number, fold, look);
            }
        }
        Some(line)
    }

    /// Numbers the row after the one before it, and returns its number. Counting up costs a browser far less than a number set on
    /// every row.
    pub fn count_on(&mut self, before: Option<u64>) -> Option<u64> {
        let Row::Line { number, .. } = self.place.1 else { return before };
        if !self.is_numbered && before.is_none_or(|it| it + 1 != number) {
            self.is_numbered = true;
            // Its own increment comes after it.
            let _ = self.element.style().set_property(COUNTER, &format!("lc-line {number}"));
        }
        Some(number)
    }

    /// The place of the row among others: by section, then from old to new.
    pub fn order(&self) -> (usize, u64) {
        order(&self.place)
    }

    /// True for one whose element can take any other line.
    pub fn can_turn(&self) -> bool {
        self.plain.is_some()
    }

    /// Becomes the row of another line.
    pub fn turn(&mut self, document: &Document, place: DrawnRow, look: Option<LineLook>) {
        let before = std::mem::replace(&mut self.place, place);
        if std::mem::take(&mut self.is_numbered) {
            let _ = self.element.style().remove_property(COUNTER);
        }
        if before.0 != place.0 {
            set(&self.element, "data-log-section", place.0.as_str());
        }
        if let Row::Line { number, fold, is_hidden } = place.1 {
            self.dress(before, is_hidden);
            self.say(document, number, fold, look);
        }
    }

    /// Remains the row of its line, whose fold and surroundings may have changed.
    pub fn stay(&mut self, document: &Document, place: DrawnRow, look: impl FnOnce() -> Option<LineLook>) {
        let before = std::mem::replace(&mut self.place, place);
        let (Row::Line { number, fold, is_hidden }, Row::Line { fold: last, .. }) = (place.1, before.1)
        else {
            return;
        };
        self.dress(before, is_hidden);
        let button = || self.element.query_selector(".lc-fold").ok().flatten();
        match (last, fold) {
            (last, fold) if last == fold => {}
            // The same button, because it may have the focus.
            (Some(_), Some(fold)) => {
                if let Some(button) = button() {
                    label(&button, fold);
                }
            }
            _ => self.say(document, number, fold, look()),
        }
    }

    fn dress(&self, before: DrawnRow, is_hidden: bool) {
        let was_hidden = matches!(before.1, Row::Line { is_hidden: true, .. });
        if (was_hidden, before.2) != (is_hidden, self.place.2) {
            set(&self.element, "class", class(is_hidden, self.place.2));
        }
    }

    fn say(&mut self, document: &Document, number: u64, fold: Option<Fold>, look: Option<LineLook>) {
        let LineLook { text, left, level } =
            look.unwrap_or(LineLook { text: Text::Plain(String::new()), left: 0, level: None });
        set(&self.element, "data-log-line", &number.to_string());
        if self.level != level {
            self.level = level;
            match level {
                Some(level) => set(&self.element, "data-level", level),
                None => {
                    let _ = self.element.remove_attribute("data-level");
                }
            }
        }
        match (&self.plain, &text) {
            (Some(node), Text::Plain(text)) if left == 0 && fold.is_none() => {
                node.set_node_value(Some(text));
                return;
            }
            (None, Text::Plain(text)) if left == 0 && fold.is_none() => {
                self.element.set_text_content(None);
                self.plain = add(&self.element, document.create_text_node(text).into());
                return;
            }
            _ => {}
        }
        self.plain = None;
        self.element.set_text_content(None);
        match text {
            Text::Plain(text) => {
                add(&self.element, document.create_text_node(&text).into());
            }
            Text::Painted(spans) => {
                for span in &spans {
                    add_element(document, &self.element, "span", |it| {
                        set(it, "class", &classes(span));
                        it.set_text_content(Some(&span.text));
                    });
                }
            }
        }
        if left > 0 {
            add_element(document, &self.element, "span", |it| {
                set(it, "class", "lc-cut");
                set(it, "data-left", &say::cut(left));
            });
        }
        if let Some(fold) = fold {
            add_element(document, &self.element, "button", |it| {
                set(it, "type", "button");
                set(it, "class", "lc-fold");
                label(it, fold);
            });
        }
    }
}

/// The place of a row among others.
pub fn order(place: &DrawnRow) -> (usize, u64) {
    let at = match place.1 {
        Row::Line { number, .. } => 2 * number + 1,
        Row::Gap { after } => after.map_or(0, |it| 2 * (it + 1)),
    };
    (place.0 as usize, at)
}

/// The text of a gap. Livy drops the oldest lines of a section, but replaces diagnostics as a whole (`SparkYarnApp.scala`,
/// 0.9.0).
fn gap(section: Section) -> &'static str {
    match section {
        Section::Diagnostics => say::GAP_IN_DIAGNOSTICS,
        _ => say::GAP,
    }
}

fn class(is_hidden: bool, is_apart: bool) -> &'static str {
    match (is_hidden, is_apart) {
        (true, _) => "lc-line lc-folded",
        (_, true) => "lc-line lc-apart",
        _ => "lc-line",
    }
}

/// True for a row that is folded away: it is there for copies, and nobody sees it.
pub fn is_folded(row: &Element) -> bool {
    row.class_list().contains("lc-folded")
}

/// Of a coloured piece: a class for the colour, which each theme defines.
pub fn classes(span: &Span) -> String {
    let colour = span.paint.colour.map(|it| format!("lc-ansi-{it} ")).unwrap_or_default();
    let bold = if span.paint.is_bold { "lc-bold " } else { "" };
    let line = if span.paint.is_underlined { "lc-underlined" } else { "" };
    format!("{colour}{bold}{line}")
}

/// Labels a button with what it folds.
pub fn label(button: &Element, fold: Fold) {
    let (label, short) = say::folded(fold.frames, fold.is_progress);
    set(button, "aria-expanded", if fold.is_open { "true" } else { "false" });
    set(button, "aria-label", &label);
    set(button, "data-folded", &short);
    set(button, "data-fold", if fold.is_progress { "progress" } else { "trace" });
}

/// A browser refuses none of these names and values.
fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

fn add(parent: &Node, child: Node) -> Option<Node> {
    parent.append_child(&child).ok()
}

fn add_element(document: &Document, parent: &Node, tag: &str, make: impl FnOnce(&Element)) {
    if let Ok(element) = document.create_element(tag) {
        make(&element);
        add(parent, element.into());
    }
}
