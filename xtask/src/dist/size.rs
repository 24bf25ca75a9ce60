//! The size of the bundle: a table of its files, raw and compressed with brotli and gzip.

use crate::failure::{At, Outcome};
use std::fs;
use std::path::Path;

/// The aim for all files of a first load together, in bytes of brotli.
const AIM: u64 = 50_000;

/// One line per file, and the sum of the files that a first load fetches. `later` names the others.
///
/// # Errors
/// The folder cannot be read.
pub fn table(dist: &Path, later: &[&str]) -> Outcome<String> {
    let entries = fs::read_dir(dist).at("Reading dist/")?.flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !is_compressed(name))
        .collect();
    names.sort_unstable();
    let size = |name: &str| fs::metadata(dist.join(name)).map(|data| data.len()).ok();
    let rows: Vec<Row> = names
        .into_iter()
        .filter_map(|name| {
            let raw = size(&name)?;
            let smaller = |ending| size(&format!("{name}.{ending}")).unwrap_or(raw);
            Some(Row { raw, br: smaller("br"), gz: smaller("gz"), name })
        })
        .collect();
    Ok(written(&rows, later))
}

struct Row {
    name: String,
    raw: u64,
    br: u64,
    gz: u64,
}

fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

fn written(rows: &[Row], later: &[&str]) -> String {
    let line = |name: &str, raw: u64, br: u64, gz: u64| format!("{name:<40} {raw:>9} {br:>9} {gz:>9}\n");
    let first = |row: &&Row| !later.contains(&row.name.as_str());
    let sum = |of: fn(&Row) -> u64| rows.iter().filter(first).map(of).sum::<u64>();
    let br = sum(|row| row.br);
    let mut text = format!("{:<40} {:>9} {:>9} {:>9}\n", "file (bytes)", "raw", "brotli", "gzip");
    for row in rows {
        text.push_str(&line(&row.name, row.raw, row.br, row.gz));
    }
    text.push_str(&line("first load", sum(|row| row.raw), br, sum(|row| row.gz)));
    let verdict = if br <= AIM { "within" } else { "above" };
    text.push_str(&format!("The first load is {verdict} the aim of {AIM} bytes of brotli.\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::{AIM, Row, written};

    #[test]
    fn the_sum_covers_the_first_load_and_is_compared_with_the_aim() {
        let row = |name: &str, br| Row { name: name.to_owned(), raw: 2 * br, br, gz: br + 1 };
        let text = written(&[row("a", 10), row("b", 20), row("c", 90_000)], &["c"]);
        assert!(
            text.contains("first load                                      60        30        32"),
            "{text}"
        );
        assert!(text.contains("within"), "{text}");
        assert!(written(&[row("a", AIM + 1)], &[]).contains("above"));
    }
}
