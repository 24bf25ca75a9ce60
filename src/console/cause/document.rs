//! The list of all causes in `docs/causes.md`, which others read for the words of the page's markup: it says what the table says.

use super::fact::of_facts;
use super::found::{About, Whom};
use super::{Cause, cause_table};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/causes.md");

const HEAD: &str = "# Why sessions end

Every cause that the page can name, by its word in the markup (`data-cause`, see `docs/contract.md`). Words never change; new ones are added.
The sources of each are in `src/console/cause/table` and `tests/console/causes`: the lines by which it is known, and lines that only sound like it.

What is searched is the log (standard output, standard error, and what YARN or Kubernetes says) once a session has ended or failed, and what
the server itself gives as a reason. An exception counts only where it ended the driver or its submission: after words such as
`Exception in thread \"main\"`, in the cluster manager's own words, or as the last error before everything shut down. A mark of an end, such
as an exit code, is not shown beside its reason. Where nothing is known, the page offers the line that says most, with
`data-cause=\"unknown\"`.

A search costs one pass over the log: a step for every four bytes, and a comparison only where one of the rules may fit. A hundred thousand
lines take about a tenth of a second, once when a session ends (`cargo bench -p console`, natively).
";

fn row(about: &About) -> String {
    let whom = match about.whom {
        Whom::You => "you",
        Whom::Operator => "the operator",
    };
    let field = about.field.map(|it| it.label()).unwrap_or_default();
    let cell = |text: &str| text.replace('|', "\\|").replace('<', "&lt;");
    format!("| `{}` | {} | {} | {whom} | {field} |\n", about.word, cell(about.title), cell(about.advice))
}

const COLUMNS: &str =
    "\n| word | what happened | what to do | who | field |\n| --- | --- | --- | --- | --- |\n";

#[test]
fn the_document_says_what_the_table_says() {
    let mut text = format!("{HEAD}\n## What a log or a server's reason shows\n{COLUMNS}");
    text.extend(cause_table().map(|it| row(it.1)));
    text.push_str(&format!("\n## What the facts of a session show\n{COLUMNS}"));
    let facts = [
        Cause::Succeeded,
        Cause::Deleted,
        Cause::IdleTimeout,
        Cause::TimeToLive,
        Cause::HeartbeatLost,
        Cause::RetentionOver,
        Cause::ServerRestarted,
        Cause::Forgotten,
    ];
    text.extend(facts.map(|it| row(of_facts(it).about)));
    if std::env::var_os("RENDER").is_some() {
        std::fs::write(FILE, &text).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(written == text, "write it again: RENDER=1 cargo test -p console --lib the_document_says");
}
