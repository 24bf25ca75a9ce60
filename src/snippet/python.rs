//! Python: `requests.post(...)` and pylivy 0.8.0 (`LivySession.create`, `LivyClient.create_session`).

use super::Found;
use super::argument::Argument;
use super::change::merge;
use super::outline::{Call, outline};
use super::reader::{Dialect, Reader};
use super::request::{MOST, Request, choose, object};
use super::term::Term;
use form::Field;

/// pylivy's parameters after the kind, in their order, and Livy's names of them (`livy/client.py` 146-163, 0.8.0).
pub(super) const PYLIVY: [(&str, &str); 15] = [
    ("kind", "kind"),
    ("proxy_user", "proxyUser"),
    ("jars", "jars"),
    ("py_files", "pyFiles"),
    ("files", "files"),
    ("driver_memory", "driverMemory"),
    ("driver_cores", "driverCores"),
    ("executor_memory", "executorMemory"),
    ("executor_cores", "executorCores"),
    ("num_executors", "numExecutors"),
    ("archives", "archives"),
    ("queue", "queue"),
    ("name", "name"),
    ("spark_conf", "conf"),
    ("heartbeat_timeout", "heartbeatTimeoutInSecond"),
];

/// `LivySession.create` takes these before the kind (`livy/session.py` 149-155), and the rest has no part in the request.
const CONNECTION: [&str; 4] = ["url", "auth", "verify", "requests_session"];
const ASIDE: [&str; 2] = ["echo", "check"];

/// Where the first call starts.
pub(super) fn find(text: &str) -> Option<usize> {
    let calls = ["post(", ".request(", "Request(", ".create_session(", "LivySession.create(", "LivySession("];
    // Go's `NewRequest(` is another name.
    let begins = |(at, name): &(usize, &str)| {
        name.starts_with('.') || !text[..*at].ends_with(|it: char| it.is_alphanumeric() || it == '_')
    };
    calls.iter().filter_map(|it| text.match_indices(it).find(begins)).map(|it| it.0).min()
}

/// Reads the call that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    let (statements, calls) = outline(text, is_wanted);
    let mut reader = Reader::new(text, Dialect::Python);
    reader.statements = statements;
    let requests = calls.into_iter().take(MOST).filter_map(|call| request(&reader, &call)).collect();
    choose(
        requests,
        found,
        "No call in this Python creates a session. Paste one with requests.post(…), LivySession.create(…) or create_session(…).",
    )
}

/// Reads the last dictionary with a field of a session's request, or a key of Spark, that a text without a call gives a name.
pub(super) fn read_assigned(text: &str, found: &mut Found) -> Option<Term> {
    let (statements, _) = outline(text, |_| false);
    let mut reader = Reader::new(text, Dialect::Python);
    reader.statements = statements;
    let names: Vec<&str> = reader.statements.iter().map(|it| reader.afresh(it.at).name()).collect();
    let value = names.into_iter().rev().filter(|it| !it.is_empty()).find_map(|name| {
        let value = reader.variable(name, text.len()).ok().flatten()?;
        let body = object(value, name).ok()?;
        let is_read = |it: &str| Field::by_name(it).is_some() || it.starts_with("spark.");
        body.entries().iter().any(|it| is_read(&it.0)).then_some(body)
    })?;
    found.source = "a Python dictionary";
    reader.notes.into_iter().for_each(|it| found.note(it));
    Some(value)
}

/// The last part of a name with dots.
pub(super) fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

fn is_wanted(name: &str) -> bool {
    matches!(last(name), "post" | "request" | "Request" | "create_session" | "LivySession")
        || name.ends_with("LivySession.create")
}

