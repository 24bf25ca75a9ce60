//! curl on a command line: its options, its body, and what else it asks for.

use super::shell::{Shell, without_carets};
use super::value::Value;
use super::{Found, body_of_text, elsewhere, request_note};

/// Short options of curl that take a value (curl 8.11's manual).
const SHORT_WITH_VALUE: &str = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";
/// Its long ones that a request to Livy is likely to carry; the value of others is told by what follows.
const LONG_WITH_VALUE: [&str; 24] = [
    "header",
    "request",
    "user",
    "cookie",
    "cookie-jar",
    "user-agent",
    "referer",
    "output",
    "proxy",
    "proxy-user",
    "cacert",
    "capath",
    "cert",
    "key",
    "max-time",
    "connect-timeout",
    "retry",
    "retry-delay",
    "write-out",
    "resolve",
    "interface",
    "oauth2-bearer",
    "form",
    "dump-header",
];

/// Where a curl command stands first.
pub(super) fn find(text: &str) -> Option<usize> {
    starts(text).next()
}

/// True where a command is written for Windows' cmd: carets before the first quote or at the end of the first line.
fn is_cmd(command: &str) -> bool {
    let quote = command.find(['"', '\'']).unwrap_or_default();
    command[..quote].ends_with('^') || command.lines().next().is_some_and(|it| it.trim_end().ends_with('^'))
}

/// Where a word `curl` stands that may be a command.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices("curl").map(|it| it.0).filter(|at| {
        let before = text[..*at].chars().next_back();
        let rest = &text[at + 4..];
        let after = rest.strip_prefix(".exe").unwrap_or(rest).chars().next();
        before.is_none_or(|it| it.is_whitespace() || "`($;|&".contains(it))
            && after.is_some_and(|it| it.is_whitespace() || it == '\\')
    })
}

/// What a command asks for.
#[derive(Default)]
struct Request {
    address: String,
    method: String,
    /// As curl joins several.
    data: Option<String>,
    /// Where the data is, when it is not in the text.
    file: Option<String>,
    signed_in: bool,
}

/// Reads the first command that has a body for a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Value, String> {
    let cmd = find(text).is_some_and(|at| is_cmd(&text[at..]));
    found.source = if cmd { "a curl command for Windows" } else { "a curl command" };
    let unescaped = if cmd { without_carets(text) } else { String::new() };
    let text = if cmd { &unescaped } else { text };
    let mut trouble = "The curl command has no body (-d): paste the one that creates the session.".to_owned();
    let mut chosen: Option<(Request, Vec<String>)> = None;
    let mut others = 0;
    for at in starts(text) {
        let mut shell = Shell::new(text, at, cmd);
        let request = shell.request()?;
        let other = ["/statements", "/batches", "/cancel", "/completion"]
            .iter()
            .any(|it| request.address.contains(it));
        if other || !matches!(request.method.as_str(), "" | "POST") {
            trouble = elsewhere(&[request.method.as_str(), " ", &request.address].concat());
        } else if let Some(file) = &request.file {
            trouble = format!("The body is in {file}, which a page cannot read: paste what is in it.");
        } else if request.data.is_some() && chosen.is_none() {
            chosen = Some((request, shell.holes));
            continue;
        }
        others += usize::from(request.data.is_some());
    }
    let Some((request, holes)) = chosen else { return Err(trouble) };
    if others > 0 {
        found
            .notes
            .push("The text makes other requests too: only the one for the session is read.".to_owned());
    }
    if request.signed_in {
        found.notes.push("Its sign-in is not used: this page signs in as you are signed in here.".to_owned());
    }
    found.holes = holes;
    request_note(&request.address, &mut found.notes);
    body_of_text(&request.data.unwrap_or_default(), found)
}

