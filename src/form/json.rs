//! JSON that keeps what a request needs: the order of the keys, repeated keys, and numbers as they are written. What comes from the server is `serde_json`'s.

mod reader;
mod value;

pub use reader::strict;
pub use value::{JSON, Value, quoted};
