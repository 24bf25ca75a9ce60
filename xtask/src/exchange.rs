//! One HTTP request as written, and the answer as it came: no library that would tidy the path, retry or decompress.

use crate::failure::{At, Failure, Outcome};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// Longer than the slowest answer of the pretend Livy.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request. The connection is closed after the answer.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The method.
    pub method: &'a str,
    /// Path and query, sent unchanged.
    pub target: &'a str,
    /// Further headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    /// A GET with these headers.
    pub fn get(target: &'a str, headers: &'a [(&'a str, &'a str)]) -> Self {
        Self { method: "GET", target, headers, body: b"" }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The body, without the transfer's chunks but compressed as it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, named in lower case; several lines of one header are joined by commas.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.headers.iter().filter(|(it, _)| it == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// Sends a request to a port of this machine and reads the whole answer. `seen` is called with all bytes so far whenever some arrive.
///
/// # Errors
/// Nothing listens there, the server stays silent, or the answer is not HTTP.
pub fn ask(port: u16, request: &Request<'_>, mut seen: impl FnMut(&[u8])) -> Outcome<Answer> {
    let what = || format!("{} {}", request.method, request.target);
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).at(what())?;
    stream.set_read_timeout(Some(PATIENCE)).at(what())?;
    let mut head = format!(
        "{} {} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n",
        request.method, request.target
    );
    for (name, value) in request.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !request.body.is_empty() {
        head.push_str(&format!("Content-Length: {}\r\n", request.body.len()));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).at(what())?;
    stream.write_all(request.body).at(what())?;
    let mut bytes = Vec::new();
    let mut buffer = [0; 65_536];
    loop {
        let read = stream.read(&mut buffer).at(what())?;
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(&buffer[..read]);
        seen(&bytes);
    }
    answer(&bytes).ok_or_else(|| Failure::new(format!("{} got an answer that is not HTTP.", what())))
}

fn answer(bytes: &[u8]) -> Option<Answer> {
    let (head, rest) = split(bytes, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked { joined(rest)? } else { rest.to_vec() };
    Some(Answer { status, headers, body })
}

/// The body that was sent in chunks; nothing when the last chunk is missing.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let (size, after) = split(rest, b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(size).ok()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(after.get(..size)?);
        rest = after.get(size + 2..)?;
    }
}

/// What is before and after the first `mark`.
pub fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(mark.len()).position(|it| it == mark)?;
    Some((&bytes[..at], &bytes[at + mark.len()..]))
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn chunks_are_joined_and_a_cut_answer_is_refused() {
        let head = "HTTP/1.1 200 OK\r\nVary: a\r\nTransfer-Encoding: chunked\r\nvary: b\r\n\r\n";
        let whole = answer(format!("{head}3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").as_bytes()).unwrap();
        assert_eq!((whole.status, whole.body.as_slice()), (200, b"abcde".as_slice()));
        assert_eq!(whole.header("vary").as_deref(), Some("a, b"));
        assert!(answer(format!("{head}3\r\nabc\r\n").as_bytes()).is_none());
    }
}
