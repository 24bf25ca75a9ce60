//! Elements that the focus goes to.

/// The button that asks for the delete: it has the focus again when the question was answered with no.
pub const DELETE: &str = "lc-delete-selected";

/// The heading of a delete that goes on or has ended: it has the focus from the yes on.
pub const RESULT: &str = "lc-end-result";

/// The search.
pub const SEARCH: &str = "[name='session-search']";
