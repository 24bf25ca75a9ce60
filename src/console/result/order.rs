//! The order of cells: numbers by their digits, of which there may be more than a double has.

use std::borrow::Cow;
use std::cmp::Ordering;

use livy::JsonKind;

use super::Cell;

/// What a cell is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Number(Decimal<'a>),
    /// Truth values, texts, lists and objects, in this order.
    Text(u8, Cow<'a, str>),
    Nothing,
}

/// A number of any length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal<'a> {
    is_negative: bool,
    /// The place of its first digit that is not zero: 1 for 0.1 to 0.99…; nothing for zero.
    magnitude: Option<i64>,
    /// Its digits from there on, with the point among them.
    digits: &'a str,
}

impl<'a> Key<'a> {
    pub fn of(cell: Cell<'a>) -> Self {
        let Cell::Value(json) = cell else { return Self::Nothing };
        match json.kind() {
            JsonKind::Number => Self::Number(Decimal::of(json.as_written())),
            JsonKind::Bool => Self::Text(0, Cow::Borrowed(json.as_written())),
            JsonKind::Text => Self::Text(1, json.text().unwrap_or_default()),
            _ => Self::Text(2, Cow::Borrowed(json.as_written())),
        }
    }

    /// What is nothing comes last, whichever way.
    pub fn compared(&self, other: &Self, descending: bool) -> Ordering {
        let order = match (self, other) {
            (Self::Nothing, Self::Nothing) => return Ordering::Equal,
            (Self::Nothing, _) => return Ordering::Greater,
            (_, Self::Nothing) => return Ordering::Less,
            (Self::Number(one), Self::Number(other)) => one.compared(other),
            (Self::Number(_), Self::Text(..)) => Ordering::Less,
            (Self::Text(..), Self::Number(_)) => Ordering::Greater,
            (Self::Text(kind, text), Self::Text(other_kind, other)) => {
                kind.cmp(other_kind).then_with(|| text.cmp(other))
            }
        };
        if descending { order.reverse() } else { order }
    }
}

impl<'a> Decimal<'a> {
    /// Of a number as JSON writes it.
    fn of(text: &'a str) -> Self {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        // An exponent beyond any number is as good as the largest.
        let exponent = exponent.parse::<i64>().unwrap_or(if exponent.starts_with('-') {
            i64::MIN / 4
        } else {
            i64::MAX / 4
        });
        let whole = digits.find('.').unwrap_or(digits.len()) as i64;
        let first = digits.find(|it| matches!(it, '1'..='9'));
        let magnitude = first.map(|first| {
            let first = first as i64;
            let place = if first < whole { whole - first } else { whole + 1 - first };
            place.saturating_add(exponent)
        });
        Self {
            is_negative: is_negative && first.is_some(),
            magnitude,
            digits: first.map_or("", |it| &digits[it..]),
        }
    }

    fn compared(&self, other: &Self) -> Ordering {
        let sign = |it: &Self| if it.magnitude.is_none() { 0 } else { 1 - 2 * i8::from(it.is_negative) };
        let by_sign = sign(self).cmp(&sign(other));
        if by_sign != Ordering::Equal || self.magnitude.is_none() {
            return by_sign;
        }
        let digits = |it: &'a str| it.bytes().filter(|it| *it != b'.');
        let (mut one, mut two) = (digits(self.digits), digits(other.digits));
        let by_size = self.magnitude.cmp(&other.magnitude).then_with(|| {
            loop {
                // Zeros at the end change nothing.
                match (one.next(), two.next()) {
                    (None, None) => break Ordering::Equal,
                    (one, two) => match one.unwrap_or(b'0').cmp(&two.unwrap_or(b'0')) {
                        Ordering::Equal => {}
                        other => break other,
                    },
                }
            }
        });
        if self.is_negative { by_size.reverse() } else { by_size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::Json;

    fn compared(one: &str, other: &str) -> Ordering {
        Decimal::of(one).compared(&Decimal::of(other))
    }

    #[test]
    fn numbers_of_any_length() {
        let ascending = [
            "-1e400",
            "-12.5",
            "-12.49",
            "-1",
            "-1E-10",
            "0",
            "1e-400",
            "0.001",
            "0.0010001",
            "0.01",
            "0.1",
            "1",
            "1.5",
            "2",
            "9.99",
            "10",
            "100",
            "9007199254740992",
            "9007199254740993",
            "123456789012345678901234567890",
            "1e30",
            "1e400",
        ];
        for (at, one) in ascending.iter().enumerate() {
            for (other_at, other) in ascending.iter().enumerate() {
                assert_eq!(compared(one, other), at.cmp(&other_at), "{one} and {other}");
            }
        }
        for (one, same) in
            [("0", "-0"), ("0", "0.00"), ("1.5", "1.50"), ("1.5", "15e-1"), ("100", "1E2"), ("0.05", "5e-2")]
        {
            assert_eq!(compared(one, same), Ordering::Equal, "{one} and {same}");
        }
    }

    #[test]
    fn nothing_is_last_both_ways() {
        let key = |text: &'static str| Key::of(Cell::of(Json::parse(text).unwrap()));
        let order = ["2", "10", "false", "\"a\"", "\"b\"", "[1]"];
        for pair in order.windows(2) {
            assert_eq!(key(pair[0]).compared(&key(pair[1]), false), Ordering::Less, "{pair:?}");
            assert_eq!(key(pair[0]).compared(&key(pair[1]), true), Ordering::Greater, "{pair:?}");
        }
        for descending in [false, true] {
            assert_eq!(key("null").compared(&key("1"), descending), Ordering::Greater);
            assert_eq!(key("1").compared(&Key::Nothing, descending), Ordering::Less);
        }
    }
}
