//! Python with requests and pylivy.

use serde_json::json;
use snippet::recognise;

use crate::texts::snippet;

#[test]
fn a_call_is_read_however_it_is_made() {
    let wanted = json!({"kind": "sql", "queue": "q"});
    for text in [
        "requests.post(url, json={'kind': 'sql', 'queue': 'q'})",
        "requests.post(url, {'kind': 'sql', 'queue': 'q'})",
        "requests.Session().post(url, data='{\"kind\": \"sql\", \"queue\": \"q\"}')",
        "async with session.post(url, json={'kind': 'sql', 'queue': 'q'}) as r: pass",
        "requests.post(url, json=json.loads('{\"kind\": \"sql\", \"queue\": \"q\"}'))",
        "requests.post(url, data=json.dumps(json.loads('\''{\n  \"kind\": \"sql\",\n  \"queue\": \"q\"\n}'\'')))",
        "LivySession.create(URL, None, True, None, SessionKind.SQL, queue='q')",
        "data = {'kind': 'sql', 'queue': 'q'}",
        "headers = {'a': 'b'}\ndata: Dict[str, Any] = {\n  'kind': 'sql',\n  'queue': 'q',\n}\nother = {'c': 1}",
        "payload = '{\"kind\": \"sql\", \"queue\": \"q\"}'",
    ] {
        assert_eq!(snippet(text).0, wanted, "{text}");
    }
}

#[test]
fn the_request_that_goes_to_sessions_is_read() {
    for text in [
        "requests.post(token_url, data={'name': 'x'})\nrequests.post(f'{livy}/sessions', json={'kind': 'sql'})",
        "requests.post(host + '/sessions', json={'kind': 'sql'})\nrequests.post(other, json={'kind': 'spark'})",
        "t = requests.post(token_url, data={'client': 'x'})\nrequests.post(url, json={'kind': 'sql'})",
        "requests.post(url, json={'kind': 'sql'})\nrequests.post(more, json={'code': '1', 'kind': 'spark'})",
        "url = host + '/sessions'\nrequests.post(url, json={'kind': 'sql'})\nrequests.post(a, json={'kind': 'spark'})",
    ] {
        let (body, notes) = snippet(text);
        assert_eq!(body, json!({"kind": "sql"}), "{text}");
        assert!(notes.contains("other requests too"), "{text}");
    }
}

#[test]
fn a_variable_is_followed_where_it_is_seen() {
    for (text, kind, note) in [
        ("def f():\n    data = {'kind': 'sql'}\n    requests.post(url, json=data)", "sql", ""),
        (
            "data = {'kind': 'spark'}\ndef f():\n    data = {'kind': 'sql'}\n    requests.post(url, json=data)",
            "sql",
            "",
        ),
        (
            "data = {'kind': 'sql'}\ndef f():\n    data = {'kind': 'spark'}\nrequests.post(url, json=data)",
            "sql",
            "",
        ),
        (
            "def f():\n  data = {'file': 'x'}\n  requests.post(url + '/batches', json=data)\ndef g():\n  data = {'kind': 'sql'}\n  requests.post(url + '/sessions', json=data)",
            "sql",
            "",
        ),
        (
            "data = {'kind': 'spark'}\ndata = {'kind': 'sql'}\nrequests.post(url, json=data)\ndata = {'kind': 'r'}",
            "sql",
            "",
        ),
        (
            "class A:\n  def __init__(self):\n    self.data = {'kind': 'sql'}\n  def go(self):\n    self.s.post(self.url, json=self.data)",
            "sql",
            "",
        ),
        (
            "data = {'kind': 'spark'}\nif a:\n    data = {'kind': 'sql'}\nrequests.post(url, json=data)",
            "sql",
            "data is set conditionally",
        ),
        (
            "if __name__ == '__main__':\n    data = {'kind': 'sql'}\n    requests.post(url, json=data)",
            "sql",
            "",
        ),
    ] {
        let (body, notes) = snippet(text);
        assert_eq!(body["kind"], kind, "{text}");
        assert!(
            if note.is_empty() {
                notes.is_empty() || notes.contains("other requests")
            } else {
                notes.contains(note)
            },
            "{text}: {notes}"
        );
    }
    let (body, notes) =
        snippet("def f(kind='sql'):\n  requests.post(url, json={'kind': kind, 'queue': 'q'})");
    assert!(body == json!({"queue": "q"}) && notes.contains("kind, given by the caller"), "{notes}");
    let text = "data = {'kind': 'spark'}\ndef f(data):\n    requests.post(url, json=data)";
    assert!(recognise(text).unwrap_err().contains("where it comes from (data)"));
    let (body, notes) =
        snippet("kind = 'sql'\ndef f(kind):\n    requests.post(url, json={'kind': kind, 'queue': 'q'})");
    assert_eq!(body, json!({"queue": "q"}));
    assert!(notes.contains("Left out: kind"), "{notes}");
    assert!(recognise("data = {**data}\ndata = f(data)\nrequests.post(url, json=data)").is_err());
}

