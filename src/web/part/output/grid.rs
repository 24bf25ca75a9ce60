//! A table: only the rows and columns around the visible ones are in the page. Rows are of one height, and what is cut can be opened.

mod state;

use std::cell::RefCell;
use std::rc::Rc;

use console::{Room, Table};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, KeyboardEvent, MouseEvent};

use crate::web::browser::focus::{beside, focus_still};
use crate::web::browser::surroundings::frame;
use crate::web::browser::{clipboard, selection};
use crate::web::part::output::band::{Band, give};
use crate::web::part::output::cells::{self, Columns};
use crate::web::part::output::dialog::CellDialog;
use crate::web::part::output::grid::state::State;
use crate::web::part::output::picked::{Place, ROW, around, mark, step};
use crate::web::reactive::{Held, effect};
use crate::web::words::output as words;

/// The view of a table.
#[derive(Clone, Copy)]
pub struct Grid {
    state: Held<RefCell<State>>,
    scroller: NodeRef<html::Div>,
    body: NodeRef<html::Tbody>,
    dialog: CellDialog,
}

impl Grid {
    /// Of a table.
    pub fn new(table: Rc<Table>) -> Self {
        let columns = Columns::of(&table);
        let state = State {
            table,
            columns,
            order: None,
            sort: None,
            band: Band::default(),
            picked: None,
            is_copy_due: false,
        };
        let grid = Self {
            state: Held::new(RefCell::new(state)),
            scroller: NodeRef::new(),
            body: NodeRef::new(),
            dialog: CellDialog::new(),
        };
        effect(move || {
            if grid.body.get().is_some() && grid.scroller.get().is_some() {
                grid.draw(true);
            }
        });
        grid
    }

