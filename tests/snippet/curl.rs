//! curl on the command lines of bash and of Windows.

use snippet::recognise;

use crate::texts::snippet;

#[test]
fn bash_is_read_as_bash_reads_it() {
    for (text, name) in [
        (r#"curl -d '{"name":"a"}' http://x/sessions"#, "a"),
        (r#"curl -sXPOST -d'{"name":"a"}' http://x/sessions; echo"#, "a"),
        (r#"$ curl http://x/sessions -d "{\"name\": \"a\"}" | jq ."#, "a"),
        ("curl \\\n  --json '{\"name\":\"it'\\''s\"}' \\\n  http://x", "it's"),
        (r#"curl --data-raw $'{"name":"\u00e9\'\\n!"}' x"#, "é'\n!"),
        ("N=a\nexport M=\"x-$N\"\ncurl -d \"{\\\"name\\\":\\\"$M\\\"}\" x", "x-a"),
        ("r=`curl --data \"{\\\"name\\\":\\\"${1:-b}\\\"}\" $URL/sessions`\nif x; then", "b"),
        ("curl x -d @- <<'END'\n{\"name\": \"$a\"}\nEND\n", "$a"),
        ("curl -d @- <<-END http://x/sessions\n\t{\"name\": \"$a\"}\n\tEND\n", "$a"),
        ("A=b\ncurl -d @- http://x/sessions \\\n  -s <<END > out\n{\"name\": \"$A\\$\"}\nEND\n", "b$"),
        ("curl -d @- http://x/sessions <<< '{\"name\":\"a\"}'", "a"),
        ("cat > s.json <<'EOF'\n{\"name\": \"a\"}\nEOF\ncurl -d @s.json http://x/sessions", "a"),
        ("cat <<'EOF' > ./s.json\n{\"name\": \"a\"}\nEOF\ncurl -d @s.json http://x/sessions", "a"),
        ("curl -s http://x/sessions 2>/dev/null -d '{\"name\":\"a\"}' >out 2>&1", "a"),
        ("curl 'http://x/sessions' ^\n-H 'A: b' ^\n-d '{\"name\":\"a\"}'", "a"),
        ("curl --json='{\"name\":\"a\"}' http://x/sessions", "a"),
        ("!curl -d '{\"name\":\"a\"}' http://x/sessions", "a"),
        // Prose speaks of curl too, and a token is asked for first.
        ("Don't use curl for this, it's slow:\ncurl -d '{\"name\":\"a\"}' http://x/sessions", "a"),
        ("# curl -d is meant\ncurl -d '{\"name\":\"a\"}' http://x/sessions", "a"),
        (
            "T=$(curl -s https://login/token -d 'grant_type=x' | jq .t)\ncurl https://x/sessions -d '{\"name\":\"a\"}'",
            "a",
        ),
        ("curl https://login/token -d '{\"user\":\"x\"}'\ncurl $URL -d '{\"name\":\"a\"}'", "a"),
    ] {
        assert_eq!(snippet(text).0["name"], name, "{text}");
    }
}

#[test]
fn cmd_is_read_as_windows_reads_it() {
    for (text, name) in [
        (
            "curl ^\"http://x/sessions^\" ^\n  --data-raw ^\"^{^\\^\"name^\\^\":^\\^\"a^\\^\"^}^\" ^\n  --compressed",
            "a",
        ),
        ("curl \"http://x/sessions\" ^\n  --data-raw \"{\\\"name\\\":\\\"a^b\\\"}\"", "a^b"),
        ("curl \"http://x/sessions\" -H \"A: b\" --data-raw \"{\"\"name\"\":\"\"a\"\"}\"", "a"),
        (r#"C:\Users\me>curl -X POST http://x/sessions -d "{\"name\":\"a\"}""#, "a"),
        ("curl x ^\n -d ^\"^{^\\^\"name^\\^\":^\\^\"a^%^\\^\\^\\^\\b^\\^\"^}^\"", "a%\\\\b"),
    ] {
        assert_eq!(snippet(text).0["name"], name, "{text}");
    }
}

#[test]
fn what_nothing_assigns_is_named() {
    let replace = |text: &str| {
        let named = snippet(text).1.split_once("Replace the variables: ").map(|it| it.1.to_owned());
        named.unwrap_or_default().split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
    };
    let text = "curl -d @- http://x/sessions <<EOF\n{\"kind\": \"sql\", \"name\": \"$NAME\", \"queue\": \"${Q:-q}\"}\nEOF";
    assert_eq!(replace(text), "$NAME");
}

#[test]
fn what_has_no_body_here_says_where_it_is() {
    for (text, words) in [
        ("curl -d @session.json http://x/sessions", "the file session.json"),
        ("cat a | curl -d @- http://x/sessions", "what another command prints"),
        ("echo '{}' | curl -d @- http://x/sessions", "what another command prints"),
        ("cat <<EOF | curl -d @- http://x/sessions\n{}\nEOF", "what another command prints"),
        ("echo '{}' > s.json\ncurl -d @s.json http://x/sessions", "the file s.json"),
        (
            "curl http://x/sessions -d \"$(cat <<'EOF'\n{\"kind\": \"sql\"}\nEOF\n)\"",
            "what another command prints",
        ),
        ("curl -d @- http://x/sessions <<EOF\n{}", "what another command prints"),
        ("curl -d @- http://x/sessions <a", "what another command prints"),
        ("curl http://x/sessions", "no body (-d, --post-data)"),
        ("curl -X DELETE http://x/sessions/1", "DELETE http://x/sessions/1"),
        ("curl -d '{}' http://x/sessions/1/statements", "Not a session request"),
        ("curl -d '{' http://x/sessions", "not JSON"),
        ("curl -d '{ http://x/sessions", "closing quote"),
    ] {
        let error = recognise(text).unwrap_err();
        assert!(error.contains(words) && error.ends_with('.'), "{text}: {error}");
    }
}
