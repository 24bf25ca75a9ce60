//! The empty room in place of the rows that are not drawn: an estimate, because browsers limit the height of an element and a
//! wrapped line is higher than one row.

/// The height of a row in pixels (`--lc-log` in style/tokens.css).
pub const ROW: u64 = 18;
/// The greatest height of the room for all rows, in pixels: Firefox ends at 17.9 million, Chromium at 11.2 million with three
/// device pixels to one, and scroll positions are exact only to 2^23.
const HIGHEST: u64 = 5_000_000;

/// Its scale, which changes only when the number of rows doubles or halves.
pub struct Room {
    all: u64,
}

impl Room {
    /// For this number of rows.
    pub fn of(rows: u64) -> Self {
        Self { all: rows.max(1).next_power_of_two() }
    }

    /// The height of this many of them, in pixels.
    pub fn pixels(&self, rows: u64) -> u64 {
        (rows * ROW).min(rows * HIGHEST / self.all)
    }

    /// The row at a height in pixels, and the height where its room begins.
    pub fn row_at(&self, pixels: i32) -> (u64, i32) {
        let pixels = u64::try_from(pixels).unwrap_or_default();
        let rows = (pixels / ROW).max(pixels * self.all / HIGHEST);
        (rows, i32::try_from(self.pixels(rows)).unwrap_or(i32::MAX))
    }
}
