//! The table of sessions. Of 40,000 rows only those that are seen are in the document, and room for the others above and below them.
//! Whatever scrolls, the page, the console's own box or one of its host's: where the table is on the screen says what is seen.

use std::ops::Range;

use console::{Event, FleetEvent, ListQuery, ListedRow, Listing, Moment, Room};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::web::browser::{focus, listen, scroll};
use crate::web::console::Console;
use crate::web::part::list::head::head;
use crate::web::part::list::press::RowPress;
use crate::web::part::list::rows::Rows;
use crate::web::reactive::{Seen, effect, maybe, memo};

/// A list of at most so many is in the document as a whole: the browser's own search finds all of it.
const WHOLE: usize = 120;
/// So many rows are drawn beyond each edge of what is seen.
const SPARE: usize = 10;
/// The machine is told of other rows once they are so many further, unless some of them are not read.
const FAR: usize = 32;
/// At most so many are drawn: a frame that is as high as all of them tells nothing of what is seen.
const MOST: usize = 400;
/// The height of a row in pixels (`.lc-table td` in style/list.css), until one was measured.
const HEIGHT: f64 = 40.0;

/// What is in the document.
struct Drawn {
    rows: Rows,
    range: Range<usize>,
    /// The rows that the machine was told of last.
    told: Range<usize>,
    listing: Listing,
    query: ListQuery,
    height: f64,
    /// How the last minute is written.
    minute: Option<(u64, String)>,
}

/// The table.
#[derive(Clone, Copy)]
pub struct SessionTable {
    console: Console,
    listing: Seen<Listing>,
    body: NodeRef<html::Tbody>,
    drawn: StoredValue<Drawn, LocalStorage>,
    /// True while Shift is down in a key that presses a checkbox: its click does not tell everywhere.
    with_shift: StoredValue<bool>,
    /// True while rows are drawn that the page is about to scroll to, or told of.
    is_going: StoredValue<bool>,
}

impl SessionTable {
    /// Before it is drawn.
    pub fn new(console: Console) -> Self {
        let drawn = Drawn {
            rows: Rows::default(),
            range: 0..0,
            told: 0..0,
            listing: Listing::default(),
            query: ListQuery::default(),
            height: HEIGHT,
            minute: None,
        };
        Self {
            console,
            listing: console.see(|model| model.listing()),
            body: NodeRef::new(),
            drawn: StoredValue::new_local(drawn),
            with_shift: StoredValue::new(false),
            is_going: StoredValue::new(false),
        }
    }

    /// What is listed.
    pub fn listing(self) -> Seen<Listing> {
        self.listing
    }

