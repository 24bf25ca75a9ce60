//! When the host is told that the page cannot be refreshed, and that it can be again.

use std::time::Duration;

use livy::CallError;

use crate::fresh::Judge;
use crate::{Announcement, Moment};

/// So long the part of the program that tells one failure from another is waited for. It may be out of reach itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// How the open page stands.
pub(crate) struct Standing<'a> {
    /// Why it cannot be refreshed, once that is worth a word.
    pub(crate) trouble: Option<&'a CallError>,
    /// When the server last proved to be there.
    pub(crate) answered: Option<Moment>,
}

/// From the first failure that is worth a word to the next good answer. In it, each kind of trouble is told once.
#[derive(Default)]
pub(crate) struct Outage {
    /// When it began and when it was last seen.
    span: Option<(Moment, Moment)>,
    told: Vec<&'static str>,
    status: Option<u16>,
}

impl Outage {
    /// What is to be told of how the page stands.
    pub(crate) fn news(
        &mut self,
        standing: &Standing<'_>,
        judge: &Judge,
        now: Moment,
    ) -> Option<Announcement> {
        let Some(error) = standing.trouble else { return self.end(standing.answered) };
        let (began, _) = *self.span.insert((self.span.map_or(now, |it| it.0), now));
        if judge.lent.is_none() && now.since(began) < PATIENCE {
            return None;
        }
        let kind = judge.word(error);
        let is_told = self.told.contains(&kind);
        // The last one is what ends.
        self.told.retain(|it| *it != kind);
        self.told.push(kind);
        self.status = error.status();
        (!is_told).then(|| Announcement::trouble(kind, self.status, false))
    }

    /// Another page that has not been asked for yet is no proof that the trouble is over: an answer is.
    fn end(&mut self, answered: Option<Moment>) -> Option<Announcement> {
        let (_, last) = self.span?;
        answered.filter(|it| *it >= last)?;
        let ended = std::mem::take(self);
        ended.told.last().map(|kind| Announcement::trouble(kind, ended.status, true))
    }
}
