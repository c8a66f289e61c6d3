//! The one loop that recall spends its time in: fields += factor × a column of weights, for one or four columns.
//!
//! `pulp` picks the widest instructions of the processor. That changes no bit of the result: weights are multiples of
//! one spacing (see [`super::quadratic`]), so these sums are exact in f64 in any order.

use pulp::{Arch, Simd, WithSimd};

struct AddOne<'a> {
    fields: &'a mut [f64],
    column: &'a [f32],
    factor: f64,
}

impl WithSimd for AddOne<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (field, &weight) in self.fields.iter_mut().zip(self.column) {
            *field += self.factor * f64::from(weight);
        }
    }
}

struct AddFour<'a> {
    fields: &'a mut [f64],
    columns: [&'a [f32]; 4],
    factors: [f64; 4],
}

impl WithSimd for AddFour<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let [a, b, c, d] = self.columns;
        let [fa, fb, fc, fd] = self.factors;
        let columns = a.iter().zip(b).zip(c.iter().zip(d));
        for (field, ((&a, &b), (&c, &d))) in self.fields.iter_mut().zip(columns) {
            *field += (fa * f64::from(a) + fb * f64::from(b)) + (fc * f64::from(c) + fd * f64::from(d));
        }
    }
}

/// fields_i += factor · column_i.
pub fn add(fields: &mut [f64], column: &[f32], factor: f64) {
    Arch::new().dispatch(AddOne { fields, column, factor });
}

/// fields_i = Σ_j state_j · columns_ji, the columns lying one after another.
pub fn all_fields(fields: &mut [f64], columns: &[f32], state: &[i8]) {
    let arch = Arch::new();
    fields.fill(0.0);
    let count = fields.len();
    let (fours, rest) = state.as_chunks::<4>();
    for (block, bits) in columns.chunks_exact(4 * count).zip(fours) {
        let (ab, cd) = block.split_at(2 * count);
        let ((a, b), (c, d)) = (ab.split_at(count), cd.split_at(count));
        arch.dispatch(AddFour { fields, columns: [a, b, c, d], factors: bits.map(f64::from) });
    }
    for (column, &bit) in columns.chunks_exact(count).skip(4 * fours.len()).zip(rest) {
        arch.dispatch(AddOne { fields, column, factor: f64::from(bit) });
    }
}
