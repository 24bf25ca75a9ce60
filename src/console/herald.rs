//! Decides what is told to the host, so that nothing is told twice and nothing without news.

mod ledger;
mod outage;

use livy::{Session, SessionPage};

use crate::keep_alive::KeepAlive;
use crate::{Announcement, Moment, OwnedSession, Route};
use ledger::Ledger;
pub(crate) use outage::{Outage, Standing};

/// What the host knows, and what it is to be told.
#[derive(Default)]
pub(crate) struct Herald {
    ledger: Ledger,
    kept: Vec<(String, Option<String>)>,
    news: Vec<Announcement>,
}

impl Herald {
    /// To be told after the present event.
    pub(crate) fn tell(&mut self, announcement: Announcement) {
        self.news.push(announcement);
    }

    /// What is to be told, in order.
    pub(crate) fn take(&mut self) -> Vec<Announcement> {
        std::mem::take(&mut self.news)
    }

    /// The server told of a session, in answer to a call of that moment.
    pub(crate) fn saw(&mut self, session: &Session, sent: Moment, now: Moment) {
        self.ledger.saw(session, sent, now, &mut self.news);
    }

    /// The server does not know this session any more.
    pub(crate) fn gone(&mut self, session: &Session, now: Moment) {
        self.ledger.gone(session, now, &mut self.news);
    }

    /// The server does not know any more what had this id.
    pub(crate) fn gone_by_id(&mut self, id: &str, now: Moment) {
        self.ledger.gone_by_id(id, now, &mut self.news);
    }

    /// A session was deleted from here.
    pub(crate) fn deleted(&mut self, session: &Session, now: Moment) {
        if !self.ledger.was_deleted(session) {
            self.news.push(Announcement::deleted(session));
        }
        self.gone(session, now);
        self.ledger.is_deleted(session);
    }

    /// The list tells of this browser's own sessions, in answer to a call of that moment.
    pub(crate) fn listed(&mut self, page: &SessionPage, own: &[OwnedSession], sent: Moment, now: Moment) {
        self.ledger.listed(page, own, sent, now, &mut self.news);
    }

    /// These sessions are kept alive from here.
    pub(crate) fn keeps(&mut self, keep_alive: &KeepAlive) {
        let is_told = |it: &(String, Option<String>)| {
            keep_alive.all().any(|(id, name)| id.as_str() == it.0 && name == it.1.as_deref())
        };
        if self.kept.len() != keep_alive.all().count() || !self.kept.iter().all(is_told) {
            self.kept = kept(keep_alive);
            self.news.push(Announcement::kept_alive(self.kept.clone()));
        }
    }

    /// The page is another one than the host knows.
    pub(crate) fn opened(&mut self, route: &Route, by_person: bool) {
        self.news.push(Announcement::navigate(route, by_person));
    }
}

/// The sessions that end with the console: id and name.
pub(crate) fn kept(keep_alive: &KeepAlive) -> Vec<(String, Option<String>)> {
    keep_alive.all().map(|(id, name)| (id.to_string(), name.map(str::to_owned))).collect()
}
