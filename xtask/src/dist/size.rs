//! The size of the bundle: a table of its files, what each page costs, and the budgets that a build may not exceed.
//!
//! What counts is what the network carries: bytes of brotli.

use crate::failure::{At, Failure, Outcome};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::parts::Parts;

/// A page that is fetched when it is opened, and the parts of the program that it asks for. A part that is fetched ahead of its need
/// belongs to every page that uses it; one that is fetched on demand, such as a reader of pasted text, to none.
struct Page {
    name: &'static str,
    parts: &'static [&'static str],
}

const FORM: Page = Page { name: "the form", parts: &["form", "create", "notice"] };
const SESSION: Page = Page { name: "a session", parts: &["session", "notice"] };

/// What runs in a session: its page asks for this on top of its own parts once the session takes statements, or a person wants to see them.
const STATEMENTS: Page = Page { name: "statements", parts: &["statements"] };

/// The table of causes, which a session that ended asks for on top of its page.
const CAUSE: Page = Page { name: "why a session ended", parts: &["cause"] };

/// The pretend cluster of `base-url="demo:"`. Nobody else fetches it, so it is in no other budget.
const DEMO: Page = Page { name: "the demonstration", parts: &["demo"] };

/// What a budget is about.
enum Cost {
    /// Page, program, glue, styles and start script: everything that is fetched before the list of sessions is drawn.
    FirstLoad,
    /// What a page adds to the first load.
    Opening(Page),
    /// What a page of a session fetches on top of its own parts.
    OnSession(Page),
    /// The first load and a page.
    InAll(Page),
    /// The first load and all parts of the program but the demonstration.
    Everything,
}

/// The most that something may cost, and what it should cost, in bytes of brotli.
struct Budget {
    cost: Cost,
    most: u64,
    goal: u64,
}

/// Above one of these, `cargo xtask dist` fails: what was measured last and 1 to 3 %. `goal` is where each should end; to tighten one,
/// change its `most`.
const BUDGETS: [Budget; 9] = [
    Budget { cost: Cost::FirstLoad, most: 200_000, goal: 150_000 },
    Budget { cost: Cost::Opening(FORM), most: 203_000, goal: 170_000 },
    Budget { cost: Cost::Opening(SESSION), most: 230_000, goal: 125_000 },
    Budget { cost: Cost::InAll(FORM), most: 404_000, goal: 320_000 },
    Budget { cost: Cost::InAll(SESSION), most: 430_000, goal: 275_000 },
    Budget { cost: Cost::Everything, most: 876_000, goal: 470_000 },
    Budget { cost: Cost::Opening(DEMO), most: 128_000, goal: 80_000 },
    Budget { cost: Cost::OnSession(CAUSE), most: 36_000, goal: 30_000 },
    Budget { cost: Cost::OnSession(STATEMENTS), most: 156_000, goal: 50_000 },
];

/// The files of the bundle with their sizes.
pub struct Sizes {
    files: Vec<File>,
    /// Files that are no program and not fetched at the start.
    aside: Vec<String>,
    parts: Parts,
}

struct File {
    name: String,
    raw: u64,
    br: u64,
    gz: u64,
}

impl Sizes {
    /// Measures a bundle. `aside` names the files that are neither fetched at the start nor a part of the program.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn of(dist: &Path, aside: Vec<String>, parts: Parts) -> Outcome<Self> {
        let entries = fs::read_dir(dist).at("Reading dist/")?.flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !is_compressed(name))
            .collect();
        names.sort_unstable();
        let size = |name: &str| fs::metadata(dist.join(name)).map(|data| data.len()).ok();
        let files = names.into_iter().filter_map(|name| {
            let raw = size(&name)?;
            let smaller = |ending| size(&format!("{name}.{ending}")).unwrap_or(raw);
            Some(File { raw, br: smaller("br"), gz: smaller("gz"), name })
        });
        Ok(Self { files: files.collect(), aside, parts })
    }

    /// Three tables: every file, every part with what it shares, and the budgets.
    pub fn tables(&self) -> String {
        let mut text = format!("{:<40} {:>9} {:>9} {:>9}\n", "file (bytes)", "raw", "brotli", "gzip");
        for File { name, raw, br, gz } in &self.files {
            text.push_str(&format!("{name:<40} {raw:>9} {br:>9} {gz:>9}\n"));
        }
        text.push_str(&format!("\n{:<40} {:>9} {:>9}\n", "part (bytes of brotli)", "own", "fetched"));
        for part in self.parts.keys() {
            let own =
                self.parts[part].iter().filter(|file| self.users(file) == 1).map(|file| self.weight(file));
            text.push_str(&format!("{part:<40} {:>9} {:>9}\n", own.sum::<u64>(), self.later(&[part])));
        }
        text.push_str(&format!(
            "\n{:<40} {:>9} {:>9} {:>9}\n",
            "budget (bytes of brotli)", "now", "most", "goal"
        ));
        for Budget { cost, most, goal } in &BUDGETS {
            text.push_str(&format!("{:<40} {:>9} {most:>9} {goal:>9}\n", cost.words(), self.cost(cost)));
        }
        text
    }

    /// Compares with the budgets.
    ///
    /// # Errors
    /// A budget is exceeded, or a page asks for a part that the program does not have.
    pub fn keep(&self) -> Outcome {
        for part in [FORM, SESSION, CAUSE, DEMO, STATEMENTS].iter().flat_map(|page| page.parts) {
            if !self.parts.contains_key(*part) {
                return Err(Failure::new(format!(
                    "The table of pages in xtask/src/dist/size.rs names the part {part}, which the program does not have."
                )));
            }
        }
        self.within(&BUDGETS)
    }

    fn within(&self, budgets: &[Budget]) -> Outcome {
        let over = budgets.iter().filter_map(|Budget { cost, most, .. }| {
            let now = self.cost(cost);
            (now > *most).then(|| format!("{}: {now} bytes of brotli, the budget is {most}", cost.words()))
        });
        let over: Vec<String> = over.collect();
        if over.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "The bundle is written but above its budget: {}. The tables above say where the bytes are; the budgets are in xtask/src/dist/size.rs.",
            over.join("; ")
        )))
    }

    fn cost(&self, cost: &Cost) -> u64 {
        match cost {
            Cost::FirstLoad => self.first(),
            Cost::Opening(page) => self.later(page.parts),
            Cost::OnSession(page) => {
                self.later(&[SESSION.parts, page.parts].concat()) - self.later(SESSION.parts)
            }
            Cost::InAll(page) => self.first() + self.later(page.parts),
            Cost::Everything => {
                let parts = self.parts.keys().map(String::as_str).filter(|it| !DEMO.parts.contains(it));
                self.first() + self.later(&parts.collect::<Vec<_>>())
            }
        }
    }

    /// What is neither a part nor aside.
    fn first(&self) -> u64 {
        let files =
            self.files.iter().filter(|file| !self.aside.contains(&file.name) && self.users(&file.name) == 0);
        files.map(|file| file.br).sum()
    }

    /// The files of some parts, each once.
    fn later(&self, parts: &[&str]) -> u64 {
        let files: BTreeSet<&String> =
            parts.iter().filter_map(|part| self.parts.get(*part)).flatten().collect();
        files.into_iter().map(|file| self.weight(file)).sum()
    }

    fn weight(&self, name: &str) -> u64 {
        self.files.iter().filter(|file| file.name == name).map(|file| file.br).sum()
    }

    /// How many parts a file belongs to.
    fn users(&self, file: &str) -> usize {
        self.parts.values().filter(|files| files.iter().any(|it| it == file)).count()
    }
}

