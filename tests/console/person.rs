//! A person, a browser and the way to a pretend cluster, on a clock that jumps from one wake-up to the next.

#![allow(dead_code, reason = "each file of journeys uses its own part")]

use std::time::Duration;

use console::{
    Announcement, Effect, Event, Freshness, Lent, Model, Moment, OwnedSession, Part, Record, Stage,
};
use fake_livy::{Cluster, Fate, Options, Request};
use form::{Draft, Field, ReadContext, SessionName};
use livy::{Answer, BaseUrl, Call, CallError, Cut, SessionId};

/// The form's number for what it asks for.
pub const TOKEN: u64 = 7;

/// A person, a browser, and the way to a cluster.
pub struct Journey {
    pub model: Model,
    pub cluster: Cluster,
    pub now: u64,
    /// Answers under way: when they arrive, for which ticket.
    pub coming: Vec<(u64, u64, Result<Answer, CallError>)>,
    /// Every call with the second it was sent in.
    pub sent: Vec<(u64, Call)>,
    pub effects: Vec<Effect>,
    /// While true, nothing reaches the cluster.
    pub cut: bool,
    /// What the browser keeps beyond the tab, and the logs that it is reading from there.
    pub kept: Vec<Record>,
    pub logs_coming: Vec<(String, String)>,
    /// And the statements.
    pub statements_coming: Vec<(String, String)>,
    /// What the tab has for its next page.
    pub tab: Option<String>,
    /// What the tab has of a bulk delete.
    pub ends: Option<String>,
    /// What the browser remembers of a create under way.
    pub intent: Option<String>,
    /// What the tab remembers of a statement whose fate is not known.
    pub run_intent: Option<String>,
    /// Which sessions the browser remembers as its own, as this page wrote them last.
    pub own: Vec<OwnedSession>,
    /// While it has one, every call is answered with it.
    pub instead: Option<Answer>,
    /// While it has one, every call for a log is answered with it.
    pub log_instead: Option<Answer>,
    /// What a gateway answers in place of the cluster to the next create, which the cluster carries out.
    pub create_instead: Option<Answer>,
    /// While it has one, every call for the statement of this number is answered with it.
    pub statement_instead: Option<(u64, Answer)>,
    /// While it has one, every call for how code could go on is answered with it.
    pub completion_instead: Option<Answer>,
    /// What the heads of answers say of their size.
    pub told_size: Option<u64>,
    /// How many bytes of answers were read.
    pub read: usize,
    /// While it has one, nothing ever comes of a call for the statement of this number.
    pub statement_hangs: Option<u64>,
    /// True while calls are sent and nothing ever comes of them.
    pub hangs: bool,
    /// While it has one, nothing ever comes of the calls that it names.
    pub holds: Option<fn(&Call) -> bool>,
    /// How often the page was woken, beside the answers that came.
    pub woken: usize,
    /// While it has one, what the cluster answers is handed on as this makes it.
    pub twist: Option<fn(&Call, Answer) -> Answer>,
}

impl Journey {
    pub fn at(hash: &str) -> Self {
        Self::with(hash, Options::default(), None)
    }

    pub fn with(hash: &str, options: Options, intent: Option<String>) -> Self {
        Self::before(hash, Cluster::new(options), 0, intent, None)
    }

    /// A page that opens before this cluster at this moment, with what the last page of its tab has left. All parts of the program
    /// are there.
    pub fn before(
        hash: &str,
        cluster: Cluster,
        now: u64,
        intent: Option<String>,
        tab: Option<String>,
    ) -> Self {
        let mut journey = Self::bare(hash, cluster, now, intent, tab);
        for part in [Part::Session, Part::Create, Part::Notice, Part::Fleet, Part::Cause] {
            journey.lend(part);
        }
        journey
    }

    /// A page of which the main part of the program is there, and no other.
    pub fn bare(hash: &str, cluster: Cluster, now: u64, intent: Option<String>, tab: Option<String>) -> Self {
        let route = console::Place::parse(hash).route;
        let (model, effects) = Model::new(route, intent, tab.clone(), 7, Moment::from_millis(now));
        let mut journey = Self {
            model,
            cluster,
            now,
            coming: Vec::new(),
            sent: Vec::new(),
            effects: Vec::new(),
            cut: false,
            kept: Vec::new(),
            logs_coming: Vec::new(),
            statements_coming: Vec::new(),
            tab,
            ends: None,
            intent: None,
            run_intent: None,
            own: Vec::new(),
            instead: None,
            log_instead: None,
            create_instead: None,
            statement_instead: None,
            completion_instead: None,
            told_size: None,
            read: 0,
            statement_hangs: None,
            hangs: false,
            holds: None,
            woken: 0,
            twist: None,
        };
        journey.perform(effects);
        journey
    }

