//! A cell of a sparkmagic notebook: `%%configure` with options on its line, JSON below it.

use super::term::Term;
use super::{Found, literal};

pub(super) const SPARKMAGIC: &str = "a sparkmagic cell";

/// Reads the JSON of a cell.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    found.source = SPARKMAGIC;
    found.is_body = true;
    found.keeps_kind = true;
    let cell = text.split_once("%%configure").map_or("", |it| it.1);
    let start = cell.find('{').ok_or("The %%configure cell has no JSON. Paste the whole cell.")?;
    let body = literal(&cell[start..], found)?;
    if !body.has("kind") {
        found.note("The kind stays as chosen: sparkmagic takes it from the notebook's kernel.".to_owned());
    }
    Ok(body)
}
