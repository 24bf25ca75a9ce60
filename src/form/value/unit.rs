//! Units beside their numbers: what a unit picker offers, where a typed text is cut, and which spellings mean the same.

use std::borrow::Cow;

use crate::value::digit::fraction;
use crate::value::{duration, memory};
use crate::{Draft, Field, Shape};

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

/// The text of a field as Livy spells it, where a person spells it another way: `4 GB` and `4 GiB` are `4g`, `90 minutes` is
/// `90m`. A unit of memory is binary in Spark and Java, whatever it is called. `None` where Livy's own grammar takes the text, or
/// no grammar does; fractions are left to [`whole`].
pub fn respelt(field: Field, text: &str) -> Option<String> {
    let text = text.trim();
    let at = text.find(|it: char| !it.is_ascii_digit()).filter(|it| *it > 0)?;
    let (number, rest) = text.split_at(at);
    let (word, is_apart) = (rest.trim_start().to_ascii_lowercase(), rest.starts_with(char::is_whitespace));
    match field.shape() {
        Shape::Memory => {
            let unit = memory::unit_called(&word)?;
            let is_livys = match field {
                Field::ExecutorMemory => !word.ends_with("ib"),
                _ => word == unit,
            };
            // The driver's JVM counts in nothing larger.
            let is_known = field == Field::ExecutorMemory || options(field).iter().any(|(it, _)| *it == unit);
            ((is_apart || !is_livys) && is_known).then(|| format!("{number}{unit}"))
        }
        Shape::Duration => {
            let (unit, times) = duration::unit_called(&word)?;
            let is_livys = duration::UNITS.iter().any(|(name, _)| *name == word);
            if !is_apart && is_livys {
                return None;
            }
            let number = if times == 1 {
                number.to_owned()
            } else {
                number.parse::<u64>().ok()?.checked_mul(times)?.to_string()
            };
            Some(format!("{number}{unit}"))
        }
        _ => None,
    }
}

/// The same amount in whole numbers, where a text has a fraction that is whole in a smaller unit: `1.5g` is `1536m`, `1.5 hours`
/// is `90m`. `None` for any other text.
pub fn whole(field: Field, text: &str) -> Option<String> {
    let (number, word) = fraction(text)?;
    match field.shape() {
        Shape::Memory => memory::whole_in_smaller_unit(number, memory::unit_called(&word)?),
        Shape::Duration => duration::whole_in_smaller_unit(number, &word),
        _ => None,
    }
}

impl Draft {
    /// The same draft with every amount as Livy spells it; see [`respelt`].
    pub fn respelt(&self) -> Cow<'_, Self> {
        let mut draft = Cow::Borrowed(self);
        for field in Field::ALL {
            if let Some(text) = respelt(field, self.text(field)) {
                draft.to_mut().set_text(field, text);
            }
        }
        let spelt = |(key, value): &(String, String)| respelt(Field::by_spark_key(key.trim())?, value);
        if self.conf().iter().any(|it| spelt(it).is_some()) {
            let row = |it: &(String, String)| (it.0.clone(), spelt(it).unwrap_or_else(|| it.1.clone()));
            let rows = self.conf().iter().map(row).collect();
            draft.to_mut().set_conf(rows);
        }
        draft
    }
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

    #[test]
    fn what_people_write_is_spelt_as_livy_does() {
        for (field, text, expected) in [
            (Field::DriverMemory, "4 GB", Some("4g")),
            (Field::DriverMemory, "4GB", Some("4g")),
            (Field::DriverMemory, "4 GiB", Some("4g")),
            (Field::DriverMemory, "4gib", Some("4g")),
            (Field::DriverMemory, "4 g", Some("4g")),
            (Field::DriverMemory, " 4\u{a0}gigabytes ", Some("4g")),
            (Field::DriverMemory, "512 MB", Some("512m")),
            (Field::DriverMemory, "1048576kib", Some("1048576k")),
            (Field::DriverMemory, "1 TB", Some("1t")),
            (Field::DriverMemory, "4g", None),
            (Field::DriverMemory, "4G", None),
            (Field::DriverMemory, "1pb", None),
            (Field::DriverMemory, "4 x", None),
            (Field::DriverMemory, "4", None),
            (Field::DriverMemory, "GB", None),
            (Field::DriverMemory, "1.5 GB", None),
            (Field::DriverMemory, "2 g -Dx=y", None),
            (Field::ExecutorMemory, "4 gb", Some("4g")),
            (Field::ExecutorMemory, "4GB", None),
            (Field::ExecutorMemory, "4GiB", Some("4g")),
            (Field::ExecutorMemory, "1 pb", Some("1p")),
            (Field::IdleTimeout, "30 min", Some("30m")),
            (Field::IdleTimeout, "2 hours", Some("2h")),
            (Field::IdleTimeout, "10minutes", Some("10m")),
            (Field::IdleTimeout, "2 weeks", Some("14d")),
            (Field::IdleTimeout, "90 sec", Some("90s")),
            (Field::IdleTimeout, "45min", None),
            (Field::IdleTimeout, "1h 30m", None),
            (Field::Ttl, "1 d", Some("1d")),
            (Field::Heartbeat, "2 min", None),
            (Field::Name, "4 GB", None),
        ] {
            assert_eq!(respelt(field, text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_fraction_has_the_same_amount_in_whole_numbers() {
        for (field, text, expected) in [
            (Field::DriverMemory, "1.5g", Some("1536m")),
            (Field::ExecutorMemory, "0.5 TB", Some("512g")),
            (Field::DriverMemory, "1.3g", None),
            (Field::DriverMemory, "1.5", None),
            (Field::DriverMemory, "2g", None),
            (Field::Ttl, "1.5h", Some("90m")),
            (Field::Ttl, "0.5 days", Some("12h")),
            (Field::Ttl, "2.5 minutes", Some("150s")),
            (Field::Ttl, "1.2.3h", None),
        ] {
            assert_eq!(whole(field, text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_whole_draft_is_respelt_with_its_configuration() {
        let mut draft = Draft::default();
        assert!(matches!(draft.respelt(), Cow::Borrowed(_)));
        draft.set_text(Field::DriverMemory, "4 GB");
        let row = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        draft.set_conf(vec![row("spark.executor.memory", "2 gb"), row("spark.a", "2 gb")]);
        let spelt = draft.respelt();
        assert_eq!(spelt.text(Field::DriverMemory), "4g");
        assert_eq!(spelt.conf(), [row("spark.executor.memory", "2g"), row("spark.a", "2 gb")]);
    }
}
