//! Ready code for a session that exists. It was run against the pretend Livy with curl, `livy` 0.8.0 and requests.

use snippet::{SessionUse, Tool};

fn text(tool: Tool, code: &str, language: Option<&str>) -> (String, String) {
    let session = SessionUse { url: "https://host/livy/sessions", id: "42", kind: "pyspark", code, language };
    let written = session.written(tool);
    (written.text, written.notes.join(" "))
}

#[test]
fn each_tool_gets_this_session_and_this_code() {
    for tool in Tool::ALL {
        let (text, _) = text(tool, "print('it''s \"x\"')\n1 + 1", None);
        assert!(text.contains("42"), "{tool:?}: {text}");
        assert!(text.contains("https://host/livy"), "{tool:?}: {text}");
        assert!(text.contains("1 + 1"), "{tool:?}: {text}");
    }
    let (curl, _) = text(Tool::Curl, "it's", None);
    assert!(curl.starts_with("curl -X POST 'https://host/livy/sessions/42/statements'"), "{curl}");
    assert!(curl.contains(r"it'\''s") && curl.contains("X-Requested-By"), "{curl}");
    let (python, _) = text(Tool::Requests, "a\nb \"c\"", None);
    assert!(python.contains(r#""code": "a\nb \"c\"""#), "{python}");
    let (pylivy, _) = text(Tool::Pylivy, "1", None);
    assert!(
        pylivy.contains("\"https://host/livy\",\n  42,") && pylivy.contains("SessionKind.PYSPARK"),
        "{pylivy}"
    );
}

#[test]
fn another_language_is_said_where_the_tool_can_say_it() {
    let (curl, _) = text(Tool::Curl, "select 1", Some("sql"));
    assert!(curl.contains("\"kind\": \"sql\""), "{curl}");
    let (cell, notes) = text(Tool::Sparkmagic, "select 1", Some("sql"));
    assert!(cell.contains("%%spark -s session-42 -c sql\nselect 1\n"), "{cell}");
    assert!(notes.contains("controller"), "{notes}");
    let (_, notes) = text(Tool::Pylivy, "select 1", Some("sql"));
    assert!(notes.contains("no language"), "{notes}");
}
