//! The program of `<livy-console>`. It does nothing by itself: elements open and close consoles by what `web::embed` exports.

#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "it runs in a browser only"))]

mod web;

fn main() {}
