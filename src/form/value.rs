//! One value each, from text: what Livy and Spark take for it.

pub mod count;
pub mod digit;
pub mod duration;
pub mod memory;
pub mod name;
pub mod number;
pub mod path;
pub mod path_list;
pub mod queue;
pub mod unit;
pub mod user;
