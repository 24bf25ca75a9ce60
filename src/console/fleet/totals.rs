//! How many of the listed sessions each owner has, and how many are in each state.

/// Counts of what is listed and read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// How many are listed and read.
    pub count: usize,
    /// The states in the server's words with their numbers, the greatest first.
    pub states: Vec<(String, usize)>,
    /// The owners with their numbers, the greatest first; an empty one is for sessions without.
    pub owners: Vec<(String, usize)>,
}
