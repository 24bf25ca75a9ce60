//! Where things are: the base URL of a cluster and the path segment that names one session.
//! Nothing here reads or writes a whole URL; only [`crate::Call`] does that.

use std::fmt;

use serde_json::Value;

/// The address of Livy's REST root as the page sees it, without a trailing slash: `/livy`, `https://gateway/knox/livy`.
///
/// Livy has no CORS answer of its own, so it is normally a path of the page's origin behind a proxy (docs/protocol.md §5).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct BaseUrl(String);

const PRETEND: &str = "https://pretend.invalid/livy";

impl BaseUrl {
    /// Accepts an absolute path or an `http`/`https` URL, without query, fragment or blanks. `None` for all else, so that
    /// no other scheme can be called by a mistake in the configuration.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('/');
        let lower = text.to_ascii_lowercase();
        let path = text.is_empty() || (text.starts_with('/') && !text.starts_with("//"));
        let remote = ["http://", "https://"]
            .iter()
            .any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len());
        let plain = !text
            .contains(|it: char| it.is_whitespace() || it.is_control() || matches!(it, '?' | '#' | '\\'));
        ((path || remote) && plain).then(|| Self(text.to_owned()))
    }

    /// Stands for a cluster that is only pretended, where an address is shown or copied: under a name that nobody can have
    /// (RFC 6761 §6.4). No call is sent there.
    pub fn pretend() -> Self {
        Self(PRETEND.to_owned())
    }

    /// True for [`BaseUrl::pretend`].
    pub fn is_pretend(&self) -> bool {
        self.0 == PRETEND
    }

    /// The text that every call's path is put behind.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The origin it names; `None` for a path of the page's own.
    pub fn origin(&self) -> Option<String> {
        origin(&self.0)
    }

    /// True when it holds a user name or a password: `fetch` refuses such an address (Fetch standard, "new Request" 5.4).
    pub fn has_credentials(&self) -> bool {
        authority(&self.0).is_some_and(|(_, authority)| authority.contains('@'))
    }

    /// To be shown and copied: without user name and password.
    pub fn shown(&self) -> String {
        match authority(&self.0) {
            Some((scheme, authority)) => {
                let (host, rest) = (host(authority), &self.0[scheme.len() + "://".len() + authority.len()..]);
                format!("{scheme}://{host}{rest}")
            }
            None => self.0.clone(),
        }
    }
}

/// The origin of an absolute URL as browsers write it: lower case, no port that its scheme implies, no user name.
pub fn origin(url: &str) -> Option<String> {
    let (scheme, authority) = authority(url)?;
    let (scheme, host) = (scheme.to_ascii_lowercase(), host(authority).to_ascii_lowercase());
    let implied = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    let host = host.strip_suffix(implied).unwrap_or(&host);
    (!host.is_empty()).then(|| format!("{scheme}://{host}"))
}

/// Scheme and authority (user, host, port) of an absolute URL.
fn authority(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    Some((scheme, rest.split(['/', '?', '#']).next().unwrap_or(rest)))
}

