//! All statements as one file: the code as it ran with states and errors as comments, or a notebook.

use console::{NotebookCell, notebook};
use js_sys::Array;
use livy::{Kind, Phase, Statement};
use wasm_bindgen::JsValue;

use crate::web::browser::download;
use crate::web::console::Console;
use crate::web::words::statements as words;

/// Offers them for saving as code. `kind`: in which language, where they are of several.
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

/// Offers them for saving as a notebook with their outputs, in the session's own language. `kind`: in which, where it has none.
pub fn save_notebook(console: Console, kind: Option<Kind>) {
    let written = console.look(|model| {
        let watch = model.watch()?;
        let session = watch.address().segment();
        let own = watch.session().and_then(|it| Kind::parse(it.kind()?)).filter(|it| *it != Kind::Shared);
        let statements = model.statements()?;
        let cells = statements.entries().iter().map(|entry| {
            let statement = &*entry.statement;
            NotebookCell {
                statement,
                code: entry.code().unwrap_or_default(),
                language: statements.language(entry.id()),
                missing: words::missing_output(entry).filter(|_| statement.output.is_none()),
            }
        });
        let texts: Array = notebook(&session, own.or(kind), cells).map(|it| JsValue::from_str(&it)).collect();
        Some((format!("livy-session-{session}-statements.ipynb"), texts))
    });
    if let Some((name, texts)) = written {
        // A browser that refuses a download says so itself.
        let _ = download::save_parts(&name, &texts);
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
