//! Calls as browsers copy them.

use snippet::recognise;

use crate::texts::snippet;

#[test]
fn a_call_is_read_as_browsers_copy_it() {
    for text in [
        r#"fetch("http://x/sessions", {"headers": {"accept": "*/*"}, "body": "{\"name\":\"a\"}", "method": "POST"});"#,
        "await fetch(\"http://x/sessions\", {\n    \"method\": \"POST\",\n    \"body\": \"{\\\"name\\\":\\\"a\\\"}\"\n});",
        "fetch(\"/token\", {\"body\": \"a=b\"}); fetch(\"http://x/sessions\", {\"body\": \"{\\\"name\\\":\\\"a\\\"}\"})",
    ] {
        assert_eq!(snippet(text).0["name"], "a", "{text}");
    }
    for (text, words) in [
        ("fetch(\"http://x/sessions\")", "no body"),
        ("fetch(\"http://x/sessions\", {\"method\": \"GET\"})", "no body"),
        ("fetch(\"http://x/sessions\", {\"body\": make()})", "isn't in the text"),
        ("fetch(\"http://x/sessions\", {\"body\": ", "the text ends too early"),
        ("fetch()", "no body"),
        ("fetch(url, options)", "no body"),
        (
            "fetch(url, {method: 'POST', body: JSON.stringify({kind: 'sql'})})",
            "a key in double quotes is missing",
        ),
        ("fetch(url, {\"body\": \"{\\\"name\\\":\\\"\\ud800\\\"}\"})", "surrogate"),
    ] {
        let error = recognise(text).unwrap_err();
        assert!(error.contains(words) && error.ends_with('.'), "{text}: {error}");
    }
}
