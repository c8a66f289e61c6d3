//! What a run has measured so far: averages with errors, from a record that never grows.
//!
//! Errors of means come from blocks joined until their plateau, those of functions of means from the jackknife over bins of
//! that length.

use super::Parameters;
use crate::physics::statistics::{
    Bins, Estimate, Plateau, Recorder, integrated_autocorrelation_time, plateau, plateau_of_series, settled_from,
};

/// Blocks kept at most: enough for bins by the hundred that are each many memories long.
const BLOCKS: usize = 2048;
/// Memories, 2τ, of energy and |m| that a run has to be long: with fewer, those runs look long enough that happened to see
/// too short a memory.
pub const MEMORIES: f64 = 50.0;
/// The same for m itself, whose sign may turn by chance so seldom that few turnings say little.
pub const SIGN_MEMORIES: f64 = 60.0;
/// Bins that are left of a run where they are made longer than its own plateau asks for.
const LEAST_BINS: usize = 20;
/// Two means of one run may be so many of their errors apart, and those of two runs from different starts.
const AGREEMENT: f64 = 4.0;
const CONFIRMATION: f64 = 3.0;
/// e, e², m, |m|, m², m⁴.
const QUANTITIES: usize = 6;
const ENERGY: usize = 0;
const ENERGY_SQUARE: usize = 1;
const ORDER: usize = 2;
const ABSOLUTE: usize = 3;
const SQUARE: usize = 4;

/// Averages of m_s = Σ ± s/N, plus on one sublattice and minus on the other: the order of the antiferromagnet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Staggered {
    /// ⟨m_s⟩, zero where nothing prefers one sublattice.
    pub magnetization: Estimate,
    /// ⟨|m_s|⟩, from 0 to 1.
    pub abs_magnetization: Estimate,
    /// N(⟨m_s²⟩ − ⟨|m_s|⟩²)/T; none at T = 0.
    pub susceptibility: Option<Estimate>,
    /// 1 − ⟨m_s⁴⟩/(3⟨m_s²⟩²).
    pub binder: Estimate,
}

/// Averages of one run, per spin, with standard errors.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// ⟨e⟩ in J, with the field's term.
    pub energy: Estimate,
    /// ⟨m⟩.
    pub magnetization: Estimate,
    /// ⟨|m|⟩.
    pub abs_magnetization: Estimate,
    /// N(⟨e²⟩ − ⟨e⟩²)/T²; none at T = 0.
    pub specific_heat: Option<Estimate>,
    /// N(⟨m²⟩ − ⟨|m|⟩²)/T at h = 0, N(⟨m²⟩ − ⟨m⟩²)/T otherwise; none at T = 0.
    pub susceptibility: Option<Estimate>,
    /// 1 − ⟨m⁴⟩/(3⟨m²⟩²).
    pub binder: Estimate,
    /// The same for the staggered magnetization, where neighbours want to differ and can.
    pub staggered: Option<Staggered>,
    /// Integrated autocorrelation time of the energy in sweeps.
    pub energy_autocorrelation_time: f64,
    /// Integrated autocorrelation time of |m| in sweeps.
    pub abs_magnetization_autocorrelation_time: f64,
    /// Whether the run is long enough for its errors: each reached its plateau, over at least [`MEMORIES`] memories
    /// ([`SIGN_MEMORIES`] for m), and can be told from its bins; both halves of the run agree; and without a field the sign
    /// of m turned often enough for ⟨m⟩ to come out as zero.
    pub errors_are_honest: bool,
    /// Whether all of that holds but the last: the magnet stayed on one side, and the averages are those of this side.
    pub is_one_sided: bool,
}

impl Measured {
    /// With what a record of the same sweeps' staggered magnetization says. No outside field prefers a sign of it.
    #[must_use]
    pub fn with_staggered(self, staggered: &Self) -> Self {
        let Self { magnetization, abs_magnetization, susceptibility, binder, .. } = *staggered;
        Self {
            staggered: Some(Staggered { magnetization, abs_magnetization, susceptibility, binder }),
            errors_are_honest: self.errors_are_honest && staggered.errors_are_honest,
            is_one_sided: self.is_one_sided || staggered.is_one_sided,
            ..self
        }
    }

    /// Whether another run of the same magnet found the same. Without a field the sign of m is not compared.
    #[must_use]
    pub fn is_confirmed_by(&self, other: &Self, with_field: bool) -> bool {
        let is_same = |a: Estimate, b: Estimate| agree(a, b, CONFIRMATION);
        let are_same = |a: Option<Estimate>, b: Option<Estimate>| a.zip(b).is_none_or(|(a, b)| is_same(a, b));
        is_same(self.energy, other.energy)
            && is_same(self.abs_magnetization, other.abs_magnetization)
            && are_same(self.specific_heat, other.specific_heat)
            && are_same(self.susceptibility, other.susceptibility)
            && is_same(self.binder, other.binder)
            && (!with_field || is_same(self.magnetization, other.magnetization))
    }

