//! All statements as one text: the code as it ran, states and outputs as comments.

use livy::{Kind, Phase, Statement};

use crate::web::browser::download;
use crate::web::console::Console;

/// Offers them for saving.
pub fn save_all(console: Console, kind: Option<Kind>) {
    let (mark, ending) = match kind {
        Some(Kind::Spark) => ("//", "scala"),
        Some(Kind::SparkR) => ("#", "R"),
        Some(Kind::Sql) => ("--", "sql"),
        _ => ("#", "py"),
    };
    let written = console.look(|model| {
        let session = model.watch()?.address().segment();
        let is_over = model.watch()?.session().is_some_and(|it| it.state.phase() == Phase::Over);
        let mut text = format!("{mark} Session {session}{}\n", if is_over { ", ended" } else { "" });
        for entry in model.statements()?.entries() {
            text.push_str(&format!(
                "\n{mark} Statement {}: {}\n",
                entry.id().as_str(),
                state(&entry.statement)
            ));
            text.push_str(entry.code().unwrap_or_default());
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        Some((format!("livy-session-{session}-statements.{ending}"), text))
    });
    if let Some((name, text)) = written {
        // A browser that refuses a download says so itself.
        let _ = download::save(&name, &text);
    }
}

/// Its state, and its error in one line.
fn state(statement: &Statement) -> String {
    let error = statement.output.as_ref().and_then(|it| it.error.as_ref());
    let error = error.map(|it| {
        let first = it.message.trim().lines().next().unwrap_or_default();
        format!(", error: {}: {first}", it.name)
    });
    // A line end in what the server says would end the comment.
    format!("{}{}", statement.state.as_str(), error.unwrap_or_default()).replace(['\r', '\n'], " ")
}
