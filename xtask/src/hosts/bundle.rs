//! A small bundle for the hosts: files named as `cargo xtask dist` names them, with recognisable content in each encoding.

use crate::failure::{At, Outcome};
use std::fs;
use std::path::Path;

/// A file of the bundle.
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// The Content-Type, without parameters.
    pub mime: &'static str,
    /// Whether compressed copies are beside it: they are only made where they are smaller.
    pub is_compressed: bool,
}

const fn file(name: &'static str, mime: &'static str) -> File {
    File { name, mime, is_compressed: true }
}

/// The files: one of each type with a hash in its name, and those with plain names.
pub const FILES: [File; 10] = [
    file("index.html", "text/html"),
    file("livy-console-0123456789abcdef.wasm", "application/wasm"),
    file("livy-console-form-fedcba9876543210.wasm", "application/wasm"),
    file("livy-console-0123456789abcdef.js", "text/javascript"),
    file("livy-console-0123456789abcdef.css", "text/css"),
    file("livy-console.js", "text/javascript"),
    file("livy-console-sign-in-0123456789abcdef.js", "text/javascript"),
    file("spark-conf-3.5.json", "application/json"),
    file("config.example.json", "application/json"),
    File { name: "log-expression.js", mime: "text/javascript", is_compressed: false },
];

/// How a file may be sent, with the ending of the compressed copy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// gzip.
    Gzip,
    /// brotli.
    Brotli,
}

impl Encoding {
    /// The value of Content-Encoding.
    pub fn header(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

/// What the file holds in this encoding. Hosts send it without looking into it.
pub fn content(name: &str, encoding: Encoding) -> String {
    let length = match encoding {
        Encoding::Identity => 60,
        Encoding::Gzip => 40,
        Encoding::Brotli => 20,
    };
    format!("{name} {encoding:?} {}", ".".repeat(length))
}

/// Writes the bundle into a new folder.
///
/// # Errors
/// The folder cannot be written.
pub fn write(folder: &Path) -> Outcome {
    let at = || format!("Writing to {}", folder.display());
    fs::create_dir_all(folder).at(at())?;
    for file in FILES {
        fs::write(folder.join(file.name), content(file.name, Encoding::Identity)).at(at())?;
        if file.is_compressed {
            for (ending, encoding) in [("gz", Encoding::Gzip), ("br", Encoding::Brotli)] {
                let copy = folder.join(format!("{}.{ending}", file.name));
                fs::write(copy, content(file.name, encoding)).at(at())?;
            }
        }
    }
    Ok(())
}
