//! Requests and answers as data, and the shapes in which Livy and its Jetty answer.

use std::time::Duration;

use serde_json::{Value, json};

/// An HTTP request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Path and query as on the wire.
    pub path: String,
    /// Names in any case.
    pub headers: Vec<(String, String)>,
    /// The body, maybe empty.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as Livy sees it: a form has been eaten by the servlet before (curl's `-d`).
    pub(crate) fn json_body(&self) -> &[u8] {
        let form =
            self.header("Content-Type").is_none_or(|it| it.starts_with("application/x-www-form-urlencoded"));
        if form { b"" } else { &self.body }
    }

    /// A parameter of the query, percent-decoded.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        let pairs = query.split('&').map(|it| it.split_once('=').unwrap_or((it, "")));
        pairs.into_iter().find(|(it, _)| *it == name).map(|(_, value)| decoded(value))
    }

    /// A parameter of the query that Scala reads with `toInt`.
    pub(crate) fn int(&self, name: &str, default: i64) -> Result<i64, Response> {
        self.query(name).map_or(Ok(default), |text| int(&text))
    }
}

/// A slice as Scala's `view.slice(from, from + size)` takes it: what lies before the beginning counts too.
pub(crate) fn page<T>(all: &[T], from: i64, size: i64) -> &[T] {
    let bound = |at: i64| usize::try_from(at).unwrap_or(0).min(all.len());
    let (start, end) = (bound(from), bound(from.saturating_add(size)));
    all.get(start..end).unwrap_or_default()
}

/// What becomes of an answer on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives.
    Answered,
    /// The connection ends before a byte of it was sent.
    ConnectionDropped,
}

/// An HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// In the order in which they are sent.
    pub headers: Vec<(String, String)>,
    /// The body, maybe empty.
    pub body: Vec<u8>,
    /// How long it is held back.
    pub delay: Duration,
    /// Whether it arrives.
    pub fate: Fate,
}

/// Many rows of a text, which are made when they are sent: an output of hundreds of megabytes is kept as their number.
pub(crate) struct Rows;

impl Rows {
    /// One of them, with its end as JSON writes it.
    const ROW: [u8; 101] = {
        let mut row = [b'x'; 101];
        (row[99], row[100]) = (b'\\', b'n');
        row
    };
    /// What stands on both sides of their number in their place. No text of the interpreter's has it.
    const MARK: &'static str = "\u{1}rows\u{1}";
    /// The same in JSON.
    const WRITTEN: &'static str = "\\u0001rows\\u0001";

    /// In place of so many rows.
    pub(crate) fn text(count: usize) -> String {
        format!("{}{count}{}", Self::MARK, Self::MARK)
    }

    /// How many bytes a text has with its rows.
    pub(crate) fn weight(text: &str) -> usize {
        let count = text.split(Self::MARK).nth(1).and_then(|it| it.parse::<usize>().ok());
        text.len() + count.unwrap_or_default() * (Self::ROW.len() - 1)
    }
}

const JSON: &str = "application/json;charset=utf-8";

impl Response {
    fn new(status: u16, content_type: Option<&str>, body: Vec<u8>) -> Self {
        let mut headers: Vec<(String, String)> =
            SECURITY.map(|(name, value)| (name.into(), value.into())).to_vec();
        headers.extend(content_type.map(|it| ("Content-Type".to_owned(), it.to_owned())));
        Self { status, headers, body, delay: Duration::ZERO, fate: Fate::Answered }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::written(status, body.to_string())
    }

    /// JSON that is text already.
    pub(crate) fn written(status: u16, body: String) -> Self {
        Self::new(status, Some(JSON), body.into_bytes())
    }

    /// The body as it is sent: its pieces, and how often each comes. What is kept as a number of rows is made by whoever sends it.
    pub fn pieces(&self) -> Vec<(&[u8], usize)> {
        let Ok(text) = std::str::from_utf8(&self.body) else { return vec![(&self.body, 1)] };
        let pieces = text.split(Rows::WRITTEN).enumerate().map(|(at, piece)| match at % 2 {
            0 => (piece.as_bytes(), 1),
            _ => (&Rows::ROW[..], piece.parse().unwrap_or_default()),
        });
        pieces.collect()
    }

