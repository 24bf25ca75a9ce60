//! Members of an object without the braces around them, as somebody copies them out of a file: `"session_configs": {...}`.

use form::Field;

use super::term::Term;
use super::wrapped::SESSION_CONFIGS;
use super::{Found, literal};

/// Reads the members where the text begins with one, or where it holds sparkmagic's; nothing where none can be read.
pub(super) fn read(text: &str, found: &mut Found) -> Option<Term> {
    let members = &text[start(text)?..];
    // Prose may follow.
    let end = members.rfind('}').map_or(members.len(), |it| it + 1);
    [members, &members[..end]].into_iter().find_map(|members| {
        let members = members.trim_end_matches([',', ';']);
        let object = match members.strip_prefix(SESSION_CONFIGS) {
            Some(bare) => ["{\"", SESSION_CONFIGS, "\"", bare, "}"].concat(),
            None => ["{", members, "}"].concat(),
        };
        let mut own = Found::default();
        let value = literal(&object, &mut own).ok()?;
        *found = own;
        Some(value)
    })
}

/// Where a member begins: the text itself, or sparkmagic's at the beginning of a line or behind a brace or a comma.
fn start(text: &str) -> Option<usize> {
    if is_member(text, |key, is_quoted| key == SESSION_CONFIGS || is_quoted && Field::by_name(key).is_some())
    {
        return Some(0);
    }
    let starts = text.match_indices(['\n', '{', ',', '(']).map(|it| it.0 + 1);
    let is_sparkmagics = |at: &usize| is_member(&text[*at..], |key, _| key == SESSION_CONFIGS);
    starts.map(|at| at + blanks(&text[at..])).find(is_sparkmagics)
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// True where a text begins with a wanted key, in quotes or not, and its colon.
fn is_member(text: &str, is_wanted: impl Fn(&str, bool) -> bool) -> bool {
    let bare = text.trim_start_matches(['"', '\'']);
    let is_quoted = text.len() - bare.len() == 1;
    let length = bare.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_')).unwrap_or(bare.len());
    let (key, rest) = bare.split_at(length);
    let rest = if is_quoted { rest.strip_prefix(['"', '\'']) } else { Some(rest) };
    let has_colon = rest.is_some_and(|it| it.trim_start().starts_with(':'));
    has_colon && is_wanted(key, is_quoted)
}
