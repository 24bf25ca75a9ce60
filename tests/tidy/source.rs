//! The files of the project, and Rust files with what is not code taken out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A file's path from the root, with slashes.
pub fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// All files below a folder of the project with one of these endings, sorted.
pub fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["node_modules", "target", "results"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|it| name.ends_with(it)) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds nothing to look at");
    found.sort();
    found
}

/// A file of Rust.
pub struct Source {
    /// Its path from the root of the checkout.
    pub name: String,
    /// As it is written.
    pub text: String,
    /// Without comments.
    pub whole: String,
    /// Without comments and unit tests: blanks are in their place, so that lines keep their numbers.
    pub code: String,
    /// Also without the insides of strings and characters.
    pub bare: String,
}

impl Source {
    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        Self::of(name(path), fs::read_to_string(path).unwrap())
    }

    fn of(name: String, text: String) -> Self {
        let (code, bare) = blanked(&text);
        let tests = tests(&bare);
        let without = |text: String| {
            let mut bytes = text.into_bytes();
            for &(from, to) in &tests {
                blank(&mut bytes, from, to);
            }
            String::from_utf8(bytes).unwrap()
        };
        Self { name, code: without(code.clone()), whole: code, bare: without(bare), text }
    }

    /// The lines of its code for which `wrong` holds, as they are written, each with its place.
    pub fn places(&self, wrong: impl Fn(&str) -> bool) -> Vec<String> {
        let lines = self.code.lines().zip(self.text.lines()).enumerate();
        let found = lines.filter(|(_, (code, _))| wrong(code));
        found.map(|(at, (_, text))| format!("{}:{}: {}", self.name, at + 1, text.trim())).collect()
    }
}

/// Every Rust file, read once for all tests.
static ALL: LazyLock<Vec<Source>> = LazyLock::new(|| {
    ["src", "tests", "xtask"].iter().flat_map(|it| files(it, &[".rs"])).map(|it| Source::read(&it)).collect()
});

/// All Rust files below some folders. Files that hold nothing but unit tests (`#[cfg(test)] mod pace;`) are left out.
pub fn sources(folders: &[&str]) -> Vec<&'static Source> {
    static TESTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| ALL.iter().flat_map(test_files).collect());
    let is_wanted = |name: &str| folders.iter().any(|it| name.starts_with(&format!("{it}/")));
    ALL.iter().filter(|it| is_wanted(&it.name) && !TESTS.contains(&it.name)).collect()
}

/// The words of some code: names, keywords and numbers.
pub fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|it: char| !(it.is_alphanumeric() || it == '_')).filter(|it| !it.is_empty())
}

/// The files that a file declares for its unit tests.
fn test_files(source: &Source) -> Vec<String> {
    let folder = folder(&source.name);
    let after = source.text.split("#[cfg(test)]\nmod ").skip(1);
    let names = after.filter_map(|it| it.split_once(';')).map(|it| it.0).filter(|it| words(it).eq([*it]));
    names.map(|it| format!("{folder}/{it}.rs")).collect()
}

/// The folder of the modules that a file declares.
pub fn folder(name: &str) -> String {
    let stem = name.trim_end_matches(".rs");
    match stem.rsplit_once('/') {
        Some((folder, "lib" | "main")) => folder.to_owned(),
        _ => stem.to_owned(),
    }
}

/// The text without comments, and without comments and strings.
fn blanked(text: &str) -> (String, String) {
    let bytes = text.as_bytes();
    let (mut code, mut bare) = (bytes.to_vec(), bytes.to_vec());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"//") {
            let to = at + length(rest, b"\n").unwrap_or(rest.len());
            blank(&mut code, at, to);
            blank(&mut bare, at, to);
            at = to;
        } else if rest.starts_with(b"/*") {
            let to = at + length(rest, b"*/").map_or(rest.len(), |it| it + 2);
            blank(&mut code, at, to);
            blank(&mut bare, at, to);
            at = to;
        } else if let Some(fence) = raw_string(rest, at.checked_sub(1).map(|it| bytes[it])) {
            let from = at + fence.len();
            let mark: Vec<u8> = [b"\"", &fence[1..fence.len() - 1]].concat();
            let to = from + length(&bytes[from..], &mark).unwrap_or(bytes.len() - from);
            blank(&mut bare, from, to);
            at = to + mark.len();
        } else if rest[0] == b'"' || is_character(rest) {
            let mut to = at + 1;
            while bytes.get(to).is_some_and(|it| *it != rest[0]) {
                to += if bytes[to] == b'\\' { 2 } else { 1 };
            }
            blank(&mut bare, at + 1, to);
            at = to + 1;
        } else {
            at += 1;
        }
    }
    (String::from_utf8(code).unwrap(), String::from_utf8(bare).unwrap())
}

