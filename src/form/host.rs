//! What the host of the page sets: its configuration, presets, and the policy that requests are held to.

pub mod cluster;
pub mod config;
pub mod config_answer;
pub mod header;
pub mod object;
pub mod policy;
pub mod preset;
pub mod site;
