//! Decides which part of the server answers a request: the cluster, the page's files, or neither.

use super::proxy::{Proxy, sentence};
use super::{Cluster, Headers, Settings};
use axum::body::Body;
use axum::http::header::LOCATION;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Request, Response, StatusCode, Uri};
use std::convert::Infallible;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// Where the page expects the cluster by default.
const CLUSTER: &str = "/livy";

enum Behind {
    Fake(axum::Router),
    At(Proxy),
}

/// The page's files and the cluster behind them.
pub struct Site {
    prefix: String,
    headers: Headers,
    files: ServeDir,
    cluster: Behind,
}

impl Site {
    /// Prepares the files and the cluster; nothing is opened yet.
    pub fn new(settings: Settings) -> Self {
        let cluster = match settings.cluster {
            Cluster::Fake(options) => {
                let cluster = fake_livy::Cluster::new(options);
                Behind::Fake(fake_livy::serve::router(cluster))
            }
            Cluster::At(upstream) => Behind::At(Proxy::new(upstream)),
        };
        let files = ServeDir::new(settings.dir).precompressed_br().precompressed_gzip();
        Self { prefix: settings.prefix, headers: settings.headers, files, cluster }
    }
}

/// Who answers a path.
#[derive(Debug, PartialEq)]
enum Addressee<'a> {
    /// The cluster, with the path without the prefix.
    Cluster(&'a str),
    /// A file, with its path in the folder.
    File(&'a str),
    /// The page, but its last slash is missing: its relative addresses would be wrong.
    Slash,
    /// Nothing is here.
    Nothing,
}

fn addressee<'a>(path: &'a str, prefix: &str) -> Addressee<'a> {
    match path.strip_prefix(CLUSTER) {
        Some("") => return Addressee::Cluster("/"),
        Some(rest) if rest.starts_with('/') => return Addressee::Cluster(rest),
        _ => {}
    }
    let bare = prefix.trim_end_matches('/');
    match path.strip_prefix(bare) {
        Some("") => Addressee::Slash,
        Some(rest) if rest.starts_with('/') => Addressee::File(rest),
        _ => Addressee::Nothing,
    }
}

/// Answers one request.
pub async fn answer(site: std::sync::Arc<Site>, mut request: Request<Body>) -> Response<Body> {
    let path = request.uri().path().to_owned();
    match addressee(&path, &site.prefix) {
        Addressee::Cluster(rest) => {
            let rest = with_query(rest, request.uri());
            match &site.cluster {
                Behind::At(proxy) => proxy.ask(&rest, request).await,
                Behind::Fake(router) => {
                    readdress(&mut request, &rest);
                    router.clone().oneshot(request).await.unwrap_or_else(|never: Infallible| match never {})
                }
            }
        }
        Addressee::File(rest) => {
            readdress(&mut request, rest);
            let answer = site.files.clone().oneshot(request).await;
            let mut answer = answer.unwrap_or_else(|never: Infallible| match never {}).map(Body::new);
            if answer.status() == StatusCode::NOT_FOUND {
                answer = sentence(StatusCode::NOT_FOUND, "File not found.");
            }
            site.headers.set(rest, answer.status(), answer.headers_mut());
            answer
        }
        Addressee::Slash => {
            let mut answer = sentence(
                StatusCode::PERMANENT_REDIRECT,
                "The page is at this address with a slash at the end.",
            );
            if let Ok(location) = HeaderValue::from_str(&with_query(&site.prefix, request.uri())) {
                answer.headers_mut().insert(LOCATION, location);
            }
            site.headers.set("", answer.status(), answer.headers_mut());
            answer
        }
        Addressee::Nothing => {
            let mut answer =
                sentence(StatusCode::NOT_FOUND, &format!("Nothing is here. The page is at {}.", site.prefix));
            site.headers.set("", answer.status(), answer.headers_mut());
            answer
        }
    }
}

