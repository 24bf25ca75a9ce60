//! Files beside the page.

use gloo_net::http::RequestBuilder;
use web_sys::{RequestCache, RequestCredentials};

/// The newest version of a file: the status of the answer, and the text that came. `None` where no whole answer came.
pub async fn read(place: &str) -> Option<(u16, String)> {
    let asked = RequestBuilder::new(place)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::SameOrigin)
        .send()
        .await;
    let response = asked.ok()?;
    let text = match response.text().await {
        Err(_) if response.ok() => return None,
        text => text.unwrap_or_default(),
    };
    Some((response.status(), text))
}
