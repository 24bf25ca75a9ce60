//! What a table shows, and which of its cells are selected.

use std::rc::Rc;

use console::{Table, tabs};

use crate::web::part::output::band::Band;
use crate::web::part::output::cells::Columns;
use crate::web::part::output::picked::{Picked, Place};

/// What a table shows.
pub struct State {
    /// The whole of it.
    pub table: Rc<Table>,
    /// Its columns, and which of them are in the page.
    pub columns: Columns,
    /// The rows as they are shown, by their places in the answer; nothing: in the order of the answer.
    pub order: Option<Vec<usize>>,
    /// By which column, and whether downwards.
    pub sort: Option<(usize, bool)>,
    /// The rows in the page.
    pub band: Band,
    /// From where a selection goes to where.
    pub picked: Option<(Place, Place)>,
    /// True from the key that copies until the browser tells of it.
    pub is_copy_due: bool,
}

impl State {
    /// Where a row that is shown stands in the answer.
    pub fn place(&self, row: usize) -> usize {
        self.order.as_ref().map_or(row, |it| it.get(row).copied().unwrap_or(row))
    }

    /// The selected rows and columns.
    pub fn picked(&self) -> Option<Picked> {
        let ((row, column), (to_row, to_column)) = self.picked?;
        Some((row.min(to_row)..row.max(to_row) + 1, column.min(to_column)..column.max(to_column) + 1))
    }

    /// The selected cells, as they are copied.
    pub fn picked_text(&self) -> Option<String> {
        let (rows, picked) = self.picked()?;
        let (rows, columns) = (rows.map(|row| self.place(row)).collect::<Vec<usize>>(), picked.len());
        let text = tabs(&self.table, &rows, picked);
        // A part of one row goes into a line of something else.
        Some(match text.strip_suffix('\n').filter(|_| rows.len() == 1 && columns > 1) {
            Some(line) => line.to_owned(),
            None => text,
        })
    }
}
