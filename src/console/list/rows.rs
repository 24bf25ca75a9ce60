//! The rows of the list as they are drawn. While a person reads them, points at one or has the focus in one, no row moves: new
//! sessions are counted instead of drawn, and a session that has left the server keeps its row, marked as gone. At the top of
//! the page, with neither pointer nor focus in the list, nothing is held back. Start with [`ListRows::follow`].

use livy::{Session, SessionId, SessionPage};

use crate::OwnedSession;

/// The rows, newest session first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRows {
    /// From top to bottom.
    pub rows: Vec<ListRow>,
    /// How many new sessions have no row yet.
    pub waiting: usize,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRow {
    /// The session as the server last reported it.
    pub session: Session,
    /// True when the server no longer lists it.
    pub is_gone: bool,
    /// True when it was created in this browser.
    pub is_own: bool,
}

impl ListRow {
    fn of(session: &Session, own: &[OwnedSession]) -> Self {
        let is_own = own.iter().any(|it| it.is(session));
        Self { session: session.clone(), is_gone: false, is_own }
    }

    /// After a restart Livy gives the same ids to other sessions. A name that is left out at times says nothing.
    fn is_of(&self, session: &Session) -> bool {
        let tells = |it: &Session| it.name().is_some() || it.field("name").is_some();
        self.session.id == session.id
            && (self.session.name() == session.name()
                || self.session.has_lasting_id()
                || !(tells(&self.session) && tells(session)))
    }
}

impl ListRows {
    /// All that the server lists.
    pub(super) fn all(page: &SessionPage, own: &[OwnedSession]) -> Self {
        let rows = page.sessions.iter().rev().map(|it| ListRow::of(it, own)).collect();
        Self { rows, waiting: 0 }
    }

    /// The next rows while these must not move. Sessions of this browser are drawn at once; older ones, which come into view
    /// when newer ones end, are added at the end, where they move nothing.
    pub(super) fn follow(&self, page: &SessionPage, own: &[OwnedSession]) -> Self {
        let known = |session: &Session| self.rows.iter().any(|it| it.is_of(session));
        let mut rows: Vec<ListRow> = self.rows.iter().map(|it| it.next(page, own)).collect();
        let newest_first = || page.sessions.iter().rev();
        let last_known = newest_first().rposition(known);
        let (mut mine, mut older, mut waiting) = (Vec::new(), Vec::new(), 0);
        for (at, session) in newest_first().enumerate().filter(|(_, it)| !known(it)) {
            let row = ListRow::of(session, own);
            if row.is_own {
                mine.push(row);
            } else if last_known.is_some_and(|last| at > last) {
                older.push(row);
            } else {
                waiting += 1;
            }
        }
        rows.splice(0..0, mine);
        rows.extend(older);
        Self { rows, waiting }
    }
}

impl ListRow {
    fn next(&self, page: &SessionPage, own: &[OwnedSession]) -> Self {
        match page.sessions.iter().find(|it| self.is_of(it)) {
            Some(session) => Self::of(session, own),
            None => Self { is_gone: self.is_gone || is_missing(&self.session.id, page), ..self.clone() },
        }
    }
}

/// Whether a session that the page lacks is gone, or only older than the sessions that one page holds.
fn is_missing(id: &SessionId, page: &SessionPage) -> bool {
    let number = |it: &SessionId| it.as_str().parse::<u64>().ok();
    let is_whole = page.sessions.len() as u64 + page.unreadable as u64 >= page.total;
    is_whole
        || match (number(id), page.sessions.first().and_then(|it| number(&it.id))) {
            (Some(id), Some(oldest)) => id > oldest,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;
    use serde_json::json;

    fn page(ids: &[u64], total: u64) -> SessionPage {
        let session = |id: &u64| json!({"id": id, "name": format!("s{id}"), "state": "idle"});
        let sessions: Vec<_> = ids.iter().map(session).collect();
        SessionPage::from_json(json!({"total": total, "sessions": sessions})).unwrap()
    }

    fn drawn(it: &ListRows) -> (Vec<String>, usize) {
        let mark = |row: &ListRow| match (row.is_gone, row.is_own) {
            (true, _) => "†",
            (_, true) => "*",
            _ => "",
        };
        (it.rows.iter().map(|row| format!("{}{}", row.session.id, mark(row))).collect(), it.waiting)
    }

    fn rows(ids: &[&str], waiting: usize) -> (Vec<String>, usize) {
        (ids.iter().map(|it| (*it).to_owned()).collect(), waiting)
    }

    #[test]
    fn no_row_moves_while_somebody_reads() {
        let first = ListRows::all(&page(&[1, 2, 3], 3), &[]);
        assert_eq!(drawn(&first), rows(&["3", "2", "1"], 0));
        let news = first.follow(&page(&[1, 3, 4, 5], 4), &[]);
        assert_eq!(drawn(&news), rows(&["3", "2†", "1"], 2), "two are new, and one has left");
        let back = news.follow(&page(&[1, 3, 4], 3), &[]);
        assert_eq!(drawn(&back), rows(&["3", "2†", "1"], 1), "a new one has left before it was drawn");
        assert_eq!(drawn(&ListRows::all(&page(&[1, 3, 4], 3), &[])), rows(&["4", "3", "1"], 0));
    }

    #[test]
    fn what_was_created_here_is_drawn_at_once_and_marked() {
        let mine = page(&[4], 1);
        let own = [OwnedSession::of(&mine.sessions[0], Moment::default()).unwrap()];
        let first = ListRows::all(&page(&[1, 2], 2), &own);
        let news = first.follow(&page(&[1, 2, 3, 4, 5], 5), &own);
        assert_eq!(drawn(&news), rows(&["4*", "2", "1"], 2));
    }

    #[test]
    fn an_older_session_is_added_at_the_end_and_one_beyond_the_page_is_not_gone() {
        let first = ListRows::all(&page(&[10, 11, 12], 9), &[]);
        let fewer = first.follow(&page(&[9, 10, 11], 8), &[]);
        assert_eq!(drawn(&fewer), rows(&["12†", "11", "10", "9"], 0));
        let more = first.follow(&page(&[11, 12, 13], 10), &[]);
        assert_eq!(drawn(&more), rows(&["12", "11", "10"], 1));
    }

    #[test]
    fn an_id_that_another_session_has_after_a_restart_is_new() {
        let first = ListRows::all(&page(&[0, 1], 2), &[]);
        let other = json!({"total": 1, "sessions": [{"id": 0, "name": "other", "state": "starting"}]});
        let news = first.follow(&SessionPage::from_json(other).unwrap(), &[]);
        assert_eq!(drawn(&news), rows(&["1†", "0†"], 1));
    }
}
