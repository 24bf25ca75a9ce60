//! Where YARN puts jars, files and archives: one folder for all, so that their names have to differ.

use crate::problem::{Finding, Problem};
use crate::{Draft, Field, sorted};

/// A file, an archive or a jar of the form.
struct Shipped<'a> {
    /// The last part of its path.
    name: &'a str,
    /// Its name in the folder: what follows #, or that last part.
    link: &'a str,
    field: Field,
    row: usize,
}

/// Findings about names that occur twice (`Client.prepareLocalResources`, `ClientDistributedCacheManager`, Spark
/// 3.5). By the last part of its path YARN's client takes each only once: a file or an archive of which there is another ends the
/// session ("Attempt to add … multiple times to the distributed cache"), a jar is passed over. Of two with one link the later
/// takes the place of the first, without a word.
pub(crate) fn problems(draft: &Draft, is_yarn: bool) -> Vec<Problem> {
    let places = places(draft);
    let mut found = Vec::new();
    // Both sorts keep the order of the page among equals.
    let by_name = sorted(places.len(), &|one, other| places[one].name < places[other].name);
    for (first, second) in neighbours(&places, &by_name).filter(|(first, second)| first.name == second.name) {
        let (name, place) = (second.name, first.place_for(second));
        found.push(if second.field == Field::Jars {
            second.at(Finding::warning(format!("{name} is already {place}. YARN uses only the first.")))
        } else {
            let words = format!("{name} is already {place}. YARN ends a session that adds a file twice.");
            second.at(if is_yarn { Finding::error(words) } else { Finding::warning(words) })
        });
    }
    let by_link = sorted(places.len(), &|one, other| places[one].link < places[other].link);
    let same = |(first, second): &(&Shipped<'_>, &Shipped<'_>)| {
        first.link == second.link && first.name != second.name
    };
    for (first, second) in neighbours(&places, &by_link).filter(same) {
        let (link, place) = (second.link, first.place_for(second));
        let words = format!("Another {link} is {place}. YARN keeps only the last one.");
        found.push(second.at(Finding::warning(words)));
    }
    found
}

/// Everything that gets a place, in the order in which YARN's client takes it.
fn places(draft: &Draft) -> Vec<Shipped<'_>> {
    let mut places = Vec::new();
    for field in [Field::Jars, Field::Files, Field::Archives] {
        for (row, text) in draft.rows(field).iter().enumerate() {
            let text = text.trim();
            let name = base_name(text);
            let alias = text.split_once('#').map(|(_, alias)| alias).filter(|it| !it.is_empty());
            // Only the cluster knows what a pattern matches.
            let is_pattern = name.contains(['*', '[', '{']);
            if !name.is_empty() && !is_pattern && !text.starts_with("local:") {
                places.push(Shipped { name, link: alias.unwrap_or(name), field, row });
            }
        }
    }
    places
}

/// Each place with the one after it in an order.
fn neighbours<'a, 'b>(
    places: &'b [Shipped<'a>],
    order: &[usize],
) -> impl Iterator<Item = (&'b Shipped<'a>, &'b Shipped<'a>)> {
    order.windows(2).map(|it| (&places[it[0]], &places[it[1]]))
}

impl Shipped<'_> {
    /// Its place, seen from another.
    fn place_for(&self, other: &Self) -> String {
        if self.field == other.field { "above".to_owned() } else { format!("in {}", self.field.label()) }
    }

    fn at(&self, finding: Finding) -> Problem {
        finding.at(self.field, Some(self.row))
    }
}

/// The last part of a path, without what follows ? and #.
fn base_name(text: &str) -> &str {
    let path = text.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&str]) -> Vec<String> {
        rows.iter().map(|it| (*it).to_owned()).collect()
    }

    fn places(draft: &Draft, is_yarn: bool) -> Vec<(Field, usize, bool)> {
        let found = problems(draft, is_yarn);
        let mut found: Vec<_> = found.iter().map(|it| (it.field, it.row.unwrap(), it.is_error())).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn a_name_has_one_place_on_yarn() {
        let mut draft = Draft::default();
        draft.set_rows(Field::Jars, rows(&["hdfs:///a/x.jar", "hdfs:///b/x.jar", "hdfs:///y.jar"]));
        draft.set_rows(
            Field::Files,
            rows(&["hdfs:///y.jar#z", "hdfs:///f.conf", "hdfs:///g.conf", "local:/f.conf"]),
        );
        draft.set_rows(Field::Archives, rows(&["hdfs:///e.zip#e", "s3a://b/e.zip#f", "", "hdfs:///f.conf/"]));
        let expected = |is_error| {
            let others = [(Field::Files, 0), (Field::Archives, 1), (Field::Archives, 3)];
            let others = others.map(|(field, row)| (field, row, is_error));
            [(Field::Jars, 1, false)].into_iter().chain(others).collect::<Vec<_>>()
        };
        assert_eq!(places(&draft, true), expected(true));
        assert_eq!(places(&draft, false), expected(false));
    }

    #[test]
    fn the_last_of_one_alias_is_there() {
        let mut draft = Draft::default();
        draft.set_rows(Field::Files, rows(&["hdfs:///env", "hdfs:///c.conf#d"]));
        draft.set_rows(
            Field::Archives,
            rows(&["hdfs:///a.zip#env", "hdfs:///b.zip#env", "hdfs:///c.zip#c", "hdfs:///d.zip#"]),
        );
        let expected = [(Field::Archives, 0, false), (Field::Archives, 1, false)];
        assert_eq!(places(&draft, true), expected);
        let words = "Another env is above. YARN keeps only the last one.";
        assert!(problems(&draft, false).iter().any(|it| it.message == words));
    }
}
