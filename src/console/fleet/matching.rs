//! Whether a row is what a query asks for.

use crate::{Column, ListQuery, SessionRow};

/// A query, ready to be asked of many rows.
pub(super) struct Matching {
    words: Vec<Vec<u8>>,
    /// The values of each column that is named.
    terms: Vec<(Column, Vec<Vec<u8>>)>,
}

/// The columns that are searched for words.
const SEARCHED: [Column; 8] = [
    Column::Name,
    Column::Id,
    Column::Application,
    Column::Owner,
    Column::State,
    Column::ProxyUser,
    Column::Kind,
    Column::Queue,
];

impl Matching {
    pub(super) fn of(query: &ListQuery) -> Self {
        let mut terms: Vec<(Column, Vec<Vec<u8>>)> = Vec::new();
        for (column, value) in &query.terms {
            let value = value.trim().to_lowercase().into_bytes();
            match terms.iter_mut().find(|it| it.0 == *column) {
                Some((_, values)) => values.push(value),
                None => terms.push((*column, vec![value])),
            }
        }
        Self {
            words: query.text.split_whitespace().map(|it| it.to_lowercase().into_bytes()).collect(),
            terms,
        }
    }

    pub(super) fn is_met(&self, row: &SessionRow) -> bool {
        let has = |word: &Vec<u8>| SEARCHED.iter().any(|it| contains(row.text(*it), word));
        let is_one = |(column, values): &(Column, Vec<Vec<u8>>)| {
            let text = row.text(*column);
            let is_part = matches!(column, Column::Name | Column::Application);
            values.iter().any(|it| if is_part { contains(text, it) } else { equals(text, it) })
        };
        self.terms.iter().all(is_one) && self.words.iter().all(has)
    }
}

/// True where a text has this lower-case part.
fn contains(text: &str, part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else { return true };
    if !text.is_ascii() {
        return memchr::memmem::find(text.to_lowercase().as_bytes(), part).is_some();
    }
    let text = text.as_bytes();
    let Some(ends) = text.len().checked_sub(rest.len()) else { return false };
    let is_here = |at: usize| text[at + 1..at + 1 + rest.len()].eq_ignore_ascii_case(rest);
    (0..ends).any(|at| text[at].to_ascii_lowercase() == *first && is_here(at))
}

fn equals(text: &str, other: &[u8]) -> bool {
    if text.is_ascii() {
        text.as_bytes().eq_ignore_ascii_case(other)
    } else {
        text.to_lowercase().as_bytes() == other
    }
}
