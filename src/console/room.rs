//! Rows of which only some are in the page, and the empty room above and below those.

use std::ops::Range;

/// The greatest height of a pane's content, in pixels: Firefox ends at 17.9 million, Chromium at 11.2 million with three device pixels to
/// one.
const HIGHEST: f64 = 10_000_000.0;

/// How rows are turned into pixels. Of very many, several share what one would take, so that the last one stands at the end.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    rows: usize,
    row: f64,
    share: f64,
    height: f64,
}

impl Room {
    /// For so many rows of this height, in a pane that shows so many pixels of them at once; 0 where they scroll with the page.
    pub fn of(rows: usize, row: f64, pane: f64) -> Self {
        let height = rows as f64 * row;
        if height <= HIGHEST {
            return Self { rows, row, share: row, height };
        }
        // No pane is as high as that.
        Self { rows, row, share: (HIGHEST - pane) / (rows as f64 - pane / row), height: HIGHEST }
    }

    /// The row at the top of the pane where it is scrolled so many pixels down.
    pub fn row_at(self, top: f64) -> usize {
        ((top / self.share).max(0.0) as usize).min(self.rows)
    }

    /// How far the pane is to be scrolled to have a row at its top, in pixels.
    pub fn top_of(self, row: usize) -> f64 {
        row as f64 * self.share
    }

    /// The room above and below some rows, in pixels, where `first` is the one at the top of the pane.
    pub fn around(self, first: usize, rows: &Range<usize>) -> (f64, f64) {
        let before = first.saturating_sub(rows.start) as f64 * self.row;
        let above = if rows.start == 0 { 0.0 } else { (self.top_of(first) - before).max(0.0) };
        (above, (self.height - above - rows.len() as f64 * self.row).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_rows_have_their_own_height() {
        let room = Room::of(1_000, 18.0, 420.0);
        assert_eq!(
            (room.row_at(-5.0), room.row_at(0.0), room.row_at(35.9), room.row_at(1e9)),
            (0, 0, 1, 1_000)
        );
        assert_eq!(room.around(100, &(60..170)), (60.0 * 18.0, 830.0 * 18.0));
        assert_eq!(room.around(0, &(0..1_000)), (0.0, 0.0));
        assert_eq!(Room::of(0, 18.0, 0.0).around(0, &(0..0)), (0.0, 0.0));
    }

    #[test]
    fn the_last_of_very_many_stands_at_the_end() {
        for (rows, row, pane) in [(2_200_000, 18.0, 420.0), (600_000, 18.0, 900.0), (50_000_000, 28.0, 33.0)]
        {
            let room = Room::of(rows, row, pane);
            // Scrolled to the end.
            let first = room.row_at(HIGHEST - pane);
            let seen = (pane / row) as usize;
            assert!(first + seen >= rows - 1 && first + seen <= rows, "{first} of {rows}");
            let (above, below) = room.around(first, &(first - 40..rows));
            let last = above + (rows - first + 40) as f64 * row;
            assert!((last - HIGHEST).abs() <= row && below <= row, "{last}");
            // Whatever the place, the row at the top is the one that is drawn there.
            for top in [0.0, 1e6, 5e6, HIGHEST - pane] {
                let first = room.row_at(top);
                assert!((room.top_of(first) - top).abs() <= room.share + 1e-3, "{top}");
            }
        }
    }
}
