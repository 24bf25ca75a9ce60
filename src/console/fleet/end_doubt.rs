//! A 404 that Livy itself did not say: the list says whether the session is gone.
//!
//! A gateway that has lost its way to Livy answers 404 too, and so do servers that are not Livy for a session that they do not have. What
//! the list last said is no answer: it is read once more, after the 404.

use livy::{Call, CallError, SessionId, SessionPage};

use super::EndItem;
use super::end_item::Likeness;
use crate::desk::Desk;
use crate::watch::{Shown, Whereabouts};

/// Sessions of which such a 404 came.
#[derive(Debug, Default)]
pub(super) struct Doubts(Vec<Doubt>);

#[derive(Debug)]
struct Doubt {
    /// Which of the items.
    at: usize,
    error: CallError,
    /// The call for the page that is on its way.
    call: Option<Call>,
    whereabouts: Whereabouts,
}

/// What the list says of one of them.
pub(super) enum Verdict {
    /// It has it, does not answer either, or proves nothing: the session may live.
    Failed(CallError),
    /// It has another one of that id.
    Another,
    /// It does not have it.
    Gone,
    /// The list could not be read.
    Unread(CallError),
}

impl Doubt {
    /// The page to read next. One that is on its way for something else may have been sent before the 404: it is waited for.
    fn page(&self, desk: &Desk) -> Option<Call> {
        let page = Call::Sessions { from: self.whereabouts.from, size: desk.list.step() };
        Some(page).filter(|it| self.call.is_none() && !desk.flights.has(it))
    }
}

impl Doubts {
    /// Its place in the list may be another one by now: what is around it is read first.
    pub(super) fn of(&mut self, at: usize, error: CallError, id: &SessionId, desk: &Desk) {
        self.0.retain(|it| it.at != at);
        let place = desk.list.place_of(id.as_str()).unwrap_or(0);
        let from = place.saturating_sub(u64::from(desk.list.step() / 2));
        self.0.push(Doubt { at, error, call: None, whereabouts: Whereabouts::beginning_at(from) });
    }

    /// True where a page is to be read for one of them.
    pub(super) fn want_a_page(&self, desk: &Desk) -> bool {
        self.0.iter().any(|it| it.page(desk).is_some())
    }

    pub(super) fn take(&mut self, desk: &Desk) -> Option<Call> {
        let (doubt, call) = self.0.iter_mut().find_map(|it| it.page(desk).map(|call| (it, call)))?;
        doubt.call = Some(call.clone());
        Some(call)
    }

    /// A page has come that was read for one of them: which one, and what it says.
    pub(super) fn judged(
        &mut self,
        call: &Call,
        answer: &Result<SessionPage, CallError>,
        items: &[EndItem],
    ) -> Option<(usize, Verdict)> {
        let Call::Sessions { size, .. } = call else { return None };
        let found = self.0.iter().position(|it| it.call.as_ref() == Some(call))?;
        let mut doubt = self.0.swap_remove(found);
        let (at, item) = (doubt.at, &items[doubt.at]);
        let verdict = match answer {
            // Nothing of Livy's answers there: the session may live.
            Err(error) if error.is_missing() => Verdict::Failed(doubt.error),
            Err(error) => Verdict::Unread(error.clone()),
            Ok(page) => match page.sessions.iter().find(|it| it.id == item.id) {
                Some(told) if item.likeness(told) == Likeness::Another => Verdict::Another,
                Some(_) => Verdict::Failed(doubt.error),
                None => match doubt.whereabouts.read(page, *size, item.id.as_str(), true) {
                    Shown::Absent => Verdict::Gone,
                    Shown::Unknown => Verdict::Failed(doubt.error.undecided(false)),
                    Shown::Further => {
                        doubt.call = None;
                        self.0.push(doubt);
                        return None;
                    }
                },
            },
        };
        Some((at, verdict))
    }

    /// Those for which no page is on its way are doubted no longer: they are read themselves when it goes on.
    pub(super) fn drop_idle(&mut self) -> Vec<usize> {
        self.0.extract_if(.., |it| it.call.is_none()).map(|it| it.at).collect()
    }

    /// The page for one of them was given up: it is read again.
    pub(super) fn look_again(&mut self, call: &Call) {
        self.0.iter_mut().filter(|it| it.call.as_ref() == Some(call)).for_each(|it| it.call = None);
    }
}
