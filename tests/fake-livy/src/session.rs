//! One pretend session: everything about it follows from its story and the time.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::chatter::{self, LastWords, START_LINES};
use crate::fleet::Member;
use crate::interpreter::Interpreter;
use crate::statement::Statement;
use crate::story::Story;

/// A session of the cluster. Times are milliseconds since the cluster began; earlier ones are negative.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub id: u64,
    pub name: Option<String>,
    pub kind: String,
    pub story: Story,
    pub created: i64,
    /// How long it takes to become idle.
    pub start: i64,
    /// The fields of the request that are echoed, with Livy's values for those not set.
    pub echo: Arc<Map<String, Value>>,
    pub last_words: Option<LastWords>,
    /// When `POST …/stop` came.
    pub stopped: Option<i64>,
    pub interpreter: Interpreter,
    pub statements: Vec<Statement>,
    /// How many statements there have been; ids go on after the oldest are forgotten.
    pub statement_count: u64,
    pub active_at: i64,
    pub heartbeat_at: i64,
    pub heartbeat_timeout: i64,
    pub idle_timeout: i64,
    pub retained: usize,
    /// Until when a statement that is forgotten has the interpreter.
    pub held_until: i64,
    /// How many statements somebody else has sent.
    pub others: i64,
    /// True once a list was asked for that its driver could not send.
    pub is_cut: bool,
    /// Set for one of a fleet.
    pub member: Option<Member>,
}

/// A dead start takes this long: the driver's JVM ends at once (docs/protocol.md §3).
const DEAD_START: i64 = 450;

impl Session {
    /// One that is made at that time, with the settings of a server that nobody has changed.
    pub(crate) fn new(
        id: u64,
        name: Option<String>,
        kind: String,
        created: i64,
        echo: Arc<Map<String, Value>>,
    ) -> Self {
        Self {
            id,
            story: name.as_deref().map_or(Story::Plain, Story::of),
            name,
            kind,
            created,
            start: 0,
            echo,
            last_words: None,
            stopped: None,
            interpreter: Interpreter::default(),
            statements: Vec::new(),
            statement_count: 0,
            active_at: created,
            heartbeat_at: created,
            heartbeat_timeout: 0,
            idle_timeout: 3_600_000,
            retained: 100,
            held_until: 0,
            others: 0,
            is_cut: false,
            member: None,
        }
    }

    /// Since when it is in a final state.
    fn finished(&self) -> Option<i64> {
        let ended = match self.story {
            Story::DiesWhileStarting => Some(3_000),
            Story::Killed => Some(self.start + 15_000),
            Story::DiesInAStatement => {
                let begun = self.statements.iter().filter(|it| it.runs()).map(|it| it.start).min();
                begun.map(|it| it - self.created + 2_000)
            }
            _ => self.last_words.as_ref().map(|_| DEAD_START),
        };
        let ended = ended.map(|it| self.created + it);
        let stopped = self.stopped.map(|it| it + 300);
        [ended, stopped].into_iter().flatten().min()
    }