    /// A part of the program is here.
    pub fn lend(&mut self, part: Part) {
        let lent = match part {
            Part::Session => Lent::Session(console::session_machine),
            Part::Create => Lent::Create(console::create_machine),
            Part::Notice => Lent::Words(console::words()),
            Part::Fleet => Lent::Fleet(console::fleet_machine),
            Part::Cause => Lent::Causes(console::cause_book()),
            // Statements are lent with what a browser remembers: `statements::lend`.
            Part::Form | Part::Memory | Part::Statements => return,
        };
        let effects = self.model.lend(lent, self.moment());
        self.perform(effects);
    }

    pub fn moment(&self) -> Moment {
        Moment::from_millis(self.now)
    }

    pub fn tell(&mut self, event: Event) {
        let effects = self.model.update(event, self.moment());
        self.perform(effects);
    }

    pub fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect {
                Effect::Call { ticket, call } => {
                    self.sent.push((self.now / 1_000, call.clone()));
                    let (delay, answer) = self.ask(call);
                    self.coming.push((self.now + delay, *ticket, answer));
                }
                Effect::Abandon(ticket) => self.coming.retain(|(_, it, _)| it != ticket),
                // The browser comes back with `hashchange`.
                Effect::Go(route) => {
                    let effects = self.model.update(Event::Opened(route.clone()), self.moment());
                    self.perform(effects);
                }
                Effect::Keep(record) => {
                    self.kept.retain(|it| it.key != record.key);
                    self.kept.push(record.clone());
                }
                Effect::RecallLog(key) => {
                    let kept = self.kept.iter().find(|it| it.key == *key);
                    self.logs_coming.push((key.clone(), kept.map(|it| it.log.clone()).unwrap_or_default()));
                }
                Effect::RecallStatements(key) => {
                    let kept = self.kept.iter().find(|it| it.key == *key);
                    let text = kept.and_then(|it| it.statements.clone()).unwrap_or_default();
                    self.statements_coming.push((key.clone(), text));
                }
                Effect::ForgetStatements => {
                    for record in &mut self.kept {
                        record.statements = None;
                        let facts = Record::without_statements(&record.facts);
                        record.facts = facts.unwrap_or_else(|| record.facts.clone());
                    }
                }
                Effect::ForgetKept => self.kept.clear(),
                Effect::Carry(carried) => self.tab.clone_from(carried),
                Effect::RememberRun(intent) => self.run_intent.clone_from(intent),
                Effect::Remember(intent) => self.intent.clone_from(intent),
                Effect::CarryEnds(ends) => self.ends.clone_from(ends),
                Effect::Own(own) => self.own.clone_from(own),
                Effect::Replace(_)
                | Effect::ShowQuery(_)
                | Effect::Settled(_)
                | Effect::Need(_)
                | Effect::Guard(_)
                | Effect::Recall => {}
                Effect::Announce(it) => is_of_the_contract(it),
            }
            self.effects.push(effect);
        }
    }

    pub fn ask(&mut self, call: &Call) -> (u64, Result<Answer, CallError>) {
        if self.cut {
            return (10, Err(CallError::Unreachable));
        }
        let is_of = |it: u64| matches!(call, Call::Statement(_, id) | Call::WholeStatement(_, id) if id.number() == Some(it));
        let is_held = self.hangs || self.holds.is_some_and(|it| it(call));
        if is_held || self.statement_hangs.is_some_and(is_of) {
            return (u64::from(u32::MAX), Err(CallError::Unreachable));
        }
        let of_log = self.log_instead.as_ref().filter(|_| matches!(call, Call::Log(_)));
        let of_statement = self.statement_instead.as_ref().filter(|it| is_of(it.0));
        let of_completion =
            self.completion_instead.as_ref().filter(|_| matches!(call, Call::Complete { .. }));
        if let Some(answer) =
            self.instead.as_ref().or(of_log).or(of_completion).or(of_statement.map(|it| &it.1))
        {
            return (10, Ok(answer.clone()));
        }
        let base = BaseUrl::parse("").unwrap();
        let request = Request {
            method: call.method().as_str().to_owned(),
            path: call.url(&base),
            headers: call
                .headers()
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: call.body().unwrap_or_default().as_bytes().to_vec(),
        };
        let response = self.cluster.answer(Duration::from_millis(self.now), &request);
        if let Some(answer) = self.create_instead.take_if(|_| matches!(call, Call::Create { .. })) {
            return (500, Ok(answer));
        }
        let delay = 5 + u64::try_from(response.delay.as_millis()).unwrap();
        if response.fate == Fate::ConnectionDropped {
            return (delay, Err(CallError::Unreachable));
        }
        let header = |wanted: &str| {
            response
                .headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                .map(|(_, value)| value.clone())
        };
        // As the browser reads it: see `fetch.rs`.
        let limit = call.limit().unwrap_or(usize::MAX);
        let (body, cut) = Cut::text(response.beginning(limit), limit, self.told_size);
        let answer = Answer {
            status: response.status,
            content_type: header("Content-Type"),
            retry_after: header("Retry-After").and_then(|it| it.parse().ok()),
            body,
            cut,
            ..Answer::default()
        };
        let answer = self.twist.map_or_else(|| answer.clone(), |it| it(call, answer.clone()));
        self.read += answer.body.len();
        (delay, Ok(answer))
    }

    /// Lets time pass, from wake-up to wake-up and answer to answer.
    pub fn pass(&mut self, secs: u64) {
        let end = self.now + secs * 1_000;
        loop {
            let wake = self.model.next_wakeup(self.moment()).as_millis().max(self.now + 1);
            let arrival = self.coming.iter().map(|(at, ..)| *at).min().unwrap_or(u64::MAX);
            let next = wake.min(arrival);
            if next > end {
                break;
            }
            self.now = next;
            if arrival <= next {
                let at = self.coming.iter().position(|(at, ..)| *at == arrival).unwrap();
                let (_, ticket, result) = self.coming.remove(at);
                self.tell(Event::Answered { ticket, result });
            } else {
                self.woken += 1;
                self.tell(Event::Woke);
            }
        }
        self.now = end;
    }

    pub fn create(&mut self, name: &str) {
        let mut draft = Draft::default();
        draft.set_text(Field::Kind, "pyspark");
        draft.set_text(Field::Name, name);
        let request = form::parse(&draft, &ReadContext::new(SessionName::made_up(3))).unwrap();
        self.tell(Event::Submitted { request, token: TOKEN });
    }

    /// Somebody else asks the cluster for something.
    pub fn elsewhere(&mut self, method: &str, path: &str, body: &str) -> fake_livy::Response {
        let headers = [("X-Requested-By", "x"), ("Content-Type", "application/json")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            headers,
            body: body.as_bytes().to_vec(),
        };
        self.cluster.answer(Duration::from_millis(self.now), &request)
    }

    /// With a heartbeat of so many seconds.
    pub fn create_beating(&mut self, name: &str, heartbeat: u32) {
        let mut draft = Draft::default();
        draft.set_text(Field::Name, name);
        draft.set_text(Field::Heartbeat, heartbeat.to_string());
        let request = form::parse(&draft, &ReadContext::new(SessionName::made_up(3))).unwrap();
        self.tell(Event::Submitted { request, token: TOKEN });
    }

    pub fn state(&self) -> &str {
        self.model.watch().and_then(|it| it.session()).map_or("", |it| it.state.as_str())
    }

    pub fn fresh(&self) -> Freshness {
        self.model.fresh(self.moment()).freshness
    }

    pub fn stage(&self) -> &Stage {
        &self.model.create().unwrap().stage
    }

    pub fn word(&self) -> &str {
        self.model.create().and_then(console::Create::word).unwrap_or("")
    }

    pub fn posts(&self) -> usize {
        self.sent.iter().filter(|(_, it)| matches!(it, Call::Create { .. })).count()
    }

    pub fn calls_since(&self, secs: u64, wanted: fn(&Call) -> bool) -> usize {
        self.sent.iter().filter(|(at, it)| *at >= secs && wanted(it)).count()
    }
}

/// Whatever is told on any journey has a name and facts of the contract, in order; the shell adds the cluster and a page's title.
fn is_of_the_contract(announcement: &Announcement) {
    let (_, names) = Announcement::EVENTS.iter().find(|it| it.0 == announcement.event).unwrap();
    let mut facts = announcement.detail.iter().map(|it| it.0).peekable();
    for name in names.iter() {
        let is_told = facts.next_if_eq(&name.trim_end_matches('?')).is_some();
        assert!(is_told || name.ends_with('?') || ["cluster", "title"].contains(name), "{announcement:?}");
    }
    assert_eq!(facts.next(), None, "{announcement:?}");
}

pub fn is_session(call: &Call) -> bool {
    matches!(call, Call::Session(_))
}

pub fn id(text: &str) -> SessionId {
    SessionId::from_json(&serde_json::Value::String(text.to_owned())).unwrap()
}
