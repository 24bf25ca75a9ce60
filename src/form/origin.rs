//! Where the values in the form have come from, when nobody typed them.

use livy::SessionId;
use serde_json::{Value, json};

use crate::Draft;

/// Where a filled form has come from.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Origin {
    /// It was typed.
    #[default]
    Typed,
    /// A link. Somebody else may have written it.
    Link,
    /// The page around the console.
    Host,
    /// A session, with its values.
    Session(SessionId, Draft),
    /// The request that was sent last from this tab.
    Last,
}

/// What is kept of [`Origin::Link`].
const LINK: &str = "link";
/// What is kept of [`Origin::Host`].
const HOST: &str = "host";
/// What is kept of [`Origin::Last`].
const LAST: &str = "last";

impl Origin {
    /// For the browser's storage, without secrets; `None` for a form that was typed.
    pub fn to_storage(&self) -> Option<String> {
        match self {
            Self::Typed => None,
            Self::Link => Some(LINK.to_owned()),
            Self::Host => Some(HOST.to_owned()),
            Self::Last => Some(LAST.to_owned()),
            Self::Session(id, was) => {
                Some(json!({"session": id.as_str(), "was": was.to_storage()}).to_string())
            }
        }
    }

    /// From the browser's storage; what cannot be read was typed.
    pub fn from_storage(text: &str) -> Self {
        let session = || {
            let stored: Value = serde_json::from_str(text).ok()?;
            let id = SessionId::from_json(stored.get("session")?)?;
            Some(Self::Session(id, Draft::from_storage(stored.get("was")?.as_str()?)))
        };
        match text {
            LINK => Self::Link,
            HOST => Self::Host,
            LAST => Self::Last,
            _ => session().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Field;

    #[test]
    fn an_origin_survives_storage_without_secrets() {
        let mut was = Draft::default();
        was.set_text(Field::DriverMemory, "2g");
        was.set_conf(vec![("spark.ssl.keyPassword".into(), "hush".into())]);
        let id = SessionId::from_json(&json!("1500")).unwrap();
        let stored = Origin::Session(id.clone(), was).to_storage().unwrap();
        assert!(!stored.contains("hush"), "{stored}");
        let Origin::Session(back, was) = Origin::from_storage(&stored) else { panic!("{stored}") };
        assert_eq!((back, was.text(Field::DriverMemory)), (id, "2g"));
        assert_eq!(Origin::Link.to_storage().as_deref().map(Origin::from_storage), Some(Origin::Link));
        assert_eq!(Origin::Last.to_storage().as_deref().map(Origin::from_storage), Some(Origin::Last));
        assert_eq!(Origin::Host.to_storage().as_deref().map(Origin::from_storage), Some(Origin::Host));
        assert_eq!(Origin::Typed.to_storage(), None);
        for text in ["", "{}", "{\"session\":1}", "{\"session\":\"..\",\"was\":\"\"}", "nonsense"] {
            assert_eq!(Origin::from_storage(text), Origin::Typed, "{text}");
        }
    }
}
