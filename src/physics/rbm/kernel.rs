//! The loops that training spends its time in. `pulp` picks the widest instructions of the processor; no product is
//! fused with a sum and each number is summed in a fixed order, so that changes no bit of the result.
//!
//! States are bits and mostly zero: in place of a matrix product, the rows of the matrix are summed over the ones. That
//! does less than a dense product does, by as much as the states are emptier than full.

use aligned_vec::{AVec, ConstAlign};
use pulp::{Arch, Simd, WithSimd};

use super::{bits::Ones, noise::Stream};

/// Bytes of a cache line, and of the widest vector.
const LINE: usize = 64;
/// Numbers in a line.
const LANES: usize = LINE / size_of::<f32>();

/// A matrix whose rows begin at cache lines. What pads a row is zero and stays zero.
#[derive(Clone, Debug)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    stride: usize,
    data: AVec<f32, ConstAlign<LINE>>,
}

impl Matrix {
    /// Returns a matrix of zeros.
    #[must_use]
    pub fn zeros(rows: usize, columns: usize) -> Self {
        let lines = columns.div_ceil(LANES).max(1);
        // An odd number of lines: rows of a power of two would all fall into the same few places of the cache.
        let stride = LANES * if lines > 4 { lines | 1 } else { lines };
        let data = AVec::from_iter(LINE, std::iter::repeat_n(0.0, rows * stride));
        Self { rows, columns, stride, data }
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the number of columns, without padding.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Numbers from the beginning of a row to that of the next.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// A row without its padding.
    #[must_use]
    pub fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.stride..][..self.columns]
    }

    /// Returns a row without its padding, to be changed.
    pub fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.data[row * self.stride..][..self.columns]
    }

    /// Returns all rows with their padding, [`Self::stride`] numbers each.
    #[must_use]
    pub fn data(&self) -> &[f32] {
        &self.data
    }

    /// Returns all rows with their padding, to be changed; padding must stay zero.
    pub fn data_mut(&mut self) -> &mut [f32] {
        &mut self.data
    }

    /// One row that a stage may begin with, padded.
    #[must_use]
    pub fn single(values: &[f32]) -> Self {
        let mut matrix = Self::zeros(1, values.len());
        matrix.row_mut(0).copy_from_slice(values);
        matrix
    }

    /// The columns from one on as rows of `to`, so many as fit there.
    pub fn transpose_into(&self, first: usize, to: &mut [f32], stride: usize) {
        Arch::new().dispatch(Transpose { from: self, first, to, stride });
    }
}

struct Transpose<'a> {
    from: &'a Matrix,
    first: usize,
    to: &'a mut [f32],
    stride: usize,
}

impl WithSimd for Transpose<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { from, first, to, stride } = self;
        let rows = to.len() / stride;
        // Padding is transposed too: it is zero, and so is what it meets.
        let mut block = [[0.0; LANES]; LANES];
        for row in (0..rows).step_by(LANES) {
            for column in (0..from.rows).step_by(LANES) {
                let height = LANES.min(from.rows - column);
                block[height..].fill([0.0; LANES]);
                for (offset, line) in block[..height].iter_mut().enumerate() {
                    let at = (column + offset) * from.stride + first + row;
                    line.copy_from_slice(&from.data[at..at + LANES]);
                }
                for offset in 0..LANES.min(rows - row) {
                    let at = (row + offset) * stride + column;
                    let to: &mut [f32] = &mut to[at..at + LANES];
                    for (to, line) in to.iter_mut().zip(&block) {
                        *to = line[offset];
                    }
                }
            }
        }
    }
}

/// What [`sum_rows`] begins with.
#[derive(Clone, Copy, Debug)]
pub enum Base<'a> {
    /// Nothing.
    Zero,
    /// This row, padded like the matrix.
    Row(&'a [f32]),
    /// What stands there.
    Sum,
}

struct SumRows<'a> {
    matrix: &'a Matrix,
    ones: Ones<'a>,
    base: Base<'a>,
    scale: f32,
    out: &'a mut [f32],
}

impl WithSimd for SumRows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { matrix, ones, base, scale, out } = self;
        let width = matrix.stride / S::F32_LANES;
        let mut column = 0;
        while column < width {
            // As many at once as registers hold; what is left in one go, for its lists are read once then.
            let take = (width - column).min(8);
            match take {
                1 => sum_columns::<S, 1>(simd, matrix, ones, base, scale, out, column),
                2 => sum_columns::<S, 2>(simd, matrix, ones, base, scale, out, column),
                3 => sum_columns::<S, 3>(simd, matrix, ones, base, scale, out, column),
                4 => sum_columns::<S, 4>(simd, matrix, ones, base, scale, out, column),
                5 => sum_columns::<S, 5>(simd, matrix, ones, base, scale, out, column),
                6 => sum_columns::<S, 6>(simd, matrix, ones, base, scale, out, column),
                7 => sum_columns::<S, 7>(simd, matrix, ones, base, scale, out, column),
                _ => sum_columns::<S, 8>(simd, matrix, ones, base, scale, out, column),
            }
            column += take;
        }
    }
}

