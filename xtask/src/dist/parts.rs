//! The parts of the program that are fetched later: made small, named by their content, and entered in the module that fetches them.

use crate::build::PARTS;
use crate::failure::{At, Outcome};
use crate::place::Place;
use std::fs;
use std::path::Path;

use super::{hashed, wasm};

/// Writes every finished part to `out` and returns their names, sorted.
///
/// # Errors
/// There are no parts, one cannot be made small, or a file cannot be read or written.
pub fn finish(place: &Place, folder: &Path, work: &Path, out: &Path) -> Outcome<Vec<String>> {
    let mut text = fs::read_to_string(folder.join("link.js"))
        .at("Reading the module that fetches the program's parts")?;
    let entries = fs::read_dir(folder).at("Reading the program's parts")?.flatten();
    let mut stems: Vec<String> = entries
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".wasm").map(str::to_owned))
        .collect();
    stems.sort_unstable();
    let mut names = Vec::new();
    for stem in stems {
        let small = work.join(format!("{stem}.wasm"));
        wasm::squeeze(place, &folder.join(format!("{stem}.wasm")), &small)?;
        let name = hashed(&small, out, &format!("livy-console-{}", spoken(&stem)), "wasm")?;
        text = text.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{name}\""));
        names.push(name);
    }
    // It is bundled into the glue, which ends up beside the parts. What was built stays as it is, for the next run.
    let finished = work.join(PARTS);
    fs::create_dir_all(&finished).at(format!("Creating {}", finished.display()))?;
    fs::write(finished.join("link.js"), text).at("Writing the module that fetches the program's parts")?;
    Ok(names)
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
