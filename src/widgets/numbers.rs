//! Numbers as they stand on screen: a true minus, thin spaces between thousands, units a person can read.
//!
//! Powers of ten are written for [`rich`](fn@super::rich), as `10^{−4}`.

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

/// Formats a value with three significant digits.
#[must_use]
pub fn three_digits(value: f64) -> String {
    let decimals = match value.abs() {
        v if v < 9.995 => 2,
        v if v < 99.95 => 1,
        _ => return whole(value.abs().round() as u64),
    };
    fixed(value, decimals)
}

/// A power of ten, as `10^{−4}`.
#[must_use]
pub fn power_of_ten(exponent: i32) -> String {
    format!("10^{{{}}}", fixed(f64::from(exponent), 0))
}

/// A number as mantissa and power of ten with so many significant digits, as `3.4·10^{−6}`; a power alone where the
/// mantissa is 1. Zero and numbers that are not finite are written plainly.
#[must_use]
pub fn scientific(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return fixed(value, 0);
    }
    // The formatter rounds, and carries where 9.96 becomes 10.
    let text = format!("{value:.0$e}", digits.saturating_sub(1));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let power = power_of_ten(exponent.parse().unwrap_or(0));
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    match mantissa {
        "1" => power,
        "-1" => format!("\u{2212}{power}"),
        _ => format!("{}\u{b7}{power}", mantissa.replace('-', "\u{2212}")),
    }
}

/// A probability, 0 to 1: three decimals, and three significant digits where three decimals would show fewer than two
/// (0.000335). Below 0.00001 it is written with a power of ten, for [`rich`](fn@super::rich).
#[must_use]
pub fn probability(value: f64) -> String {
    match value.abs() {
        v if v == 0.0 || v >= 0.009_95 || !v.is_finite() => fixed(value, 3),
        v if v < 1e-5 => scientific(value, 2),
        v => fixed(value, (2.0 - v.log10().floor()) as usize),
    }
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
    fn a_small_probability_is_not_nought() {
        assert_eq!(probability(0.0), "0.000");
        assert_eq!(probability(1.0), "1.000");
        assert_eq!(probability((-4.0_f64).exp()), "0.018");
        assert_eq!(probability((-6.0_f64).exp()), "0.00248");
        assert_eq!(probability((-8.0_f64).exp()), "0.000335");
        assert_eq!(probability((-16.0_f64).exp()), "1.1\u{b7}10^{\u{2212}7}");
    }

    #[test]
    fn powers_of_ten_stand_high() {
        assert_eq!(power_of_ten(-4), "10^{\u{2212}4}");
        assert_eq!(scientific(1e-4, 2), "10^{\u{2212}4}");
        assert_eq!(scientific(-2.5e7, 2), "\u{2212}2.5\u{b7}10^{7}");
        assert_eq!(scientific(9.96e5, 2), "10^{6}");
        assert_eq!(scientific(0.0, 2), "0");
    }

    #[test]
    fn errors_stand_in_the_last_digits() {
        assert_eq!(with_error(-1.327_213, 0.001_23), "\u{2212}1.3272(12)");
        assert_eq!(with_error(0.911_319, 0.000_042), "0.91132(4)");
        assert_eq!(with_error(1234.5, 35.0), "1234(35)");
        assert_eq!(with_error(0.5, f64::INFINITY), "0.5000");
    }
}
