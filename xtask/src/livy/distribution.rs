//! Livy's binary distribution: where to look for it, and how it is unpacked to `target/livy`.

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::Step;
use std::fs;
use std::path::{Path, PathBuf};

/// Beside the checkout, where people who share a machine can put it.
const BESIDE: &str = "../shared/livy";

/// The given zip or folder, or the one in `LIVY_DIST`, or the one beside the checkout.
///
/// # Errors
/// There is none. The message says where to download it.
pub fn find(place: &Place, named: Option<&Path>) -> Outcome<PathBuf> {
    let named = named.map(Path::to_path_buf).or_else(|| std::env::var_os("LIVY_DIST").map(PathBuf::from));
    if let Some(path) = named {
        return if path.exists() {
            Ok(path)
        } else {
            Err(Failure::new(format!("There is no Livy distribution at {}.", path.display())))
        };
    }
    let names = fs::read_dir(place.at(BESIDE)).into_iter().flatten().flatten().map(|entry| entry.path());
    names.filter(|path| is_distribution(path)).max().ok_or_else(|| {
        Failure::new(
            "No Livy distribution was found. Download apache-livy-0.9.0-incubating_2.12-bin.zip from https://livy.apache.org/download/ and pass it with --dist PATH or LIVY_DIST.",
        )
    })
}

fn is_distribution(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with("apache-livy-") && name.ends_with("-bin.zip")
}

/// The folder with `bin/livy-server`: the distribution itself if it is a folder, otherwise unpacked once to `home`.
///
/// # Errors
/// The zip cannot be unpacked, or contains no Livy.
pub fn unpacked(distribution: &Path, home: &Path) -> Outcome<PathBuf> {
    if distribution.is_dir() {
        return livy_in(distribution).ok_or_else(|| no_livy(distribution));
    }
    let name = distribution.file_stem().unwrap_or_default();
    let target = home.join("distribution").join(name);
    if let Some(livy) = livy_in(&target) {
        return Ok(livy);
    }
    // Unpack to another folder and then rename it, so that an interrupted run or two runs at once never leave half a Livy.
    let aside = home.join("distribution").join(format!(".{}-{}", name.to_string_lossy(), std::process::id()));
    fs::create_dir_all(&aside).at(format!("Creating {}", aside.display()))?;
    let zip = distribution.canonicalize().at(format!("Finding {}", distribution.display()))?;
    Step::new("Unpack Livy", "python3")
        .args(["-m", "zipfile", "-e"])
        .args([&zip, &aside])
        .missing(super::spark::NO_PYTHON)
        .run()?;
    if fs::rename(&aside, &target).is_err() {
        // Another run was faster and unpacked the same.
        let _ = fs::remove_dir_all(&aside);
    }
    livy_in(&target).ok_or_else(|| no_livy(distribution))
}

/// `folder` or a folder in it, if it contains Livy.
fn livy_in(folder: &Path) -> Option<PathBuf> {
    let inner = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    std::iter::once(folder.to_path_buf()).chain(inner).find(|path| path.join("bin/livy-server").is_file())
}

fn no_livy(distribution: &Path) -> Failure {
    Failure::new(format!(
        "{} contains no bin/livy-server, so it is not a binary distribution of Livy.",
        distribution.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::is_distribution;
    use std::path::Path;

    #[test]
    fn only_binary_distributions_are_taken() {
        assert!(is_distribution(Path::new("x/apache-livy-0.9.0-incubating_2.12-bin.zip")));
        assert!(!is_distribution(Path::new("x/apache-livy-0.9.0-incubating-src.zip")));
        assert!(!is_distribution(Path::new("x/protocol.md")));
    }
}
