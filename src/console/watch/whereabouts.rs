//! Where in the list a session is that the server denies: read page by page until the list has it, or proves that it does not.
//!
//! A proof is one page with a neighbour on each side, where ids are numbers in order, or the whole list without a gap. The server may
//! give fewer sessions a page than it is asked for, list the newest first, and tell the page's length for its total. The search may begin
//! anywhere: a list whose ids are in no order is then read from its beginning.

use livy::{Extent, Session, SessionPage};

/// The list is not read further: it may be of forty thousand, whose ids are in no order.
const MOST_PAGES: u32 = 50;
/// The place that the ids suggest is asked for so often; after that the middle of what is left.
const GUESSES: u32 = 6;
/// So many sessions of a page are asked for again with the next one: what was removed meanwhile moves the others.
const SEAM: usize = 10;

/// What a page has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The list does not have it.
    Absent,
    /// It may be on the page that begins at [`Whereabouts::from`].
    Further,
    /// It may be anywhere.
    Unknown,
}

/// A search under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whereabouts {
    /// Where the page begins that is asked for next.
    pub from: u64,
    pages: u32,
    /// It is not before this place.
    least: u64,
    /// It is before this place, where one is known.
    most: Option<u64>,
    /// The last sessions of the page before.
    seam: Vec<String>,
    /// True once an entry could not be read: it may have been the one.
    has_unread: bool,
    /// True once a page has shown that the ids are in no order.
    is_unordered: bool,
}

impl Whereabouts {
    /// A search that begins with the page from this place on, where the session was last seen.
    pub fn beginning_at(from: u64) -> Self {
        Self { from, ..Self::default() }
    }

    /// A page came, in answer to a call for `asked` sessions from `self.from` on, that does not have the session with this id.
    /// `self.from` is where the next one begins. `may_be_unread`: the session may be an entry that could not be read.
    pub fn read(&mut self, page: &SessionPage, asked: u32, id: &str, may_be_unread: bool) -> Shown {
        self.pages += 1;
        self.has_unread |= may_be_unread && page.unreadable > 0;
        let (begin, count) = (page.from.unwrap_or(self.from), page.count());
        let end = begin.saturating_add(count);
        let total = match page.extent(begin, asked) {
            Extent::Exactly(total) | Extent::AtMost(total) => Some(total),
            Extent::AtLeast(_) => None,
        };
        let is_last = total.is_some_and(|it| end >= it);
        if begin == 0 && is_last {
            return self.absent();
        }
        if self.pages >= MOST_PAGES {
            return Shown::Unknown;
        }
        match numbers(page, id).filter(|_| !self.is_unordered) {
            Some(ids) => self.by_number(ids, (begin, count), is_last, total),
            // An empty page after others: the list became much shorter meanwhile.
            None if count == 0 && (begin == 0 || self.is_unordered) => Shown::Unknown,
            None if count == 0 => self.before(begin),
            None => {
                self.is_unordered = true;
                self.by_seam(page, (begin, end), is_last)
            }
        }
    }

    /// The list ends before this place.
    fn before(&mut self, end: u64) -> Shown {
        if end <= self.least {
            self.least = 0;
        }
        self.most = Some(self.most.map_or(end, |it| it.min(end)));
        self.from = ((self.least + end) / 2).max(self.least.saturating_sub(1));
        Shown::Further
    }

    fn absent(&self) -> Shown {
        if self.has_unread { Shown::Unknown } else { Shown::Absent }
    }

    fn by_number(
        &mut self,
        ids: Ids,
        (begin, count): (u64, u64),
        is_last: bool,
        total: Option<u64>,
    ) -> Shown {
        let end = begin + count;
        let guess = if ids.wanted < ids.first {
            if begin == 0 {
                return self.absent();
            }
            self.most = Some(self.most.map_or(begin, |it| it.min(begin)));
            begin.saturating_sub(ids.first - ids.wanted)
        } else if ids.wanted > ids.last {
            if is_last {
                return self.absent();
            }
            self.least = self.least.max(end);
            (end - 1).saturating_add(ids.wanted - ids.last)
        } else {
            // Between two neighbours.
            return self.absent();
        };
        let middle = || (self.least + self.most.or(total).unwrap_or(end + count)) / 2;
        let place = if self.pages <= GUESSES { guess } else { middle() };
        // One of those that are known to be before it and one of those after it make a proof.
        let highest = self.most.map(|it| (it + 1).saturating_sub(count));
        let highest = highest.or(total.map(|it| it.saturating_sub(count))).unwrap_or(u64::MAX);
        self.from = place.saturating_sub(count / 2).min(highest).max(self.least.saturating_sub(1));
        Shown::Further
    }

