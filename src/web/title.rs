//! What the present page is called.

use console::{Ending, Model, Route};

use crate::web::browser::time::now;
use crate::web::words::frame as words;

/// On a session's page its state comes first, for that is what a row of tabs can show.
pub fn page_title(model: &Model) -> String {
    match model.route() {
        Route::Sessions => words::SESSIONS.to_owned(),
        Route::New => words::NEW_SESSION.to_owned(),
        Route::Malformed(_) => words::NOT_FOUND.to_owned(),
        Route::Session(address) | Route::Remembered(address, _) => {
            let session = model.named_session();
            let name = session
                .and_then(|it| it.name())
                .map_or_else(|| words::unnamed(address.as_str()), str::to_owned);
            // What has ended behind somebody's back goes before the state, until they look.
            if let Some(id) = model.statements().and_then(|it| it.ended_unseen()) {
                return words::statement_title(id.as_str(), &name);
            }
            let is_gone = model.watch().and_then(|it| it.ending()).is_some_and(|it| it != Ending::Over);
            let state = if is_gone { words::GONE } else { session.map_or("", |it| it.state.as_str()) };
            words::session_title(state, &name)
        }
    }
}

/// The tab's title: trouble goes before all. What has ended in a session whose page is not open is told until somebody looks there.
pub fn tab_title(model: &Model, product: &str) -> String {
    let elsewhere = model.ended_unseen().map(|(session, id)| {
        let unnamed = || words::unnamed(session.id.as_str());
        words::statement_title(id.as_str(), &session.name().map_or_else(unnamed, str::to_owned))
    });
    let title = elsewhere.unwrap_or_else(|| page_title(model));
    words::title(model.fresh(now()).trouble, &title, product)
}
