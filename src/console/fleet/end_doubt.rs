//! A 404 that Livy itself did not say: the list says whether the session is gone.
//!
//! A gateway that has lost its way to Livy answers 404 too, and so do servers that are not Livy for a session that they do not have. What
//! the list last said is no answer: it is read once more, after the 404.

use livy::{Call, CallError, SessionPage};

use super::EndItem;
use super::end_item::Likeness;
use crate::desk::Desk;

/// Its position may be another one by now: so many around it are read.
const AROUND: usize = 40;

/// So many pages are read: where the first does not have it, another is read where it should be by then.
const PAGES: u8 = 2;

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
    pages: u8,
}

/// What the list says of one of them.
pub(super) enum Verdict {
    /// It has it, or does not answer either: the 404 was not about the session.
    Failed(CallError),
    /// It has another one of that id.
    Another,
    /// It does not have it.
    Gone,
    /// The list could not be read.
    Unread(CallError),
}

impl Doubts {
    pub(super) fn of(&mut self, at: usize, error: CallError) {
        self.0.retain(|it| it.at != at);
        self.0.push(Doubt { at, error, call: None, pages: 0 });
    }

    /// True where a page is to be read for one of them.
    pub(super) fn want_a_page(&self) -> bool {
        self.0.iter().any(|it| it.call.is_none())
    }

    pub(super) fn take(&mut self, items: &[EndItem], desk: &Desk) -> Option<Call> {
        let doubt = self.0.iter_mut().find(|it| it.call.is_none())?;
        let slots = &desk.list.slots;
        let call = match slots.find(items[doubt.at].id.as_str()) {
            Some(at) => {
                let from = at.saturating_sub(AROUND / 2);
                desk.list.page_call(from, (at + AROUND / 2).min(slots.len()) - from)
            }
            // The list has taken it out by itself: that it answers is enough.
            None => desk.list.call(),
        };
        if desk.flights.has(&call) {
            return None;
        }
        doubt.call = Some(call.clone());
        Some(call)
    }

    /// A page has come that was read for one of them, and is in its place: which one, and what it says.
    pub(super) fn judged(
        &mut self,
        call: &Call,
        answer: &Result<SessionPage, CallError>,
        items: &[EndItem],
        desk: &Desk,
    ) -> Option<(usize, Verdict)> {
        let found = self.0.iter().position(|it| it.call.as_ref() == Some(call))?;
        let mut doubt = self.0.swap_remove(found);
        let (at, item) = (doubt.at, &items[doubt.at]);
        doubt.pages += 1;
        let verdict = match answer {
            // Nothing of Livy's answers there: the session may live.
            Err(error) if error.is_missing() => Verdict::Failed(doubt.error),
            Err(error) => Verdict::Unread(error.clone()),
            Ok(page) => match page.sessions.iter().find(|it| it.id == item.id) {
                Some(told) if item.likeness(told) == Likeness::Another => Verdict::Another,
                Some(_) => Verdict::Failed(doubt.error),
                None if desk.list.slots.find(item.id.as_str()).is_some() && doubt.pages < PAGES => {
                    doubt.call = None;
                    self.0.push(doubt);
                    return None;
                }
                None => Verdict::Gone,
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
