//! One session, as the server told it.
//!
//! The JSON object is kept whole: every field but the id may be missing, null or of another type on one of the servers
//! that speak Livy's protocol (`dialect.rs`), and a field of tomorrow must not be lost.

use serde_json::{Map, Value};

use crate::dialect::session as dialect;
use crate::dialect::{Reason, reasons};
use crate::{Address, SessionId, SessionState};

/// A session object (client-common `HttpMessages.java` 53-113, 0.9.0; docs/protocol.md §2.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its id; the address that it was asked for by, where the server told none.
    pub id: SessionId,
    /// Its state; [`SessionState::Unknown`] with an empty word where the server left it out.
    pub state: SessionState,
    fields: Map<String, Value>,
}

/// A link of the session's `appInfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Livy's key, or the executor's name: `sparkUiUrl`, `driverLogUrl`, `exec-1`.
    pub label: String,
    /// As the server wrote it: not yet known to be safe or reachable.
    pub url: String,
}

impl Link {
    /// True for `http` and `https`. Anything else is text, never a link.
    pub fn is_web(&self) -> bool {
        let url = self.url.trim_start().to_ascii_lowercase();
        url.starts_with("http://") || url.starts_with("https://")
    }
}

impl Session {
    /// The fields of a request that a session repeats as they were asked for, in the order of Livy's documentation
    /// (`InteractiveSessionServlet.clientSessionView` and `HttpMessages.SessionInfo`, 0.9.0).
    pub const ECHOED: [&str; 15] = [
        "driverMemory",
        "driverCores",
        "executorMemory",
        "executorCores",
        "numExecutors",
        "jars",
        "pyFiles",
        "files",
        "archives",
        "queue",
        "conf",
        "heartbeatTimeoutInSecond",
        "ttl",
        "idleTimeout",
        "proxyUser",
    ];

    /// `None` when it is no object or has no id that could be addressed.
    pub fn from_json(value: Value) -> Option<Self> {
        let Value::Object(fields) = value else { return None };
        let id = dialect::ID.iter().find_map(|place| told_id(&fields, place))?;
        Some(Self::of(id, fields))
    }

    /// The session at this address, of which nothing else is known.
    pub(crate) fn at(address: &Address) -> Self {
        Self::of(SessionId::at(address), Map::new())
    }

    /// The answer of somebody who was asked for the session at this address, which is its id where the answer has none. `None` when it
    /// tells of no session.
    pub(crate) fn from_json_at(value: Value, address: &Address) -> Option<Self> {
        let Value::Object(fields) = value else { return None };
        match dialect::ID.iter().find_map(|place| told_id(&fields, place)) {
            Some(id) => Some(Self::of(id, fields)),
            None if dialect::tells_of_one(&fields) => Some(Self::of(SessionId::at(address), fields)),
            None => None,
        }
    }

    fn of(id: SessionId, fields: Map<String, Value>) -> Self {
        let state = SessionState::parse(dialect::first(&fields, &dialect::STATE).unwrap_or_default());
        Self { id, state, fields }
    }

