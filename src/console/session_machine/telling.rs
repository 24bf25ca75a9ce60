//! What the host is told of the session on the page.

use crate::desk::Desk;
use crate::{Ending, Moment, Watch};

/// A good answer came, to a call of that moment.
pub(super) fn tell_answer(watch: &Watch, sent: Moment, desk: &mut Desk) {
    match watch.session() {
        Some(session) if !watch.is_gone() => desk.herald.saw(session, sent, desk.now),
        _ => tell_end(watch, desk),
    }
}

/// An answer may have been the end of it.
pub(super) fn tell_end(watch: &Watch, desk: &mut Desk) {
    let Some(session) = watch.session() else { return };
    match watch.ending() {
        Some(Ending::Deleted(_)) => desk.herald.deleted(session, desk.now),
        Some(Ending::Forgotten(_) | Ending::Recycled(_)) => desk.herald.gone(session, desk.now),
        Some(Ending::Over | Ending::Missing) | None => {}
    }
}
