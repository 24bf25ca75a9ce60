//! What a spreadsheet would run instead of showing it.

/// True for a cell that a spreadsheet takes for a formula: one that begins with a sign of OWASP's "CSV Injection", also behind blanks and in
/// its wide form, or with a tab or the end of a line.
pub(crate) fn looks_like_a_formula(cell: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(SIGNS)
}
