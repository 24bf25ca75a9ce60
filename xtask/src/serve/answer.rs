//! Which part of the server answers a request: the cluster, the page's files, or nobody.

use super::proxy::{Proxy, sentence};
use super::{Cluster, Headers, Settings};
use axum::body::Body;
use axum::http::header::LOCATION;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Request, Response, StatusCode, Uri};
use std::convert::Infallible;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// Where the page asks for the cluster when its mount node says nothing else.
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
    /// Prepares what these settings name; nothing is opened yet.
    pub fn new(settings: Settings) -> Self {
        let cluster = match settings.cluster {
            Cluster::Fake { seeded } => {
                let cluster =
                    fake_livy::Cluster::new(fake_livy::Options { seeded, ..fake_livy::Options::default() });
                Behind::Fake(fake_livy::serve::router(cluster))
            }
            Cluster::At(upstream) => Behind::At(Proxy::new(upstream)),
        };
        let files = ServeDir::new(settings.dir).precompressed_br().precompressed_gzip();
        Self { prefix: settings.prefix, headers: settings.headers, files, cluster }
    }
}

/// Who is to answer a path.
#[derive(Debug, PartialEq)]
enum Addressee<'a> {
    /// The cluster, with the path that it knows.
    Cluster(&'a str),
    /// A file, with its path in the folder.
    File(&'a str),
    /// The page stands here, but with a slash at the end, without which its relative addresses would miss.
    Slash,
    Nobody,
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
        _ => Addressee::Nobody,
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
                answer = sentence(StatusCode::NOT_FOUND, "There is no such file.");
            }
            site.headers.set(rest, answer.status(), answer.headers_mut());
            answer
        }
        Addressee::Slash => {
            let mut answer = sentence(
                StatusCode::PERMANENT_REDIRECT,
                "The page is at this address with a slash at its end.",
            );
            if let Ok(location) = HeaderValue::from_str(&site.prefix) {
                answer.headers_mut().insert(LOCATION, location);
            }
            answer
        }
        Addressee::Nobody => {
            sentence(StatusCode::NOT_FOUND, &format!("Nothing is here. The page is at {}.", site.prefix))
        }
    }
}

fn with_query(path: &str, uri: &Uri) -> String {
    uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

fn readdress(request: &mut Request<Body>, path_and_query: &str) {
    // Part of a path that was valid is valid.
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

    async fn ask(livy: &str, request: Request<Body>) -> (StatusCode, String) {
        let site = Site::new(Settings {
            dir: "nowhere".into(),
            port: 0,
            prefix: "/".to_owned(),
            cluster: Cluster::parse(livy).unwrap(),
            headers: Headers::default(),
        });
        let answer = answer(site.into(), request).await;
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn echo(method: Method, uri: Uri, headers: HeaderMap, body: String) -> (StatusCode, String) {
        let by = headers.get("x-requested-by").and_then(|value| value.to_str().ok()).unwrap_or("nobody");
        (StatusCode::CREATED, format!("{method} {uri} by {by}: {body}"))
    }

    #[tokio::test]
    async fn the_proxy_hands_on_method_path_query_headers_and_body() {
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
    async fn a_server_that_is_down_is_a_502_in_words() {
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
    fn under_a_sub_path_only_that_path_holds_the_page() {
        let at = |path| addressee(path, "/some/sub/path/");
        assert_eq!(at("/some/sub/path/"), Addressee::File("/"));
        assert_eq!(at("/some/sub/path/boot.js"), Addressee::File("/boot.js"));
        assert_eq!(at("/some/sub/path"), Addressee::Slash);
        assert_eq!(at("/some/sub/pathology"), Addressee::Nobody);
        assert_eq!(at("/"), Addressee::Nobody);
        assert_eq!(at("/livy/version"), Addressee::Cluster("/version"));
    }
}
