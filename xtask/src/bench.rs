//! `cargo xtask bench`: how fast the form, the log, the list and results are, natively and in the browser, how soon the form is there, and what
//! is left of elements that have gone. It prints numbers and never fails because of them: ratios within one run say more than milliseconds.

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::Step;
use crate::{browser, node};

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Reading a full draft, and one keystroke with all views updated.
    Form,
    /// A log of a million lines: appending, searching, drawing, and polls with and without news.
    Log,
    /// A list of 40,000 sessions: its first rows, its search, its scrolling, its memory, and what it costs while nothing happens.
    List,
    /// The time until the form can be typed into, on a slow line and without a cache.
    Load,
    /// Results of statements: a table of 1,000 x 40 and a text of 10 MB, beside all of it at once.
    Statements,
    /// A thousand consoles that come and go on a page: what is left of them.
    Embed,
}

/// Measures with the bundle in `dist/`.
///
/// # Errors
/// There is no bundle, or Node, a browser or a build is missing.
pub fn run(place: &Place, subject: Subject) -> Outcome {
    if !place.at("dist/index.html").is_file() {
        return Err(Failure::new("There is no bundle to measure. Run cargo xtask dist first."));
    }
    node::ready(place)?;
    let chromium = browser::chromium(place)?;
    let (name, native) = match subject {
        Subject::Form => ("form", Some(("form", "form"))),
        Subject::Log => ("log", Some(("console", "log"))),
        Subject::Statements => ("statements", Some(("console", "results"))),
        Subject::List => ("list", None),
        Subject::Load => ("load", None),
        Subject::Embed => ("embed", None),
    };
    if let Some((package, bench)) = native {
        Step::new(format!("Measure the {name} natively"), "cargo")
            .args(["bench", "--locked", "--package", package, "--bench", bench])
            .within(place.root())
            .run()?;
    }
    let this = std::env::current_exe().at("Finding this program")?;
    Step::new(format!("Measure the {name} in the browser"), "node")
        .arg(node::folder(place).join(format!("bench/{name}.mjs")))
        .env("CHROMIUM", chromium)
        .env("XTASK", this)
        .run()
}
