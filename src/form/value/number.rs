//! Numbers with a fraction, as Rust and Java write them.

/// Reads a number: digits with one point, an exponent, a sign, or one of the words for what is none or has no end. Exact for up to
/// 15 digits and exponents up to 22, as all are that a person types; longer ones may be off in the last digit, which no rule asks
/// for. The standard library is exact for all, by a table of ten kilobytes that would be a tenth of the form's page.
pub(crate) fn real(text: &str) -> Option<f64> {
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    match unsigned.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Some(sign * f64::INFINITY),
        "nan" => return Some(f64::NAN),
        _ => {}
    }
    let (digits, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_of_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() && part.is_empty() || !is_of_digits(whole) || !is_of_digits(part) {
        return None;
    }
    let unsigned_exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    if unsigned_exponent.is_empty() || !is_of_digits(unsigned_exponent) {
        return None;
    }
    // Beyond this every number is 0 or has no end.
    let typed = unsigned_exponent.parse::<i32>().unwrap_or(i32::MAX).min(100_000);
    let mut scale = if exponent.starts_with('-') { -typed } else { typed };
    let mut mantissa: u64 = 0;
    for (at, digit) in whole.bytes().chain(part.bytes()).enumerate() {
        let is_part = at >= whole.len();
        match mantissa.checked_mul(10).and_then(|it| it.checked_add(u64::from(digit - b'0'))) {
            Some(longer) => {
                mantissa = longer;
                scale -= i32::from(is_part);
            }
            // What no longer fits moves the point alone.
            None => scale += i32::from(!is_part),
        }
    }
    Some(sign * scaled(mantissa as f64, scale))
}

/// A number times a power of ten. One step for small ones, so that it is rounded once.
fn scaled(number: f64, scale: i32) -> f64 {
    let mut number = number;
    let mut left = scale;
    while left != 0 && number != 0.0 && number.is_finite() {
        let step = left.clamp(-22, 22);
        let power = (0..step.abs()).fold(1.0, |it, _| it * 10.0);
        number = if step < 0 { number / power } else { number * power };
        left -= step;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_a_number_is_what_the_standard_library_takes() {
        for text in [
            "0",
            "-0",
            "1",
            "0.6",
            "1.",
            ".5",
            "1e3",
            "1E-3",
            "2.5e+2",
            "6.4e1",
            "0.1",
            "0.3",
            "1e22",
            "1e-22",
            "1e400",
            "1e-400",
            "0e999999999999",
            "9007199254740993",
            "inf",
            "-Infinity",
            "NaN",
            "",
            ".",
            "-",
            "+",
            "e1",
            "1e",
            "1e+",
            "0x10",
            "1_000",
            "1,5",
            " 1",
            "1 ",
            "--1",
            "1.2.3",
            "infinit",
        ] {
            let (ours, theirs) = (real(text), text.parse::<f64>().ok());
            let is_same = ours == theirs || ours.is_some_and(f64::is_nan) && theirs.is_some_and(f64::is_nan);
            assert!(is_same, "{text}: {ours:?}, {theirs:?}");
        }
    }

    proptest! {
        #[test]
        fn what_a_person_types_is_exact(text in "[-+]?[0-9]{0,7}(\\.[0-9]{0,7})?([eE][-+]?[0-8])?") {
            prop_assert_eq!(real(&text), text.parse::<f64>().ok());
        }

        #[test]
        fn any_text_is_a_number_or_none(text in "[-+0-9.eEinfatyNI]{0,24}") {
            let (ours, theirs) = (real(&text), text.parse::<f64>().ok());
            prop_assert_eq!(ours.is_some(), theirs.is_some());
            let is_near = |(ours, theirs): (f64, f64)| {
                ours == theirs || (ours - theirs).abs() <= theirs.abs() * 1e-14 || ours.is_nan() && theirs.is_nan()
                    // What is nearly 0 loses digits.
                    || theirs.abs() < 1e-290 && ours.abs() < 1e-290
            };
            prop_assert!(ours.zip(theirs).is_none_or(is_near), "{:?} {:?}", ours, theirs);
        }
    }
}
