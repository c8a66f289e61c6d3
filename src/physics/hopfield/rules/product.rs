//! All rules but one come down to one matrix product, Σ_μ a_μi b_μj.
//!
//! The products are exact: integers below 2²⁴ in f32, or multiples of one spacing with at most 52 bits in f64. So the
//! result does not depend on the order of the sums or on fused multiply-add: the same bits on every machine.

use ndarray::{ArrayView2, ArrayViewMut2, Axis, LinalgScalar, Slice, linalg::general_mat_mul};

use super::{super::quadratic::weight_spacing, Patterns, Watch};

/// Rows made at a time.
const BLOCK: usize = 128;

/// The bits of all memories as numbers, one memory a row.
pub fn bits<T: From<i8>>(patterns: &Patterns) -> Vec<T> {
    patterns.bits().iter().map(|&bit| T::from(bit)).collect()
}

/// Σ_μ left_μi right_μj for integers whose sums stay below 2²⁴, row by row; `None` if `watch` ended it.
pub fn of_integers(left: &[f32], right: &[f32], neurons: usize, watch: Watch<'_>) -> Option<Vec<f32>> {
    let mut product = vec![0.0; neurons * neurons];
    by_blocks(left, right, neurons, watch, |rows, block| {
        product[rows * neurons..][..block.len()].copy_from_slice(block);
    })?;
    Some(product)
}

/// The same for multiples of one spacing, at most 40 bits each; sums up to `bound` are rounded to the bits of a weight.
pub fn on_grid(left: &[f64], right: &[f64], neurons: usize, bound: f64, watch: Watch<'_>) -> Option<Vec<f32>> {
    let mut product = vec![0.0; neurons * neurons];
    let round = rounding(bound);
    by_blocks(left, right, neurons, watch, |rows, block: &[f64]| {
        let weights = &mut product[rows * neurons..][..block.len()];
        weights.iter_mut().zip(block).for_each(|(weight, &sum)| *weight = round(sum) as f32);
    })?;
    Some(product)
}

/// Rounds numbers up to `bound` to multiples of a weight's spacing: adding a number so large that only these are left.
pub fn rounding(bound: f64) -> impl Fn(f64) -> f64 + Copy {
    let magic = 1.5 * libm::ldexp(weight_spacing(bound), 52);
    move |value| (value + magic) - magic
}

fn by_blocks<T: LinalgScalar>(
    left: &[T],
    right: &[T],
    neurons: usize,
    watch: Watch<'_>,
    mut take: impl FnMut(usize, &[T]),
) -> Option<()> {
    let memories = left.len() / neurons;
    // The lengths are those of the patterns.
    let shape = (memories, neurons);
    let left = ArrayView2::from_shape(shape, left).expect("one row a memory");
    let right = ArrayView2::from_shape(shape, right).expect("one row a memory");
    let mut block = vec![T::zero(); BLOCK.min(neurons) * neurons];
    for rows in (0..neurons).step_by(BLOCK) {
        let count = BLOCK.min(neurons - rows);
        let block = &mut block[..count * neurons];
        let mut target = ArrayViewMut2::from_shape((count, neurons), &mut *block).expect("as long as the block");
        let columns = left.slice_axis(Axis(1), Slice::from(rows..rows + count));
        general_mat_mul(T::one(), &columns.t(), &right, T::zero(), &mut target);
        take(rows, block);
        if !watch((rows + count) as f64 / neurons as f64) {
            return None;
        }
    }
    Some(())
}
