//! The parts of the program that are fetched later: made small, named by their content, and entered in the module that fetches them.

use crate::build::{self, LIST, PARTS};
use crate::failure::{At, Outcome};
use crate::place::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::account::Account;
use super::{hashed, wasm};

/// The files of each part, by the part's name. A file may belong to several.
pub type Parts = BTreeMap<String, Vec<String>>;

/// Writes every finished part to `out` and enters its code in the account.
///
/// # Errors
/// There are no parts, one cannot be made small, or a file cannot be read or written.
pub fn finish(
    place: &Place,
    folder: &Path,
    work: &Path,
    out: &Path,
    account: &mut Account,
) -> Outcome<Parts> {
    let mut text = fs::read_to_string(folder.join("link.js"))
        .at("Reading the module that fetches the program's parts")?;
    let list = fs::read_to_string(folder.join(LIST)).at("Reading the list of the program's parts")?;
    let mut parts = build::listed(&list);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for files in parts.values_mut() {
        for file in files {
            if !names.contains_key(file) {
                let small = work.join(format!("{file}.wasm"));
                let functions = wasm::squeeze(
                    place,
                    &format!("{file}.wasm"),
                    &folder.join(format!("{file}.wasm")),
                    &small,
                )?;
                account.add(spoken(file), &small, &functions)?;
                let name = hashed(&small, out, &format!("livy-console-{}", spoken(file)), "wasm")?;
                text = text.replace(&format!("\"./{file}.wasm\""), &format!("\"./{name}\""));
                names.insert(file.clone(), name);
            }
            file.clone_from(&names[file]);
        }
    }
    // It is bundled into the glue, which ends up beside the parts. What was built stays as it is, for the next run.
    let finished = work.join(PARTS);
    fs::create_dir_all(&finished).at(format!("Creating {}", finished.display()))?;
    fs::write(finished.join("link.js"), text).at("Writing the module that fetches the program's parts")?;
    Ok(parts)
}

/// The files of some parts, each once.
pub fn files(parts: &Parts, of: &[&str]) -> Vec<String> {
    let all: BTreeSet<&String> = of.iter().filter_map(|it| parts.get(*it)).flatten().collect();
    all.into_iter().cloned().collect()
}

/// `split_form` is the form's own part; `chunk_3` is shared by several parts.
fn spoken(stem: &str) -> &str {
    stem.strip_prefix("split_").unwrap_or("shared")
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_part_is_named_after_its_page() {
        assert_eq!(spoken("split_form"), "form");
        assert_eq!(spoken("chunk_3"), "shared");
    }
}
