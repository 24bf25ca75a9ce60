//! Sentences of the list of sessions and what this browser remembers.
