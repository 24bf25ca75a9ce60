//! The order of the listed rows.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::{Column, SessionRow, Sort};

/// Sorts rows that come newest first.
pub(super) fn sorted(mut rows: Vec<Arc<SessionRow>>, sort: Sort) -> Vec<Arc<SessionRow>> {
    let column = sort.column;
    match column {
        Column::Id => {
            if !sort.is_descending {
                rows.reverse();
            }
            rows
        }
        Column::Name | Column::Application => {
            let common = common_prefix(rows.iter().map(|it| it.text(column)).filter(|it| !it.is_empty()));
            let key = |row: &SessionRow| {
                let text = row.text(column);
                (!text.is_empty()).then(|| first_eight(&text.as_bytes()[common.min(text.len())..]))
            };
            by_key(rows, sort, key, |one, other| one.text(column).cmp(other.text(column)))
        }
        Column::Memory | Column::Cores | Column::Seen => {
            by_key(rows, sort, |row| Some(number(row, column)).filter(|it| *it > 0), |_, _| Ordering::Equal)
        }
        _ => {
            let ranks = ranks(&rows, column);
            let key = |row: &SessionRow| row.shared(column).map(|it| ranks[it.number as usize]);
            by_key(rows, sort, key, |_, _| Ordering::Equal)
        }
    }
}

/// By a number that is made once of each row, those without one last; `tie` tells apart what has the same.
fn by_key(
    rows: Vec<Arc<SessionRow>>,
    sort: Sort,
    key: impl Fn(&SessionRow) -> Option<u64>,
    tie: impl Fn(&SessionRow, &SessionRow) -> Ordering,
) -> Vec<Arc<SessionRow>> {
    let (mut keyed, mut empty) = (Vec::with_capacity(rows.len()), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        match key(row) {
            // One number for both: there is no faster sort.
            Some(key) => {
                keyed.push(u128::from(if sort.is_descending { !key } else { key }) << 32 | at as u128)
            }
            None => empty.push(at),
        }
    }
    keyed.sort_unstable();
    let at = |keyed: u128| (keyed & u128::from(u32::MAX)) as usize;
    for same in keyed.chunk_by_mut(|one, other| one >> 32 == other >> 32).filter(|it| it.len() > 1) {
        // Stable: those that are equal stay as they are.
        same.sort_by(|one, other| {
            let tie = tie(&rows[at(*one)], &rows[at(*other)]);
            if sort.is_descending { tie.reverse() } else { tie }
        });
    }
    keyed.into_iter().map(at).chain(empty).map(|at| Arc::clone(&rows[at])).collect()
}

/// The rank of each shared text of a column, by the text's number.
fn ranks(rows: &[Arc<SessionRow>], column: Column) -> Vec<u64> {
    let mut texts: Vec<Option<&str>> = Vec::new();
    for shared in rows.iter().filter_map(|it| it.shared(column)) {
        let at = shared.number as usize;
        if texts.len() <= at {
            texts.resize(at + 1, None);
        }
        texts[at] = Some(&shared.text);
    }
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_unstable_by_key(|at| texts[*at]);
    let mut ranks = vec![0; texts.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank as u64;
    }
    ranks
}

/// How many bytes all texts begin with.
fn common_prefix<'a>(mut texts: impl Iterator<Item = &'a str>) -> usize {
    let Some(first) = texts.next() else { return 0 };
    texts.fold(first.len(), |common, text| match text.as_bytes().starts_with(&first.as_bytes()[..common]) {
        true => common,
        false => first.bytes().zip(text.bytes()).take_while(|(one, other)| one == other).count().min(common),
    })
}

/// The first eight bytes as a number that is greater where the text comes later.
fn first_eight(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(8);
    bytes[..length].copy_from_slice(&text[..length]);
    u64::from_be_bytes(bytes)
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
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let amount: u64 = text[..digits].parse().unwrap_or(0);
    match text[digits..].bytes().next().map(|it| it.to_ascii_lowercase()) {
        Some(b't') => amount.saturating_mul(1 << 20),
        Some(b'g') => amount.saturating_mul(1 << 10),
        Some(b'k') => amount >> 10,
        Some(b'b') => amount >> 20,
        _ => amount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::rows_of;
    use serde_json::json;

    fn ids(sort: &str, rows: &[serde_json::Value]) -> Vec<String> {
        let rows = rows_of(rows);
        sorted(rows, Sort::read(sort).unwrap()).iter().map(|it| it.id.to_string()).collect()
    }

    #[test]
    fn each_column_sorts_both_ways_with_the_empty_last_and_the_newest_first() {
        let rows = [
            json!({"id": 4, "name": "job-b", "owner": "bob", "driverMemory": "512m", "driverCores": 1}),
            json!({"id": 3, "owner": "ada", "driverMemory": "2g", "executorMemory": "1g", "numExecutors": 4}),
            json!({"id": 2, "name": "job-abcdefghij-2", "owner": "bob"}),
            json!({"id": 1, "name": "job-abcdefghij-10", "driverMemory": "1t", "driverCores": 8}),
        ];
        for (sort, expected) in [
            ("id", ["1", "2", "3", "4"]),
            ("-id", ["4", "3", "2", "1"]),
            ("name", ["1", "2", "4", "3"]),
            ("-name", ["4", "2", "1", "3"]),
            ("owner", ["3", "4", "2", "1"]),
            ("-owner", ["4", "2", "3", "1"]),
            ("memory", ["4", "3", "1", "2"]),
            ("-memory", ["1", "3", "4", "2"]),
            ("-cores", ["1", "4", "3", "2"]),
        ] {
            assert_eq!(ids(sort, &rows), expected, "{sort}");
        }
    }

    #[test]
    fn memory_is_read_as_spark_reads_it() {
        for (text, expected) in [
            ("2g", 2_048),
            ("512m", 512),
            ("512", 512),
            ("1T", 1 << 20),
            ("2048k", 2),
            ("1gb", 1_024),
            ("x", 0),
            ("", 0),
        ] {
            assert_eq!(mebibytes(text), expected, "{text}");
        }
    }
}
