//! The machine: what the page knows and what it does next.
