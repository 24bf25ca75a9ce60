//! A link to a line: by what it says and which of its equals it is. Numbers would not do: each page counts from where it began
//! to look, and the server keeps none.

use std::fmt::{self, Display, Formatter};

use livy::Section;

use super::SectionLog;

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linked {
    /// Its line.
    Line(u64),
    /// This page has fewer lines that say the same than the link counts; this is the last of them.
    LastEqual(u64),
}

/// A line as a link names it: `stderr.9ae16a3b.2` is the second line of stderr with that hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineLink {
    /// Where it stands.
    pub section: Section,
    /// FNV-1a of the line's bytes, 32 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): short, and enough to tell the lines of one log apart.
    hash: u32,
    /// Which of the lines with that hash, from 1, as the page that made the link had them.
    occurrence: u64,
}

impl LineLink {
    /// To a kept line. Costs O(lines before it).
    pub fn to(section: Section, log: &SectionLog, number: u64) -> Option<Self> {
        let hash = hash(log.line(number)?);
        let equal = |it: &u64| log.line(*it).is_some_and(|it| self::hash(it) == hash);
        let occurrence = (log.dropped()..=number).filter(equal).count() as u64;
        Some(Self { section, hash, occurrence })
    }

    /// Reads a link; `None` for what is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (section, hash, occurrence) = (parts.next()?, parts.next()?, parts.next()?);
        let section = Section::ALL.into_iter().find(|it| it.as_str() == section)?;
        let (hash, occurrence) = (u32::from_str_radix(hash, 16).ok()?, occurrence.parse().ok()?);
        (parts.next().is_none() && occurrence > 0).then_some(Self { section, hash, occurrence })
    }

    /// The line, or one that says the same, among the lines from `from` on; those before it are known to hold none. With fewer
    /// equals than the link counts nobody can tell which is meant: the server may have dropped earlier ones before this page
    /// began to look. Costs O(lines from `from` on).
    pub fn find(&self, log: &SectionLog, from: u64) -> Option<Linked> {
        let equal = |it: &u64| log.line(*it).is_some_and(|it| hash(it) == self.hash);
        let mut last = None;
        for (at, number) in (from.max(log.dropped())..log.count()).filter(equal).enumerate() {
            if at as u64 + 1 == self.occurrence {
                return Some(Linked::Line(number));
            }
            last = Some(Linked::LastEqual(number));
        }
        last
    }
}

impl Display for LineLink {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:08x}.{}", self.section.as_str(), self.hash, self.occurrence)
    }
}

fn hash(line: &str) -> u32 {
    line.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(lines: &[&str]) -> SectionLog {
        let mut log = SectionLog::default();
        lines.iter().for_each(|it| log.push(it));
        log
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!((hash(""), hash("a"), hash("foobar")), (0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968));
    }

    #[test]
    fn a_link_finds_its_line_again() {
        let there = log(&["a", "b", "a", "c", "a"]);
        let link = LineLink::to(Section::Stderr, &there, 2).unwrap();
        let read = LineLink::parse(&link.to_string()).unwrap();
        assert_eq!(
            (read.to_string(), read.find(&there, 0)),
            ("stderr.e40c292c.2".to_owned(), Some(Linked::Line(2)))
        );
        assert_eq!(read.find(&log(&["b", "c"]), 0), None);
        assert_eq!(LineLink::to(Section::Stderr, &there, 5), None);
    }

    #[test]
    fn an_equal_line_is_not_taken_for_the_one_that_is_meant() {
        let link = LineLink::parse("stderr.e40c292c.2").unwrap();
        assert_eq!(link.find(&log(&["b", "a", "c"]), 0), Some(Linked::LastEqual(1)));
        assert_eq!(link.find(&log(&["b", "a", "c", "a", "a"]), 0), Some(Linked::Line(3)));
    }

    #[test]
    fn what_was_looked_at_is_not_looked_at_again() {
        let link = LineLink::parse("stderr.e40c292c.1").unwrap();
        let there = log(&["a", "b", "a"]);
        assert_eq!((link.find(&there, 1), link.find(&there, 3)), (Some(Linked::Line(2)), None));
    }

    #[test]
    fn what_is_no_link_is_none() {
        for text in
            ["", "stderr", "stderr.xyz.1", "stderr.e40c292c.0", "stderr.e40c292c.1.1", "other.e40c292c.1"]
        {
            assert_eq!(LineLink::parse(text), None, "{text:?}");
        }
    }
}
