//! Which rows of the log are drawn, and keeping the line that is being read in its place.
//!
//! Only the rows around the visible ones are in the page, with empty room for the others above and below. The room is an
//! estimate (browsers limit the height of an element, and a wrapped line is higher than one row): whenever other rows are drawn,
//! the line at the top is put back where it was. So nearby lines move exactly as the reader scrolls, and the scroll bar is only
//! a rough measure of the whole.

mod going;

use console::Event;
use leptos::html;
use leptos::prelude::*;
use livy::Section;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::web::browser::surroundings::frame;
use crate::web::console::Console;
use crate::web::part::log::line::DrawnRow;
use crate::web::part::log::pointed_line::selector;
use crate::web::part::log::room::{ROW, Room};
use crate::web::part::log::search_state::SearchState;
use crate::web::part::log::shown_rows::ShownRows;
use crate::web::part::log::wrap::Wrap;
use crate::web::reactive::{Seen, effect, memo};

/// Where not all rows can be drawn: how many are drawn above the first visible one, and how many from it on. Two screens each
/// way.
const ABOVE: u64 = 80;
const BELOW: u64 = 140;
/// How many are drawn above the first visible one while the end is followed.
const SPARE: u64 = 8;
/// Other rows are drawn when fewer pixels than this are left before the end of the drawn ones.
const MARGIN: i32 = 360;
/// How many pixels from the end still count as the end: most zooms leave a fraction of a line.
const END_TOLERANCE: i32 = 8;

/// The line that stays where it is, and where that is.
#[derive(Clone, Copy)]
struct Kept {
    number: u64,
    at: At,
}

/// Heights in pixels.
#[derive(Clone, Copy)]
enum At {
    /// Where it was in the pane's content: if it moves, the view moves by as much, even in the middle of scrolling.
    Offset(i32),
    /// How far below the top of the pane it is to be.
    Below(i32),
}

/// The view of one section's rows.
#[derive(Clone, Copy)]
pub struct LogPane {
    /// The section that is shown.
    pub section: Seen<Option<Section>>,
    /// Its rows.
    pub rows: ShownRows,
    search: SearchState,
    wrap: Wrap,
    /// How many lines the section has had.
    pub count: Seen<u64>,
    /// The scrolling element.
    pub element: NodeRef<html::Div>,
    /// The element around the drawn rows.
    pub drawn: NodeRef<html::Div>,
    /// True while the end is followed.
    pub follows: RwSignal<bool>,
    /// The rows that are drawn, by their places.
    range: RwSignal<(u64, u64)>,
    /// How many there are, and whether all are drawn.
    total: Seen<(u64, bool)>,
    kept: StoredValue<Option<Kept>>,
    last_top: StoredValue<i32>,
    height: StoredValue<i32>,
    /// How many lines there were when the end was last seen.
    seen: RwSignal<u64>,
}

impl LogPane {
    /// Of a section that has had `count` lines.
    pub fn new(
        console: Console,
        section: Seen<Option<Section>>,
        count: Seen<u64>,
        (search, wrap): (SearchState, Wrap),
    ) -> Self {
        let rows = ShownRows::new(console, section, search);
        let total = memo(move || {
            count.get();
            rows.follow(|rows| (rows.len(), rows.is_whole())).unwrap_or_default()
        });
        let pane = Self {
            section,
            rows,
            search,
            wrap,
            count,
            element: NodeRef::new(),
            drawn: NodeRef::new(),
            follows: RwSignal::new(true),
            range: RwSignal::new((0, 0)),
            total,
            kept: StoredValue::new(None),
            last_top: StoredValue::new(0),
            height: StoredValue::new(0),
            seen: RwSignal::new(0),
        };
        effect(move || pane.rows_changed());
        let held = StoredValue::new(None::<(Section, Option<u64>)>);
        effect(move || {
            let first = pane.kept.with_value(|it| it.map(|it| it.number)).filter(|_| !pane.follows.get());
            pane.range.get();
            let (last, now) = (held.get_value(), pane.section.get().map(|it| (it, first)));
            if last == now {
                return;
            }
            held.set_value(now);
            // The section that was shown before may drop its old lines again.
            if let Some((last, _)) = last.filter(|it| now.is_none_or(|now| now.0 != it.0)) {
                console.tell(Event::LogHeld(last, None));
            }
            if let Some((section, first)) = now {
                console.tell(Event::LogHeld(section, first));
            }
        });
        pane
    }

    /// Lines came, went, were folded, or other ones are asked for.
    fn rows_changed(&self) {
        let ((total, is_whole), count) = (self.total.get(), self.count.get());
        self.section.get();
        self.rows.track_folds();
        self.wrap.get();
        if self.follows.get() {
            self.seen.set(count);
            // Without scrolling, only what is visible and a little more.
            let rows = u64::try_from(self.known_height()).unwrap_or_default() / ROW + SPARE;
            self.draw((if is_whole { 0 } else { total - rows.min(total) }, total));
        } else {
            let at = self.kept.with_value(|it| it.map_or(0, |it| it.number));
            self.draw_around(self.rows.index(at));
        }
        self.settle();
    }

