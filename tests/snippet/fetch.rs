//! Calls as browsers copy them, and of axios.

use snippet::recognise;

use crate::texts::snippet;

#[test]
fn a_call_is_read_as_browsers_copy_it() {
    for text in [
        r#"fetch("http://x/sessions", {"headers": {"accept": "*/*"}, "body": "{\"name\":\"a\"}", "method": "POST"});"#,
        "await fetch('http://x/sessions', { // ours\n  method: 'POST', body: JSON.stringify({name: 'a'}),\n});",
        "const body = {name: 'a'};\nlet options = {\n  method: 'POST',\n  body: JSON.stringify(body)\n};\n\nfetch('http://x/sessions', options)\n  .then(it => it.json());",
        "await axios.post(url, { name: 'a' }, { headers: { 'X-Requested-By': 'me' } });",
        "axios.post(`${base}/sessions`, `{\"name\": \"a\"}`)",
        "axios({ method: 'post', url: 'http://x/sessions', data: { name: 'a' } })",
        "const name = 'a'\nconst r = await axios.request({url, data: {name}, method: 'POST'})",
        "const options = {method: 'POST', url: 'http://x/sessions', data: {name: 'a'}};\n\naxios.request(options).then(log);",
        "const base = {name: 'b'};\nconst livy = axios.create({ baseURL: 'http://x' });\nlivy.post('/sessions', { ...base, name: 'a' });",
        "axios.post('/sessions', {name: '\\a'})",
        "axios.post('/sessions', {name: '\\u{61}'})",
        "axios.post('/sessions', {name: `\\a`, queue: `\\${x}`})",
        "axios.post('/sessions/0/statements', {code: '1'}); axios.post('/sessions', {name: 'a'})",
        "fetch(`/token`, {body: 'a=b'}); fetch(\"http://x/sessions\", {body: \"{\\\"name\\\":\\\"a\\\"}\"})",
    ] {
        assert_eq!(snippet(text).0["name"], "a", "{text}");
    }
    for (text, words) in [
        ("fetch(\"http://x/sessions\")", "no body"),
        ("fetch(\"http://x/sessions\", {body: make()})", "(make())"),
        ("fetch(\"http://x/sessions\", {body: ", "the text ends too early"),
        ("fetch()", "no body"),
        ("fetch(url, options)", "(options)"),
        ("fetch(url, {method})", "no body"),
        ("fetch(url, {method: 'POST', ...options})", "(...options)"),
        ("axios.get(url).then(it => axios.post(url))", "no body"),
        ("axios.post(url, { ...base, name: 'x' })", "(...base)"),
        ("axios.post(url, body)", "(body)"),
        ("axios.post(url, { kind: 'sql', ...(name ? { name } : {}) })", "...(name ? { name } : {})"),
        ("fetch(url, {body: '{\"name\":\"\\u{fffffff}\"}'})", "unknown character"),
        ("axios.post(url, { [key]: 'x' })", "[key]"),
    ] {
        let error = recognise(text).unwrap_err();
        assert!(error.contains(words) && error.ends_with('.'), "{text}: {error}");
    }
}
