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
    /// False where the page says nothing of the server's order: it has fewer than two sessions whose order can be told.
    pub tells_order: bool,
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
                // One by one: a map of a list is sorted first, by code that nothing else needs.
                let mut page = Map::new();
                page.insert("sessions".to_owned(), whole);
                page.insert("from".to_owned(), Value::from(0));
                page
            }
            _ => return None,
        };
        let entries = Self::ENTRIES.into_iter().find_map(|key| entries(&mut page, key))?;
        let count = entries.len();
        let mut sessions: Vec<Session> = entries.into_iter().filter_map(Session::from_json).collect();
        let order = order(&sessions);
        let is_newest_first = order == Some(true);
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
            tells_order: order.is_some(),
        })
    }

    /// As a page of a list whose newest session comes first, or last: a few sessions can look otherwise by chance.
    #[must_use]
    pub fn of_order(mut self, is_newest_first: bool) -> Self {
        if self.is_newest_first != is_newest_first {
            self.sessions.reverse();
            self.is_newest_first = is_newest_first;
        }
        self
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

/// True for the newest first, by the ids where they are numbers, else by the times of creation: `createdAt` of Lighter, `submittedAt` of
/// Fabric (ISO 8601). Each pair of neighbours has to be in that order: a list that is in another one, as Livy's is after a recovery, is
/// not turned round. `None` where nothing tells.
fn order(sessions: &[Session]) -> Option<bool> {
    let number = |it: &Session| it.id.as_str().parse::<u64>().ok();
    let numbers: Vec<u64> = sessions.iter().filter_map(number).collect();
    if numbers.len() == sessions.len() && numbers.len() > 1 {
        return Some(numbers.is_sorted_by(|one, next| one > next));
    }
    // To the second: what follows is written in several lengths.
    let made = |it: &Session| {
        let made = it.field("createdAt").or(it.field("submittedAt")).and_then(Value::as_str)?;
        Some(made.get(..19).unwrap_or(made).to_owned())
    };
    let times: Vec<String> = sessions.iter().filter_map(made).collect();
    let is_told = times.len() == sessions.len() && times.first() != times.last();
    is_told.then(|| times.is_sorted_by(|one, next| one >= next))
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
        // In no order: Livy's after a recovery, and times of one second in several lengths.
        let recovered = json!({"sessions": [{"id": 12}, {"id": 1}, {"id": 100}, {"id": 2}]});
        assert_eq!(ids(recovered), named(&["12", "1", "100", "2"], false));
        let of = |id: &str, made: &str| json!({"id": id, "createdAt": made});
        let times = json!({"applications": [of("a", "2026-08-12T09:00:01Z"), of("b", "2026-08-12T09:00:01.25Z"), of("c", "2026-08-11T09:00:00Z")]});
        assert_eq!(ids(times), named(&["c", "b", "a"], true));
    }

    #[test]
    fn a_page_that_says_nothing_of_the_order_says_so() {
        let page = |sessions: Value| SessionPage::from_json(json!({"sessions": sessions})).unwrap();
        for (sessions, expected) in [
            (json!([]), false),
            (json!([{"id": 7}]), false),
            (json!([{"id": 7}, {"id": 8}]), true),
            (json!([{"id": "a"}, {"id": "b"}]), false),
            (
                json!([{"id": "a", "createdAt": "2026-08-12T09:00:01"}, {"id": "b", "createdAt": "2026-08-12T09:00:01"}]),
                false,
            ),
        ] {
            assert_eq!(page(sessions.clone()).tells_order, expected, "{sessions}");
        }
        let by_chance = page(json!([{"id": 9}, {"id": 8}])).of_order(false);
        assert_eq!((by_chance.sessions[0].id.as_str(), by_chance.is_newest_first), ("9", false));
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
