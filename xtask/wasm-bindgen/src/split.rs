//! Splits the program into parts: code that only one page needs becomes a file that is fetched with that page.
//!
//! `wasm_split_cli_support` does the work, at the functions that the app marks with `wasm_split`. It needs the linker's
//! relocations (`--emit-relocs`), and must run before wasm-bindgen, which drops them. The module that fetches the parts is our
//! own: it reads them as bytes, so a server with a wrong Content-Type does no harm.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the parts and the module that fetches them, in the output folder. Trunk copies `snippets` unchanged.
const FOLDER: &str = "snippets/parts";

/// The section that the library behind `wasm_split` adds to every program it is linked into, marked or not.
const MARK: &[u8] = b"__wasm_split_unstable";

/// The section with the linker's relocations of the code, which only a build in parts has.
const RELOCATIONS: &[u8] = b"reloc.CODE";

/// The lines of the fetching module that are the same for every program.
const LINK: &str = include_str!("link.js");

/// Splits the program if it was built for that, and returns the path of the main part for wasm-bindgen.
///
/// # Errors
/// The program cannot be split, or a file cannot be written.
pub fn apart(input: &Path, out_dir: &Path, glue: &str) -> Result<Option<PathBuf>, String> {
    let program = fs::read(input).map_err(|error| format!("reading {}: {error}", input.display()))?;
    if !is_for_parts(&program) {
        return Ok(None);
    }
    let folder = out_dir.join(FOLDER);
    // Remove the parts of an earlier run.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("creating {}: {error}", folder.display()))?;
    let main = input.with_extension("main.wasm");
    let link = folder.join("link.js");
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
    let parts = made.prefetch_map.into_iter().collect();
    fs::write(&link, written(&parts, glue))
        .map_err(|error| format!("writing {}: {error}", link.display()))?;
    Ok(Some(main))
}

/// Whether a program was built for splitting. The library's section alone is not enough.
fn is_for_parts(program: &[u8]) -> bool {
    let has = |name: &[u8]| program.windows(name.len()).any(|it| it == name);
    has(MARK) && has(RELOCATIONS)
}

/// The module that fetches the parts: which files each part has, and the lines that are the same for all.
fn written(parts: &BTreeMap<String, Vec<String>>, glue: &str) -> String {
    let files: BTreeSet<&String> = parts.values().flatten().collect();
    let mut text = format!("import {{ initSync }} from \"../../{glue}.js\";\n");
    for file in files {
        text.push_str(&format!("const {file} = () => new URL(\"./{file}.wasm\", import.meta.url);\n"));
    }
    text.push_str(LINK);
    for (part, files) in parts {
        text.push_str(&format!("export const __wasm_split_load_{part} = part([{}]);\n", files.join(", ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{is_for_parts, written};

    #[test]
    fn a_program_in_one_piece_stays_whole() {
        assert!(!is_for_parts(b"\0asm"));
        assert!(!is_for_parts(b"\0asm\x19\x15__wasm_split_unstable\x01"));
        assert!(is_for_parts(b"\0asm\x19\x15__wasm_split_unstable\x01\x0c\x0areloc.CODE"));
    }

    #[test]
    fn a_part_names_its_files_and_each_file_is_named_once() {
        let parts = [
            ("form".to_owned(), vec!["chunk_3".to_owned(), "split_form".to_owned()]),
            ("session".to_owned(), vec!["chunk_3".to_owned(), "split_session".to_owned()]),
        ];
        let text = written(&parts.into(), "app");
        assert!(text.starts_with("import { initSync } from \"../../app.js\";\n"), "{text}");
        assert_eq!(text.matches("new URL(\"./chunk_3.wasm\", import.meta.url)").count(), 1, "{text}");
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
