//! Which module of a package needs which: there are no circles, so that each can be read and tested with what is below it.

use crate::source::{Source, folder, sources};
use std::collections::{BTreeMap, BTreeSet};

/// The packages, by the file of their root.
const ROOTS: [&str; 7] = [
    "src/livy/lib.rs",
    "src/snippet/lib.rs",
    "src/form/lib.rs",
    "src/console/lib.rs",
    "src/main.rs",
    "tests/fake-livy/src/lib.rs",
    "xtask/src/main.rs",
];

/// Circles that are meant, by the modules in them, with the reason. A module and its children are two halves of one thing and need no
/// entry.
const MEANT: [(&str, &str); 0] = [];

/// The modules of a package: the file of each, by its path from the root, such as `["web", "page"]`.
struct Package {
    modules: BTreeMap<Vec<String>, &'static Source>,
    /// Names that a module shows as its own (`pub use`), and whose they are.
    shown: BTreeMap<(Vec<String>, String), Vec<String>>,
}

impl Package {
    fn of(root: &str) -> Self {
        let base = folder(root);
        let modules = sources(&[&base]).into_iter().filter_map(|source| {
            let path = match source.name.strip_prefix(&format!("{base}/"))? {
                _ if source.name == root => Vec::new(),
                inner => inner.trim_end_matches(".rs").split('/').map(str::to_owned).collect(),
            };
            Some((path, source))
        });
        let modules: BTreeMap<Vec<String>, &Source> = modules.collect();
        // `src/` also holds the other packages: a module is what its parent declares.
        let declared = |path: &[String]| {
            path.is_empty() || {
                let parent = modules.get(&path[..path.len() - 1]);
                parent.is_some_and(|it| it.bare.contains(&format!("mod {};", path[path.len() - 1])))
            }
        };
        let known: BTreeSet<Vec<String>> =
            modules.keys().filter(|path| (0..=path.len()).all(|to| declared(&path[..to]))).cloned().collect();
        let modules = modules.into_iter().filter(|(path, _)| known.contains(path)).collect();
        let mut package = Self { modules, shown: BTreeMap::new() };
        let shown = package.modules.iter().flat_map(|(module, source)| {
            let uses = source.bare.split("pub use ").chain(source.bare.split("pub(crate) use ")).skip(1);
            let paths: Vec<Vec<String>> =
                uses.filter_map(|it| it.split(';').next()).flat_map(leaves).collect();
            paths.into_iter().filter_map(|path| {
                Some(((module.clone(), path.last()?.clone()), package.module(module, &path)))
            })
        });
        package.shown = shown.collect();
        package
    }

    /// The module that a path leads to, seen from another; the module itself where it leads out of the package.
    fn module(&self, from: &[String], path: &[String]) -> Vec<String> {
        let mut at = from.to_vec();
        let mut path = path.iter().peekable();
        match path.peek().map(|it| it.as_str()) {
            Some("crate") => {
                at.clear();
                path.next();
            }
            Some("self") => {
                path.next();
            }
            _ => {}
        }
        while path.next_if(|it| *it == "super").is_some() {
            at.pop();
        }
        for name in path {
            let inner = [at.as_slice(), std::slice::from_ref(name)].concat();
            if self.modules.contains_key(&inner) {
                at = inner;
            } else {
                if let Some(shown) = self.shown.get(&(at.clone(), name.clone())) {
                    at.clone_from(shown);
                }
                break;
            }
        }
        at
    }

    /// What each module needs of its own package.
    fn needs(&self) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
        let needs = self.modules.iter().map(|(module, source)| {
            let paths = paths(&source.bare).into_iter().filter(|path| {
                let first = path[0].as_str();
                let child = [module.as_slice(), &path[..1]].concat();
                ["crate", "super", "self"].contains(&first) || self.modules.contains_key(&child)
            });
            let mut needs: BTreeSet<Vec<String>> = paths.map(|path| self.module(module, &path)).collect();
            needs.remove(module);
            (module.clone(), needs)
        });
        needs.collect()
    }
}

/// Every path in some code, those in braces each on their own: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(bare: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let mut rest = bare;
    while let Some(at) = rest.find("::") {
        let first = rest[..at].rsplit(|it| !is_word(it)).next().unwrap_or_default();
        let is_start = !rest[..at - first.len()].ends_with("::");
        let from = at - first.len();
        let to = from + extent(&rest[from..]);
        if is_start && !first.is_empty() {
            found.extend(leaves(&rest[from..to]));
        }
        rest = &rest[to.max(at + 2)..];
    }
    found
}

