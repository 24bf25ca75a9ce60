//! The browsers for the journeys: those of the system. Installs missing ones with apt if possible, otherwise names them.

use crate::failure::{Failure, Outcome};
use crate::place::Place;
use crate::step::{Step, answer_of};
use std::path::{Path, PathBuf};

/// A program that the journeys start.
#[derive(Debug, PartialEq)]
struct Program {
    /// What people call it.
    title: &'static str,
    /// The variable that chooses another one, and that tells the journeys which one to use.
    variable: &'static str,
    /// Its names on PATH, or its full paths.
    names: &'static [&'static str],
    /// The Debian package that contains it.
    package: &'static str,
}

const CHROMIUM: Program = Program {
    title: "Chromium",
    variable: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    package: "chromium",
};

/// What the journeys of the three engines need. WebKit is WebKitGTK's own small browser, its driver, and a display without a screen.
const ENGINES: [Program; 6] = [
    CHROMIUM,
    Program {
        title: "Firefox",
        variable: "FIREFOX",
        names: &["firefox-esr", "firefox"],
        package: "firefox-esr",
    },
    Program {
        title: "WebKit's driver",
        variable: "WEBKIT_DRIVER",
        names: &["WebKitWebDriver"],
        package: "webkit2gtk-driver",
    },
    Program {
        title: "WebKit's MiniBrowser",
        variable: "MINIBROWSER",
        names: &[
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
            "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
            "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
        ],
        package: "webkit2gtk-driver",
    },
    Program { title: "Xvfb, a display for WebKit,", variable: "XVFB", names: &["Xvfb"], package: "xvfb" },
    Program {
        title: "dbus-run-session, a message bus for WebKit,",
        variable: "DBUS_RUN_SESSION",
        names: &["dbus-run-session"],
        package: "dbus",
    },
];

/// The variable of a program, and where it is.
pub type Named = (&'static str, PathBuf);

/// The system's Chromium. Installs it with apt if possible.
///
/// # Errors
/// There is none, and it cannot be installed.
pub fn chromium(place: &Place) -> Outcome<PathBuf> {
    ready(place, &[CHROMIUM])?.pop().map(|(_, path)| path).ok_or_else(|| Failure::new(missing(&[&CHROMIUM])))
}

/// The programs of all three engines. Installs missing ones with apt if possible.
///
/// # Errors
/// At least one is missing and cannot be installed. The message names each.
pub fn engines(place: &Place) -> Outcome<Vec<Named>> {
    ready(place, &ENGINES)
}

fn ready(place: &Place, programs: &[Program]) -> Outcome<Vec<Named>> {
    let absent: Vec<&Program> = programs.iter().filter(|it| found(it).is_none()).collect();
    let is_root = answer_of("id", &["-u"]).as_deref() == Some("0");
    if !absent.is_empty() && is_root && answer_of("apt-get", &["--version"]).is_some() {
        install(place, &packages(&absent))?;
    }
    let absent: Vec<&Program> = programs.iter().filter(|it| found(it).is_none()).collect();
    if absent.is_empty() {
        Ok(programs.iter().filter_map(|it| Some((it.variable, found(it)?))).collect())
    } else {
        Err(Failure::new(missing(&absent)))
    }
}

/// Installs packages of Debian.
///
/// # Errors
/// apt fails.
pub fn install(place: &Place, packages: &[&str]) -> Outcome {
    Step::new("Update apt's list of packages", "apt-get")
        .arg("update")
        .quiet(place.at("target/apt.log"))
        .run()?;
    Step::new(format!("Install {} with apt", packages.join(", ")), "apt-get")
        // A new machine may be updating itself.
        .args(["-o", "DPkg::Lock::Timeout=300", "install", "--yes", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .quiet(place.at("target/apt.log"))
        .run()
}

/// The packages that contain these programs, each once.
fn packages(programs: &[&Program]) -> Vec<&'static str> {
    let mut packages: Vec<&str> = programs.iter().map(|it| it.package).collect();
    packages.dedup();
    packages
}

/// One sentence for each program that is missing.
fn missing(programs: &[&Program]) -> String {
    let sentence = |it: &&Program| {
        format!(
            "{} is missing. Run apt-get install {}, or set {}=PATH.",
            it.title.trim_end_matches(','),
            it.package,
            it.variable
        )
    };
    let mut sentences: Vec<String> = programs.iter().map(sentence).collect();
    sentences.push("cargo xtask test --skip-browser runs the tests that do not need a browser.".to_owned());
    sentences.join("\n")
}

fn found(program: &Program) -> Option<PathBuf> {
    let named = std::env::var_os(program.variable).map(PathBuf::from).filter(|path| path.is_file());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    named.or_else(|| find(program.names, &folders))
}

/// The first of these names that is a file in one of the folders. A whole path is itself, whatever the folder.
fn find(names: &[&str], folders: &[PathBuf]) -> Option<PathBuf> {
    let candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|program: &PathBuf| Path::is_file(program))
}

#[cfg(test)]
mod tests {
    use super::{ENGINES, find, missing, packages};
    use std::path::PathBuf;

    #[test]
    fn a_package_is_installed_once() {
        let all: Vec<_> = ENGINES.iter().collect();
        assert_eq!(packages(&all), ["chromium", "firefox-esr", "webkit2gtk-driver", "xvfb", "dbus"]);
    }

    #[test]
    fn each_missing_program_has_its_sentence_with_both_remedies() {
        let words = missing(&ENGINES.iter().collect::<Vec<_>>());
        for program in ENGINES {
            assert!(words.contains(&format!("apt-get install {}", program.package)), "{words}");
            assert!(words.contains(&format!("{}=PATH", program.variable)), "{words}");
        }
        assert!(words.contains("--skip-browser"), "{words}");
    }

    #[test]
    fn a_program_is_found_by_its_name_or_its_path() {
        let folders = ["/nowhere", "/bin"].map(PathBuf::from);
        assert_eq!(find(&["no-such-program", "sh"], &folders), Some(PathBuf::from("/bin/sh")));
        assert_eq!(find(&["/bin/sh"], &folders), Some(PathBuf::from("/bin/sh")));
        assert_eq!(find(&["no-such-program"], &folders), None);
    }
}