    /// Livy's word for its state.
    pub(crate) fn state(&self, now: i64) -> &'static str {
        let age = now - self.created;
        let early = self.last_words.is_some() || self.story == Story::DiesWhileStarting;
        match self.finished() {
            Some(end) if now >= end && self.story == Story::Killed && self.stopped.is_none() => {
                return "killed";
            }
            Some(end) if now >= end => return "dead",
            Some(end) if early && now >= end - 50 => return "shutting_down",
            _ => {}
        }
        if self.stopped.is_some_and(|it| now >= it) {
            return "shutting_down";
        }
        if let Some(member) = self.member {
            return member.state;
        }
        match self.story {
            Story::NeverIdle => "starting",
            Story::Recovering => "recovering",
            _ if age < self.start => "starting",
            Story::UnknownState => "hibernating",
            Story::ErrorThenIdle if (10_000..20_000).contains(&(age - self.start)) => "error",
            _ if now < self.held_until || self.statements.iter().any(|it| it.holds(now)) => "busy",
            _ if self.is_broken(now) => "error",
            _ => "idle",
        }
    }

    /// True once an interpreter has died, until another one has run something.
    fn is_broken(&self, now: i64) -> bool {
        let ended = self.statements.iter().filter(|it| it.runs() && it.end <= now);
        ended.max_by_key(|it| it.end).is_some_and(|it| it.is_fatal)
    }

    /// When the interpreter is free for one more.
    pub(crate) fn free_at(&self, now: i64) -> i64 {
        let ends = self.statements.iter().filter(|it| it.runs() && it.start < i64::MAX / 8).map(|it| it.end);
        ends.chain([self.held_until, now]).max().unwrap_or(now)
    }

    /// After a cancel those that wait may get their turn earlier.
    pub(crate) fn queue(&mut self, now: i64) {
        let mut free_at = self.held_until;
        for statement in self.statements.iter_mut().filter(|it| it.start < i64::MAX / 8) {
            statement.queue(free_at, now);
            if statement.runs() {
                free_at = free_at.max(statement.end);
            }
        }
    }

    /// True while statements are taken.
    pub(crate) fn takes_statements(&self, now: i64) -> bool {
        matches!(self.state(now), "idle" | "busy" | "error")
    }

    /// True once the server's collection has to remove it (SessionManager.scala 162-243, SessionHeartbeat.scala).
    pub(crate) fn is_garbage(&self, now: i64, retain: i64) -> bool {
        if self.member.is_some() && self.stopped.is_none() {
            return false;
        }
        if let Some(end) = self.finished().filter(|it| now >= *it) {
            return now - end > retain;
        }
        let worked =
            self.statements.iter().filter_map(|it| it.completed(now)).max().unwrap_or(self.active_at);
        let silent = self.heartbeat_timeout > 0 && now - self.heartbeat_at > self.heartbeat_timeout;
        now - self.active_at.max(worked) > self.idle_timeout || silent
    }

    /// True where its story has the server forget it now.
    pub(crate) fn is_forgotten(&self, now: i64) -> bool {
        self.story == Story::Forgotten && now - self.created > self.start + 5_000
    }

    /// How many lines stderr has had, and the number of the first one after the start.
    fn stderr_count(&self, now: i64) -> (i64, i64) {
        let end = self.finished().unwrap_or(now).min(now);
        let age = (end - self.created).max(0);
        let started =
            if self.start == 0 { START_LINES } else { (age * START_LINES / self.start).min(START_LINES) };
        if matches!(self.story, Story::NeverIdle) {
            return (age / 5_000 + 6.min(age / 100), START_LINES);
        }
        let after = age - self.start;
        let running = match self.story {
            _ if after < 0 => 0,
            Story::FloodsItsLog => 2 + after / 25,
            Story::Colourful => 2 + after / 500,
            _ => 2 + after / 30_000,
        };
        (started + running, START_LINES)
    }

    /// The ring of stderr.
    fn stderr(&self, now: i64, ring: usize) -> Vec<String> {
        if let Some(words) = &self.last_words {
            return if now - self.created > 200 { words.0.clone() } else { Vec::new() };
        }
        // What it dies of is the last that it writes.
        let dies = self.finished().filter(|_| self.story == Story::DiesWhileStarting).map(|it| it - 100);
        let (count, after_start) = self.stderr_count(dies.map_or(now, |it| it.min(now)));
        let mut lines: Vec<String> = ((count - ring as i64).max(0)..count)
            .map(|number| {
                if number < after_start {
                    let at = self.created + number * self.start / START_LINES;
                    chatter::starting(number as u64, at, self.id)
                } else {
                    let pace = match self.story {
                        Story::FloodsItsLog => 25,
                        Story::Colourful => 500,
                        _ => 30_000,
                    };
                    let number = number - after_start;
                    chatter::running(
                        number as u64,
                        self.created + self.start + (number - 2).max(0) * pace,
                        self.story,
                    )
                }
            })
            .collect();
        if dies.is_some_and(|it| now >= it) {
            lines.extend(chatter::class_not_found(self.created + 2_900).0);
            lines.drain(..lines.len().saturating_sub(ring));
        }
        lines
    }

    fn stdout(&self, now: i64, ring: usize) -> Vec<String> {
        let after = now.min(self.finished().unwrap_or(now)) - self.created - self.start;
        let count = if self.story == Story::FloodsItsLog && after > 0 { after / 200 } else { 0 };
        ((count - ring as i64).max(0)..count).map(|it| chatter::printed(it as u64)).collect()
    }

    /// The whole window, markers included (SparkProcApp.scala 44, SparkYarnApp.scala 141-144).
    pub(crate) fn log(&self, now: i64, ring: usize) -> Vec<String> {
        if self.story == Story::Recovering {
            return vec![format!(
                "Cannot recover interactive session {} because its RSCDriver URI is unknown.",
                self.id
            )];
        }
        let mut lines = vec!["stdout: ".to_owned()];
        lines.extend(self.stdout(now, ring));
        lines.push("\nstderr: ".to_owned());
        lines.extend(self.stderr(now, ring));
        if self.story == Story::Yarn {
            lines.push("\nYARN Diagnostics: ".to_owned());
            if now - self.created > 2_000 {
                lines.push(
                    "AM container is launched, waiting for AM container to Register with RM".to_owned(),
                );
            }
        }
        lines
    }

    /// The session object with all 23 keys of 0.9.0 (HttpMessages.java 53-113).
    pub(crate) fn json(&self, now: i64, ring: usize) -> Value {
        // The last lines of short rings are those of long ones.
        let log = self.log(now, ring.min(10));
        let tail = &log[log.len().saturating_sub(10)..];
        let of_fleet = self.member.is_some();
        let on_yarn = (self.story == Story::Yarn || of_fleet) && now - self.created > 2_000;
        let url = |path: &str| {
            if on_yarn { json!(format!("http://rm.cluster.example:8088/{path}")) } else { Value::Null }
        };
        let application = format!("application_1795390000000_{:04}", self.id);
        let mut object = Map::clone(&self.echo);
        let owner = match self.member {
            Some(member) => Some(member.owner),
            None => (self.story == Story::Yarn).then_some("svc-etl"),
        };
        let fields = [
            ("id", json!(self.id)),
            ("name", json!(self.name)),
            ("appId", if on_yarn { json!(application) } else { Value::Null }),
            ("owner", json!(owner)),
            ("proxyUser", json!(self.member.and_then(|it| it.proxy_user))),
            ("state", json!(self.state(now))),
            ("kind", json!(self.kind)),
            (
                "appInfo",
                json!({
                    "driverLogUrl": url("node/containerlogs/container_01/livy"),
                    "sparkUiUrl": url(&format!("proxy/{application}/")),
                    "executorLogUrls": null
                }),
            ),
            ("log", json!(tail)),
        ];
        object.extend(fields.map(|(name, value)| (name.to_owned(), value)));
        if self.story == Story::UnknownState {
            object.insert("hibernation".to_owned(), json!({"since": 1, "reason": "saving energy"}));
        }
        Value::Object(object)
    }
}
