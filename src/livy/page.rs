//! One page of the list of sessions: what came, from which end, and what it tells of how many there are.

use serde_json::{Map, Value};

use crate::Session;

/// One page of `GET /sessions`.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionPage {
    /// The oldest first, whatever the server's order is.
    pub sessions: Vec<Session>,
    /// The number that the server calls its total (the page's own count where it tells none). Livy means all its sessions, Lighter
    /// the ones on the page: what can be believed of it says [`SessionPage::extent`].
    pub total: u64,
    /// How many entries of the page could not be read.
    pub unreadable: usize,
    /// The place of the page's first entry in the server's order, where the server tells it.
    pub from: Option<u64>,
    /// True where the server lists its newest session first, as Lighter does (`JdbcApplicationStorage.findApplications`, `ORDER BY
    /// created_at DESC`): the newest page begins at 0 there. Livy lists the oldest first.
    pub is_newest_first: bool,
}

/// How many sessions a server has, as far as one page tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// So many.
    Exactly(u64),
    /// So many and perhaps more: the server told the page's own length, and the page was full.
    AtLeast(u64),
    /// No more than these: the page begins after the last one.
    AtMost(u64),
}

impl SessionPage {
    /// Under which of these keys the entries stand: Livy and everybody who follows it; Lighter without its mode for sparkmagic
    /// (`ApplicationList.java`); Fabric (`LivySparkActivityList`); Kyuubi's page of batches (`GetBatchesResponse.java`).
    const ENTRIES: [&str; 4] = ["sessions", "applications", "items", "batches"];

    /// `None` when there is no list of sessions in it.
    pub fn from_json(value: Value) -> Option<Self> {
        let mut page = match value {
            Value::Object(page) => page,
            // Kyuubi lists all its sessions without a word around them.
            Value::Array(entries) => {
                let whole = entries.iter().all(Value::is_object).then_some(Value::Array(entries))?;
                Map::from_iter([("sessions".to_owned(), whole), ("from".to_owned(), Value::from(0))])
            }
            _ => return None,
        };
        let entries = Self::ENTRIES.into_iter().find_map(|key| entries(&mut page, key))?;
        let count = entries.len();
        let mut sessions: Vec<Session> = entries.into_iter().filter_map(Session::from_json).collect();
        let is_newest_first = is_newest_first(&sessions);
        if is_newest_first {
            sessions.reverse();
        }
        let number = |key: &str| page.get(key).and_then(Value::as_u64);
        let total = number("total").or(number("totalCountOfMatchedItems")).unwrap_or(count as u64);
        Some(Self {
            total,
            unreadable: count - sessions.len(),
            sessions,
            from: number("from"),
            is_newest_first,
        })
    }

    /// How many entries came, those that could not be read too. It may be fewer than were asked for: Synapse gives at most 20.
    pub fn count(&self) -> u64 {
        self.sessions.len() as u64 + self.unreadable as u64
    }

    /// How many sessions the server has, by this answer to a call for `size` of them from `from` on.
    ///
    /// A total beyond the end of the page, or one that ends with it and counts the pages before, is the server's real one. One that
    /// is no more than the page's own count says nothing, unless the page was not full.
    pub fn extent(&self, from: u64, size: u32) -> Extent {
        let (count, from) = (self.count(), self.from.unwrap_or(from));
        let end = from.saturating_add(count);
        let is_real = self.total > end || (self.total != count && self.total == end);
        match count {
            // More than were asked for: a server that knows no pages.
            _ if count > u64::from(size) && self.total <= count => Extent::Exactly(count),
            _ if is_real => Extent::Exactly(self.total),
            0 if self.total > 0 => Extent::Exactly(self.total),
            0 if from > 0 => Extent::AtMost(from),
            _ if count < u64::from(size) => Extent::Exactly(end),
            _ => Extent::AtLeast(end),
        }
    }
}

fn entries(page: &mut Map<String, Value>, key: &str) -> Option<Vec<Value>> {
    match page.get_mut(key)?.take() {
        Value::Array(entries) => Some(entries),
        _ => None,
    }
}

