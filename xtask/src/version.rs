//! Version numbers of programs.

use std::fmt;

/// Three numbers, as in 0.21.14. Suffixes such as `-beta.1` are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// First number.
    pub major: u32,
    /// Second number.
    pub minor: u32,
    /// Third number.
    pub patch: u32,
}

impl Version {
    /// Reads "0.21.14"; a missing third number is 0.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('v');
        let numbers = text.split(['-', '+']).next()?;
        let mut numbers = numbers.split('.').map(|number| number.parse().ok());
        let (major, minor) = (numbers.next()??, numbers.next()??);
        let patch = numbers.next().unwrap_or(Some(0))?;
        Some(Self { major, minor, patch })
    }

    /// Reads the output of `--version`: the first word that is a version, as in "openjdk 17.0.15".
    pub fn of_program(answer: &str) -> Option<Self> {
        answer.split_whitespace().find_map(Self::parse)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_read_from_what_programs_print() {
        let version = |major, minor, patch| Some(Version { major, minor, patch });
        assert_eq!(Version::of_program("openjdk 17.0.15"), version(17, 0, 15));
        assert_eq!(Version::of_program("v20.19.2"), version(20, 19, 2));
        assert_eq!(Version::of_program("Python 3.11.2"), version(3, 11, 2));
        assert_eq!(Version::of_program("wasm-bindgen 0.2.130 (abc 2026-01-01)"), version(0, 2, 130));
        assert_eq!(Version::of_program("command not found"), None);
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(Version::parse("0.21.9") < Version::parse("0.21.14"));
    }
}