/// The request that a call makes; `None` where it makes one without a body.
fn request(reader: &Reader<'_>, call: &Call<'_>) -> Option<Request> {
    // A fault in one call leaves the reader inside its brackets: each starts afresh.
    let mut own = reader.afresh(call.at);
    let mut request = Request {
        source: "a Python snippet with requests",
        address: String::new(),
        body: Err(String::new()),
        notes: Vec::new(),
        holes: Vec::new(),
    };
    let arguments = match own.arguments() {
        Ok(arguments) => arguments,
        Err(fault) => {
            request.body = Err(own.fault(fault));
            return Some(request);
        }
    };
    match last(call.name) {
        "create" | "create_session" | "LivySession" => {
            request.source = "a pylivy snippet";
            // What pylivy calls is the client's address: it posts to its /sessions.
            request.address = "/sessions".to_owned();
            request.notes = own.notes;
            if last(call.name) == "LivySession" && joins(&arguments) {
                request.body = Err(format!(
                    "This joins session {}. Paste the call that creates one.",
                    arguments.get(1).map_or("", |it| &it.written)
                ));
                return Some(request);
            }
            let first = if last(call.name) == "create_session" { 0 } else { CONNECTION.len() };
            request.body = object(pylivy(arguments, first, &mut request.notes), "");
            return Some(request);
        }
        _ => {}
    }
    let says_method = last(call.name) == "request";
    let method = arguments.iter().find(|it| it.name == "method").or(arguments.first());
    if says_method && method.and_then(|it| it.value.text()).is_some_and(|it| !it.eq_ignore_ascii_case("post"))
    {
        return None;
    }
    let first = 1 + usize::from(says_method && !arguments.iter().any(|it| it.name == "method"));
    request.address = address(&arguments, first);
    let named = arguments.iter().position(|it| matches!(it.name.as_str(), "json" | "data" | "content"));
    let placed = arguments.iter().enumerate().position(|(at, it)| at == first && it.name.is_empty());
    request.body = match named.or(placed).and_then(|at| arguments.into_iter().nth(at)) {
        Some(body) => {
            request.notes = own.notes.drain(body.notes.clone()).collect();
            object(body.value, &body.written)
        }
        None => Err("The call has no body (json= or data=). Paste the one that has.".to_owned()),
    };
    Some(request)
}

/// True where `LivySession(...)` names a session that is there already: its second parameter, `session_id`, in 0.8.0.
fn joins(arguments: &[Argument]) -> bool {
    arguments.iter().any(|it| it.name == "session_id")
        || arguments.get(1).filter(|it| it.name.is_empty()).is_some_and(|it| {
            matches!(it.value, Term::Number(_)) || it.written.to_ascii_lowercase().ends_with("id")
        })
}

/// Where the request goes, as far as it is written.
fn address(arguments: &[Argument], first: usize) -> String {
    let named = arguments.iter().find(|it| it.name == "url");
    let placed = arguments.get(first.saturating_sub(1)).filter(|it| it.name.is_empty());
    match named.or(placed) {
        Some(Argument { value: Term::Text(url), .. }) => url.clone(),
        Some(Argument { value: Term::Unknown(from), written, .. }) => [written, " ", from].concat(),
        _ => String::new(),
    }
}

