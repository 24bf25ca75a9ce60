//! Which field a refusal of Livy speaks of, where that is certain. The server's words are shown in any case.

use crate::{Draft, Field};

use crate::rule::conf_value;

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The field.
    pub field: Field,
    /// Which row of a list or of the configuration, counted from 0.
    pub row: Option<usize>,
    /// True when this server does not know the field at all: without it the request may pass.
    pub is_unknown: bool,
}

/// Maps the text of a 400 to the field it names (texts of Livy 0.5 to 0.9, docs/protocol.md §1.2). `None` where it names none, or
/// more than one could be meant.
pub fn refused_field(message: &str, draft: &Draft) -> Option<Refused> {
    let at = |field, row| Some(Refused { field, row, is_unknown: false });
    let message = message.strip_prefix("Rejected, Reason: ").unwrap_or(message);
    let message = message.strip_prefix("requirement failed: ").unwrap_or(message);
    if let Some(name) = between(message, "Unrecognized field \"", "\"") {
        return Field::by_name(name).map(|field| Refused { field, row: None, is_unknown: true });
    }
    if message.starts_with("Invalid kind") || message.starts_with("Kind should be") {
        return at(Field::Kind, None);
    }
    if message.starts_with("Invalid session name") || message.starts_with("Duplicate session name") {
        return at(Field::Name, None);
    }
    if message.contains("not allowed to impersonate") {
        return at(Field::ProxyUser, None);
    }
    if let Some(keys) = between(message, "Blacklisted configuration values in session config: ", "\n") {
        let key = keys.split(',').next().unwrap_or(keys).trim();
        return at(Field::Conf, Some(draft.conf().iter().position(|(it, _)| it.trim() == key)?));
    }
    if let Some(path) = between(message, "Path '", "' is not absolute") {
        return listed(draft, |it| it == path);
    }
    if let Some(path) = between(message, "Local path ", " cannot be added") {
        return listed(draft, |it| {
            it == path
                || it
                    .strip_prefix("file:")
                    .is_some_and(|it| it.trim_start_matches('/') == path.trim_start_matches('/'))
        });
    }
    if let Some((_, text)) =
        between(message, "java.net.URISyntaxException: ", "\n").and_then(|it| it.split_once(": "))
    {
        return listed(draft, |it| it == text);
    }
    if let Some(text) = message.strip_prefix("Invalid time string: ") {
        let mut fields =
            [Field::IdleTimeout, Field::Ttl].into_iter().filter(|it| draft.text(*it).trim() == text.trim());
        let field = fields.next()?;
        return if fields.next().is_none() { at(field, None) } else { None };
    }
    None
}

/// The one row that is meant, of a list or of the configuration; `None` where several could be.
fn listed(draft: &Draft, is_meant: impl Fn(&str) -> bool) -> Option<Refused> {
    let fields = Field::ALL.into_iter().filter(|it| it.is_list());
    let rows = fields
        .flat_map(|field| draft.rows(field).iter().enumerate().map(move |(row, text)| (field, row, text)));
    let named = rows.filter(|(.., text)| is_meant(text.trim())).map(|(field, row, _)| (field, row));
    let conf = draft.conf().iter().enumerate().filter(|(_, (key, value))| {
        conf_value::listed(key.trim()).is_some() && conf_value::paths(value).any(&is_meant)
    });
    let mut found = named.chain(conf.map(|(row, _)| (Field::Conf, row)));
    let (field, row) = found.next()?;
    found.next().is_none().then_some(Refused { field, row: Some(row), is_unknown: false })
}

/// What stands between two marks; to the end where the second is missing.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after).map_or(rest, |(it, _)| it))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of a real Livy 0.9.0 (`tests/fixtures/livy-0.9.0`, `tests/validation/answers.json`), those of older ones without their prefix.
    #[test]
    fn a_refusal_comes_home_where_it_is_certain() {
        let mut draft = Draft::default();
        draft.set_rows(Field::Jars, vec!["/ok.jar".into(), "relative.jar".into()]);
        draft.set_rows(Field::Files, vec!["file:///tmp/x.jar".into()]);
        draft.set_text(Field::IdleTimeout, "10 minutes");
        let row = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        draft.set_conf(vec![
            row("spark.a", "other.zip"),
            row("spark.submit.deployMode", "x"),
            row("spark.archives", "/ok.zip,lib/x.zip"),
            row("spark.yarn.jars", "hdfs:///spark/{a,b}/*"),
        ]);
        let cases = [
            ("Invalid kind: PYSPARK (through reference chain: x)", Some((Field::Kind, None, false))),
            (
                "Unrecognized field \"idleTimeout\" (class x), not marked",
                Some((Field::IdleTimeout, None, true)),
            ),
            ("Unrecognized field \"foo\" (class x)", None),
            (
                "Rejected, Reason: requirement failed: Path 'relative.jar' is not absolute.",
                Some((Field::Jars, Some(1), false)),
            ),
            ("requirement failed: Path 'relative.jar' is not absolute.", Some((Field::Jars, Some(1), false))),
            (
                "Rejected, Reason: requirement failed: Local path /tmp/x.jar cannot be added to user sessions.",
                Some((Field::Files, Some(0), false)),
            ),
            (
                "Rejected, Reason: Blacklisted configuration values in session config: spark.submit.deployMode",
                Some((Field::Conf, Some(1), false)),
            ),
            (
                "Rejected, Reason: Duplicate session name: Some(lab-1) for session 14",
                Some((Field::Name, None, false)),
            ),
            (
                "Rejected, Reason: requirement failed: Path 'lib/x.zip' is not absolute.",
                Some((Field::Conf, Some(2), false)),
            ),
            ("Rejected, Reason: requirement failed: Path 'other.zip' is not absolute.", None),
            (
                "Rejected, Reason: java.net.URISyntaxException: Illegal character in path at index 14: hdfs:///spark/{a",
                Some((Field::Conf, Some(3), false)),
            ),
            ("Rejected, Reason: Invalid session name: 123", Some((Field::Name, None, false))),
            ("Rejected, Reason: Invalid time string: 10 minutes", Some((Field::IdleTimeout, None, false))),
            ("User 'alice' not allowed to impersonate 'Some(bob)'.", Some((Field::ProxyUser, None, false))),
            ("Rejected, too many sessions are being created!", None),
            ("", None),
        ];
        for (message, expected) in cases {
            let found = refused_field(message, &draft).map(|it| (it.field, it.row, it.is_unknown));
            assert_eq!(found, expected, "{message}");
        }
        draft.set_text(Field::Ttl, "10 minutes");
        assert_eq!(refused_field("Rejected, Reason: Invalid time string: 10 minutes", &draft), None);
    }
}
