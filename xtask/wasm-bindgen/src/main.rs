//! The command `wasm-bindgen`, as far as Trunk uses it. It first splits a program that is marked for that.
//!
//! The official command line tool includes a web server and a test runner and takes minutes to build. The library behind it
//! builds in seconds and follows `Cargo.lock`, so it always fits the app. This program accepts the options that `cargo xtask`
//! and Trunk pass, and refuses all others by name.

mod split;

use lexopt::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

/// The options of one run.
#[derive(Debug, Default, PartialEq)]
struct Request {
    input: Option<PathBuf>,
    out_dir: Option<PathBuf>,
    out_name: Option<String>,
    target: Option<String>,
    typescript: bool,
    keep_debug: bool,
    demangle: bool,
    version: bool,
}

fn main() -> ExitCode {
    match parse(std::env::args_os().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Result<Request, String> {
    let mut request = Request { typescript: true, demangle: true, ..Request::default() };
    let mut parser = lexopt::Parser::from_args(arguments);
    let words = |error: lexopt::Error| error.to_string();
    while let Some(argument) = parser.next().map_err(words)? {
        match argument {
            Short('V') | Long("version") => request.version = true,
            Long("target") => request.target = Some(parser.value().and_then(|v| v.string()).map_err(words)?),
            Long("out-dir") => request.out_dir = Some(parser.value().map_err(words)?.into()),
            Long("out-name") => {
                request.out_name = Some(parser.value().and_then(|v| v.string()).map_err(words)?)
            }
            Long("no-typescript") => request.typescript = false,
            Long("keep-debug") => request.keep_debug = true,
            Long("no-demangle") => request.demangle = false,
            // Trunk may pass these; the library detects both.
            Long("reference-types" | "weak-refs") => {}
            Value(path) if request.input.is_none() => request.input = Some(path.into()),
            other => return Err(other.unexpected().to_string()),
        }
    }
    Ok(request)
}

fn run(request: Request) -> Result<(), String> {
    if request.version {
        println!("wasm-bindgen {}", wasm_bindgen_shared::version());
        return Ok(());
    }
    let input = request.input.ok_or("the input file is missing")?;
    let out_dir = request.out_dir.ok_or("the option --out-dir is missing")?;
    match request.target.as_deref() {
        Some("web") => {}
        other => return Err(format!("only --target=web is supported, not {other:?}")),
    }
    let name = match &request.out_name {
        Some(name) => name.clone(),
        None => input.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
    };
    let main = split::apart(&input, &out_dir, &name)?;
    let mut bindgen = Bindgen::new();
    // The parts find shared functions by the linker's names.
    bindgen.keep_lld_exports(main.is_some());
    bindgen.web(true).map_err(|error| format!("{error:?}"))?;
    bindgen.out_name(&name);
    bindgen
        .input_path(main.unwrap_or(input))
        .typescript(request.typescript)
        .keep_debug(request.keep_debug)
        .demangle(request.demangle)
        .generate(out_dir)
        .map_err(|error| format!("{error:?}"))
}

#[cfg(test)]
mod tests {
    use super::{Request, parse};

    fn parsed(arguments: &[&str]) -> Result<Request, String> {
        parse(arguments.iter().map(|argument| argument.into()))
    }

    #[test]
    fn the_options_of_trunk_are_accepted() {
        let request =
            parsed(&["--target=web", "--out-dir=/out", "--out-name=app", "/in/app.wasm", "--no-typescript"]);
        let expected = Request {
            input: Some("/in/app.wasm".into()),
            out_dir: Some("/out".into()),
            out_name: Some("app".into()),
            target: Some("web".into()),
            typescript: false,
            demangle: true,
            ..Request::default()
        };
        assert_eq!(request, Ok(expected));
    }

    #[test]
    fn an_unknown_option_is_refused_by_name() {
        let refusal = parsed(&["--js-string-builtins"]).unwrap_err();
        assert!(refusal.contains("--js-string-builtins"), "{refusal}");
    }

    #[test]
    fn the_version_needs_nothing_else() {
        assert!(parsed(&["--version"]).unwrap().version);
    }
}
