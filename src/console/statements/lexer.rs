//! Which words of some code are comments, strings, numbers and keywords: for its colours alone, so that broken code is read as far
//! as it makes sense. One walk over the text, which looks ahead a bounded way.

use std::ops::Range;

use livy::Kind;

/// Longer code is not read, in bytes.
const LONGEST: usize = 100_000;

/// Code with more tokens has none: a browser paints each by itself, and slowly where thousands are in one text.
const MOST: usize = 1_000;

/// How far is looked for the end of an expression in a string, in bytes: it keeps the walk linear.
const NEAR: usize = 1_000;

/// Reserved words. Those of Python 3 and Scala 2 that are names elsewhere are left out.
const PYTHON: &str = "False None True and as assert async await break class continue def del elif else except finally for from \
    global if import in is lambda nonlocal not or pass raise return try while with yield";
const SCALA: &str = "abstract case catch class def do else extends false final finally for forSome if implicit import lazy match new \
    null object override package private protected return sealed super this throw trait try true type val var while with yield";
const R: &str = "if else repeat while function for next break TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_ NA_complex_ \
    NA_character_ in";
/// The words of Spark SQL (3.5) that queries are made of, and those that begin other statements.
const SQL: &str = "add all alter analyze and anti any array as asc between both by cache case cast clear cluster column columns \
    comment constraint create cross cube current database databases default delete desc describe distinct distribute drop else end \
    escape except exists explain external extract false fetch filter first following for from full function functions group grouping \
    having if ilike in inner insert intersect interval into is join last lateral left like limit location map merge minus natural not \
    null nulls of offset on or order outer over overwrite partition partitioned partitions pivot preceding primary range recursive \
    refresh rename replace right rlike rollup row rows schema schemas select semi set sets show some sort struct table tables \
    tablesample tblproperties temporary then to true truncate unbounded uncache union unique unpivot update use using values view \
    views when where window with";

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// A comment, with its signs.
    Comment,
    /// A string with its quotes and what says how it is read, such as `f`; also a name in backticks.
    Text,
    /// A number.
    Number,
    /// A reserved word.
    Keyword,
}

/// A word of some code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeToken {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands, in units of UTF-16, as browsers count.
    pub place: Range<u32>,
}

/// The tokens of some code in their order, none within another. None of code that is too long, or in no language.
pub fn code_tokens(code: &str, language: Kind) -> Vec<CodeToken> {
    if code.len() > LONGEST || language == Kind::Shared {
        return Vec::new();
    }
    let lexer = Lexer { bytes: code.as_bytes(), code, language };
    let (mut tokens, mut at) = (Vec::new(), 0);
    // What has been counted of the text, in bytes and in units.
    let (mut counted, mut units) = (0, 0);
    let mut count = |to: usize| {
        let between = code.get(counted..to).unwrap_or_default();
        units += between.chars().map(|it| u32::from(it > '\u{ffff}') + 1).sum::<u32>();
        counted = to;
        units
    };
    while at < code.len() {
        let (end, kind) = lexer.token(at);
        if let Some(kind) = kind {
            if tokens.len() == MOST {
                return Vec::new();
            }
            let start = count(at);
            tokens.push(CodeToken { kind, place: start..count(end) });
        }
        at = end;
    }
    tokens
}

struct Lexer<'a> {
    code: &'a str,
    bytes: &'a [u8],
    language: Kind,
}

