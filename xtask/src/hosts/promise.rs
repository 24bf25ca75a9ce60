//! What every host of the page has to keep: asked of one that runs, compared with the headers that `cargo xtask serve` sends.

use crate::exchange::{Answer, Request, ask};
use crate::failure::Outcome;
use crate::hosts::bundle::{Encoding, FILES, File, content};
use crate::hosts::recipe::Place;
use crate::hosts::upstream::{LARGE, Upstream};
use crate::serve::Headers;
use axum::http::header::{CACHE_CONTROL, VARY};
use axum::http::{HeaderMap, StatusCode};

/// What browsers and others say they accept, and what they are to get of a file with compressed copies.
const ACCEPTED: [(&str, Encoding); 7] = [
    ("gzip, deflate, br, zstd", Encoding::Brotli),
    ("br", Encoding::Brotli),
    ("gzip", Encoding::Gzip),
    ("gzip, br;q=0", Encoding::Gzip),
    ("identity", Encoding::Identity),
    ("br;q=0, gzip;q=0", Encoding::Identity),
    ("", Encoding::Identity),
];

/// Paths as the page asks for them, and as Livy has to get them.
const TARGETS: [(&str, &str); 6] = [
    ("/livy/sessions?from=0&size=100", "/sessions?from=0&size=100"),
    ("/livy/sessions/a%2Fb?doAs=a%20b", "/sessions/a%2Fb?doAs=a%20b"),
    ("/livy/sessions//%C3%A4%5C%3B", "/sessions//%C3%A4%5C%3B"),
    ("/livy/sessions/livy/livy", "/sessions/livy/livy"),
    ("/livy/", "/"),
    ("/livy", "/"),
];

/// The promises, asked of one host.
pub struct Promises<'a> {
    /// Where the host listens.
    pub port: u16,
    /// Where its page is.
    pub place: Place,
    /// What it has behind `/livy`.
    pub upstream: &'a Upstream,
    /// How many promises were looked at.
    pub count: usize,
    /// Those that were not kept, in words.
    pub broken: Vec<String>,
}

impl<'a> Promises<'a> {
    /// Nothing was asked yet.
    pub fn new(port: u16, place: Place, upstream: &'a Upstream) -> Self {
        Self { port, place, upstream, count: 0, broken: Vec::new() }
    }

    /// Everything about the page and about a Livy that works or dies.
    ///
    /// # Errors
    /// The host does not answer at all.
    pub fn ask_all(&mut self) -> Outcome {
        for file in &FILES {
            for (accepted, encoding) in ACCEPTED {
                self.file(file, file.name, accepted, encoding)?;
            }
        }
        for (accepted, encoding) in ACCEPTED {
            self.file(&FILES[0], "", accepted, encoding)?;
            self.file(&FILES[0], "?a=b", accepted, encoding)?;
        }
        self.missing_files()?;
        self.redirects()?;
        self.cluster()?;
        self.create_is_sent_once()?;
        self.nothing_is_held_back()
    }

    /// A file is sent in the right encoding with the right headers, and only once while it does not change.
    fn file(&mut self, file: &File, asked: &str, accepted: &str, encoding: Encoding) -> Outcome {
        let path = format!("{}{asked}", self.place.path());
        let headers = [("Accept-Encoding", accepted)];
        let what = format!("{path} for accept-encoding {accepted:?}");
        let encoding = if file.is_compressed { encoding } else { Encoding::Identity };
        let answer = self.ask(&Request::get(&path, &headers))?;
        self.is(&what, "status", answer.status, 200);
        self.is(&what, "content-encoding", answer.header("content-encoding").as_deref(), encoding.header());
        self.is(
            &what,
            "body",
            String::from_utf8_lossy(&answer.body).as_ref(),
            &*content(file.name, encoding),
        );
        let mime = answer.header("content-type").unwrap_or_default();
        self.is(&what, "content-type", mime.split(';').next().unwrap_or_default(), file.mime);
        self.has_headers(&what, file.name, &answer);

        let head = self.ask(&Request { method: "HEAD", ..Request::get(&path, &headers) })?;
        self.is(&format!("HEAD {what}"), "status", head.status, 200);
        self.has_headers(&format!("HEAD {what}"), file.name, &head);

        let tag = answer.header("etag").unwrap_or_default();
        let again = [headers[0], ("If-None-Match", tag.as_str())];
        let kept = self.ask(&Request::get(&path, &again))?;
        let what = format!("{what}, asked again with its tag");
        self.is(&what, "status", kept.status, 304);
        self.has_headers(&what, file.name, &kept);
        Ok(())
    }