impl Cost {
    fn words(&self) -> String {
        match self {
            Self::FirstLoad => "first load".to_owned(),
            Self::Opening(page) => format!("opening {}", page.name),
            Self::OnSession(page) => format!("{} on a session's page", page.name),
            Self::InAll(page) => format!("first load and {}", page.name),
            Self::Everything => format!("all parts but {}", DEMO.name),
        }
    }
}

fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

#[cfg(test)]
mod tests {
    use super::{BUDGETS, Budget, Cost, DEMO, FORM, File, SESSION, STATEMENTS, Sizes};

    fn sizes() -> Sizes {
        let file = |name: &str, br| File { name: name.to_owned(), raw: 2 * br, br, gz: br + 1 };
        let own = |files: &[&str]| files.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>();
        let set = |files: &[&str]| own(files).into_iter().collect();
        Sizes {
            files: vec![
                file("page", 10),
                file("program", 20),
                file("f", 300),
                file("s", 500),
                file("both", 4_000),
                file("pretend", 70_000),
                file("keys", 60_000),
                file("runs", 7),
            ],
            aside: own(&["keys"]),
            parts: [
                ("form", &["f", "both"][..]),
                ("session", &["s", "both"]),
                ("create", &[]),
                ("notice", &[]),
                ("cause", &[]),
                ("statements", &["runs", "both"]),
                ("demo", &["pretend", "both"]),
            ]
            .map(|(part, files)| (part.to_owned(), set(files)))
            .into(),
        }
    }

    #[test]
    fn a_page_costs_the_files_of_its_parts_and_a_shared_file_counts_once() {
        let sizes = sizes();
        assert_eq!(sizes.cost(&Cost::FirstLoad), 30);
        assert_eq!(sizes.cost(&Cost::Opening(FORM)), 4_300);
        assert_eq!(sizes.cost(&Cost::InAll(SESSION)), 4_530);
        assert_eq!(sizes.cost(&Cost::OnSession(STATEMENTS)), 7, "the rest is there already");
        assert_eq!(sizes.cost(&Cost::Everything), 4_837, "the demonstration is not counted");
        assert_eq!(sizes.cost(&Cost::Opening(DEMO)), 74_000);
        let tables = sizes.tables();
        assert!(tables.lines().any(|line| line.split_whitespace().eq(["form", "300", "4300"])), "{tables}");
    }

    #[test]
    fn a_build_above_a_budget_is_told_which_one_and_by_how_much() {
        let budget = |most| [Budget { cost: Cost::FirstLoad, most, goal: 0 }];
        assert_eq!(sizes().within(&budget(30)), Ok(()));
        let failure = sizes().within(&budget(29)).unwrap_err().to_string();
        assert!(failure.contains("first load: 30 bytes of brotli, the budget is 29"), "{failure}");
    }

    #[test]
    fn the_readme_says_what_the_budgets_are() {
        let readme = std::fs::read_to_string(crate::place::Place::here().at("README.md")).unwrap();
        for Budget { cost, goal, .. } in BUDGETS.iter().take(3) {
            let number = format!("| {},{:03} |", goal / 1_000, goal % 1_000);
            let line = readme.lines().find(|it| it.contains(&cost.words()));
            assert!(line.is_some_and(|it| it.ends_with(&number)), "{}: {number} in {line:?}", cost.words());
        }
    }

    #[test]
    fn a_page_without_its_part_is_named() {
        let mut sizes = sizes();
        sizes.parts.remove("session");
        assert!(sizes.keep().unwrap_err().to_string().contains("the part session"));
    }
}
