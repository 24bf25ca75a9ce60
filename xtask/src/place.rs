//! Paths in the checkout.

use std::fs;
use std::path::{Path, PathBuf};

/// The checkout and the folders under it that the commands use.
#[derive(Debug, Clone)]
pub struct Place {
    root: PathBuf,
}

impl Place {
    /// The checkout that this program belongs to. Cargo passes the path when it runs the program, so a checkout can be moved.
    pub fn here() -> Self {
        let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let own = PathBuf::from(own);
        Self { root: own.parent().unwrap_or(&own).to_path_buf() }
    }

    /// A file or folder, relative to the root of the checkout.
    pub fn at(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// The root of the checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folders of this machine that a compiler may name in a program: the checkout, and what Cargo and rustup have fetched.
    pub fn folders(&self) -> Vec<PathBuf> {
        [Some(self.root.clone()), home("CARGO_HOME", ".cargo"), home("RUSTUP_HOME", ".rustup")]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// Where Cargo keeps the sources of the crates, one folder for each registry.
pub fn registries() -> Vec<PathBuf> {
    let sources = home("CARGO_HOME", ".cargo").and_then(|it| fs::read_dir(it.join("registry/src")).ok());
    let mut folders: Vec<PathBuf> = sources.into_iter().flatten().flatten().map(|it| it.path()).collect();
    folders.sort_unstable();
    folders
}

/// A tool's folder: where its variable says, or at its usual place.
fn home(variable: &str, usual: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).filter(|it| !it.is_empty()).map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(usual)))
}
