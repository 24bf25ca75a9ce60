//! One HTTP call by the browser's `fetch`. It sends what it is given and decides nothing.

use crate::web::browser::surroundings::Surroundings;
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Reflect, Uint8Array};
use livy::{Answer, BaseUrl, Call, CallError, Cut};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect, ResponseType,
};

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
    let (body, cut) = match call.limit() {
        Some(limit) => {
            let bytes = beginning(&response, limit).await;
            let bytes = bytes.map_err(|_| gloo_net::Error::GlooError(String::new()))?;
            // Of another origin the page may not see all headers: what it sees may be the size of a compressed body.
            let is_plain = response.type_() == ResponseType::Basic && header("content-encoding").is_none();
            let size = header("content-length").filter(|_| is_plain).and_then(|it| it.parse().ok());
            Cut::text(bytes, limit, size)
        }
        None => (text(&response).await?, None),
    };
    Ok(Answer { status, content_type, retry_after, location, redirected, body, cut })
}

/// The body, or of one that has more bytes than the limit, a little more than so many: then the rest is not fetched.
async fn beginning(response: &Response, limit: usize) -> Result<Vec<u8>, JsValue> {
    let (mut pieces, mut length) = (Vec::new(), 0);
    if let Some(body) = response.body() {
        let reader = ReadableStreamDefaultReader::new(&body)?;
        loop {
            let read = JsFuture::from(reader.read()).await?;
            // At the end there is none.
            let Ok(piece) = Reflect::get(&read, &"value".into())?.dyn_into::<Uint8Array>() else { break };
            length += piece.length() as usize;
            pieces.push(piece);
            if length > limit {
                // What comes of that nobody waits for; as a future it has somebody who hears of its failure.
                drop(JsFuture::from(reader.cancel()));
                break;
            }
        }
    }
    // Once it is known how much there is: a place that grows is copied each time.
    let mut bytes = Vec::with_capacity(length);
    for piece in pieces {
        bytes.extend_from_slice(&piece.to_vec());
    }
    Ok(bytes)
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

/// As the browser's own `text()` reads it, which would make two copies more of a long log: one as UTF-16, one on the way back.
async fn text(response: &Response) -> Result<String, gloo_net::Error> {
    Ok(Cut::text(response.binary().await?, usize::MAX, None).0)
}

/// A file beside the program; `None` where it does not come.
pub async fn file(name: &'static str) -> Option<String> {
    let address = Surroundings::here()?.host()?.file(name);
    let response =
        RequestBuilder::new(&address).credentials(RequestCredentials::SameOrigin).send().await.ok()?;
    if response.ok() { text(&response).await.ok() } else { None }
}