    /// The pane's height in pixels.
    fn client_height(&self) -> i32 {
        self.element.try_get_untracked().flatten().map_or(0, |it| it.client_height())
    }

    /// The pane's height in pixels as it was last measured: measuring it here would make the browser lay out the page twice.
    fn known_height(&self) -> i32 {
        if self.height.get_value() == 0 {
            self.height.set_value(self.client_height());
        }
        self.height.get_value()
    }

    fn draw(&self, range: (u64, u64)) {
        if self.range.get_untracked() != range {
            self.range.set(range);
        }
    }

    fn draw_around(&self, row: u64) {
        let (total, is_whole) = self.total.get_untracked();
        let last = total.saturating_sub(ABOVE + BELOW);
        let first = row.saturating_sub(ABOVE).min(last);
        self.draw(if is_whole { (0, total) } else { (first, (first + ABOVE + BELOW).min(total)) });
    }

    /// Once the rows are in the page, puts them where they belong.
    fn settle(&self) {
        let pane = *self;
        frame(move || pane.put_in_place());
    }

    fn put_in_place(&self) {
        // A frame later the page may be a different one.
        let Some(element) = self.element.try_get_untracked().flatten() else { return };
        let top = element.scroll_top();
        self.height.set_value(element.client_height());
        let wanted = if self.follows.get_untracked() {
            element.scroll_height() - element.client_height()
        } else {
            let Some(Kept { number, at }) = self.kept.get_value() else { return };
            let Some(row) = self.row_of(self.rows.index(number)) else { return };
            let now = row.offset_top();
            self.kept.set_value(Some(Kept { number, at: At::Offset(now) }));
            match at {
                At::Offset(before) => top + now - before,
                At::Below(below) => now.saturating_sub(below),
            }
        };
        // Setting it stops smooth scrolling, so only where it is needed.
        if wanted != top {
            element.set_scroll_top(wanted);
        }
        self.last_top.set_value(element.scroll_top());
    }

    /// The pane was scrolled, by the reader or by the page.
    pub fn scrolled(&self) {
        let Some(element) = self.element.try_get_untracked().flatten() else { return };
        let top = element.scroll_top();
        let is_end = element.scroll_height() - top - element.client_height() <= END_TOLERANCE;
        let (is_up, is_down) = (top < self.last_top.get_value(), top > self.last_top.get_value());
        self.last_top.set_value(top);
        if self.follows.get_untracked() {
            if self.resized() {
                return;
            }
            // New rows below do not count: only scrolling up means to stay.
            if is_up && !is_end {
                self.keep_what_is_at(top);
                self.follows.set(false);
            }
            return;
        }
        // A match in the last lines, where the pane itself has scrolled, stays: only scrolling down to the end follows it.
        if is_end && is_down && self.range.get_untracked().1 == self.total.get_untracked().0 {
            self.follows.set(true);
            return;
        }
        self.keep_what_is_at(top);
        let Some(drawn) = self.drawn.get_untracked() else { return };
        let (from, to) = self.range.get_untracked();
        let (start, end) = (drawn.offset_top(), drawn.offset_top() + drawn.offset_height());
        let near_start = from > 0 && top < start + MARGIN;
        let near_end = to < self.total.get_untracked().0 && top + element.client_height() > end - MARGIN;
        if near_start || near_end {
            let at = self.kept.with_value(|it| it.map_or(0, |it| it.number));
            self.draw_around(self.rows.index(at));
            self.settle();
        }
    }

    /// A pane of another height still shows the end, if it did, and more rows where it has grown. Its end moves with it, which may scroll
    /// it: that is no scrolling of a person's. False where the height is the same.
    pub fn resized(&self) -> bool {
        let height = self.client_height();
        let before = self.height.try_get_value().unwrap_or(height);
        if height == before || height == 0 || !self.follows.try_get_untracked().unwrap_or_default() {
            return false;
        }
        self.height.set_value(height);
        untrack(|| if height > before { self.rows_changed() } else { self.put_in_place() });
        true
    }

    /// Remembers the line at that height: the first one drawn there, or else the one that the estimate puts there.
    fn keep_what_is_at(&self, top: i32) {
        let Some(drawn) = self.drawn.get_untracked() else { return };
        let (from, to) = self.range.get_untracked();
        let (start, end) = (drawn.offset_top(), drawn.offset_top() + drawn.offset_height());
        let (place, offset) = if top < start {
            self.room().row_at(top)
        } else if top > end {
            let (rows, offset) = self.room().row_at(top - end);
            (to + rows, end + offset)
        } else {
            // The first row that is not wholly above.
            let (mut low, mut high) = (0, u32::try_from(to - from).unwrap_or_default());
            while low < high {
                let middle = low + (high - low) / 2;
                let below = child(&drawn, middle).is_none_or(|it| it.offset_top() + it.offset_height() > top);
                if below { high = middle } else { low = middle + 1 }
            }
            (from + u64::from(low), child(&drawn, low).map_or(top, |it| it.offset_top()))
        };
        let place = place.min(self.total.get_untracked().0.saturating_sub(1));
        let number = self.rows.line_at(place);
        self.kept.set_value(number.map(|number| Kept { number, at: At::Offset(offset) }));
    }