    /// The value of one of Livy's fields where it is a text that is not empty.
    fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str).filter(|it| !it.is_empty())
    }

    /// Its name; never given before Livy 0.6.
    pub fn name(&self) -> Option<&str> {
        dialect::first(&self.fields, &dialect::NAME)
    }

    /// Its kind, in the server's word.
    pub fn kind(&self) -> Option<&str> {
        self.text("kind")
    }

    /// Who asked for it; null where the server does not authenticate.
    pub fn owner(&self) -> Option<&str> {
        dialect::first(&self.fields, &dialect::OWNER)
    }

    /// As whom it runs; null where impersonation is off, even when it was asked for.
    pub fn proxy_user(&self) -> Option<&str> {
        self.text("proxyUser")
    }

    /// The cluster manager's application id; never known in local mode.
    pub fn app_id(&self) -> Option<&str> {
        self.text("appId")
    }

    /// The last lines of its log (10 on 0.9.0); empty without the right to view it.
    pub fn log_tail(&self) -> Vec<&str> {
        match self.fields.get("log") {
            Some(Value::Array(lines)) => lines.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Without the last lines of its log, which say nothing of the session itself: what is left changes only when it does.
    #[must_use]
    pub fn without_log_tail(mut self) -> Self {
        // Taking one out of the map would bring the code that joins its nodes, for this place alone.
        let all = std::mem::take(&mut self.fields);
        for (key, value) in all.into_iter().filter(|it| it.0 != "log") {
            self.fields.insert(key, value);
        }
        self
    }

    /// With what was asked for, where the server does not echo it: before 0.9 it tells neither sizes nor lists nor `conf`.
    #[must_use]
    pub fn with_unechoed(mut self, asked: &Map<String, Value>) -> Self {
        for key in Self::ECHOED {
            if let (false, Some(value)) = (self.fields.contains_key(key), asked.get(key)) {
                self.fields.insert(key.to_owned(), value.clone());
            }
        }
        self
    }

    /// The links of `appInfo` that have a value, `executorLogUrls` taken apart (`name#url;name#url`, 0.9.0 on Kubernetes).
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (key, value) in self.fields.get("appInfo").and_then(Value::as_object).into_iter().flatten() {
            let Some(text) = value.as_str().filter(|it| !it.trim().is_empty()) else { continue };
            if key == "executorLogUrls" {
                for part in text.split(';').filter(|it| !it.trim().is_empty()) {
                    let (label, url) = part.split_once('#').unwrap_or((key, part));
                    links.push(Link { label: label.to_owned(), url: url.to_owned() });
                }
            } else {
                links.push(Link { label: key.clone(), url: text.to_owned() });
            }
        }
        links
    }

    /// What the server echoes of the request: the fields that are set, in the order of Livy's documentation.
    /// Unset numbers come back as 0 and unset lists as `[]`; both are left out (docs/protocol.md §2.1).
    pub fn request(&self) -> Vec<(&'static str, &Value)> {
        let is_set = |value: &Value| match value {
            Value::Null => false,
            Value::Number(number) => number.as_i64() != Some(0),
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(entries) => !entries.is_empty(),
            Value::Bool(_) => true,
        };
        let set = |key| self.fields.get(key).filter(|value| is_set(value)).map(|value| (key, value));
        Self::ECHOED.into_iter().filter_map(set).collect()
    }

    /// All fields as they came: what [`Session::from_json`] reads.
    pub fn fields(&self) -> &Map<String, Value> {
        &self.fields
    }

    /// What the server itself says of its end, or of why it does not come; nothing while it says none. Livy has no field for that.
    pub fn reasons(&self) -> Vec<Reason> {
        reasons(&self.fields, self.state.is_over())
    }

    /// True where this can be a session of that kind; some servers tell none, and Lighter the same for each.
    pub fn may_be_of_kind(&self, kind: &str) -> bool {
        dialect::tells_one_kind(&self.fields) || self.kind().is_none_or(|it| it == kind)
    }

    /// True where the server gives an id once and never again.
    pub fn has_lasting_id(&self) -> bool {
        self.id.lasts()
    }

    /// The fields that this console has no place for, as they came, also those whose value is of no type that it shows.
    pub fn other_fields(&self) -> Vec<(&str, &Value)> {
        let fields = self.fields.iter().map(|(key, value)| (key.as_str(), value));
        fields.filter(|(key, value)| !dialect::is_shown(key, value, &Self::ECHOED)).collect()
    }

    /// Any field as it came, known to this console or not.
    pub fn field(&self, key: &str) -> Option<&Value> {
        self.fields.get(key)
    }
}

