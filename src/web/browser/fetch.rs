//! One HTTP call by the browser's `fetch`. It sends what it is given and decides nothing.

use crate::web::browser::surroundings::Surroundings;
use gloo_net::http::{Method, RequestBuilder, Response};
use livy::{Answer, BaseUrl, Call, CallError};
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestRedirect, ResponseType};

/// How a call is signed in.
pub struct Signed {
    /// Whether the browser sends what it has: cookies, and what it signs in with by itself.
    pub credentials: RequestCredentials,
    /// Headers beside the call's own. Their values are ones that a browser takes.
    pub headers: Vec<(String, String)>,
}

impl Signed {
    fn onto(&self, request: RequestBuilder) -> RequestBuilder {
        let request = request.credentials(self.credentials).cache(RequestCache::NoStore);
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }
}

/// Performs a call. Whatever keeps an answer from coming is [`CallError::Unreachable`]: what the browser
/// says of it stands around the call, see [`crate::web::browser::witness`].
pub async fn perform(
    call: &Call,
    base: &BaseUrl,
    signed: &Signed,
    signal: &AbortSignal,
) -> Result<Answer, CallError> {
    send(call, base, signed, signal).await.map_err(|_| CallError::Unreachable)
}

async fn send(
    call: &Call,
    base: &BaseUrl,
    signed: &Signed,
    signal: &AbortSignal,
) -> Result<Answer, gloo_net::Error> {
    let method = match call.method() {
        livy::Method::Get => Method::GET,
        livy::Method::Post => Method::POST,
        livy::Method::Delete => Method::DELETE,
    };
    let mut request =
        signed.onto(RequestBuilder::new(&call.url(base))).method(method).abort_signal(Some(signal));
    for (name, value) in call.headers() {
        request = request.header(name, value);
    }
    let response = match call.body() {
        Some(body) => request.body(body)?.send().await?,
        None => request.send().await?,
    };
    let header = |name: &str| response.headers().get(name);
    let (status, content_type) = (response.status(), header("content-type"));
    let retry_after = header("retry-after").and_then(|it| seconds_from_now(it.trim()));
    let (location, redirected) = (header("location"), response.redirected());
    Ok(Answer { status, content_type, retry_after, location, redirected, body: text(&response).await? })
}

/// A `Retry-After`, a number of seconds or a date (RFC 9110 §10.2.3).
fn seconds_from_now(text: &str) -> Option<u32> {
    let of_date = || {
        let seconds = (js_sys::Date::parse(text) - js_sys::Date::now()) / 1_000.0;
        // What is no date is no number either.
        (seconds > 0.0).then_some(seconds as u32)
    };
    text.parse().ok().or_else(of_date)
}

/// Whether the cluster's address answers with a redirect: asked without following it, the browser shows that there is one. For a
/// call that failed without an answer, since a redirect to where the page may not ask fails like a server that is down.
pub async fn redirects(base: &BaseUrl, signed: &Signed, signal: &AbortSignal) -> bool {
    let call = Call::Sessions { from: 0, size: 1 };
    let request = signed
        .onto(RequestBuilder::new(&call.url(base)))
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(signal));
    request.send().await.is_ok_and(|it| it.type_() == ResponseType::Opaqueredirect)
}

/// As the browser's own `text()` reads it (Encoding Standard, "UTF-8 decode"), which would make two copies more of a long log: one
/// as UTF-16, one on the way back.
async fn text(response: &Response) -> Result<String, gloo_net::Error> {
    let mut bytes = response.binary().await?;
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|it| String::from_utf8_lossy(it.as_bytes()).into_owned()))
}

/// A file beside the program; `None` where it does not come.
pub async fn file(name: &'static str) -> Option<String> {
    let address = Surroundings::here()?.host()?.file(name);
    let response =
        RequestBuilder::new(&address).credentials(RequestCredentials::SameOrigin).send().await.ok()?;
    if response.ok() { text(&response).await.ok() } else { None }
}
