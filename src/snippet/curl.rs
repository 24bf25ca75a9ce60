//! curl and wget on a command line: their options, the body, and what else they ask for.

use super::request::{MOST, Request, choose, object_of_text};
use super::shell::{Shell, without_carets};
use super::term::Term;
use super::{Found, elsewhere};
use form::sort;

/// Short options of curl that take a value (curl 8.11's manual).
const SHORT_WITH_VALUE: &str = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";
/// Those of wget (1.24's manual): its `-d` and `-X` are something else.
const SHORT_OF_WGET: &str = "aABDeiIlOoPQRtTUw";
/// Long options that a request to Livy is likely to have; for others, the next word decides whether it is a value.
const LONG_WITH_VALUE: &str = " header request user cookie cookie-jar user-agent referer output output-document proxy proxy-user cacert \
    capath cert key max-time connect-timeout retry retry-delay write-out resolve interface oauth2-bearer form data-urlencode \
    dump-header ";

/// Where the first command starts.
pub(super) fn find(text: &str) -> Option<usize> {
    starts(text).next()
}

/// True where a command is written for Windows' cmd: carets before the first quote or at the end of the first line, or a body
/// with its quotes doubled.
pub(super) fn is_cmd(command: &str) -> bool {
    let quote = command.find(['"', '\'']).unwrap_or_default();
    let doubled = command.split("\"{").skip(1).any(|it| it.trim_start().starts_with("\"\""));
    // Some programs write cmd's line ends, but bash's quotes.
    let single = command[quote..].starts_with('\'');
    command[..quote].ends_with('^')
        || !single && (doubled || command.lines().next().is_some_and(|it| it.trim_end().ends_with('^')))
}

/// Where `curl` or `wget` begins a command rather than being a word of prose.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut all: Vec<usize> =
        ["curl", "wget"].iter().flat_map(|it| text.match_indices(it)).map(|it| it.0).collect();
    sort(&mut all, |one, other| one < other);
    let all = all.into_iter().filter(|at| {
        let before = text[..*at].chars().next_back();
        let rest = &text[at + 4..];
        let after = rest.strip_prefix(".exe").unwrap_or(rest).chars().next();
        let line = rest.lines().next().unwrap_or_default();
        let command = line.trim_end().ends_with(['\\', '^', '`'])
            || line.split_whitespace().any(|it| it.len() > 1 && it.starts_with(['-', '$', '<']))
            || ["://", "/sessions", "localhost", "^\""].iter().any(|it| line.contains(it));
        command
            && before.is_none_or(|it| it.is_whitespace() || "`($;|&!>".contains(it))
            && after.is_some_and(|it| it.is_whitespace() || it == '\\')
    });
    all.take(MOST)
}

/// What a command asks for.
#[derive(Default)]
struct Asked {
    address: String,
    method: String,
    /// As curl joins several.
    data: Vec<Data>,
    signed_in: bool,
}

/// What is sent, or where it is: `-` for what the command reads.
enum Data {
    Text(String),
    In(String),
}

/// Reads the command that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    let cmd = find(text).is_some_and(|at| is_cmd(&text[at..]));
    let source = |command: &str| match (command.starts_with("wget"), cmd) {
        (true, _) => "a wget command",
        (_, true) => "a curl command for Windows",
        _ => "a curl command",
    };
    found.source = source(find(text).map_or(text, |at| &text[at..]));
    let unescaped = if cmd { without_carets(text) } else { String::new() };
    let text = if cmd { &unescaped } else { text };
    let request = |at| {
        let mut shell = Shell::new(text, at, cmd);
        let mut request = Request {
            source: source(&text[at..]),
            address: String::new(),
            body: Err(String::new()),
            notes: Vec::new(),
            holes: Vec::new(),
        };
        match shell.asked() {
            Err(fault) => request.body = Err(fault),
            Ok(asked) if !matches!(asked.method.as_str(), "" | "POST") => {
                request.address = [asked.method.as_str(), " ", &asked.address].concat();
                request.body = Err(elsewhere(&request.address));
            }
            Ok(asked) if asked.data.is_empty() => return None,
            Ok(asked) => {
                if asked.signed_in {
                    let note = "The command's sign-in is ignored; your own is used.";
                    request.notes.push(note.to_owned());
                }
                request.body = shell.body(asked.data, at);
                request.address = asked.address;
                request.holes = shell.holes;
            }
        }
        Some(request)
    };
    let none = "The command has no body (-d, --post-data). Paste the one that creates the session.";
    choose(starts(text).filter_map(request).collect(), found, none)
}

impl Shell<'_> {
    /// The command from its name to its end.
    fn asked(&mut self) -> Result<Asked, String> {
        let mut request = Asked::default();
        let name = self.word()?.unwrap_or_default();
        let short_with_value = if name.starts_with("wget") { SHORT_OF_WGET } else { SHORT_WITH_VALUE };
        while let Some(word) = self.word()? {
            let (name, attached) = match word.strip_prefix("--") {
                Some(long) => match long.split_once('=') {
                    Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                    None => (long.to_owned(), None),
                },
                None => match word.strip_prefix('-').filter(|it| !it.is_empty()) {
                    Some(short) => cluster(short, short_with_value),
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
                "post-file" | "body-file" => request.data.push(Data::In(value(self)?)),
                "post-data" | "body-data" => request.data.push(Data::Text(value(self)?)),
                "d" | "data" | "data-raw" | "data-binary" | "data-ascii" | "json" => {
                    let data = value(self)?;
                    request.data.push(match data.strip_prefix('@').filter(|_| name != "data-raw") {
                        Some(place) => Data::In(place.to_owned()),
                        None => Data::Text(data),
                    });
                }
                "url" => request.address = value(self)?,
                "X" | "request" | "method" => request.method = value(self)?.to_ascii_uppercase(),
                "u" | "user" | "oauth2-bearer" | "password" | "http-user" | "http-password" => {
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
                _ if LONG_WITH_VALUE.contains(&[" ", &name, " "].concat())
                    || name.len() == 1 && short_with_value.contains(&name) =>
                {
                    value(self)?;
                }
                _ => {}
            }
        }
        Ok(request)
    }

    /// The body sent by the command at a place.
    fn body(&mut self, data: Vec<Data>, at: usize) -> Result<Term, String> {
        let mut text = String::new();
        for part in data {
            let part = match part {
                Data::Text(part) if part.starts_with("$(") => {
                    return Err(unread("what another command prints"));
                }
                Data::Text(part) => part,
                Data::In(place) if place == "-" => match self.input.take() {
                    Some(part) => part,
                    None => return Err(unread("what another command prints")),
                },
                Data::In(file) => match self.file(&file, at)? {
                    Some(part) => part,
                    None => return Err(unread(&["the file ", &file].concat())),
                },
            };
            text.push_str(if text.is_empty() { "" } else { "&" });
            text.push_str(&part);
        }
        object_of_text(&text)
    }
}

fn unread(place: &str) -> String {
    format!("The body is in {place}. Paste its content.")
}

/// Short options written together: `-sXPOST` is `-s` and `-X` with a value. Flags without a value say nothing here.
fn cluster(short: &str, with_value: &str) -> (String, Option<String>) {
    match short.find(|it| with_value.contains(it)) {
        None => (String::new(), None),
        Some(at) => {
            let value = &short[at + 1..];
            (short[at..=at].to_owned(), (!value.is_empty()).then(|| value.to_owned()))
        }
    }
}
