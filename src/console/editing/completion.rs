//! Putting a name of Scala into code, in the place of what was typed of it.

use std::ops::Range;

use super::Edit;

fn is_of_name(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '$')
}

/// Characters of operators (Scala Language Specification 2.13, 1.1): a name is made of these or of letters.
fn is_of_operator(it: char) -> bool {
    "!#%&*+-/:<=>?@\\^|~".contains(it)
}

/// The change that completes what stands before a place with a name. A name that Scala reads only between backticks gets them.
pub fn completed(code: &str, at: usize, name: &str) -> Edit {
    let at = if code.is_char_boundary(at) { at } else { code.len() };
    let text = if needs_backticks(name) { format!("`{name}`") } else { name.to_owned() };
    let range = begun(code.get(..at).unwrap_or_default(), name);
    let end = range.start + text.len();
    Edit { range, text, select: end..end }
}

/// What was typed of it. Livy looks at the letters before the cursor; at an operator only where it stands right there, and tells of
/// neither.
fn begun(before: &str, name: &str) -> Range<usize> {
    let letters = before.trim_end_matches(is_of_name).len();
    let operator = before.trim_end_matches(is_of_operator).len();
    let is_operator = name.starts_with(before.get(operator..).unwrap_or_default());
    let start = if letters == before.len() && is_operator { operator } else { letters };
    start..before.len()
}

fn needs_backticks(name: &str) -> bool {
    let is_plain = name.starts_with(|it: char| !it.is_numeric()) && name.chars().all(is_of_name);
    let is_mixed =
        || name.split_once('_').is_some_and(|it| it.0.chars().all(is_of_name) && is_operator(it.1));
    !is_plain && !is_operator(name) && !is_mixed() && !name.contains('`')
}

fn is_operator(name: &str) -> bool {
    name.chars().all(is_of_operator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_takes_the_place_of_what_was_typed_of_it() {
        let rows = [
            ("sc.par|", "parallelize", "sc.parallelize|"),
            ("sc.|", "range", "sc.range|"),
            ("sc.aF| + 1", "newAPIHadoopFile", "sc.newAPIHadoopFile| + 1"),
            ("sc.pa|ra", "parallelize", "sc.parallelize|ra"),
            ("|", "sc", "sc|"),
            ("größ|e", "größe", "größe|e"),
            ("x\n  .ma|", "mapPartitions", "x\n  .mapPartitions|"),
            ("Thing.is|", "is odd", "Thing.`is odd`|"),
            ("1.|", "to", "1.to|"),
            ("x.un|", "unary_!", "x.unary_!|"),
            ("a.|", "`type`", "a.`type`|"),
            ("a.|", "1st", "a.`1st`|"),
            ("List(1).+|", "++", "List(1).++|"),
            ("List(1) :|", ":+", "List(1) :+|"),
            ("1 +|", "Array", "1 +Array|"),
            ("s\"${my|}\"", "myVal", "s\"${myVal|}\""),
            ("// 😀😀\nsc.te|", "textFile", "// 😀😀\nsc.textFile|"),
        ];
        for (before, name, after) in rows {
            let at = before.find('|').unwrap();
            let code = before.replacen('|', "", 1);
            let edit = completed(&code, at, name);
            let mut text = edit.of(&code);
            assert_eq!(edit.select, edit.select.start..edit.select.start);
            text.insert(edit.select.start, '|');
            assert_eq!(text, after, "{before}");
        }
    }

    #[test]
    fn any_place_is_taken() {
        for code in ["", "é", "a.😀b", "`", "\n"] {
            for at in 0..code.len() + 2 {
                let edit = completed(code, at, "x");
                assert!(edit.of(code).get(edit.select).is_some(), "{code:?} {at}");
            }
        }
    }
}
