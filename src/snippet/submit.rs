//! The command line of Spark: `spark-submit`, `spark-shell`, `pyspark` and the like.

use super::Found;
use super::curl::is_cmd;
use super::settings::{Settings, request};
use super::shell::{Shell, without_carets};
use super::term::Term;

/// The programs, without a number in their names, and the kind of session that they are like.
const PROGRAMS: [(&str, &str); 5] = [
    ("spark-submit", ""),
    ("spark-shell", "spark"),
    ("pyspark", "pyspark"),
    ("spark-sql", "sql"),
    ("sparkR", "sparkr"),
];

/// The options that set a key (`SparkSubmitArguments.scala`, 3.5, and `--help`).
const OPTIONS: [(&str, &str); 19] = [
    ("name", "spark.app.name"),
    ("jars", "spark.jars"),
    ("py-files", "spark.submit.pyFiles"),
    ("files", "spark.files"),
    ("archives", "spark.yarn.dist.archives"),
    ("queue", "spark.yarn.queue"),
    ("proxy-user", "spark.submit.proxyUser"),
    ("driver-memory", "spark.driver.memory"),
    ("driver-cores", "spark.driver.cores"),
    ("executor-memory", "spark.executor.memory"),
    ("executor-cores", "spark.executor.cores"),
    ("num-executors", "spark.executor.instances"),
    ("packages", "spark.jars.packages"),
    ("repositories", "spark.jars.repositories"),
    ("exclude-packages", "spark.jars.excludes"),
    ("driver-java-options", "spark.driver.extraJavaOptions"),
    ("driver-library-path", "spark.driver.extraLibraryPath"),
    ("driver-class-path", "spark.driver.extraClassPath"),
    ("total-executor-cores", "spark.cores.max"),
];

/// Options without a value.
const FLAGS: [&str; 5] = ["supervise", "verbose", "v", "help", "version"];

/// What an application's file says of the kind.
const KINDS: [(&str, &str); 4] = [(".py", "pyspark"), (".R", "sparkr"), (".r", "sparkr"), (".jar", "spark")];

/// Where the options of a command start, and the kind of its program.
fn starts(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    text.match_indices("spark").filter_map(|(at, _)| {
        let start = if text[..at].ends_with("py") { at - 2 } else { at };
        let begins = |it: char| it.is_whitespace() || "/\\`\"'(;&|!$>".contains(it);
        let rest = &text[start..];
        let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || "-.".contains(it)))?;
        let name: String =
            rest[..end].trim_end_matches(".cmd").chars().filter(|it| !it.is_ascii_digit()).collect();
        let (name, kind) = PROGRAMS.iter().find(|it| it.0 == name)?;
        let after = rest[end..].trim_start_matches(['"', '\'']);
        let options = after.trim_start_matches([' ', '\t', '\\', '^', '`', '\n']);
        // Prose speaks of the programs too.
        let is_command = after.starts_with([' ', '\t'])
            && (options.starts_with('-')
                || *name == PROGRAMS[0].0 && options.contains("--")
                || options.starts_with('$'));
        (text[..start].chars().next_back().is_none_or(begins) && is_command)
            .then_some((text.len() - after.len(), *kind))
    })
}

/// Where a command ends whose options start at a place: at the closing quote if a program holds it in quotes.
fn end(text: &str, at: usize) -> usize {
    let opening = text[..at].rfind(|it: char| it.is_ascii_whitespace() || matches!(it, '"' | '\''));
    let before = opening.map_or("", |it| &text[..=it]);
    let quote = &before[before.trim_end_matches(['"', '\'']).len()..];
    let closing = if quote.is_empty() || before.len() == at { None } else { text[at..].find(quote) };
    closing.map_or(text.len(), |it| at + it)
}

