//! The machine: what the page knows, and what it does next.
//!
//! [`Model::update`] takes an [`Event`] and the present [`Moment`], and answers with [`Effect`]s; [`Model::next_wakeup`]
//! says when it wants to be asked again. There is no clock, no timer, no call and no screen in this room: a browser performs
//! the effects, and the tests perform them against a pretend cluster in no time at all.
//! Start with [`Model`], then [`Watch`] and [`Create`].

mod announce;
mod cause;
mod cluster;
mod conf;
mod create;
mod create_machine;
mod desk;
mod diagnosis;
mod editing;
mod event;
mod evidence;
mod expiry;
mod fleet;
mod flight;
mod formula;
mod fresh;
mod herald;
mod history;
mod keep_alive;
mod keys;
mod lineage;
mod list;
mod log;
mod mark;
mod model;
mod moment;
mod name_check;
mod notice;
mod owned_session;
mod poll;
mod query;
mod report;
mod result;
mod room;
mod route;
mod session_machine;
mod statements;
mod watch;

pub use announce::{Announcement, Detail, Facts};
pub use cause::{
    About, Cause, CauseBook, FoundCause, Sighting, Whom, cause_book, cause_table, causes, causes_of_text,
    forgotten, last_error,
};
pub use cluster::Cluster;
pub use create::{Copies, Create, Intent, Stage, Stuck};
pub use create_machine::{CreateHalf, LendCreate, create_machine};
pub use diagnosis::Diagnosis;
pub use editing::{
    Edit, Pasted, commented, completed, indented, new_line, outdented, pasted, selected_lines,
    without_prompts,
};
pub use event::{Effect, Event, FleetEvent, Part};
pub use evidence::{Blocked, Evidence};
pub use expiry::{Beat, Bound, Expiry, Sight, expiries};
pub use fleet::{
    Comparison, Difference, EndBar, EndItem, EndStage, Ends, FleetHalf, Goal, Halt, HandOver, LendFleet,
    Outcome, Scan, ScanStage, Selected, Totals, Whole, WholeSession, fleet_machine,
};
pub use fresh::{Fresh, Freshness, LentWords, words};
pub use history::RememberedSession;
pub use keys::{Area, ClusterKey, Names, PersonKey};
pub use lineage::{Hold, Lineage, fresh_document};
pub use list::{ListRow, ListRows, ListedRow, Listing, SessionList, SessionRow};
pub use log::{
    Absorbed, Around, Entry, Fold, KEPT, Level, Levels, LineLink, Linked, Paint, Row, Rows, Search,
    SectionLog, SessionLog, Span, Tally, TextPlace, Unfolded, as_shown, paint,
};
pub use mark::Mark;
pub use model::{Lent, Model};
pub(crate) use moment::long_ago;
pub use moment::{Moment, plainly};
pub use name_check::NameCheck;
pub use notice::{Doing, Notice};
pub use owned_session::OwnedSession;
pub use query::{Column, ListQuery, Sort};
pub use report::Scene;
pub use result::{
    Cell, CodePlace, Column as TableColumn, Fault, Image, Lines, Loss, NotebookCell, Shape, Sheet, Stack,
    StackRow, Table, TextRow, Tree, TreeRow, code_places, grid, notebook, row_limit, sandboxed_page, shapes,
    sheet, tabs, visible,
};
pub use room::Room;
pub use route::{Place, Route};
pub use session_machine::{LendSession, SessionHalf, session_machine};
pub use statements::{
    Cancel, CodeProblem, CodeToken, Completion, Entry as StatementEntry, LendStatements, NotAsked, Origin,
    Press, Reading, Run, RunStage, Statements, StatementsHalf, TokenKind, code_problems, code_tokens,
    statements_machine,
};
pub use watch::{Deletion, Ending, Record, Since, StateSpan, Watch};
