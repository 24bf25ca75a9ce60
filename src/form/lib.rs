//! The form: from text as it is typed to a request that Livy accepts and Spark survives.
//!
//! A [`Draft`] holds text and may be anything. [`read`] tells what is certain in it and every [`Problem`] at once;
//! [`parse`] alone makes a [`CreateSession`], and nothing else can be sent. This room never talks to a server, never draws,
//! and checks nothing that only the server can know. Start with [`Field`], then [`parse`].

mod cluster_manager;
mod conf_line;
mod draft;
mod draft_reader;
mod estimate;
mod example;
mod field;
mod field_value;
mod from_json;
mod host;
pub mod json;
mod machine;
mod origin;
mod problem;
mod read_context;
mod refusal;
mod request;
mod rule;
mod secret;
mod session_copy;
mod sort;
mod spark_conf;
mod to_text;
mod value;

pub use cluster_manager::{ClusterManager, Told};
pub use conf_line::conf_line;
pub use draft::{ConfRow, Draft};
pub use estimate::{Container, Estimate, Total, cores, gib};
pub use field::{Field, Group, Shape};
pub use host::cluster::is_cluster_key;
pub use host::config::Config;
pub use host::config_answer::is_config;
pub use host::header::Header;
pub use host::object::ConfigError;
pub use host::policy::{Limit, Policy};
pub use host::preset::Preset;
pub use host::site::Site;
pub use machine::{Change, Form, FormEffect, FormEvent, Offer, PresetChange, Presets, Slot, Target};
pub use origin::Origin;
pub use problem::{Problem, Severity};
pub use read_context::ReadContext;
pub use refusal::{Refused, refused_field};
pub use request::{CreateSession, Reading, parse, read};
pub use secret::{MASK, hides_secret, is_secret_key, is_secret_row, masked};
pub use session_copy::{Better, SessionCopy};
pub use sort::{sort, sorted};
pub use spark_conf::{SparkConf, SparkKey};
pub use value::duration::seconds;
pub use value::name::SessionName;
pub use value::path_list::path_list;
pub use value::unit::{options, respelt, split, whole};
