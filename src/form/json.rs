//! JSON that keeps what a request and a configuration need: the order of the keys, keys that are repeated, and numbers as they are
//! written. What comes from a server is `serde_json`'s.

mod printer;
mod reader;
mod value;

pub use printer::{JSON, quoted};
pub use value::Value;
