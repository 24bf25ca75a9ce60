//! The controls of the form, by their ids: other parts of the page lead there too.

use form::{Field, Shape};

use crate::web::browser::focus::focus_first;

/// The id of a control's element.
pub fn control_id(field: Field, row: usize) -> String {
    if field.has_rows() { format!("lc-{}-{row}", field.name()) } else { format!("lc-{}", field.name()) }
}

/// Brings the focus to a control, as soon as it is there: of a choice to what is chosen, or may be; of a list without that row
/// to the button that adds one.
pub fn focus_control(field: Field, row: usize) {
    let name = field.name();
    focus_first(match field.shape() {
        Shape::Choice => vec![format!("[name={name}]:checked:enabled"), format!("[name={name}]:enabled")],
        _ => vec![format!("#{}", control_id(field, row)), format!("#{}", add_id(field))],
    });
}

/// The id of the button that adds a row to a list.
pub fn add_id(field: Field) -> String {
    format!("lc-{}-add", field.name())
}
