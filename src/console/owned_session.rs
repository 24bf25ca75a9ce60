//! The sessions that were created in this browser: their heartbeats are this page's to keep.

use std::time::Duration;

use livy::Session;
use serde_json::Value;

use crate::Moment;

/// What a session is known by. Livy reuses ids after a restart, so an id alone identifies nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedSession {
    id: String,
    name: String,
    app: Option<String>,
    /// When it was created, or found to have been; nothing for one that was remembered without.
    since: Option<Moment>,
}

/// More are not remembered: a server keeps some hundred sessions at most.
const MOST: usize = 60;

/// Two tabs of a browser send a create under one name within this time, or the second one finds the name in use.
const AT_ONCE: Duration = Duration::from_secs(10);

impl OwnedSession {
    /// A session that came of a create by now. Without a name there is no way to know it again.
    pub fn of(session: &Session, now: Moment) -> Option<Self> {
        Some(Self {
            id: session.id.to_string(),
            name: session.name()?.to_owned(),
            app: session.app_id().map(str::to_owned),
            since: Some(now),
        })
    }

    /// When this browser first knew of it.
    pub(crate) fn since(&self) -> Option<Moment> {
        self.since
    }

    /// True for one that was created after a create was sent, or shortly before: the answer of another tab's comes later than
    /// it was sent.
    pub(crate) fn is_newer_than(&self, sent: Moment) -> bool {
        self.since.is_some_and(|it| it.after(AT_ONCE) >= sent)
    }

    /// True for that same session. Livy reports the application later than the rest: one that isn't known yet may be any.
    pub fn is(&self, session: &Session) -> bool {
        self.is_known_by(session.id.as_str(), session.name(), session.app_id())
    }

    /// True for what is known by these.
    pub(crate) fn is_known_by(&self, id: &str, name: Option<&str>, app: Option<&str>) -> bool {
        let same_app = match (&self.app, app) {
            (Some(known), Some(told)) => known == told,
            _ => true,
        };
        self.id == id && Some(self.name.as_str()) == name && same_app
    }

    /// Takes note of the application, which Livy reports later than the rest. True when it was not known.
    pub(crate) fn complete(&mut self, session: &Session) -> bool {
        let news = self.app.is_none() && session.app_id().is_some();
        if news {
            self.app = session.app_id().map(str::to_owned);
        }
        news
    }

    /// Those of the browser's storage with this tab's: other tabs create sessions too, and know of an application earlier.
    pub fn list_merged(stored: Vec<Self>, mine: &[Self]) -> Vec<Self> {
        let mut all = stored;
        for own in mine {
            match all.iter().position(|it| it.id == own.id && it.name == own.name) {
                // Livy begins its ids again when it restarts: this is another session, and the newest.
                Some(at) if own.since > all[at].since => {
                    all.remove(at);
                    all.push(own.clone());
                }
                Some(at) if own.app.is_some() && own.since == all[at].since => {
                    all[at].app.clone_from(&own.app);
                }
                Some(_) => {}
                None => all.push(own.clone()),
            }
        }
        all
    }

    /// Those of the browser's storage; what cannot be read is left out.
    pub fn list_from_storage(text: &str) -> Vec<Self> {
        let stored: Value = serde_json::from_str(text).unwrap_or_default();
        let own = |it: &Value| {
            let part = |at: usize| it.get(at).and_then(Value::as_str).map(str::to_owned);
            let since = it.get(3).and_then(Value::as_u64).map(Moment::from_millis);
            Some(Self { id: part(0)?, name: part(1)?, app: part(2), since })
        };
        stored.as_array().into_iter().flatten().filter_map(own).collect()
    }

