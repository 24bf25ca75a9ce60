//! What the list of sessions is to show: search, filters and order, as the address of the list keeps them
//! (`#/?q=etl&state=dead&owner=alice&sort=-id`). Start with [`ListQuery::read`].

/// A fact of a session that the list can be filtered or sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Its id.
    Id,
    /// Its name.
    Name,
    /// Who asked for it.
    Owner,
    /// As whom it runs.
    ProxyUser,
    /// Its state, in the server's word.
    State,
    /// Its kind, in the server's word.
    Kind,
    /// The cluster manager's application id.
    Application,
    /// The queue, where the server echoes it.
    Queue,
    /// Memory of the driver and all executors, where the server echoes it. For sorting alone.
    Memory,
    /// Cores of the driver and all executors, where the server echoes them. For sorting alone.
    Cores,
    /// When this page first saw it. For sorting alone.
    Seen,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Id,
        Self::Name,
        Self::Owner,
        Self::ProxyUser,
        Self::State,
        Self::Kind,
        Self::Application,
        Self::Queue,
        Self::Memory,
        Self::Cores,
        Self::Seen,
    ];

    /// Its word in an address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Owner => "owner",
            Self::ProxyUser => "proxyUser",
            Self::State => "state",
            Self::Kind => "kind",
            Self::Application => "app",
            Self::Queue => "queue",
            Self::Memory => "memory",
            Self::Cores => "cores",
            Self::Seen => "seen",
        }
    }

    /// True where the list can be filtered by it.
    pub(crate) fn is_filter(self) -> bool {
        !matches!(self, Self::Memory | Self::Cores | Self::Seen)
    }

    fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
}

/// The order of the rows. Rows without a value come last in both directions; equal ones are newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub column: Column,
    /// True for the greatest or the newest first.
    pub is_descending: bool,
}

impl Default for Sort {
    /// The newest first.
    fn default() -> Self {
        Self { column: Column::Id, is_descending: true }
    }
}

/// What the list is to show. The default is all sessions, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Words that a row must have, each anywhere in its texts, upper and lower case alike.
    pub text: String,
    /// Values that a row must have: one of those of each column that is named. A name or an application must contain the value, any other
    /// column be equal to it, upper and lower case alike.
    pub terms: Vec<(Column, String)>,
    /// True for the person's own alone: created in this browser, or of the same owner as one that was.
    pub is_mine: bool,
    /// The order.
    pub sort: Sort,
}

const TEXT: &str = "q";
const MINE: &str = "mine";
const SORT: &str = "sort";

impl ListQuery {
    /// From the names and values of an address's query, decoded; and the names that the list cannot use, or not with their value.
    pub fn read(pairs: &[(String, String)]) -> (Self, Vec<String>) {
        let (mut query, mut unused) = (Self::default(), Vec::new());
        for (name, value) in pairs {
            let column = Column::of(name).filter(|it| it.is_filter());
            match (name.as_str(), column) {
                (TEXT, _) => query.text.clone_from(value),
                (MINE, _) if value == "1" => query.is_mine = true,
                (SORT, _) if Sort::read(value).is_some() => {
                    query.sort = Sort::read(value).unwrap_or_default()
                }
                (_, Some(column)) if !value.is_empty() => query.terms.push((column, value.clone())),
                _ => unused.push(name.clone()),
            }
        }
        (query, unused)
    }

    /// For an address: what [`ListQuery::read`] reads back. Empty for the default.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut pairs = Vec::new();
        if !self.text.is_empty() {
            pairs.push(pair(TEXT, &self.text));
        }
        pairs.extend(self.terms.iter().map(|(column, value)| pair(column.key(), value)));
        if self.is_mine {
            pairs.push(pair(MINE, "1"));
        }
        if self.sort != Sort::default() {
            pairs.push(pair(SORT, &self.sort.word()));
        }
        pairs
    }

    /// True where it shows every session, the newest first: nothing has to be read for it but what is on the screen.
    pub fn is_plain(&self) -> bool {
        !self.is_filter() && self.sort == Sort::default()
    }

    /// True where it may leave sessions out.
    pub fn is_filter(&self) -> bool {
        !self.text.trim().is_empty() || !self.terms.is_empty() || self.is_mine
    }
}

impl Sort {
    /// From its word in an address: `name` ascending, `-name` descending.
    pub fn read(word: &str) -> Option<Self> {
        let key = word.strip_prefix('-');
        Column::of(key.unwrap_or(word)).map(|column| Self { column, is_descending: key.is_some() })
    }

    /// Its word in an address.
    pub fn word(&self) -> String {
        format!("{}{}", if self.is_descending { "-" } else { "" }, self.column.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_address_is_read_and_written_back() {
        let all = pairs(&[
            ("q", "etl nightly"),
            ("state", "dead"),
            ("state", "killed"),
            ("owner", "größe & co"),
            ("app", "application_1"),
            ("mine", "1"),
            ("sort", "name"),
        ]);
        let (query, unused) = ListQuery::read(&all);
        assert_eq!((query.pairs(), unused.len()), (all, 0));
        assert_eq!((query.sort.column, query.is_mine, query.is_plain()), (Column::Name, true, false));
    }

    #[test]
    fn the_default_has_no_query() {
        for query in [ListQuery::default(), ListQuery::read(&pairs(&[("sort", "-id")])).0] {
            assert!(query.is_plain() && query.pairs().is_empty());
        }
        assert!(!ListQuery::read(&pairs(&[("sort", "id")])).0.is_plain());
    }

    #[test]
    fn names_without_a_use_are_told() {
        let (query, unused) = ListQuery::read(&pairs(&[
            ("colour", "red"),
            ("sort", "colour"),
            ("sort", ""),
            ("mine", "yes"),
            ("memory", "2g"),
            ("state", ""),
            ("kind", "sql"),
        ]));
        assert_eq!(unused, ["colour", "sort", "sort", "mine", "memory", "state"]);
        assert_eq!(query.terms, [(Column::Kind, "sql".to_owned())]);
    }
}
