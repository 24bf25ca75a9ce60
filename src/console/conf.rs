//! What a session's own configuration says, where its request is known.

use form::Field;
use livy::Session;
use serde_json::Value;

/// The number that the session's configuration gives this key, as a number or as a text; `None` where it has none.
pub(crate) fn conf_number(session: &Session, key: &str) -> Option<u64> {
    let conf = session.request().into_iter().find(|it| it.0 == Field::Conf.name())?.1;
    match conf.get(key)? {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_u64(),
    }
}
