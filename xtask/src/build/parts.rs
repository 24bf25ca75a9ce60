//! Splits the program into parts: code that only one page needs becomes a file that is fetched with that page.
//!
//! `wasm_split_cli_support` does the work, at the functions that the app marks with `wasm_split`. It needs the linker's
//! relocations (`--emit-relocs`), and must run before wasm-bindgen, which drops them. The module that fetches the parts is our
//! own: it reads them as bytes, so a server with a wrong Content-Type does no harm.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the parts and the module that fetches them, in the output folder.
pub const FOLDER: &str = "snippets/parts";

/// The list of the parts and their files, beside them; see [`listed`].
pub const LIST: &str = "parts.txt";

/// The lines of the fetching module that are the same for every program.
const LINK: &str = include_str!("link.js");

/// Splits the program, and returns the path of the main part for wasm-bindgen.
///
/// # Errors
/// The program cannot be split, or a file cannot be written.
pub fn apart(input: &Path, out_dir: &Path, glue: &str) -> Result<PathBuf, String> {
    let program = fs::read(input).map_err(|error| format!("reading {}: {error}", input.display()))?;
    let program = super::uncalled::without(&program)
        .map_err(|error| format!("reading {}: {error}", input.display()))?;
    let folder = out_dir.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| format!("creating {}: {error}", folder.display()))?;
    let main = input.with_extension("main.wasm");
    // The library writes its own module beside the parts, under the name that the program imports.
    let name = format!("./{FOLDER}/link.js");
    let scratch = out_dir.join("parts");
    fs::create_dir_all(scratch.join(FOLDER))
        .map_err(|error| format!("creating {}: {error}", scratch.display()))?;
    let mut options = wasm_split_cli_support::Options::new(&program);
    options.output_dir = &scratch;
    options.main_out_path = &main;
    options.link_name = &name;
    let made = wasm_split_cli_support::transform(options)
        .map_err(|error| format!("splitting the program: {error:?}"))?;
    for part in &made.split_modules {
        let Some(file) = part.file_name() else { continue };
        fs::copy(part, folder.join(file)).map_err(|error| format!("copying {}: {error}", part.display()))?;
    }
    fs::remove_dir_all(&scratch).map_err(|error| format!("removing {}: {error}", scratch.display()))?;
    let parts: BTreeMap<_, _> = made.prefetch_map.into_iter().collect();
    let list: String = parts.iter().map(|(part, files)| format!("{part} {}\n", files.join(" "))).collect();
    for (name, text) in [("link.js", written(&parts, glue)), (LIST, list)] {
        fs::write(folder.join(name), text).map_err(|error| format!("writing {name}: {error}"))?;
    }
    Ok(main)
}

/// Reads the list of the parts: the files of each, without their ending.
pub fn listed(list: &str) -> BTreeMap<String, Vec<String>> {
    let words = list.lines().map(|line| line.split_whitespace().map(str::to_owned));
    words.filter_map(|mut words| Some((words.next()?, words.collect()))).collect()
}

/// The module that fetches the parts: which files each part has, and the lines that are the same for all.
fn written(parts: &BTreeMap<String, Vec<String>>, glue: &str) -> String {
    let files: BTreeSet<&String> = parts.values().flatten().collect();
    let mut text = format!("import {{ initSync }} from \"../../{glue}.js\";\n{LINK}");
    for file in files {
        text.push_str(&format!("const {file} = module(\"./{file}.wasm\");\n"));
    }
    for (part, files) in parts {
        text.push_str(&format!("export const __wasm_split_load_{part} = part([{}]);\n", files.join(", ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{listed, written};

    #[test]
    fn the_list_gives_the_files_of_each_part() {
        let parts = listed("form chunk_3 split_form\nconfig split_config\n");
        assert_eq!(parts["form"], ["chunk_3", "split_form"]);
        assert_eq!(parts["config"], ["split_config"]);
    }

    #[test]
    fn a_part_names_its_files_and_each_file_is_named_once() {
        let parts = [
            ("form".to_owned(), vec!["chunk_3".to_owned(), "split_form".to_owned()]),
            ("session".to_owned(), vec!["chunk_3".to_owned(), "split_session".to_owned()]),
        ];
        let text = written(&parts.into(), "app");
        assert!(text.starts_with("import { initSync } from \"../../app.js\";\n"), "{text}");
        assert_eq!(text.matches("const chunk_3 = module(\"./chunk_3.wasm\");").count(), 1, "{text}");
        assert!(
            text.contains("export const __wasm_split_load_form = part([chunk_3, split_form]);\n"),
            "{text}"
        );
        assert!(
            text.contains("export const __wasm_split_load_session = part([chunk_3, split_session]);\n"),
            "{text}"
        );
    }
}
