//! How many of the listed sessions have each owner, state, kind, proxy user and queue.

use std::sync::Arc;

use crate::list::SharedText;
use crate::{Column, SessionRow};

/// Counts of what is listed and read. Each list has the texts in the server's words with their numbers, the greatest first; an empty text is
/// for sessions without.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// How many are listed and read.
    pub count: usize,
    /// The states.
    pub states: Vec<(String, usize)>,
    /// The owners.
    pub owners: Vec<(String, usize)>,
    /// The kinds.
    pub kinds: Vec<(String, usize)>,
    /// As whom they run.
    pub proxy_users: Vec<(String, usize)>,
    /// The queues.
    pub queues: Vec<(String, usize)>,
}

const COLUMNS: [Column; 5] = [Column::State, Column::Owner, Column::Kind, Column::ProxyUser, Column::Queue];

impl Totals {
    /// Of these rows; `texts` are all that rows share.
    pub(super) fn of(rows: &[Arc<SessionRow>], texts: &[Arc<SharedText>]) -> Self {
        // For each text by its number, and behind them for those without.
        let mut counts = COLUMNS.map(|_| vec![0_usize; texts.len() + 1]);
        for row in rows {
            for (counts, column) in counts.iter_mut().zip(COLUMNS) {
                let at = row.shared(column).map_or(texts.len(), |it| it.number as usize);
                if let Some(count) = counts.get_mut(at) {
                    *count += 1;
                }
            }
        }
        let named = |counts: Vec<usize>| {
            let text = |at: usize| texts.get(at).map_or("", |it| &*it.text).to_owned();
            let counted = counts.into_iter().enumerate().filter(|it| it.1 > 0);
            let mut all: Vec<(String, usize)> = counted.map(|(at, count)| (text(at), count)).collect();
            all.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            all
        };
        let [states, owners, kinds, proxy_users, queues] = counts.map(named);
        Self { count: rows.len(), states, owners, kinds, proxy_users, queues }
    }

    /// Those of a column; nothing for one whose texts are not counted.
    pub fn of_column(&self, column: Column) -> &[(String, usize)] {
        match column {
            Column::State => &self.states,
            Column::Owner => &self.owners,
            Column::Kind => &self.kinds,
            Column::ProxyUser => &self.proxy_users,
            Column::Queue => &self.queues,
            _ => &[],
        }
    }
}
