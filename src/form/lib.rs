//! The form: from text as it is typed to a request that Livy accepts and Spark survives.
//!
//! A [`Draft`] holds text and may be anything. [`read`] tells what is certain in it and every [`Problem`] at once;
//! [`parse`] alone makes a [`CreateSession`], and nothing else can be sent. This room never talks to a server, never draws,
//! and checks nothing that only the server can know. Start with [`Field`], then [`parse`].

mod allocation;
mod body;
mod conf;
mod conf_line;
mod conf_value;
mod config;
mod config_answer;
mod config_json;
mod contradiction;
mod count;
mod digit;
mod distributed;
mod draft;
mod duration;
mod estimate;
mod example;
mod field;
mod heartbeat;
mod memory;
mod name;
mod older_key;
mod origin;
mod path;
mod path_list;
mod policy;
mod problem;
mod queue;
mod refusal;
mod request;
mod resource;
mod secret;
mod sent;
mod snippet;
mod spark_conf;
mod spark_type;
mod terms;
mod typed;
mod unit;
mod user;

pub use conf_line::conf_line;
pub use config::{Config, ConfigError, Preset};
pub use config_answer::is_config;
pub use draft::{ConfRow, Draft};
pub use duration::seconds;
pub use estimate::{Container, Estimate, Total, gib};
pub use field::{Field, Group, Shape};
pub use name::SessionName;
pub use origin::Origin;
pub use path_list::path_list;
pub use policy::{Limit, Policy};
pub use problem::{Problem, Severity};
pub use refusal::{Refused, is_full, refused_field};
pub use request::{CreateSession, Reading, parse, read};
pub use secret::{MASK, is_secret_key, is_secret_row, masked};
pub use snippet::{Format, READABLE, Snippet, Written, recognise, write};
pub use spark_conf::{SparkConf, SparkKey};
pub use terms::Terms;
pub use unit::{options, respelt, split, whole};