    /// For the browser's storage, the newest last.
    pub fn list_to_storage(all: &[Self]) -> String {
        let from = all.len().saturating_sub(MOST);
        // Texts alone are written by serde_json: a printer of all values would print fractions too, which the first load has no use for.
        let text = |it: &str| serde_json::to_string(it).unwrap_or_default();
        let none = || "null".to_owned();
        let one = |it: &Self| {
            let app = it.app.as_deref().map_or_else(none, text);
            let since = it.since.map_or_else(none, |it| it.as_millis().to_string());
            format!("[{},{},{app},{since}]", text(&it.id), text(&it.name))
        };
        format!("[{}]", all[from..].iter().map(one).collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::SessionPage;
    use serde_json::json;

    fn session(id: u64, name: Value, app: Value) -> Session {
        let body = json!({"total": 1, "sessions": [{"id": id, "name": name, "appId": app, "state": "idle"}]});
        SessionPage::from_json(body).unwrap().sessions.remove(0)
    }

    #[test]
    fn an_id_that_was_given_anew_is_somebody_elses() {
        let own = OwnedSession::of(&session(3, json!("etl"), json!(null)), Moment::default()).unwrap();
        assert!(own.is(&session(3, json!("etl"), json!("application_1"))));
        assert!(!own.is(&session(3, json!("other"), json!(null))));
        assert!(!own.is(&session(4, json!("etl"), json!(null))));
        let own =
            OwnedSession::of(&session(3, json!("etl"), json!("application_1")), Moment::default()).unwrap();
        assert!(!own.is(&session(3, json!("etl"), json!("application_2"))));
        assert_eq!(OwnedSession::of(&session(3, json!(null), json!(null)), Moment::default()), None);
    }

    #[test]
    fn two_tabs_add_to_one_list() {
        let own = |id: u64, app: Value| {
            OwnedSession::of(&session(id, json!(format!("s{id}")), app), Moment::default()).unwrap()
        };
        let stored = vec![own(1, json!(null)), own(2, json!("application_2"))];
        let mine = [own(2, json!(null)), own(1, json!("application_1")), own(3, json!(null))];
        let merged = OwnedSession::list_merged(stored, &mine);
        assert_eq!(
            merged,
            [own(1, json!("application_1")), own(2, json!("application_2")), own(3, json!(null))]
        );
        let mut early = own(4, json!(null));
        assert!(early.complete(&session(4, json!("s4"), json!("application_4"))));
        assert!(!early.complete(&session(4, json!("s4"), json!("application_4"))));
        assert!(!early.is(&session(4, json!("s4"), json!("application_5"))));
    }

    #[test]
    fn an_id_and_a_name_that_come_again_are_a_new_session() {
        let own = |id: u64, app: Value, at: u64| {
            OwnedSession::of(&session(id, json!("etl"), app), Moment::from_millis(at)).unwrap()
        };
        let before = own(0, json!("application_1"), 1_000);
        let (again, other) = (own(0, json!(null), 9_000), own(1, json!(null), 2_000));
        let merged =
            OwnedSession::list_merged(vec![before.clone(), other.clone()], std::slice::from_ref(&again));
        assert_eq!(merged, [other.clone(), again.clone()]);
        // A tab that still has the old one does not bring it back.
        assert_eq!(OwnedSession::list_merged(merged, &[before]), [other, again]);
    }

    #[test]
    fn storage_gives_back_what_it_got() {
        let all: Vec<OwnedSession> = (0..70)
            .filter_map(|it| {
                OwnedSession::of(&session(it, json!(format!("s{it}")), json!("a")), Moment::default())
            })
            .collect();
        let back = OwnedSession::list_from_storage(&OwnedSession::list_to_storage(&all));
        assert_eq!(back, all[10..]);
        assert_eq!(OwnedSession::list_from_storage("nonsense"), []);
        let own = OwnedSession::of(&session(1, json!("a\"\n"), json!(null)), Moment::from_millis(7)).unwrap();
        assert_eq!(OwnedSession::list_to_storage(&[own]), r#"[["1","a\"\n",null,7]]"#);
    }
}
