//! What the list keeps of a session: the facts of its row, without its log, `conf` and lists, so that 40,000 are no burden.

use std::sync::Arc;

use livy::{Phase, Session, SessionId, SessionState};
use serde_json::Value;

use crate::{Column, Moment};

/// The facts of one session, as the server last told them.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// Its state.
    pub state: SessionState,
    /// When this page first saw it.
    pub seen: Moment,
    /// When the server last told of it.
    pub told: Moment,
    /// Cores of the driver; 0 where the server does not tell.
    pub driver_cores: u32,
    /// Cores of each executor; 0 where the server does not tell.
    pub executor_cores: u32,
    /// How many executors; 0 where the server does not tell.
    pub executors: u32,
    number: Option<u64>,
    name: Option<Box<str>>,
    app: Option<Box<str>>,
    owner: Option<Arc<str>>,
    proxy_user: Option<Arc<str>>,
    kind: Option<Arc<str>>,
    queue: Option<Arc<str>>,
    driver_memory: Option<Arc<str>>,
    executor_memory: Option<Arc<str>>,
}

/// Texts that many sessions share, each kept once.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts(Vec<Arc<str>>);

impl Texts {
    fn keep(&mut self, text: Option<&str>) -> Option<Arc<str>> {
        let text = text.filter(|it| !it.is_empty())?;
        // What was kept last is likely to come again.
        let known = self.0.iter().rev().find(|it| &***it == text).cloned();
        Some(known.unwrap_or_else(|| {
            let new: Arc<str> = text.into();
            self.0.push(Arc::clone(&new));
            new
        }))
    }
}

impl SessionRow {
    pub(super) fn of(session: &Session, texts: &mut Texts, now: Moment) -> Self {
        let text = |key: &str| session.field(key).and_then(Value::as_str);
        let number = |key: &str| {
            let number = session.field(key).and_then(Value::as_u64);
            number.and_then(|it| u32::try_from(it).ok()).unwrap_or(0)
        };
        Self {
            id: session.id.clone(),
            state: session.state.clone(),
            seen: now,
            told: now,
            driver_cores: number("driverCores"),
            executor_cores: number("executorCores"),
            executors: number("numExecutors"),
            number: session.id.as_str().parse().ok(),
            name: session.name().map(Into::into),
            app: session.app_id().map(Into::into),
            owner: texts.keep(session.owner()),
            proxy_user: texts.keep(session.proxy_user()),
            kind: texts.keep(session.kind()),
            queue: texts.keep(text("queue")),
            driver_memory: texts.keep(text("driverMemory")),
            executor_memory: texts.keep(text("executorMemory")),
        }
    }

    /// Its name; never given before Livy 0.6.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The cluster manager's application id.
    pub fn app_id(&self) -> Option<&str> {
        self.app.as_deref()
    }

    /// Memory of the driver, as the server echoes it.
    pub fn driver_memory(&self) -> Option<&str> {
        self.driver_memory.as_deref()
    }

    /// Memory of each executor, as the server echoes it.
    pub fn executor_memory(&self) -> Option<&str> {
        self.executor_memory.as_deref()
    }

    /// A column's text; empty where the server does not tell, and for those that are no text.
    pub fn text(&self, column: Column) -> &str {
        let text = match column {
            Column::Id => Some(self.id.as_str()),
            Column::Name => self.name(),
            Column::Owner => self.owner.as_deref(),
            Column::ProxyUser => self.proxy_user.as_deref(),
            Column::State => Some(self.state.as_str()),
            Column::Kind => self.kind.as_deref(),
            Column::Application => self.app_id(),
            Column::Queue => self.queue.as_deref(),
            Column::Memory | Column::Cores | Column::Seen => None,
        };
        text.unwrap_or_default()
    }

    /// Its id as a number, where it is one.
    pub(crate) fn number(&self) -> Option<u64> {
        self.number
    }

    /// True while a statement runs, or it starts or ends: somebody may wait for it.
    pub fn is_busy(&self) -> bool {
        matches!(self.state.phase(), Phase::Working | Phase::Pending)
    }
}

impl SessionRow {
    /// True when the same id means another session: see [`crate::watch`] for the same of a whole session.
    pub(super) fn is_another(&self, told: &Session) -> bool {
        let apps = self.app_id().zip(told.app_id());
        self.name() != told.name()
            || self.owner.as_deref() != told.owner()
            || apps.is_some_and(|(known, told)| known != told)
            || self.state.is_over() && !told.state.is_over()
    }
}

impl SessionRow {
    /// True for the row of that session, whose application may be known later.
    pub(crate) fn is_of(&self, session: &Session) -> bool {
        let apps = self.app_id().zip(session.app_id());
        self.id == session.id
            && self.name() == session.name()
            && apps.is_none_or(|(known, told)| known == told)
    }

    /// True where nothing tells two rows of one id apart.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let apps = self.app_id().zip(other.app_id());
        self.name == other.name && self.owner == other.owner && apps.is_none_or(|(one, other)| one == other)
    }
}
