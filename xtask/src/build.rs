//! Builds the app for the browser: cargo compiles it, wasm-bindgen's library writes the glue, the splitter's library takes it apart.
//!
//! Both libraries are part of this program and follow `Cargo.lock`, so they always fit the app, and no other tool has to be installed.
//! Nothing here makes the files small or names them for hosting: `dist` does.

mod page;
mod parts;
mod uncalled;

pub use page::{Names, Source};
pub use parts::{FOLDER as PARTS, LIST, listed};
pub use uncalled::named_by;

use crate::failure::{At, Failure, Outcome};
use crate::place::{self, Place};
use crate::step::Step;
use crate::tool;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use wasm_bindgen_cli_support::Bindgen;

/// The name of the app's package, and of the files that are made of it.
pub const APP: &str = "livy-console";
const TARGET: &str = "wasm32-unknown-unknown";
/// The program's files are named after this: the name of the app is the element's.
const PROGRAM: &str = "program";
/// The glue, as the module with the parts imports it.
pub const GLUE: &str = "program.js";
/// The modules of the element, and what they are in one: the name that pages know.
pub const ELEMENT: [&str; 4] = ["element.js", "attributes.js", "load.js", "failure.js"];
/// Modules of the element that are fetched when they are used: what `src/load.js` calls them, and their files in `src`.
pub const LATER: [(&str, &str); 2] = [("signIn", "sign-in.js"), ("inside", "inside.js")];
/// The styles that come with a part of the program, in the order in which they apply; those that every page loads apply before them.
const STYLED: [(&str, &[&str]); 4] = [
    ("form", &["form.css"]),
    ("session", &["session.css", "log.css"]),
    ("fleet", &["fleet.css"]),
    ("statements", &["statements.css", "output.css"]),
];
/// What `src/load.js` calls the styles that every page loads.
pub const FIRST: &str = "first";
/// The name of the element's module in what is built.
pub const MODULE: &str = "livy-console.js";
/// What was built last, so that a second build without changes writes nothing.
const STAMP: &str = "built-from.txt";

/// In how many pieces the program is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pieces {
    /// One, built in the shortest time.
    One,
    /// A main part, and one for each page that is marked in the app: a visit fetches what it needs.
    Parts,
}

/// A built app: a folder with the program, its glue, and what the glue imports.
#[derive(Debug)]
pub struct Built {
    folder: PathBuf,
}

impl Built {
    /// The program.
    pub fn wasm(&self) -> PathBuf {
        self.folder.join(format!("{PROGRAM}_bg.wasm"))
    }

    /// The JavaScript half of the program.
    pub fn glue(&self) -> PathBuf {
        self.folder.join(GLUE)
    }

    /// The folder of the program's parts and of the module that fetches them.
    pub fn parts(&self) -> PathBuf {
        self.folder.join(PARTS)
    }
}

