//! The line that is pointed at, and how a line is found among the rows of the page.

use leptos::prelude::RwSignal;
use livy::Section;
use web_sys::Element;

/// A line of the log that is to be looked at.
pub type PointedLine = RwSignal<Option<(Section, u64)>>;

/// A CSS selector for the row of a line.
pub fn selector(section: Section, number: u64) -> String {
    format!("[data-log-section={}][data-log-line=\"{number}\"]", section.as_str())
}

/// The line of a row.
pub fn line_of(row: &Element) -> Option<(Section, u64)> {
    let number = row.get_attribute("data-log-line")?.parse().ok()?;
    let word = row.get_attribute("data-log-section")?;
    Some((Section::ALL.into_iter().find(|it| it.as_str() == word)?, number))
}