/// The id in this field. Only Livy's own may be of any form: elsewhere a field of that name may mean something else.
fn told_id(fields: &Map<String, Value>, place: &str) -> Option<SessionId> {
    let id = SessionId::from_json(fields.get(place)?)?;
    (place == dialect::ID[0] || dialect::lasts(id.as_str())).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn session(json: &str) -> Session {
        Session::from_json(serde_json::from_str(json).unwrap()).unwrap()
    }

    #[test]
    fn an_id_is_enough() {
        let it = session(r#"{"id":"7f-guid"}"#);
        assert_eq!((it.id.as_str(), it.state.as_str()), ("7f-guid", ""));
        assert_eq!((it.name(), it.kind(), it.owner(), it.app_id()), (None, None, None, None));
        assert!(it.links().is_empty() && it.request().is_empty() && it.log_tail().is_empty());
    }

    #[test]
    fn wrong_types_and_new_fields_harm_nothing() {
        let it = session(
            r#"{"id":1,"state":"idle","name":5,"appInfo":[],"log":"x","conf":null,"livyInfo":{"a":1}}"#,
        );
        assert_eq!((it.name(), it.links().len(), it.log_tail().len()), (None, 0, 0));
        assert_eq!(it.field("livyInfo").unwrap()["a"], 1);
    }

    #[test]
    fn the_echo_leaves_out_what_was_not_set() {
        let it = session(
            r#"{"id":1,"state":"idle","driverCores":0,"executorCores":2,"jars":[],"conf":{"a":"b"},"ttl":null}"#,
        );
        let keys: Vec<&str> = it.request().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["executorCores", "conf"]);
    }

    #[test]
    fn what_is_not_echoed_is_as_it_was_asked_for() {
        let asked = session(r#"{"id":0,"name":"x","driverMemory":"2g","ttl":"1h","proxyUser":"bob"}"#);
        let it =
            session(r#"{"id":1,"state":"idle","ttl":null,"proxyUser":null}"#).with_unechoed(asked.fields());
        assert_eq!((it.name(), it.field("driverMemory")), (None, Some(&Value::from("2g"))));
        assert_eq!(
            (it.field("ttl"), it.proxy_user()),
            (Some(&Value::Null), None),
            "the server's word goes first"
        );
    }

    #[test]
    fn links_are_taken_apart_and_only_the_webs_are_links() {
        let it = session(
            r#"{"id":1,"appInfo":{"sparkUiUrl":"http://rm:8088/proxy/a","driverLogUrl":"javascript:alert(1)",
                "executorLogUrls":"exec-1#https://h/1;exec-2#https://h/2","x":null}}"#,
        );
        let links: Vec<(String, bool)> =
            it.links().into_iter().map(|it| (it.label.clone(), it.is_web())).collect();
        let expected = [("driverLogUrl", false), ("exec-1", true), ("exec-2", true), ("sparkUiUrl", true)];
        assert_eq!(links, expected.map(|(label, web)| (label.to_owned(), web)));
    }

    fn at(address: &str, fields: Value) -> Option<Session> {
        Session::from_json_at(fields, &Address::parse(address).unwrap())
    }

    #[test]
    fn a_session_is_known_by_its_address_where_it_tells_no_id() {
        let guid = "7a3b0000-0000-4000-8000-000000000001";
        let read = |fields| at(guid, fields).map(|it| (it.id.to_string(), it.state.as_str().to_owned()));
        let told = |state: &str| Some((guid.to_owned(), state.to_owned()));
        assert_eq!(read(json!({"fabricSessionStateInfo": {"state": "acquiring"}})), told("acquiring"));
        assert_eq!(read(json!({"livyInfo": {"currentState": "idle"}})), told("idle"));
        assert_eq!(read(json!({"id": null, "state": "idle"})), told("idle"));
        assert_eq!(read(json!({"id": "b", "state": "idle"})), Some(("b".to_owned(), "idle".to_owned())));
        for other in [json!({}), json!({"msg": "deleted"}), json!({"sessions": []}), json!([])] {
            assert_eq!(read(other.clone()), None, "{other}");
        }
    }

    #[test]
    fn other_servers_name_and_own_their_sessions_elsewhere() {
        let lighter = json!({"id": "u", "state": "idle", "kind": "pyspark", "appInfo": "x", "submitParams": {"name": "etl"}});
        let lighter = at("u", lighter).unwrap();
        assert_eq!(lighter.name(), Some("etl"));
        assert!(lighter.may_be_of_kind("spark"));
        assert_eq!(
            lighter.other_fields().iter().map(|it| it.0).collect::<Vec<_>>(),
            ["appInfo", "submitParams"]
        );
        let kyuubi = "e3a9b0c4-0000-4000-8000-00000000abcd";
        let opened = json!({"identifier": kyuubi, "user": "bob", "sessionName": "report", "sessionType": "INTERACTIVE"});
        let opened = Session::from_json(opened).unwrap();
        assert_eq!(
            (opened.id.as_str(), opened.name(), opened.owner()),
            (kyuubi, Some("report"), Some("bob"))
        );
        let told = at(
            kyuubi,
            json!({"sessionId": kyuubi, "sessionType": "SQL", "exception": {"message": "no engine"}}),
        );
        assert_eq!(told.unwrap().reasons()[0].words, "no engine");
        assert_eq!(Session::from_json(json!({"identifier": "etl"})), None);
        let synapse = json!({"id": 1, "name": "n", "state": "idle", "submitterName": "alice", "result": "Uncertain", "log": null});
        let synapse = at("1", synapse).unwrap();
        assert_eq!((synapse.owner(), synapse.may_be_of_kind("spark")), (Some("alice"), true));
        assert_eq!(
            synapse.other_fields().iter().map(|it| it.0).collect::<Vec<_>>(),
            ["result", "submitterName"]
        );
    }
}
