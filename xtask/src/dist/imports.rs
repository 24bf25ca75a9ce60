//! What the program takes from its glue, under short names.
//!
//! wasm-bindgen names each function at length (`__wbg_addEventListener_0a1b…`), once in the program and once in the glue. Nobody
//! reads these names in a bundle, and hashes do not compress.

use crate::failure::{At, Outcome};
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use super::READING;

/// The short name of the glue itself, among the modules that the program imports from.
const GLUE: &str = "a";

/// A program with short names, and which names they are.
#[derive(Debug)]
pub struct Imports {
    /// The program with the short names.
    pub program: Vec<u8>,
    /// What the program called the glue before.
    module: String,
    /// The short name of each function that it takes from the glue.
    short: BTreeMap<String, String>,
}

impl Imports {
    /// Renames what a program takes from the glue. What it takes from other modules, the glue hands on unseen.
    ///
    /// # Errors
    /// The bytes are no program.
    pub fn of(bytes: &[u8]) -> Outcome<Self> {
        let mut renamed = Self { program: Vec::new(), module: String::new(), short: BTreeMap::new() };
        let mut program = Module::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.at(READING)?;
            if let Payload::ImportSection(section) = payload {
                let mut imports = ImportSection::new();
                for import in section.into_imports() {
                    let import = import.at(READING)?;
                    let ty = RoundtripReencoder.entity_type(import.ty).at(READING)?;
                    if import.module.starts_with("./snippets/") {
                        imports.import(import.module, import.name, ty);
                    } else {
                        renamed.module = import.module.to_owned();
                        let count = renamed.short.len();
                        let short =
                            renamed.short.entry(import.name.to_owned()).or_insert_with(|| letters(count));
                        imports.import(GLUE, short, ty);
                    }
                }
                program.section(&imports);
            } else if let Some((id, range)) = payload.as_section() {
                program.section(&RawSection { id, data: &bytes[range] });
            }
        }
        renamed.program = program.finish();
        Ok(renamed)
    }

    /// What `glue.mjs` has to know, as JSON. `dropped` are exports that the program no longer has.
    pub fn facts<'a>(&self, dropped: impl IntoIterator<Item = &'a String>) -> String {
        // Names of wasm-bindgen hold letters, digits and underscores; its modules are paths of such names.
        let short: Vec<_> =
            self.short.iter().map(|(long, short)| format!("\"{long}\":\"{short}\"")).collect();
        let dropped: Vec<_> = dropped.into_iter().map(|it| format!("\"{it}\"")).collect();
        format!(
            "{{\"module\":\"{}\",\"as\":\"{GLUE}\",\"short\":{{{}}},\"dropped\":[{}]}}",
            self.module,
            short.join(","),
            dropped.join(",")
        )
    }
}

/// The nth name: a to z, then aa, ab and so on.
fn letters(count: usize) -> String {
    let mut rest = count;
    let mut name = Vec::new();
    loop {
        name.push(b'a' + u8::try_from(rest % 26).unwrap_or_default());
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    name.into_iter().rev().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::{Imports, letters};
    use wasm_encoder::{EntityType, ImportSection, MemoryType, Module};
    use wasmparser::{Parser, Payload};

    #[test]
    fn names_are_short_and_different() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["a", "z", "aa", "az", "ba", "zz", "aaa"]);
        let all: std::collections::BTreeSet<_> = (0..20_000).map(letters).collect();
        assert_eq!(all.len(), 20_000);
    }

    #[test]
    fn functions_of_the_glue_are_renamed_and_those_of_other_modules_are_not() {
        let memory =
            MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        let mut imports = ImportSection::new();
        for (module, name) in [
            ("./app_bg.js", "__wbg_fetch_01"),
            ("./snippets/parts/link.js", "load"),
            ("./app_bg.js", "__wbg_then_02"),
        ] {
            imports.import(module, name, EntityType::Memory(memory));
        }
        let mut module = Module::new();
        module.section(&imports);
        let renamed = Imports::of(&module.finish()).unwrap();
        let mut found = Vec::new();
        for payload in Parser::new(0).parse_all(&renamed.program) {
            if let Payload::ImportSection(section) = payload.unwrap() {
                found.extend(section.into_imports().map(|it| it.map(|it| (it.module, it.name)).unwrap()));
            }
        }
        assert_eq!(found, [("a", "a"), ("./snippets/parts/link.js", "load"), ("a", "b")]);
        assert_eq!(
            renamed.facts(&["old".to_owned()]),
            "{\"module\":\"./app_bg.js\",\"as\":\"a\",\"short\":{\"__wbg_fetch_01\":\"a\",\"__wbg_then_02\":\"b\"},\"dropped\":[\"old\"]}"
        );
        assert!(Imports::of(b"<html>").is_err());
    }
}
