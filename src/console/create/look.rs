//! Looking for the session of a create whose answer was lost: by its name, or where the server cannot be asked by name, in the newest
//! pages of its list. Where neither can tell, the person decides.

use std::time::Duration;

use livy::{Call, CallError, Extent, Meaning, Session, SessionPage};

use super::{Create, Stage, Stuck};
use crate::Moment;
use crate::poll::backoff;

/// The server has to deny it this often, over this long, before a person may send it again: a create can queue behind others.
const DENIALS: u32 = 3;
const GRACE: Duration = Duration::from_secs(30);
/// Looking on after that is worth only so long.
const LOOK_FOR: Duration = Duration::from_secs(600);
/// How many sessions a page of the list is asked for. The server may give fewer.
const PAGE: u32 = 100;
/// So many pages are read to find the newest one: with a total that can be believed it is the second.
const MOST_PAGES: u8 = 6;

/// How it is looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// True once the server has shown that it finds no session by its name: Livy before 0.6, Lighter, Synapse, Fabric.
    by_list: bool,
    /// True once it has answered of a name, that it has it or has not: it has one session of each.
    pub knows_names: bool,
    /// Where the page of the list begins that is read next.
    from: u64,
    /// How many pages this look has read.
    pages: u8,
    /// Until when a person is to wait for it.
    pub until: Option<Moment>,
}

impl Search {
    /// What another search has shown of the server.
    pub fn learn(&mut self, other: &Self) {
        self.by_list |= other.by_list;
        self.knows_names |= other.knows_names;
    }
}

impl Create {
    /// The next look.
    pub(crate) fn look(&self) -> Option<Call> {
        match self.search.by_list {
            true => Some(Call::Sessions { from: self.search.from, size: PAGE }),
            false => self.intent.address().map(Call::Session),
        }
    }

    /// When a person is no longer to wait for what became of it.
    pub(crate) fn decides_at(&self) -> Option<Moment> {
        self.search.until.filter(|_| self.is_open())
    }

    /// Time has passed: nobody waits for an answer that does not come.
    pub(crate) fn pass(&mut self, now: Moment) {
        if self.decides_at().is_some_and(|it| it <= now)
            && let Stage::Unknown { stuck, .. } = &mut self.stage
        {
            *stuck = Some(Stuck::NoAnswer);
        }
    }

    /// A look by name was answered. `is_anothers`: this browser knows the session for that of another create.
    pub(crate) fn looked(
        &mut self,
        answer: Result<&Session, CallError>,
        is_anothers: bool,
        now: Moment,
        jitter: u8,
    ) {
        self.look_due = None;
        self.search.knows_names |=
            answer.as_ref().map_or_else(CallError::is_gone, |it| it.name() == Some(&self.intent.name));
        let error = match answer {
            Ok(session) if session.name() == Some(&self.intent.name) => {
                return self.seen(session, is_anothers);
            }
            answer => answer.err(),
        };
        if self.is_refused_after_all() {
            return;
        }
        if error.as_ref().is_some_and(has_no_names) {
            self.search.by_list = true;
            self.look_due = Some(now);
            return;
        }
        self.not_seen(error, now, jitter);
    }

    /// A page of the list was read. `is_anothers`: as for [`Create::looked`].
    pub(crate) fn listed(
        &mut self,
        answer: Result<&SessionPage, CallError>,
        is_anothers: impl Fn(&Session) -> bool,
        now: Moment,
        jitter: u8,
    ) {
        self.look_due = None;
        let page = match answer {
            Ok(page) => page,
            Err(error) => {
                (self.search.from, self.search.pages) = (0, 0);
                if self.is_refused_after_all() {
                    return;
                }
                return self.not_seen(Some(error), now, jitter);
            }
        };
        // Of several with the name, which not every server refuses, the newest; one that has ended may be of another day.
        let of_name = || page.sessions.iter().filter(|it| self.intent.matches(it));
        let newest = |living: bool| {
            let mut all = of_name().filter(|it| !living || !it.state.is_over());
            if page.is_newest_first { all.next() } else { all.next_back() }
        };
        let it = newest(true).or_else(|| newest(false).filter(|_| self.name_is_ours));
        if let Some(session) = it {
            return self.seen(session, is_anothers(session));
        }
        let newer = newer(page, self.search.from);
        if let Some(from) = newer.filter(|_| self.search.pages < MOST_PAGES) {
            self.search.from = from;
            self.search.pages += 1;
            self.look_due = Some(now);
            return;
        }
        self.search.pages = 0;
        if self.is_refused_after_all() {
            return;
        }
        let lasted = now.since(self.intent.sent);
        // The newest page says nothing of a create that is long past, and no page does before the newest one is found.
        let is_there = newer.is_none() && (lasted < LOOK_FOR || is_whole(page, self.search.from));
        if is_there && tells_names(page) {
            return self.not_seen(None, now, jitter);
        }
        // It may be any of these, or on another page.
        self.looks += 1;
        if let (Stage::Unknown { stuck, .. }, true) = (&mut self.stage, lasted >= GRACE) {
            *stuck = Some(Stuck::CannotTell);
        } else {
            self.look_due = Some(now.after(backoff(self.looks, jitter, None)));
        }
    }

