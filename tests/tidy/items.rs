//! Nothing public is there for nobody: the compiler looks for that within a package alone.

use crate::source::{Source, folder, sources, words};
use std::collections::{BTreeMap, BTreeSet};

/// The packages that others build on.
const PACKAGES: [&str; 4] = ["src/livy", "src/snippet", "src/form", "src/console"];

/// What can be declared. A type may be public because a function gives it, without anybody naming it; a module only holds others.
const KINDS: [&str; 8] = ["fn", "const", "static", "struct", "enum", "trait", "type", "mod"];
const CALLED: [&str; 3] = ["fn", "const", "static"];

/// The public names that a file declares, with what they are. Variants and fields are not looked at.
fn declared(source: &Source) -> Vec<(&str, &str)> {
    let lines = source.bare.lines().map(str::trim_start).filter(|it| it.starts_with("pub "));
    lines
        .filter_map(|line| {
            let mut words = words(line).skip_while(|it| !KINDS.contains(it));
            let kind = words.next()?;
            // `pub const fn name`.
            let name = words.find(|it| *it != "fn")?;
            Some((kind, name))
        })
        .collect()
}

/// The files of a package that others can reach: along `pub mod`, and along `pub use` of a private one.
fn reached(package: &str, program: &[&'static Source]) -> Vec<&'static Source> {
    let files: BTreeMap<&str, &'static Source> = program.iter().map(|it| (it.name.as_str(), *it)).collect();
    let mut found = Vec::new();
    let mut next = vec![format!("{package}/lib.rs")];
    while let Some(source) = next.pop().and_then(|it| files.get(it.as_str()).copied()) {
        found.push(source);
        let folder = folder(&source.name);
        let shown = source.bare.split("pub use ").skip(1).filter_map(|it| it.split("::").next());
        let modules = declared(source).into_iter().filter(|it| it.0 == "mod").map(|it| it.1);
        for module in modules.chain(shown).collect::<BTreeSet<_>>() {
            let name = format!("{folder}/{module}.rs");
            if files.contains_key(name.as_str()) {
                next.push(name);
            }
        }
    }
    found
}

/// How often each word is in some code.
fn said<'a>(code: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut said = BTreeMap::new();
    for word in code.flat_map(words) {
        *said.entry(word).or_default() += 1;
    }
    said
}

#[test]
fn every_public_item_is_used_by_another_package_or_a_test() {
    let program = sources(&["src"]);
    let tests = sources(&["tests", "xtask"]);
    let mut found = Vec::new();
    for package in PACKAGES {
        let is_own = |it: &&&Source| it.name.starts_with(&format!("{package}/"));
        let outside = said(program.iter().filter(|it| !is_own(it)).chain(&tests).map(|it| it.whole.as_str()));
        let inside = said(program.iter().filter(is_own).map(|it| it.code.as_str()));
        let reached = reached(package, &program);
        assert!(reached.len() > 1, "{package}: {}", reached.len());
        for source in reached {
            for (kind, name) in declared(source) {
                let is_used =
                    outside.contains_key(name) || !CALLED.contains(&kind) && inside.get(name) > Some(&1);
                if !is_used {
                    found.push(format!("{}: {kind} {name}", source.name));
                }
            }
        }
    }
    assert!(found.is_empty(), "make them pub(crate), or remove them: {found:#?}");
}