    /// Ids that are in no order: the whole list is read, each page with some sessions of the one before.
    fn by_seam(&mut self, page: &SessionPage, (begin, end): (u64, u64), is_last: bool) -> Shown {
        if self.seam.is_empty() && begin > 0 {
            self.from = 0;
            return Shown::Further;
        }
        let is_known = |it: &Session| self.seam.iter().any(|id| id == it.id.as_str());
        if begin > 0 && !page.sessions.iter().any(is_known) {
            return Shown::Unknown;
        }
        if is_last {
            return self.absent();
        }
        let name = |it: &Session| it.id.to_string();
        let shared = SEAM.min(page.sessions.len().saturating_sub(1));
        self.seam = match page.is_newest_first {
            true => page.sessions.iter().take(shared).map(name).collect(),
            false => page.sessions.iter().rev().take(shared).map(name).collect(),
        };
        self.from = end - shared as u64;
        Shown::Further
    }
}

/// Ids of a page in the server's order, which ascends.
#[derive(Clone, Copy, Debug)]
struct Ids {
    wanted: u64,
    first: u64,
    last: u64,
}

/// `None` where not all are numbers in order, as those are not that Livy has recovered. A list that begins with the newest is counted from
/// the other end.
fn numbers(page: &SessionPage, id: &str) -> Option<Ids> {
    let number = |id: &str| id.parse::<u64>().ok();
    let wanted = number(id)?;
    let ids: Option<Vec<u64>> = page.sessions.iter().map(|it| number(it.id.as_str())).collect();
    let ids = ids.filter(|it| it.is_sorted_by(|one, next| one < next))?;
    let (oldest, newest) = (*ids.first()?, *ids.last()?);
    Some(match page.is_newest_first {
        true => Ids { wanted: u64::MAX - wanted, first: u64::MAX - newest, last: u64::MAX - oldest },
        false => Ids { wanted, first: oldest, last: newest },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// How a server lists: how many sessions it gives a page at most, whether its total is the page's length, and how many are asked for.
    #[derive(Clone, Copy)]
    struct Server {
        most: usize,
        is_page_total: bool,
        asked: u32,
    }

    /// Asks until it is known, of these ids in the server's order. How many pages it took.
    fn search(ids: &[Value], wanted: &str, server: Server) -> (Shown, u32) {
        search_from(0, ids, wanted, server)
    }

    fn search_from(begin: u64, ids: &[Value], wanted: &str, server: Server) -> (Shown, u32) {
        let mut search = Whereabouts::beginning_at(begin);
        for pages in 1..200 {
            let from = search.from as usize;
            let page: Vec<Value> =
                ids.iter().skip(from).take(server.most.min(server.asked as usize)).cloned().collect();
            let total = if server.is_page_total { page.len() } else { ids.len() };
            let entries: Vec<Value> = page.iter().map(|it| json!({"id": it, "createdAt": "2026"})).collect();
            let page =
                SessionPage::from_json(json!({"from": from, "total": total, "sessions": entries})).unwrap();
            if page.sessions.iter().any(|it| it.id.as_str() == wanted) {
                return (Shown::Further, pages);
            }
            let shown = search.read(&page, server.asked, wanted, true);
            if shown != Shown::Further {
                return (shown, pages);
            }
        }
        panic!("it never ends")
    }

    #[test]
    fn a_long_list_in_order_proves_it_with_few_pages() {
        let livy = Server { most: 100, is_page_total: false, asked: 100 };
        let synapse = Server { most: 20, is_page_total: false, asked: 100 };
        // Every id, every third, and a few hundred that ended long ago before those of today.
        let dense: Vec<u64> = (0..40_000).filter(|it| *it != 31_007).collect();
        let sparse: Vec<u64> = (0..40_000).filter(|it| *it != 10_335).map(|it| it * 3).collect();
        let uneven: Vec<u64> = (0..300).chain(900_000..910_000).filter(|it| *it != 905_005).collect();
        for (ids, wanted) in
            [(&dense, 31_007), (&sparse, 31_005), (&sparse, 31_004), (&uneven, 905_005), (&uneven, 5_000)]
        {
            let ids: Vec<Value> = ids.iter().map(|it| json!(it)).collect();
            let newest_first: Vec<Value> = ids.iter().rev().cloned().collect();
            for server in [livy, synapse] {
                for ids in [&ids, &newest_first] {
                    let (shown, pages) = search(ids, &wanted.to_string(), server);
                    assert!(shown == Shown::Absent && pages <= 24, "{wanted} {shown:?} {pages}");
                }
            }
        }
    }

    #[test]
    fn one_that_is_there_is_found_wherever_it_is() {
        let ids: Vec<Value> = (0..4_000).map(|it| json!(it * 2)).collect();
        for wanted in [0, 2, 198, 200, 4_444, 7_998] {
            let (shown, pages) =
                search(&ids, &wanted.to_string(), Server { most: 100, is_page_total: false, asked: 100 });
            assert!(shown == Shown::Further && pages <= 20, "{wanted} {pages}");
        }
        let beyond = search(&ids, "9000", Server { most: 100, is_page_total: false, asked: 100 });
        assert_eq!(beyond.0, Shown::Absent);
    }

    #[test]
    fn ids_in_no_order_are_read_to_the_end_or_it_cannot_be_told() {
        let named = |count: usize| -> Vec<Value> {
            (0..count).map(|it| json!(format!("{:08x}-a", it * 7_919))).collect()
        };
        let (lighter, fabric) = (
            Server { most: 100, is_page_total: true, asked: 100 },
            Server { most: 100, is_page_total: false, asked: 100 },
        );
        for server in [lighter, fabric] {
            assert_eq!(search(&named(0), "x", server), (Shown::Absent, 1));
            assert_eq!(search(&named(99), "x", server), (Shown::Absent, 1));
            assert_eq!(search(&named(250), "x", server), (Shown::Absent, 3));
            assert_eq!(search(&named(40_000), "x", server), (Shown::Unknown, 50));
            assert_eq!(search(&named(250), &format!("{:08x}-a", 240 * 7_919), server).0, Shown::Further);
        }
        // A full page whose total is its own length may be the first of many.
        assert_eq!(search(&named(100), "x", lighter), (Shown::Absent, 2));
    }

    #[test]
    fn it_can_begin_anywhere() {
        let numbers: Vec<Value> = (0..4_000).filter(|it| *it != 1_234).map(|it| json!(it)).collect();
        let named: Vec<Value> = (0..250_u32).map(|it| json!(format!("{it:08x}-a"))).collect();
        // As Livy has recovered them: in no order, but for a part that looks like one.
        let mut recovered: Vec<Value> = (0..300).map(|it| json!((it * 149) % 300)).collect();
        recovered[100..200].sort_by_key(Value::as_u64);
        for (most, is_page_total) in [(100, false), (100, true), (20, false), (20, true)] {
            let server = Server { most, is_page_total, asked: most as u32 };
            for begin in [0, 1_000, 1_200, 3_990, 9_000] {
                let (shown, pages) = search_from(begin, &numbers, "1234", server);
                assert!(shown == Shown::Absent && pages < 20, "{most} {is_page_total} {begin} {pages}");
                let (shown, pages) = search_from(begin, &numbers, "4321", server);
                assert!(shown == Shown::Absent && pages < 20, "{most} {is_page_total} {begin} {pages}");
                assert_eq!(search_from(begin, &numbers, "77", server).0, Shown::Further);
            }
            for begin in [0, 40, 240, 700] {
                assert_eq!(search_from(begin, &named, "x", server).0, Shown::Absent, "{begin}");
                assert_eq!(search_from(begin, &named, "00000007-a", server).0, Shown::Further, "{begin}");
                for there in [5, 150, 293].into_iter().filter(|_| begin < 700) {
                    let (shown, _) = search_from(begin, &recovered, &there.to_string(), server);
                    assert_eq!(shown, Shown::Further, "{there} {begin} {most} {is_page_total}");
                }
            }
        }
    }

    #[test]
    fn what_could_not_be_read_or_does_not_follow_proves_nothing() {
        let page = |from: u64, total: u64, ids: &[Value]| {
            let entries: Vec<Value> = ids.iter().map(|it| json!({"id": it})).collect();
            SessionPage::from_json(json!({"from": from, "total": total, "sessions": entries})).unwrap()
        };
        let mut broken = Whereabouts::default();
        assert_eq!(broken.read(&page(0, 2, &[json!("a"), json!(null)]), 100, "x", true), Shown::Unknown);
        let mut moved = Whereabouts::default();
        let ids =
            |from: usize| -> Vec<Value> { (from..from + 100).map(|it| json!(format!("n{it}"))).collect() };
        assert_eq!(moved.read(&page(0, 300, &ids(0)), 100, "x", true), Shown::Further);
        assert_eq!(moved.from, 90);
        assert_eq!(moved.read(&page(90, 300, &ids(150)), 100, "x", true), Shown::Unknown);
    }
}
