//! What the browser's storage is asked for: under which key, for whom, and for how long. This room reads and writes nothing.
//!
//! A page's origin may serve several clusters, and a tab may be duplicated, so a key says whose value it is:
//!
//! - [`PersonKey`]: the person's, whichever cluster is open.
//! - [`ClusterKey`]: one cluster's. Its key ends with the cluster's address, and begins with a space where there is one (see [`Cluster`]).
//! - [`ClusterKey`] of one document ([`ClusterKey::is_of_document`]): also ends with the document's token (see
//!   [`crate::lineage`](Lineage)), so that a duplicated tab, which has a copy of all, reads none of it.
//!
//! Start with [`Names`].

use crate::Cluster;
#[cfg(doc)]
use crate::Lineage;
use crate::cluster::PREFIX;

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// As long as the tab: `sessionStorage`.
    Tab,
    /// By the browser, for all of its tabs: `localStorage`.
    Browser,
}

/// What the person has in this browser, whichever cluster is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonKey {
    /// The person's own presets.
    Presets,
    /// That times are shown in UTC.
    Utc,
    /// Whether long lines of a log are wrapped: `on` or `off`, once the person has chosen.
    Wrap,
    /// Whether ended sessions are kept beyond the tab, once somebody has decided: `on`, `off`, or `statements` for code and results too.
    Memory,
    /// This browser's own number, by which it knows the statements again that were sent from it.
    Browser,
    /// Whether the tab key indents in the editor: `on`, once the person has chosen.
    TabIndents,
    /// Whether long lines of code are wrapped in the editor: `on`, once the person has chosen.
    WrapCode,
    /// That this tab has no more keys of versions that knew one cluster only.
    CarriedInTab,
    /// The same of the browser.
    CarriedInBrowser,
}

/// What belongs to one cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterKey {
    /// Which document of this tab was the last one; see [`Lineage`].
    Lineage,
    /// The form as it was typed.
    Draft,
    /// Where the values in the form have come from.
    Origin,
    /// The request that became a session last.
    Last,
    /// The form as it stood when the request was sent whose end is not known yet.
    Sent,
    /// A mark that what is kept as [`ClusterKey::Sent`] became a session while the form was not there.
    Settled,
    /// The session that another one like it is wanted of, until the form has come.
    Copy,
    /// The cluster manager that a session has shown.
    Manager,
    /// Which sessions were created in this browser.
    Own,
    /// The name made up for the next session.
    MadeUpName,
    /// A create whose end is not known yet.
    Intent,
    /// The session that was watched, with its log.
    Watched,
    /// A bulk delete, and how far it came.
    Ends,
    /// A statement whose fate is not known yet, without its code.
    Run,
}

impl PersonKey {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Presets,
        Self::Utc,
        Self::Wrap,
        Self::Memory,
        Self::Browser,
        Self::TabIndents,
        Self::WrapCode,
        Self::CarriedInTab,
        Self::CarriedInBrowser,
    ];

    /// How long it is kept.
    pub fn area(self) -> Area {
        match self {
            Self::Utc | Self::CarriedInTab => Area::Tab,
            Self::Presets
            | Self::Wrap
            | Self::Memory
            | Self::Browser
            | Self::TabIndents
            | Self::WrapCode
            | Self::CarriedInBrowser => Area::Browser,
        }
    }

    /// Its key.
    pub fn name(self) -> String {
        let word = match self {
            Self::Presets => "presets",
            Self::Utc => "utc",
            Self::Wrap => "wrap",
            Self::Memory => "memory",
            Self::Browser => "browser",
            Self::TabIndents => "tab-indents",
            Self::WrapCode => "wrap-code",
            Self::CarriedInTab | Self::CarriedInBrowser => "carried-over",
        };
        format!("{PREFIX}:{word}")
    }
}

impl ClusterKey {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Lineage,
        Self::Draft,
        Self::Origin,
        Self::Last,
        Self::Sent,
        Self::Settled,
        Self::Copy,
        Self::Manager,
        Self::Own,
        Self::MadeUpName,
        Self::Intent,
        Self::Watched,
        Self::Ends,
        Self::Run,
    ];

    /// How long it is kept.
    pub fn area(self) -> Area {
        if self == Self::Own { Area::Browser } else { Area::Tab }
    }

    /// True for what no other document may take over while the one that wrote it lives.
    pub(crate) fn is_of_document(self) -> bool {
        matches!(self, Self::MadeUpName | Self::Intent | Self::Watched | Self::Ends | Self::Run)
    }

    /// True for what is about sessions that exist, or may.
    fn is_of_sessions(self) -> bool {
        matches!(
            self,
            Self::Sent
                | Self::Settled
                | Self::Manager
                | Self::Own
                | Self::Intent
                | Self::Watched
                | Self::Ends
                | Self::Run
        )
    }

    fn word(self) -> &'static str {
        match self {
            Self::Lineage => "document",
            Self::Draft => "draft",
            Self::Origin => "origin",
            Self::Last => "last",
            Self::Sent => "sent",
            Self::Settled => "settled",
            Self::Copy => "copy",
            Self::Manager => "manager",
            Self::Own => "own",
            Self::MadeUpName => "made-up-name",
            Self::Intent => "intent",
            Self::Watched => "watched",
            Self::Ends => "ends",
            Self::Run => "run",
        }
    }
}

