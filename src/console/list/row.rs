//! What the list keeps of a session: the facts of its row, without its log, `conf` and lists, so that 40,000 are no burden.

use std::borrow::Cow;
use std::sync::Arc;

use livy::{Phase, Session, SessionId, SessionState};
use serde_json::Value;

use crate::{Column, Moment, OwnedSession};

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
    /// True where the server told its name or its owner, if only that there is none: what it leaves out at times says nothing.
    tells: (bool, bool),
    /// Id, name and application, with [`BETWEEN`] between: what no other session has.
    text: Box<str>,
    /// Where the application begins in it.
    app_from: u32,
    word: Option<Arc<SharedText>>,
    owner: Option<Arc<SharedText>>,
    proxy_user: Option<Arc<SharedText>>,
    kind: Option<Arc<SharedText>>,
    queue: Option<Arc<SharedText>>,
    driver_memory: Option<Arc<SharedText>>,
    executor_memory: Option<Arc<SharedText>>,
    /// The first line of what the server itself says of its end.
    reason: Option<Box<str>>,
}

/// So many characters of a reason are kept.
const REASON: usize = 160;

/// No text that a person types has it (unit separator).
const BETWEEN: char = '\u{1f}';

/// A text that many sessions share, with a number of its own.
#[derive(Debug, PartialEq)]
pub(crate) struct SharedText {
    pub(crate) number: u32,
    pub(crate) text: Box<str>,
}

/// Texts that many sessions share, each kept once.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedTexts(Vec<Arc<SharedText>>);

impl SharedTexts {
    pub(super) fn all(&self) -> &[Arc<SharedText>] {
        &self.0
    }

    fn keep(&mut self, text: Option<&str>) -> Option<Arc<SharedText>> {
        let text = text.filter(|it| !it.is_empty())?;
        // What was kept last is likely to come again.
        let known = self.0.iter().rev().find(|it| &*it.text == text).cloned();
        Some(known.unwrap_or_else(|| {
            let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            let new = Arc::new(SharedText { number, text: text.into() });
            self.0.push(Arc::clone(&new));
            new
        }))
    }
}

impl SessionRow {
    pub(super) fn of(session: &Session, texts: &mut SharedTexts, now: Moment) -> Self {
        let field = |key: &str| session.field(key).and_then(Value::as_str);
        let number = |key: &str| {
            let number = session.field(key).and_then(Value::as_u64);
            number.and_then(|it| u32::try_from(it).ok()).unwrap_or(0)
        };
        let mut text = session.id.as_str().to_owned();
        text.push(BETWEEN);
        text.push_str(session.name().unwrap_or_default());
        text.push(BETWEEN);
        let app_from = u32::try_from(text.len()).unwrap_or(u32::MAX);
        text.push_str(session.app_id().unwrap_or_default());
        Self {
            id: session.id.clone(),
            state: session.state.clone(),
            seen: now,
            told: now,
            driver_cores: number("driverCores"),
            executor_cores: number("executorCores"),
            executors: number("numExecutors"),
            number: session.id.as_str().parse().ok(),
            tells: tells(session),
            text: text.into(),
            app_from,
            word: texts.keep(Some(session.state.as_str())),
            owner: texts.keep(session.owner()),
            proxy_user: texts.keep(session.proxy_user()),
            kind: texts.keep(session.kind()),
            queue: texts.keep(field("queue")),
            driver_memory: texts.keep(field("driverMemory")),
            executor_memory: texts.keep(field("executorMemory")),
            reason: reason(session),
        }
    }

    /// Its name; never given before Livy 0.6.
    pub fn name(&self) -> Option<&str> {
        let name = self.text.get(self.id.as_str().len() + 1..(self.app_from as usize).checked_sub(1)?);
        name.filter(|it| !it.is_empty())
    }

    /// The cluster manager's application id.
    pub fn app_id(&self) -> Option<&str> {
        self.text.get(self.app_from as usize..).filter(|it| !it.is_empty())
    }

    /// Memory of the driver, as the server echoes it.
    pub fn driver_memory(&self) -> Option<&str> {
        self.driver_memory.as_ref().map(|it| &*it.text)
    }

    /// Memory of each executor, as the server echoes it.
    pub fn executor_memory(&self) -> Option<&str> {
        self.executor_memory.as_ref().map(|it| &*it.text)
    }

    /// What the server itself says of why it ended, the first line, cut short; most servers say nothing.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// A column's text; empty where the server does not tell, and for those that are no text.
    pub fn text(&self, column: Column) -> &str {
        match column {
            Column::Id => self.id.as_str(),
            Column::Name => self.name().unwrap_or_default(),
            Column::Application => self.app_id().unwrap_or_default(),
            _ => self.shared(column).map_or("", |it| &it.text),
        }
    }

    /// A column's text where many sessions share it.
    pub(crate) fn shared(&self, column: Column) -> Option<&SharedText> {
        let shared = match column {
            Column::Owner => &self.owner,
            Column::ProxyUser => &self.proxy_user,
            Column::State => &self.word,
            Column::Kind => &self.kind,
            Column::Queue => &self.queue,
            _ => return None,
        };
        shared.as_deref()
    }

