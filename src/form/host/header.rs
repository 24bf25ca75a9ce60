//! One further header that a gateway asks for on every call, such as Knox's `X-XSRF-Header`.

use crate::host::object::{Checked, Object, wrong};

/// A header of every call to a cluster. Everyone who can read the configuration can read it: it is no place for a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value, printable ASCII.
    pub value: String,
}

/// Headers that a page may not set (Fetch standard, "forbidden request-header"), that sign somebody in, or that are the console's own.
/// A method override would make another call of one. In lower case.
const NEVER: [&str; 30] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "range",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-requested-by",
    "x-requested-with",
];

/// How names begin that belong to the browser, also those of CORS.
const NEVER_BEGINS: [&str; 3] = ["access-control-", "proxy-", "sec-"];

impl Header {
    pub(crate) fn read(mut from: Object<'_>) -> Checked<Self> {
        let (name, value) = (from.text("name")?.unwrap_or_default(), from.text("value")?.unwrap_or_default());
        from.end()?;
        // RFC 9110 §5.6.2, "token".
        let is_token = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
        if name.is_empty() || !name.bytes().all(is_token) {
            return wrong("header.name", "Enter the name of a header, for example X-XSRF-Header.");
        }
        let lower = name.to_ascii_lowercase();
        if lower == "authorization" || lower == "cookie" {
            return wrong(
                "header.name",
                format!(
                    "Remove {name}: everyone can read this file. Sign in at the gateway, or through the page's host."
                ),
            );
        }
        if NEVER.contains(&lower.as_str()) || NEVER_BEGINS.iter().any(|it| lower.starts_with(it)) {
            return wrong("header.name", format!("Remove {name}: the browser or the console sets it."));
        }
        if value.is_empty() || !value.bytes().all(|it| (b' '..=b'~').contains(&it)) {
            return wrong(
                "header.value",
                "Enter a value of letters, digits and signs of ASCII, for example valid.",
            );
        }
        Ok(Self { name, value })
    }
}
