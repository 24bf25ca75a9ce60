//! Amounts of memory, in the two grammars that read them.
//!
//! Livy checks neither. The driver's text becomes the JVM's `-Xmx` in local and client mode, the executor's is read by Spark
//! (`JavaUtils.byteStringAs`, Spark 3.5). Both need 450 MiB: Spark reserves 300 and wants half as much again
//! (`UnifiedMemoryManager.getMaxMemory`). Verified on a real server, see `docs/validation.md`.

use crate::problem::{Finding, Verdict};

/// What Spark wants at least, in bytes: `INVALID_DRIVER_MEMORY … must be at least 471859200`.
const MINIMUM_BYTES: u128 = 450 << 20;
/// The JVM and Spark count bytes in 64 bits with a sign.
const MAXIMUM_BYTES: u128 = i64::MAX as u128;
/// Below this, in bytes, a driver with the serial or the parallel collector reports less than Spark wants.
const SAFE_FOR_DRIVER: u128 = 512 << 20;
/// From here on a slip of the unit is likelier than the wish, in bytes.
const SURPRISING: u128 = 1 << 40;

/// An amount of memory as it is sent: a whole number and a unit, at least 450 MiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Memory(String);

/// Who reads the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemoryReader {
    /// The driver's JVM: `^[1-9][0-9]*[kmgt]$`, any case.
    Jvm,
    /// Spark: digits, then `b k kb m mb g gb t tb p pb`, any case.
    Spark,
}

impl Memory {
    /// The text, as it is sent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads text that is not blank.
    pub(crate) fn parse(text: &str, reader: MemoryReader) -> Verdict<Self> {
        let example = if reader == MemoryReader::Jvm { "512m or 2g" } else { "1000m or 4g" };
        let lower = text.to_ascii_lowercase();
        if lower.starts_with('-') {
            return Err(Finding::error(format!("Enter a positive amount, for example {example}.")));
        }
        let split = lower.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(lower.len());
        let (number, unit) = lower.split_at(split);
        if number.is_empty()
            || number.matches('.').count() > 1
            || number.starts_with('.')
            || number.ends_with('.')
        {
            return Err(Finding::error(format!("Enter a whole number with a unit, for example {example}.")));
        }
        if unit.is_empty() {
            let whole = number.split('.').next().unwrap_or(number);
            let reads = if reader == MemoryReader::Jvm { "Java reads bytes" } else { "Spark reads MiB" };
            return Err(Finding::error(format!("Add a unit: {whole}g or {whole}m. Without one {reads}.")));
        }
        // Other spellings of a unit are Livy's by now: see `crate::value::unit::respelt`.
        let called = unit_called(unit.trim_start()).map_or(unit, |it| it);
        let Some(bytes) = unit_bytes(called) else {
            let units = if reader == MemoryReader::Jvm { "k, m, g or t" } else { "k, m, g, t or p" };
            let unit = unit.trim_start();
            return Err(Finding::error(format!("“{unit}” is not a unit. Use {units}.")));
        };
        if number.contains('.') {
            let same = whole_in_smaller_unit(number, called);
            return Err(Finding::error(match same {
                Some(same) => format!("Use a whole number: {same}."),
                None => format!("Use a whole number, for example {example}."),
            }));
        }
        if reader == MemoryReader::Jvm && (unit.len() != 1 || !"kmgt".contains(unit)) {
            return Err(Finding::error("Use k, m, g or t for driver memory, for example 512m or 2g."));
        }
        if unit != called && unit_bytes(unit).is_none() {
            return Err(Finding::error(format!("Use {number}{called}.")));
        }
        let amount = number.parse::<u128>().ok().and_then(|it| it.checked_mul(bytes));
        let finding = match amount {
            Some(0) => return Err(Finding::error(format!("Enter more than 0, for example {example}."))),
            Some(amount) if amount < MINIMUM_BYTES => {
                return Err(Finding::error("Enter 450m or more. Spark needs it to start."));
            }
            Some(amount) if amount < SAFE_FOR_DRIVER && reader == MemoryReader::Jvm => {
                Some("Use 512m or more. With less, some JVMs report under the 450 MiB that Spark needs.")
            }
            Some(amount) if amount < SURPRISING => None,
            Some(amount) if amount <= MAXIMUM_BYTES => Some("1 TiB or more. Check the unit."),
            _ => return Err(Finding::error(format!("Enter less, for example {example}."))),
        };
        Ok((Self(text.to_owned()), finding.map(Finding::warning)))
    }
}