impl Shell<'_> {
    /// The command from `curl` to its end.
    fn request(&mut self) -> Result<Request, String> {
        let mut request = Request::default();
        self.word()?;
        while let Some(word) = self.word()? {
            let (name, attached) = match word.strip_prefix("--") {
                Some(long) => (long.to_owned(), None),
                None => match word.strip_prefix('-').filter(|it| !it.is_empty()) {
                    Some(short) => cluster(short),
                    None => {
                        if request.address.is_empty() || word.contains("/sessions") {
                            request.address = word;
                        }
                        continue;
                    }
                },
            };
            let value = |shell: &mut Self| -> Result<String, String> {
                Ok(match &attached {
                    Some(attached) => attached.clone(),
                    None => shell.word()?.unwrap_or_default(),
                })
            };
            match name.as_str() {
                "d" | "data" | "data-raw" | "data-binary" | "data-ascii" | "json" => {
                    let data = value(self)?;
                    match data.strip_prefix('@').filter(|_| name != "data-raw") {
                        Some("-") => match self.standard_input() {
                            Some(data) => request.data = Some(data),
                            None => request.file = Some("what another command prints".to_owned()),
                        },
                        Some(file) => request.file = Some(format!("the file {file}")),
                        None => {
                            request.data = Some(match request.data {
                                Some(before) => [&before, "&", &data].concat(),
                                None => data,
                            })
                        }
                    }
                }
                "url" => request.address = value(self)?,
                "X" | "request" => request.method = value(self)?.to_ascii_uppercase(),
                "u" | "user" | "oauth2-bearer" => {
                    value(self)?;
                    request.signed_in = true;
                }
                "H" | "header" => {
                    let header = value(self)?.to_ascii_lowercase();
                    request.signed_in |= header.starts_with("authorization") || header.starts_with("cookie");
                }
                "b" | "cookie" => {
                    value(self)?;
                    request.signed_in = true;
                }
                _ if LONG_WITH_VALUE.contains(&name.as_str())
                    || name.len() == 1 && SHORT_WITH_VALUE.contains(&name) =>
                {
                    value(self)?;
                }
                _ => {}
            }
        }
        Ok(request)
    }

    /// `<<'END'` after the command, as far as it is this text's.
    fn standard_input(&self) -> Option<String> {
        let (_, from) = self.text.get(self.at..)?.split_once("<<")?;
        let (head, lines) = from.split_once('\n')?;
        let mark = head.trim_start_matches('-').split_whitespace().next()?.trim_matches(['\'', '"']);
        let mut body = String::new();
        for line in lines.lines() {
            if line.trim() == mark {
                return Some(body);
            }
            body.push_str(line);
            body.push('\n');
        }
        None
    }
}

/// Short options written together: `-sXPOST` is `-s` and `-X` with a value. Flags without a value say nothing here.
fn cluster(short: &str) -> (String, Option<String>) {
    match short.find(|it| SHORT_WITH_VALUE.contains(it)) {
        None => (String::new(), None),
        Some(at) => {
            let value = &short[at + 1..];
            (short[at..=at].to_owned(), (!value.is_empty()).then(|| value.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(text: &str) -> Result<serde_json::Value, String> {
        read(text, &mut Found::default()).map(|it| serde_json::from_str(&it.to_json()).unwrap())
    }

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
        ] {
            assert_eq!(data(text).unwrap_or_else(|error| panic!("{text}: {error}"))["name"], name, "{text}");
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
            ("curl x ^\n -d ^\"^{^\\^\"name^\\^\":^\\^\"a^%^\\^\\^\\^\\b^\\^\"^}^\"", "a%\\\\b"),
        ] {
            assert_eq!(data(text).unwrap_or_else(|error| panic!("{text}: {error}"))["name"], name, "{text}");
        }
    }

    #[test]
    fn what_has_no_body_here_says_where_it_is() {
        for (text, words) in [
            ("curl -d @session.json http://x/sessions", "the file session.json"),
            ("cat a | curl -d @- http://x/sessions", "what another command prints"),
            ("curl http://x/sessions", "no body (-d)"),
            ("curl -X DELETE http://x/sessions/1", "DELETE http://x/sessions/1"),
            ("curl -d '{}' http://x/sessions/1/statements", "something other than a session"),
            ("curl -d '{' http://x/sessions", "no JSON"),
            ("curl -d '{ http://x/sessions", "closing quote"),
        ] {
            let error = data(text).unwrap_err();
            assert!(error.contains(words) && error.ends_with('.'), "{text}: {error}");
        }
    }
}