    /// Draws it.
    pub fn view(self, label: String) -> AnyView {
        let (rows, columns) =
            self.state.with(|it| (it.borrow().table.len(), it.borrow().table.breadth)).unwrap_or_default();
        let keys: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| self.key(&event));
        let copy: Box<dyn FnMut(ClipboardEvent)> = Box::new(move |event| self.copy(&event));
        let down: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| self.pressed(&event));
        let click: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
            let column = Self::target(&event).and_then(|it| it.get_attribute("data-sort"));
            if let Some(column) = column.and_then(|it| it.parse().ok()) {
                self.sort(column);
            }
        });
        let over: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| self.dragged(&event));
        view! {
            <div
                class="lc-grid"
                tabindex="0"
                role="group"
                aria-label=label
                translate="no"
                node_ref=self.scroller
                on:scroll=move |_| self.draw(false)
                on:keydown=keys
                on:copy=copy
                on:mousedown=down
                on:mouseover=over
                on:click=click
            >
                <table
                    role="table"
                    data-result=""
                    data-rows=rows.to_string()
                    aria-rowcount=(rows + 1).to_string()
                    aria-colcount=columns.to_string()
                >
                    <thead role="rowgroup">
                        <tr role="row" aria-rowindex="1"></tr>
                    </thead>
                    <tbody class="lc-room" aria-hidden="true"></tbody>
                    <tbody role="rowgroup" node_ref=self.body></tbody>
                    <tbody class="lc-room" aria-hidden="true"></tbody>
                </table>
            </div>
            {self.dialog.view()}
        }
        .into_any()
    }

    /// The rows as they are shown, by their places in the answer.
    pub fn order(self) -> Vec<usize> {
        let rows = |it: &State| (0..it.table.len()).map(|row| it.place(row)).collect();
        self.state.with(|it| rows(&it.borrow())).unwrap_or_default()
    }

    fn draw(self, anew: bool) {
        let (Some(scroller), Some(body)) =
            (self.scroller.try_get_untracked().flatten(), self.body.try_get_untracked().flatten())
        else {
            return;
        };
        let Some(table) = body.parent_element() else { return };
        let focused = self.state.with(|it| {
            let it = &mut *it.borrow_mut();
            let picked = it.picked();
            let State { table: data, columns, order, sort, band, .. } = it;
            // Before anything is drawn: asked behind that, the browser would lay out the page once more.
            let (left, width) = (f64::from(scroller.scroll_left()), f64::from(scroller.client_width()));
            let (top, height) = (f64::from(scroller.scroll_top()), scroller.client_height());
            let has_moved = columns.show(left, width);
            if anew || has_moved {
                cells::draw_head(&table, data, columns, *sort);
            }
            let room = Room::of(data.len(), ROW, f64::from(height) - ROW);
            let first = room.row_at(top);
            let range = around(first, height, data.len());
            if !anew && !has_moved && range == band.range() {
                return None;
            }
            let focused = beside(&scroller);
            let anew = anew || has_moved;
            let order = order.as_ref();
            band.turn(&body, (range.clone(), anew), "tr", &mut |element, row| {
                let place = order.map_or(row, |it| it.get(row).copied().unwrap_or(row));
                cells::draw_row(element, data, columns, (row, place));
                mark(element, row, columns, picked.as_ref());
            });
            let (above, below) = room.around(first, &range);
            give(body.previous_element_sibling().as_ref(), "height", above);
            give(body.next_element_sibling().as_ref(), "height", below);
            focused
        });
        // The cell with the focus was scrolled away: the arrows go on from here.
        if focused.flatten().is_some_and(|it| !it.is_connected()) {
            focus_still(&scroller);
        }
    }

    /// The place of an element in a cell of the body.
    fn place_of(self, element: &Element) -> Option<Place> {
        let cell = element.closest("td,th").ok().flatten()?;
        let row = cell.parent_element()?;
        let mut at = 0;
        let mut before = cell.previous_element_sibling();
        while let Some(it) = before {
            before = it.previous_element_sibling();
            at += 1;
        }
        self.state.with(|it| {
            let it = it.borrow();
            Some((it.band.row_of(&row)?, it.columns.column(at)?))
        })?
    }

    fn target(event: &web_sys::Event) -> Option<Element> {
        event.target()?.dyn_into().ok()
    }

    fn pressed(self, event: &MouseEvent) {
        let Some(target) = Self::target(event).filter(|_| event.button() == 0) else { return };
        let Some(place) = self.place_of(&target) else { return };
        let last = self.state.with(|it| it.borrow().picked).flatten();
        if event.shift_key() {
            event.prevent_default();
            return self.pick(last.map_or(place, |it| it.0), place);
        }
        if last == Some((place, place)) {
            event.prevent_default();
            return self.open(place);
        }
        self.pick(place, place);
    }

    fn dragged(self, event: &MouseEvent) {
        if event.buttons() != 1 {
            return;
        }
        let place = Self::target(event).and_then(|it| self.place_of(&it));
        let last = self.state.with(|it| it.borrow().picked).flatten();
        if let (Some(place), Some((from, to))) = (place, last)
            && to != place
        {
            // From here on it is cells that are selected.
            selection::clear();
            self.pick(from, place);
        }
    }

    /// Selects cells.
    fn pick(self, from: Place, to: Place) {
        self.state.with(|it| {
            let it = &mut *it.borrow_mut();
            it.picked = Some((from, to));
            let picked = it.picked();
            for (row, element) in it.band.iter() {
                mark(element, row, &it.columns, picked.as_ref());
            }
        });
        if let Some(scroller) = self.scroller.get_untracked() {
            let cell = self.state.with(|it| {
                let it = it.borrow();
                let at = it.columns.index(to.1)?;
                it.band.at(to.0)?.children().item(u32::try_from(at).ok()?)
            });
            match cell.flatten() {
                Some(cell) => focus_still(cell.unchecked_ref()),
                None => focus_still(&scroller),
            }
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let target = Self::target(event);
        // The buttons of the head have keys of their own.
        if target.is_some_and(|it| it.tag_name() == "BUTTON") {
            return;
        }
        let (rows, columns) =
            self.state.with(|it| (it.borrow().table.len(), it.borrow().table.breadth)).unwrap_or_default();
        if rows == 0 || columns == 0 || event.alt_key() {
            return;
        }
        let last = (rows - 1, columns - 1);
        if event.ctrl_key() || event.meta_key() {
            match event.key().as_str() {
                "a" => {
                    event.prevent_default();
                    selection::clear();
                    self.pick(last, (0, 0));
                }
                "c" => self.copy_soon(),
                _ => {}
            }
            return;
        }
        let picked = self.state.with(|it| it.borrow().picked).flatten();
        let screen = self.scroller.get_untracked().map_or(10, |it| it.client_height() / ROW as i32 - 1);
        let screen = usize::try_from(screen).unwrap_or(10).max(1);
        let Some((from, (row, column))) = picked else {
            // The first arrow selects a cell; without one the keys scroll the table.
            if event.key().starts_with("Arrow") {
                event.prevent_default();
                let first = self.state.with(|it| it.borrow().band.range().start).unwrap_or_default();
                self.go_to((first.min(last.0), 0), None);
            }
            return;
        };
        if event.key() == "Enter" {
            event.prevent_default();
            return self.open((row, column));
        }
        let Some(to) = step(&event.key(), (row, column), last, screen) else { return };
        event.prevent_default();
        self.go_to(to, event.shift_key().then_some(from));
    }

    /// Brings a cell into sight and selects it, or from another one to it.
    fn go_to(self, place: Place, from: Option<Place>) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let Some((column, first, all)) = self.state.with(|it| {
            let it = it.borrow();
            (it.columns.place(place.1), it.columns.place(0).end, it.table.len())
        }) else {
            return;
        };
        let pane = scroller.client_height() - ROW as i32;
        let above = Room::of(all, ROW, f64::from(pane)).top_of(place.0) as i32;
        let height = pane - ROW as i32;
        let top = scroller.scroll_top();
        if above < top || above > top + height - ROW as i32 {
            scroller.set_scroll_top(if above < top { above } else { above - height + ROW as i32 });
        }
        let (left, width) = (scroller.scroll_left(), scroller.client_width());
        if place.1 > 0 && (column.start as i32) < left + first as i32 {
            scroller.set_scroll_left(column.start as i32 - first as i32);
        } else if column.end as i32 > left + width {
            scroller.set_scroll_left(column.end as i32 - width);
        }
        self.draw(false);
        self.pick(from.unwrap_or(place), place);
    }

    /// Ascending, descending, as it came.
    fn sort(self, column: usize) {
        self.state.with(|it| {
            let it = &mut *it.borrow_mut();
            it.sort = match it.sort {
                Some((by, false)) if by == column => Some((column, true)),
                Some((by, true)) if by == column => None,
                _ => Some((column, false)),
            };
            it.order = it.sort.map(|(column, is_descending)| it.table.sorted(column, is_descending));
            it.picked = None;
        });
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
        self.draw(true);
        let button = self
            .scroller
            .get_untracked()
            .and_then(|it| it.query_selector(&format!("[data-sort=\"{column}\"]")).ok().flatten());
        if let Some(button) = button {
            focus_still(button.unchecked_ref());
        }
    }

    fn open(self, place: Place) {
        let cell = self.state.with(|it| {
            let it = it.borrow();
            let row = it.place(place.0);
            let name = it.table.columns.get(place.1).map(|it| it.name.clone()).unwrap_or_default();
            (words::cell(&name, row), cells::whole(&it.table, row, place.1))
        });
        if let Some((title, text)) = cell {
            self.dialog.open(title, text);
        }
    }

    /// WebKit tells of no copy where no text is selected.
    fn copy_soon(self) {
        self.state.with(|it| it.borrow_mut().is_copy_due = true);
        frame(move || {
            let text = self.state.with(|it| {
                let it = &mut *it.borrow_mut();
                let is_due =
                    std::mem::take(&mut it.is_copy_due) && selection::ends().is_none_or(|it| it.0 == it.1);
                if is_due { it.picked_text() } else { None }
            });
            if let Some(text) = text.flatten() {
                // Where the browser does not let the page, nothing is copied, as without this.
                clipboard::copy(text, |_| ());
            }
        });
    }

    /// Copies the selected cells, from the table itself.
    fn copy(self, event: &ClipboardEvent) {
        self.state.with(|it| it.borrow_mut().is_copy_due = false);
        let cell = |point: &selection::Point| {
            let node = &point.0;
            let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
            self.place_of(&element)
        };
        let ends = selection::ends().filter(|it| it.0 != it.1);
        let marked = ends.map(|it| (cell(&it.0), cell(&it.1)));
        let picked = match marked {
            // A part of one cell's text: the browser copies it.
            Some((Some(from), Some(to))) if from == to => return,
            Some((Some(from), Some(to))) => Some((from, to)),
            _ => None,
        };
        let text = self.state.with(|it| {
            let it = &mut *it.borrow_mut();
            it.picked = picked.or(it.picked);
            it.picked_text()
        });
        if let (Some(text), Some(data)) = (text.flatten(), event.clipboard_data())
            && data.set_data("text/plain", &text).is_ok()
        {
            event.prevent_default();
        }
    }
}
