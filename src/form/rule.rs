//! Rules on settings of Spark and on fields that depend on each other, each with its source.

pub mod allocation;
pub mod conf;
pub mod conf_value;
pub mod contradiction;
pub mod distributed;
pub mod heartbeat;
pub mod manager;
pub mod older_key;
pub mod resource;
pub mod spark_type;
