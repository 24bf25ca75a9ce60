//! What the browser remembers of a create while its end is not known.

use livy::{Address, Session};
use serde_json::{Value, json};

use crate::Moment;

/// What survives a reload: enough to look for the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The unique name.
    pub name: String,
    /// The kind, as Livy writes it back.
    pub kind: String,
    /// When it was sent.
    pub sent: Moment,
}

impl Intent {
    /// For the browser's storage. It holds nothing of the request but name and kind.
    pub fn to_storage(&self) -> String {
        self.to_json().to_string()
    }

    pub(super) fn to_json(&self) -> Value {
        json!({"name": self.name, "kind": self.kind, "sent": self.sent.as_millis()})
    }

    /// From the browser's storage; `None` for anything else.
    pub fn from_storage(text: &str) -> Option<Self> {
        let stored: Value = serde_json::from_str(text).ok()?;
        let text = |key: &str| stored.get(key).and_then(Value::as_str).map(str::to_owned);
        let sent = Moment::from_millis(stored.get("sent")?.as_u64()?);
        Some(Self { name: text("name")?, kind: text("kind")?, sent })
    }

    /// The path by which Livy knows it.
    pub(crate) fn address(&self) -> Option<Address> {
        Address::parse(&self.name)
    }

    /// True where this can be the session that was asked for.
    pub(super) fn matches(&self, session: &Session) -> bool {
        session.name() == Some(&self.name) && session.may_be_of_kind(&self.kind)
    }
}
