//! Passes requests on to a real Livy and its answers back, streaming both.
//!
//! It changes only the address: every header passes in both directions, except those of the single connection.

use crate::failure::{Failure, Outcome};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HOST, HeaderName};
use axum::http::uri::{Authority, PathAndQuery, Scheme, Uri};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::fmt;

/// RFC 9110 section 7.6.1: these describe one connection, and a proxy must not pass them on.
const OF_ONE_CONNECTION: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The address of a real Livy: host, port and the path of its REST interface.
#[derive(Debug, Clone, PartialEq)]
pub struct Upstream {
    authority: Authority,
    path: String,
}

impl Upstream {
    /// Reads an address such as `http://127.0.0.1:8998`, with a path if a gateway has one.
    ///
    /// # Errors
    /// It is not an `http` address. For `https`, put a proxy that ends TLS in between.
    pub fn parse(text: &str) -> Outcome<Self> {
        let wrong = || {
            Failure::new(format!(
                "{text} is not the address of a Livy server. Write it like http://127.0.0.1:8998."
            ))
        };
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        if uri.scheme() == Some(&Scheme::HTTPS) {
            return Err(Failure::new(format!(
                "{text}: this command speaks plain http only. Put nginx or Caddy in between, or forward the cluster's port with ssh -L."
            )));
        }
        match (uri.scheme() == Some(&Scheme::HTTP), uri.authority(), uri.query()) {
            (true, Some(authority), None) => {
                Ok(Self { authority: authority.clone(), path: uri.path().trim_end_matches('/').to_owned() })
            }
            _ => Err(wrong()),
        }
    }

    /// The address of `rest` (path and query, starting with a slash) on this server.
    fn address(&self, rest: &str) -> Option<Uri> {
        let path: PathAndQuery = format!("{}{rest}", self.path).parse().ok()?;
        Uri::builder()
            .scheme(Scheme::HTTP)
            .authority(self.authority.clone())
            .path_and_query(path)
            .build()
            .ok()
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.authority, self.path)
    }
}

/// A client that keeps connections to one Livy server.
pub struct Proxy {
    upstream: Upstream,
    client: Client<HttpConnector, Body>,
}

impl Proxy {
    /// A proxy to this server. Sends nothing yet.
    pub fn new(upstream: Upstream) -> Self {
        Self { upstream, client: Client::builder(TokioExecutor::new()).build_http() }
    }

    /// Sends `request` to the server, for the path and query in `rest`.
    pub async fn ask(&self, rest: &str, mut request: Request<Body>) -> Response<Body> {
        let Some(address) = self.upstream.address(rest) else {
            return sentence(StatusCode::BAD_REQUEST, "This path cannot be passed on.");
        };
        drop_connection_headers(request.headers_mut());
        request.headers_mut().remove(HOST);
        *request.uri_mut() = address;
        *request.version_mut() = axum::http::Version::HTTP_11;
        match self.client.request(request).await {
            Ok(mut answer) => {
                drop_connection_headers(answer.headers_mut());
                answer.map(Body::new)
            }
            Err(error) => {
                let reason =
                    std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
                sentence(
                    StatusCode::BAD_GATEWAY,
                    &format!("The Livy server at {} does not answer: {reason}.", self.upstream.authority),
                )
            }
        }
    }
}

fn drop_connection_headers(headers: &mut HeaderMap) {
    // The header `Connection` may name more of them.
    let named: Vec<HeaderName> = headers
        .get_all("connection")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in OF_ONE_CONNECTION {
        headers.remove(name);
    }
}

/// An answer that is one sentence of plain text.
pub fn sentence(status: StatusCode, words: &str) -> Response<Body> {
    let mut answer = Response::new(Body::from(format!("{words}\n")));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    answer
}

#[cfg(test)]
mod tests {
    use super::{Upstream, drop_connection_headers};
    use axum::http::{HeaderMap, HeaderValue};

    #[test]
    fn paths_are_joined_without_a_double_slash() {
        let address = |base, rest| Upstream::parse(base).unwrap().address(rest).unwrap().to_string();
        assert_eq!(address("http://h:8998", "/sessions?size=1"), "http://h:8998/sessions?size=1");
        assert_eq!(address("http://h:8998/", "/"), "http://h:8998/");
        assert_eq!(address("http://h/gateway/livy/v1/", "/version"), "http://h/gateway/livy/v1/version");
    }

    #[test]
    fn an_address_without_a_scheme_or_with_https_is_refused_with_a_sentence() {
        for wrong in ["localhost:8998", "8998", "http://", "ftp://h/", "http://h/?a=b"] {
            assert!(Upstream::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Upstream::parse("https://h").unwrap_err().to_string().contains("plain http"));
    }

    #[test]
    fn only_headers_of_the_connection_are_dropped() {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("connection", "close, x-hop"), ("x-hop", "1"), ("x-requested-by", "me"), ("cookie", "a=b")]
        {
            headers.insert(name, HeaderValue::from_static(value));
        }
        drop_connection_headers(&mut headers);
        let mut left: Vec<&str> = headers.keys().map(|name| name.as_str()).collect();
        left.sort_unstable();
        assert_eq!(left, ["cookie", "x-requested-by"]);
    }
}
