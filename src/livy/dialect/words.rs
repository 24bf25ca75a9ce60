//! The words of an error, in whichever place of its JSON a server puts them.

use serde_json::{Map, Value};

use super::inner_json::{Parted, parted};
use super::title::{resolved, title};

/// Keys of a sentence, the most telling first, in lower case without `_` and `-`: Livy's `msg`, Jetty's, Fabric's and Lighter's
/// `message`, HDInsight's `Message`, OAuth's `error_description`, problem details (RFC 9457), Spring's and Kyuubi's `error`.
const SENTENCES: [&str; 16] = [
    "msg",
    "message",
    "errormessage",
    "errormsg",
    "errordescription",
    "detail",
    "faultstring",
    "description",
    "reason",
    "title",
    "error",
    "exception",
    "failurereason",
    "details",
    "info",
    "text",
];

/// Keys of what is wrong in particular, beside a sentence for the whole: Fabric's `moreDetails`, Azure's `details` and `innererror`,
/// Lighter's `errors`.
const PARTICULARS: [&str; 5] = ["moredetails", "details", "errors", "innererror", "violations"];

/// Keys of a short name for the error: `errorCode` of Fabric and Synapse, `Code` of HDInsight, `code` of Azure, `__type` of AWS,
/// `exception` in a `RemoteException` of Hadoop.
const CODES: [&str; 6] = ["errorcode", "code", "type", "exception", "errortype", "error"];

/// Sentences that say no more than the status does.
const STATUS_WORDS: [&str; 15] = [
    "badrequest",
    "unauthorized",
    "forbidden",
    "notfound",
    "methodnotallowed",
    "conflict",
    "gone",
    "unprocessableentity",
    "toomanyrequests",
    "internalservererror",
    "badgateway",
    "serviceunavailable",
    "gatewaytimeout",
    "error",
    "ok",
];

/// What Spring writes where it has no message.
const EMPTY: &str = "No message available";

/// Errors are nested no deeper.
const DEEPEST: u8 = 6;
/// More errors of one answer, or more entries where none is known for a sentence, are not shown.
const MOST: usize = 5;

/// What an error says, never as JSON: its sentences, each with the server's short name for it where that says more. Where no entry
/// is known for one, all entries in plain text.
pub(crate) fn words(json: &Value) -> String {
    said(json, DEEPEST).unwrap_or_else(|| {
        let mut plain = Vec::new();
        entries(json, "", &mut plain);
        plain.join(", ")
    })
}

fn said(json: &Value, depth: u8) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    match json {
        Value::String(text) => said_in_text(text.trim(), depth),
        Value::Array(items) => {
            let mut all: Vec<String> = Vec::new();
            for said in items.iter().filter_map(|it| said(it, depth)) {
                if all.len() < MOST && !all.contains(&said) {
                    all.push(said);
                }
            }
            (!all.is_empty()).then(|| all.join("\n"))
        }
        Value::Object(object) => said_in_object(object, depth),
        _ => None,
    }
}

/// What a text says: some servers write the JSON of another one as a text, behind words of their own, or cut off.
pub(crate) fn plain_words(text: &str) -> String {
    said_in_text(text.trim(), DEEPEST).unwrap_or_default()
}

fn said_in_text(text: &str, depth: u8) -> Option<String> {
    // A page within JSON, as a gateway hands it on.
    if text.starts_with('<') {
        let title = title(text);
        return Some(if title.is_empty() { text.to_owned() } else { title });
    }
    let Some(Parted { before, json, after }) = depth.checked_sub(1).and_then(|_| parted(text)) else {
        return (!text.is_empty()).then(|| text.to_owned());
    };
    let (before, after) = (before.trim(), after.trim());
    let inner = match said(&json, depth) {
        Some(words) => words,
        // Nothing is known for a sentence in it, and the text goes on: it is what the text speaks of, such as the request.
        None if after.contains(char::is_alphanumeric) && !before.is_empty() => return Some(text.to_owned()),
        None => words(&json),
    };
    let after = said_in_text(after, depth - 1).unwrap_or_default();
    let parts = [before, &inner, &after].into_iter().filter(|it| !it.is_empty());
    let all = parts.collect::<Vec<_>>().join(" ");
    (!all.is_empty()).then_some(all)
}

