//! Which cluster something in the browser belongs to.

use livy::{BaseUrl, origin};

/// What every key in the browser begins with, and every database.
pub(crate) const PREFIX: &str = "livy-console";

/// The address of the one that is only pretended: one of a real cluster begins with `http`, or with `/` in a page without an origin.
const PRETEND: &str = "demo:";

/// Which cluster a console shows, however its address was written, and in which space of the browser what it keeps is.
///
/// A cluster is told by its address, not by the key that its host gave it: a new key, or a list where there was none, loses nobody's
/// draft, and one key at two addresses is two clusters. Where one address is not enough, a space is added: one that the host has
/// named, or one for each console that shows the same cluster at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    address: String,
    /// Empty for that of the address itself. Never with one of `@`, `~`, `#`, `:` and `/`.
    space: String,
    /// Counted from 1, among the consoles that live in one document.
    place: u32,
}

impl Cluster {
    /// The cluster at a base URL, as a page at this address calls it. A path is one of the page's origin.
    pub fn of(base: &BaseUrl, page: &str) -> Self {
        let written = base.as_str();
        let (origin, path) = match base.origin() {
            Some(origin) => {
                let rest = written.split_once("://").map_or("", |it| it.1);
                (origin, rest.find('/').map_or("", |it| &rest[it..]))
            }
            // A page of no origin of its own, such as a file, has no storage to share either.
            None => (origin(page).unwrap_or_default(), written),
        };
        let address = format!("{origin}{}", path.trim_end_matches('/'));
        Self { address, space: String::new(), place: 1 }
    }

    /// The cluster of a demonstration, which no base URL leads to.
    pub fn pretend() -> Self {
        Self { address: PRETEND.to_owned(), space: String::new(), place: 1 }
    }

    /// True for a cluster that begins anew with each console: what is kept of its sessions would be of sessions that are gone.
    pub(crate) fn is_pretend(&self) -> bool {
        self.address == PRETEND
    }

    /// Its absolute address, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The same cluster in a space of the host's own: `storage-key` of the element.
    #[must_use]
    pub fn in_space(self, name: &str) -> Self {
        let mut space = String::new();
        for byte in name.trim().bytes() {
            match char::from(byte) {
                it if it.is_ascii_alphanumeric() || "-._".contains(it) => space.push(it),
                _ => space.push_str(&format!("%{byte:02X}")),
            }
        }
        Self { space, ..self }
    }

