//! `cargo xtask dist`: writes the bundle for hosting to `dist/`, with nothing else to copy.
//!
//! Every file that the page itself loads has a hash of its final content in its name, so it can be cached forever.
//! All addresses are relative, so the bundle works under any path.

mod account;
mod imports;
mod package;
mod parts;
mod size;
mod traces;
mod wasm;

use crate::build::{self, Names, Pieces, Source};
use crate::failure::{At, Outcome};
use crate::licences;
use crate::node;
use crate::place::Place;
use crate::step::Step;
use account::Account;
use sha2::{Digest, Sha256};
use size::Sizes;
use std::fs;
use std::path::{Path, PathBuf};

/// What is being done where the bytes turn out to be no program.
const READING: &str = "Reading the built program as WebAssembly";
/// Hexadecimal digits of a hash in a file name.
const DIGITS: usize = 16;

/// Files that the page does not ask for: an example of the operator's own `config.json`, the licence notices, and what a portal takes that
/// has the console as an element or in a frame. The operator's own is never in the bundle: a new version must not overwrite it.
const BESIDE: [&str; 7] = [
    "src/config.example.json",
    licences::FILE,
    "src/frame.js",
    "src/frame.d.ts",
    "src/livy-console.d.ts",
    "src/livy-console-react.d.ts",
    "src/custom-elements.json",
];

/// Builds the bundle and prints its sizes.
///
/// # Errors
/// Node is missing, the app does not compile, a file cannot be written, or the bundle is above a budget; it is written then.
pub fn run(place: &Place) -> Outcome {
    node::ready(place)?;
    licences::check(place)?;
    let built = build::app(place, "release", Pieces::Parts, &place.at("target/site/dist"))?;
    let work = place.at("target/site/work");
    remake(&work)?;
    let out = place.at("target/site/bundle");
    remake(&out)?;

    let small = wasm::shrink(place, &built.wasm(), &work)?;
    let mut account = Account::default();
    account.add("main", &small.file, &small.names)?;
    let mut parts = parts::finish(place, &built.parts(), &work, &out, &mut account)?;
    let facts = work.join("glue.json");
    let glue = fs::read_to_string(built.glue()).at("Reading the glue")?;
    fs::write(&facts, small.imports.facts(&build::named_by(&glue))).at("Writing what the glue offers")?;
    // The module that fetches the parts imports the glue by this name.
    let pruned = work.join(build::GLUE);
    Step::new("Take from the glue what the program does not take", "node")
        .arg(place.at("xtask/src/dist/glue.mjs"))
        .args([&built.glue(), &pruned, &facts])
        .run()?;
    let html = fs::read_to_string(place.at("index.html")).at("Reading index.html")?;
    let source = Source::of(&html);
    let styles = styles(place, &source, &work, &out)?;
    for (of, files) in &styles {
        // Those of all pages belong to no part.
        if let Some(part) = parts.get_mut(*of) {
            part.extend(files.iter().cloned());
        }
    }

    let later = build::LATER
        .into_iter()
        .map(|(name, file)| {
            let small = minified(
                place,
                &place.at("src").join(file),
                &work.join(file),
                &["--bundle", "--format=esm"],
            )?;
            let stem = file.trim_end_matches(".js");
            Ok((name, hashed(&small, &out, &format!("livy-console-{stem}"), "js")?))
        })
        .collect::<Outcome<Vec<_>>>()?;
    let names = Names {
        wasm: hashed(&small.file, &out, "livy-console", "wasm")?,
        glue: hashed(
            &minified(place, &pruned, &work.join("glue.js"), &["--bundle", "--format=esm"])?,
            &out,
            "livy-console",
            "js",
        )?,
        styles,
        ahead: [("new", &["form", "create"][..]), ("session", &["session"])]
            .map(|(page, of)| (page, parts::files(&parts, of)))
            .into(),
        later: later.clone(),
    };
    let element = work.join("element");
    remake(&element)?;
    build::element(place, &names, &element)?;
    // Its name is what pages know: it stays, and the file is not kept by caches.
    let module = minified(
        place,
        &element.join(build::ELEMENT[0]),
        &work.join(build::MODULE),
        &["--bundle", "--format=esm"],
    )?;
    fs::copy(module, out.join(build::MODULE)).at("Copying the element's module")?;
    let mut plain = plain(&source);
    for name in &plain {
        fs::copy(place.at("src").join(name), out.join(name)).at(format!("Copying {name}"))?;
    }
    package::write(place, &out)?;
    plain.push(package::FILE.to_owned());
    fs::write(out.join("index.html"), names.page(&html)).at("Writing index.html")?;

    traces::none(&out, &place.folders())?;
    Step::new("Compress each file (brotli 11, gzip 9)", "node")
        .arg(place.at("xtask/src/dist/compress.mjs"))
        .arg(&out)
        .run()?;
    let dist = place.at("dist");
    replace(&out, &dist)?;
    let aside = plain.into_iter().chain(later.into_iter().map(|(_, file)| file)).collect();
    let sizes = Sizes::of(&dist, aside, parts)?;
    println!("\n{}\n{}", account.table(), sizes.tables());
    println!(
        "The bundle is in dist/. Copy the folder to a web server; docs/hosting.md says how to set it up."
    );
    sizes.keep()
}

