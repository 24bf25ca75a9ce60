//! How calls to a cluster are signed in: by the browser, or by its host's callback. What the callback gives stays with `sign-in.js`, in
//! memory.

use form::Header;
use js_sys::Promise;
use livy::{Answer, BaseUrl, Call, CallError, Method};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCredentials};

use crate::web::browser::fetch::{self, Signed};
use crate::web::browser::host::Host;
use crate::web::demo::Demo;

/// The way to one cluster.
pub struct Access {
    /// The cluster itself, where it is only pretended.
    demo: Option<Demo>,
    base: BaseUrl,
    host: Host,
    /// What its host calls the cluster; empty where it is the only one.
    key: String,
    header: Option<Header>,
}

impl Access {
    /// To the cluster with this key.
    pub fn new(
        demo: Option<Demo>,
        base: BaseUrl,
        host: Host,
        key: Option<String>,
        header: Option<Header>,
    ) -> Self {
        Self { demo, base, host, key: key.unwrap_or_default(), header }
    }

    /// True where the cluster is only pretended.
    pub fn is_demo(&self) -> bool {
        self.demo.is_some()
    }

    /// Performs a call. A read that was refused is asked for once more, after the host was asked again; what makes or deletes a session
    /// never is.
    pub async fn perform(&self, call: &Call, signal: &AbortSignal) -> Result<Answer, CallError> {
        if let Some(demo) = &self.demo {
            return demo.perform(call, signal).await;
        }
        let reads = call.method() == Method::Get;
        let value = self.value(if reads { "reading" } else { "sending" }, None).await?;
        if signal.aborted() {
            return Err(CallError::Unreachable);
        }
        let answer = fetch::perform(call, &self.base, &self.signed(value.clone()), signal).await;
        if !reads || answer.as_ref().is_ok_and(|it| it.status != 401) || answer.is_err() {
            return answer;
        }
        // Where it has no other value, what the server said stands.
        let next = self.value("refused", value.as_deref()).await.ok().flatten();
        if next.is_none() || signal.aborted() {
            return answer;
        }
        fetch::perform(call, &self.base, &self.signed(next), signal).await
    }

    /// Whether the cluster's address answers with a redirect; see [`fetch::redirects`].
    pub async fn redirects(&self, signal: &AbortSignal) -> bool {
        let Ok(value) = self.value("reading", None).await else { return false };
        fetch::redirects(&self.base, &self.signed(value), signal).await
    }

    /// The value of `Authorization`; `None` where the browser signs in by itself, and where the host gives none.
    ///
    /// # Errors
    /// [`CallError::Unsigned`]: the host does not answer, or fails.
    async fn value(&self, why: &str, refused: Option<&str>) -> Result<Option<String>, CallError> {
        let Some(ask) = self.host.function("signIn") else { return Ok(None) };
        let refused = refused.map_or(JsValue::NULL, JsValue::from_str);
        let asked = ask.call3(&JsValue::NULL, &why.into(), &self.key.as_str().into(), &refused);
        let asked = asked.ok().and_then(|it| it.dyn_into::<Promise>().ok()).ok_or(CallError::Unsigned)?;
        JsFuture::from(asked).await.map(|it| it.as_string()).map_err(|_| CallError::Unsigned)
    }

    fn signed(&self, value: Option<String>) -> Signed {
        let credentials = match self.host.text("credentials").as_deref() {
            Some("include") => RequestCredentials::Include,
            Some("omit") => RequestCredentials::Omit,
            Some(_) => RequestCredentials::SameOrigin,
            // Where the host signs in, the browser must not ask the person for a password of its own.
            None if self.host.function("signIn").is_some() => RequestCredentials::Omit,
            None => RequestCredentials::SameOrigin,
        };
        let further = self.header.iter().map(|it| (it.name.clone(), it.value.clone()));
        let headers = further.chain(value.map(|it| ("Authorization".to_owned(), it)));
        Signed { credentials, headers: headers.collect() }
    }
}
