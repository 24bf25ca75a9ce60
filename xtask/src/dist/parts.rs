//! The parts of the program that are fetched later: made small, named by their content, and entered in the module that fetches them.

use crate::build::{self, LIST, PARTS};
use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

use super::account::Account;
use super::{hashed, wasm};

/// The files of each part, by the part's name. A file may belong to several.
pub type Parts = BTreeMap<String, BTreeSet<String>>;

/// What several parts share.
const SHARED: &str = "shared";
/// Shared modules of fewer bytes travel in one file: the splitter makes one for every set of parts that share something, and most are
/// smaller than the request that would fetch them.
const TOGETHER: usize = 6_000;

/// Where a module ends up: in a file of its own, or between two places of the file that many share.
struct Shipped {
    name: Option<String>,
    range: Option<(usize, usize)>,
}

/// What one process makes small.
#[derive(Clone, Default)]
struct Share {
    bytes: u64,
    /// What is read, and what is written.
    files: Vec<(PathBuf, PathBuf)>,
}

/// Writes every finished part to `out` and enters its code in the account.
///
/// # Errors
/// There are no parts, one cannot be made small, or a file cannot be read or written.
pub fn finish(
    place: &Place,
    folder: &Path,
    work: &Path,
    out: &Path,
    account: &mut Account,
) -> Outcome<Parts> {
    let mut text = fs::read_to_string(folder.join("link.js"))
        .at("Reading the module that fetches the program's parts")?;
    let list = fs::read_to_string(folder.join(LIST)).at("Reading the list of the program's parts")?;
    let parts = build::listed(&list);
    let modules: BTreeSet<&String> = parts.values().flatten().collect();
    let mut together = Vec::new();
    let mut shipped: BTreeMap<&String, Shipped> = BTreeMap::new();
    let all_names = squeezed(place, &modules, folder, work)?;
    for (module, names) in modules.into_iter().zip(all_names) {
        let small = work.join(format!("{module}.wasm"));
        account.add(spoken(module), &small, &names)?;
        let bytes = fs::read(&small).at(format!("Reading {}", small.display()))?;
        let is_shared = spoken(module) == SHARED;
        let found = if is_shared && bytes.len() < TOGETHER {
            let from = together.len();
            together.extend(bytes);
            Shipped { name: None, range: Some((from, together.len())) }
        } else {
            Shipped { name: Some(hashed(&small, out, &stem(module), "wasm")?), range: None }
        };
        shipped.insert(module, found);
    }
    let file = work.join("together.wasm");
    fs::write(&file, &together).at("Writing the small modules")?;
    let all = if together.is_empty() { String::new() } else { hashed(&file, out, &stem(SHARED), "wasm")? };
    for (module, Shipped { name, range }) in &shipped {
        let name = name.as_ref().unwrap_or(&all);
        let place = range.map(|(from, to)| format!(", {from}, {to}")).unwrap_or_default();
        text = text.replace(&format!("\"./{module}.wasm\""), &format!("\"./{name}\"{place}"));
    }
    let name = |module: &String| shipped.get(module)?.name.clone().or_else(|| Some(all.clone()));
    let files = |modules: &Vec<String>| modules.iter().filter_map(name).collect();
    let parts = parts.iter().map(|(part, modules)| (part.clone(), files(modules))).collect();
    // It is bundled into the glue, which ends up beside the parts. What was built stays as it is, for the next run.
    let finished = work.join(PARTS);
    fs::create_dir_all(&finished).at(format!("Creating {}", finished.display()))?;
    fs::write(finished.join("link.js"), text).at("Writing the module that fetches the program's parts")?;
    Ok(parts)
}

/// Makes every module small, with as many processes as the machine has processors. Returns the files with their names, in the modules'
/// order.
fn squeezed(place: &Place, modules: &BTreeSet<&String>, folder: &Path, work: &Path) -> Outcome<Vec<PathBuf>> {
    let file = |module: &str| format!("{module}.wasm");
    let mut by_size = Vec::new();
    for module in modules {
        let built = folder.join(file(module));
        let size = fs::metadata(&built).at(format!("Reading {}", built.display()))?.len();
        by_size.push((size, built, work.join(file(module))));
    }
    by_size.sort_by_key(|it| Reverse(it.0));
    let mut shares = vec![Share::default(); thread::available_parallelism().map_or(1, NonZero::get)];
    for (size, from, to) in by_size {
        // Whoever has least to do.
        if let Some(share) = shares.iter_mut().min_by_key(|it| it.bytes) {
            share.bytes += size;
            share.files.push((from, to));
        }
    }
    let done: Vec<Outcome> = thread::scope(|scope| {
        let begin = |(at, share): (usize, &Share)| {
            let files = share.files.clone();
            scope.spawn(move || wasm::squeeze_all(place, at + 1, &files, work))
        };
        let all: Vec<_> = shares.iter().enumerate().filter(|it| it.1.bytes > 0).map(begin).collect();
        let panicked = || Err(Failure::new("Making the parts small ended without a word."));
        all.into_iter().map(|it| it.join().unwrap_or_else(|_| panicked())).collect()
    });
    done.into_iter().collect::<Outcome>()?;
    Ok(modules.iter().map(|it| wasm::names_of(&work.join(file(it)))).collect())
}

/// The files of some parts, each once.
pub fn files(parts: &Parts, of: &[&str]) -> Vec<String> {
    let all: BTreeSet<&String> = of.iter().filter_map(|it| parts.get(*it)).flatten().collect();
    all.into_iter().cloned().collect()
}

/// `split_form` is the form's own part; `chunk_3` is shared by several parts.
fn spoken(module: &str) -> &str {
    module.strip_prefix("split_").unwrap_or(SHARED)
}

fn stem(module: &str) -> String {
    format!("livy-console-{}", spoken(module))
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_part_is_named_after_its_page() {
        assert_eq!(spoken("split_form"), "form");
        assert_eq!(spoken("chunk_3"), "shared");
    }
}