    /// The averages of two independent runs of equal length at the same point.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let join = |a: Estimate, b: Estimate| Estimate {
            value: 0.5 * (a.value + b.value),
            error: 0.5 * a.error.hypot(b.error),
        };
        let join_some = |a: Option<Estimate>, b: Option<Estimate>| a.zip(b).map(|(a, b)| join(a, b));
        Self {
            energy: join(self.energy, other.energy),
            magnetization: join(self.magnetization, other.magnetization),
            abs_magnetization: join(self.abs_magnetization, other.abs_magnetization),
            specific_heat: join_some(self.specific_heat, other.specific_heat),
            susceptibility: join_some(self.susceptibility, other.susceptibility),
            binder: join(self.binder, other.binder),
            staggered: self.staggered.zip(other.staggered).map(|(a, b)| Staggered {
                magnetization: join(a.magnetization, b.magnetization),
                abs_magnetization: join(a.abs_magnetization, b.abs_magnetization),
                susceptibility: join_some(a.susceptibility, b.susceptibility),
                binder: join(a.binder, b.binder),
            }),
            energy_autocorrelation_time: 0.5 * (self.energy_autocorrelation_time + other.energy_autocorrelation_time),
            abs_magnetization_autocorrelation_time: 0.5
                * (self.abs_magnetization_autocorrelation_time + other.abs_magnetization_autocorrelation_time),
            errors_are_honest: self.errors_are_honest && other.errors_are_honest,
            is_one_sided: self.is_one_sided || other.is_one_sided,
        }
    }
}

/// What the functions of the means need to know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// N.
    pub spins: usize,
    /// T in J/k.
    pub temperature: f64,
    /// Whether something prefers one sign of m: a field, or spins that are held.
    pub with_field: bool,
}

impl Conditions {
    /// Of a magnet of so many spins.
    #[must_use]
    pub fn new(spins: usize, parameters: &Parameters) -> Self {
        Self { spins, temperature: parameters.temperature, with_field: parameters.field != 0.0 }
    }
}

/// Energy and order per spin, sweep by sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    recorder: Recorder,
}

impl Default for Record {
    fn default() -> Self {
        Self::new()
    }
}

impl Record {
    /// Returns a record without sweeps.
    #[must_use]
    pub fn new() -> Self {
        Self { recorder: Recorder::new(QUANTITIES, BLOCKS) }
    }

    /// Forgets all sweeps, and keeps the memory for the next ones.
    pub fn clear(&mut self) {
        self.recorder.clear();
    }

    /// Adds a sweep: e in J, and m or whatever else orders, both per spin.
    pub fn push(&mut self, energy: f64, order: f64) {
        let square = order * order;
        self.recorder.push(&[energy, energy * energy, order, order.abs(), square, square * square]);
    }

    /// Returns the number of sweeps recorded since the record was made or cleared.
    #[must_use]
    pub fn sweeps(&self) -> u64 {
        self.recorder.steps()
    }

    /// Sweeps in a block.
    #[must_use]
    pub fn block_length(&self) -> u64 {
        self.recorder.block_length()
    }

    /// The block from which on energy and order have both forgotten the beginning; none while they have not.
    #[must_use]
    pub fn settled_from(&self) -> Option<usize> {
        let cut = |quantity| settled_from(&self.recorder.series(quantity, 0).collect::<Vec<_>>());
        Some(cut(ENERGY)?.max(cut(ABSOLUTE)?))
    }

