//! All rules but one come down to one matrix product, Σ_μ a_μi b_μj.
//!
//! The products are exact: integers below 2²⁴ in f32, or multiples of one spacing with at most 52 bits in f64. So the
//! result does not depend on the order of the sums or on fused multiply-add: the same bits on every machine.

use ndarray::{ArrayView2, ArrayViewMut2, Axis, LinalgScalar, Slice, linalg::general_mat_mul};

use super::{super::quadratic::weight_spacing, Patterns, Watch};

/// Rows made at a time.
const BLOCK: usize = 128;
/// Columns mirrored at a time.
const TILE: usize = 16;

/// The bits of all memories as numbers, one memory a row.
pub fn bits<T: From<i8>>(patterns: &Patterns) -> Vec<T> {
    patterns.bits().iter().map(|&bit| T::from(bit)).collect()
}

/// What shape the product has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Equal to its transpose: half of it is worked out, and the other half is the same bits.
    Symmetric,
    /// Any.
    Full,
}

/// Σ_μ left_μi right_μj for integers whose sums stay below 2²⁴, row by row; `None` if `watch` ended it.
pub fn of_integers(left: &[f32], right: &[f32], neurons: usize, shape: Shape, watch: Watch<'_>) -> Option<Vec<f32>> {
    by_blocks(left, right, neurons, shape, watch, |sum: f32| sum)
}

/// Multiplies matrices whose entries are multiples of one spacing, at most 40 bits each; sums up to `bound` are rounded
/// to the bits of a weight.
pub fn on_grid(
    left: &[f64],
    right: &[f64],
    neurons: usize,
    shape: Shape,
    bound: f64,
    watch: Watch<'_>,
) -> Option<Vec<f32>> {
    let round = rounding(bound);
    by_blocks(left, right, neurons, shape, watch, move |sum: f64| round(sum) as f32)
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
    shape: Shape,
    watch: Watch<'_>,
    finish: impl Fn(T) -> f32,
) -> Option<Vec<f32>> {
    let memories = left.len() / neurons;
    // The lengths are those of the patterns.
    let (left, right) = (
        ArrayView2::from_shape((memories, neurons), left).expect("one row a memory"),
        ArrayView2::from_shape((memories, neurons), right).expect("one row a memory"),
    );
    let mut product = vec![0.0; neurons * neurons];
    let mut block = vec![T::zero(); BLOCK.min(neurons) * neurons];
    for start in (0..neurons).step_by(BLOCK) {
        let end = (start + BLOCK).min(neurons);
        let width = if shape == Shape::Symmetric { end } else { neurons };
        let block = &mut block[..(end - start) * width];
        // The slice was cut to this shape in the line above.
        let mut target = ArrayViewMut2::from_shape((end - start, width), &mut *block).expect("as long as the block");
        let rows = left.slice_axis(Axis(1), Slice::from(start..end));
        let columns = right.slice_axis(Axis(1), Slice::from(0..width));
        general_mat_mul(T::one(), &rows.t(), &columns, T::zero(), &mut target);
        for (row, sums) in block.chunks_exact(width).enumerate() {
            let weights = &mut product[(start + row) * neurons..][..width];
            weights.iter_mut().zip(sums).for_each(|(weight, &sum)| *weight = finish(sum));
        }
        if shape == Shape::Symmetric {
            mirror(&mut product, neurons, start, end);
        }
        if !watch(end as f64 / neurons as f64) {
            return None;
        }
    }
    Some(product)
}

/// Copies the rows from `start` to `end`, up to the diagonal, to above it; in tiles, as columns lie far apart.
fn mirror(weights: &mut [f32], neurons: usize, start: usize, end: usize) {
    for tile in (0..end).step_by(TILE) {
        for row in start..end {
            for column in tile..(tile + TILE).min(row) {
                weights[column * neurons + row] = weights[row * neurons + column];
            }
        }
    }
}
