//! Where in the console somebody is: the part of the address behind `#`.

use form::is_cluster_key;
use livy::{Address, SessionId};

use crate::Moment;

/// A page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `#/`
    Sessions,
    /// `#/new`
    New,
    /// `#/sessions/{id or name}`
    Session(Address),
    /// `#/sessions/{id}?remembered={milliseconds}`: what this page remembers of a session that the server has forgotten, by its
    /// id and when it was first seen. It causes no call of its own.
    Remembered(Address, Moment),
    /// An address of no page, kept to be shown. It causes no call of its own.
    Malformed(String),
}

/// The name in the query of a session's page that tells a remembered session from whoever has its id now.
const REMEMBERED: &str = "remembered";

/// A route, the cluster that it is of, and the query behind it, decoded, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The key of the cluster, where one is named: `#/@key/sessions/13`. It need not be the key of any: that is for whoever knows
    /// the clusters to say. Without one, the first cluster is meant.
    pub cluster: Option<String>,
    /// The page.
    pub route: Route,
    /// Names and values of `?a=b&c=d`; those that cannot be decoded are kept as they are.
    pub query: Vec<(String, String)>,
}

impl Place {
    /// Reads `location.hash`, with or without its `#`: without, it is a route as the host writes it.
    pub fn parse(hash: &str) -> Self {
        let text = hash.strip_prefix('#').unwrap_or(hash);
        let (cluster, text) = of_cluster(text);
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let route = match path.trim_matches('/') {
            "" => Route::Sessions,
            "new" => Route::New,
            path => {
                let segment = path.strip_prefix("sessions/").and_then(|it| percent_decoded(it, false));
                // A slash in a segment is refused even in its encoded form: behind a gateway it may lead elsewhere.
                let address =
                    segment.filter(|it| !it.contains(['/', '\\'])).and_then(|it| Address::parse(&it));
                address.map_or_else(|| Route::Malformed(text.to_owned()), Route::Session)
            }
        };
        let decoded = |text: &str| percent_decoded(text, true).unwrap_or_else(|| text.to_owned());
        let pair = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        };
        let mut query: Vec<_> = query.split('&').filter(|it| !it.is_empty()).map(pair).collect();
        let since = |it: &(String, String)| (it.0 == REMEMBERED).then(|| it.1.parse().ok()).flatten();
        let since: Option<u64> = query.iter().find_map(since);
        let route = match (route, since) {
            (Route::Session(address), Some(since)) => {
                query.retain(|it| it.0 != REMEMBERED);
                Route::Remembered(address, Moment::from_millis(since))
            }
            (route, _) => route,
        };
        Self { cluster: cluster.map(str::to_owned), route, query }
    }

    /// The address of the place, with its `#`: what [`Place::parse`] reads back.
    pub fn href(&self) -> String {
        let mut href = self.route.href_in(self.cluster.as_deref());
        // Such an address holds its query already.
        if !matches!(self.route, Route::Malformed(_)) {
            for (name, value) in &self.query {
                href.push(if href.contains('?') { '&' } else { '?' });
                href.push_str(&format!("{}={}", percent_encoded(name), percent_encoded(value)));
            }
        }
        href
    }
}

/// The cluster's key at the beginning of an address, and what follows it. An address with a key that cannot be one is left whole, and is
/// one of no page.
fn of_cluster(text: &str) -> (Option<&str>, &str) {
    let rest = text.trim_start_matches('/').strip_prefix('@');
    let split = rest.map(|it| it.split_at(it.find(['/', '?']).unwrap_or(it.len())));
    match split {
        Some((key, rest)) if is_cluster_key(key) => (Some(key), rest),
        _ => (None, text),
    }
}

impl Route {
    /// The page of a session.
    pub fn of(id: &SessionId) -> Self {
        Self::Session(id.address().clone())
    }

    /// True for the page of a session.
    pub fn is_of_a_session(&self) -> bool {
        matches!(self, Self::Session(_) | Self::Remembered(..))
    }

    /// The route as the host writes it: `/`, `/new`, `/sessions/13`. [`Place::parse`] reads it back.
    pub fn text(&self) -> String {
        match self {
            Self::Sessions => "/".to_owned(),
            Self::New => "/new".to_owned(),
            Self::Session(address) => format!("/sessions/{}", address.segment()),
            Self::Remembered(address, since) => {
                format!("/sessions/{}?{REMEMBERED}={}", address.segment(), since.as_millis())
            }
            Self::Malformed(text) => text.clone(),
        }
    }

    /// The address of the page, with its `#`, on the only cluster or the first one.
    pub fn href(&self) -> String {
        self.href_in(None)
    }

    /// The address of the page on the cluster with this key.
    pub fn href_in(&self, cluster: Option<&str>) -> String {
        match cluster {
            Some(key) => format!("#/@{key}{}", self.text()),
            None => format!("#{}", self.text()),
        }
    }
}

