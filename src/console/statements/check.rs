//! What certainly fails, ends the interpreter or does harm, said before a statement is sent. Each row was tried on a real Livy
//! (docs/statements.md).

use livy::Kind;

/// What is wrong with code. It is sent all the same where [`CodeProblem::is_error`] is false and a person presses again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// There is no code.
    Empty,
    /// The session has no language of its own, and none is chosen.
    NoLanguage,
    /// A magic of Python without a name: it ends the interpreter for good. On this line, from 1.
    NamelessMagic(usize),
    /// A character that no interpreter takes: NUL.
    Nul,
    /// Half of a character: text of a browser can have it, and a request cannot. Only who reads the text from the browser can tell.
    HalfCharacter,
    /// A language that this page may not run code in, by its configuration. Only the page can tell.
    OutsidePolicy(Kind),
    /// More than one statement of SQL: Livy takes one.
    SeveralStatements,
    /// A cell of another language, as notebooks have them: `%%sql`. Its body can be sent with that language.
    OtherCell(Kind),
    /// A magic of notebooks that Livy does not know, or a command for a shell. On this line, from 1.
    OfNotebooks(usize),
    /// It ends Spark or the driver, and with it the session. On this line, from 1.
    EndsSpark(usize),
    /// More than a megabyte: gateways refuse it with 413.
    Long,
}

/// Gateways take a megabyte at least (nginx `client_max_body_size`).
const MOST: usize = 1_000_000;

impl CodeProblem {
    /// True for what cannot work, so that it is not sent.
    pub fn is_error(self) -> bool {
        matches!(
            self,
            Self::Empty
                | Self::NoLanguage
                | Self::NamelessMagic(_)
                | Self::Nul
                | Self::HalfCharacter
                | Self::OutsidePolicy(_)
        )
    }
}

/// What is wrong with code for this language; `None`: none is chosen.
pub fn code_problems(code: &str, kind: Option<Kind>) -> Vec<CodeProblem> {
    let lines = || code.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    let first = |wrong: &dyn Fn(&str) -> bool| lines().find(|it| wrong(it.1)).map(|it| it.0);
    let is_python = kind == Some(Kind::PySpark);
    let nameless = |line: &str| is_python && ["%json", "%table", "%matplot"].contains(&line);
    let of_notebooks = |line: &str| {
        is_python
            && (line.starts_with('!') || line.starts_with('%') && !line.starts_with("%%") && !is_livys(line))
    };
    let cell = code.lines().map(str::trim).find(|it| !it.is_empty()).and_then(|it| it.strip_prefix("%%"));
    let found = [
        code.trim().is_empty().then_some(CodeProblem::Empty),
        matches!(kind, None | Some(Kind::Shared)).then_some(CodeProblem::NoLanguage),
        first(&nameless).map(CodeProblem::NamelessMagic),
        code.contains('\0').then_some(CodeProblem::Nul),
        (kind == Some(Kind::Sql) && statements_of_sql(code) > 1).then_some(CodeProblem::SeveralStatements),
        cell.and_then(|it| Kind::parse(it.split_whitespace().next()?)).map(CodeProblem::OtherCell),
        first(&of_notebooks).map(CodeProblem::OfNotebooks),
        (kind != Some(Kind::Sql))
            .then(|| first(&|line| ends_spark(line, kind)))
            .flatten()
            .map(CodeProblem::EndsSpark),
        (code.len() > MOST).then_some(CodeProblem::Long),
    ];
    found.into_iter().flatten().collect()
}

fn is_livys(line: &str) -> bool {
    let magic = line[1..].split_whitespace().next().unwrap_or_default();
    ["json", "table", "matplot"].contains(&magic)
}

/// What ends the interpreter or the driver when it is called, with whatever in its brackets.
const EXITS: [&str; 5] = ["System.exit", "sys.exit", "os._exit", "exit", "quit"];
/// What ends Spark when it is called without anything in its brackets; Scala needs none.
const STOPS: [&str; 6] = [
    "sc.stop",
    "spark.stop",
    "sparkContext.stop",
    "getOrCreate().stop",
    "sparkR.stop",
    "sparkR.session.stop",
];

/// True for a line that calls one of them, also by its whole name: `java.lang.System.exit(0)`, `self.spark.stop()`.
fn ends_spark(line: &str, kind: Option<Kind>) -> bool {
    let line = line.trim_start();
    let calls = |name: &str, takes: fn(&str, bool) -> bool| {
        line.match_indices(name).any(|(at, _)| {
            let (before, after) = (&line[..at], line[at + name.len()..].trim_start());
            let is_in_a_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '"' | '\'');
            // A method or a function of one's own of that name is another one.
            let is_own = !name.contains('.') && (before.ends_with('.') || before.trim_end().ends_with("def"));
            !before.ends_with(is_in_a_word) && !is_own && takes(after, kind == Some(Kind::Spark))
        })
    };
    let exits = |after: &str, _: bool| after.starts_with('(');
    let stops = |after: &str, is_scala: bool| match after.strip_prefix('(') {
        Some(inner) => inner.trim_start().starts_with(')'),
        None => is_scala && !after.starts_with(|it: char| it.is_alphanumeric() || matches!(it, '_' | '.')),
    };
    !line.starts_with(['#', '/'])
        && (EXITS.iter().any(|it| calls(it, exits)) || STOPS.iter().any(|it| calls(it, stops)))
}

