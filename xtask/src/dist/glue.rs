//! The JavaScript half of the program, as wasm-bindgen writes it, without the parts that belong to dropped exports.
//!
//! It relies on wasm-bindgen's layout, in which a part ends at the indentation where it begins. If the layout has changed, the
//! glue is left as it is, which costs only bytes.

use std::collections::BTreeSet;

const EXPORTS: &str = "export { initSync, __wbg_init as default };";
/// `boot.js` starts the program with the default export. The module that fetches its parts needs the exports of the running one.
const TWO_EXPORTS: &str =
    "const running = () => wasm;\nexport { running as initSync, __wbg_init as default };";

/// The glue without classes whose exports were dropped, and without functions that the program no longer imports.
pub fn prune(glue: &str, imports: &BTreeSet<String>, dropped: &BTreeSet<String>) -> String {
    let mut kept = Vec::new();
    let mut modules = BTreeSet::new();
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        match part(line, imports, dropped) {
            // wasm-bindgen lists a module once for each function that is imported from it.
            Part::Kept if module(line).is_some_and(|it| !modules.insert(it)) => {}
            Part::Kept => kept.push(line),
            Part::Line => {}
            Part::Until(end) => {
                lines.by_ref().find(|line| end.met_by(line));
            }
        }
    }
    let pruned = kept.join("\n").replace(EXPORTS, TWO_EXPORTS) + "\n";
    if is_whole(&pruned, imports, dropped) { pruned } else { glue.to_owned() }
}

/// Whether every import is still there, and nothing refers to a dropped export.
fn is_whole(glue: &str, imports: &BTreeSet<String>, dropped: &BTreeSet<String>) -> bool {
    imports.iter().all(|import| glue.contains(&format!("{import}: ")) || glue.contains(&format!("{import}(")))
        && !dropped.iter().any(|export| glue.contains(&format!("wasm.{export}(")))
}

enum Part {
    Kept,
    Line,
    Until(End),
}

/// What the last line of a part looks like.
enum End {
    Begins(&'static str),
    Closes(&'static str),
}

impl End {
    fn met_by(&self, line: &str) -> bool {
        match self {
            Self::Begins(text) => line.starts_with(text),
            Self::Closes(text) => line.ends_with(text),
        }
    }
}

fn part(line: &str, imports: &BTreeSet<String>, dropped: &BTreeSet<String>) -> Part {
    let is_dropped = |class: &str| {
        let prefix = format!("{}_", class.to_ascii_lowercase());
        dropped.iter().any(|export| export.trim_start_matches("__wbg_").starts_with(&prefix))
    };
    let class = line.strip_prefix("export class ").and_then(|rest| rest.strip_suffix(" {"));
    let disposal = line.strip_prefix("if (Symbol.dispose) ").and_then(|rest| rest.split('.').next());
    let registry = line.strip_prefix("const ").and_then(|rest| rest.split_once("Finalization = "));
    if class.is_some_and(is_dropped) {
        Part::Until(End::Begins("}"))
    } else if disposal.is_some_and(is_dropped) {
        Part::Line
    } else if registry.is_some_and(|(class, _)| is_dropped(class)) {
        if line.ends_with(';') { Part::Line } else { Part::Until(End::Closes(";")) }
    } else if import_name(line).is_some_and(|name| !imports.contains(name)) {
        Part::Until(End::Begins("        }"))
    } else {
        Part::Kept
    }
}

/// `        __wbg_name_0123: function(arg0) {` in the object of imports.
fn import_name(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("        ")?.split_once(": function(")?;
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (plain && rest.ends_with('{')).then_some(name)
}

/// `        "./module.js": import1,` in the object of imports.
fn module(line: &str) -> Option<&str> {
    let (name, import) = line.strip_prefix("        \"")?.split_once("\": import")?;
    (import.ends_with(',') && name.ends_with(".js")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{EXPORTS, prune};
    use std::collections::BTreeSet;

    fn glue() -> String {
        [
            "export class IntoUnderlyingSink {",
            "    free() {",
            "        wasm.__wbg_intounderlyingsink_free(ptr, 0);",
            "    }",
            "}",
            "if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;",
            "export class Kept {",
            "}",
            "function __wbg_get_imports() {",
            "    const import0 = {",
            "        __wbg_used_1: function(arg0) {",
            "            return 1;",
            "        },",
            "        __wbg_unused_2: function() { return handleError(function (arg0) {",
            "            return 2;",
            "        }, arguments); },",
            "        __wbg_used_3: function() { return handleError(function (arg0) {",
            "            return 3;",
            "        }, arguments); },",
            "    };",
            "    return {",
            "        \"./parts.js\": import1,",
            "        \"./parts.js\": import2,",
            "        \"./other.js\": import3,",
            "    };",
            "}",
            "const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')",
            "    ? { register: () => {}, unregister: () => {} }",
            "    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));",
            "const after = 4;",
            EXPORTS,
        ]
        .join("\n")
    }

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn dropped_classes_and_unused_functions_go_and_their_neighbours_stay() {
        let dropped = names(&["__wbg_intounderlyingsink_free", "intounderlyingsink_write"]);
        let pruned = prune(&glue(), &names(&["__wbg_used_1", "__wbg_used_3"]), &dropped);
        for gone in ["IntoUnderlying", "intounderlying", "unused", "return 2", "export { initSync"] {
            assert!(!pruned.contains(gone), "{gone} in {pruned}");
        }
        assert!(!pruned.contains("import2,"), "a module is listed once in {pruned}");
        for kept in [
            "\"./parts.js\": import1,",
            "\"./other.js\": import3,",
            "class Kept {\n}",
            "return 1",
            "return 3;\n        }, arguments); },\n    };",
            "after",
            "as default",
        ] {
            assert!(pruned.contains(kept), "{kept} not in {pruned}");
        }
    }

    #[test]
    fn glue_of_an_unknown_layout_stays_as_it_is() {
        let other = "import0.__wbg_used_1 = 1; wasm.__wbg_intounderlyingsink_free(1);\n";
        assert_eq!(
            prune(other, &names(&["__wbg_used_1"]), &names(&["__wbg_intounderlyingsink_free"])),
            other
        );
    }
}
