//! Sending a statement once, and telling which of the server's it has become.

use livy::{Call, CallError, Kind, Statement, StatementId};
use serde_json::json;

use super::search::Search;
use super::{Entry, Mark, Origin, Press, Run, RunIntent, RunStage, Sight, Statements};
use crate::Moment;
use crate::desk::Desk;
use crate::flight::Purpose;

impl Statements {
    /// "Run" was pressed. `again`: the person was asked and wants the same text a second time.
    pub(super) fn pressed(
        &mut self,
        code: String,
        kind: Option<Kind>,
        again: bool,
        sight: &Sight,
        desk: &mut Desk,
    ) {
        let runs_already =
            |it: &Entry| it.origin.is_own() && it.is_open() && it.code() == Some(code.as_str());
        let may_run = |it: &Run| it.is_undecided() && it.code == code;
        // A look can have found it before the answer has come.
        let flies = desk.flights.is_open_for(Purpose::Run, sight.session.id.address());
        self.press = Some(match () {
            () if flies || self.run.as_ref().is_some_and(Run::is_open) => Press::Unanswered,
            () if !self.takes_calls(sight) => Press::NotReady,
            () if !again && self.entries.iter().any(runs_already) => Press::SameAgain,
            () if !again && self.run.as_ref().is_some_and(may_run) => Press::SameAgain,
            () => Press::Sent,
        });
        if self.press == Some(Press::Sent) {
            self.post(code, kind, sight, desk);
        }
    }

    fn post(&mut self, code: String, kind: Option<Kind>, sight: &Sight, desk: &mut Desk) {
        let mark = Mark::made_up(self.browser, desk.number());
        self.marks.push(mark);
        // One that the server has not got, as far as it is known, can still come.
        let given_up = self.run.as_ref().filter(|it| it.is_looked_for());
        self.given_up.extend(given_up.map(|it| it.intent.mark));
        self.languages.extend(kind.map(|it| (mark, it)));
        let mut body = json!({"code": mark.put_on(&code)});
        // Livy 0.4 refuses a field that it does not know, and a session of one kind needs none.
        if let Some(kind) = kind.filter(|it| sight.session.kind() != Some(it.as_str())) {
            body["kind"] = json!(kind.as_str());
        }
        let intent = RunIntent::new(&sight.session, mark, self.asking.newest, sight.now);
        // Remembered first: the page may be gone before the answer comes.
        desk.remember_run(sight.session.id.address(), Some(intent.to_storage()));
        self.run = Some(Run::sent(code, kind, intent));
        self.asking.look_back.clear();
        self.acted = Some(sight.now);
        let session = sight.session.id.address().clone();
        desk.start(Purpose::Run, Call::Run { session, body: body.to_string() });
    }

    pub(super) fn run_answered(
        &mut self,
        answer: Result<Statement, CallError>,
        sight: &Sight,
        desk: &mut Desk,
    ) {
        let before = self.asking.newest;
        // What was asked before this came says nothing about it.
        self.asking.is_outdated = self.asking.in_flight.is_some();
        let is_of_another = answer.as_ref().is_ok_and(|it| self.is_of_another(it, sight.now));
        let Some(run) = self.run.as_mut() else { return };
        match answer {
            Ok(_) if sight.is_recycled => run.stage = RunStage::Lost,
            Ok(_) if is_of_another => {
                run.stage = RunStage::Unknown { error: None, maybe: None };
                self.asking.next_due = Some(sight.now);
            }
            Ok(statement) => {
                let id = statement.id.clone();
                // A look that was faster has seen the same, or the one that the request was repeated as.
                run.seen(&id);
                let sent = run.intent.sent;
                self.renewed = self.renewed.max(Some(sent));
                self.forbidden = None;
                if let Some(number) = id.number() {
                    // What came in between is somebody else's, or the same once more.
                    let none = if self.asking.is_found() { 0 } else { number };
                    let from = before.map_or(none, |it| it + 1);
                    let between = (from..number).rev().filter_map(StatementId::numbered);
                    self.asking.gaps.extend(between);
                    self.doubt_skip(&id, from);
                    if !self.asking.is_found() {
                        self.asking.found(Some(number));
                    }
                }
                self.told(statement, sight.now);
                if let Some(entry) = self.entries.iter_mut().find(|it| *it.id() == id) {
                    entry.origin = Origin::Here;
                }
                // A request that was repeated on its way has made another one.
                self.asking.next_due = Some(sight.now);
            }
            Err(error) => {
                if error.status() == Some(403) {
                    self.forbidden = Some(error.clone());
                }
                run.failed(error);
                if run.is_looked_for() {
                    let due =
                        if run.doubted.is_some() { Some(sight.now) } else { run.next_look(sight.now, 0) };
                    self.asking.next_due = due;
                }
                self.look_among_the_known();
            }
        }
        self.settle_run(desk);
    }