/// Spark's units: a prefix, and `b` or not.
fn unit_bytes(unit: &str) -> Option<u128> {
    let prefix = unit.strip_suffix('b').unwrap_or(unit);
    let power = ["", "k", "m", "g", "t", "p"].iter().position(|it| *it == prefix)?;
    (!unit.is_empty()).then(|| 1 << (10 * power))
}

/// An amount that Spark reads, in bytes; a bare number counts in `bare` bytes. `None` for anything else
/// (`JavaUtils.byteStringAs`, Spark 3.5).
pub(crate) fn bytes(text: &str, bare: u128) -> Option<u128> {
    let lower = text.trim().to_ascii_lowercase();
    let split = lower.find(|it: char| !it.is_ascii_digit()).unwrap_or(lower.len());
    let (number, unit) = lower.split_at(split);
    let scale = if unit.is_empty() { bare } else { unit_bytes(unit)? };
    number.parse::<u128>().ok()?.checked_mul(scale).filter(|it| *it <= MAXIMUM_BYTES)
}

/// The letter of a unit of memory that a person calls by a word: `gb`, `gib`, `gigabytes` are `g`. The word is in lower case.
pub(crate) fn unit_called(word: &str) -> Option<&'static str> {
    const UNITS: [(&str, &str); 5] =
        [("k", "kilo"), ("m", "mega"), ("g", "giga"), ("t", "tera"), ("p", "peta")];
    let is_called = |(letter, long): &(&str, &str)| {
        let rest = word.strip_prefix(long).map(|it| it.trim_end_matches('s') == "byte");
        rest.unwrap_or_else(|| word.strip_prefix(letter).is_some_and(|it| matches!(it, "" | "b" | "ib")))
    };
    UNITS.iter().find(|it| is_called(it)).map(|(letter, _)| *letter)
}

/// `1.5` of a GiB is `1536m`: the same amount in a smaller unit, where it is whole there. `unit` is one letter.
pub(crate) fn whole_in_smaller_unit(number: &str, unit: &str) -> Option<String> {
    let unit_bytes = unit_bytes(unit)?;
    let (whole, fraction) = number.split_once('.')?;
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let digits = format!("{whole}{fraction}").parse::<u128>().ok()?;
    let scaled = digits.checked_mul(unit_bytes)?;
    let units = [(1_u128 << 30, "g"), (1 << 20, "m"), (1 << 10, "k")];
    let fits = |(bytes, name): (u128, &str)| {
        let divisor = scale.checked_mul(bytes)?;
        (scaled % divisor == 0).then(|| format!("{}{name}", scaled / divisor))
    };
    units.into_iter().find_map(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str, reader: MemoryReader) -> Result<String, String> {
        Memory::parse(text, reader).map(|(it, _)| it.0).map_err(|it| it.message)
    }

    #[test]
    fn suggestions_are_the_same_amount() {
        let cases = [
            ("1.5g", "Use a whole number: 1536m."),
            ("0.5t", "Use a whole number: 512g."),
            ("1.3g", "Use a whole number, for example 512m or 2g."),
            ("2", "Add a unit: 2g or 2m. Without one Java reads bytes."),
            ("2 x", "“x” is not a unit. Use k, m, g or t."),
        ];
        for (text, message) in cases {
            assert_eq!(sent(text, MemoryReader::Jvm), Err(message.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn the_least_is_450_mib() {
        for reader in [MemoryReader::Jvm, MemoryReader::Spark] {
            assert!(sent("449m", reader).is_err() && sent("460799k", reader).is_err());
            assert_eq!(sent("450m", reader).as_deref(), Ok("450m"));
            assert_eq!(sent("460800k", reader).as_deref(), Ok("460800k"));
            assert!(sent("99999999999999999999999999999999999999999t", reader).is_err());
        }
        assert_eq!(sent("471859200b", MemoryReader::Spark).as_deref(), Ok("471859200b"));
        assert_eq!(sent("2GB", MemoryReader::Spark).as_deref(), Ok("2GB"));
    }
}
