//! Which cluster something in the browser belongs to.

use livy::{BaseUrl, origin};

/// What every key in the browser begins with, and every database.
pub(crate) const PREFIX: &str = "livy-console";

/// Which cluster a page shows, however its address was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster(String);

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
        Self(format!("{origin}{}", path.trim_end_matches('/')))
    }

    /// Its absolute address, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the database of its ended sessions.
    pub fn database(&self) -> String {
        format!("{PREFIX}:{}", self.0)
    }

    /// True for the database of any cluster, also under a name of earlier versions.
    pub fn is_database(name: &str) -> bool {
        name.strip_prefix(PREFIX).is_some_and(|it| it.starts_with(':'))
    }

    /// The name that the database had while it was called after the base URL as the host wrote it; `None` if it is the same.
    pub fn former_database(&self, base: &BaseUrl) -> Option<String> {
        let former = format!("{PREFIX}:{}", base.as_str());
        (former != self.database()).then_some(former)
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
}
