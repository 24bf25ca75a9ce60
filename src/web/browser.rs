//! What the browser gives: calls, storage, the clock, the clipboard, the document. Nothing else in the shell names its globals.

pub mod clipboard;
pub mod document;
pub mod download;
pub mod fetch;
pub mod focus;
pub mod record_store;
pub mod storage;
pub mod task;
pub mod time;
pub mod witness;