    /// Draws it.
    pub fn view(self) -> AnyView {
        let press = RowPress::new();
        let begun: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
            self.with_shift.set_value(false);
            press.begun(&event);
        });
        let ended: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| match target_check(&event) {
            Some(check) => self.picked(&check, event.shift_key()),
            None => press.ended(&event),
        });
        let keys: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| self.key(&event));
        effect(move || {
            self.listing.track();
            self.console.clock.get();
            if self.body.get().is_some() {
                self.draw_anew();
            }
        });
        listen::while_drawn("scroll", move |_| self.look());
        listen::while_drawn("resize", move |_| self.look());
        // The host may have given the console another height.
        self.console.news.follow(move || self.look());
        let count = memo(move || self.listing.with(|it| it.len + 1));
        let rows = maybe(move || Some(count.get().to_string()));
        view! {
            <table class="lc-table" aria-rowcount=rows tabindex="-1" on:keydown=keys>
                {head(self.console)}
                {room()}
                <tbody node_ref=self.body on:mousedown=begun on:click=ended></tbody>
                {room()}
            </table>
        }
        .into_any()
    }

    /// Draws what is seen now, where that is not drawn yet.
    fn look(self) {
        if self.is_going.try_get_value() != Some(false) {
            return;
        }
        let Some(listing) = self.listing.try_get_untracked() else { return };
        self.keep_in_place(listing);
        let Some(range) = self.seen(listing.len) else { return };
        let is_drawn = self.drawn.try_with_value(|it| it.range == range && it.listing == listing);
        if is_drawn == Some(false) {
            self.draw(range, listing);
        }
    }

    fn draw_anew(self) {
        let listing = self.listing.get_untracked();
        self.keep_in_place(listing);
        if let Some(range) = self.seen(listing.len) {
            self.draw(range, listing);
        }
    }

    /// Where there are more or fewer rows above what is seen, the page is scrolled by as many: what somebody reads stays where it is.
    fn keep_in_place(self, listing: Listing) {
        if self.drawn.try_with_value(|it| it.listing.version == listing.version) != Some(false) {
            return;
        }
        let query = self.console.look(|model| Some(model.query().clone())).unwrap_or_default();
        let top = scroll::seen().map_or(0.0, |it| it.0);
        let anchor = self.drawn.try_update_value(|it| {
            let is_same = std::mem::replace(&mut it.query, query.clone()) == query;
            let row = it.rows.below(top).filter(|_| is_same && it.range.start > 0)?;
            let shown = row.shown()?;
            Some((shown.index, shown.row.as_ref()?.id.clone(), it.range.clone(), it.height))
        });
        let Some((from, id, range, height)) = anchor.flatten() else { return };
        let to = self.console.look(|model| model.row_index(&id));
        let Some(to) = to.filter(|it| *it != from) else { return };
        let moved = |at: usize| (at + to).saturating_sub(from).min(listing.len);
        self.draw(moved(range.start)..moved(range.end), listing);
        if let Some(body) = self.body.try_get_untracked().flatten() {
            let room = room_of(listing.len, height);
            scroll::by(&body, room.top_of(to) - room.top_of(from));
        }
    }

    /// Which of so many rows to draw.
    fn seen(self, len: usize) -> Option<Range<usize>> {
        let body = self.body.try_get_untracked().flatten()?;
        let above = body.previous_element_sibling()?;
        let (top, bottom) = scroll::seen()?;
        let height = self.drawn.try_update_value(|it| {
            it.height = it.rows.height().unwrap_or(it.height);
            it.height
        })?;
        if len <= WHOLE {
            return Some(0..len);
        }
        let start = above.get_bounding_client_rect().top();
        let room = room_of(len, height);
        let first = room.row_at(top - start).saturating_sub(SPARE);
        // A few at a time: not every pixel draws a row.
        let first = first / 4 * 4;
        let last = room.row_at(bottom - start) + SPARE;
        let first = first.min(len.saturating_sub(SPARE));
        Some(first..last.div_ceil(4).saturating_mul(4).min(first + MOST).clamp(first, len))
    }

    fn draw(self, range: Range<usize>, listing: Listing) {
        let Some(body) = self.body.try_get_untracked().flatten() else { return };
        let Some(rows) = self.console.look(|model| Some(model.listed(range.clone()))) else { return };
        let has_unread = rows.iter().any(|it| it.row.is_none());
        // What draws again when the clock changes is the effect of the view.
        let clock = untrack(|| self.console.clock.get());
        let drawn = self.drawn.try_update_value(|it| {
            let minute = &mut it.minute;
            let seen = |row: &ListedRow| {
                let at = row.row.as_ref().map(|it| it.seen);
                at.map(|at| written(at, minute, |at| clock.to_minute(at))).unwrap_or_default()
            };
            let room = room_of(listing.len, it.height);
            if it.range != range {
                // WebKit counts the rows that go before the room that grows, and scrolls a page back that is shorter meanwhile (WebKitGTK
                // 2.50): the room below has what they had, as the browser knows it, until the others are there.
                let held = room_of(it.listing.len, it.height);
                let rows = it.listing.len.saturating_sub(it.range.start);
                give(body.next_element_sibling(), held.top_of(rows));
                body.offset_height();
            }
            let lost = it.rows.draw(&body, rows, seen);
            give(body.previous_element_sibling(), room.top_of(range.start));
            give(body.next_element_sibling(), room.top_of(listing.len.saturating_sub(range.end)));
            (it.range, it.listing) = (range.clone(), listing);
            // Each turn of the machine costs a part of a frame: while rows that are read are scrolled through, a turn now and then does.
            let is_far = it.told.start.abs_diff(range.start).max(it.told.end.abs_diff(range.end)) > FAR;
            let is_news = it.told != range && (has_unread || is_far);
            if is_news {
                it.told = range.clone();
            }
            (lost, is_news)
        });
        let Some((lost, is_news)) = drawn else { return };
        if lost.is_some()
            && let Some(table) = body.closest("table").ok().flatten()
        {
            // The row with the focus was scrolled away: the arrows go on from the rows that are seen.
            focus::focus_still(table.unchecked_ref());
        }
        if is_news {
            // What is told here has everybody look again, this table too: once is enough.
            let was_going = self.is_going.try_get_value().unwrap_or_default();
            self.is_going.set_value(true);
            self.console.tell(Event::RowsShown { first: range.start, count: range.len() });
            self.is_going.set_value(was_going);
        }
    }

    /// Brings a row and the focus to the person.
    pub fn go_to(self, index: usize, on_check: bool) {
        let Some(listing) = self.listing.try_get_untracked().filter(|it| index < it.len) else { return };
        let is_drawn = self.drawn.try_with_value(|it| it.range.contains(&index));
        self.is_going.set_value(true);
        if is_drawn == Some(false) {
            let first = index.saturating_sub(2 * SPARE);
            self.draw(first..(index + 2 * SPARE).min(listing.len), listing);
        }
        let element = self.drawn.try_with_value(|it| Some(it.rows.at(index)?.element.clone())).flatten();
        if let Some(element) = element {
            scroll::to_middle(&element, is_drawn == Some(true));
        }
        self.is_going.set_value(false);
        // What is seen now is drawn before the focus comes, which may scroll.
        self.look();
        let row = self.drawn.try_with_value(|it| it.rows.at(index).map(|it| it.target(on_check))).flatten();
        if let Some(target) = row {
            focus::lead_to(&target);
        }
    }

    /// A checkbox was pressed.
    fn picked(self, check: &HtmlInputElement, shift: bool) {
        let shift = self.with_shift.get_value() || shift;
        self.with_shift.set_value(false);
        let row = self.drawn.try_with_value(|it| it.rows.of(check)?.shown()?.row.clone()).flatten();
        let Some(row) = row else { return };
        let (id, is_picked) = (row.id.clone(), check.checked());
        self.console.tell(Event::Fleet(match shift {
            true => FleetEvent::PickedTo(id),
            false => FleetEvent::Picked { id, is_picked },
        }));
        // What was pressed may have changed nothing.
        self.draw_anew();
    }

    /// Arrows go from row to row, on the checkboxes or on the links; with Shift they select what they pass.
    fn key(self, event: &KeyboardEvent) {
        let down = match event.key().as_str() {
            " " => return self.with_shift.set_value(event.shift_key()),
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
        let row =
            self.drawn.try_with_value(|it| it.rows.of(&target).and_then(|it| it.shown().cloned())).flatten();
        let Some(from) = row else {
            // The row that had the focus was scrolled away.
            if target.tag_name() == "TABLE" {
                event.prevent_default();
                let first = self.drawn.try_with_value(|it| it.range.start).unwrap_or_default();
                self.go_to(if first == 0 { 0 } else { first + SPARE + 1 }, true);
            }
            return;
        };
        event.prevent_default();
        let last = self.listing.get_untracked().len.saturating_sub(1);
        let next = if down { (from.index + 1).min(last) } else { from.index.saturating_sub(1) };
        if event.shift_key()
            && let Some(row) = from.row.as_ref().filter(|_| !from.is_picked)
        {
            self.console.tell(Event::Fleet(FleetEvent::Picked { id: row.id.clone(), is_picked: true }));
        }
        self.go_to(next, target.tag_name() == "INPUT");
        let id = self
            .drawn
            .try_with_value(|it| Some(it.rows.at(next)?.shown()?.row.as_ref()?.id.clone()))
            .flatten();
        if let Some(id) = id.filter(|_| event.shift_key()) {
            self.console.tell(Event::Fleet(FleetEvent::PickedTo(id)));
        }
    }
}

/// The room of so many rows. They are in the page itself and not in a pane of their own.
fn room_of(rows: usize, height: f64) -> Room {
    Room::of(rows, height, 0.0)
}

/// Empty room in place of rows.
fn room() -> AnyView {
    view! {
        <tbody class="lc-room" aria-hidden="true">
            <tr>
                <td></td>
            </tr>
        </tbody>
    }
    .into_any()
}

fn give(room: Option<Element>, pixels: f64) {
    let cell = room.and_then(|it| it.query_selector("td").ok().flatten());
    if let Some(cell) = cell.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = cell.style().set_property("height", &format!("{}px", pixels as u64));
    }
}

/// A moment to the minute. Most rows were first seen in the same one, and writing it takes a browser long.
fn written(at: Moment, last: &mut Option<(u64, String)>, write: impl Fn(Moment) -> String) -> String {
    let minute = at.as_millis() / 60_000;
    match last {
        Some((of, text)) if *of == minute => text.clone(),
        _ => {
            let text = write(at);
            *last = Some((minute, text.clone()));
            text
        }
    }
}

/// The checkbox that a click is on.
fn target_check(event: &MouseEvent) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}