/// By the ids where they are numbers, else by the times of creation: `createdAt` of Lighter, `submittedAt` of Fabric (ISO 8601).
fn is_newest_first(sessions: &[Session]) -> bool {
    let (Some(first), Some(last)) = (sessions.first(), sessions.last()) else { return false };
    let number = |it: &Session| it.id.as_str().parse::<u64>().ok();
    match (number(first), number(last)) {
        (Some(first), Some(last)) => first > last,
        _ => {
            let made = |it: &Session| {
                it.field("createdAt").or(it.field("submittedAt")).and_then(Value::as_str).map(str::to_owned)
            };
            made(first).zip(made(last)).is_some_and(|(first, last)| first > last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_with_a_broken_entry_keeps_the_others() {
        let page = json!({"sessions": [{"id": 1, "state": "idle"}, {"state": "idle"}, null]});
        let page = SessionPage::from_json(page).unwrap();
        assert_eq!((page.sessions.len(), page.unreadable, page.total, page.from), (1, 2, 3, None));
        assert_eq!(SessionPage::from_json(json!({"total": 3})), None);
    }

    #[test]
    fn the_oldest_come_first_whichever_way_the_server_lists() {
        let ids = |page: Value| {
            let page = SessionPage::from_json(page).unwrap();
            (page.sessions.iter().map(|it| it.id.to_string()).collect::<Vec<_>>(), page.is_newest_first)
        };
        let named =
            |ids: &[&str], newest_first| (ids.iter().map(|it| (*it).to_owned()).collect(), newest_first);
        assert_eq!(ids(json!({"sessions": [{"id": 1}, {"id": 12}]})), named(&["1", "12"], false));
        assert_eq!(ids(json!({"sessions": [{"id": 12}, {"id": 1}]})), named(&["1", "12"], true));
        let lighter = json!({"applications": [
            {"id": "7f3a", "createdAt": "2026-08-12T09:37:45.1"},
            {"id": "a0b1", "createdAt": "2026-08-11T09:37:45.1"},
        ]});
        assert_eq!(ids(lighter), named(&["a0b1", "7f3a"], true));
        assert_eq!(ids(json!({"sessions": [{"id": "b"}, {"id": "a"}]})), named(&["b", "a"], false));
    }

    #[test]
    fn a_bare_list_is_a_list_of_sessions_where_its_entries_are() {
        let id = |number: u32| format!("e3a9b0c4-0000-4000-8000-{number:012}");
        let kyuubi = json!([{"identifier": id(1), "user": "a"}, {"identifier": id(2), "user": "b"}]);
        let page = SessionPage::from_json(kyuubi).unwrap();
        assert_eq!((page.count(), page.unreadable, page.extent(0, 100)), (2, 0, Extent::Exactly(2)));
        assert_eq!(SessionPage::from_json(json!([])).map(|it| it.count()), Some(0));
        assert_eq!(SessionPage::from_json(json!(["a", "b"])), None);
    }

    #[test]
    fn a_total_is_believed_where_it_can_be_one() {
        use Extent::{AtLeast, AtMost, Exactly};
        // Asked from where, how many came, and what the server called its total.
        let rows = [
            (0, 100, Some(216), Exactly(216)),
            (116, 100, Some(216), Exactly(216)),
            (0, 20, Some(250), Exactly(250)),
            (230, 20, Some(250), Exactly(250)),
            (400, 0, Some(216), Exactly(216)),
            (0, 3, Some(3), Exactly(3)),
            (0, 0, Some(0), Exactly(0)),
            // The page's own length.
            (0, 100, Some(100), AtLeast(100)),
            (100, 100, Some(100), AtLeast(200)),
            (100, 7, Some(7), Exactly(107)),
            (100, 0, Some(0), AtMost(100)),
            (0, 100, None, AtLeast(100)),
            (0, 20, None, Exactly(20)),
            // No pages: all of them come, whatever is asked for.
            (0, 150, None, Exactly(150)),
            (0, 150, Some(150), Exactly(150)),
        ];
        for (from, count, total, expected) in rows {
            let entries: Vec<Value> = (0..count).map(|it| json!({"id": it})).collect();
            let mut page = json!({"from": from, "sessions": entries});
            if let Some(total) = total {
                page["total"] = json!(total);
            }
            let page = SessionPage::from_json(page).unwrap();
            assert_eq!(page.extent(from, 100), expected, "{count} from {from} of {total:?}");
        }
    }
}
