//! Leaves out of the program what nobody calls, before it is taken apart: what only an export reaches stays in the program as long as the
//! export does.
//!
//! Leptos pulls in the crate wasm-streams for its server functions, which a page of static files never calls. Its exported classes
//! would keep some kilobytes of program.

use std::collections::BTreeSet;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, Module, RawSection};
use wasmparser::{BinaryReaderError, Parser, Payload};

/// What the names of these exports have in common, in lower case.
const UNCALLED: &str = "intounderlying";

/// The program without these exports. All else keeps its place in its section, which relocations count from.
///
/// # Errors
/// The bytes are no program.
pub fn without(program: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
    let mut left = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if let Payload::ExportSection(section) = payload {
            let mut exports = ExportSection::new();
            for export in section {
                let export = export?;
                if !export.name.to_ascii_lowercase().contains(UNCALLED) {
                    let Ok(kind) = RoundtripReencoder.export_kind(export.kind) else { continue };
                    exports.export(export.name, kind, export.index);
                }
            }
            left.section(&exports);
        } else if let Some((id, range)) = payload.as_section() {
            left.section(&RawSection { id, data: &program[range] });
        }
    }
    Ok(left.finish())
}

/// The exports among them that the glue still speaks of, by the names that it has for them.
pub fn named_by(glue: &str) -> BTreeSet<String> {
    let names = glue.split("wasm.").skip(1).map(|rest| {
        let end = rest.find(|it: char| it != '_' && !it.is_ascii_alphanumeric()).unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    names.filter(|it| it.to_ascii_lowercase().contains(UNCALLED)).collect()
}

#[cfg(test)]
mod tests {
    use super::{named_by, without};
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Module, TypeSection,
    };

    #[test]
    fn an_export_that_nobody_calls_is_left_out_and_the_glue_names_it() {
        let mut module = Module::new();
        let (mut types, mut functions, mut exports, mut code) =
            (TypeSection::new(), FunctionSection::new(), ExportSection::new(), CodeSection::new());
        types.ty().function([], []);
        for name in ["open", "intounderlyingsink_write_58a"] {
            exports.export(name, ExportKind::Func, functions.len());
            functions.function(0);
            let mut nothing = Function::new([]);
            nothing.instructions().end();
            code.function(&nothing);
        }
        module.section(&types).section(&functions).section(&exports).section(&code);
        let left = without(&module.finish()).unwrap();
        let text = String::from_utf8_lossy(&left);
        assert!(text.contains("open") && !text.contains("intounderlying"), "{text}");
        assert!(without(b"nothing").is_err());
        let glue = "wasm.open(); free() { wasm.__wbg_intounderlyingsink_free(ptr, 0); } wasm.memory";
        assert_eq!(named_by(glue).into_iter().collect::<Vec<_>>(), ["__wbg_intounderlyingsink_free"]);
    }
}
