//! The order of the listed rows.

use std::sync::Arc;

use crate::{Column, SessionRow, Sort};

/// Rows that come newest first, in another order. A comparison costs much where the program is built for its size: rows are put in order by
/// numbers that are made once of each, digit by digit.
pub(super) fn sorted(rows: &[Arc<SessionRow>], sort: Sort) -> Vec<Arc<SessionRow>> {
    let column = sort.column;
    match column {
        Column::Id if sort.is_descending => rows.to_vec(),
        Column::Id => rows.iter().rev().cloned().collect(),
        Column::Name | Column::Application => by_text(rows, sort),
        Column::Memory | Column::Cores | Column::Seen => {
            by_number(rows, sort, |row| Some(number(row, column)).filter(|it| *it > 0))
        }
        _ => {
            let ranks = ranks(rows, column);
            by_number(rows, sort, |row| row.shared(column).map(|it| ranks[it.number as usize]))
        }
    }
}

/// A number to sort by, and which of the rows has it.
type Keyed = (u64, u32);

/// Those without a number last. Equal ones stay as they are.
fn by_number(
    rows: &[Arc<SessionRow>],
    sort: Sort,
    key: impl Fn(&SessionRow) -> Option<u64>,
) -> Vec<Arc<SessionRow>> {
    let (mut keyed, mut empty): (Vec<Keyed>, Vec<u32>) = (Vec::with_capacity(rows.len()), Vec::new());
    for (at, row) in (0..).zip(rows) {
        match key(row) {
            Some(key) => keyed.push((if sort.is_descending { !key } else { key }, at)),
            None => empty.push(at),
        }
    }
    by_digits(&mut keyed);
    let order = keyed.into_iter().map(|it| it.1).chain(empty);
    order.map(|at| Arc::clone(&rows[at as usize])).collect()
}

/// By their texts, those without one last.
fn by_text(rows: &[Arc<SessionRow>], sort: Sort) -> Vec<Arc<SessionRow>> {
    let texts: Vec<&[u8]> = rows.iter().map(|it| it.text(sort.column).as_bytes()).collect();
    let (mut keyed, mut empty): (Vec<Keyed>, Vec<Keyed>) =
        (0..).zip(&texts).map(|(at, _)| (0, at)).partition(|it: &Keyed| !texts[it.1 as usize].is_empty());
    by_next_bytes(&mut keyed, &texts, 0, sort.is_descending);
    keyed.append(&mut empty);
    keyed.into_iter().map(|it| Arc::clone(&rows[it.1 as usize])).collect()
}

/// Puts texts that begin with the same bytes, so many at least, in order: by the eight that follow what all begin with, and those that
/// have these in common by the next ones.
fn by_next_bytes(keyed: &mut [Keyed], texts: &[&[u8]], from: usize, is_descending: bool) {
    let text = |it: &Keyed| texts[it.1 as usize];
    let from = common_prefix(keyed.iter().map(text), from);
    for it in keyed.iter_mut() {
        let key = first_eight(&texts[it.1 as usize][from..]);
        it.0 = if is_descending { !key } else { key };
    }
    by_digits(keyed);
    for same in keyed.chunk_by_mut(|one, next| one.0 == next.0).filter(|it| it.len() > 1) {
        if same.iter().any(|it| texts[it.1 as usize].len() > from + EIGHT) {
            by_next_bytes(same, texts, from, is_descending);
        }
    }
}

/// Fewer are put in order by comparing them.
const FEW: usize = 256;

/// So many bits are a digit.
const DIGIT: usize = 11;

/// In the order of their numbers; equal ones stay as they are.
fn by_digits(keyed: &mut [Keyed]) {
    if keyed.len() < FEW {
        return keyed.sort_by_key(|it| it.0);
    }
    let (all, any) = keyed.iter().fold((u64::MAX, 0), |(all, any), it| (all & it.0, any | it.0));
    let digit = |it: &Keyed, shift: usize| (it.0 >> shift) as usize & ((1 << DIGIT) - 1);
    let mut last = keyed.to_vec();
    for shift in (0..64).step_by(DIGIT) {
        // The lowest digit first, without those in which all agree.
        if digit(&(all ^ any, 0), shift) == 0 {
            continue;
        }
        let mut places = vec![0; 1 << DIGIT];
        last.iter().for_each(|it| places[digit(it, shift)] += 1);
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for it in &last {
            let place = &mut places[digit(it, shift)];
            keyed[*place] = *it;
            *place += 1;
        }
        last.copy_from_slice(keyed);
    }
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

/// How many bytes all texts begin with, of which so many are known.
fn common_prefix<'a>(mut texts: impl Iterator<Item = &'a [u8]>, known: usize) -> usize {
    let Some(first) = texts.next() else { return known };
    texts.fold(first.len(), |common, text| match text.get(known..common) == first.get(known..common) {
        true => common,
        false => {
            known + first[known..].iter().zip(&text[known..]).take_while(|(one, other)| one == other).count()
        }
    })
}

/// So many bytes are a number.
const EIGHT: usize = 8;

/// The first eight bytes as a number that is greater where the text comes later.
fn first_eight(text: &[u8]) -> u64 {
    let mut bytes = [0; EIGHT];
    let length = text.len().min(EIGHT);
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
        sorted(&rows, Sort::read(sort).unwrap()).iter().map(|it| it.id.to_string()).collect()
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
    fn many_rows_are_in_the_order_that_comparing_them_gives() {
        let name = |at: u64| match at % 7 {
            0 => String::new(),
            1 => format!("nightly-etl-{}", at * 7_919 % 1_000),
            2 => format!("nightly-etl-of-every-night-{}", at % 13),
            3 => "nightly-etl-".to_owned(),
            4 => format!("größe-{}", at % 90),
            _ => format!("report-{at}"),
        };
        let rows: Vec<_> = (0..3_000)
            .map(
                |at| json!({"id": 3_000 - at, "name": name(at), "numExecutors": at % 40, "executorCores": 3}),
            )
            .collect();
        let rows = rows_of(&rows);
        for (word, is_descending) in [("name", false), ("-name", true)] {
            let found = sorted(&rows, Sort::read(word).unwrap());
            let mut expected = rows.clone();
            expected.sort_by(|one, other| {
                let by = one.name().cmp(&other.name());
                let by = if is_descending { by.reverse() } else { by };
                one.name().is_none().cmp(&other.name().is_none()).then(by)
            });
            assert!(found.iter().zip(&expected).all(|(one, other)| one.id == other.id), "{word}");
        }
        let cores: Vec<u64> =
            sorted(&rows, Sort::read("cores").unwrap()).iter().map(|it| number(it, Column::Cores)).collect();
        assert!(cores.iter().filter(|it| **it > 0).is_sorted() && cores.ends_with(&[0]));
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
