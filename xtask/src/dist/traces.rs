//! No file of the bundle names a folder of the machine that made it: two machines make the same bytes, and nobody learns where.

use crate::failure::{At, Failure, Outcome};
use std::fs;
use std::path::{Path, PathBuf};

/// Looks for `folders` in all files of the bundle.
///
/// # Errors
/// A file names one of them, or cannot be read.
pub fn none(bundle: &Path, folders: &[PathBuf]) -> Outcome {
    for entry in fs::read_dir(bundle).at("Reading the bundle")?.flatten() {
        let bytes = fs::read(entry.path()).at(format!("Reading {}", entry.path().display()))?;
        let named = folders.iter().find(|folder| {
            let folder = folder.as_os_str().as_encoded_bytes();
            bytes.windows(folder.len()).any(|part| part == folder)
        });
        if let Some(folder) = named {
            return Err(Failure::new(format!(
                "{} names the folder {} of this machine: xtask/src/build.rs has to give it another name.",
                entry.file_name().display(),
                folder.display()
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::none;
    use std::fs;
    use std::path::PathBuf;

    #[test]
    fn a_folder_of_the_machine_is_found_in_any_file() {
        let bundle = std::env::temp_dir().join(format!("livy-console-traces-{}", std::process::id()));
        fs::create_dir_all(&bundle).unwrap();
        fs::write(bundle.join("a.wasm"), b"\0\xff/home/someone/console/src/main.rs\0").unwrap();
        let found = none(&bundle, &[PathBuf::from("/elsewhere"), PathBuf::from("/home/someone/console")]);
        let clean = none(&bundle, &[PathBuf::from("/elsewhere")]);
        fs::remove_dir_all(&bundle).unwrap();
        assert!(found.unwrap_err().to_string().starts_with("a.wasm names the folder /home/someone/console"));
        assert_eq!(clean, Ok(()));
    }
}