    /// Id, name and application in lower case, to be searched.
    pub(crate) fn lower(&self) -> Cow<'_, str> {
        let is_lower = |it: u8| it.is_ascii() && !it.is_ascii_uppercase();
        if self.text.bytes().all(is_lower) {
            Cow::Borrowed(&*self.text)
        } else {
            Cow::Owned(self.text.to_lowercase())
        }
    }

    /// Its id as a number, where it is one.
    pub(crate) fn number(&self) -> Option<u64> {
        self.number
    }

    /// True while a statement runs, or it starts: somebody may wait for it.
    pub fn is_busy(&self) -> bool {
        is_busy(&self.state)
    }

    /// True when the same id means another session: see [`crate::watch`] for the same of a whole session.
    pub(super) fn is_another(&self, told: &Session) -> bool {
        let is_alive = !told.state.is_over() && !matches!(told.state, SessionState::Unknown(_));
        !self.id.lasts()
            && (self.differs(told.name(), told.owner(), told.app_id(), tells(told))
                || self.state.is_over() && is_alive)
    }

    /// True where another row or session of this id tells of itself what this one does not.
    fn differs(
        &self,
        name: Option<&str>,
        owner: Option<&str>,
        app: Option<&str>,
        tells: (bool, bool),
    ) -> bool {
        let apps = self.app_id().zip(app);
        self.tells.0 && tells.0 && self.name() != name
            || self.tells.1 && tells.1 && self.shared(Column::Owner).map(|it| &*it.text) != owner
            || apps.is_some_and(|(one, other)| one != other)
    }

    /// True for the row of one of this browser's own.
    pub(crate) fn is_one_of(&self, own: &[OwnedSession]) -> bool {
        own.iter().any(|it| it.is_known_by(self.id.as_str(), self.name(), self.app_id()))
    }

    /// True for the row of that session, whose application may be known later.
    pub(crate) fn is_of(&self, session: &Session) -> bool {
        self.id == session.id
            && (self.id.lasts()
                || !self.differs(session.name(), session.owner(), session.app_id(), tells(session)))
    }

    /// True where nothing tells two rows of one id apart.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let owner = other.shared(Column::Owner).map(|it| &*it.text);
        self.id.lasts() || !self.differs(other.name(), owner, other.app_id(), other.tells)
    }
}

fn reason(session: &Session) -> Option<Box<str>> {
    let reason = session.reasons().into_iter().find(livy::Reason::says_why)?;
    let line = reason.words.lines().next()?.trim();
    Some(line.chars().take(REASON).collect::<String>()).filter(|it| !it.is_empty()).map(Into::into)
}

/// Whether a session tells its name and its owner, if only that there is none.
fn tells(session: &Session) -> (bool, bool) {
    let has = |key: &str, told: Option<&str>| told.is_some() || session.field(key).is_some();
    (has("name", session.name()), has("owner", session.owner()))
}

/// True while a statement runs in a session of this state, or it starts.
pub(crate) fn is_busy(state: &SessionState) -> bool {
    matches!(state.phase(), Phase::Working | Phase::Pending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_left_out_at_times_makes_no_other_session() {
        let etl = json!({"id": 7, "name": "etl", "owner": "ada", "appId": "application_1", "state": "idle"});
        let mut texts = SharedTexts::default();
        let mut of = |known: &Value, told: Value| {
            let told = Session::from_json(told).unwrap();
            let known =
                SessionRow::of(&Session::from_json(known.clone()).unwrap(), &mut texts, Moment::default());
            let other = SessionRow::of(&told, &mut texts, Moment::default());
            (known.is_another(&told), known.is_same(&other), known.is_of(&told))
        };
        let (same, another) = ((false, true, true), (true, false, false));
        assert_eq!(of(&etl, json!({"id": 7, "state": "idle"})), same);
        assert_eq!(of(&json!({"id": 7, "state": "idle"}), etl.clone()), same);
        assert_eq!(of(&etl, json!({"id": 7, "name": null, "state": "idle"})), another);
        assert_eq!(of(&json!({"id": 7, "name": null, "state": "idle"}), etl.clone()), another);
        assert_eq!(of(&etl, json!({"id": 7, "owner": "bob", "state": "idle"})), another);
        let lasting = "7a3b0000-0000-4000-8000-000000000001";
        assert_eq!(of(&json!({"id": lasting, "name": "a"}), json!({"id": lasting, "name": "b"})), same);
    }

    #[test]
    fn what_is_kept_is_what_was_told() {
        let mut texts = SharedTexts::default();
        let mut row =
            |json| SessionRow::of(&Session::from_json(json).unwrap(), &mut texts, Moment::default());
        let full =
            row(json!({"id": 7, "name": "Größe", "appId": "application_1", "owner": "Ada", "state": "idle",
            "kind": "sql", "queue": "a", "driverMemory": "2g", "executorCores": 3}));
        let texts = Column::ALL.map(|it| full.text(it).to_owned());
        assert_eq!(texts, ["7", "Größe", "Ada", "", "idle", "sql", "application_1", "a", "", "", ""]);
        assert_eq!((full.driver_memory(), full.executor_cores, full.number()), (Some("2g"), 3, Some(7)));
        assert!(full.lower().contains("größe"));
        let failed = row(json!({"id": 8, "state": "dead", "result": "Failed",
            "errorInfo": [{"errorCode": "X", "message": "Quota exceeded.\nMore of it", "source": "User"}]}));
        assert!(failed.reason().is_some_and(|it| it.contains("Quota exceeded.") && !it.contains("More")));
        assert_eq!(full.reason(), None);
        for bare in [row(json!({"id": "a-b"})), row(json!({"id": "a-b", "name": "", "appId": ""}))] {
            assert_eq!((bare.name(), bare.app_id(), bare.text(Column::State)), (None, None, ""));
        }
        let one = row(json!({"id": "x", "name": null, "appId": "y"}));
        assert_eq!((one.name(), one.app_id()), (None, Some("y")));
    }
}