    fn missing_files(&mut self) -> Outcome {
        for name in ["config.json", "old-0123456789abcdef.js", "old-0123456789abcdef.wasm", "deep/er/x.css"] {
            let path = format!("{}{name}", self.place.path());
            let answer = self.ask(&Request::get(&path, &[]))?;
            self.is(&path, "status", answer.status, 404);
            self.has_headers(&path, name, &answer);
        }
        Ok(())
    }

    /// Without its last slash the page's relative addresses would miss.
    fn redirects(&mut self) -> Outcome {
        if self.place == Place::Root {
            return Ok(());
        }
        for (path, location) in
            [("/console", "/console/"), ("/console?kind=pyspark&a=%20b", "/console/?kind=pyspark&a=%20b")]
        {
            let answer = self.ask(&Request::get(path, &[]))?;
            self.is(path, "status", answer.status, 308);
            self.is(path, "location", answer.header("location").as_deref(), Some(location));
            self.has_headers(path, "", &answer);
        }
        for path in ["/", "/consoles", "/livyish"] {
            let answer = self.ask(&Request::get(path, &[]))?;
            self.is(path, "status", answer.status, 404);
            self.has_headers(path, "", &answer);
        }
        Ok(())
    }

    /// Requests reach Livy as the page sends them, and its answers come back as it gives them.
    fn cluster(&mut self) -> Outcome {
        let headers = [
            ("X-Requested-By", "livy-console"),
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
            ("Authorization", "Negotiate abc"),
            ("Cookie", "hadoop.auth=a"),
        ];
        for method in ["GET", "POST", "DELETE"] {
            for (target, expected) in TARGETS {
                let body: &[u8] = if method == "POST" { b"{\"kind\":\"spark\"}" } else { b"" };
                let what = format!("{method} {target}");
                self.upstream.arrived();
                let answer = self.ask(&Request { method, target, headers: &headers, body })?;
                let arrived = self.upstream.arrived();
                let lines: Vec<&str> = arrived.iter().map(|it| it.line()).collect();
                self.is(&what, "what Livy gets", lines, vec![format!("{method} {expected}").as_str()]);
                for arrived in &arrived {
                    self.is(&what, "length of the body", arrived.body, body.len());
                    let head = arrived.head.to_ascii_lowercase();
                    for (name, value) in headers {
                        let line = format!("{name}: {value}").to_ascii_lowercase();
                        self.is(&what, &line, head.lines().filter(|it| *it == line).count(), 1);
                    }
                }
                self.is(&what, "status", answer.status, 201);
                self.is(&what, "location", answer.header("location").as_deref(), Some("/sessions/7"));
                let mime = answer.header("content-type");
                self.is(&what, "content-type", mime.as_deref(), Some("application/json;charset=utf-8"));
                self.has_policy(&what, &answer);
            }
        }
        let answer = self.ask(&Request::get("/livy/unknown", &[]))?;
        self.is("/livy/unknown", "status", answer.status, 404);
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        self.is("/livy/unknown", "body", body.as_str(), "{\"asked\":\"GET /unknown\"}");
        self.has_policy("/livy/unknown", &answer);
        Ok(())
    }

    /// Livy dies after it has read a request: the host must not send it again.
    fn create_is_sent_once(&mut self) -> Outcome {
        for method in ["POST", "DELETE"] {
            let what = format!("{method} to a Livy that dies");
            self.upstream.arrived();
            let answer = self.ask(&Request { method, target: "/livy/dies", headers: &[], body: b"{}" })?;
            self.is(&what, "status", answer.status, 502);
            self.has_policy(&what, &answer);
            self.is(&what, "how often it is sent", self.upstream.arrived().len(), 1);
        }
        Ok(())
    }