/// All but the unreserved characters of RFC 3986, and those that a query may hold as they are and that make it readable.
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Percent-decoded UTF-8; in a query `+` is a blank. `None` where the escapes or the bytes are wrong.
fn percent_decoded(text: &str, plus_is_blank: bool) -> Option<String> {
    let digit = |it: u8| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? << 4 | digit(rest.next()?)?,
            b'+' if plus_is_blank => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(text: &str) -> Route {
        Route::Session(Address::parse(text).unwrap())
    }

    #[test]
    fn the_routes_of_the_contract() {
        let cases = [
            ("", Route::Sessions),
            ("#", Route::Sessions),
            ("#/", Route::Sessions),
            ("#/new", Route::New),
            ("#/new/", Route::New),
            ("#/sessions/13", session("13")),
            ("#/sessions/a%20b", session("a b")),
            ("#/sessions/gr%C3%B6%C3%9Fe", session("größe")),
            ("#/sessions/a+b", session("a+b")),
            ("/sessions/13", session("13")),
            ("/", Route::Sessions),
            (
                "#/sessions/a%20b?remembered=12",
                Route::Remembered(Address::parse("a b").unwrap(), Moment::from_millis(12)),
            ),
        ];
        for (hash, route) in cases {
            assert_eq!(Place::parse(hash).route, route, "{hash}");
            assert_eq!(Place::parse(&route.href()).route, route, "{hash}");
        }
    }

    #[test]
    fn what_is_not_remembered_by_a_moment_is_asked_for() {
        let place = Place::parse("#/sessions/3?remembered=yes");
        assert_eq!(
            (place.route.href().as_str(), place.query),
            ("#/sessions/3", vec![("remembered".to_owned(), "yes".to_owned())])
        );
        assert!(matches!(Place::parse("#/new?remembered=1").route, Route::New));
    }

    #[test]
    fn a_malformed_route_leads_nowhere() {
        for hash in [
            "#/sessions/%",
            "#/sessions/..%2f..%2fx",
            "#/sessions/..",
            "#/sessions/%2e%2e",
            "#/sessions/a/b",
            "#/sessions/a%2Fb",
            "#/sessions/%ff",
            "#/sessions/a%00",
            "#/nowhere",
            "#/sessions/",
            "#/sessions/a%5Cb",
            "#/sessions/%4",
        ] {
            assert!(matches!(Place::parse(hash).route, Route::Malformed(_)), "{hash}");
        }
    }

    #[test]
    fn a_link_to_the_form_leads_back_to_it() {
        let form = |query: &[(String, String)]| {
            Place { cluster: None, route: Route::New, query: query.to_vec() }.href()
        };
        let pairs = [("kind", "pyspark"), ("jars", "wasb://c@a/x y&z=1#é+%.jar"), ("conf.spark.a", "\n\"'")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let place = Place::parse(&form(&pairs));
        assert_eq!((place.route, place.query.as_slice()), (Route::New, pairs.as_slice()));
        assert_eq!(form(&[]), "#/new");
    }

    #[test]
    fn a_route_may_name_its_cluster() {
        for (hash, cluster, route) in [
            ("#/@prod", "prod", Route::Sessions),
            ("#/@prod/", "prod", Route::Sessions),
            ("#/@prod/new", "prod", Route::New),
            ("/@a-1/sessions/13", "a-1", session("13")),
            (
                "#/@a/sessions/3?remembered=12",
                "a",
                Route::Remembered(Address::parse("3").unwrap(), Moment::from_millis(12)),
            ),
            ("#/@a/nowhere?x=1", "a", Route::Malformed("/nowhere?x=1".to_owned())),
            ("#/@a/@b", "a", Route::Malformed("/@b".to_owned())),
        ] {
            let place = Place::parse(hash);
            assert_eq!((place.cluster.as_deref(), &place.route), (Some(cluster), &route), "{hash}");
            assert_eq!(Place::parse(&route.href_in(Some(cluster))).route, route, "{hash}");
        }
        let place = Place::parse("#/@prod/new?kind=sql&x=a+b");
        assert_eq!((place.href().as_str(), place.query.len()), ("#/@prod/new?kind=sql&x=a%20b", 2));
    }

    #[test]
    fn a_key_that_can_be_none_leads_nowhere() {
        let long = format!("#/@{}/new", "a".repeat(41));
        for hash in [
            "#/@",
            "#/@/new",
            "#/@Prod/new",
            "#/@a_b",
            "#/@a%20b/new",
            "#/@größe/",
            &long,
            "#/@..",
            "#/@?a=b",
        ] {
            let place = Place::parse(hash);
            assert!(
                place.cluster.is_none() && matches!(place.route, Route::Malformed(_)),
                "{hash}: {place:?}"
            );
        }
    }

    #[test]
    fn the_query_is_decoded() {
        let place = Place::parse("#/new?kind=pyspark&jars=%2Fa.jar&name=a+b&x&=y&bad=%");
        let expected =
            [("kind", "pyspark"), ("jars", "/a.jar"), ("name", "a b"), ("x", ""), ("", "y"), ("bad", "%")];
        assert_eq!(place.route, Route::New);
        assert_eq!(place.query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
