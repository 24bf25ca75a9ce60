//! Makes the program small: drops what no export reaches, and runs wasm-opt.

use crate::failure::{At, Outcome};
use crate::node;
use crate::place::Place;
use crate::step::Step;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use wasmparser::{Parser, Payload};

use super::READING;
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

/// What makes the fewest bytes of brotli, which are not the fewest bytes: `-Oz` gives code that repeats itself less and ends up larger.
/// The lowest addresses are unused: rustc has the linker begin with the stack (`--stack-first`), whose last kilobyte is there.
/// The parts are made small by `squeeze.mjs` in the same way.
const PASSES: [&str; 4] = ["-Os", "-Os", "--low-memory-unused", "--skip-pass=local-cse"];

/// The same for `squeeze.mjs`: what Binaryen's library calls these features and passes.
const LIBRARY: &str = r#"{"level":2,"shrink":1,"rounds":2,"skip":["local-cse"],"features":["BulkMemory","BulkMemoryOpt","NontrappingFPToInt","SignExt","MutableGlobals","ReferenceTypes","Multivalue","SIMD128"]}"#;

/// Removes sections that only describe the program.
const STRIP: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/// The small program and what the glue needs to know about it.
pub struct Small {
    /// The finished file.
    pub file: PathBuf,
    /// The names of its functions.
    pub names: PathBuf,
    /// What the program imports from the glue, under new short names.
    pub imports: Imports,
}

/// Makes `built` small, in the folder `work`.
///
/// # Errors
/// One of Binaryen's programs fails, or the file is not WebAssembly.
pub fn shrink(place: &Place, built: &Path, work: &Path) -> Outcome<Small> {
    let bytes = fs::read(built).at("Reading the program")?;
    let kept = exports(&bytes)?;
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
    let nameless = work.join("nameless.wasm");
    let names = squeeze(place, &reached, &nameless)?;
    let imports = Imports::of(&fs::read(&nameless).at("Reading the small program")?)?;
    let file = work.join("small.wasm");
    fs::write(&file, &imports.program).at("Writing the small program")?;
    Ok(Small { file, names, imports })
}

/// The file with the names of a small module's functions.
pub fn names_of(small: &Path) -> PathBuf {
    small.with_extension("names")
}

/// Makes parts of the program small, without names, in one process: most are so small that starting one for each would take longer.
/// `files` are what they are read from and written to; all exports are kept, because the other parts call them.
///
/// # Errors
/// Binaryen fails.
pub fn squeeze_all(place: &Place, share: usize, files: &[(PathBuf, PathBuf)], work: &Path) -> Outcome {
    let mut step = Step::new(format!("Optimise {} parts for size (Binaryen, {share})", files.len()), "node")
        .arg(place.at("xtask/src/dist/squeeze.mjs"))
        .arg(LIBRARY);
    for (from, to) in files {
        step = step.args([from, to, &names_of(to)]);
    }
    step.quiet(work.join(format!("squeeze-{share}.log"))).run()
}

/// Makes the program small, without names, and returns the file that holds the names.
fn squeeze(place: &Place, from: &Path, to: &Path) -> Outcome<PathBuf> {
    let names = names_of(to);
    Step::new("Optimise the program for size (wasm-opt)", node::program(place, "wasm-opt"))
        .args(FEATURES)
        .args(PASSES)
        // A list of its own: names in the file cost a kilobyte even where they are stripped at the end.
        .arg(format!("--symbolmap={}", names.display()))
        .args(STRIP)
        .arg(from)
        .arg("-o")
        .arg(to)
        .quiet(to.with_extension("log"))
        .run()?;
    Ok(names)
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

fn exports(bytes: &[u8]) -> Outcome<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(bytes) {
        if let Payload::ExportSection(section) = payload.at(READING)? {
            for export in section {
                names.insert(export.at(READING)?.name.to_owned());
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::{exports, roots};
    use std::collections::BTreeSet;

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