    /// What is sent, or the beginning of it: no more than a piece beyond so many bytes.
    pub fn beginning(&self, limit: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (piece, times) in self.pieces() {
            for _ in 0..times {
                if bytes.len() > limit {
                    return bytes;
                }
                bytes.extend_from_slice(piece);
            }
        }
        bytes
    }

    /// A create that the server does not accept.
    pub(crate) fn rejected(reason: &str) -> Self {
        Self::msg(400, &format!("Rejected, Reason: {reason}"))
    }

    /// `{"msg": "..."}`, as SessionServlet answers.
    pub(crate) fn msg(status: u16, text: &str) -> Self {
        Self::json(status, &json!({ "msg": text }))
    }

    /// A bare JSON string, as JsonServlet answers.
    pub(crate) fn bare(status: u16, text: &str) -> Self {
        Self::json(status, &json!(text))
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self::new(status, Some(JSON), Vec::new())
    }

    /// Without even a type.
    pub(crate) fn nothing(status: u16) -> Self {
        Self::new(status, None, Vec::new())
    }

    pub(crate) fn html(status: u16, body: &str) -> Self {
        Self::new(status, Some("text/html;charset=utf-8"), body.as_bytes().to_vec())
    }

    /// Jetty's own error page: JSON where the caller asked for it, HTML otherwise.
    pub(crate) fn jetty(status: u16, message: &str, url: &str, request: &Request) -> Self {
        const SERVLET: &str = "org.apache.livy.server.interactive.InteractiveSessionServlet";
        let mut response = if request.header("Accept").is_some_and(|it| it.contains("application/json")) {
            let body = format!(
                "{{\n\"servlet\":\"{SERVLET}\",\n\"message\":{},\n\"url\":{},\n\"status\":\"{status}\"\n}}",
                json!(message),
                json!(url)
            );
            Self::new(status, Some("application/json"), body.into_bytes())
        } else {
            let title = format!("Error {status} {message}");
            let row = |name: &str, value: &str| format!("<tr><th>{name}:</th><td>{value}</td></tr>\n");
            let rows =
                [("URI", url), ("STATUS", &status.to_string()), ("MESSAGE", message), ("SERVLET", SERVLET)];
            let table: String = rows.iter().map(|(name, value)| row(name, value)).collect();
            let body = format!(
                "<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html;charset=ISO-8859-1\"/>\n<title>{title}</title>\n</head>\n<body><h2>HTTP ERROR {status} {message}</h2>\n<table>\n{table}</table>\n\n</body>\n</html>\n"
            );
            Self::new(status, Some("text/html;charset=iso-8859-1"), body.into_bytes())
        };
        response.headers.push(("Cache-Control".into(), "must-revalidate,no-cache,no-store".into()));
        response
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub(crate) fn dropped(mut self) -> Self {
        self.fate = Fate::ConnectionDropped;
        self
    }
}

/// On every answer since 0.9 (`livy.server.security-headers`, docs/protocol.md §5).
const SECURITY: [(&str, &str); 4] = [
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "1; mode=block"),
    (
        "Content-Security-Policy",
        "default-src 'self'; script-src 'self' 'unsafe-inline'; img-src 'self'; frame-src 'self';",
    ),
];

/// A Java `int`, or Livy's refusal of what is none.
pub(crate) fn int(text: &str) -> Result<i64, Response> {
    text.parse::<i32>()
        .map(i64::from)
        .map_err(|_| Response::msg(400, &format!("For input string: \"{text}\"")))
}

/// Percent-decoded; wrong escapes stay as they are.
pub(crate) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|it| char::from(*it).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, hex(at + 1), hex(at + 2)) {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What a gateway answers when Livy's own answer does not reach it.
pub(crate) fn gateway_page() -> Response {
    let mut response = Response::html(
        502,
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>gateway</body></html>",
    );
    response.headers.retain(|(name, _)| name == "Content-Type");
    response
}