    /// Averages and errors from a block on.
    #[must_use]
    pub fn measured(&self, from: usize, conditions: &Conditions) -> Measured {
        let series = |quantity: usize| -> Vec<f64> { self.recorder.series(quantity, from).collect() };
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let length = self.recorder.block_length();
        let [energy, order, absolute, square] = [ENERGY, ORDER, ABSOLUTE, SQUARE].map(series);
        let of_steps = |values: &[f64], squares: f64| (squares - mean(values) * mean(values)).max(0.0);
        let energy_variance = of_steps(&energy, mean(&series(ENERGY_SQUARE)));
        let [order_variance, absolute_variance] = [&order, &absolute].map(|values| of_steps(values, mean(&square)));
        let levels = [plateau(&energy, length, energy_variance), plateau(&absolute, length, absolute_variance)];
        // The sign of m may take far longer to turn than anything else.
        let sign = plateau(&order, length, order_variance);
        // Energy, |m| and the sign of m are moved by the same slow patches, of which the energy shows little: all are told
        // from bins as long as the slowest asks for, as long as there are enough of these.
        let slowest = levels[0].blocks_a_bin.max(levels[1].blocks_a_bin);
        let longest = (energy.len() / LEAST_BINS).max(1);
        let bins = self.bins(from, slowest.max(sign.blocks_a_bin.min(longest)));
        let sign_bins = self.bins(from, levels[0].blocks_a_bin.max(sign.blocks_a_bin));
        let times = [(&energy, energy_variance), (&absolute, absolute_variance)]
            .map(|(values, variance)| autocorrelation_time(values, length, variance));
        let steps = (energy.len() as u64 * length) as f64;
        let Conditions { spins, temperature, with_field } = *conditions;
        let is_long = |level: &Plateau, time: f64, memories: f64| {
            level.is_reached && level.is_known && steps >= memories * 2.0 * time
        };
        let sign_time = autocorrelation_time(&order, length, order_variance);
        // Where neighbours only change places m stays as it is, and there is nothing to know.
        let is_conserved = order_variance <= f64::EPSILON && order.windows(2).all(|pair| pair[0] == pair[1]);
        // Where nothing prefers a sign, a mean far from zero says that it did not turn, or turned too seldom.
        let has_turned = with_field || sign.mean.value.abs() <= AGREEMENT * sign.mean.error;
        let sign_is_known =
            is_conserved || (has_turned && is_long(&sign, sign_time, SIGN_MEMORIES) && halves_agree(&order));
        let rest_is_known = is_long(&levels[0], times[0], MEMORIES)
            && halves_agree(&energy)
            && (is_conserved || (is_long(&levels[1], times[1], MEMORIES) && halves_agree(&absolute)));
        // The memory itself is known to √(12/M) from M memories (Madras and Sokal 1988), and where turnings are few that is
        // felt in the error.
        let memory_error = 0.5 * libm::sqrt(24.0 * sign_time / steps.max(1.0));
        let mut magnetization = of_few(sign.mean, sign.bins);
        magnetization.error *= libm::sqrt(1.0 + memory_error);
        if !with_field && !sign_is_known {
            // Either sign was as likely: a run that keeps one is off by as much as it reports.
            magnetization.error = magnetization.error.max(magnetization.value.abs());
        }
        let spins = spins as f64;
        let has_heat = temperature > 0.0;
        let told = |bins: &Bins<QUANTITIES>, function: &dyn Fn([f64; QUANTITIES]) -> f64| {
            of_few(bins.jackknife(function), bins.count())
        };
        let specific_heat =
            has_heat.then(|| told(&bins, &|[e, e2, ..]| spins * (e2 - e * e) / (temperature * temperature)));
        let susceptibility = has_heat.then(|| {
            let bins = if with_field { &sign_bins } else { &bins };
            told(bins, &|[_, _, m, a, m2, _]| {
                let mean = if with_field { m } else { a };
                spins * (m2 - mean * mean) / temperature
            })
        });
        let binder = told(&bins, &|[.., m2, m4]| if m2 > 0.0 { 1.0 - m4 / (3.0 * m2 * m2) } else { 0.0 });
        Measured {
            energy: no_less(&levels[0], &bins, ENERGY),
            magnetization,
            abs_magnetization: no_less(&levels[1], &bins, ABSOLUTE),
            specific_heat,
            susceptibility,
            binder,
            staggered: None,
            energy_autocorrelation_time: times[0],
            abs_magnetization_autocorrelation_time: times[1],
            errors_are_honest: rest_is_known && sign_is_known,
            is_one_sided: rest_is_known && !sign_is_known && !with_field,
        }
    }

    fn bins(&self, from: usize, blocks_a_bin: usize) -> Bins<QUANTITIES> {
        let blocks = from..self.recorder.blocks();
        let count = blocks.len() / blocks_a_bin;
        Bins::new(blocks.map(|block| std::array::from_fn(|quantity| self.recorder.block(block)[quantity])), count)
    }
}

/// A mean with the larger of its error and that from other bins.
fn no_less(level: &Plateau, bins: &Bins<QUANTITIES>, quantity: usize) -> Estimate {
    let mean = of_few(level.mean, level.bins);
    let other = of_few(bins.jackknife(|means| means[quantity]), bins.count());
    Estimate { error: mean.error.max(other.error), ..mean }
}

/// An error from few bins, widened so that values scatter about the truth by one of it: Student's distribution of n − 1
/// degrees of freedom has the variance (n − 1)/(n − 3) (Gosset 1908).
fn of_few(estimate: Estimate, bins: usize) -> Estimate {
    let count = bins.max(4) as f64;
    Estimate { error: estimate.error * libm::sqrt((count - 1.0) / (count - 3.0)), ..estimate }
}

/// Whether the means of the first and the second half agree.
fn halves_agree(blocks: &[f64]) -> bool {
    let (first, second) = blocks.split_at(blocks.len() / 2);
    agree(plateau_of_series(first).mean, plateau_of_series(second).mean, AGREEMENT)
}

/// Whether two estimates of the same agree within so many of their errors.
fn agree(first: Estimate, second: Estimate, within: f64) -> bool {
    (first.value - second.value).abs() <= within * first.error.hypot(second.error)
}

/// τ in steps, from means over blocks: the variance of the mean over all is the same in blocks and in steps, so that
/// τ σ² = τ_B σ_B² B.
fn autocorrelation_time(blocks: &[f64], length: u64, step_variance: f64) -> f64 {
    let count = blocks.len() as f64;
    let mean = blocks.iter().sum::<f64>() / count.max(1.0);
    let variance = blocks.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count.max(1.0);
    let time = integrated_autocorrelation_time(blocks);
    if length == 1 || step_variance <= f64::EPSILON * mean * mean {
        time
    } else {
        length as f64 * time * variance / step_variance
    }
}