/// Where such a command starts, or options alone.
pub(super) fn find(text: &str) -> Option<usize> {
    let alone = OPTIONS.iter().any(|it| text.strip_prefix("--").is_some_and(|text| text.starts_with(it.0)));
    if alone || text.starts_with("--conf") { Some(0) } else { starts(text).next().map(|it| it.0) }
}

/// Reads the first command.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    found.source = "a spark-submit command";
    let mut all = starts(text);
    let (at, kind) = all.next().unwrap_or_default();
    if all.next().is_some() {
        found.note("Only the first command is read; the text holds another one.".to_owned());
    }
    let text = &text[..end(text, at)];
    let cmd = is_cmd(&text[at..]) || text[..at].ends_with(".cmd");
    let command = if cmd { without_carets(&text[at..]) } else { text.to_owned() };
    let mut command = Command {
        shell: Shell::new(&command, if cmd { 0 } else { at }, cmd),
        conf: Settings::new(),
        options: Settings::new(),
        kind,
        holes: 0,
    };
    command.read(found)?;
    let Command { shell, mut conf, options, kind, holes } = command;
    // An option counts more than the same key behind --conf.
    conf.extend(options);
    found.holes.extend(shell.holes.into_iter().take(holes));
    let mut request = request(conf, found)?;
    if let (false, Term::Object(entries)) = (kind.is_empty(), &mut request) {
        entries.insert(0, ("kind".to_owned(), Term::Text(kind.to_owned())));
    }
    Ok(request)
}

/// A command that is being read.
struct Command<'a> {
    shell: Shell<'a>,
    conf: Settings,
    options: Settings,
    kind: &'static str,
    /// How many of the shell's holes are in what is taken.
    holes: usize,
}

impl Command<'_> {
    fn read(&mut self, found: &mut Found) -> Result<(), String> {
        loop {
            self.holes = self.shell.holes.len();
            let from = self.shell.at;
            let Some(word) = self.shell.word()? else { return Ok(()) };
            let is_variable = self.shell.text[from..].trim_start().starts_with('$');
            if is_variable && word.starts_with('-') && word.contains(' ') {
                // `$OPTIONS` without quotes is as many words as it holds.
                let mut own = Command {
                    shell: Shell::new(&word, 0, false),
                    conf: std::mem::take(&mut self.conf),
                    options: std::mem::take(&mut self.options),
                    kind: self.kind,
                    holes: 0,
                };
                own.read(found)?;
                (self.conf, self.options) = (own.conf, own.options);
                continue;
            }
            let Some(option) = word.strip_prefix('-').filter(|it| !it.is_empty()) else {
                if let Some((_, kind)) = KINDS.iter().find(|it| word.ends_with(it.0)) {
                    self.kind = kind;
                }
                found.not_used("the application and its arguments");
                return Ok(());
            };
            self.option(option, found)?;
        }
    }

    fn option(&mut self, word: &str, found: &mut Found) -> Result<(), String> {
        let long = word.strip_prefix('-');
        let (name, attached) = match long.unwrap_or(word).split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (long.unwrap_or(word), None),
        };
        if FLAGS.contains(&name) {
            return Ok(());
        }
        let value = match attached {
            Some(value) => value,
            None => self.shell.word()?.unwrap_or_default(),
        };
        self.holes = self.shell.holes.len();
        let shown = if long.is_some() { ["--", name].concat() } else { ["-", name].concat() };
        if matches!(name, "conf" | "c") {
            match value.split_once('=') {
                Some((key, value)) => self.conf.push((key.trim().to_owned(), Term::Text(value.to_owned()))),
                None => found.not_used(&[&shown, " without ="].concat()),
            }
        } else if let Some((_, key)) = OPTIONS.iter().find(|it| it.0 == name) {
            self.options.push(((*key).to_owned(), Term::Text(value)));
        } else if name == "properties-file" {
            found.note(["Not read: the file ", &value, ". Paste its lines as well."].concat());
        } else {
            found.not_used(&shown);
        }
        Ok(())
    }
}
