//! How far influence reaches: G(r) = ⟨s_0 s_r⟩ and the structure factor S(k) of one state, by fast Fourier transforms.
//!
//! S(k) = |Σ s e^{−ikx}|²/N, and G is its transform back (Wiener and Khinchin). A state is worked through row by row and in
//! groups of columns, so that the work can be cut anywhere. Single precision: errors are below 10⁻⁵.

use std::sync::Arc;

use realfft::{ComplexToReal, RealFftPlanner, RealToComplex, num_complex::Complex32, num_traits::Zero};
use rustfft::{Fft, FftPlanner};

use super::Spins;

/// Columns transformed together, so that each row of memory is read for several.
const COLUMNS: usize = 16;
/// Modes shown on each side of k = 0.
pub const MODES: usize = 64;
/// Distances up to this one have a point each; beyond, points lie evenly on a logarithmic axis.
const SINGLE: usize = 8;
/// Points in each doubling of the distance.
const POINTS_A_DOUBLING: f64 = 4.0;

/// Correlations of one state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correlation {
    /// |Σ s|/N.
    pub abs_magnetization: f64,
    /// G along the axes, mean over both, for r = 0 … L/2.
    pub axes: Vec<f32>,
    /// G averaged over all directions, one value for each of [`Distances::points`].
    pub radial: Vec<f64>,
    /// S at k = (2π/L, 0) and (0, 2π/L), their mean: with S(0) it gives ξ.
    pub smallest_mode: f64,
    /// S(k) around k = 0, ky from −M to M − 1 by rows and kx by columns, with M = min([`MODES`], L/2).
    pub structure: Vec<f32>,
}

impl Correlation {
    /// S(0) = N m².
    #[must_use]
    pub fn zero_mode(&self, spins: usize) -> f64 {
        spins as f64 * self.abs_magnetization * self.abs_magnetization
    }
}

/// ξ from the second moment: (1/(2 sin(π/L))) √(S(0)/S(k_min) − 1), in spins; none where S(0) ≤ S(k_min). Above T_c.
#[must_use]
pub fn second_moment_length(side: usize, zero_mode: f64, smallest_mode: f64) -> Option<f64> {
    let excess = zero_mode / smallest_mode - 1.0;
    let length = libm::sqrt(excess.max(0.0)) / (2.0 * libm::sin(std::f64::consts::PI / side as f64));
    (excess.is_finite() && excess > 0.0).then_some(length)
}

/// Which pairs of places are averaged together: those at nearly the same distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Distances {
    /// Mean distance of each group in spins, rising from 1 to L/2.
    pub points: Vec<f64>,
    /// Pairs in each group.
    weights: Vec<f64>,
    /// Group of the rounded distance.
    group: Vec<u16>,
}

impl Distances {
    fn new(side: usize) -> Self {
        let most = side / 2;
        let place = |r: usize| {
            if r <= SINGLE {
                r.saturating_sub(1)
            } else {
                SINGLE - 1 + (POINTS_A_DOUBLING * libm::log2(r as f64 / SINGLE as f64)).ceil() as usize
            }
        };
        let group: Vec<u16> = (0..=most).map(|r| place(r) as u16).collect();
        let count = place(most) + 1;
        let mut distances = Self { points: vec![0.0; count], weights: vec![0.0; count], group };
        for dy in 0..=most {
            for dx in 0..=most {
                if let Some((group, r)) = distances.find(dx, dy) {
                    let weight = Self::multiplicity(dx, side) * Self::multiplicity(dy, side);
                    distances.points[group] += weight * r;
                    distances.weights[group] += weight;
                }
            }
        }
        for (point, weight) in distances.points.iter_mut().zip(&distances.weights) {
            *point /= weight.max(1.0);
        }
        distances
    }

    /// Displacements by ±d are both there, but for 0 and L/2.
    fn multiplicity(d: usize, side: usize) -> f64 {
        if d == 0 || 2 * d == side { 1.0 } else { 2.0 }
    }

