//! Whether what is told under the session's id is still of this session: Livy without recovery begins its ids again when it restarts,
//! and a statement can tell before the session itself does.

use livy::{Statement, StatementId};

use super::asking::Ask;
use super::{Entry, Origin, RunStage, Sight, Statements};
use crate::Moment;
use crate::desk::Desk;

/// What is known of that.
#[derive(Debug, Default)]
pub(super) struct Doubt {
    /// Something was told that one session does not tell. Until the session itself has answered nothing is asked, sent or taken.
    about: Option<Told>,
    /// Those that were told otherwise while the session was the same one: no more is made of it.
    settled: Vec<StatementId>,
    /// When the session was last told of, and was this one.
    sure: Moment,
    /// True where the session itself is to be asked now.
    pub asks: bool,
    /// Those from here whose number has left out some: somebody else has sent them, or it is another session.
    skipped: Vec<StatementId>,
    is_another: bool,
    is_parted: bool,
}

#[derive(Debug)]
struct Told {
    id: StatementId,
    since: Moment,
    /// True for what no one session can tell, false for what is only odd.
    is_proof: bool,
}

impl Statements {
    /// True until the session itself has said that it is this one.
    pub(super) fn is_doubted(&self) -> bool {
        self.doubt.about.is_some()
    }

    /// True where what comes under the session's id is another one's, or may be.
    pub(super) fn may_be_anothers(&self, sight: &Sight) -> bool {
        self.is_doubted() || sight.is_recycled
    }

    /// True where something can be sent: the session takes it, and is the one that it was.
    pub(super) fn takes_calls(&self, sight: &Sight) -> bool {
        sight.is_open() && !self.is_doubted()
    }

    /// True where the session's own answer is no different, and its statements are another session's.
    pub(crate) fn is_another(&self) -> bool {
        self.doubt.is_another
    }

    /// Whether this cannot be of this session; then the session itself is asked. `sent`: when the question was.
    pub(super) fn doubts(&mut self, told: &Statement, sent: Moment, now: Moment) -> bool {
        let differs = self.entry(&told.id).is_some_and(|it| it.contradicts(told, sent));
        differs && self.doubt_about(&told.id, true, now)
    }

    /// The answer to the POST has a number that was given before.
    pub(super) fn doubts_number(&mut self, id: &StatementId, newest: Option<u64>, now: Moment) -> bool {
        let is_proof = self.entry(id).is_some_and(|it| it.heard > Moment::default());
        id.number().is_some() && id.number() <= newest && self.doubt_about(id, is_proof, now)
    }

    /// The answer to the POST has this number, though one `from` there on was expected: whose it is the session itself tells.
    pub(super) fn doubt_skip(&mut self, id: &StatementId, from: u64) {
        if id.number() > Some(from) {
            self.doubt.skipped.push(id.clone());
            self.doubt.asks = true;
        }
    }

    /// The server does not have what is under way: it may be a session that never had it. Off the page nobody asks the session, and what
    /// runs is evicted, too.
    pub(super) fn doubts_denial(&mut self, ask: &Ask, now: Moment) -> bool {
        let Ask::One(id) = ask else { return false };
        self.entry(id).is_some_and(|it| it.is_open()) && self.doubt_about(&id.clone(), false, now)
    }

    fn doubt_about(&mut self, id: &StatementId, is_proof: bool, now: Moment) -> bool {
        if self.doubt.settled.contains(id) {
            return false;
        }
        self.doubt.about = Some(Told { id: id.clone(), since: now, is_proof });
        self.doubt.asks = true;
        true
    }

    /// The session was told of. An application proves that it is the same one; where there is none, the statement tells.
    pub(super) fn judge_doubt(&mut self, sight: &Sight, desk: &mut Desk) {
        if sight.is_recycled {
            self.part(desk);
            return;
        }
        if let Some(told) = self.doubt.about.take_if(|it| it.since < sight.told) {
            let is_proven = sight.session.has_lasting_id() || self.session.app_id().is_some();
            if told.is_proof && !is_proven {
                self.doubt.is_another = true;
                self.doubt.about = Some(told);
            } else {
                self.doubt.settled.push(told.id);
            }
        }
        if !self.is_doubted() {
            self.doubt.sure = sight.told;
        }
    }

    /// It is another session: what was first told since this one was last told of may be of that one.
    fn part(&mut self, desk: &mut Desk) {
        if std::mem::replace(&mut self.doubt.is_parted, true) {
            return;
        }
        self.drop_cancels();
        let (sure, skipped) = (self.doubt.sure, std::mem::take(&mut self.doubt.skipped));
        let is_known =
            |it: &Entry| it.known_since <= sure || it.origin.is_own() && !skipped.contains(it.id());
        let (known, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.entries).into_iter().partition(is_known);
        self.entries = known;
        let sent_from_here = others.iter().filter(|it| it.origin == Origin::Here);
        let kept = sent_from_here.filter_map(|it| Some((it.code()?.to_owned(), self.ran_in(it))));
        for (code, language) in kept.collect::<Vec<_>>() {
            self.put_aside(code, language);
        }
        for entry in self.entries.iter_mut().filter(|it| !it.statement.state.is_over()) {
            // It was that one which did not have it.
            entry.is_evicted = false;
        }
        if let Some(run) = self.run.as_mut()
            && !matches!(run.stage, RunStage::Refused(_) | RunStage::Absent)
            && (run.intent.sent >= sure || run.is_undecided())
        {
            run.stage = RunStage::Lost;
            self.settle_run(desk);
        }
    }
}
