//! Which places of the form a person has been at. A problem is shown there alone: nobody wants to be corrected before they have
//! written a word to its end.

use std::ops::Range;
use std::time::Duration;

use crate::{Draft, Field};

/// A problem shows this long after the last key. Not when the control is left: a message that appears under a mouse button on
/// its way down would move what is being pressed.
pub(super) const REST: Duration = Duration::from_millis(700);

/// The places whose problems are shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched {
    places: Vec<(Field, usize)>,
    /// The place being typed in, and when the last key came.
    typing: Option<(Field, usize, Duration)>,
}

impl Touched {
    /// Every place of a draft where something stands: nobody has typed it just now.
    pub fn all_of(draft: &Draft) -> Self {
        let mut touched = Self::default();
        for field in Field::ALL {
            let rows = if field == Field::Conf { draft.conf().len() } else { draft.rows(field).len() };
            for row in 0..rows {
                if field.has_rows() || !draft.text(field).trim().is_empty() {
                    touched.places.push((field, row));
                }
            }
        }
        touched
    }

    /// True for a place whose problems are shown.
    pub fn has(&self, field: Field, row: usize) -> bool {
        self.places.contains(&(field, row))
    }

    /// True while somebody types in a field.
    pub fn is_typing_in(&self, field: Field) -> bool {
        self.typing.is_some_and(|(typed, ..)| typed == field)
    }

    /// A key was pressed. Another place that was typed in is left for it.
    pub fn typed(&mut self, field: Field, row: usize, now: Duration) {
        if let Some((last, at, _)) = self.typing
            && (last, at) != (field, row)
        {
            self.leave(last, at);
        }
        self.typing = Some((field, row, now));
    }

    /// Somebody is done with a place.
    pub fn leave(&mut self, field: Field, row: usize) {
        self.typing = None;
        if !self.has(field, row) {
            self.places.push((field, row));
        }
    }

    /// Nobody types any more: something else stands there.
    pub fn stop_typing(&mut self) {
        self.typing = None;
    }

    /// When the place that is typed in counts as left.
    pub fn rests_at(&self) -> Option<Duration> {
        self.typing.map(|(_, _, at)| at + REST)
    }

    /// Time has passed.
    pub fn rest(&mut self, now: Duration) {
        if let Some((field, row, _)) = self.typing
            && self.rests_at().is_some_and(|due| now >= due)
        {
            self.leave(field, row);
        }
    }

    /// Rows were replaced by `count` others, which nobody has been at: the later ones go on with what was known of them.
    pub fn spliced(&mut self, field: Field, replaced: &Range<usize>, count: usize) {
        let moved = |row: usize| {
            if row < replaced.start {
                Some(row)
            } else if row < replaced.end {
                None
            } else {
                Some(row - replaced.len() + count)
            }
        };
        self.places.retain_mut(|(of, row)| *of != field || moved(*row).inspect(|new| *row = *new).is_some());
        if let Some((of, row, at)) = self.typing
            && of == field
        {
            self.typing = moved(row).map(|new| (of, new, at));
        }
    }
}