    /// The group of a displacement, and its length.
    #[inline]
    fn find(&self, dx: usize, dy: usize) -> Option<(usize, f64)> {
        let r = libm::sqrt((dx * dx + dy * dy) as f64);
        let group = *self.group.get(libm::round(r) as usize)?;
        (dx + dy > 0).then_some((usize::from(group), r))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Idle,
    /// Rows of spins to modes.
    Rows(usize),
    /// Columns there, |.|², and back.
    Columns(usize),
    /// Rows back to correlations.
    Back(usize),
}

/// Measures states of one size, one after another; memory is used again. It takes 4 bytes a spin and the plans.
pub struct CorrelationMeter {
    side: usize,
    /// Every second spin is turned over, so that the order of J = −1 is one colour.
    is_staggered: bool,
    stage: Stage,
    /// Row by row, `side` rows of `side / 2 + 1` modes.
    modes: Vec<Complex32>,
    row: Vec<f32>,
    columns: Vec<Complex32>,
    scratch: Vec<Complex32>,
    forth: Arc<dyn RealToComplex<f32>>,
    back: Arc<dyn ComplexToReal<f32>>,
    down: Arc<dyn Fft<f32>>,
    up: Arc<dyn Fft<f32>>,
    distances: Distances,
    found: Correlation,
}

impl CorrelationMeter {
    /// For lattices of this side.
    #[must_use]
    pub fn new(side: usize) -> Self {
        let (mut real, mut complex) = (RealFftPlanner::new(), FftPlanner::new());
        let (forth, back) = (real.plan_fft_forward(side), real.plan_fft_inverse(side));
        let (down, up) = (complex.plan_fft_forward(side), complex.plan_fft_inverse(side));
        let scratch = [
            forth.get_scratch_len(),
            back.get_scratch_len(),
            down.get_inplace_scratch_len(),
            up.get_inplace_scratch_len(),
        ];
        let scratch = scratch.into_iter().max().unwrap_or(0);
        Self {
            side,
            is_staggered: false,
            stage: Stage::Idle,
            modes: vec![Complex32::zero(); side * (side / 2 + 1)],
            row: vec![0.0; side],
            columns: vec![Complex32::zero(); side * COLUMNS],
            scratch: vec![Complex32::zero(); scratch],
            forth,
            back,
            down,
            up,
            distances: Distances::new(side),
            found: Correlation::default(),
        }
    }

    /// Whether the next states are looked at with every second spin turned over, as J = −1 wants it.
    pub fn set_staggered(&mut self, is_staggered: bool) {
        self.is_staggered = is_staggered;
    }

    /// Forgets the state under way.
    pub fn give_up(&mut self) {
        self.stage = Stage::Idle;
    }

    /// Side of the lattices it measures.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// The distances of [`Correlation::radial`].
    #[must_use]
    pub fn distances(&self) -> &[f64] {
        &self.distances.points
    }

    /// The last state measured; empty before.
    #[must_use]
    pub fn found(&self) -> &Correlation {
        &self.found
    }

    /// Works for about `budget` spins on a state, which must stay the same until the answer is `true`: done.
    pub fn advance(&mut self, lattice: &impl Spins, budget: u64) -> (u64, bool) {
        debug_assert_eq!(lattice.side(), self.side);
        let (mut work, side) = (0, self.side);
        while work < budget {
            self.stage = match self.stage {
                Stage::Idle => {
                    self.begin();
                    Stage::Rows(0)
                }
                Stage::Rows(y) if y < side => {
                    self.row_forth(lattice, y);
                    work += side as u64;
                    Stage::Rows(y + 1)
                }
                Stage::Rows(_) => Stage::Columns(0),
                Stage::Columns(x) if x <= side / 2 => {
                    let count = COLUMNS.min(side / 2 + 1 - x);
                    self.columns_forth_and_back(x, count);
                    work += (count * side) as u64;
                    Stage::Columns(x + count)
                }
                Stage::Columns(_) => Stage::Back(0),
                Stage::Back(y) if y <= side / 2 => {
                    self.row_back(y);
                    work += side as u64;
                    Stage::Back(y + 1)
                }
                Stage::Back(_) => {
                    for (sum, weight) in self.found.radial.iter_mut().zip(&self.distances.weights) {
                        *sum /= weight.max(1.0);
                    }
                    self.stage = Stage::Idle;
                    return (work, true);
                }
            };
        }
        (work, false)
    }

