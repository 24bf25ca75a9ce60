//! The table of causes: what each is, and the words by which it is known.
//!
//! Sources: what a real Livy 0.9.0 with Spark 3.5.9 logged (`tests/console/causes/real`), and else the wording in the sources of
//! those who write it, named with each rule. What explains more comes first: a file for each topic, in the order below, and in a
//! file its rows in theirs.

mod cloud;
mod credential;
mod ending;
mod file;
mod interpreter;
mod java;
mod kubernetes;
mod memory;
mod metastore;
mod node;
mod package;
mod queue;
mod setting;
mod storage;

use super::entry::Entry;

/// True where a program could not be run because it is not there: the error's number is the same in every language of the machine. The
/// words before it are those of JDK 8 to 21, or of those after.
fn is_not_there(line: &str) -> bool {
    line.contains("error=2,") || line.contains("error: 2 (")
}

/// True where a program could not be run because nobody may, or this user may not.
fn is_not_allowed(line: &str) -> bool {
    line.contains("error=13,") || line.contains("error: 13 (")
}

/// True where a program could not be run because the machine had no memory for it.
fn is_out_of_memory(line: &str) -> bool {
    line.contains("error=12,") || line.contains("error: 12 (")
}

/// All of them.
pub(super) const TABLE: [&[Entry]; 14] = [
    memory::ROWS,
    package::ROWS,
    java::ROWS,
    credential::ROWS,
    storage::ROWS,
    cloud::ROWS,
    kubernetes::ROWS,
    node::ROWS,
    queue::ROWS,
    interpreter::ROWS,
    metastore::ROWS,
    setting::ROWS,
    file::ROWS,
    ending::ROWS,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cause::Cause;
    use crate::cause::search::longest;
    use crate::cause::sieve::STRETCH;
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn every_cause_has_one_row_and_every_rule_can_be_found() {
        let rows: Vec<&Entry> = TABLE.iter().flat_map(|it| it.iter()).collect();
        let causes: BTreeSet<Cause> = rows.iter().map(|it| it.cause).collect();
        assert_eq!(causes.len(), rows.len(), "no cause has two");
        assert!(rows.len() >= 80, "{}", rows.len());
        for row in rows {
            assert!(!row.rules.is_empty(), "{:?}", row.cause);
            for rule in row.rules {
                assert!(longest(rule).len() >= STRETCH, "{:?} {:?}", row.cause, rule.parts);
            }
        }
    }

    /// The lines of a log, and whether one of them is as the rule wants it.
    fn is_hit(rule: &crate::cause::entry::Rule, lines: &[String]) -> bool {
        let fits = |at: usize| {
            rule.fits(&lines[at])
                && (rule.after.is_empty() || lines[..at].iter().any(|it| it.contains(rule.after)))
        };
        (0..lines.len()).any(fits)
    }

    #[test]
    fn every_rule_has_a_log_or_a_documented_wording() {
        let cases: Value =
            serde_json::from_str(include_str!("../../../tests/console/causes/cases.json")).unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/console/causes/real");
        let real =
            std::fs::read_dir(folder).unwrap().map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap());
        let mut all: Vec<Vec<String>> = real.map(|it| it.lines().map(str::to_owned).collect()).collect();
        for case in ["documented", "wordings"].into_iter().flat_map(|it| cases[it].as_array().unwrap()) {
            all.push(serde_json::from_value(case["lines"].clone()).unwrap());
        }
        let rules = TABLE
            .iter()
            .flat_map(|it| it.iter())
            .flat_map(|it| it.rules.iter().map(move |rule| (it.cause, rule)));
        let unknown: Vec<String> = rules
            .filter(|it| !all.iter().any(|lines| is_hit(it.1, lines)))
            .map(|it| format!("{:?} {:?}", it.0, it.1.parts))
            .collect();
        assert!(unknown.is_empty(), "{unknown:#?}");
    }
}