    /// Whether the answer to the POST cannot be this session's: a number that was given before, a statement with other code.
    fn is_of_another(&mut self, told: &Statement, now: Moment) -> bool {
        let Some(intent) = self.run.as_ref().map(|it| it.intent.clone()) else { return false };
        self.is_doubted()
            || self.doubts_number(&told.id, intent.newest, now)
            || self.doubts(told, intent.sent, now)
    }

    /// While it was on its way others were read, and one of them may be it.
    fn look_among_the_known(&mut self) {
        let Some(run) = self.run.as_ref().filter(|it| it.is_undecided()) else { return };
        let known = self.entries.iter().map(Entry::id).filter(|it| run.can_be(it)).cloned();
        for id in known.collect::<Vec<_>>() {
            self.claim(&id);
        }
        self.look_back();
    }

    /// Once its fate is known the tab may forget it: of one that has arrived, once it is known whether it did so more than once.
    pub(super) fn settle_run(&mut self, desk: &mut Desk) {
        let Some(run) = self.run.as_ref() else { return };
        if !run.is_looked_for() {
            self.asking.look_back.clear();
        }
        let is_known = match run.stage {
            RunStage::Sent | RunStage::Unknown { .. } | RunStage::Absent => false,
            RunStage::Accepted(_) | RunStage::Found(_) | RunStage::Twice(..) => {
                run.is_last && self.unread_since(run).is_empty()
            }
            RunStage::Refused(_) | RunStage::Lost => true,
        };
        if is_known {
            desk.remember_run(self.session.id.address(), None);
        }
    }

    /// Those that came after it was sent, as far as the server keeps them, and were never read.
    fn unread_since(&self, run: &Run) -> Vec<u64> {
        let from = run.intent.newest.map_or(0, |it| it + 1).max(self.asking.first_kept());
        let newest = self.asking.newest.map_or(0, |it| it + 1);
        let is_read = |number: &u64| self.entries.iter().any(|it| it.number() == Some(*number));
        (from..newest).filter(|it| !is_read(it)).collect()
    }

    /// Whose a statement is, by its mark, and whether it is the one that is looked for.
    pub(super) fn claim(&mut self, id: &StatementId) {
        let Some(entry) = self.entries.iter_mut().find(|it| it.id() == id) else { return };
        match entry.mark {
            Some(mark) if self.marks.contains(&mark) => entry.origin = Origin::Here,
            Some(mark) if mark.browser == self.browser => entry.origin = Origin::Browser,
            _ => {}
        }
        let (mark, code) = (entry.mark, entry.code().map(str::to_owned));
        let Some(run) = self.run.as_mut() else { return };
        if mark == Some(run.intent.mark) {
            entry.origin = Origin::Here;
            // It can have ended before anything was heard of it.
            if !run.has_arrived() && entry.statement.state.is_over() {
                self.ended = Some((id.clone(), self.is_seen));
            }
            run.seen(id);
        } else if mark.is_none() && run.can_be(id) {
            // A server that keeps no code, or takes blanks from its end.
            if code.is_none_or(|it| it.trim_end() == run.code.trim_end()) {
                run.may_be(id);
            }
        } else if mark.is_some_and(|it| self.given_up.contains(&it))
            && code.as_deref() == Some(&run.code)
            && run.can_be(id)
        {
            run.came_late(id);
        }
    }

    /// What is looked for may be among those that came between what was known when it was sent and the newest: each of them is read
    /// before it is denied, the newest first, as far back as the server keeps them.
    pub(super) fn look_back(&mut self) {
        let kept = self.asking.first_kept();
        let Some(run) = self.run.as_mut().filter(|it| it.is_looked_for()) else { return };
        let from = run.intent.newest.map_or(0, |it| it + 1);
        let Some(newest) = self.asking.newest.filter(|_| self.asking.search == Search::Done) else { return };
        run.may_be_gone |= from < kept && from <= newest;
        self.asking.look_back = self.run.as_ref().map(|it| self.unread_since(it)).unwrap_or_default();
    }

    /// A person says that the statement that may be it is it.
    pub(super) fn confirmed(&mut self, desk: &mut Desk) {
        let Some(run) = self.run.as_mut() else { return };
        let RunStage::Unknown { maybe: Some(id), .. } = &run.stage else { return };
        let id = id.clone();
        self.entries.iter_mut().filter(|it| *it.id() == id).for_each(|it| it.origin = Origin::Here);
        run.stage = RunStage::Found(id);
        self.settle_run(desk);
    }
}
