//! The empty room that stands for the rows which are not drawn: an estimate, as a browser's elements have a greatest height and a
//! broken line is higher than one.

/// The height of a row in pixels (`--lc-log` in style/tokens.css).
pub const ROW: u64 = 18;
/// The room for all rows is at most so high, in pixels: Firefox ends at 17.9 million, Chromium at 11.2 million with three device
/// pixels to one, and scroll positions are exact only to 2^23.
const HIGHEST: u64 = 5_000_000;

/// Its measure, which changes only when there are twice as many rows, or half.
pub struct Room {
    all: u64,
}

impl Room {
    /// For so many rows in all.
    pub fn of(rows: u64) -> Self {
        Self { all: rows.max(1).next_power_of_two() }
    }

    /// The height of so many of them, in pixels.
    pub fn pixels(&self, rows: u64) -> u64 {
        (rows * ROW).min(rows * HIGHEST / self.all)
    }

    /// Which row a height stands for, and where that row's own room begins.
    pub fn row_at(&self, pixels: i32) -> (u64, i32) {
        let pixels = u64::try_from(pixels).unwrap_or_default();
        let rows = (pixels / ROW).max(pixels * self.all / HIGHEST);
        (rows, i32::try_from(self.pixels(rows)).unwrap_or(i32::MAX))
    }
}