fn with_query(path: &str, uri: &Uri) -> String {
    uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

fn readdress(request: &mut Request<Body>, path_and_query: &str) {
    // A part of a valid path is valid.
    if let Ok(path) = path_and_query.parse::<PathAndQuery>() {
        *request.uri_mut() = Uri::from(path);
    }
}

#[cfg(test)]
mod tests {
    use super::{Addressee, Site, addressee, answer};
    use crate::serve::{Cluster, Headers, Settings};
    use axum::body::Body;
    use axum::http::{HeaderMap, Method, Request, StatusCode, Uri};
    use http_body_util::BodyExt;

    fn site(prefix: &str, livy: &str) -> Site {
        Site::new(Settings {
            dir: "nowhere".into(),
            port: 0,
            prefix: prefix.to_owned(),
            cluster: Cluster::parse(livy).unwrap(),
            headers: Headers::default(),
        })
    }

    #[tokio::test]
    async fn redirects_keep_the_query_and_no_answer_of_the_page_lacks_the_policy() {
        let site = std::sync::Arc::new(site("/console/", "fake"));
        for (path, status, location) in [
            ("/console?kind=sql&a=%20", 308, Some("/console/?kind=sql&a=%20")),
            ("/console", 308, Some("/console/")),
            ("/elsewhere", 404, None),
            ("/console/no-such-file", 404, None),
        ] {
            let answer = answer(site.clone(), Request::get(path).body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status().as_u16(), status, "{path}");
            let headers = answer.headers();
            assert_eq!(headers.get("location").map(|it| it.to_str().unwrap()), location);
            assert!(
                headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'self'"),
                "{path}"
            );
            assert_eq!(headers["cache-control"], "no-cache", "{path}");
        }
    }

    async fn ask(livy: &str, request: Request<Body>) -> (StatusCode, String) {
        let site = site("/", livy);
        let answer = answer(site.into(), request).await;
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn echo(method: Method, uri: Uri, headers: HeaderMap, body: String) -> (StatusCode, String) {
        let by = headers.get("x-requested-by").and_then(|value| value.to_str().ok()).unwrap_or("?");
        (StatusCode::CREATED, format!("{method} {uri} by {by}: {body}"))
    }

    #[tokio::test]
    async fn the_proxy_passes_on_method_path_query_headers_and_body() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/gateway", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, axum::Router::new().fallback(echo)).await });
        let request =
            Request::post("/livy/sessions?doAs=a%20b").header("X-Requested-By", "console").body("{}".into());
        let (status, text) = ask(&address, request.unwrap()).await;
        assert_eq!(status, StatusCode::CREATED);
        assert_eq!(text, "POST /gateway/sessions?doAs=a%20b by console: {}");
    }

    #[tokio::test]
    async fn a_server_that_is_down_is_a_502_with_a_sentence() {
        let request = Request::get("/livy/sessions").body(Body::empty()).unwrap();
        let (status, text) = ask("http://127.0.0.1:1", request).await;
        assert_eq!(status, StatusCode::BAD_GATEWAY);
        assert!(text.starts_with("The Livy server at 127.0.0.1:1 does not answer"), "{text}");
    }

    #[test]
    fn the_cluster_gets_its_own_path_without_the_prefix() {
        assert_eq!(addressee("/livy/sessions/1", "/"), Addressee::Cluster("/sessions/1"));
        assert_eq!(addressee("/livy", "/"), Addressee::Cluster("/"));
        assert_eq!(addressee("/livy-console-1.js", "/"), Addressee::File("/livy-console-1.js"));
    }

    #[test]
    fn under_a_sub_path_the_page_is_only_there() {
        let at = |path| addressee(path, "/some/sub/path/");
        assert_eq!(at("/some/sub/path/"), Addressee::File("/"));
        assert_eq!(at("/some/sub/path/livy-console.js"), Addressee::File("/livy-console.js"));
        assert_eq!(at("/some/sub/path"), Addressee::Slash);
        assert_eq!(at("/some/sub/pathology"), Addressee::Nothing);
        assert_eq!(at("/"), Addressee::Nothing);
        assert_eq!(at("/livy/version"), Addressee::Cluster("/version"));
    }
}
