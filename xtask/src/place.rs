//! Paths in the checkout.

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
}