    /// The clusters of a configuration, each with its key, if it has one. Of those with one address the first has the address to
    /// itself, as it would without a list; the others are in spaces of their keys.
    pub fn apart(all: Vec<(Option<String>, Self)>) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for (key, cluster) in all {
            let is_shared = found.iter().any(|it| it.address == cluster.address && it.space == cluster.space);
            found.push(match key.filter(|_| is_shared) {
                Some(key) => cluster.in_space(&key),
                None => cluster,
            });
        }
        found
    }

    /// The same cluster beside the consoles that live in this document: a second one has a form and a create of its own. What is
    /// kept for all tabs they share.
    #[must_use]
    pub fn beside(self, live: &[Self]) -> Self {
        let mut here = self;
        while live.contains(&here) {
            here.place += 1;
        }
        here
    }

    /// What the browser keeps for all tabs is under this.
    pub(crate) fn scope(&self) -> String {
        if self.space.is_empty() { self.address.clone() } else { format!("{}@{}", self.space, self.address) }
    }

    /// What it keeps for one tab is under this.
    pub(crate) fn scope_in_tab(&self) -> String {
        if self.place == 1 { self.scope() } else { format!("{}~{}@{}", self.space, self.place, self.address) }
    }

    /// The name of the database of its ended sessions.
    pub fn database(&self) -> String {
        format!("{PREFIX}:{}", self.scope())
    }

    /// True for the database of any cluster, also under a name of earlier versions.
    pub fn is_database(name: &str) -> bool {
        name.strip_prefix(PREFIX).is_some_and(|it| it.starts_with(':'))
    }

    /// The name that the database had while it was called after the base URL as the host wrote it; `None` if it is the same, and in
    /// a space, where nothing was before.
    pub fn former_database(&self, base: &BaseUrl) -> Option<String> {
        let former = format!("{PREFIX}:{}", base.as_str());
        (self.space.is_empty() && former != self.database()).then_some(former)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(base: &str, page: &str) -> Cluster {
        Cluster::of(&BaseUrl::parse(base).unwrap(), page)
    }

    #[test]
    fn one_cluster_has_one_address_however_it_is_written() {
        let here = "https://host/livy";
        for (base, page) in [
            ("/livy", "https://host/a/index.html#/new"),
            ("/livy/", "https://host/b/"),
            ("/livy", "https://HOST:443/?x=1"),
            ("https://host/livy", "https://elsewhere/"),
            ("HTTPS://Host:443/livy//", "http://host/"),
            ("https://someone:secret@host/livy", "https://host/"),
        ] {
            assert_eq!(cluster(base, page).as_str(), here, "{base} on {page}");
        }
        for (base, page) in [
            ("/Livy", "https://host/"),
            ("/livy2", "https://host/"),
            ("", "https://host/"),
            ("/livy", "http://host/"),
            ("/livy", "https://host:8443/"),
            ("/livy", "https://other/"),
        ] {
            assert_ne!(cluster(base, page).as_str(), here, "{base} on {page}");
        }
        assert_eq!(cluster("", "https://host/a/").as_str(), "https://host");
        assert_eq!(cluster("https://host", "https://x/").as_str(), "https://host");
        assert_eq!(cluster("/livy", "about:srcdoc").as_str(), "/livy");
    }

    #[test]
    fn the_database_is_one_cluster_s() {
        let base = |it: &str| BaseUrl::parse(it).unwrap();
        let (written, page) = (["/livy", "https://host/livy", "https://HOST/livy"], "https://host/a/");
        for it in written {
            assert_eq!(Cluster::of(&base(it), page).database(), "livy-console:https://host/livy");
        }
        assert!(Cluster::is_database("livy-console:/livy") && !Cluster::is_database("livy-console-x"));
        let former = |it: &str| Cluster::of(&base(it), page).former_database(&base(it));
        assert_eq!(
            written.map(former),
            [Some("livy-console:/livy".to_owned()), None, Some("livy-console:https://HOST/livy".to_owned())]
        );
    }
    #[test]
    fn a_list_loses_nothing_and_keeps_apart_what_has_one_address() {
        let page = "https://host/a/";
        let one = |base: &str| cluster(base, page);
        let key = |it: &str| Some(it.to_owned());
        let all = Cluster::apart(vec![
            (key("prod"), one("/livy")),
            (key("test"), one("/test")),
            (key("lab"), one("https://host/livy/")),
        ]);
        assert_eq!(all[..2], [one("/livy"), one("/test")], "as without a list, and whatever the keys are");
        assert_eq!(all[2], one("/livy").in_space("lab"));
        assert_eq!(all[2].database(), "livy-console:lab@https://host/livy");
        assert_eq!(all[2].as_str(), "https://host/livy");
        assert_eq!(Cluster::apart(vec![(None, one("/livy"))]), [one("/livy")]);
        // One key at two addresses, on two pages of one origin.
        let shared = |base: &str| Cluster::apart(vec![(None, one(base)), (key("x"), one(base))]).remove(1);
        assert_ne!(shared("/livy").scope(), shared("/livy2").scope());
    }

    #[test]
    fn no_address_is_that_of_the_pretend_cluster() {
        let pretend = Cluster::pretend();
        for page in ["https://host/", "about:srcdoc", "file:///a.html", "demo:"] {
            for base in ["", "/livy", "/demo:", "https://pretend.invalid/livy", "https://demo:80"] {
                let other = cluster(base, page);
                assert!(!other.is_pretend(), "{base} on {page}");
                assert_ne!(other.scope(), pretend.scope(), "{base} on {page}");
            }
        }
        let second = pretend.clone().beside(std::slice::from_ref(&pretend)).in_space("a");
        assert!(pretend.is_pretend() && second.is_pretend());
        assert_ne!(second.scope_in_tab(), pretend.scope_in_tab());
    }

    #[test]
    fn whatever_the_host_calls_a_space_it_is_one() {
        let here = cluster("/livy", "https://host/");
        let names = ["a", "A", "a b", "a@b", "a~2", "a%40b", "https://host/livy", "größe", "a#1"];
        let mut scopes: Vec<String> = names.map(|it| here.clone().in_space(it).scope()).into();
        scopes.extend(
            names.map(|it| here.clone().in_space(it).beside(&[here.clone().in_space(it)]).scope_in_tab()),
        );
        scopes.push(here.scope());
        scopes.push(cluster("/livy~2", "https://host/").scope());
        scopes.push(cluster("/a@https://host/livy", "https://host/").scope());
        let count = scopes.len();
        scopes.sort();
        scopes.dedup();
        assert_eq!(scopes.len(), count);
        assert_eq!(here.clone().in_space(" "), here, "an empty name is none");
        assert_eq!(here.clone().in_space("a").former_database(&BaseUrl::parse("/livy").unwrap()), None);
    }

    #[test]
    fn a_second_console_of_a_document_has_a_place_of_its_own() {
        let here = cluster("/livy", "https://host/");
        let second = here.clone().beside(std::slice::from_ref(&here));
        let third = here.clone().beside(&[second.clone(), here.clone()]);
        assert_eq!(here.scope_in_tab(), "https://host/livy");
        assert_eq!(
            (second.scope_in_tab(), third.scope_in_tab()),
            ("~2@https://host/livy".to_owned(), "~3@https://host/livy".to_owned())
        );
        assert_eq!(
            (second.scope(), second.database()),
            (here.scope(), here.database()),
            "shared by all tabs"
        );
        // When the first one is gone, its place is free.
        assert_eq!(here.clone().beside(&[second]), here);
        let other = cluster("/livy2", "https://host/");
        assert_eq!(here.clone().beside(&[other, here.clone().in_space("a")]), here);
    }
}