/// How many statements of SQL there are: semicolons in texts, names and comments divide nothing.
fn statements_of_sql(code: &str) -> usize {
    let (mut count, mut has_begun) = (0, false);
    let mut rest = code;
    while let Some(character) = rest.chars().next() {
        let end = |after: usize, mark: &str| {
            rest.get(after..).and_then(|it| it.find(mark)).map_or(rest.len(), |it| after + it + mark.len())
        };
        let taken = match character {
            '-' if rest.starts_with("--") => end(2, "\n"),
            '/' if rest.starts_with("/*") => end(2, "*/"),
            '\'' | '"' | '`' => {
                has_begun = true;
                quoted(rest, character)
            }
            ';' => {
                count += usize::from(std::mem::take(&mut has_begun));
                1
            }
            other => {
                has_begun |= !other.is_whitespace();
                other.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    count + usize::from(has_begun)
}

/// How long the text in quotes is that begins here; a backslash takes the next character with it, but in names.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if quote != '`' => is_escaped = true,
            it if it == quote => return at + it.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use CodeProblem::{
        Empty, EndsSpark, Long, NamelessMagic, NoLanguage, Nul, OfNotebooks, OtherCell, SeveralStatements,
    };

    #[test]
    fn each_has_its_row() {
        let python = Some(Kind::PySpark);
        let rows: &[(&str, Option<Kind>, &[CodeProblem])] = &[
            ("1 + 1", python, &[]),
            (" \n\t", python, &[Empty]),
            ("1", None, &[NoLanguage]),
            ("1", Some(Kind::Shared), &[NoLanguage]),
            ("x = 1\n%json ", python, &[NamelessMagic(2)]),
            ("%json x", python, &[]),
            ("%table", Some(Kind::Spark), &[]),
            ("a\0b", python, &[Nul]),
            ("select 1; select 2", Some(Kind::Sql), &[SeveralStatements]),
            ("select 1;", Some(Kind::Sql), &[]),
            ("select ';' as a -- ; x\n/* ; */ ;", Some(Kind::Sql), &[]),
            ("select 'it\\'s; ' , `a;b`", Some(Kind::Sql), &[]),
            ("select 'open ; ", Some(Kind::Sql), &[]),
            ("\n%%sql\nselect 1", python, &[OtherCell(Kind::Sql)]),
            ("%%spark -o df\n1", Some(Kind::Sql), &[OtherCell(Kind::Spark)]),
            ("%matplotlib inline", python, &[OfNotebooks(1)]),
            ("x\n!ls", python, &[OfNotebooks(2)]),
            ("x = 5\nspark.stop()", python, &[EndsSpark(2)]),
            ("# spark.stop()", python, &[]),
            ("myspark.stop()", python, &[]),
            ("System.exit(1)", Some(Kind::Spark), &[EndsSpark(1)]),
            ("1\n java.lang.System.exit(0)", Some(Kind::Spark), &[EndsSpark(2)]),
            ("if (x) scala.sys.exit(1)", Some(Kind::Spark), &[EndsSpark(1)]),
            ("spark.stop", Some(Kind::Spark), &[EndsSpark(1)]),
            ("val f = spark.stopped", Some(Kind::Spark), &[]),
            ("f = spark.stop", python, &[]),
            ("self.spark.stop( )", python, &[EndsSpark(1)]),
            ("spark.sparkContext.stop()", python, &[EndsSpark(1)]),
            ("SparkSession.builder.getOrCreate().stop()", python, &[EndsSpark(1)]),
            ("import sys; sys.exit (2)", python, &[EndsSpark(1)]),
            ("exit(1)", python, &[EndsSpark(1)]),
            ("browser.exit()\ndef exit():\n  pass\nonexit()", python, &[]),
            ("ssc.stop()\nquery.stop()\nspark.stop(False)", python, &[]),
            ("sparkR.session.stop()", Some(Kind::SparkR), &[EndsSpark(1)]),
        ];
        for (code, kind, expected) in rows {
            assert_eq!(code_problems(code, *kind), *expected, "{code:?}");
        }
        assert_eq!(code_problems(&"x".repeat(MOST + 1), python), [Long]);
        assert!(CodeProblem::HalfCharacter.is_error() && CodeProblem::OutsidePolicy(Kind::Sql).is_error());
        assert!(Empty.is_error() && !SeveralStatements.is_error() && !Long.is_error());
    }

    #[test]
    fn any_text_is_read() {
        for piece in ["'", "\"", "`", "\\", "--", "/*", "*/", ";", "%", "%%", "é", "\u{1F600}", "\n"] {
            for other in ["", "'", "\\", "/", "-", "é", "%", ";"] {
                let text = format!("{piece}{other}{piece}");
                for kind in [Some(Kind::Sql), Some(Kind::PySpark), Some(Kind::Spark), None] {
                    code_problems(&text, kind);
                }
            }
        }
    }
}
