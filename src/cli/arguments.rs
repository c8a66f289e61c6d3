//! Lists, ranges and shards on the command line.

/// Most values that a range may have: more than any study has points, and few enough to be counted exactly.
const MOST: f64 = 1e12;

/// A list `2.0,2.2` or a range `1.5:3.5:0.1`, both ends included, which is listed only where it is needed.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// As they were typed; never none.
    List(Vec<f64>),
    /// A range.
    Range {
        /// The first value.
        start: f64,
        /// From one to the next.
        step: f64,
        /// How many there are, 1 at least.
        count: usize,
        /// Decimals that start and step were written with.
        places: usize,
    },
}

impl Values {
    /// How many there are, 1 at least.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::List(values) => values.len(),
            Self::Range { count, .. } => *count,
        }
    }

    /// The value at this place.
    ///
    /// # Panics
    /// Of a list, if there is no such place.
    #[must_use]
    pub fn get(&self, index: usize) -> f64 {
        match self {
            Self::List(values) => values[index],
            Self::Range { start, step, places, .. } => {
                // With as many decimals as were written: 1.5 + 3 × 0.1 is 1.8, not 1.8000000000000003.
                let value = start + index as f64 * step;
                format!("{value:.places$}").parse().unwrap_or(value)
            }
        }
    }

    /// All of them, if they are no more than that.
    ///
    /// # Errors
    /// A sentence that says how many there are and how many are allowed.
    pub fn at_most(&self, most: usize) -> Result<Vec<f64>, String> {
        if self.len() > most {
            return Err(format!("{} values are too many: at most {most} are allowed", self.len()));
        }
        Ok((0..self.len()).map(|index| self.get(index)).collect())
    }
}

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
        return text.split(',').map(number).collect::<Result<_, _>>().map(Values::List);
    };
    let (end, step) = rest.split_once(':').ok_or("a range needs a step: give start:end:step, such as 1.5:3.5:0.1")?;
    let texts = [start, step];
    let (start, end, step) = (number(start)?, number(end)?, number(step)?);
    if !(start.is_finite() && end.is_finite() && step > 0.0 && step.is_finite() && end >= start) {
        return Err("a range goes up by a positive step: give start:end:step, such as 1.5:3.5:0.1".to_owned());
    }
    // The end belongs to the range although 0.1 is not exactly a tenth.
    let steps = (end - start) / step;
    let count = (steps + 1e-9 + 4.0 * f64::EPSILON * steps).floor() + 1.0;
    if count > MOST {
        return Err(format!("the range has {count} values; at most {MOST} are allowed"));
    }
    let places = texts.map(decimals).into_iter().max().unwrap_or(0);
    Ok(Values::Range { start, step, count: count as usize, places })
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

    fn listed(text: &str) -> Result<Vec<f64>, String> {
        values(text)?.at_most(100)
    }

    #[test]
    fn ranges_include_both_ends_and_lists_are_taken_as_they_are() {
        assert_eq!(listed("1.5:1.8:0.1"), Ok(vec![1.5, 1.6, 1.7, 1.8]));
        assert_eq!(listed("2.0,2.2"), Ok(vec![2.0, 2.2]));
        assert_eq!(listed("0.3"), Ok(vec![0.3]));
        // As they were typed, however small or fine.
        assert_eq!(listed("1e-12:3e-12:1e-12"), Ok(vec![1e-12, 2e-12, 3e-12]));
        assert_eq!(listed("2.2691853142:2.2691853144:0.0000000001").map(|values| values[1]), Ok(2.269_185_314_3));
        // A long one is counted without being listed.
        let long = values("1:3:1e-9").expect("a range");
        assert_eq!((long.len(), long.get(1_500_000_000)), (2_000_000_001, 2.5));
        assert!(long.at_most(100).expect_err("too many").contains("2000000001 values"));
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
