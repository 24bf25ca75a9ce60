//! Sentences of the form.
