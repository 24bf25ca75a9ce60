//! What Spark's `show()` prints, as the table that it is (`Dataset.showString`, 3.5).

use form::json::quoted;
use livy::{Json, JsonKind, Piece};

use super::Table;

/// A longer text is no table for a person.
const LONGEST: usize = 1 << 20;

/// The table that a text draws with `+---+` and `|`; `None` unless every line of it is a part of one.
pub fn grid(text: &str) -> Option<Table> {
    if text.len() > LONGEST {
        return None;
    }
    let mut lines = text.trim_matches('\n').lines();
    let rule = lines.next()?;
    // Where the columns end, in characters: wide ones would not fit, and then nothing is guessed.
    let edges: Vec<usize> = rule.char_indices().filter(|it| it.1 == '+').map(|it| it.0).collect();
    let is_rule =
        rule.bytes().all(|it| matches!(it, b'+' | b'-')) && rule.starts_with('+') && rule.ends_with('+');
    if !is_rule || edges.len() < 2 {
        return None;
    }
    let cells = |line: &str| -> Option<Vec<String>> {
        let line: Vec<char> = line.chars().collect();
        if line.len() != rule.len() || edges.iter().any(|it| line.get(*it) != Some(&'|')) {
            return None;
        }
        let cells = edges.windows(2).map(|it| line.get(it[0] + 1..it[1]).unwrap_or_default());
        Some(cells.map(|it| it.iter().collect::<String>().trim().to_owned()).collect())
    };
    let heads = cells(lines.next()?)?;
    let heads: Vec<String> = heads.iter().map(|it| format!("{{\"name\":{}}}", quoted(it))).collect();
    if lines.next() != Some(rule) {
        return None;
    }
    let mut rows = Vec::new();
    loop {
        match lines.next()? {
            end if end == rule => break,
            row => rows
                .push(format!("[{}]", cells(row)?.iter().map(|it| value(it)).collect::<Vec<_>>().join(","))),
        }
    }
    let is_note = |it: &str| it.is_empty() || it.starts_with("only showing top ");
    if !lines.all(is_note) {
        return None;
    }
    Table::of(Piece::parse(&format!("{{\"headers\":[{}],\"data\":[{}]}}", heads.join(","), rows.join(",")))?)
}

/// A number as it stands, everything else as a text: what was null can no longer be told from a word.
fn value(cell: &str) -> String {
    match Json::parse(cell).filter(|it| it.kind() == JsonKind::Number) {
        Some(number) => number.as_written().to_owned(),
        None => quoted(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Option<Vec<String>> {
        let table = grid(text)?;
        let rows = (0..table.len()).flat_map(|it| table.cells(it));
        let heads = table.columns.iter().map(|it| it.name.clone());
        Some(heads.chain(rows.map(|it| it.shown().into_owned())).collect())
    }

    #[test]
    fn only_what_is_a_table_in_every_line() {
        let shown = "+---+-----+\n| id| name|\n+---+-----+\n|1.50|a|b|\n"
            .replace("|1.50|a|b|", "|  1|a|b \"|")
            + "|007|     |\n+---+-----+\nonly showing top 2 rows\n\n";
        assert_eq!(cells(&shown).unwrap(), ["id", "name", "1", "a|b \"", "007", ""]);
        assert_eq!(cells("+---+\n| id|\n+---+\n+---+\n").unwrap(), ["id"]);
        for wrong in [
            "",
            "+",
            "a\n+---+\n| id|\n+---+\n+---+\n",
            "+---+\n| id|\n+---+\n|  1|",
            "+---+\n| id|\n+---+\n| 12|\n|日本|\n+---+\n",
            "+---+\n| id|\n+---+\n|123 |\n+---+\n",
            "+---+\n| id|\n+---+\n|  1|\n+---+\nmore",
            "+-+-\n|a|b\n+-+-\n+-+-\n",
        ] {
            assert!(grid(wrong).is_none(), "{wrong}");
        }
    }
}