    fn nothing_is_held_back(&mut self) -> Outcome {
        let body = vec![b'x'; 2_000_000];
        self.upstream.arrived();
        let answer =
            self.ask(&Request { method: "POST", target: "/livy/large", headers: &[], body: &body })?;
        let arrived: Vec<usize> = self.upstream.arrived().iter().map(|it| it.body).collect();
        self.is("a request of 2 MB", "what Livy gets", arrived, vec![body.len()]);
        self.is("an answer of 3 MB", "whole", answer.body.len() > LARGE, true);

        let upstream = self.upstream;
        let answer = ask(self.port, &Request::get("/livy/stalls", &[]), |bytes| {
            if bytes.windows(10).any(|it| it == b"first half") {
                upstream.first_half_seen();
            }
        })?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        self.is("an answer that comes in two halves", "body", text.as_str(), "first half, second half");
        Ok(())
    }

    /// A host that was given less patience than Livy needs says so, and does not ask again.
    ///
    /// # Errors
    /// The host does not answer.
    pub fn ask_without_patience(&mut self) -> Outcome {
        for method in ["POST", "DELETE"] {
            let what = format!("{method} that takes longer than the host waits");
            self.upstream.arrived();
            let answer = self.ask(&Request { method, target: "/livy/slow", headers: &[], body: b"{}" })?;
            self.is(&what, "status", answer.status, 504);
            self.has_policy(&what, &answer);
            self.is(&what, "how often it is sent", self.upstream.arrived().len(), 1);
        }
        Ok(())
    }

    /// With patience, a slow delete is answered.
    ///
    /// # Errors
    /// The host does not answer.
    pub fn ask_with_patience(&mut self) -> Outcome {
        let answer = self.ask(&Request { method: "DELETE", ..Request::get("/livy/slow", &[]) })?;
        self.is("a slow delete", "status", answer.status, 200);
        Ok(())
    }

    /// Nothing listens behind the host.
    ///
    /// # Errors
    /// The host does not answer.
    pub fn ask_without_livy(&mut self) -> Outcome {
        let answer = self.ask(&Request::get("/livy/sessions", &[]))?;
        self.is("a Livy that is down", "status", answer.status, 502);
        self.has_policy("a Livy that is down", &answer);
        Ok(())
    }

    fn ask(&self, request: &Request<'_>) -> Outcome<Answer> {
        ask(self.port, request, |_| {})
    }

    /// All headers that `cargo xtask serve` sends with this file and status.
    fn has_headers(&mut self, what: &str, name: &str, answer: &Answer) {
        self.compare(what, name, answer, |_| true);
    }

    /// The headers of the page that also belong on answers of Livy and of the gateway. How they may be kept is Livy's to say.
    fn has_policy(&mut self, what: &str, answer: &Answer) {
        self.compare(what, "", answer, |name| name != CACHE_CONTROL.as_str() && name != VARY.as_str());
        let cache = answer.header("cache-control").unwrap_or_default();
        self.is(what, "is kept by caches", cache.contains("max-age"), false);
    }

    fn compare(&mut self, what: &str, name: &str, answer: &Answer, is_compared: fn(&str) -> bool) {
        let mut expected = HeaderMap::new();
        let status = StatusCode::from_u16(answer.status).unwrap_or_default();
        Headers::default().set(name, status, &mut expected);
        for (name, value) in expected.iter().filter(|(name, _)| is_compared(name.as_str())) {
            let value = value.to_str().unwrap_or_default();
            self.is(what, name.as_str(), answer.header(name.as_str()).as_deref(), Some(value));
        }
    }

    fn is<T: PartialEq<U> + std::fmt::Debug, U: std::fmt::Debug>(
        &mut self,
        what: &str,
        which: &str,
        found: T,
        expected: U,
    ) {
        self.count += 1;
        if found != expected {
            self.broken.push(format!("{what}: {which} is {found:?}, not {expected:?}"));
        }
    }
}