    /// What was refused is not there, as far as one look can tell: the refusal was meant. However it is looked for, one look decides,
    /// so that nobody waits for another.
    fn is_refused_after_all(&mut self) -> bool {
        let refusal = self.doubted_refusal.take();
        let is_refused = refusal.is_some();
        if let Some(refusal) = refusal {
            self.stage = Stage::Refused(refusal);
        }
        is_refused
    }

    fn seen(&mut self, session: &Session, is_anothers: bool) {
        let is_it = self.intent.matches(session) && !is_anothers;
        let id = session.id.clone();
        self.stage = if is_it { Stage::Found(id) } else { Stage::Taken(id) };
    }

    /// A look that did not find it, with what came instead of an answer.
    fn not_seen(&mut self, error: Option<CallError>, now: Moment, jitter: u8) {
        let denied = error.as_ref().is_none_or(CallError::is_gone);
        self.denials += u32::from(denied);
        self.looks += 1;
        let lasted = now.since(self.intent.sent);
        // One denial suffices where the create is long past, as after a night in a closed laptop.
        let is_past = denied && lasted >= LOOK_FOR;
        let refusal = error.filter(CallError::needs_person);
        let hopeless = is_past || refusal.is_some();
        if let Stage::Unknown { absent, stuck, .. } = &mut self.stage {
            *absent = is_past || (self.denials >= DENIALS && lasted >= GRACE);
            match refusal {
                Some(refusal) => *stuck = Some(Stuck::Refused(refusal)),
                // It could look again.
                None if matches!(stuck, Some(Stuck::Refused(_))) => *stuck = None,
                None => {}
            }
        }
        self.look_due = (!hopeless).then(|| now.after(backoff(self.looks, jitter, None)));
    }
}

/// True for an answer that is no word on a name: the server does not look for names.
fn has_no_names(error: &CallError) -> bool {
    let is_word = error.is_gone() || error.leaves_doubt();
    !is_word && matches!(error.meaning(), Some(Meaning::Missing | Meaning::WrongValue | Meaning::Failed))
        || matches!(error, CallError::Unreadable { .. })
}

/// Where the newer sessions begin that this page does not have; `None` where it has the newest.
fn newer(page: &SessionPage, asked: u64) -> Option<u64> {
    if page.is_newest_first {
        return None;
    }
    let from = page.from.unwrap_or(asked);
    let end = from.saturating_add(page.count());
    match page.extent(asked, PAGE) {
        Extent::Exactly(total) if total > end => Some(total.saturating_sub(page.count().max(1)).max(end)),
        Extent::AtLeast(end) => Some(end),
        Extent::Exactly(total) if page.count() == 0 && from > 0 => {
            Some(total.saturating_sub(u64::from(PAGE)))
        }
        Extent::Exactly(_) | Extent::AtMost(_) => None,
    }
}

/// True where the page is the whole list.
fn is_whole(page: &SessionPage, asked: u64) -> bool {
    let is_all = matches!(page.extent(asked, PAGE), Extent::Exactly(total) if total <= page.count());
    page.from.unwrap_or(asked) == 0 && is_all
}

/// True where a session with our name would be seen with it: every one has its name. Fabric tells none while it acquires a session.
fn tells_names(page: &SessionPage) -> bool {
    page.unreadable == 0 && page.sessions.iter().all(|it| it.name().is_some() || it.field("name").is_some())
}