    /// Shows a line, unfolded if needed: where it is visible already, or else a third of the pane below the top.
    pub fn show(&self, section: Section, number: u64) {
        let height = self.client_height();
        let head = self.rows.look(|rows| rows.folded_under(number)).flatten();
        let below = self.in_sight(section, number).unwrap_or(height / 3);
        self.kept.set_value(Some(Kept { number, at: At::Below(below) }));
        self.follows.set(false);
        if let Some(head) = head {
            self.toggle(section, head);
        }
        self.draw_around(self.rows.index(number));
        self.settle();
    }

    /// How far below the top of the pane a line is visible, or would be if the pane moved by one row.
    fn in_sight(&self, section: Section, number: u64) -> Option<i32> {
        let element = self.element.get_untracked()?;
        let row = self.drawn.get_untracked()?.query_selector(&selector(section, number)).ok()??;
        let row: HtmlElement = row.dyn_into().ok()?;
        let (below, height) = (row.offset_top() - element.scroll_top(), element.client_height());
        let is_near = row.offset_height() > 0 && (-row.offset_height()..=height).contains(&below);
        is_near.then(|| below.min(height - row.offset_height()).max(0))
    }

    /// The shown line after or before one that is near the visible ones; otherwise the first visible one. A key that is held down
    /// repeats faster than the pane follows.
    pub fn step(&self, from: Option<(Section, u64)>, is_down: bool) -> Option<(Section, u64)> {
        let section = self.section.get_untracked()?;
        let first = self.read_from()?;
        let is_near = |line: u64| self.rows.index(line).abs_diff(self.rows.index(first)) < BELOW;
        let Some((_, from)) = from.filter(|it| it.0 == section && is_near(it.1)) else {
            return Some((section, first));
        };
        Some((section, self.rows.next_line(from, is_down)?))
    }

    /// Opens or closes the frames below a line.
    pub fn toggle(&self, section: Section, head: u64) {
        if let Some(top) = self.element.get_untracked().map(|it| it.scroll_top())
            && !self.follows.get_untracked()
            && self.kept.with_value(Option::is_none)
        {
            self.keep_what_is_at(top);
        }
        self.rows.toggle(section, head);
    }

    /// Stops following the end: text is being selected.
    pub fn stay(&self) {
        if let Some(element) = self.element.try_get_untracked().flatten()
            && self.follows.get_untracked()
        {
            self.keep_what_is_at(element.scroll_top());
            self.follows.set(false);
        }
    }

    /// The first line that is visible.
    pub fn read_from(&self) -> Option<u64> {
        if !self.follows.get_untracked() {
            return self.kept.with_value(|it| it.map(|it| it.number));
        }
        let height = self.client_height();
        let rows = u64::try_from(height).unwrap_or_default() / ROW;
        self.rows.line_at(self.total.get_untracked().0.saturating_sub(rows))
    }

    /// How many lines came since the end was last followed; while filters are on, how many that they show.
    pub fn unread(&self) -> u64 {
        let (count, seen) = (self.count.get(), self.seen.get());
        if self.search.filters() {
            return self.search.around.with(|it| it.count_from(seen));
        }
        count.saturating_sub(seen)
    }

    /// Tracks what decides which rows are drawn, and how.
    pub fn track_rows(&self) {
        self.range.track();
        self.count.track();
        self.section.track();
        self.rows.track_folds();
    }

    /// The rows to draw, and whether there are lines between each and the one before it.
    pub fn drawn_rows(&self) -> Vec<DrawnRow> {
        let (from, to) = self.range.get();
        self.count.get();
        self.rows.drawn(from, to)
    }

    /// Other rows are drawn: sets the empty room above and below them, and puts the line that is being read back in its place. At
    /// once, because scrolling after the browser has begun a frame shows only in the next one.
    pub fn has_drawn(&self, drawn: &Element) {
        let ((from, to), (total, _), room) = (self.range.get(), self.total.get(), self.room());
        let give = |element: Option<Element>, rows: u64| {
            if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                let _ = element.style().set_property("height", &format!("{}px", room.pixels(rows)));
            }
        };
        give(drawn.previous_element_sibling(), from);
        give(drawn.next_element_sibling(), total.saturating_sub(to));
        untrack(|| self.put_in_place());
    }

    fn room(&self) -> Room {
        Room::of(self.total.get_untracked().0)
    }

    fn row_of(&self, place: u64) -> Option<HtmlElement> {
        let at = u32::try_from(place.checked_sub(self.range.get_untracked().0)?).ok()?;
        child(&self.drawn.get_untracked()?.into(), at)
    }
}

fn child(parent: &Element, at: u32) -> Option<HtmlElement> {
    parent.children().item(at)?.dyn_into().ok()
}
