//! `cargo xtask dist`: writes the bundle for hosting to `dist/`, with nothing else to copy.
//!
//! Every file that the page itself loads has a hash of its final content in its name, so it can be cached forever.
//! All addresses are relative, so the bundle works under any path.

mod glue;
mod page;
mod parts;
mod size;
mod wasm;

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::Step;
use crate::tool::Pieces;
use crate::{node, tool};
use page::Parts;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Hexadecimal digits of a hash in a file name.
const DIGITS: usize = 16;

/// Files that keep their names, because people, tools and the program ask for them by name. Never `config.json`: that one is the
/// operator's, and a new version must not overwrite it.
const PLAIN: [&str; 4] =
    ["config.example.json", "config.schema.json", "log-expression.js", "spark-conf-3.5.json"];

/// Builds the bundle and prints its sizes.
///
/// # Errors
/// Node is missing, the app does not compile, or a file cannot be written.
pub fn run(place: &Place) -> Outcome {
    node::ready(place)?;
    let built = place.at("target/site/dist");
    tool::build_app(place, "release", Pieces::Parts, &built)?;

    let html = fs::read_to_string(built.join("index.html")).at("Reading the built index.html")?;
    let made = page::parts(&html).ok_or_else(|| {
        Failure::new(
            "The built index.html does not name its script, program and styles in the way Trunk.toml sets.",
        )
    })?;
    let work = place.at("target/site/work");
    remake(&work)?;
    let out = place.at("target/site/bundle");
    remake(&out)?;

    let small = wasm::shrink(place, &built.join(&made.wasm), &work)?;
    let parts_of_program = parts::finish(place, &built, &work, &out)?;
    let source = fs::read_to_string(built.join(&made.glue)).at("Reading the glue")?;
    // The module that fetches the parts expects this name, without the hash from Trunk.
    let pruned = built.join("livy-console.js");
    fs::write(&pruned, glue::prune(&source, &small.imports, &small.dropped)).at("Writing the glue")?;
    let styles: Vec<String> = made
        .styles
        .iter()
        .map(|style| fs::read_to_string(built.join(style)).at("Reading a style"))
        .collect::<Outcome<_>>()?;
    let style = work.join("console.css");
    fs::write(&style, styles.concat()).at("Writing the styles")?;

    let parts = Parts {
        wasm: hashed(&small.file, &out, "livy-console", "wasm")?,
        glue: hashed(
            &minified(place, &pruned, &work.join("glue.js"), &["--bundle", "--format=esm"])?,
            &out,
            "livy-console",
            "js",
        )?,
        boot: hashed(
            &minified(place, &built.join(&made.boot), &work.join("boot.js"), &["--format=esm"])?,
            &out,
            "boot",
            "js",
        )?,
        styles: vec![hashed(
            &minified(place, &style, &work.join("style.css"), &[])?,
            &out,
            "livy-console",
            "css",
        )?],
    };
    for name in PLAIN {
        fs::copy(place.at("src").join(name), out.join(name)).at(format!("Copying {name}"))?;
    }
    fs::write(out.join("index.html"), page::rewrite(&html, &parts)).at("Writing index.html")?;

    Step::new("Compress each file (brotli 11, gzip 9)", "node")
        .arg(place.at("xtask/src/dist/compress.mjs"))
        .arg(&out)
        .run()?;
    let dist = place.at("dist");
    replace(&out, &dist)?;
    println!("\n{}", small.account);
    let later: Vec<&str> = PLAIN.into_iter().chain(parts_of_program.iter().map(String::as_str)).collect();
    println!("{}", size::table(&dist, &later)?);
    println!(
        "The bundle is in dist/. Copy the folder to a web server; docs/hosting.md says how to set it up."
    );
    Ok(())
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
    use super::{PLAIN, hash};

    #[test]
    fn the_bundle_has_an_example_and_never_the_operators_own_configuration() {
        assert!(PLAIN.contains(&"config.example.json") && PLAIN.contains(&"config.schema.json"));
        assert!(!PLAIN.contains(&"config.json"));
    }

    #[test]
    fn the_hash_is_the_beginning_of_sha_256() {
        assert_eq!(hash(b""), "e3b0c44298fc1c14");
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea");
    }
}