/// Writes the styles: one file for all pages, and one for each part of the program that has some.
fn styles(
    place: &Place,
    source: &Source,
    work: &Path,
    out: &Path,
) -> Outcome<Vec<(&'static str, Vec<String>)>> {
    let written = source.styles.iter().map(|(of, files)| {
        let read = |style: &String| fs::read_to_string(place.at(style)).at(format!("Reading {style}"));
        let text: String = files.iter().map(read).collect::<Outcome<_>>()?;
        let all = work.join(format!("{of}.css"));
        fs::write(&all, text).at("Writing the styles")?;
        let small = minified(place, &all, &work.join(format!("{of}.min.css")), &[])?;
        let stem = if *of == build::FIRST { "livy-console".to_owned() } else { format!("livy-console-{of}") };
        Ok((*of, vec![hashed(&small, out, &stem, "css")?]))
    });
    written.collect()
}

/// Files that keep their names, because people, tools and the program ask for them by name.
fn plain(source: &Source) -> Vec<String> {
    let files = source.files.iter().map(String::as_str).chain(BESIDE);
    files.filter_map(build::plain_name).collect()
}

/// An empty folder at this path.
fn remake(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).at(format!("Removing the old {}", folder.display()))?;
    }
    fs::create_dir_all(folder).at(format!("Creating {}", folder.display()))
}

/// Replaces the old bundle with a complete new one, so that `dist/` never holds half a bundle.
fn replace(new: &Path, old: &Path) -> Outcome {
    if old.exists() {
        fs::remove_dir_all(old).at("Removing the old dist/")?;
    }
    fs::rename(new, old).at("Moving the bundle to dist/")
}

fn minified(place: &Place, input: &Path, output: &Path, options: &[&str]) -> Outcome<PathBuf> {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    Step::new(format!("Minify {name}"), node::program(place, "esbuild"))
        .arg(input)
        .args([
            "--minify",
            "--target=es2022",
            "--legal-comments=none",
            "--log-level=warning",
            "--charset=utf8",
        ])
        .args(options)
        .arg(format!("--outfile={}", output.display()))
        .run()?;
    Ok(output.to_path_buf())
}

/// Copies a finished file to a name with the hash of its content, and returns that name.
fn hashed(file: &Path, out: &Path, stem: &str, extension: &str) -> Outcome<String> {
    let bytes = fs::read(file).at(format!("Reading {}", file.display()))?;
    let name = format!("{stem}-{}.{extension}", hash(&bytes));
    fs::write(out.join(&name), bytes).at(format!("Writing {name}"))?;
    Ok(name)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().flat_map(|byte| [byte >> 4, byte & 15]).take(DIGITS).map(digit).collect()
}

fn digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::{hash, plain};
    use crate::build::Source;
    use crate::place::Place;

    #[test]
    fn the_bundle_has_an_example_and_never_the_operators_own_configuration() {
        let html = std::fs::read_to_string(Place::here().at("index.html")).unwrap();
        let plain = plain(&Source::of(&html));
        for name in
            ["config.example.json", "config.schema.json", "licences.txt", "log-expression.js", "frame.js"]
        {
            assert!(plain.iter().any(|it| it == name), "{name} in {plain:?}");
        }
        assert!(!plain.iter().any(|it| it == "config.json" || it == "element.js"), "{plain:?}");
    }

    #[test]
    fn the_hash_is_the_beginning_of_sha_256() {
        assert_eq!(hash(b""), "e3b0c44298fc1c14");
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea");
    }
}