/// Host and port of an authority.
fn host(authority: &str) -> &str {
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

/// What stands after `/sessions/`: an id or a name, fit to be one path segment.
///
/// Invariant: not empty, no control character, and no part between slashes or backslashes is `.` or `..`. A browser resolves
/// dot segments even when they are percent-encoded (WHATWG URL, "double-dot path segment"), so such a session cannot be
/// addressed at all; a gateway that decodes `%2F` must not be led elsewhere either.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// `None` when the text cannot be addressed, see the type's invariant.
    pub fn parse(text: &str) -> Option<Self> {
        let leads_elsewhere = |part: &str| matches!(part, "." | "..");
        let fits = !text.is_empty()
            && !text.contains(char::is_control)
            && !text.split(['/', '\\']).any(leads_elsewhere);
        fits.then(|| Self(text.to_owned()))
    }

    /// The id or name, not encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Percent-encoded as one path segment (RFC 3986 §2.3: all but the unreserved characters).
    pub fn segment(&self) -> String {
        let mut segment = String::with_capacity(self.0.len());
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                segment.push(char::from(byte));
            } else {
                segment.push('%');
                for digit in [byte >> 4, byte & 15] {
                    segment.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        }
        segment
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A session's id, opaque: Livy counts from 0, other servers that speak its protocol use GUID strings.
///
/// It is not an identity over time: ids restart when Livy restarts (docs/protocol.md §0, 12).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(Address);

impl SessionId {
    /// From the JSON of an answer: a number or a text. `None` for anything that cannot be addressed.
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = match value {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            _ => return None,
        };
        Address::parse(&text).map(Self)
    }

    /// The id of a session that was found at this address.
    pub(crate) fn at(address: &Address) -> Self {
        Self(address.clone())
    }

    /// The id as a path segment.
    pub fn address(&self) -> &Address {
        &self.0
    }

    /// True where the server gives it once and never again: other servers than Livy use UUIDs, which do not begin at 0 after a restart.
    pub fn lasts(&self) -> bool {
        crate::dialect::session::lasts(self.as_str())
    }

    /// The id as the server wrote it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_a_path_or_http() {
        let cases = [
            ("/livy", Some("/livy")),
            ("/livy/", Some("/livy")),
            ("/a/b//", Some("/a/b")),
            ("", Some("")),
            ("/", Some("")),
            (" https://host:8998/livy ", Some("https://host:8998/livy")),
            ("HTTP://host", Some("HTTP://host")),
            ("livy", None),
            ("//evil.example/livy", None),
            ("javascript:alert(1)", None),
            ("https://", None),
            ("demo:", None),
            ("/livy?x=1", None),
            ("/livy#x", None),
            ("/li vy", None),
            ("/livy\\x", None),
        ];
        for (text, expected) in cases {
            assert_eq!(BaseUrl::parse(text).as_ref().map(BaseUrl::as_str), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_pretended_has_an_address_that_can_be_shown() {
        let base = BaseUrl::pretend();
        assert!(base.is_pretend() && !BaseUrl::default().is_pretend());
        assert_eq!(BaseUrl::parse(base.as_str()), Some(base.clone()));
        assert!(base.origin().is_some_and(|it| it.ends_with(".invalid")), "{base:?}");
    }

    #[test]
    fn an_origin_is_written_as_browsers_do() {
        let rows = [
            ("/livy", None, "/livy"),
            ("", None, ""),
            (
                "https://gw.example:8443/a/livy",
                Some("https://gw.example:8443"),
                "https://gw.example:8443/a/livy",
            ),
            ("HTTPS://Gw.Example:443/livy", Some("https://gw.example"), "HTTPS://Gw.Example:443/livy"),
            ("http://h:80", Some("http://h"), "http://h:80"),
            ("http://h:8080", Some("http://h:8080"), "http://h:8080"),
            ("http://[::1]:8998/x", Some("http://[::1]:8998"), "http://[::1]:8998/x"),
            ("https://u:p@h/livy", Some("https://h"), "https://h/livy"),
            ("https://u@p@h/l@t", Some("https://h"), "https://h/l@t"),
        ];
        for (text, origin, shown) in rows {
            let base = BaseUrl::parse(text).unwrap();
            assert_eq!((base.origin().as_deref(), base.shown().as_str()), (origin, shown));
            assert_eq!(base.has_credentials(), text.contains("@h"), "{text}");
        }
    }

    #[test]
    fn an_address_never_leaves_its_segment() {
        for text in ["", ".", "..", "a/../b", "../x", "..\\x", "/.", "a\nb", "\u{0}"] {
            assert_eq!(Address::parse(text), None, "{text:?}");
        }
        let cases = [
            ("13", "13"),
            ("lab-1", "lab-1"),
            ("a/b", "a%2Fb"),
            ("//", "%2F%2F"),
            ("a\\b", "a%5Cb"),
            ("a b?#%", "a%20b%3F%23%25"),
            ("größe", "gr%C3%B6%C3%9Fe"),
            ("...", "..."),
        ];
        for (text, segment) in cases {
            assert_eq!(Address::parse(text).map(|it| it.segment()).as_deref(), Some(segment));
        }
    }

    #[test]
    fn ids_are_numbers_or_texts() {
        let id =
            |json: &str| SessionId::from_json(&serde_json::from_str(json).unwrap()).map(|it| it.to_string());
        assert_eq!(id("13").as_deref(), Some("13"));
        assert_eq!(id("\"3f2a-77\"").as_deref(), Some("3f2a-77"));
        assert_eq!(id("\"..\""), None);
        assert_eq!(id("null"), None);
        assert_eq!(id("[1]"), None);
    }
}
