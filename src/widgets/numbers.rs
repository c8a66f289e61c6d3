//! Numbers as they stand on screen: a true minus, thin spaces between thousands, units a person can read.

/// So many decimals, with U+2212 as minus.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    // −0.00 is 0.00.
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| c == '0' || c == '.') => rest.to_owned(),
        Some(rest) => format!("\u{2212}{rest}"),
        None => text,
    }
}

/// A whole number with thin spaces between its thousands, from five digits on.
#[must_use]
pub fn whole(value: u64) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

/// Three significant digits.
#[must_use]
pub fn three_digits(value: f64) -> String {
    let decimals = match value.abs() {
        v if v < 9.995 => 2,
        v if v < 99.95 => 1,
        _ => return whole(value.abs().round() as u64),
    };
    fixed(value, decimals)
}

/// A value with its standard error in the last digits, as physicists write it: −1.4142(12). Two digits of the error if they
/// begin with a 1 or 2, else one. Without a usable error the value alone, with four decimals.
#[must_use]
pub fn with_error(value: f64, error: f64) -> String {
    if !error.is_finite() || error <= 0.0 {
        return if value.is_finite() { fixed(value, 4) } else { "\u{2013}".to_owned() };
    }
    let power = error.log10().floor();
    let leading = error / 10_f64.powf(power);
    let digits = if leading < 2.95 { 1.0 } else { 0.0 };
    let decimals = (digits - power).clamp(0.0, 9.0) as usize;
    let in_digits = (error * 10_f64.powi(decimals as i32)).round().max(1.0);
    format!("{}({})", fixed(value, decimals), whole(in_digits as u64))
}

/// Reads a number that a person typed, with either minus and either decimal mark.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let text: String = text.trim().replace('\u{2212}', "-").replace(',', ".");
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_in_print() {
        assert_eq!(fixed(-0.204, 3), "\u{2212}0.204");
        assert_eq!(fixed(-0.0001, 2), "0.00");
        assert_eq!(whole(2980), "2980");
        assert_eq!(whole(1_234_567), "1\u{2009}234\u{2009}567");
        assert_eq!(three_digits(0.1923), "0.19");
        assert_eq!(three_digits(1234.6), "1235");
        assert_eq!(parse(" \u{2212}1,5 "), Some(-1.5));
        assert_eq!(parse("hot"), None);
    }

    #[test]
    fn errors_stand_in_the_last_digits() {
        assert_eq!(with_error(-1.327_213, 0.001_23), "\u{2212}1.3272(12)");
        assert_eq!(with_error(0.911_319, 0.000_042), "0.91132(4)");
        assert_eq!(with_error(1234.5, 35.0), "1234(35)");
        assert_eq!(with_error(0.5, f64::INFINITY), "0.5000");
    }
}
