//! The controls of the form, by their ids.

use form::{Field, Shape, Target};

use crate::web::browser::focus::{focus_element, focus_first};

/// The id of the summary of all errors.
pub const ERRORS_ID: &str = "lc-errors";

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

/// The id of the control with a value of the configuration.
pub fn conf_value_id(row: usize) -> String {
    format!("lc-conf-value-{row}")
}

/// Brings the focus where the form wants it, as soon as it is there.
pub fn focus_target(target: Target) {
    match target {
        Target::Control(field, row) => focus_control(field, row),
        Target::ConfValue(row) => focus_element(conf_value_id(row)),
        Target::Errors => focus_element(ERRORS_ID.to_owned()),
    }
}
