//! What the host is told after each event, and what it may ask for.

use livy::Session;

use super::Model;
use crate::herald::{Standing, kept};
use crate::{Detail, Effect, Facts, Route, Watch};

impl Model {
    /// The session of the open page for the host: `id`, `name` and `state` as they were last seen. `None` while there is no such
    /// page, no answer yet, or no such session any more.
    pub fn session_on_page(&self) -> Option<Facts> {
        self.session.as_ref()?.facts(&self.desk.route)
    }

    /// The session of the open page, to name it: as it is watched, or else as it was just made or as the list has it.
    pub fn named_session(&self) -> Option<&Session> {
        if let Some(session) = self.watch().and_then(Watch::session) {
            return Some(session);
        }
        let Route::Session(address) = &self.desk.route else { return None };
        let made = self.made.iter().map(|it| &it.session);
        made.chain(self.desk.list.newest_first()).find(|it| it.id.address() == address)
    }

    /// The sessions that end when the console goes, for the host.
    pub fn sessions_kept(&self) -> Detail {
        Detail::Sessions(kept(&self.desk.keep_alive))
    }

    pub(super) fn tell_the_host(&mut self) {
        let by_person = std::mem::take(&mut self.is_persons);
        if self.told_route != self.desk.route {
            self.told_route.clone_from(&self.desk.route);
            self.desk.herald.opened(&self.told_route, by_person);
        }
        self.desk.herald.keeps(&self.desk.keep_alive);
        let standing = match &self.session {
            _ if !self.desk.route.is_of_a_session() => {
                let list = &self.desk.list;
                Some(Standing { trouble: list.trouble(), answered: list.answered() })
            }
            session => session.as_ref().and_then(|it| it.standing(&self.desk.route, self.desk.now)),
        };
        let trouble = standing.and_then(|it| self.outage.news(&it, &self.judge, self.desk.now));
        // Before anything is done: what that brings, such as the next page, is told after it.
        let news = self.desk.herald.take().into_iter().chain(trouble).map(Effect::Announce);
        self.desk.effects.splice(..0, news);
    }
}
