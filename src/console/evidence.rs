//! What is known around a call that failed: what the browser tells of the page, its network, and what was stopped.

use livy::{BaseUrl, origin};

/// What the browser tells about the page and its network. Gathered when a call fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where the cluster is asked.
    pub base: BaseUrl,
    /// The page's origin: `https://portal.example`.
    pub page: String,
    /// `navigator.onLine`. Only `false` is certain (HTML standard §8.10.1.8): a network that leads nowhere is `true`.
    pub online: bool,
    /// The latest call that a Content-Security-Policy stopped, until an answer comes.
    pub blocked: Option<Blocked>,
    /// True when the address, asked without following, answered with a redirect. It proves that something answers.
    pub redirects: bool,
}

impl Default for Evidence {
    fn default() -> Self {
        Self { base: BaseUrl::default(), page: String::new(), online: true, blocked: None, redirects: false }
    }
}

impl Evidence {
    /// True where asking once more, without following redirects, could tell more: a browser hides the redirect that it may not
    /// follow, and shows it to who does not want to follow, but only on the page's own origin (Fetch standard, "HTTP fetch").
    pub fn could_redirect(&self) -> bool {
        let is_own_origin = self.base.origin().is_none_or(|it| it == self.page);
        self.online && is_own_origin && !self.base.has_credentials() && self.blocked.is_none()
    }
}

/// A `securitypolicyviolation` that was enforced, in the event's own words (CSP 3 §5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// What was stopped: a URL, or a word such as `inline`. Of a redirected call it is the address before the redirect.
    pub uri: String,
    /// The directive that decides it: `connect-src`, also where the policy only has `default-src`.
    pub directive: String,
    /// The whole policy.
    pub policy: String,
}

impl Blocked {
    /// Whether this is about a call to the cluster at `base` from a page of the origin `page`. Some browsers tell only the origin
    /// of another site's address.
    pub fn is_of(&self, base: &BaseUrl, page: &str) -> bool {
        let wanted = base.origin().unwrap_or_else(|| page.to_owned());
        let path = |url: &str| {
            let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
            rest.find('/').map_or("", |at| &rest[at..]).trim_end_matches('/').to_owned()
        };
        let (asked, under) = (path(&self.uri), path(base.as_str()));
        let inside = asked.strip_prefix(&under).is_some_and(|it| it.is_empty() || it.starts_with(['/', '?']));
        ["connect-src", "default-src"].contains(&self.directive.as_str())
            && origin(&self.uri).is_some_and(|it| it == wanted)
            && (inside || (asked.is_empty() && wanted != page))
    }

    /// Whether the policy names the address as allowed: another origin by itself, the page's own as `'self'`.
    pub(crate) fn allows(&self, elsewhere: Option<&str>) -> bool {
        let sources = |name: &str| {
            self.policy
                .split(';')
                .map(str::trim_start)
                .find_map(|it| it.strip_prefix(name)?.strip_prefix(' '))
        };
        let sources = sources("connect-src").or_else(|| sources("default-src")).unwrap_or_default();
        sources.split(' ').any(|it| match elsewhere {
            Some(wanted) => origin(it).as_deref() == Some(wanted),
            None => it == "'self'",
        })
    }
}
