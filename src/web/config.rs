//! What the host of the page has set: attributes of the element that the console is mounted in.

use livy::BaseUrl;
use web_sys::Element;

/// The settings of one console.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the cluster is asked: `data-base-url`, `/livy` where it is missing.
    pub base: BaseUrl,
}

impl Config {
    /// Reads the attributes; the error is a sentence for whoever hosts the page.
    pub fn of(element: &Element) -> Result<Self, String> {
        let text = element.get_attribute("data-base-url").unwrap_or_else(|| "/livy".to_owned());
        let base = BaseUrl::parse(&text).ok_or_else(|| {
            format!("data-base-url is “{text}”. Write a path such as /livy, or a URL that begins with http:// or https://.")
        })?;
        Ok(Self { base })
    }
}
