//! The programs that build the app, found on the machine or built in `target/tools`.
//!
//! Only the wasm target is installed outside the checkout, because it belongs to the Rust toolchain.

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::{Step, answer_of};
use crate::version::{Version, locked};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The Trunk to install if none is found.
const TRUNK: &str = "0.21.14";
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

/// A Trunk that fits `Trunk.toml`: the one on PATH, the one in `target/tools`, or a new build there.
///
/// # Errors
/// The build fails.
pub fn trunk(place: &Place) -> Outcome<PathBuf> {
    let own = place.tools().join("bin/trunk");
    let found = [PathBuf::from("trunk"), own.clone()].into_iter().find(|program| {
        answer_of(program, &["--version"]).as_deref().and_then(Version::of_program).is_some_and(trunk_fits)
    });
    if let Some(program) = found {
        return Ok(program);
    }
    // An optimised build takes four minutes, this one about a minute and a half. Trunk mostly waits for other programs.
    Step::new(format!("Build Trunk {TRUNK} (once, about two minutes)"), "cargo")
        .args(["install", "trunk", "--version", TRUNK, "--locked", "--debug"])
        .args(["--no-default-features", "--features", "rustls", "--root"])
        .arg(place.tools())
        .within(place.root())
        .env("CARGO_TARGET_DIR", place.tools().join("build/trunk"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_DEV_CODEGEN_UNITS", "256")
        .quiet(place.tools().join("trunk.log"))
        .run()?;
    // A few hundred megabytes that are not needed again. It does no harm if they cannot be removed.
    let _ = fs::remove_dir_all(place.tools().join("build/trunk"));
    Ok(own)
}

fn trunk_fits(version: Version) -> bool {
    (version.major, version.minor) == (0, 21) && version.patch >= 14
}

/// A folder with a `wasm-bindgen` of exactly the version in `Cargo.lock`, or `None` if the one on PATH will do. Only our own can
/// split a program into parts.
///
/// # Errors
/// `Cargo.lock` does not name the version, or the build fails.
pub fn wasm_bindgen(place: &Place, pieces: Pieces) -> Outcome<Option<PathBuf>> {
    let lock = fs::read_to_string(place.at("Cargo.lock")).at("Reading Cargo.lock")?;
    let wanted = locked(&lock, "wasm-bindgen").ok_or_else(|| {
        Failure::new("Cargo.lock has no version of wasm-bindgen. Run cargo generate-lockfile.")
    })?;
    if pieces == Pieces::One
        && answer_of("wasm-bindgen", &["--version"]).as_deref().and_then(Version::of_program) == Some(wanted)
    {
        return Ok(None);
    }
    let build = place.tools().join("build/wasm-bindgen");
    Step::new(format!("Build wasm-bindgen {wanted}"), "cargo")
        .args(["build", "--locked", "--package", "wasm-bindgen-tool"])
        .args(["--config", "profile.dev.debug=false", "--target-dir"])
        .arg(&build)
        .within(place.root())
        .quiet(place.tools().join("wasm-bindgen.log"))
        .run()?;
    let folder = place.tools().join("wasm-bindgen");
    fs::create_dir_all(&folder).at("Creating a folder in target/tools")?;
    let name = |stem: &str| format!("{stem}{}", std::env::consts::EXE_SUFFIX);
    fs::copy(build.join("debug").join(name("wasm-bindgen-tool")), folder.join(name("wasm-bindgen")))
        .at("Copying wasm-bindgen to target/tools")?;
    Ok(Some(folder))
}

/// PATH with this folder first.
pub fn path_with(folder: Option<&Path>) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folder.map(Path::to_path_buf).into_iter().chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap_or(path.clone())
}

/// How many pieces the program is built in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pieces {
    /// One, built in the shortest time.
    One,
    /// A main part, and one for each marked page of the app. A visit fetches what it needs.
    Parts,
}

/// Builds the app with Trunk into `dist`, in the named Cargo profile.
///
/// # Errors
/// A tool is missing and cannot be built, or the app does not compile.
pub fn build_app(place: &Place, profile: &str, pieces: Pieces, dist: &Path) -> Outcome {
    wasm_target(place)?;
    let trunk = trunk(place)?;
    let bindgen = wasm_bindgen(place, pieces)?;
    fs::create_dir_all(dist).at(format!("Creating {}", dist.display()))?;
    let build = Step::new(format!("Build the app (profile {profile})"), trunk);
    let build = match pieces {
        Pieces::One => build,
        // Cargo adds this flag to those in `.cargo/config.toml`. The linker's relocations show what can go into a part.
        Pieces::Parts => build
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Clink-arg=--emit-relocs")
            .env("TRUNK_BUILD_FEATURES", "split"),
    };
    build
        .args(["build", "--skip-version-check", "--cargo-profile", profile, "--locked=true", "--dist"])
        .arg(dist)
        .within(place.root())
        .env("PATH", path_with(bindgen.as_deref()))
        // Trunk 0.21 fails with NO_COLOR=1.
        .without_env("NO_COLOR")
        .run()
}

#[cfg(test)]
mod tests {
    use super::{path_with, trunk_fits};
    use crate::version::Version;
    use std::path::Path;

    #[test]
    fn only_trunks_that_read_our_settings_fit() {
        let fits = |text| Version::of_program(text).is_some_and(trunk_fits);
        assert!(fits("trunk 0.21.14"));
        assert!(fits("trunk 0.21.15"));
        assert!(!fits("trunk 0.21.13"));
        assert!(!fits("trunk 0.22.1"));
    }

    #[test]
    fn the_folder_comes_first_on_path() {
        let path = path_with(Some(Path::new("/first")));
        assert_eq!(std::env::split_paths(&path).next(), Some("/first".into()));
    }
}
