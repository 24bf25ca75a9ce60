//! The page: read the configuration, mount the console. Nothing else happens here.

#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the page runs in a browser only"))]

mod web;

fn main() {
    web::browser::stop::announce_panics();
    web::embed::start();
}
