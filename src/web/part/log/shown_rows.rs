//! The rows of the section that is shown: which lines its filters leave, and which frames are folded.

use console::{Row, Rows, SectionLog, TextPlace, Unfolded};
use leptos::prelude::*;
use livy::Section;

use crate::web::console::Console;
use crate::web::part::log::line::DrawnRow;
use crate::web::part::log::search_state::SearchState;
use crate::web::reactive::Seen;

/// The rows, wherever the reader is.
#[derive(Clone, Copy)]
pub struct ShownRows {
    console: Console,
    section: Seen<Option<Section>>,
    search: SearchState,
    /// By section.
    unfolded: RwSignal<[Unfolded; 3]>,
}

impl ShownRows {
    /// With everything folded.
    pub fn new(console: Console, section: Seen<Option<Section>>, search: SearchState) -> Self {
        Self { console, section, search, unfolded: RwSignal::new(<[Unfolded; 3]>::default()) }
    }

    /// Looks at the rows, and tracks what they depend on but for the lines of the log.
    pub fn follow<T>(&self, at: impl FnOnce(&Rows<'_>) -> T) -> Option<T> {
        let section = self.section.get()?;
        self.console.log(section, |log| {
            self.unfolded.with(|all| {
                let none = Unfolded::default();
                let unfolded = all.get(section as usize).unwrap_or(&none);
                if self.search.filters() {
                    self.search.around.with(|it| at(&Rows::only(log, it.lines())))
                } else {
                    at(&Rows::all(log, unfolded))
                }
            })
        })
    }

    /// Looks at the rows once.
    pub fn look<T>(&self, at: impl FnOnce(&Rows<'_>) -> T) -> Option<T> {
        untrack(|| self.follow(at))
    }

    /// Tracks what is folded.
    pub fn track_folds(&self) {
        self.unfolded.track();
    }

    /// Opens or closes the frames below a line.
    pub fn toggle(&self, section: Section, head: u64) {
        self.unfolded.update(|it| {
            if let Some(it) = it.get_mut(section as usize) {
                it.toggle(head);
            }
        });
    }

    /// Opens or closes all frames of the section.
    pub fn unfold_all(&self, all: bool) {
        let Some(section) = self.section.get_untracked() else { return };
        self.unfolded.update(|it| {
            if let Some(it) = it.get_mut(section as usize) {
                *it = Unfolded { all, ..Unfolded::default() };
            }
        });
    }

    /// The place of a line's row.
    pub fn index(&self, number: u64) -> u64 {
        self.look(|rows| rows.index(number)).unwrap_or_default()
    }

    /// The line of a row, or the one after a gap.
    pub fn line_at(&self, place: u64) -> Option<u64> {
        self.look(|rows| match rows.row(place)? {
            Row::Line { number, .. } => Some(number),
            Row::Gap { after } => Some(after.map_or(0, |it| it + 1)),
        })
        .flatten()
    }

    /// The line whose row comes next, below or above, and is not folded away.
    pub fn next_line(&self, from: u64, is_down: bool) -> Option<u64> {
        self.look(|rows| {
            let place = rows.index(from);
            let next = |row: u64| match rows.row(row)? {
                Row::Line { number, is_hidden: false, .. } => Some(number),
                _ => None,
            };
            if is_down { (place + 1..rows.len()).find_map(next) } else { (0..place).rev().find_map(next) }
        })
        .flatten()
    }

    /// The rows between two places, and whether there are lines between each and the one before it.
    pub fn drawn(&self, from: u64, to: u64) -> Vec<DrawnRow> {
        let Some(section) = self.section.get() else { return Vec::new() };
        self.follow(|rows| {
            (from..to).filter_map(|it| Some((section, rows.row(it)?, rows.is_apart(it)))).collect()
        })
        .unwrap_or_default()
    }

    /// The text from one place to another as it is shown, including folded frames and rows that are not drawn; while filters are
    /// on, only the lines that they show.
    pub fn text(&self, from: Option<TextPlace>, to: Option<TextPlace>) -> Option<String> {
        self.with_lines(|_, log, only| log.copied(from, to, only))
    }

    /// The section as a file; while filters are on, only the lines that they show.
    pub fn file(&self) -> Option<String> {
        self.with_lines(|section, log, only| match only {
            Some(lines) => log.to_text_of(section, lines),
            None => log.to_text(section),
        })
    }

    /// Looks at the section, and at the lines of it that the filters show.
    fn with_lines<T>(&self, at: impl FnOnce(Section, &SectionLog, Option<&[u64]>) -> T) -> Option<T> {
        let section = self.section.get_untracked()?;
        let is_part = untrack(|| self.search.filters());
        self.console.log(section, |log| {
            self.search.around.with_untracked(|it| at(section, log, is_part.then_some(it.lines())))
        })
    }
}
