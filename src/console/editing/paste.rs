//! What is pasted into an editor of code: ends of lines, blanks that only look like blanks, and the prompts of interpreters.

/// A pasted text as it goes into the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// With plain ends of lines and blanks.
    pub text: String,
    /// How many blanks were others: interpreters take a no-break space for a character of a name, and fail.
    pub odd_blanks: usize,
}

/// Reads a pasted text.
pub fn pasted(text: &str) -> Pasted {
    let is_odd = |it: char| matches!(it, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{feff}');
    let odd_blanks = text.chars().filter(|it| is_odd(*it)).count();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = if odd_blanks > 0 {
        text.chars().filter(|it| *it != '\u{feff}').map(|it| if is_odd(it) { ' ' } else { it }).collect()
    } else {
        text
    };
    Pasted { text, odd_blanks }
}

/// What follows the prompt of an interpreter at the beginning of a line: Python's, IPython's and Scala's; whether the line goes on what
/// the one before began.
fn after_prompt(line: &str) -> Option<(&str, bool)> {
    let of = |prompt: &str, goes_on: bool| {
        let rest = line.strip_prefix(prompt)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| (rest.strip_prefix(' ').unwrap_or(rest), goes_on))
    };
    let numbered = || {
        let (number, rest) = line.strip_prefix("In [")?.split_once("]:")?;
        let is_number = number.trim().bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| (rest.strip_prefix(' ').unwrap_or(rest), false))
    };
    let goes_on = || {
        // `   ...: ` of IPython and `     | ` of Scala.
        let rest = line.trim_start();
        let rest = rest
            .strip_prefix("...:")
            .or_else(|| rest.strip_prefix('|').filter(|_| line.starts_with("  ")))?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| (rest.strip_prefix(' ').unwrap_or(rest), true))
    };
    of(">>>", false)
        .or_else(|| of("...", true))
        .or_else(|| of("scala>", false))
        .or_else(numbered)
        .or_else(goes_on)
}

/// The code of a text with the prompts of an interpreter, without them and without what the interpreter wrote between. `None` where it
/// has none: the first line that is not empty decides.
pub fn without_prompts(text: &str) -> Option<String> {
    let first = text.lines().find(|it| !it.trim().is_empty())?;
    after_prompt(first).filter(|it| !it.1)?;
    let lines: Vec<&str> = text.lines().filter_map(after_prompt).map(|it| it.0).collect();
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_ends_of_lines_become_plain() {
        let of = |text: &str| {
            let it = pasted(text);
            (it.text, it.odd_blanks)
        };
        assert_eq!(of("a\r\nb\rc"), ("a\nb\nc".to_owned(), 0));
        assert_eq!(of("x\u{a0}=\u{202f}1"), ("x = 1".to_owned(), 2));
        assert_eq!(of("\u{feff}x"), ("x".to_owned(), 1));
        assert_eq!(of("größe\t1"), ("größe\t1".to_owned(), 0));
    }

    #[test]
    fn prompts_are_told_from_code() {
        let rows: &[(&str, Option<&str>)] = &[
            (">>> x = 1\n>>> x\n1\n", Some("x = 1\nx")),
            (">>> for i in x:\n...     print(i)\n... \n1\n2", Some("for i in x:\n    print(i)\n")),
            ("\nIn [3]: a = 1\n   ...: b = 2\nOut[3]: 5", Some("a = 1\nb = 2")),
            ("scala> val x = 1\nx: Int = 1\nscala> def f =\n     | 2", Some("val x = 1\ndef f =\n2")),
            ("x = 1\n>>> y", None),
            (">>>x", None),
            ("... x", None),
            ("a >>> b", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(without_prompts(text).as_deref(), *expected, "{text:?}");
        }
    }
}