/// Livy's names for what was given by place and by name.
fn pylivy(arguments: Vec<Argument>, first: usize, notes: &mut Vec<String>) -> Term {
    let mut entries = Vec::new();
    let mut unused = String::new();
    for (at, Argument { name, value, .. }) in arguments.into_iter().enumerate() {
        let place = at.checked_sub(first).and_then(|it| PYLIVY.get(it)).filter(|_| name.is_empty());
        let field = place.or_else(|| PYLIVY.iter().find(|it| it.0 == name));
        if let Some((_, field)) = field {
            entries.push(((*field).to_owned(), value));
        } else if name.starts_with('*') {
            merge(&mut entries, value, name);
        } else if !name.is_empty() && name != CONNECTION[0] && !ASIDE.contains(&name.as_str()) {
            unused.push_str(if unused.is_empty() { "" } else { ", " });
            unused.push_str(&name);
        }
    }
    if !unused.is_empty() {
        notes.push(["Not part of a request: ", &unused, "."].concat());
    }
    if !entries.iter().any(|it| it.0 == "kind") && first == CONNECTION.len() {
        entries.insert(0, ("kind".to_owned(), Term::Text("pyspark".to_owned())));
        notes.push("No kind given: pyspark is chosen, pylivy's default.".to_owned());
    }
    Term::Object(entries)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::recognise;
    use super::super::tests::snippet;

    #[test]
    fn a_call_is_read_however_it_is_made() {
        let wanted = json!({"kind": "sql", "queue": "q"});
        for text in [
            "requests.post(url, json={'kind': 'sql', 'queue': 'q'})",
            "requests.post(url, {'kind': 'sql', 'queue': 'q'})",
            "requests.request('POST', url, json={'kind': 'sql', 'queue': 'q'})",
            "requests.request(method='post', url=url, json={'kind': 'sql', 'queue': 'q'})",
            "requests.Session().post(url, data='{\"kind\": \"sql\", \"queue\": \"q\"}')",
            "with requests.Session() as s:\n    s.post(url, json=dict(kind='sql', queue='q'))",
            "async with session.post(url, json={'kind': 'sql', 'queue': 'q'}) as r: pass",
            "urllib.request.Request(url, data=json.dumps({'kind': 'sql', 'queue': 'q'}).encode('utf-8'))",
            "conn.request(\"POST\", \"/sessions\", json.dumps({'kind': 'sql', 'queue': 'q'}), headers)",
            "p = json.dumps({'kind': 'sql', 'queue': 'q'})\nrequests.post(url, data=p.encode('utf-8'))",
            "kw = dict(json={'kind': 'sql', 'queue': 'q'})\nrequests.post(url, **kw)",
            "base = {'kind': 'sql', 'queue': 'x'}\nrequests.post(url, json={**base, 'queue': 'q'})",
            "base = {'kind': 'sql', 'queue': 'x'}\nrequests.post(url, json=dict(base, queue='q'))",
            "base = {'kind': 'sql', 'queue': 'x'}\nrequests.post(url, json=base | {'queue': 'q'})",
            "base = {'kind': 'sql'}\nbody = (\n  base\n  | dict(**base)\n  | {'queue': 'q'}\n)\nrequests.post(url, json=body)",
            "requests.post(url, json=json.loads('{\"kind\": \"sql\", \"queue\": \"q\"}'))",
            "requests.post(url, data=json.dumps(json.loads('\''{\n  \"kind\": \"sql\",\n  \"queue\": \"q\"\n}'\'')))",
            "body = json.loads(\"{\\\"kind\\\": \\\"spark\\\"}\")\nbody['kind'] = 'sql'\nbody['queue'] = 'q'\nrequests.post(url, json=body)",
            "LivySession.create(URL, None, True, None, SessionKind.SQL, queue='q')",
            "kw = {'kind': SessionKind.SQL, 'queue': 'q'}\nclient.create_session(**kw)",
            "data = {'kind': 'sql', 'queue': 'q'}",
            ">>> # curl does the same\n>>> body = {'kind': 'sql', 'queue': 'q'}\n>>> requests.post(url, json=body)",
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
                "def f(kind: str = 'sql', *more):\n  requests.post(url, json={'kind': kind})",
                "sql",
                "Parameter kind: its default",
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
            (">>> data = {'kind': 'sql'}\n>>> requests.post(url, json=data)", "sql", ""),
            ("In [1]: data = {'kind': 'sql'}\nIn [2]: requests.post(url, json=data)", "sql", ""),
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
            ("requests.post(url, json=dict(base, driverMemory='2g'))", "(base)"),
            ("requests.post(url, json=dict(**base, kind='sql'))", "(**base)"),
            ("requests.post(url, json=base | {'kind': 'sql'})", "(base | {'kind': 'sql'})"),
            ("requests.post(url, json={'kind': 'sql'} | base)", "(base)"),
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
    fn what_is_changed_later_is_changed_or_named() {
        let start = "p = {'kind': 'sql', 'conf': {'a': '1'}, 'jars': ['x']}\n";
        for (changes, path, value) in [
            ("p['name'] = 'n'", "/name", json!("n")),
            ("p['conf']['spark.a'] = '1'", "/conf/spark.a", json!("1")),
            ("p['conf'] = {}\np['conf']['b'] = 2", "/conf", json!({"b": 2})),
            ("p.update({'name': 'n'}, queue='q')", "/queue", json!("q")),
            ("p['conf'].update(b='2')", "/conf", json!({"a": "1", "b": "2"})),
            ("p.setdefault('kind', 'spark')", "/kind", json!("sql")),
            ("p.setdefault('name', 'n')", "/name", json!("n")),
            ("p.setdefault('conf', {})['b'] = '2'", "/conf", json!({"a": "1", "b": "2"})),
            ("p['jars'].append('y')", "/jars", json!(["x", "y"])),
            ("p['jars'] += ['y']\np['jars'].extend(['z'])", "/jars", json!(["x", "y", "z"])),
            ("p |= {'name': 'n'}", "/name", json!("n")),
            ("del p['conf']['a']", "/conf", json!({})),
            ("p.pop('jars')", "/jars", json!(null)),
            ("if x:\n    p['name'] = 'n'", "/name", json!("n")),
            ("if x: p['name'] = 'n'", "/name", json!("n")),
        ] {
            let (body, notes) = snippet(&format!("{start}{changes}\nrequests.post(url, json=p)"));
            assert_eq!(body.pointer(path).cloned().unwrap_or_default(), value, "{changes}");
            assert_eq!(notes, "", "{changes}");
        }
        for changes in [
            "p.update(more)",
            "p['conf'][key] = '1'",
            "p['none']['a'] = 1",
            "p['jars'].insert(0, 'y')",
            "p |= more",
        ] {
            let (body, notes) = snippet(&format!("{start}{changes}\nrequests.post(url, json=p)"));
            assert_eq!(body, json!({"kind": "sql", "conf": {"a": "1"}, "jars": ["x"]}), "{changes}");
            assert!(notes.contains(changes), "{changes}: {notes}");
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
}