fn said_in_object(object: &Map<String, Value>, depth: u8) -> Option<String> {
    // Jetty writes entities in its JSON as in its page.
    let is_jettys = object.contains_key("servlet") && object.contains_key("url");
    let text = |key: &&str| {
        let entry = object.iter().find(|(name, _)| plain(name) == **key)?.1;
        let text = entry.as_str().map(str::trim).filter(|it| *it != EMPTY)?;
        let said = said_in_text(text, depth)?;
        Some(if is_jettys { resolved(&said) } else { said })
    };
    let sentences = || SENTENCES.iter().filter_map(text);
    let own = sentences().find(|it| !is_status(it));
    // What stands deeper says why, where the outer words only repeat the status, and where there are none.
    let deeper = || {
        let is_deep = |it: &&Value| it.is_object() || it.is_array();
        object.values().filter(is_deep).find_map(|it| said(it, depth).filter(|it| !is_status(it)))
    };
    let sentence = own.or_else(deeper).or_else(|| sentences().next());
    let code = CODES.iter().filter_map(text).map(|it| last_part(&it).to_owned());
    let code = code.into_iter().find(|it| is_name(it) && !is_status(it));
    let whole = match (sentence, code) {
        (Some(sentence), Some(code)) if !sentence.contains(&code) => Some(format!("{sentence} ({code})")),
        (sentence, code) => sentence.or(code).or_else(|| CODES.iter().find_map(text)),
    }?;
    let is_particular = |key: &&String| PARTICULARS.contains(&plain(key).as_str());
    let particulars = object.iter().filter(|it| is_particular(&it.0) && !it.1.is_string());
    let particulars = particulars
        .filter_map(|it| said(it.1, depth))
        .find(|it| !whole.contains(it.as_str()) && !it.contains(&whole));
    Some(particulars.map_or_else(|| whole.clone(), |it| format!("{whole}\n{it}")))
}

/// A key or a word in lower case with letters and digits alone.
fn plain(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).map(|it| it.to_ascii_lowercase()).collect()
}

fn is_status(text: &str) -> bool {
    STATUS_WORDS.contains(&plain(text).as_str())
}

/// A short name, as in code: no sentence and no number.
fn is_name(text: &str) -> bool {
    text.len() <= 80 && text.contains(|it: char| it.is_alphabetic()) && !text.contains(char::is_whitespace)
}

/// AWS writes the service before the name, Java the package: `com.amazonaws.x#AccessDeniedException`.
fn last_part(code: &str) -> &str {
    let code = code.rsplit('#').next().unwrap_or(code);
    if code.starts_with("http") { "" } else { code }
}