/// How long a path is, with what it has in braces.
fn extent(text: &str) -> usize {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' if depth > 0 || bytes[..at].ends_with(b"::") => depth += 1,
            b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ if depth > 0 || byte.is_ascii_alphanumeric() || b"_:".contains(byte) || *byte > 127 => {}
            _ => return at,
        }
    }
    bytes.len()
}

/// The paths of a `use`, each on its own.
fn leaves(text: &str) -> Vec<Vec<String>> {
    let (before, inner) = match text.split_once('{') {
        Some((before, rest)) => (before, Some(rest.strip_suffix('}').unwrap_or(rest))),
        None => (text.split(" as ").next().unwrap_or_default(), None),
    };
    let words = |it: &str| -> Vec<String> {
        it.split("::").map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let Some(inner) = inner else { return vec![words(before)] };
    let mut found = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, it) in inner.char_indices().chain([(inner.len(), ',')]) {
        match it {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                let item = inner[from..at].trim();
                if !item.is_empty() {
                    found.extend(leaves(item).into_iter().map(|it| [words(before), it].concat()));
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

type Needs = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

/// The modules that can be reached from one, along what each needs.
fn below(needs: &Needs, from: &Vec<String>) -> BTreeSet<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        for needed in needs.get(module).into_iter().flatten() {
            if seen.insert(needed.clone()) {
                next.push(needed);
            }
        }
    }
    seen
}

/// The circles among some modules. One of a module and its children is looked at again without that module.
fn circles(needs: &Needs) -> Vec<BTreeSet<Vec<String>>> {
    let mut found = Vec::new();
    let reach: Needs = needs.keys().map(|it| (it.clone(), below(needs, it))).collect();
    let mut seen: BTreeSet<&Vec<String>> = BTreeSet::new();
    for module in needs.keys() {
        if seen.contains(module) || !reach[module].contains(module) {
            continue;
        }
        let circle: BTreeSet<&Vec<String>> = reach[module]
            .iter()
            .filter_map(|it| reach.get_key_value(it))
            .filter(|(_, below)| below.contains(module))
            .map(|it| it.0)
            .collect();
        seen.extend(&circle);
        let head = circle.iter().find(|head| circle.iter().all(|it| it.starts_with(head))).copied();
        if let Some(head) = head {
            let inner = |it: &&Vec<String>| *it != head && circle.contains(*it);
            let rest = circle.iter().copied().filter(inner);
            let needed = |it: &Vec<String>| needs[it].iter().filter(inner).cloned().collect();
            found.extend(circles(&rest.map(|it| (it.clone(), needed(it))).collect()));
        } else {
            found.push(circle.into_iter().cloned().collect());
        }
    }
    found
}

#[test]
fn no_modules_of_a_package_need_each_other_in_a_circle() {
    let mut found = Vec::new();
    for root in ROOTS {
        let package = Package::of(root);
        let needs = package.needs();
        let arrows: usize = needs.values().map(BTreeSet::len).sum();
        println!("{root}: {} modules, {arrows} arrows", needs.len());
        for circle in circles(&needs) {
            let names: Vec<String> = circle.iter().map(|it| it.join("::")).collect();
            let circle = names.join(" ");
            if !MEANT.iter().any(|(it, _)| *it == circle) {
                found.push(format!("{root}: {circle}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_circle_is_found_and_a_module_with_its_child_is_none() {
    let path = |it: &str| it.split("::").map(str::to_owned).collect::<Vec<String>>();
    let needs = |arrows: &[(&str, &str)]| {
        let mut needs = Needs::new();
        for (from, to) in arrows {
            needs.entry(path(from)).or_default().insert(path(to));
            needs.entry(path(to)).or_default();
        }
        circles(&needs).len()
    };
    assert_eq!(needs(&[("a", "b"), ("b", "c")]), 0);
    assert_eq!(needs(&[("a", "b"), ("b", "c"), ("c", "a")]), 1);
    assert_eq!(needs(&[("a", "a::b"), ("a::b", "a")]), 0);
    assert_eq!(needs(&[("a", "a::b"), ("a::b", "a"), ("a::b", "a::c"), ("a::c", "a::b")]), 1);
    assert_eq!(needs(&[("a", "d"), ("d", "a::b"), ("a::b", "a")]), 1);
}

#[test]
fn paths_are_read_out_of_braces_and_out_of_other_code() {
    let read = |code: &str| paths(code).iter().map(|it| it.join("::")).collect::<Vec<_>>();
    assert_eq!(
        read("use crate::a::{b, c::{d, self}, e as f, g}; x(super::y::<T>(1), z)"),
        ["crate::a::b", "crate::a::c::d", "crate::a::c::self", "crate::a::e", "crate::a::g", "super::y"]
    );
    assert_eq!(read("std::fmt::Debug, Vec::<u8>::new()"), ["std::fmt::Debug", "Vec"]);
}
