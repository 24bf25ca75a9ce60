//! The rows of the list that are in the document, updated to those that should be.

use console::ListedRow;
use web_sys::{Element, HtmlElement};

use crate::web::browser::{focus, selection};
use crate::web::part::list::row::Row;

/// The children of one element, in their order.
#[derive(Default)]
pub struct Rows(Vec<Row>);

impl Rows {
    /// The row at a place of the list, if it is drawn.
    pub fn at(&self, index: usize) -> Option<&Row> {
        self.0.iter().find(|it| it.index() == Some(index))
    }

    /// The first row at this height of the window or below it.
    pub fn below(&self, top: f64) -> Option<&Row> {
        self.0.iter().find(|it| it.element.get_bounding_client_rect().top() >= top)
    }

    /// The row that an element is in.
    pub fn of(&self, element: &Element) -> Option<&Row> {
        self.0.iter().find(|it| it.element.contains(Some(element)))
    }

    /// The height of the rows in pixels, as the browser draws them; `None` where there is none.
    pub fn height(&self) -> Option<f64> {
        // Whole pixels: far down a long page a rectangle is only exact to some hundredths, which 20,000 rows would multiply.
        self.0.first().map(|it| f64::from(it.element.offset_height())).filter(|it| *it > 0.0)
    }

    /// Draws these rows in `parent`, which has no other children. `seen` says when a row's session was first seen. Rows that stay are not
    /// moved, so that assistive technology finds them in order. Gives the place of the row that had the focus and is gone.
    pub fn draw(
        &mut self,
        parent: &HtmlElement,
        wanted: Vec<ListedRow>,
        mut seen: impl FnMut(&ListedRow) -> String,
    ) -> Option<usize> {
        let document = parent.owner_document()?;
        let focused = focus::beside(parent).filter(|it| parent.contains(Some(it)));
        let mut last = std::mem::take(&mut self.0);
        let mut kept: Vec<Option<Row>> = Vec::with_capacity(wanted.len());
        for place in &wanted {
            let at = last.iter().position(|it| it.is_of(place));
            kept.push(at.map(|at| last.remove(at)));
        }
        let has_focus = |row: &Row| focused.as_ref().is_some_and(|it| row.element.contains(Some(it)));
        let lost = last.iter().find(|it| has_focus(it)).and_then(Row::index);
        // A selection is tied to its elements, so they take no other session while one is in them.
        let can_turn = !selection::touches(parent);
        let mut spare = Vec::with_capacity(last.len());
        for row in last {
            row.element.remove();
            if can_turn && !has_focus(&row) {
                spare.push(row);
            }
        }
        // From the end, so that the row that follows is known.
        let mut next: Option<HtmlElement> = None;
        for (place, row) in wanted.into_iter().zip(kept).rev() {
            let Some(mut row) = row.or_else(|| spare.pop()).or_else(|| Row::new(&document)) else { continue };
            let seen = seen(&place);
            row.show(place, &seen);
            let is_there = row.element.parent_node().is_some()
                && row.element.next_element_sibling().as_ref() == next.as_deref().map(AsRef::as_ref);
            if !is_there {
                // Refused only where the table is gone.
                let _ = parent.insert_before(&row.element, next.as_deref().map(AsRef::as_ref));
            }
            next = Some(row.element.clone());
            self.0.push(row);
        }
        self.0.reverse();
        lost
    }
}
