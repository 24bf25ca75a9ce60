//! A session in the shapes of other servers: where its state, its name and its owner stand, and what is in it that nobody knows.

use serde_json::{Map, Value};

/// The fields that this console shows or reads in places of their own, beside those of a request.
const KNOWN: [&str; 8] = ["id", "name", "appId", "owner", "state", "kind", "appInfo", "log"];

/// Without an id, an object is a session where it has one of these: Fabric tells no more while it acquires one.
const TELLING: [&str; 6] =
    ["state", "fabricSessionStateInfo", "livyInfo", "schedulerInfo", "submitParams", "sessionType"];

/// Where the id stands: Livy's, and of Kyuubi in its list and answer to a create (`SessionData.java`, `SessionHandle.java`) and in
/// what it tells of one (`KyuubiSessionEvent.java`).
pub(crate) const ID: [&str; 3] = ["id", "identifier", "sessionId"];

/// The text in a field, or in a field of a field.
fn text<'a>(fields: &'a Map<String, Value>, place: (&str, &str)) -> Option<&'a str> {
    let outer = fields.get(place.0)?;
    let value = if place.1.is_empty() { outer } else { outer.get(place.1)? };
    value.as_str().filter(|it| !it.trim().is_empty())
}

/// The first of some places that has a text.
pub(crate) fn first<'a>(fields: &'a Map<String, Value>, places: &[(&str, &str)]) -> Option<&'a str> {
    places.iter().find_map(|it| text(fields, *it))
}

/// Where the state stands: `state`, or while Fabric acquires a session, in what it tells of that; `livyState` in Fabric's list.
pub(crate) const STATE: [(&str, &str); 6] = [
    ("state", ""),
    ("livyInfo", "currentState"),
    ("fabricSessionStateInfo", "state"),
    ("livyState", ""),
    ("pluginState", ""),
    ("schedulerState", ""),
];

/// Lighter repeats the request below (`Application.java`); Kyuubi has a word of its own.
pub(crate) const NAME: [(&str, &str); 3] = [("name", ""), ("submitParams", "name"), ("sessionName", "")];

/// Who asked for it: Livy's `owner`, Synapse's and Fabric's `submitterName`, Kyuubi's `user`.
pub(crate) const OWNER: [(&str, &str); 3] = [("owner", ""), ("submitterName", ""), ("user", "")];

/// True for an object that tells of a session, though it has no id.
pub(crate) fn tells_of_one(fields: &Map<String, Value>) -> bool {
    TELLING.iter().any(|it| fields.contains_key(*it))
}

/// True where a session with these fields can be of any kind: Lighter calls each one `pyspark` (`Application.java`, for sparkmagic).
pub(crate) fn tells_one_kind(fields: &Map<String, Value>) -> bool {
    fields.contains_key("submitParams")
}

/// True for an id that is given once and never again: other servers than Livy use UUIDs, which do not begin at 0 after a restart.
pub(crate) fn lasts(id: &str) -> bool {
    id.len() >= 32 && id.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-')
}

/// True for a field that this console shows in a place of its own, in a type that it shows.
pub(crate) fn is_shown(key: &str, value: &Value, echoed: &[&str]) -> bool {
    let is_plain = value.is_string() || value.is_number() || value.is_null();
    match key {
        "appInfo" => value.is_object() || value.is_null(),
        "log" => true,
        key if KNOWN.contains(&key) => is_plain,
        key => echoed.contains(&key),
    }
}
