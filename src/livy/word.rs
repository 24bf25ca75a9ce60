//! Words of the protocol and what each stands for, in a table.

/// What the server's word stands for; `None` for one that the table does not have.
pub(crate) fn known<T: Clone>(table: &[(&'static str, T)], word: &str) -> Option<T> {
    table.iter().find(|(name, _)| *name == word).map(|it| it.1.clone())
}

/// The word for something; empty where the table does not have it.
pub(crate) fn of<T: PartialEq>(table: &[(&'static str, T)], value: &T) -> &'static str {
    table.iter().find(|it| it.1 == *value).map_or("", |(name, _)| name)
}
