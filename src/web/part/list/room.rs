//! The empty room in place of the rows that are not in the document.

/// The greatest height of the room for all rows, in pixels: Firefox ends at 17.9 million, Chromium at 11.2 million with three device
/// pixels to one.
const HIGHEST: f64 = 10_000_000.0;

/// How rows are turned into pixels. Up to 250,000 rows each has its own height; more of them share what there is.
#[derive(Clone, Copy)]
pub struct Room {
    height: f64,
}

impl Room {
    /// For so many rows of this height.
    pub fn of(rows: usize, height: f64) -> Self {
        let most = HIGHEST / rows.max(1) as f64;
        Self { height: height.min(most) }
    }

    /// The height of so many rows, in pixels.
    pub fn pixels(self, rows: usize) -> f64 {
        rows as f64 * self.height
    }

    /// The row so many pixels below the beginning; 0 above it.
    pub fn row_at(self, pixels: f64) -> usize {
        (pixels / self.height).max(0.0) as usize
    }
}
