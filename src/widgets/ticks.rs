//! Ticks: few, round, at least two, and written with as many digits as tell them apart.

use super::numbers;

/// Few round ticks in a range, at most so many.
#[must_use]
pub fn round_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let span = high - low;
    if span.is_nan() || span <= 0.0 || most == 0 {
        return Vec::new();
    }
    let raw = span / most as f64;
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|&step| step >= raw);
    let step = step.unwrap_or(10.0 * power);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|index| index as f64 * step).collect()
}

/// Ticks of a logarithmic axis, as powers of ten: 1, 2 and 5 of each decade, or only decades where those are too many.
#[must_use]
pub fn log_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let decades = low.floor() as i32..=high.ceil() as i32;
    for steps in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
        let all =
            decades.clone().flat_map(|decade| steps.iter().map(move |step: &f64| f64::from(decade) + step.log10()));
        let ticks: Vec<f64> = all.filter(|tick| (low - 1e-9..=high + 1e-9).contains(tick)).collect();
        if ticks.len() <= most {
            return ticks;
        }
    }
    round_ticks(low, high, most).into_iter().map(f64::round).collect()
}

/// Ticks of an axis with these bounds, at least two: those given if two or more of them lie on it, else rounder or denser
/// ones. An axis without given ticks has none. On a logarithmic axis bounds and ticks are powers of ten.
#[must_use]
pub fn at_least_two(given: &[f64], [low, high]: [f64; 2], logarithmic: bool) -> Vec<f64> {
    let slack = 1e-9 * (high - low).abs();
    let inside = |tick: &f64| (low - slack..=high + slack).contains(tick);
    let kept: Vec<f64> = given.iter().copied().filter(inside).collect();
    if given.is_empty() || kept.len() >= 2 || high <= low {
        return kept;
    }
    let decades = if logarithmic { log_ticks(low, high, 4) } else { Vec::new() };
    let denser = (2..=8).map(|most| {
        if logarithmic {
            let values = round_ticks(10_f64.powf(low), 10_f64.powf(high), most);
            values.into_iter().filter(|value| *value > 0.0).map(f64::log10).collect()
        } else {
            round_ticks(low, high, most)
        }
    });
    std::iter::once(decades).chain(denser).find(|ticks: &Vec<f64>| ticks.len() >= 2).unwrap_or(kept)
}

/// The texts of ticks, for [`rich`](fn@super::rich): no two ticks that differ look alike. All have a power of ten where plain
/// numbers would be very long.
#[must_use]
pub fn texts(ticks: &[f64], logarithmic: bool) -> Vec<String> {
    if logarithmic {
        return ticks.iter().map(|&place| power_text(place)).collect();
    }
    let largest = ticks.iter().fold(0.0, |largest: f64, tick| largest.max(tick.abs()));
    let step =
        ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs()).filter(|gap| *gap > 0.0).fold(f64::INFINITY, f64::min);
    let step = if step.is_finite() { step } else { largest };
    if largest > 0.0 && !(1e-3..1e6).contains(&largest) {
        let digits = 1 + (largest / step).log10().ceil().clamp(0.0, 6.0) as usize;
        return ticks.iter().map(|&tick| numbers::scientific(tick, digits)).collect();
    }
    let rounds_to = |tick: f64, decimals: i32| {
        let unit = 10_f64.powi(decimals);
        ((tick * unit).round() / unit - tick).abs() <= 0.01 * step
    };
    let decimals = (0..=8).find(|&decimals| ticks.iter().all(|&tick| rounds_to(tick, decimals))).unwrap_or(8);
    ticks.iter().map(|&tick| tick_text(tick, decimals)).collect()
}

/// A number with at most so many decimals, without noughts at its end.
fn tick_text(value: f64, decimals: i32) -> String {
    let unit = 10_f64.powi(decimals);
    // Adding nought makes a nought of minus nought.
    let rounded = (value * unit).round() / unit + 0.0;
    if rounded.abs() >= 10_000.0 {
        let text = numbers::whole(rounded.abs() as u64);
        return if rounded < 0.0 { format!("\u{2212}{text}") } else { text };
    }
    format!("{rounded}").replace('-', "\u{2212}")
}

/// The number at a place of a logarithmic axis.
fn power_text(place: f64) -> String {
    let value = 10_f64.powf(place);
    if (0.001..999_999.0).contains(&value) {
        return tick_text(value, (1.0 - place).ceil().clamp(0.0, 6.0) as i32);
    }
    numbers::scientific(value, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!(round_ticks(0.0, 3000.0, 6), [0.0, 500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0]);
        assert_eq!(round_ticks(-2.1, -0.4, 3), [-2.0, -1.0]);
        assert_eq!(tick_text(-0.5, 3), "\u{2212}0.5");
    }

    #[test]
    fn logarithmic_ticks_are_round_numbers() {
        let texts = |low: f64, high: f64| log_ticks(low, high, 6).into_iter().map(power_text).collect::<Vec<_>>();
        assert_eq!(texts(0.0, 1.0), ["1", "2", "5", "10"]);
        assert_eq!(texts(-2.1, 0.1), ["0.01", "0.03", "0.1", "0.3", "1"]);
        assert_eq!(texts(0.0, 5.0), ["1", "10", "100", "1000", "10\u{2009}000", "100\u{2009}000"]);
    }

    #[test]
    fn ticks_that_differ_look_different() {
        for (low, high) in [(-0.5004, -0.4996), (-0.50004, -0.49996), (0.0, 1e-5), (-2e7, 2e7), (0.9999, 1.0001)] {
            let ticks = at_least_two(&round_ticks(low, high, 4), [low, high], false);
            let texts = texts(&ticks, false);
            let distinct: std::collections::BTreeSet<_> = texts.iter().collect();
            assert!(ticks.len() >= 2 && distinct.len() == ticks.len(), "{low} to {high}: {texts:?}");
        }
        assert_eq!(texts(&[0.0, 0.5, 1.0], false), ["0", "0.5", "1"]);
        assert_eq!(texts(&[-1.0, 0.0, 1.0], false), ["\u{2212}1", "0", "1"]);
        assert_eq!(texts(&[0.0, 2e-4], false), ["0", "2\u{b7}10^{\u{2212}4}"]);
        assert_eq!(texts(&[-4.0, -3.0], true), ["10^{\u{2212}4}", "0.001"]);
    }

    #[test]
    fn every_axis_has_two_ticks_or_none() {
        assert_eq!(at_least_two(&[0.0, 5.0], [-1.0, 6.0], false), [0.0, 5.0]);
        assert_eq!(at_least_two(&[], [-1.0, 6.0], false), Vec::<f64>::new());
        for (low, high) in [(-2.1, -0.4), (0.52, 0.58), (1e-7, 3e-7), (7.0, 11.0)] {
            let ticks = at_least_two(&[low], [low, high], false);
            assert!(ticks.len() >= 2, "{low} to {high}: {ticks:?}");
        }
        for (low, high) in [(0.05, 0.25), (-3.6, -3.5), (0.2, 4.0)] {
            let ticks = at_least_two(&[low], [low, high], true);
            assert!(ticks.len() >= 2, "10^{low} to 10^{high}: {ticks:?}");
        }
    }
}
