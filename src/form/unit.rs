//! Units beside their numbers: what a unit picker offers, and where a typed text is cut.

use crate::{Field, Shape, duration};

/// The units of a field, as they are written and as they are read to a person. Empty for a field without a picker.
pub fn options(field: Field) -> &'static [(&'static str, &'static str)] {
    match (field.shape(), field) {
        (Shape::Memory, _) => &[("m", "MiB"), ("g", "GiB"), ("t", "TiB"), ("k", "KiB")],
        (Shape::Duration, _) => &[("s", "seconds"), ("m", "minutes"), ("h", "hours"), ("d", "days")],
        _ => &[],
    }
}

/// Cuts `512m` into its number and its unit as typed, with the option it stands for. `None` where the unit is none of Livy's
/// for the field, or the number is not whole: then the text stays in one piece, so that what is wrong stays in sight.
pub fn split(field: Field, text: &str) -> Option<(&str, &str, &'static str)> {
    let text = text.trim();
    let at = text.find(|it: char| !it.is_ascii_digit()).filter(|it| *it > 0)?;
    let (number, unit) = text.split_at(at);
    let lower = unit.to_ascii_lowercase();
    let option = match field.shape() {
        Shape::Duration if lower == "min" => "m",
        Shape::Duration if duration::UNITS.iter().any(|(name, _)| *name == lower) => lower.as_str(),
        // The driver's JVM knows one letter alone.
        Shape::Memory if field == Field::ExecutorMemory => lower.strip_suffix('b').unwrap_or(&lower),
        Shape::Memory => lower.as_str(),
        _ => return None,
    };
    options(field).iter().find(|(name, _)| *name == option).map(|(name, _)| (number, unit, *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_unit_moves_where_it_is_known() {
        for (field, text, expected) in [
            (Field::DriverMemory, "512m", Some(("512", "m", "m"))),
            (Field::DriverMemory, " 2G ", Some(("2", "G", "g"))),
            (Field::DriverMemory, "2gb", None),
            (Field::ExecutorMemory, "2GB", Some(("2", "GB", "g"))),
            (Field::ExecutorMemory, "2p", None),
            (Field::Ttl, "90min", Some(("90", "min", "m"))),
            (Field::Ttl, "2H", Some(("2", "H", "h"))),
            (Field::Ttl, "500ms", None),
            (Field::Ttl, "1.5h", None),
            (Field::Ttl, "h", None),
            (Field::Ttl, "30", None),
            (Field::Ttl, "30 m", None),
            (Field::Name, "2h", None),
        ] {
            assert_eq!(split(field, text), expected, "{text:?}");
        }
    }
}