/// `N` vectors of columns for all rows of the result: their part of the matrix stays in the cache, the sums in registers.
#[inline(always)]
fn sum_columns<S: Simd, const N: usize>(
    simd: S,
    matrix: &Matrix,
    ones: Ones<'_>,
    base: Base<'_>,
    scale: f32,
    out: &mut [f32],
    column: usize,
) {
    let (data, _) = S::as_simd_f32s(&matrix.data);
    let (out, _) = S::as_mut_simd_f32s(out);
    let width = matrix.stride / S::F32_LANES;
    let scale = simd.splat_f32s(scale);
    for (row, out) in out.chunks_exact_mut(width).enumerate() {
        let mut sums = [simd.splat_f32s(0.0); N];
        for &index in ones.of(row) {
            let add = &data[usize::from(index) * width + column..][..N];
            for (sum, &add) in sums.iter_mut().zip(add) {
                *sum = simd.add_f32s(*sum, add);
            }
        }
        let out = &mut out[column..][..N];
        for (offset, (out, sum)) in out.iter_mut().zip(sums).enumerate() {
            let scaled = simd.mul_f32s(scale, sum);
            *out = match base {
                Base::Zero => scaled,
                Base::Row(row) => simd.add_f32s(S::as_simd_f32s(row).0[column + offset], scaled),
                Base::Sum => simd.add_f32s(*out, scaled),
            };
        }
    }
}

/// out_r = base + scale · Σ of the matrix's rows over the ones of row r. `out` is padded like the matrix.
pub fn sum_rows(matrix: &Matrix, ones: Ones<'_>, base: Base<'_>, scale: f32, out: &mut [f32]) {
    Arch::new().dispatch(SumRows { matrix, ones, base, scale, out });
}

/// e^x to a few units of the last place, for |x| ≤ 87; beyond that, e^±87.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // x = n ln 2 + r; adding 1.5 · 2²³ rounds to a whole number n, which then stands in the low bits.
    const ROUND: f32 = 12_582_912.0;
    // ln 2 in two parts, the first short enough that n times it is exact.
    const LN_2: (f32, f32) = (0.693_359_4, -2.121_944_4e-4);
    // The factors of r² to r⁷ in the series of e^r, bent to be best on |r| ≤ ½ ln 2 (Cephes, S. Moshier).
    const SERIES: [f32; 6] = [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5];
    let x = x.clamp(-87.0, 87.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    let r = x - n * LN_2.0 - n * LN_2.1;
    let mut series = SERIES[0];
    for factor in &SERIES[1..] {
        series = series * r + factor;
    }
    let power = series * r * r + r + 1.0;
    f32::from_bits(power.to_bits().wrapping_add(rounded.to_bits() << 23))
}

/// σ(x) = 1 / (1 + e^−x).
#[inline(always)]
#[must_use]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// What [`draw`] writes in place of the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The inputs as they are.
    Input,
    /// The probabilities.
    Probability,
}

struct Draw<'a> {
    inputs: &'a mut [f32],
    scale: f32,
    stream: Stream,
    keep: Keep,
    words: &'a mut [u64],
}

impl WithSimd for Draw<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { inputs, scale, stream, keep, words } = self;
        let whole = inputs.len() / 64;
        let (blocks, rest) = inputs.as_chunks_mut::<64>();
        let mut first = 0;
        for (block, word) in blocks.iter_mut().zip(&mut *words) {
            *word = draw_word(block, scale, stream, first, keep);
            first += 64;
        }
        if !rest.is_empty() {
            let mut block = [0.0; 64];
            block[..rest.len()].copy_from_slice(rest);
            let word = draw_word(&mut block, scale, stream, first, keep);
            words[whole] = word & ((1 << rest.len()) - 1);
            rest.copy_from_slice(&block[..rest.len()]);
        }
    }
}

/// 64 units at once, in loops of a fixed length that the compiler turns into vectors.
#[inline(always)]
fn draw_word(inputs: &mut [f32; 64], scale: f32, stream: Stream, first: u32, keep: Keep) -> u64 {
    let mut probabilities = [0.0; 64];
    for unit in 0..64 {
        probabilities[unit] = sigmoid(scale * inputs[unit]);
    }
    let mut on = [0_u8; 64];
    for unit in 0..64 {
        on[unit] = u8::from(stream.uniform(first + unit as u32) < probabilities[unit]);
    }
    if keep == Keep::Probability {
        *inputs = probabilities;
    }
    pack(&on)
}

/// Each unit on with probability σ(scale · input).
pub fn draw(inputs: &mut [f32], scale: f32, stream: Stream, keep: Keep, words: &mut [u64]) {
    Arch::new().dispatch(Draw { inputs, scale, stream, keep, words });
}

struct Binarise<'a> {
    grey: &'a [u8],
    stream: Stream,
    words: &'a mut [u64],
}

impl WithSimd for Binarise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { grey, stream, words } = self;
        let (blocks, rest) = grey.as_chunks::<64>();
        let mut first = 0;
        for (block, word) in blocks.iter().zip(&mut *words) {
            *word = binarise_word(block, stream, first);
            first += 64;
        }
        if !rest.is_empty() {
            let mut block = [0; 64];
            block[..rest.len()].copy_from_slice(rest);
            words[blocks.len()] = binarise_word(&block, stream, first);
        }
    }
}

