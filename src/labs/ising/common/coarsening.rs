//! How patches grow after a quench: their size from the length of their walls, on a logarithmic axis of time.
//!
//! The energy above that of the settled magnet sits in the walls, 2 J for each step of wall: R = 2/(e − e_∞) spins. Without a
//! conserved quantity R grows as t^{1/2} (Allen and Cahn 1979).

use crate::physics::{ising::exact, statistics::slope};

/// Points in each doubling of time.
const A_DOUBLING: f64 = 4.0;
/// The slope is that of the last so many doublings.
const DOUBLINGS: f64 = 3.0;
/// Patches larger than this share of the lattice feel its end.
const LARGEST: f64 = 0.25;

/// Sizes of patches since the last quench.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Growth {
    points: Vec<[f64; 2]>,
    sweeps: u64,
    sums: [f64; 2],
    count: u64,
}

impl Growth {
    /// A quench: time begins.
    pub fn begin(&mut self) {
        self.points.clear();
        (self.sweeps, self.sums, self.count) = (0, [0.0; 2], 0);
    }

    /// Takes the energy per spin after a sweep at this temperature, without a field.
    pub fn push(&mut self, energy: f64, temperature: f64) {
        self.sweeps += 1;
        let excess = energy - exact::energy(temperature);
        self.sums[0] += self.sweeps as f64;
        self.sums[1] += excess;
        self.count += 1;
        // A point ends where the next power of 2^{1/4} begins.
        let place = |sweeps: u64| (A_DOUBLING * (sweeps as f64).log2()).floor();
        if place(self.sweeps + 1) <= place(self.sweeps) {
            return;
        }
        let [time, excess] = self.sums.map(|sum| sum / self.count as f64);
        if excess > 0.0 {
            self.points.push([time, 2.0 / excess]);
        }
        (self.sums, self.count) = ([0.0; 2], 0);
    }

    /// Time in sweeps and size in spins.
    #[must_use]
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// The exponent of R ∝ t^n over the last doublings in which patches were small against the lattice.
    #[must_use]
    pub fn exponent(&self, side: usize) -> Option<f64> {
        let free = self.points.iter().take_while(|point| point[1] < LARGEST * side as f64).count();
        let last = self.points[..free].last()?[0];
        let late = self.points[..free].iter().filter(|point| point[0] * 2_f64.powf(DOUBLINGS) > last);
        if (late.clone().count() as f64) < DOUBLINGS * A_DOUBLING - 1.0 || last < 60.0 {
            return None;
        }
        slope(late.map(|point| (point[0].ln(), point[1].ln())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::ising::{Coupling, Dynamics, Engine, PackedEngine, Parameters, Start};

    #[test]
    fn a_power_law_has_its_exponent() {
        let mut growth = Growth::default();
        growth.begin();
        for t in 1..=4000_u32 {
            growth.push(exact::energy(1.0) + 2.0 / (0.8 * f64::from(t).powf(0.4)), 1.0);
        }
        let exponent = growth.exponent(1024).expect("long enough");
        assert!((exponent - 0.4).abs() < 0.01, "{exponent}");
        // It does not grow with time but with its logarithm.
        assert!(growth.points().len() < 60);
    }

    #[test]
    fn patches_of_a_quenched_magnet_grow_as_the_root_of_time() {
        // Sixteen quenches of a large magnet to T = 1.4; the exponent is still a little below ½ at early times.
        let mut exponents = Vec::new();
        for seed in 0..16 {
            let parameters = Parameters { temperature: 1.4, field: 0.0, coupling: Coupling::Ferromagnetic };
            let mut engine =
                PackedEngine::new(512, Start::Random, parameters, Dynamics::Metropolis, seed).expect("allowed");
            let mut growth = Growth::default();
            growth.begin();
            for _ in 0..1500 {
                engine.sweep();
                growth.push(engine.energy(), 1.4);
            }
            exponents.push(growth.exponent(512).expect("long enough"));
        }
        let found = crate::physics::statistics::Estimate::of_independent(&exponents);
        assert!(found.error < 0.02, "{found:?}");
        assert!((found.value - 0.5).abs() < 4.0 * found.error + 0.03, "{found:?}");
    }
}
