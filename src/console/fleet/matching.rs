//! Whether a row is what a query asks for.

use std::sync::Arc;

use memchr::memmem::Finder;

use crate::list::SharedText;
use crate::{Column, ListQuery, SessionRow};

/// A query, ready to be asked of many rows. A text that many rows share is asked once.
pub(super) struct Matching {
    words: Vec<(Finder<'static>, Answers)>,
    /// The values of each column that is named.
    terms: Vec<(Column, Vec<String>, Answers)>,
}

/// Which of the shared texts are asked for, by their numbers.
struct Answers {
    all: Vec<bool>,
    is_any: bool,
}

impl Answers {
    fn of<'a>(texts: impl Iterator<Item = &'a SharedText>, is_met: impl Fn(&str) -> bool) -> Self {
        let all: Vec<bool> = texts.map(|it| is_met(&it.text.to_lowercase())).collect();
        Self { is_any: all.contains(&true), all }
    }

    fn has(&self, text: Option<&SharedText>) -> bool {
        text.is_some_and(|it| self.all.get(it.number as usize) == Some(&true))
    }
}

/// The columns that many rows share.
const SHARED: [Column; 5] = [Column::Owner, Column::State, Column::ProxyUser, Column::Kind, Column::Queue];

impl Matching {
    /// `texts` are all that rows share.
    pub(super) fn of(query: &ListQuery, texts: &[Arc<SharedText>]) -> Self {
        let texts = || texts.iter().map(AsRef::as_ref);
        let mut named: Vec<(Column, Vec<String>)> = Vec::new();
        for (column, value) in &query.terms {
            let value = value.trim().to_lowercase();
            match named.iter_mut().find(|it| it.0 == *column) {
                Some((_, values)) => values.push(value),
                None => named.push((*column, vec![value])),
            }
        }
        let term = |(column, values): (Column, Vec<String>)| {
            let answers = Answers::of(texts(), |text| values.iter().any(|it| it == text));
            (column, values, answers)
        };
        let word = |word: &str| {
            let finder = Finder::new(word.to_lowercase().as_bytes()).into_owned();
            let answers = Answers::of(texts(), |text| finder.find(text.as_bytes()).is_some());
            (finder, answers)
        };
        Self {
            words: query.text.split_whitespace().map(word).collect(),
            terms: named.into_iter().map(term).collect(),
        }
    }

    pub(super) fn is_met(&self, row: &SessionRow) -> bool {
        let is_one = |(column, values, answers): &(Column, Vec<String>, Answers)| match column {
            Column::Id => values.iter().any(|it| *it == row.id.as_str().to_lowercase()),
            Column::Name | Column::Application => {
                let text = row.text(*column).to_lowercase();
                values.iter().any(|it| text.contains(it.as_str()))
            }
            _ => answers.has(row.shared(*column)),
        };
        if !self.terms.iter().all(is_one) {
            return false;
        }
        if self.words.is_empty() {
            return true;
        }
        let lower = row.lower();
        let has = |(word, answers): &(Finder<'static>, Answers)| {
            word.find(lower.as_bytes()).is_some()
                || answers.is_any && SHARED.iter().any(|it| answers.has(row.shared(*it)))
        };
        self.words.iter().all(has)
    }
}
