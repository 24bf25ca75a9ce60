//! The program in parts: what belongs to one page only becomes a file that is fetched with that page.
//!
//! The work is done by `wasm_split_cli_support`, along the functions that the app marks with `wasm_split`. It needs the
//! linker's relocations (`--emit-relocs`), and it must come before wasm-bindgen, which drops them. The module that fetches
//! the parts is our own: it takes them as bytes, so that a server with a wrong Content-Type is no obstacle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the parts and the module that fetches them stand, below the output folder: Trunk copies `snippets` as it is.
const FOLDER: &str = "snippets/parts";

/// The section that the library behind the mark puts into every program that it is linked into, marked or not.
const MARK: &[u8] = b"__wasm_split_unstable";

/// The section with the linker's relocations of the code, which only a build in parts asks for.
const RELOCATIONS: &[u8] = b"reloc.CODE";

/// The lines of the fetching module that are the same for every program.
const LINK: &str = include_str!("link.js");

/// Splits the program, if it was built for that, and gives the path of what is left for wasm-bindgen to read.
///
/// # Errors
/// The program cannot be split, or a file cannot be written.
pub fn apart(input: &Path, out_dir: &Path, glue: &str) -> Result<Option<PathBuf>, String> {
    let program = fs::read(input).map_err(|error| format!("reading {}: {error}", input.display()))?;
    if !is_for_parts(&program) {
        return Ok(None);
    }
    let folder = out_dir.join(FOLDER);
    // Parts of an earlier run would be taken for this one's.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("making {}: {error}", folder.display()))?;
    let main = input.with_extension("main.wasm");
    let link = folder.join("link.js");
    // The library writes a module of its own beside the parts, under the name by which the program imports it.
    let name = format!("./{FOLDER}/link.js");
    let scratch = out_dir.join("parts");
    fs::create_dir_all(scratch.join(FOLDER))
        .map_err(|error| format!("making {}: {error}", scratch.display()))?;
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

/// True for a program that was built to be taken apart: with the library's section alone it is one of a single piece.
fn is_for_parts(program: &[u8]) -> bool {
    let has = |name: &[u8]| program.windows(name.len()).any(|it| it == name);
    has(MARK) && has(RELOCATIONS)
}

/// The module that fetches the parts: which files each of them is made of, then what is the same for all.
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
    fn a_program_of_one_piece_stays_whole() {
        assert!(!is_for_parts(b"\0asm"));
        assert!(!is_for_parts(b"\0asm\x19\x15__wasm_split_unstable\x01"));
        assert!(is_for_parts(b"\0asm\x19\x15__wasm_split_unstable\x01\x0c\x0areloc.CODE"));
    }

    #[test]
    fn a_part_names_its_files_and_each_file_stands_once() {
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
