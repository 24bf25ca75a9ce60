//! Sentences of what came of a statement.

use console::{Loss, Shape};

use crate::web::words::list::number;

pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const BY_HAND: &str = "The browser did not let the page copy. Copy it from here:";
pub const KINDS: &str = "Kinds of output";
pub const EMPTY: &str = "It returned nothing.";
pub const SHOW_AS_TABLE: &str = "Show as table";
pub const SHOW_AS_TEXT: &str = "Show as text";
pub const SHOW_AS_PAGE: &str = "Show as page";
pub const SHOW_SOURCE: &str = "Show the source";
pub const PAGE_NOTE: &str = "In a frame without rights: scripts, styles and pictures from elsewhere do nothing there, and a link ends the view.";
pub const LED_AWAY: &str = "A link in this page led to another one, so the frame was taken away. Nothing of the console was in it. To look again, show the source \
    and then the page.";
pub const SAFE: &str = "Safe for spreadsheets";
pub const SAFE_HINT: &str =
    "Texts that a spreadsheet would run as formulas get an apostrophe in the CSV file";
pub const NO_IMAGE: &str = "This is no picture that the page can draw. Here is what was sent:";
pub const LOST_PRINTS: &str = "Livy does not return what the code printed before the error.";
pub const NO_JSON: &str =
    "Livy could not read the result: NaN and infinity are not JSON. Replace them with null or text first.";
pub const COPIES_IMAGE: &str = "Copies the picture as text: a data: address, which a browser opens";
pub const CLEAR_FIGURE: &str =
    "%matplot doesn't clear the figure: call plt.clf() before you draw the next one.";
pub const CLOSE: &str = "Close";

pub fn copy(id: &str) -> String {
    format!("Copy output of statement {id}")
}

pub fn download(id: &str, kind: &str) -> String {
    format!("Download statement {id} as {kind}")
}

/// The interpreter has ended.
pub fn died(kind: Option<&str>) -> String {
    let (whose, again) = match kind {
        Some(kind) => (format!("The {kind} interpreter"), kind),
        None => ("The interpreter of this language".to_owned(), "this language"),
    };
    format!(
        "{whose} has ended and does not come back in this session. Statements in other languages still run as far as they do not use Spark: \
         its SparkContext mostly ends too. Create another session to use {again} again."
    )
}

/// The pane of a text.
pub fn text_of(id: &str) -> String {
    format!("Output of statement {id}")
}

/// The frame of a page.
pub fn page_of(id: &str) -> String {
    format!("Output of statement {id} as a page")
}

pub fn image_of(id: &str) -> String {
    format!("Image output of statement {id}")
}

pub fn table_of(id: &str, rows: usize, columns: usize) -> String {
    format!("Table of statement {id}, {}", extent(rows, columns))
}

/// A column that has no name.
pub fn unnamed(number: usize) -> String {
    format!("Column {number}, without a name")
}

/// How large a table is.
pub fn extent(rows: usize, columns: usize) -> String {
    format!("{}, {}", count(rows, "row"), count(columns, "column"))
}

/// As many rows as the session returns at most.
pub fn more_rows(rows: usize) -> String {
    format!(
        "{}, the most that this session returns (livy.rsc.sql.num-rows): there may be more.",
        count(rows, "row")
    )
}

fn count(many: usize, one: &str) -> String {
    let ending = if many == 1 { "" } else { "s" };
    format!("{} {one}{ending}", number(many))
}

/// A size as a person says it.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => count(bytes, "byte"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// In place of the middle of a large text.
pub fn left_out(bytes: usize) -> String {
    format!("… {} are not shown here …", size(bytes))
}

/// Below a cell that is drawn in part.
pub fn left_to_copy(bytes: usize) -> String {
    format!("{} more are not shown here. “Copy” has all of it.", size(bytes))
}

/// At the end of a line that is drawn in part.
pub fn cut(bytes: usize) -> String {
    format!("… {} more of this line", size(bytes))
}

pub fn large(bytes: usize) -> String {
    format!("A text of {}: its beginning and its end are shown.", size(bytes))
}

pub fn show_all(bytes: usize) -> String {
    format!("Show all {}", size(bytes))
}

pub fn fold(lines: usize, is_folded: bool) -> String {
    format!("{} {}", if is_folded { "Unfold" } else { "Fold" }, count(lines, "line"))
}

pub fn details(lines: usize) -> String {
    format!("Details and traceback ({})", count(lines, "line"))
}

pub fn caused_by(cause: &str) -> String {
    format!("Caused by {cause}")
}

/// A link to the line of code that an error names.
pub fn line(line: usize, function: Option<&str>, of: Option<&str>) -> String {
    let function = function.map(|it| format!(" in {it}")).unwrap_or_default();
    let of = of.map(|it| format!(" of statement {it}")).unwrap_or_default();
    format!("Go to line {line}{function}{of}")
}

pub fn ragged(rows: usize) -> String {
    let has = if rows == 1 { "has" } else { "have" };
    format!(
        "{} {has} another number of cells than there are columns. They are shown as they came.",
        count(rows, "row")
    )
}

/// What was lost on the way of some columns.
pub fn loss(loss: Loss, columns: &[String]) -> String {
    let names = columns.join(", ");
    match loss {
        Loss::Decimal => format!(
            "{names}: Livy sends decimals as doubles: digits beyond the 15th may be wrong. cast(x as string) keeps them."
        ),
        Loss::Float => format!(
            "{names}: Livy widens floats to doubles: digits beyond the 7th mean nothing. cast(x as string) keeps them as they are."
        ),
        Loss::Timestamp => format!(
            "{names}: Livy sends timestamps in UTC and without fractions of a second. cast(x as string) keeps them."
        ),
        Loss::Interval => {
            format!("{names}: Livy loses the values of intervals. cast(x as string) keeps them.")
        }
    }
}

/// The heading of a cell.
pub fn cell(column: &str, row: usize) -> String {
    format!("{column}, row {}", number(row + 1))
}

pub fn unknown(mime: &str) -> String {
    match Shape::draws(mime) {
        true => format!("The server calls this {mime}, but it isn't. Here is what was sent:"),
        false => format!("This page does not know the type {mime}. Here is what was sent:"),
    }
}

/// An error without a name, words and traceback.
pub const SILENT_ERROR: &str =
    "The server calls this an error and does not say which. Here is what was sent:";

pub fn unknown_status(status: &str) -> String {
    if matches!(status, "" | "ok" | "error") {
        return "This page does not know outputs of this form. Here is what was sent:".to_owned();
    }
    format!(
        "Livy's word for this output is \"{status}\", which this page does not know. Here is what was sent:"
    )
}
