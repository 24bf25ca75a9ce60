//! Makes the program small: drops exports that are never called, runs wasm-opt, counts the bytes by crate, and strips names.

use crate::failure::{At, Failure, Outcome};
use crate::node;
use crate::place::Place;
use crate::step::Step;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use super::imports::Imports;

/// What rustc 1.95 uses by default for wasm32-unknown-unknown (`rustc --print cfg`), and what `.cargo/config.toml` adds.
/// wasm-opt rejects features that are not listed.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// Removes sections that only describe the program.
const STRIP: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/// Streams from Rust to JavaScript: Leptos pulls in the crate wasm-streams for its server functions, which a page of static files
/// never calls. Its exported classes would keep four kilobytes of program.
const UNCALLED: &str = "intounderlying";

/// The small program and what the glue needs to know about it.
pub struct Small {
    /// The finished file.
    pub file: PathBuf,
    /// What the program imports from the glue, under new short names.
    pub imports: Imports,
    /// The names of the exports that were dropped.
    pub dropped: BTreeSet<String>,
    /// Where its bytes are, as text.
    pub account: String,
}

/// Makes `built` small, in the folder `work`.
///
/// # Errors
/// One of Binaryen's programs fails, or the file is not WebAssembly.
pub fn shrink(place: &Place, built: &Path, work: &Path) -> Outcome<Small> {
    let bytes = fs::read(built).at("Reading the program")?;
    let exports = exports(&bytes)?;
    let (dropped, kept): (BTreeSet<String>, BTreeSet<String>) =
        exports.into_iter().partition(|name| name.to_ascii_lowercase().contains(UNCALLED));
    let graph = work.join("roots.json");
    fs::write(&graph, roots(&kept)).at("Writing the list of exports")?;
    let reached = work.join("reached.wasm");
    Step::new("Drop what no export reaches (wasm-metadce)", node::program(place, "wasm-metadce"))
        .args(FEATURES)
        .arg("-g")
        .arg(built)
        .args(["-f".as_ref(), graph.as_os_str(), "-o".as_ref(), reached.as_os_str()])
        .quiet(work.join("metadce.log"))
        .run()?;
    // Names are worth a kilobyte even where nobody reads them: the file that ships is made without, the account with them.
    let named = work.join("named.wasm");
    optimise(place, "Optimise the program for size, with names for the account", &["-g"], &reached, &named)?;
    let nameless = work.join("nameless.wasm");
    optimise(place, "Optimise the program for size (wasm-opt -Oz)", &STRIP, &reached, &nameless)?;
    let imports = Imports::of(&fs::read(&nameless).at("Reading the small program")?)?;
    let file = work.join("small.wasm");
    fs::write(&file, &imports.program).at("Writing the small program")?;
    let named = fs::read(&named).at("Reading the program with names")?;
    Ok(Small { file, imports, dropped, account: account(&named)? })
}

fn optimise(place: &Place, title: &str, options: &[&str], from: &Path, to: &Path) -> Outcome {
    Step::new(title, node::program(place, "wasm-opt"))
        .args(FEATURES)
        .arg("-Oz")
        .args(options)
        .arg(from)
        .arg("-o")
        .arg(to)
        .quiet(to.with_extension("log"))
        .run()
}

/// Makes a part of the program small. The other parts call all its exports.
///
/// # Errors
/// Binaryen's program fails.
pub fn squeeze(place: &Place, part: &Path, small: &Path) -> Outcome {
    let name = part.file_name().unwrap_or_default().to_string_lossy();
    optimise(place, &format!("Optimise {name} for size"), &STRIP, part, small)
}

/// wasm-metadce's description of what is called from outside.
fn roots(exports: &BTreeSet<String>) -> String {
    let exports: Vec<&String> = exports.iter().collect();
    let names: Vec<String> = (0..exports.len()).map(|index| format!("\"export{index}\"")).collect();
    let nodes = exports
        .iter()
        .enumerate()
        .map(|(index, export)| format!(",{{\"name\":\"export{index}\",\"export\":\"{export}\"}}"))
        .collect::<String>();
    format!("[{{\"name\":\"outside\",\"root\":true,\"reaches\":[{}]}}{nodes}]", names.join(","))
}

