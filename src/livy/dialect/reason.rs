//! What a server itself says of why a session ended, or does not come: Livy has no field for it, others do.

use serde_json::{Map, Value};

use super::words::words;

/// One reason in the server's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The field that says it, `errorInfo`.
    pub field: &'static str,
    /// What it says; several lines where it names several errors.
    pub words: String,
}

impl Reason {
    /// False for the bare word of how it ended: the log may say why.
    pub fn says_why(&self) -> bool {
        self.field != RESULT
    }
}

/// How it ended, in a word (Synapse and Fabric).
const RESULT: &str = "result";

/// Where reasons stand, the most telling first: `errorInfo` and `cancellationReason` of Synapse and Fabric, the message of Fabric's
/// acquisition, `appDiagnostic` of Kyuubi's batches and `exception` of its sessions, and what `livyInfo` repeats of them.
const REASONS: [(&str, &[&str]); 10] = [
    ("errorInfo", &[]),
    ("fabricSessionStateInfo", &["errorMessage"]),
    ("fabricBatchStateInfo", &["errorMessage"]),
    ("cancellationReason", &[]),
    ("livyInfo", &["cancellationReason", "errorMessage", "errorCode"]),
    ("appDiagnostic", &[]),
    ("exception", &[]),
    ("errorMessage", &[]),
    ("errorCode", &[]),
    ("error", &[]),
];

/// What says that there is no reason; `error: true` says that there is one, and not which.
const NOTHING: [&str; 8] = ["", "none", "null", "success", "succeeded", "no error", "noerror", "true"];

/// Results that are no reason of themselves, but all that is told where nothing else is (`result` of Synapse and Fabric).
const BAD_RESULTS: [&str; 3] = ["Failed", "Cancelled", "Uncertain"];

/// What a server says in the fields of a session of its end, or of why it does not come.
pub(crate) fn reasons(fields: &Map<String, Value>, is_over: bool) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for (field, inner) in REASONS {
        let Some(value) = fields.get(field) else { continue };
        let parts = || inner.iter().filter_map(|key| value.get(*key)).map(words);
        let said = match inner.is_empty() {
            true => words(value),
            false => parts().find(|it| !it.is_empty()).unwrap_or_default(),
        };
        let is_word = !NOTHING.contains(&said.to_ascii_lowercase().as_str());
        let plain = letters(&said);
        if !is_word || reasons.iter().any(|it| letters(&it.words).contains(&plain)) {
            continue;
        }
        // Of two that say the same, the one that says more.
        match reasons.iter_mut().find(|it| plain.contains(&letters(&it.words))) {
            Some(shorter) => shorter.words = said,
            None => reasons.push(Reason { field, words: said }),
        }
    }
    let result = fields.get(RESULT).and_then(Value::as_str).filter(|it| BAD_RESULTS.contains(it));
    if let (true, Some(result), true) = (reasons.is_empty(), result, is_over) {
        reasons.push(Reason { field: RESULT, words: result.to_owned() });
    }
    reasons
}

/// For comparison: no blanks, no stops, no capitals. A text without letters is as it is.
fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_servers_own_reasons_are_heard() {
        let said = |fields: Value| {
            let reasons = reasons(fields.as_object().unwrap(), true);
            reasons.iter().map(|it| format!("{}: {}", it.field, it.words)).collect::<Vec<_>>().join("; ")
        };
        let timed_out = json!([{"errorCode": "LIVY_JOB_TIMED_OUT", "message": "Job timed out after 30m", "source": "User"}]);
        let rows = [
            (json!({"errorInfo": timed_out}), "errorInfo: Job timed out after 30m (LIVY_JOB_TIMED_OUT)"),
            (json!({"errorInfo": [], "result": "Failed"}), "result: Failed"),
            (json!({"errorInfo": null, "result": "Succeeded", "livyInfo": null}), ""),
            (
                json!({"fabricSessionStateInfo": {"state": "error", "errorMessage": "capacity"}, "result": "Cancelled"}),
                "fabricSessionStateInfo: capacity",
            ),
            (
                json!({"cancellationReason": "User request", "livyInfo": {"cancellationReason": "User request"}}),
                "cancellationReason: User request",
            ),
            (
                json!({"appDiagnostic": "Failed to find mount point"}),
                "appDiagnostic: Failed to find mount point",
            ),
            // That nothing failed is no reason.
            (
                json!({"errorCode": 0, "error": false, "livyInfo": {"errorCode": 0}, "errorMessage": "None"}),
                "",
            ),
            (json!({"error": true, "errorMessage": "Success", "errorInfo": [{"errorCode": 0}]}), ""),
            (json!({"errorCode": "E42", "errorMessage": ""}), "errorCode: E42"),
            // The same twice is one reason, in the longer words.
            (
                json!({"errorInfo": [{"message": "Job aborted"}], "cancellationReason": "job aborted.", "livyInfo": {"errorMessage": "Job aborted: stage 1"}}),
                "errorInfo: Job aborted: stage 1",
            ),
            (
                json!({"errorInfo": [{"message": "no"}, {"message": "no"}], "result": "Failed"}),
                "errorInfo: no",
            ),
            (json!({}), ""),
        ];
        for (fields, expected) in rows {
            assert_eq!(said(fields.clone()), expected, "{fields}");
        }
        let living = json!({"result": "Uncertain", "errorInfo": []});
        assert_eq!(reasons(living.as_object().unwrap(), false), []);
    }
}