/// Entries of an object of which nothing is known, as `key: value`.
fn entries(json: &Value, key: &str, all: &mut Vec<String>) {
    let mut add = |text: String| {
        if all.len() < MOST && !text.is_empty() {
            all.push(if key.is_empty() { text } else { format!("{key}: {text}") });
        }
    };
    match json {
        // That there is no error is no word on one: `"errorCode": 0`, `"error": false`.
        Value::Null | Value::Bool(false) => {}
        Value::Number(it) if it.as_f64() == Some(0.0) => {}
        Value::String(text) => add(text.trim().to_owned()),
        Value::Bool(it) => add(it.to_string()),
        Value::Number(it) => add(it.to_string()),
        Value::Array(items) => items.iter().for_each(|it| entries(it, key, all)),
        Value::Object(object) => object.iter().for_each(|(key, it)| entries(it, key, all)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_server_is_heard_in_its_own_place() {
        let lighter = json!({"message": "Bad Request", "path": "/lighter/api/sessions",
            "errors": [{"message": "Maximum number of running sessions (5) has been reached", "details": {"maxRunning": 5}}]});
        let hadoop = json!({"RemoteException": {"exception": "AccessControlException",
            "javaClassName": "org.apache.hadoop.security.AccessControlException", "message": "Permission denied: user=admin"}});
        let ambari = json!({"Code": "Unauthorized", "Message": "Ambari user name or password is incorrect: admin",
            "CorrelationId": "0d2c"});
        let capacity = "This spark job can't be run because you have hit a spark compute or API rate limit.";
        let fabric = json!({"errorCode": "TooManyRequestsForCapacity", "message": capacity});
        let azure = json!({"error": {"code": "AuthorizationFailed", "message": "The client has no access.", "details": []}});
        let aws = json!({"__type": "com.amazonaws.emr#ValidationException", "message": "1 error detected"});
        let spring = json!({"timestamp": 1, "status": 404, "error": "Not Found", "message": "No message available", "path": "/x"});
        let problem = json!({"type": "https://example.org/full", "title": "Bad Request", "status": 400, "detail": "queue: unknown"});
        let rows = [
            (json!({"msg": "Session '0' not found."}), "Session '0' not found."),
            (json!("Invalid kind: PYSPARK"), "Invalid kind: PYSPARK"),
            (
                json!({"servlet": "x", "message": "Missing header", "url": "/", "status": "400"}),
                "Missing header",
            ),
            (lighter, "Maximum number of running sessions (5) has been reached"),
            (hadoop, "Permission denied: user=admin (AccessControlException)"),
            (ambari, "Ambari user name or password is incorrect: admin"),
            (fabric, &format!("{capacity} (TooManyRequestsForCapacity)")),
            (azure, "The client has no access. (AuthorizationFailed)"),
            (aws, "1 error detected (ValidationException)"),
            (spring, "Not Found"),
            (problem, "queue: unknown"),
            (
                json!({"error": "unauthorized_client", "error_description": "Ask for a token."}),
                "Ask for a token. (unauthorized_client)",
            ),
            (json!({"error": {"message": "{\"msg\":\"deep\"}"}}), "deep"),
            (json!({"errors": ["one", {"detail": "two"}]}), "one\ntwo"),
            (json!({"response": {"status": {"errors": [{"Message": "three"}]}}}), "three"),
            (json!({"errorCode": "NotFound"}), "NotFound"),
            (json!({"message": "Not Found"}), "Not Found"),
            (json!({"code": 17}), "code: 17"),
            (json!({"other": 1, "more": {"a": [true, 2]}}), "a: true, a: 2, other: 1"),
            (json!({"msg": null}), ""),
            (json!({"errorCode": 0, "error": false, "success": false, "data": null}), ""),
            (json!({"error": "HTTP 400: {\"msg\":\"queue etl is full\"}"}), "HTTP 400: queue etl is full"),
            (
                json!({"message": "upstream said {\"error\":{\"code\":\"Busy\",\"message\":\"try la"}),
                "upstream said try la (Busy)",
            ),
            (
                json!("Unrecognized field \"x\" at [Source: {\"kind\":\"spark\"}; line: 1]"),
                "Unrecognized field \"x\" at [Source: {\"kind\":\"spark\"}; line: 1]",
            ),
            (json!({"message": "<html><title>502 Bad Gateway</title></html>"}), "502 Bad Gateway"),
            (
                json!({"errorCode": "InvalidRequest", "message": "The request is invalid.", "moreDetails": [{"errorCode": "BadConf", "message": "spark.x is not allowed"}]}),
                "The request is invalid. (InvalidRequest)\nspark.x is not allowed (BadConf)",
            ),
            (json!({"error": {"type": "spark", "info": "queue etl is full"}}), "queue etl is full (spark)"),
            (json!({"message": "no", "errors": [{"message": "no"}], "details": {}}), "no"),
            (json!("[\"one\",{\"detail\":\"two\"}]"), "one\ntwo"),
            (json!({}), ""),
        ];
        for (json, expected) in rows {
            assert_eq!(words(&json), expected, "{json}");
        }
    }
}
