//! A value of an answer for whoever looks at it later than the answer's reader.

use std::ops::Range;
use std::sync::Arc;

use crate::json::Json;

/// A JSON value together with the answer that it stands in, which it keeps alive.
#[derive(Clone, Debug)]
pub struct Piece {
    text: Arc<str>,
    place: Range<usize>,
}

impl Piece {
    /// The whole text as one value, as [`Json::parse`] reads it.
    pub fn parse(text: &str) -> Option<Self> {
        let text: Arc<str> = text.into();
        let place = place(&text, Json::parse(&text)?);
        Some(Self { text, place })
    }

    /// A piece of a text that was read.
    pub(crate) fn known(text: Arc<str>, place: Range<usize>) -> Self {
        Self { text, place }
    }

    /// The value.
    pub fn json(&self) -> Json<'_> {
        Json::known(self.text.get(self.place.clone()).unwrap_or_default())
    }

    /// Where a value that was found in this one stands, for [`Piece::at`].
    pub fn place(&self, inner: Json<'_>) -> Range<usize> {
        place(&self.text, inner)
    }

    /// The value at such a place; nothing of another one.
    pub fn at(&self, place: Range<usize>) -> Json<'_> {
        Json::known(self.text.get(place).unwrap_or_default())
    }
}

/// Pieces of a text know where in it they stand.
pub(crate) fn place(text: &str, inner: Json<'_>) -> Range<usize> {
    let start = (inner.as_written().as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    start..start.saturating_add(inner.as_written().len())
}
