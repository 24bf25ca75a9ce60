//! The elements of the rows that are drawn of many: those that stay are not touched, others take the place of those that went.

use std::ops::Range;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Elements of one parent, for neighbouring rows.
#[derive(Default)]
pub struct Band {
    first: usize,
    rows: Vec<Element>,
}

impl Band {
    /// The rows that are drawn.
    pub fn range(&self) -> Range<usize> {
        self.first..self.first + self.rows.len()
    }

    /// The element of a row.
    pub fn at(&self, row: usize) -> Option<&Element> {
        self.rows.get(row.checked_sub(self.first)?)
    }

    /// The row of an element.
    pub fn row_of(&self, element: &Element) -> Option<usize> {
        self.rows.iter().position(|it| it == element).map(|it| self.first + it)
    }

    /// All of them, with their rows.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Element)> {
        self.rows.iter().enumerate().map(|it| (self.first + it.0, it.1))
    }

    /// Draws other rows, or these ones `anew`.
    pub fn turn(
        &mut self,
        parent: &Element,
        (range, anew): (Range<usize>, bool),
        tag: &str,
        draw: &mut dyn FnMut(&Element, usize),
    ) {
        let Some(document) = parent.owner_document() else { return };
        let old = std::mem::take(&mut self.rows);
        if anew && old.len() == range.len() {
            self.first = range.start;
            for (at, row) in old.iter().enumerate() {
                draw(row, range.start + at);
            }
            self.rows = old;
            return;
        }
        let stay = self.first.max(range.start)..(self.first + old.len()).min(range.end);
        let stay = if anew || stay.is_empty() { range.end..range.end } else { stay };
        let (kept, mut spare): (Vec<_>, Vec<_>) =
            old.into_iter().enumerate().partition(|it| stay.contains(&(self.first + it.0)));
        let anchor = kept.first().map(|it| it.1.clone());
        let mut make = |row: usize, before: Option<&Element>| {
            let element = spare.pop().map(|it| it.1).or_else(|| document.create_element(tag).ok())?;
            draw(&element, row);
            parent.insert_before(&element, before.map(AsRef::as_ref)).ok()?;
            Some(element)
        };
        let mut rows: Vec<Element> =
            (range.start..stay.start).filter_map(|it| make(it, anchor.as_ref())).collect();
        rows.extend(kept.into_iter().map(|it| it.1));
        rows.extend((stay.end..range.end).filter_map(|it| make(it, None)));
        spare.iter().for_each(|it| it.1.remove());
        (self.first, self.rows) = (range.start, rows);
    }
}

/// Gives an element a length, in pixels.
pub fn give(element: Option<&Element>, property: &str, pixels: f64) {
    if let Some(element) = element {
        give_text(element, property, &format!("{}px", pixels.max(0.0) as u64));
    }
}

/// Sets a property of an element's own style.
pub fn give_text(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // A browser takes every length in pixels.
        let _ = element.style().set_property(property, value);
    }
}

/// A browser refuses none of these names and values.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// A new element at the end of another, with a class and a text.
pub fn add(parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = parent.owner_document()?.create_element(tag).ok()?;
    set(&element, "class", Some(class));
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}
