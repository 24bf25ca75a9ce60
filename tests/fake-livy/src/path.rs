//! Paths of a request: `java.net.URI`, then Livy's own rules (Session.scala 111-144). Nothing is ever read from a path.

use crate::http::{Response, decoded};

/// The file system of a server without a Hadoop one (`fs.defaultFS`).
const BASE: &str = "file://";

/// `java.net.URI`, then Livy's own rules (Session.scala 111-144).
pub(crate) fn check(path: &str) -> Result<(), Response> {
    if path.is_empty() {
        return Ok(());
    }
    let syntax = |reason: &str, at: usize| {
        Err(Response::rejected(&format!("java.net.URISyntaxException: {reason} at index {at}: {path}")))
    };
    let scheme_end = path.find(':').filter(|at| {
        path[..*at].chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it)) && *at > 0
    });
    if path.starts_with(':') {
        return syntax("Expected scheme name", 0);
    }
    if let Some(at) = scheme_end
        && path.len() == at + 1
    {
        return syntax("Expected scheme-specific part", at + 1);
    }
    if let Some(at) = scheme_end
        && &path[at + 1..] == "//"
    {
        return syntax("Expected authority", at + 3);
    }
    let authority = scheme_end.filter(|at| path[at + 1..].starts_with("//")).map(|at| {
        let start = at + 3;
        start..path[start..].find('/').map_or(path.len(), |it| start + it)
    });
    for (at, (byte, character)) in path.char_indices().enumerate() {
        if !legal(character) || (character == '#' && path[..byte].contains('#')) {
            let part = match (&authority, scheme_end) {
                _ if path[..byte].contains('#') => "fragment",
                (Some(range), _) if range.contains(&byte) => "authority",
                (None, Some(end)) if !path[end + 1..].starts_with('/') => "opaque part",
                (_, None) if path.contains(':') && byte == 0 => "scheme name",
                _ => "path",
            };
            return syntax(&format!("Illegal character in {part}"), at);
        }
        if character == '%'
            && !path.as_bytes()[byte + 1..].iter().take(2).filter(|it| it.is_ascii_hexdigit()).count().eq(&2)
        {
            return syntax("Malformed escape pair", at);
        }
    }
    let local = |path: &str| {
        Err(Response::rejected(&format!(
            "requirement failed: Local path {path} cannot be added to user sessions."
        )))
    };
    match scheme_end.map(|it| &path[..it]) {
        None if !path.starts_with('/') => {
            Err(Response::rejected(&format!("requirement failed: Path '{path}' is not absolute.")))
        }
        None => match decoded_illegal(path) {
            Some(at) => Err(Response::bare(
                500,
                &format!(
                    "java.net.URISyntaxException: Illegal character in path at index {at}: {BASE}{}",
                    decoded(path)
                ),
            )),
            None => local(path),
        },
        Some("file") => local(path.trim_start_matches("file:").trim_start_matches("//")),
        Some(_) => Ok(()),
    }
}

fn legal(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || "-_.!~*'();/?:@&=+$,%#[]".contains(character)
        || (!character.is_ascii() && !character.is_control() && !character.is_whitespace())
}

/// Livy decodes a path without a scheme before it builds a second URI of it, and that one may be wrong.
fn decoded_illegal(path: &str) -> Option<usize> {
    decoded(path).chars().position(|it| !legal(it)).map(|at| BASE.len() + at)
}
