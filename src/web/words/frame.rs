//! Sentences of the header, the page that is not found, and parts that do not arrive.
