//! A session's log as one call returns it: a window on up to three streams, told apart by marker lines.

use serde_json::Value;

use crate::dialect;

/// One of the streams that Livy concatenates into a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Standard output of spark-submit (and of the driver in client and local mode).
    Stdout,
    /// Standard error of the same, where Spark's log goes.
    Stderr,
    /// What YARN or Kubernetes said of the application.
    Diagnostics,
}

impl Section {
    /// All of them, in the server's order.
    pub const ALL: [Self; 3] = [Self::Stdout, Self::Stderr, Self::Diagnostics];

    /// The word in the page's public contract and in a downloaded log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stdout => "stdout",
            Self::Stderr => "stderr",
            Self::Diagnostics => "diagnostics",
        }
    }
}

/// The answer of `GET /sessions/{id}/log?size=-1`: the rings' present content.
///
/// `from` and `total` are not kept: both count lines of a concatenation that slides, so neither denotes the same line
/// twice (SessionServlet.scala 240-254, docs/protocol.md §2.4).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LogPage {
    /// The lines in the server's order, markers included.
    pub lines: Vec<String>,
}

impl LogPage {
    /// `None` when there is no list of lines in it.
    pub fn from_json(value: Value) -> Option<Self> {
        let Value::Object(mut page) = value else { return None };
        Some(Self { lines: dialect::lines(page.get_mut("log")?.take())? })
    }

    /// The window of each section that the answer has, without the markers. A section without a marker is absent, which
    /// is not the same as empty; lines before the first marker count as `stdout`.
    ///
    /// Every marker but the first begins with a line break, which no line of a stream can hold (`SparkProcApp.scala` 44,
    /// `SparkYarnApp.scala` 141-144, `SparkKubernetesApp.scala` 379-383, 0.9.0); the first counts only in first place. Livy 0.3 has one
    /// stream without a marker, and a plain line before what YARN says (`SparkYarnApp.scala` 195, 0.3.0).
    pub fn sections(&self) -> Vec<(Section, &[String])> {
        let mut sections = Vec::new();
        let (mut section, mut start) = (Section::Stdout, 0);
        let mut marked = false;
        let plain = self.plain_marker();
        for (at, line) in self.lines.iter().enumerate() {
            let marker = if plain == Some(at) { Some(Section::Diagnostics) } else { marker(at, line) };
            let Some(next) = marker else { continue };
            if marked || at > start {
                sections.push((section, &self.lines[start..at]));
            }
            (section, start, marked) = (next, at + 1, true);
        }
        if marked || start < self.lines.len() {
            sections.push((section, &self.lines[start..]));
        }
        sections
    }

    /// Where the diagnostics begin in a log that has none of the markers that Livy has written since 0.4: the last such line, since any
    /// before it may be a program's own.
    fn plain_marker(&self) -> Option<usize> {
        let is_marked = self.lines.iter().enumerate().any(|(at, line)| marker(at, line).is_some());
        let is_plain = |it: &String| it == "YARN Diagnostics:";
        self.lines.iter().rposition(is_plain).filter(|_| !is_marked)
    }
}

fn marker(at: usize, line: &str) -> Option<Section> {
    match line {
        "stdout: " if at == 0 => Some(Section::Stdout),
        "\nstderr: " => Some(Section::Stderr),
        _ if line.starts_with('\n') && line.ends_with("iagnostics: ") => Some(Section::Diagnostics),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(lines: &[&str]) -> Vec<(Section, Vec<String>)> {
        let page = LogPage { lines: lines.iter().map(|it| (*it).to_owned()).collect() };
        page.sections().into_iter().map(|(section, lines)| (section, lines.to_vec())).collect()
    }

    fn lines(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn sections_by_their_markers() {
        assert_eq!(
            sections(&["stdout: ", "\nstderr: "]),
            [(Section::Stdout, lines(&[])), (Section::Stderr, lines(&[]))]
        );
        assert_eq!(
            sections(&["stdout: ", "o", "\nstderr: ", "e", "stdout: ", "\nYARN Diagnostics: ", "d"]),
            [
                (Section::Stdout, lines(&["o"])),
                (Section::Stderr, lines(&["e", "stdout: "])),
                (Section::Diagnostics, lines(&["d"]))
            ]
        );
        assert_eq!(
            sections(&["stdout: ", "\nKubernetes Diagnostics: ", "d"]),
            [(Section::Stdout, lines(&[])), (Section::Diagnostics, lines(&["d"]))]
        );
    }

    #[test]
    fn without_markers() {
        assert_eq!(sections(&[]), []);
        let lost = "Cannot recover interactive session 7 because its RSCDriver URI is unknown.";
        assert_eq!(sections(&[lost]), [(Section::Stdout, lines(&[lost]))]);
        assert_eq!(
            sections(&["x", "\nstderr: "]),
            [(Section::Stdout, lines(&["x"])), (Section::Stderr, lines(&[]))]
        );
    }

    #[test]
    fn livy_0_3_marks_the_diagnostics_by_a_plain_line() {
        let plain = "YARN Diagnostics:";
        assert_eq!(
            sections(&["o", plain, "d"]),
            [(Section::Stdout, lines(&["o"])), (Section::Diagnostics, lines(&["d"]))]
        );
        assert_eq!(sections(&[plain, "d"]), [(Section::Diagnostics, lines(&["d"]))]);
        assert_eq!(
            sections(&[plain, "o", plain, "d"]),
            [(Section::Stdout, lines(&[plain, "o"])), (Section::Diagnostics, lines(&["d"]))]
        );
        // Where there are markers it is a line like any other.
        assert_eq!(
            sections(&["stdout: ", plain, "\nstderr: ", plain]),
            [(Section::Stdout, lines(&[plain])), (Section::Stderr, lines(&[plain]))]
        );
    }
}
