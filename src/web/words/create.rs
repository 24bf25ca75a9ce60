//! Sentences of what became of a create.
