//! The parts of the program that are fetched later: made small, named by their content, and entered in the module that fetches them.

use crate::build::{self, LIST, PARTS};
use crate::failure::{At, Outcome};
use crate::place::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
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

/// Makes every module small, as many at a time as the machine has processors: there are dozens, and most of their time is Node's own
/// start. Returns the files with their names, in the modules' order.
fn squeezed(place: &Place, modules: &BTreeSet<&String>, folder: &Path, work: &Path) -> Outcome<Vec<PathBuf>> {
    let next = Mutex::new(modules.iter().enumerate());
    let made = Mutex::new(BTreeMap::new());
    let work_on = || loop {
        let taken = next.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some((at, module)) = taken else { break };
        let file = format!("{module}.wasm");
        let names = wasm::squeeze(place, &file, &folder.join(&file), &work.join(&file));
        made.lock().unwrap_or_else(PoisonError::into_inner).insert(at, names);
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(work_on);
        }
    });
    made.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
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