/// Builds the app in the named Cargo profile, into `folder`.
///
/// # Errors
/// The wasm target is missing and cannot be added, the app does not compile, or the program cannot be read.
pub fn app(place: &Place, profile: &str, pieces: Pieces, folder: &Path) -> Outcome<Built> {
    tool::wasm_target(place)?;
    let target = place.at("target");
    let mut compile = Step::new(format!("Build the app (profile {profile})"), "cargo")
        .args([
            "build",
            "--locked",
            "--package",
            APP,
            "--target",
            TARGET,
            "--profile",
            profile,
            "--target-dir",
        ])
        .arg(&target)
        .within(place.root())
        .missing("cargo is missing: install rustup from https://rustup.rs.");
    if pieces == Pieces::Parts {
        // Cargo adds the flags to those in `.cargo/config.toml`.
        let flags = format!("target.{TARGET}.rustflags={:?}", rustflags(place));
        compile = compile.args(["--features", "split", "--config", &flags]);
    }
    compile.run()?;
    let program = target.join(TARGET).join(profile).join(format!("{APP}.wasm"));
    let built = Built { folder: folder.to_path_buf() };
    let stamp = stamp(&program, pieces)?;
    if fs::read_to_string(folder.join(STAMP)).is_ok_and(|it| it == stamp) {
        return Ok(built);
    }
    println!("==> Write the glue (wasm-bindgen {})", wasm_bindgen_shared::version());
    let begun = Instant::now();
    if folder.exists() {
        fs::remove_dir_all(folder).at(format!("Emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder).at(format!("Making {}", folder.display()))?;
    bind(&program, pieces, folder).map_err(Failure::new)?;
    fs::write(folder.join(STAMP), stamp).at("Noting what was built")?;
    println!("    Write the glue: done in {:.1} s", begun.elapsed().as_secs_f32());
    Ok(built)
}

/// Builds the whole page into `folder`, in one piece and as it is written: for a look, not for hosting.
///
/// # Errors
/// As [`app`], or a file cannot be written.
pub fn site(place: &Place, profile: &str, folder: &Path) -> Outcome {
    let built = app(place, profile, Pieces::One, folder)?;
    let html = fs::read_to_string(place.at("index.html")).at("Reading index.html")?;
    let source = Source::of(&html);
    let plain = source.files.iter().filter(|it| plain_name(it).is_some());
    for file in source.styles.iter().flat_map(|it| &it.1).chain(plain) {
        fs::copy(place.at(file), folder.join(name(file))).at(format!("Copying {file}"))?;
    }
    let names = Names {
        glue: name(&built.glue().to_string_lossy()),
        wasm: name(&built.wasm().to_string_lossy()),
        styles: source
            .styles
            .iter()
            .map(|(of, all)| (*of, all.iter().map(|it| name(it)).collect()))
            .collect(),
        ahead: Vec::new(),
        later: LATER.map(|(name, file)| (name, file.to_owned())).into(),
    };
    element(place, &names, folder)?;
    for (_, file) in LATER {
        fs::copy(place.at("src").join(file), folder.join(file)).at(format!("Copying {file}"))?;
    }
    fs::rename(folder.join(ELEMENT[0]), folder.join(MODULE)).at("Naming the element's module")?;
    fs::write(folder.join("index.html"), names.page(&html)).at("Writing index.html")
}

/// Writes the modules of the element to a folder, with the files of a build.
///
/// # Errors
/// A file cannot be read or written, or the line with the names of the files is not there.
pub fn element(place: &Place, names: &Names, folder: &Path) -> Outcome {
    for module in ELEMENT {
        let path = place.at("src").join(module);
        let text = fs::read_to_string(&path).at(format!("Reading {}", path.display()))?;
        let text = if module == "load.js" { names.module(&text)? } else { text };
        fs::write(folder.join(module), text).at(format!("Writing {module}"))?;
    }
    Ok(())
}

/// The name of a file of the page that keeps its name in the bundle: all but the modules of the element, which become one.
pub fn plain_name(file: &str) -> Option<String> {
    Some(name(file)).filter(|it| !ELEMENT.contains(&it.as_str()) && LATER.iter().all(|later| later.1 != it))
}

fn name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// Flags of the program that ships.
fn rustflags(place: &Place) -> Vec<String> {
    // What may go into a part is read from the linker's relocations, and the account of the bytes from whole names.
    let mut flags = vec!["-Clink-arg=--emit-relocs".to_owned(), "-Csymbol-mangling-version=v0".to_owned()];
    // Two machines build the same bytes: a path in a message is `src/…`, or begins with the name of a crate. The last prefix that fits
    // counts; a registry's folder is named after its address, which may be a mirror's.
    let prefixes = place.folders().into_iter().chain(place::registries());
    flags.extend(prefixes.map(|it| format!("--remap-path-prefix={}=", it.display())));
    flags
}

/// When the program was written and how long it is: another one has another stamp.
fn stamp(program: &Path, pieces: Pieces) -> Outcome<String> {
    let data = fs::metadata(program).at("Looking at the compiled program")?;
    let changed = data.modified().at("Looking at the compiled program")?;
    // What is written of it also depends on this program.
    let this = std::env::current_exe()
        .and_then(fs::metadata)
        .and_then(|it| it.modified())
        .at("Looking at this program")?;
    Ok(format!("{pieces:?} {} {changed:?} {this:?}", data.len()))
}

fn bind(program: &Path, pieces: Pieces, folder: &Path) -> Result<(), String> {
    let words = |error: &dyn std::fmt::Debug| format!("wasm-bindgen cannot read the program: {error:?}");
    let main = match pieces {
        Pieces::One => None,
        Pieces::Parts => Some(parts::apart(program, folder, PROGRAM)?),
    };
    let mut bindgen = Bindgen::new();
    // The parts find what they share by the names that the linker gave.
    bindgen.keep_lld_exports(main.is_some());
    // The account of the bytes reads names as the compiler wrote them, in all parts alike.
    bindgen.demangle(main.is_none());
    bindgen.web(true).map_err(|error| words(&error))?;
    bindgen
        .out_name(PROGRAM)
        .input_path(main.as_deref().unwrap_or(program))
        .typescript(false)
        .generate(folder)
        .map_err(|error| words(&error))
}

#[cfg(test)]
mod tests {
    use super::rustflags;
    use crate::place::Place;

    #[test]
    fn no_path_of_the_checkout_gets_into_the_program() {
        let place = Place::here();
        let flags = rustflags(&place);
        assert!(flags.contains(&format!("--remap-path-prefix={}=", place.root().display())), "{flags:?}");
    }
}
