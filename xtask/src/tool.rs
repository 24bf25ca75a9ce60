//! The compiler's target for the browser. Nothing else is installed outside the checkout, and it belongs to the Rust toolchain.

use crate::failure::Outcome;
use crate::place::Place;
use crate::step::{Step, answer_of};
use std::path::Path;

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Adds the compiler's wasm target if it is missing.
///
/// # Errors
/// Both the target and rustup are missing.
pub fn wasm_target(place: &Place) -> Outcome {
    let installed = answer_of("rustc", &["--print", "sysroot"]).is_some_and(|sysroot| {
        Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir()
    });
    if installed {
        return Ok(());
    }
    Step::new("Add the wasm target to the Rust toolchain", "rustup")
        .args(["target", "add", WASM_TARGET])
        .within(place.root())
        .missing(format!(
            "The Rust toolchain has no target {WASM_TARGET}, and rustup, which can add it, is not on PATH. Install rustup from https://rustup.rs."
        ))
        .run()
}
