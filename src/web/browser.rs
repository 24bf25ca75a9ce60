//! What the browser gives: its address bar, calls, storage, the clock, the clipboard, focus and selection. Nothing else in the
//! shell names its globals.

pub mod address;
pub mod clipboard;
pub mod code;
pub mod document;
pub mod download;
pub mod expression;
pub mod fetch;
pub mod file;
pub mod focus;
pub mod highlight;
pub mod host;
pub mod layout;
pub mod link;
pub mod listen;
pub mod notification;
pub mod page;
pub mod random;
pub mod record_store;
pub mod router;
pub mod scroll;
pub mod selection;
pub mod sight;
pub mod size;
pub mod stop;
pub mod storage;
pub mod surroundings;
pub mod time;
pub mod typing;
pub mod witness;
