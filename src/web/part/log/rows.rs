//! The rows of the log that are in the page, updated to the rows that should be drawn.

use std::collections::VecDeque;

use console::Row;
use livy::Section;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use crate::web::browser::focus;
use crate::web::part::log::copy::is_marked_in;
use crate::web::part::log::line::{DrawnRow, LineLook, LogLine, order};

/// The children of one element, in their order.
#[derive(Default)]
pub struct LogRows {
    lines: Vec<LogLine>,
}

impl LogRows {
    /// Draws these rows in `parent`, which has no other children. Costs O(rows drawn); rows that stay are not moved.
    pub fn draw(
        &mut self,
        parent: &Element,
        wanted: &[DrawnRow],
        look: impl Fn(Section, u64) -> Option<LineLook>,
    ) {
        let Some(document) = parent.owner_document() else { return };
        let look = |place: &DrawnRow| match place.1 {
            Row::Line { number, .. } => look(place.0, number),
            Row::Gap { .. } => None,
        };
        let focused = focus::beside(parent).filter(|it| it.matches(".lc-fold").unwrap_or(false));
        let focused = focused.and_then(|fold| {
            let row = fold.parent_element()?;
            let line = self.lines.iter().find(|it| *it.element == row)?;
            Some((fold, line.order()))
        });
        if self.lines.is_empty() {
            // A page that is drawn again takes over the elements of the last one, with their content.
            parent.set_text_content(None);
        }
        let mut last = std::mem::take(&mut self.lines).into_iter().peekable();
        let (mut rest, mut kept) = (Vec::new(), Vec::with_capacity(wanted.len()));
        for place in wanted {
            while let Some(line) = last.next_if(|it| it.order() < order(place)) {
                rest.push(line);
            }
            kept.push(last.next_if(|it| it.order() == order(place)));
        }
        rest.extend(last);
        // Rows that stay are not moved, and no element passes another, so that assistive technology finds the lines in order. A
        // selection is tied to its elements, so they are not reused while one is in them.
        let is_update = kept.iter().any(Option::is_some);
        let can_turn = !is_update && !is_marked_in(parent);
        let mut spare = VecDeque::with_capacity(rest.len());
        for line in rest {
            if can_turn && line.can_turn() { spare.push_back(line) } else { line.element.remove() }
        }
        self.lines = if is_update {
            update(&document, parent, wanted, kept, look)
        } else {
            replace(&document, parent, wanted, spare, look)
        };
        let mut number = None;
        for line in &mut self.lines {
            number = line.count_on(number);
        }
        if let Some((fold, row)) = focused.filter(|it| !it.0.is_connected()) {
            self.pass_focus(&fold, row);
        }
    }

    /// The fold that had the focus is gone because its progress bar has a newer line: the focus goes to the fold there, unless the
    /// reader has scrolled away.
    fn pass_focus(&self, fold: &Element, row: (usize, u64)) {
        let is_near = self.lines.first().is_some_and(|it| it.order() <= row);
        let later = self.lines.iter().filter(|it| is_near && it.order() >= row);
        let heir = later.filter_map(|it| it.element.query_selector(".lc-fold").ok().flatten()).next();
        let is_progress = |it: &Element| it.get_attribute("data-fold").as_deref() == Some("progress");
        let heir = heir.filter(|it| is_progress(it) && is_progress(fold));
        if let Some(heir) = heir.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            focus::focus_still(&heir);
        }
    }
}

/// No row stays: their elements take other lines in place.
fn replace(
    document: &Document,
    parent: &Element,
    wanted: &[DrawnRow],
    mut spare: VecDeque<LogLine>,
    look: impl Fn(&DrawnRow) -> Option<LineLook>,
) -> Vec<LogLine> {
    let mut lines = Vec::with_capacity(wanted.len());
    for place in wanted {
        let turned = spare.pop_front_if(|_| matches!(place.1, Row::Line { .. }));
        match turned {
            Some(mut line) => {
                line.turn(document, *place, look(place));
                lines.push(line);
            }
            None => {
                let before = spare.front().map(|it| it.element.clone());
                lines.extend(insert(document, parent, *place, look(place), before.as_ref()));
            }
        }
    }
    spare.iter().for_each(|it| it.element.remove());
    lines
}

/// Some of the rows stay.
fn update(
    document: &Document,
    parent: &Element,
    wanted: &[DrawnRow],
    kept: Vec<Option<LogLine>>,
    look: impl Fn(&DrawnRow) -> Option<LineLook>,
) -> Vec<LogLine> {
    // From the end, so that the row that follows is known.
    let mut next = None;
    let mut lines = Vec::with_capacity(wanted.len());
    for (place, line) in wanted.iter().zip(kept).rev() {
        let line = match line {
            Some(mut line) => {
                line.stay(document, *place, || look(place));
                Some(line)
            }
            None => insert(document, parent, *place, look(place), next.as_ref()),
        };
        if let Some(line) = line {
            next = Some(line.element.clone());
            lines.push(line);
        }
    }
    lines.reverse();
    lines
}

fn insert(
    document: &Document,
    parent: &Element,
    place: DrawnRow,
    look: Option<LineLook>,
    before: Option<&HtmlElement>,
) -> Option<LogLine> {
    let line = LogLine::new(document, place, look)?;
    parent.insert_before(&line.element, before.map(AsRef::as_ref)).ok()?;
    Some(line)
}