#[test]
fn a_body_of_which_a_part_is_not_in_the_text_is_refused() {
    for (text, code) in [
        ("requests.post(url, json=dict(base, driverMemory='2g'))", "(dict(base, driverMemory='2g'))"),
        ("requests.post(url, json=dict(**base, kind='sql'))", "(dict(**base, kind='sql'))"),
        ("requests.post(url, json=base | {'kind': 'sql'})", "(base | {'kind': 'sql'})"),
        ("requests.post(url, json={'kind': 'sql'} | base)", "({'kind': 'sql'} | base)"),
        ("requests.post(url, json={**base, 'driverMemory': '2g'})", "(**base)"),
        ("requests.post(url, json={KEY: 'sql'})", "(KEY: 'sql')"),
        ("$.post(url, { kind: 'pyspark', numExecutors: 2 })", "(kind: 'pyspark')"),
        ("LivySession.create(url, **more)", "(**more)"),
    ] {
        let error = recognise(text).unwrap_err();
        assert!(error.contains(code) && error.contains("isn't in the text"), "{error}");
    }
    let (body, notes) = snippet("requests.post(url, json={'kind': 'sql', 'conf': {'a': '1', **more}})");
    assert_eq!(body, json!({"kind": "sql", "conf": {"a": "1"}}));
    assert!(notes.contains("Left out, because") && notes.contains("**more"), "{notes}");
    for other in [
        "req, err := http.NewRequest(\"POST\", url, bytes.NewBuffer(body))",
        "r := httptest.NewRequest(\"POST\", url, nil)",
    ] {
        assert!(!recognise(other).unwrap_err().contains("in this Python"), "{other}");
    }
}

#[test]
fn what_is_changed_later_is_named() {
    let start = "p = {'kind': 'sql', 'conf': {'a': '1'}, 'jars': ['x']}\n";
    for changes in [
        "p['name'] = 'n'",
        "p['conf']['spark.a'] = '1'",
        "p.update({'name': 'n'}, queue='q')",
        "p['jars'].append('y')",
        "p |= more",
        "del p['conf']['a']",
        "if x: p['name'] = 'n'",
    ] {
        let (body, notes) = snippet(&format!("{start}{changes}\nrequests.post(url, json=p)"));
        assert_eq!(body, json!({"kind": "sql", "conf": {"a": "1"}, "jars": ["x"]}), "{changes}");
        assert!(notes.contains(changes.trim_start_matches("if x: ")), "{changes}: {notes}");
    }
    let (_, notes) = snippet(&format!("h = {{}}\nh.foo()\n{start}requests.post(url, json=p, headers=h)"));
    assert_eq!(notes, "", "only what is sent matters");
}

#[test]
fn a_session_that_is_there_already_is_not_made() {
    for text in [
        "LivySession(url, 3)",
        "with LivySession(url, session_id=3) as s: pass",
        "LivySession(url, session_id)",
    ] {
        assert!(recognise(text).unwrap_err().contains("joins session"), "{text}");
    }
    assert_eq!(snippet("LivySession(url)").0, json!({"kind": "pyspark"}));
}