/// The keys of one document that shows one cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Which one.
    pub cluster: Cluster,
    /// The document's token.
    pub document: String,
}

impl Names {
    /// The key of a value.
    pub fn name(&self, key: ClusterKey) -> String {
        let word = key.word();
        let scope = match key.area() {
            Area::Tab => self.cluster.scope_in_tab(),
            Area::Browser => self.cluster.scope(),
        };
        if key.is_of_document() {
            format!("{PREFIX}:{word}@{scope}#{}", self.document)
        } else {
            format!("{PREFIX}:{word}@{scope}")
        }
    }

    /// Whether a value is kept. The sessions of a pretend cluster end with the console that shows it: a later one must not claim one of
    /// the same id and name, nor look for a create.
    pub fn keeps(&self, key: ClusterKey) -> bool {
        !(self.cluster.is_pretend() && key.is_of_sessions())
    }

    /// True for a key under which another document of this tab has left what it watched on this cluster: it takes much room, and a
    /// document that begins with another token never reads it.
    pub fn is_left_over(&self, key: &str) -> bool {
        let mine = self.name(ClusterKey::Watched);
        let all = mine.strip_suffix(self.document.as_str()).unwrap_or(&mine);
        key.starts_with(all) && key != mine
    }

    /// What is to be written, in this order, so that a cluster takes over what versions that knew one cluster only have left:
    /// keys with their new values, `None` to remove one. It is done once, for the first cluster that is opened and not pretended.
    ///
    /// A create whose end was not known is given up with the name that was made up for it: it is unknown which cluster it was
    /// sent to, and it must not be looked for, claimed or offered again at another one.
    pub fn carried_over(
        &self,
        area: Area,
        read: impl Fn(&str) -> Option<String>,
    ) -> Vec<(String, Option<String>)> {
        let mark = match area {
            Area::Tab => PersonKey::CarriedInTab.name(),
            Area::Browser => PersonKey::CarriedInBrowser.name(),
        };
        if self.cluster.is_pretend() || read(&mark).is_some() {
            return Vec::new();
        }
        let (mut new, mut old) = (Vec::new(), Vec::new());
        for key in ClusterKey::ALL.into_iter().filter(|it| it.area() == area) {
            let former = format!("{PREFIX}:{}", key.word());
            let Some(value) = read(&former) else { continue };
            if !key.is_of_document() && read(&self.name(key)).is_none() {
                new.push((self.name(key), Some(value)));
            }
            old.push((former, None));
        }
        new.extend(old);
        new.push((mark, Some("1".to_owned())));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::BaseUrl;
    use std::collections::{BTreeMap, BTreeSet};

    fn cluster(base: &str, page: &str) -> Cluster {
        Cluster::of(&BaseUrl::parse(base).unwrap(), page)
    }

    fn names(base: &str, document: &str) -> Names {
        Names { cluster: cluster(base, "https://host/a/"), document: document.to_owned() }
    }

    #[test]
    fn every_key_is_scoped() {
        let (one, other, copy) = (names("/livy", "1"), names("/livy2", "1"), names("/livy", "2"));
        let mut all = BTreeSet::new();
        for key in ClusterKey::ALL {
            assert!(one.name(key).contains("@https://host/livy"), "{key:?}");
            assert_ne!(one.name(key), other.name(key), "{key:?} of two clusters");
            assert_eq!(one.name(key) != copy.name(key), key.is_of_document(), "{key:?} of two documents");
            assert!(all.insert(one.name(key)) && all.insert(other.name(key)), "{key:?} is named twice");
        }
        let persons: BTreeSet<_> = PersonKey::ALL.map(|it| (it.name(), it.area() == Area::Tab)).into();
        assert_eq!(persons.len(), PersonKey::ALL.len());
        assert!(persons.iter().all(|it| !it.0.contains('@') && !all.contains(&it.0)));
        assert!(ClusterKey::ALL.into_iter().all(|it| !it.is_of_document() || it.area() == Area::Tab));
    }

    #[test]
    fn a_second_console_shares_what_is_of_the_browser_alone() {
        let (first, other) = (names("/livy", "1"), names("/livy", "1").cluster.in_space("lab"));
        let second = first.cluster.clone().beside(std::slice::from_ref(&first.cluster));
        let of = |cluster: Cluster| Names { cluster, document: "1".to_owned() };
        let (second, other) = (of(second), of(other));
        for key in ClusterKey::ALL {
            let is_shared = first.name(key) == second.name(key);
            assert_eq!(is_shared, key.area() == Area::Browser, "{key:?}");
            assert_ne!(first.name(key), other.name(key), "{key:?}");
            assert!(
                !first.is_left_over(&second.name(key)) && !second.is_left_over(&first.name(key)),
                "{key:?}"
            );
        }
        assert_eq!(second.name(ClusterKey::Draft), "livy-console:draft@~2@https://host/livy");
    }

    #[test]
    fn what_another_document_watched_is_left_over() {
        let (here, copy, other) = (names("/livy", "1a"), names("/livy", "2b"), names("/livy2", "2b"));
        for (names, key, is_left_over) in [
            (&here, ClusterKey::Watched, false),
            (&copy, ClusterKey::Watched, true),
            (&other, ClusterKey::Watched, false),
            (&copy, ClusterKey::Intent, false),
            (&copy, ClusterKey::Draft, false),
        ] {
            assert_eq!(here.is_left_over(&names.name(key)), is_left_over, "{key:?} of {names:?}");
        }
    }

    /// A storage after the changes.
    fn carry(names: &Names, area: Area, stored: &[(&str, &str)]) -> BTreeMap<String, String> {
        let mut all: BTreeMap<String, String> =
            stored.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let changes = names.carried_over(area, |it| all.get(it).cloned());
        for (key, value) in changes {
            match value {
                Some(value) => all.insert(key, value),
                None => all.remove(&key),
            };
        }
        all
    }

    #[test]
    fn old_keys_go_to_the_first_cluster_once_and_a_create_to_none() {
        let old = [
            ("livy-console:draft", "d"),
            ("livy-console:origin", "link"),
            ("livy-console:made-up-name", "n"),
            ("livy-console:intent", "i"),
            ("livy-console:utc", "on"),
        ];
        let (first, second) = (names("/livy", "1"), names("/livy2", "1"));
        let all = carry(&first, Area::Tab, &old);
        let has = |all: &BTreeMap<String, String>, key: &str| all.get(key).cloned();
        assert_eq!(has(&all, &first.name(ClusterKey::Draft)).as_deref(), Some("d"));
        assert_eq!(has(&all, &first.name(ClusterKey::Origin)).as_deref(), Some("link"));
        assert_eq!(has(&all, "livy-console:utc").as_deref(), Some("on"));
        assert!(!all.values().any(|it| it == "i" || it == "n"), "{all:?}");
        assert_eq!(all.len(), 4);
        let again: Vec<(&str, &str)> =
            all.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(carry(&second, Area::Tab, &again), all, "the second cluster gets nothing");
        // A tab that went back to an older version leaves nothing for another cluster.
        let later = [again, vec![("livy-console:draft", "late"), ("livy-console:intent", "late")]].concat();
        let all = carry(&second, Area::Tab, &later);
        assert_eq!(has(&all, &second.name(ClusterKey::Draft)), None);
        assert_eq!(has(&all, &second.name(ClusterKey::Intent)), None);
    }

    #[test]
    fn a_pretend_cluster_takes_over_nothing_and_leaves_nothing_of_its_sessions() {
        let (real, pretend) = (names("/livy", "1"), Cluster::pretend());
        let pretend = Names { cluster: pretend, document: "1".to_owned() };
        let old = [("livy-console:draft", "d"), ("livy-console:own", "[]")];
        for area in [Area::Tab, Area::Browser] {
            assert_eq!(carry(&pretend, area, &old).len(), old.len(), "left for a cluster that is one");
        }
        let kept: Vec<ClusterKey> = ClusterKey::ALL.into_iter().filter(|it| pretend.keeps(*it)).collect();
        use ClusterKey::{Copy, Draft, Last, Lineage, MadeUpName, Origin};
        assert_eq!(kept, [Lineage, Draft, Origin, Last, Copy, MadeUpName]);
        assert!(ClusterKey::ALL.into_iter().all(|it| real.keeps(it) && real.name(it) != pretend.name(it)));
        assert!(kept.iter().all(|it| it.area() == Area::Tab), "nothing outlives the tab");
    }

    #[test]
    fn own_sessions_are_carried_over_for_all_tabs() {
        let names = names("/livy", "1");
        let all = carry(
            &names,
            Area::Browser,
            &[("livy-console:own", "[]"), ("livy-console:presets", "p"), ("livy-console:memory", "on")],
        );
        let keys: Vec<&str> = all.keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            [
                "livy-console:carried-over",
                "livy-console:memory",
                "livy-console:own@https://host/livy",
                "livy-console:presets"
            ]
        );
        let new = names.name(ClusterKey::Own);
        let all = carry(&names, Area::Browser, &[("livy-console:own", "old"), (&new, "new")]);
        assert_eq!(all.get(&new).map(String::as_str), Some("new"), "what is newer stays");
    }
}