/// The beginning of a raw string, such as `r#"`, where no name ends here.
fn raw_string(rest: &[u8], before: Option<u8>) -> Option<Vec<u8>> {
    let is_name = before.is_some_and(|it| it.is_ascii_alphanumeric() || it == b'_');
    if rest[0] != b'r' || is_name && before != Some(b'b') {
        return None;
    }
    let fences = rest[1..].iter().take_while(|it| **it == b'#').count();
    (rest.get(fences + 1) == Some(&b'"')).then(|| [&rest[..=fences], b"\""].concat())
}

/// A quote mark that opens a character, and not a lifetime.
fn is_character(rest: &[u8]) -> bool {
    rest[0] == b'\''
        && match rest.get(1) {
            Some(b'\\') => true,
            Some(first) => {
                let width = match first {
                    0..0x80 => 1,
                    0x80..0xe0 => 2,
                    0xe0..0xf0 => 3,
                    _ => 4,
                };
                rest.get(1 + width) == Some(&b'\'')
            }
            None => false,
        }
}

fn length(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    (0..bytes.len()).find(|at| bytes[*at] == mark[0] && bytes[*at..].starts_with(mark))
}

fn blank(bytes: &mut [u8], from: usize, to: usize) {
    let to = to.min(bytes.len());
    for byte in bytes[from.min(to)..to].iter_mut().filter(|it| **it != b'\n') {
        *byte = b' ';
    }
}

/// Where the items are that are compiled for tests alone. `bare` has neither comments nor strings.
fn tests(bare: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (from, mark) in bare.match_indices("#[cfg(test)]") {
        let mut depth = 0_usize;
        let rest = bare[from + mark.len()..].bytes().enumerate();
        let mut to = bare.len();
        for (at, byte) in rest {
            match byte {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && (byte == b'}' || byte == b';') {
                to = from + mark.len() + at + 1;
                // The braces of `use a::{b, c};` do not end it.
                to += bare[to..].bytes().take_while(|it| *it == b';').count();
                break;
            }
        }
        found.push((from, to));
    }
    found
}

#[cfg(test)]
mod itself {
    use super::{Source, folder, test_files};

    fn source(text: &str) -> Source {
        Source::of("src/a/b.rs".to_owned(), text.to_owned())
    }

    #[test]
    fn what_follows_the_tests_is_read_too() {
        let text = "fn one() {}\n#[cfg(test)]\nmod tests {\n    fn two() { \"}\"; }\n}\nfn three() {}\n";
        let code = source(text).code;
        assert!(code.contains("one") && code.contains("three") && !code.contains("two"), "{code}");
        assert_eq!(code.lines().count(), text.lines().count());
    }

    #[test]
    fn a_function_and_a_use_for_tests_are_no_code() {
        let code =
            source("#[cfg(test)]\nuse a::{b, c};\n#[cfg(test)]\n#[inline]\nfn d() { e[0]; }\nfn f() {}").code;
        assert_eq!(code.split_whitespace().collect::<String>(), "fnf(){}");
    }

    #[test]
    fn comments_go_and_strings_stay_in_the_code() {
        let source =
            source("a(\"// no\"); // window\n/* document */ b('\"', '\\'', r#\"c\"d\"#, 'é'); fn x<'a>() {}");
        assert!(source.code.contains("// no") && !source.code.contains("window"), "{}", source.code);
        assert!(!source.code.contains("document"), "{}", source.code);
        assert_eq!(
            source.bare.split_whitespace().collect::<String>(),
            "a(\"\");b('','',r#\"\"#,'');fnx<'a>(){}"
        );
    }

    #[test]
    fn files_of_tests_are_found_by_their_declaration() {
        let declared = source("#[cfg(test)]\nmod pace;\nmod real;\n#[cfg(test)]\nmod tests {}\n");
        assert_eq!(test_files(&declared), ["src/a/b/pace.rs"]);
        assert_eq!(folder("src/form/lib.rs"), "src/form");
        assert_eq!(folder("src/main.rs"), "src");
        assert_eq!(folder("src/web/page.rs"), "src/web/page");
    }
}
