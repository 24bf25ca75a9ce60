//! Sentences of one session's page.