impl Lexer<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn starts(&self, at: usize, with: &str) -> bool {
        self.bytes.get(at..).is_some_and(|it| it.starts_with(with.as_bytes()))
    }

    /// Where what begins here ends, which is further on, and what it is.
    fn token(&self, at: usize) -> (usize, Option<TokenKind>) {
        let line_comment = match self.language {
            Kind::Spark => "//",
            Kind::Sql => "--",
            _ => "#",
        };
        let has_blocks = matches!(self.language, Kind::Spark | Kind::Sql);
        match self.byte(at) {
            _ if self.starts(at, line_comment) => (self.line_end(at), Some(TokenKind::Comment)),
            Some(b'/') if has_blocks && self.starts(at, "/*") => (self.block(at), Some(TokenKind::Comment)),
            Some(b'\'') if self.language == Kind::Spark => match self.character(at) {
                Some(end) => (end, Some(TokenKind::Text)),
                // A symbol: 'name.
                None => (at + 1, None),
            },
            Some(b'"' | b'\'') => (self.text(at, ""), Some(TokenKind::Text)),
            Some(b'`') if self.language != Kind::PySpark => (self.text(at, ""), Some(TokenKind::Text)),
            Some(b'0'..=b'9') => (self.number(at), Some(TokenKind::Number)),
            Some(b'.') if self.byte(at + 1).is_some_and(|it| it.is_ascii_digit()) => {
                (self.number(at), Some(TokenKind::Number))
            }
            Some(it) if self.is_letter(it) => self.word(at),
            _ => (at + 1, None),
        }
    }

    fn line_end(&self, at: usize) -> usize {
        self.bytes.iter().skip(at).position(|it| *it == b'\n').map_or(self.bytes.len(), |it| at + it)
    }

    /// Behind a comment over lines, in which others may stand (Scala, and Spark since 3.0).
    fn block(&self, mut at: usize) -> usize {
        let mut depth = 0_usize;
        while at < self.bytes.len() {
            if self.starts(at, "/*") {
                depth += 1;
                at += 2;
            } else if self.starts(at, "*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            } else {
                at += 1;
            }
        }
        self.bytes.len()
    }

    /// Behind a character of Scala; `None` where there is none.
    fn character(&self, at: usize) -> Option<usize> {
        let inner = self.code.get(at + 1..)?;
        let end = match inner.chars().next()? {
            '\n' | '\'' => return None,
            // '\'' and '\u0041'.
            '\\' => 2 + inner.bytes().take(NEAR).skip(2).take_while(|it| it.is_ascii_alphanumeric()).count(),
            it => it.len_utf8(),
        };
        (inner.as_bytes().get(end) == Some(&b'\'')).then_some(at + end + 2)
    }

    /// Behind a string or a name in quotes. `prefix`: the word before its quote.
    fn text(&self, start: usize, prefix: &str) -> usize {
        let Some(quote) = self.byte(start) else { return start + 1 };
        let is_three =
            |at: usize| self.bytes.get(at..at + 3).is_some_and(|it| it.iter().all(|it| *it == quote));
        let has_three = match self.language {
            Kind::PySpark => true,
            Kind::Spark => quote == b'"',
            _ => false,
        };
        let is_long = has_three && is_three(start);
        let is_scala = self.language == Kind::Spark;
        let is_raw = self.language == Kind::Sql && !prefix.is_empty();
        let escapes = quote != b'`' && !is_raw && !(is_long && is_scala);
        let takes_lines = is_long || matches!(self.language, Kind::Sql | Kind::SparkR);
        // An expression in a string may have strings of its own.
        let has_code = !is_long
            && (is_scala && !prefix.is_empty()
                || prefix.bytes().any(|it| matches!(it, b'f' | b'F' | b't' | b'T')));
        let mut at = start + if is_long { 3 } else { 1 };
        while let Some(byte) = self.byte(at) {
            match byte {
                b'\\' if escapes => at += 2,
                b'\n' if !takes_lines => return at,
                b'{' if has_code && (!is_scala || self.byte(at - 1) == Some(b'$')) => {
                    at = if self.starts(at, "{{") { at + 2 } else { self.braces(at).unwrap_or(at + 1) };
                }
                _ if byte != quote || is_long && !is_three(at) => at += 1,
                // Scala ends a string with the last three of its quotes.
                _ if is_long && is_scala && is_three(at + 1) => at += 1,
                _ if is_long => return at + 3,
                // Twice within a text it stands for itself.
                _ if self.language == Kind::Sql && self.byte(at + 1) == Some(quote) => at += 2,
                _ => return at + 1,
            }
        }
        self.bytes.len()
    }

    /// Behind the brace that closes this one, which is on the same line and near.
    fn braces(&self, from: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, byte) in self.bytes.iter().enumerate().skip(from).take(NEAR) {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => return Some(at + 1),
                b'}' => depth -= 1,
                b'\n' => return None,
                _ => {}
            }
        }
        None
    }

    fn number(&self, start: usize) -> usize {
        let is_based = ["0x", "0X", "0b", "0B", "0o", "0O"].iter().any(|it| self.starts(start, it));
        let is_digit = |at: usize| self.byte(at).is_some_and(|it| it.is_ascii_digit());
        let mut at = start;
        while let Some(byte) = self.byte(at) {
            let is_part = match byte {
                b'.' => !is_based && is_digit(at + 1),
                b'+' | b'-' => {
                    !is_based
                        && at > start
                        && matches!(self.byte(at - 1), Some(b'e' | b'E'))
                        && is_digit(at + 1)
                }
                it => it.is_ascii_alphanumeric() || it == b'_',
            };
            if !is_part {
                break;
            }
            at += 1;
        }
        at
    }

    fn is_letter(&self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric()
            || byte == b'_'
            || byte >= 0x80
            || byte == b'.' && self.language == Kind::SparkR
    }

    /// A word: a keyword, a name, or what says how the string behind it is read.
    fn word(&self, start: usize) -> (usize, Option<TokenKind>) {
        let length = self.bytes.iter().skip(start).take_while(|it| self.is_letter(**it)).count();
        let end = start + length;
        let word = self.code.get(start..end).unwrap_or_default();
        // `frame.filter` is a name, whatever the word is elsewhere.
        let is_member = start > 0 && self.byte(start - 1) == Some(b'.');
        let is_reserved = !is_member && self.is_reserved(word);
        let quote = self.byte(end).filter(|it| matches!(it, b'"' | b'\''));
        if let Some(quote) = quote.filter(|_| !is_reserved) {
            let is_of = |letters: &str| word.len() <= 2 && word.chars().all(|it| letters.contains(it));
            let is_prefix = match self.language {
                Kind::PySpark => is_of("rRbBuUfFtT"),
                // Whoever writes a library can make another one.
                Kind::Spark => quote == b'"',
                Kind::Sql => is_of("rRxX") && word.len() == 1,
                _ => false,
            };
            if is_prefix {
                return (self.text(end, word), Some(TokenKind::Text));
            }
            if self.language == Kind::SparkR && matches!(word, "r" | "R") {
                return (self.raw(end, quote), Some(TokenKind::Text));
            }
        }
        (end, is_reserved.then_some(TokenKind::Keyword))
    }

    fn is_reserved(&self, word: &str) -> bool {
        let known = |words: &str| words.split_ascii_whitespace().any(|it| it == word);
        match self.language {
            Kind::PySpark => known(PYTHON),
            Kind::Spark => known(SCALA),
            Kind::SparkR => known(R),
            _ => SQL.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(word)),
        }
    }

    /// Behind a raw string of R 4: `r"(…)"`, `r"--[…]--"`.
    fn raw(&self, start: usize, quote: u8) -> usize {
        let dashes = self.bytes.iter().skip(start + 1).take_while(|it| **it == b'-').count();
        let close = match self.byte(start + 1 + dashes) {
            Some(b'(') => ')',
            Some(b'[') => ']',
            Some(b'{') => '}',
            _ => return self.text(start, ""),
        };
        let closes = format!("{close}{}{}", "-".repeat(dashes), char::from(quote));
        let found = self.code.get(start..).and_then(|it| it.find(&closes));
        found.map_or(self.bytes.len(), |it| start + it + closes.len())
    }
}