    fn begin(&mut self) {
        let side = self.side;
        let shown = self.shown();
        let found = &mut self.found;
        found.axes.clear();
        found.axes.resize(side / 2 + 1, 0.0);
        found.radial.clear();
        found.radial.resize(self.distances.points.len(), 0.0);
        found.structure.clear();
        found.structure.resize(4 * shown * shown, 0.0);
        found.smallest_mode = 0.0;
    }

    /// Modes shown on each side of 0.
    fn shown(&self) -> usize {
        MODES.min(self.side / 2)
    }

    fn row_forth(&mut self, lattice: &impl Spins, y: usize) {
        let (side, width) = (self.side, self.side / 2 + 1);
        for (x, value) in self.row.iter_mut().enumerate() {
            let spin = f32::from(lattice.spin(y * side + x));
            *value = if self.is_staggered && (x + y) % 2 == 1 { -spin } else { spin };
        }
        let out = &mut self.modes[y * width..(y + 1) * width];
        // Lengths agree by construction, and a real row has real first and last modes.
        let _ = self.forth.process_with_scratch(&mut self.row, out, &mut self.scratch);
    }

    fn columns_forth_and_back(&mut self, first: usize, count: usize) {
        let (side, width) = (self.side, self.side / 2 + 1);
        for y in 0..side {
            for column in 0..count {
                self.columns[column * side + y] = self.modes[y * width + first + column];
            }
        }
        let spins = (side * side) as f32;
        for column in 0..count {
            let values = &mut self.columns[column * side..(column + 1) * side];
            self.down.process_with_scratch(values, &mut self.scratch);
            for value in values.iter_mut() {
                *value = Complex32::new(value.norm_sqr() / spins, 0.0);
            }
            self.found.look(values, first + column, side, MODES.min(side / 2));
            self.up.process_with_scratch(values, &mut self.scratch);
        }
        for y in 0..side {
            for column in 0..count {
                self.modes[y * width + first + column] = self.columns[column * side + y];
            }
        }
    }

    fn row_back(&mut self, y: usize) {
        let (side, width) = (self.side, self.side / 2 + 1);
        let modes = &mut self.modes[y * width..(y + 1) * width];
        // G is even, so its modes are real up to rounding.
        modes[0].im = 0.0;
        modes[width - 1].im = 0.0;
        let _ = self.back.process_with_scratch(modes, &mut self.row, &mut self.scratch);
        let scale = 1.0 / (side * side) as f32;
        let found = &mut self.found;
        if y == 0 {
            for (axis, value) in found.axes.iter_mut().zip(&self.row) {
                *axis += 0.5 * value * scale;
            }
        }
        found.axes[y] += 0.5 * self.row[0] * scale;
        // Rows at −y are those at y, mirrored.
        for dx in 0..=side / 2 {
            if let Some((group, _)) = self.distances.find(dx, y) {
                let weight = Distances::multiplicity(dx, side) * Distances::multiplicity(y, side);
                let mirrored = self.row[(side - dx) % side];
                found.radial[group] += weight * f64::from(0.5 * (self.row[dx] + mirrored) * scale);
            }
        }
    }
}

impl Correlation {
    /// Takes from a column of S(k) what is wanted of it.
    fn look(&mut self, column: &[Complex32], kx: usize, side: usize, shown: usize) {
        if kx == 0 {
            self.abs_magnetization = f64::from(column[0].re).max(0.0).sqrt() / side as f64;
            self.smallest_mode += 0.5 * f64::from(column[1].re);
        } else if kx == 1 {
            self.smallest_mode += 0.5 * f64::from(column[0].re);
        }
        if kx > shown {
            return;
        }
        for row in 0..2 * shown {
            // Rows of the picture begin at ky = −M.
            let ky = (row + side - shown) % side;
            let value = column[ky].re;
            if kx < shown {
                self.structure[row * 2 * shown + shown + kx] = value;
            }
            // S(−k) = S(k).
            if kx > 0 {
                let mirrored = (2 * shown - row) % (2 * shown);
                let value = if row == 0 { column[shown % side].re } else { value };
                self.structure[mirrored * 2 * shown + shown - kx] = value;
            }
        }
    }
}
