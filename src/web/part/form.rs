//! The parts of the form's page.

pub mod conf_rows;
pub mod control;
pub mod desk;
pub mod driver;
pub mod error_summary;
pub mod field;
pub mod groups;
pub mod key_offer;
pub mod paste;
pub mod path_rows;
pub mod presets;
pub mod preview;
pub mod refused_field;
pub mod request_text;
pub mod resource_estimate;
pub mod submit_status;
pub mod text_lines;