pub(super) fn unreadable(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("Cannot read the built program as WebAssembly: {error}."))
}

fn exports(bytes: &[u8]) -> Outcome<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(bytes) {
        if let Payload::ExportSection(section) = payload.map_err(unreadable)? {
            for export in section {
                names.insert(export.map_err(unreadable)?.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// The bytes of code by crate, from the name section.
fn account(bytes: &[u8]) -> Outcome<String> {
    let mut imported = 0;
    let mut sizes = Vec::new();
    let mut names = BTreeMap::new();
    let mut data = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.map_err(unreadable)? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(unreadable)?;
                    imported += u32::from(matches!(import.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::DataSection(section) => data = section.range().len(),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(parts) = section.as_known() {
                    for part in parts {
                        if let Name::Function(functions) = part.map_err(unreadable)? {
                            for function in functions {
                                let function = function.map_err(unreadable)?;
                                names.insert(function.index, crate_of(function.name));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut by_crate: BTreeMap<String, usize> = BTreeMap::new();
    for (index, size) in (imported..).zip(&sizes) {
        let name = names.get(&index).cloned().unwrap_or_else(|| "unnamed".to_owned());
        *by_crate.entry(name).or_default() += size;
    }
    Ok(written(by_crate, sizes.iter().sum(), data))
}

fn written(by_crate: BTreeMap<String, usize>, code: usize, data: usize) -> String {
    let mut rows: Vec<(String, usize)> = by_crate.into_iter().collect();
    rows.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let mut text =
        format!("Where the bytes of the program are: code {code}, constant data {data}; code by crate:\n");
    for (name, size) in rows.iter().take(14) {
        text.push_str(&format!("{name:<40} {size:>9}\n"));
    }
    let rest: usize = rows.iter().skip(14).map(|(_, size)| size).sum();
    text.push_str(&format!("{:<40} {rest:>9}\n", "all others"));
    text
}

/// The crate that a function belongs to: the first path in its name, as `leptos` in `<leptos::View as core::fmt::Debug>::fmt`
/// and `tachys` in `<T as tachys::view::Render>::build`.
fn crate_of(name: &str) -> String {
    let Some((before, _)) = name.split_once("::") else { return "glue and built-ins".to_owned() };
    // A crate's name may be followed by its hash: `dlmalloc[e24a27700634d609]`.
    let before = before.split_once('[').map_or(before, |(name, _)| name);
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
    word.filter(|word| !word.is_empty()).unwrap_or("glue and built-ins").to_owned()
}

#[cfg(test)]
mod tests {
    use super::{crate_of, exports, roots};
    use std::collections::BTreeSet;

    #[test]
    fn the_crate_is_the_first_path() {
        assert_eq!(crate_of("livy_console::main::h0123"), "livy_console");
        assert_eq!(crate_of("<leptos::View as core::fmt::Debug>::fmt"), "leptos");
        assert_eq!(crate_of("<&mut tachys::html::X as y::Z>::f"), "tachys");
        assert_eq!(crate_of("<T as tachys::view::Render>::build"), "tachys");
        assert_eq!(
            crate_of("<dlmalloc[e24a27700634d609]::Dlmalloc<dlmalloc[e24a]::System>>::malloc"),
            "dlmalloc"
        );
        assert_eq!(crate_of("<dyn core::any::Any>::type_id"), "core");
        assert_eq!(crate_of("__wbindgen_malloc"), "glue and built-ins");
    }

    #[test]
    fn the_roots_have_the_form_that_wasm_metadce_reads() {
        let exports: BTreeSet<String> = ["main", "memory"].map(String::from).into();
        assert_eq!(
            roots(&exports),
            "[{\"name\":\"outside\",\"root\":true,\"reaches\":[\"export0\",\"export1\"]},\
             {\"name\":\"export0\",\"export\":\"main\"},{\"name\":\"export1\",\"export\":\"memory\"}]"
        );
    }

    #[test]
    fn exports_are_read_from_the_program() {
        // A module that exports one memory under the name "memory".
        let module = b"\0asm\x01\0\0\0\x05\x03\x01\0\x01\x07\x0a\x01\x06memory\x02\0";
        assert_eq!(exports(module).unwrap(), ["memory".to_owned()].into());
        assert!(exports(b"<html>").is_err());
    }
}
