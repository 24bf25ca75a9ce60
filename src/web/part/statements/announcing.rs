//! What is announced to somebody who does not see the page: that a statement has ended, and how. Never its output.

use std::time::Duration;

use console::{Moment, StatementEntry};
use leptos::prelude::*;
use livy::{StatementId, StatementState};

use crate::web::browser::time::now;
use crate::web::console::Console;
use crate::web::reactive::{effect, text};
use crate::web::words::statements as words;

/// At most one announcement in this time; the next one says all that has ended since.
const BETWEEN: Duration = Duration::from_secs(2);

/// One that is, or was, under way in this page: its id, and whether it has ended.
type Under = (StatementId, bool);

/// The announcements. They are for the ear alone.
pub fn announcements(console: Console) -> AnyView {
    let said = RwSignal::new(String::new());
    let last = StoredValue::new(Moment::default());
    let waiting = StoredValue::new(Vec::<String>::new());
    let before = StoredValue::new(None::<Vec<Under>>);
    let seen = console.see(|model| {
        let entries = model.statements().map(|it| it.entries()).unwrap_or_default();
        entries
            .iter()
            .filter(|it| it.origin.is_own())
            .map(|it| (it.id().clone(), it.statement.state.is_over()))
            .collect::<Vec<Under>>()
    });
    effect(move || {
        let all = seen.get();
        // What had ended before this page saw it is no news.
        if let Some(before) = before.get_value() {
            let was_open = |id: &StatementId| before.iter().any(|it| it.0 == *id && !it.1);
            let is_new = |id: &StatementId| !before.iter().any(|it| it.0 == *id);
            let all_ended = all
                .iter()
                .filter(|it| it.1 && (was_open(&it.0) || is_new(&it.0) && is_recent(console, &it.0)));
            let said = |it: &Under| console.look(|model| Some(ended(model.statements()?.entry(&it.0)?)));
            let words: Vec<String> = all_ended.filter_map(said).collect();
            waiting.update_value(|it| it.extend(words));
        }
        before.set_value(Some(all));
    });
    let due = console.see(move |_| {
        let is_due = waiting.with_value(|it| !it.is_empty()) && now().since(last.get_value()) >= BETWEEN;
        is_due.then(now)
    });
    effect(move || {
        if due.get().is_some() {
            last.set_value(now());
            said.set(waiting.try_update_value(std::mem::take).unwrap_or_default().join(" "));
        }
    });
    view! {
        <p class="lc-sr" role="status">
            {text(move || said.get())}
        </p>
    }
    .into_any()
}

/// True for the one that was sent last from this page: it may have ended before it was seen to run.
fn is_recent(console: Console, id: &StatementId) -> bool {
    console.look(|model| Some(model.statements()?.run()?.statement()? == id)).unwrap_or_default()
}

fn ended(entry: &StatementEntry) -> String {
    let statement = &entry.statement;
    let took = statement.completed.zip(statement.started).and_then(|(end, start)| end.checked_sub(start));
    let named = statement.output.as_ref().and_then(|it| it.error.as_ref()).map(|it| it.name.as_str());
    let error = named.or_else(|| statement.status().filter(|it| *it == "error").map(|_| ""));
    let is_cancelled = statement.state == StatementState::Cancelled;
    words::ended(entry.id().as_str(), took, error, is_cancelled)
}
