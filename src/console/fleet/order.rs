//! The order of the listed rows.

use std::sync::Arc;

use crate::{Column, SessionRow, Sort};

/// Sorts rows that come newest first.
pub(super) fn sorted(rows: Vec<Arc<SessionRow>>, sort: Sort) -> Vec<Arc<SessionRow>> {
    if sort.column == Column::Id {
        let mut rows = rows;
        if !sort.is_descending {
            rows.reverse();
        }
        return rows;
    }
    let (mut valued, empty): (Vec<_>, Vec<_>) = rows.into_iter().partition(|it| has_value(it, sort.column));
    let compare = |one: &Arc<SessionRow>, other: &Arc<SessionRow>| {
        number(one, sort.column)
            .cmp(&number(other, sort.column))
            .then_with(|| one.text(sort.column).cmp(other.text(sort.column)))
    };
    valued.sort_by(|one, other| if sort.is_descending { compare(other, one) } else { compare(one, other) });
    valued.extend(empty);
    valued
}

fn has_value(row: &SessionRow, column: Column) -> bool {
    match column {
        Column::Memory | Column::Cores | Column::Seen => number(row, column) > 0,
        _ => !row.text(column).is_empty(),
    }
}

/// A column's number; 0 for those that are text.
fn number(row: &SessionRow, column: Column) -> u64 {
    match column {
        Column::Memory => {
            let of = |it: Option<&str>| it.map_or(0, mebibytes);
            of(row.driver_memory()) + of(row.executor_memory()) * u64::from(row.executors)
        }
        Column::Cores => {
            u64::from(row.driver_cores) + u64::from(row.executor_cores) * u64::from(row.executors)
        }
        Column::Seen => row.seen.as_millis(),
        _ => 0,
    }
}

/// Memory as Spark reads it for executors, in MiB, rounded down; 0 for what it does not read.
fn mebibytes(text: &str) -> u64 {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let amount: u64 = text[..digits].parse().unwrap_or(0);
    match text[digits..].trim_end_matches('b') {
        "t" => amount.saturating_mul(1 << 20),
        "g" => amount.saturating_mul(1 << 10),
        "k" => amount >> 10,
        "" if text.ends_with('b') => amount >> 20,
        _ => amount,
    }
}