#[inline(always)]
fn binarise_word(grey: &[u8; 64], stream: Stream, first: u32) -> u64 {
    let mut on = [0; 64];
    for pixel in 0..64 {
        // 255 times a number in [0, 1): below the grey value with probability grey / 255.
        let level = ((stream.bits(first + pixel as u32) >> 8) * 255) >> 24;
        on[pixel] = u8::from(level < u32::from(grey[pixel]));
    }
    pack(&on)
}

/// Each pixel black with probability grey / 255.
pub fn binarise(grey: &[u8], stream: Stream, words: &mut [u64]) {
    Arch::new().dispatch(Binarise { grey, stream, words });
}

/// 64 bytes of 0 or 1 as bits, the first the lowest.
#[inline(always)]
pub(super) fn pack(on: &[u8; 64]) -> u64 {
    let (eights, _) = on.as_chunks::<8>();
    let mut word = 0;
    for (place, &eight) in eights.iter().enumerate() {
        // The product brings bit 0 of byte k to bit 56 + k.
        let gathered = u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word |= gathered << (8 * place);
    }
    word
}

struct Softplus<'a> {
    inputs: &'a [f32],
    scale: f32,
}

impl WithSimd for Softplus<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> f64 {
        let mut total = 0.0;
        // Σ ln(1 + e^−|x|) is the logarithm of a product: 512 factors of at most 2 stay in range.
        for block in self.inputs.chunks(512) {
            let mut positive = [0.0_f32; LANES];
            let mut product = [1.0_f32; LANES];
            let (whole, rest) = block.as_chunks::<LANES>();
            for inputs in whole {
                for ((&input, positive), product) in inputs.iter().zip(&mut positive).zip(&mut product) {
                    let x = self.scale * input;
                    *positive += x.max(0.0);
                    *product *= 1.0 + exp(-x.abs());
                }
            }
            for ((&input, positive), product) in rest.iter().zip(&mut positive).zip(&mut product) {
                let x = self.scale * input;
                *positive += x.max(0.0);
                *product *= 1.0 + exp(-x.abs());
            }
            let product: f64 = product.iter().map(|&factor| f64::from(factor)).product();
            total += positive.iter().map(|&part| f64::from(part)).sum::<f64>() + libm::log(product);
        }
        total
    }
}

/// Σ ln(1 + e^(scale · input)).
#[must_use]
pub fn softplus_sum(inputs: &[f32], scale: f32) -> f64 {
    Arch::new().dispatch(Softplus { inputs, scale })
}

struct Probabilities<'a> {
    inputs: &'a mut [f32],
    scale: f32,
}

impl WithSimd for Probabilities<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for input in self.inputs {
            *input = sigmoid(self.scale * *input);
        }
    }
}

/// σ(scale · input) in place.
pub fn probabilities(inputs: &mut [f32], scale: f32) {
    Arch::new().dispatch(Probabilities { inputs, scale });
}

/// How a row of weights moves: velocity ← momentum · velocity + rate · (gradient − L2 w − L1 sign w), w ← w + velocity.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// Learning rate.
    pub rate: f32,
    /// Part of the last move that goes on.
    pub momentum: f32,
    /// Pull to zero in proportion to the weight.
    pub l2: f32,
    /// Pull to zero of one strength.
    pub l1: f32,
}

struct MoveRow<'a> {
    by: Move,
    weights: &'a mut [f32],
    velocity: &'a mut [f32],
    gradient: &'a [f32],
}

impl WithSimd for MoveRow<'_> {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> f32 {
        let Move { rate, momentum, l2, l1 } = self.by;
        // Sizes compared as bits: the order is the same, and NaN is larger than any number.
        let mut largest = [0_u32; LANES];
        let weights = self.weights.as_chunks_mut::<LANES>().0;
        let rows = weights.iter_mut().zip(self.velocity.as_chunks_mut::<LANES>().0);
        for ((weights, velocity), gradient) in rows.zip(self.gradient.as_chunks::<LANES>().0) {
            for lane in 0..LANES {
                let weight = weights[lane];
                let sign = if weight > 0.0 { 1.0 } else { 0.0 } - if weight < 0.0 { 1.0 } else { 0.0 };
                let pull = gradient[lane] - l2 * weight - l1 * sign;
                velocity[lane] = momentum * velocity[lane] + rate * pull;
                weights[lane] = weight + velocity[lane];
                largest[lane] = largest[lane].max(weights[lane].abs().to_bits());
            }
        }
        f32::from_bits(largest.into_iter().fold(0, u32::max))
    }
}

/// Moves weights by a gradient, all three slices padded and of one length, and returns the largest size of a weight;
/// NaN if one of them is.
pub fn move_row(by: Move, weights: &mut [f32], velocity: &mut [f32], gradient: &[f32]) -> f32 {
    Arch::new().dispatch(MoveRow { by, weights, velocity, gradient })
}
