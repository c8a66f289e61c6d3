//! Lists, ranges and shards on the command line.

/// Most values that a range may have.
const MOST: usize = 100_000;

/// A list `2.0,2.2` or a range `1.5:3.5:0.1`, both ends included.
#[derive(Clone, Debug, PartialEq)]
pub struct Values(pub Vec<f64>);

/// Reads a list or a range of numbers.
///
/// # Errors
/// A sentence that says what is wrong and what is allowed.
pub fn values(text: &str) -> Result<Values, String> {
    let number = |text: &str| {
        let parsed: Result<f64, _> = text.trim().parse();
        parsed.map_err(|_| {
            format!("'{text}' is not a number; give a list such as 2.0,2.2 or a range such as 1.5:3.5:0.1")
        })
    };
    let Some((start, rest)) = text.split_once(':') else {
        return text.split(',').map(number).collect::<Result<_, _>>().map(Values);
    };
    let (end, step) = rest.split_once(':').ok_or("a range needs a step: give start:end:step, such as 1.5:3.5:0.1")?;
    let texts = [start, step];
    let (start, end, step) = (number(start)?, number(end)?, number(step)?);
    if !(start.is_finite() && end.is_finite() && step > 0.0 && step.is_finite() && end >= start) {
        return Err("a range goes up by a positive step: give start:end:step, such as 1.5:3.5:0.1".to_owned());
    }
    // The end belongs to the range although 0.1 is not exactly a tenth.
    let count = ((end - start) / step + 1e-9).floor() + 1.0;
    if count > MOST as f64 {
        return Err(format!("the range has {count} values; at most {MOST} are allowed"));
    }
    // With as many decimals as were written: 1.5 + 3 × 0.1 is 1.8, not 1.8000000000000003.
    let places = texts.map(decimals).into_iter().max().unwrap_or(0);
    let round = |value: f64| format!("{value:.places$}").parse().unwrap_or(value);
    Ok(Values((0..count as usize).map(|index| round(start + index as f64 * step)).collect()))
}

/// How many decimals a number was written with; those of 2e-7 are seven.
fn decimals(text: &str) -> usize {
    let text = text.trim().to_ascii_lowercase();
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let after = digits.split_once('.').map_or(0, |(_, after)| after.len() as i64);
    (after - power.parse::<i64>().unwrap_or(0)).clamp(0, 320) as usize
}

/// One part of a list that is spread over `count` machines: places `index`, `index + count` …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// 0 to count − 1.
    pub index: usize,
    /// How many parts there are.
    pub count: usize,
}

/// Reads `I/N`.
///
/// # Errors
/// A sentence that says what is wrong and what is allowed.
pub fn shard(text: &str) -> Result<Shard, String> {
    let wrong = || format!("'{text}' is not a shard; give I/N with I from 0 to N − 1, such as 0/8");
    let (index, count) = text.split_once('/').ok_or_else(wrong)?;
    let shard =
        Shard { index: index.trim().parse().map_err(|_| wrong())?, count: count.trim().parse().map_err(|_| wrong())? };
    if shard.index < shard.count { Ok(shard) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_include_both_ends_and_lists_are_taken_as_they_are() {
        assert_eq!(values("1.5:1.8:0.1"), Ok(Values(vec![1.5, 1.6, 1.7, 1.8])));
        assert_eq!(values("2.0,2.2"), Ok(Values(vec![2.0, 2.2])));
        assert_eq!(values("0.3"), Ok(Values(vec![0.3])));
        // As they were typed, however small or fine.
        assert_eq!(values("1e-12:3e-12:1e-12"), Ok(Values(vec![1e-12, 2e-12, 3e-12])));
        assert_eq!(values("2.2691853142:2.2691853144:0.0000000001").map(|values| values.0[1]), Ok(2.269_185_314_3));
    }

    #[test]
    fn a_shard_is_one_of_its_count() {
        assert_eq!(shard("3/8"), Ok(Shard { index: 3, count: 8 }));
        for wrong in ["8/8", "1", "-1/2", "0/0", "a/b", ""] {
            assert!(shard(wrong).expect_err(wrong).contains("give"), "{wrong}");
        }
    }

    #[test]
    fn wrong_values_say_what_is_allowed() {
        for wrong in
            ["hot", "1:2", "2:1:0.1", "1:2:0", "1:2:-1", "1:1e9:1e-9", "1:1e30:1e-9", "0:1e300:1e-300", "1,,2", ""]
        {
            let error = values(wrong).expect_err(wrong);
            assert!(error.contains("give") || error.contains("allowed"), "{wrong}: {error}");
        }
    }
}
