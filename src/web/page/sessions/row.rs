//! One row of the list.

use console::{ListRow, ListRows, Route};
use leptos::prelude::*;
use livy::SessionId;

use crate::web::browser::link::{data_route, href};
use crate::web::part::state_mark::StateMark;
use crate::web::reactive::{Same, Seen, flag, memo, shown, text};
use crate::web::words::{frame, list as words};

/// What is shown of a session in a row.
#[derive(Clone, Default, PartialEq)]
struct RowText {
    state: String,
    name: Option<String>,
    kind: String,
    owner: String,
    application: String,
    is_gone: bool,
    is_own: bool,
}

impl RowText {
    fn of(row: &ListRow) -> Self {
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        let session = &row.session;
        Self {
            state: session.state.as_str().to_owned(),
            name: session.name().map(str::to_owned),
            kind: text(session.kind()),
            owner: text(session.owner()),
            application: text(session.app_id()),
            is_gone: row.is_gone,
            is_own: row.is_own,
        }
    }
}

/// One session. A change of its state changes the words of its row, so that the focus stays where it is. Its first link opens it.
#[component]
pub fn Row(
    /// Whose row it is.
    id: SessionId,
    /// Where to read it from.
    rows: Seen<Same<ListRows>>,
) -> AnyView {
    let (text_of, shown_id) = (id.clone(), id.to_string());
    // A row that has just left the list keeps its words until it is taken away.
    let row = Memo::new(move |last: Option<&RowText>| {
        let found = rows.with(|it| it.rows.iter().find(|it| it.session.id == text_of).map(RowText::of));
        found.or_else(|| last.cloned()).unwrap_or_default()
    });
    let state = text(move || row.with(|it| it.state.clone()));
    let part = move |part: fn(&RowText) -> String| text(move || row.with(part));
    let route = Route::of(&id);
    let name = {
        let id = shown_id.clone();
        text(move || row.with(|it| it.name.clone()).unwrap_or_else(|| frame::unnamed(&id)))
    };
    let is_own = memo(move || row.with(|it| it.is_own));
    let yours =
        || view! { <span class="lc-yours" title=words::CREATED_HERE>{words::YOURS}</span> }.into_any();
    view! {
        <tr data-session-id=shown_id.clone() data-session-state=state>
            <td>
                <StateMark state=state gone=flag(move || row.with(|it| it.is_gone)) />
            </td>
            <td class="lc-number lc-mono">{shown_id.clone()}</td>
            <td class="lc-cell-name">
                <a href=href(&route) data-route=data_route(&route)>{name}</a>
                {shown(is_own, yours)}
            </td>
            <td class="lc-wide">{part(|it| it.kind.clone())}</td>
            <td class="lc-wide">{part(|it| it.owner.clone())}</td>
            <td class="lc-wider lc-mono lc-muted">{part(|it| it.application.clone())}</td>
        </tr>
    }
    .into_any()
}
