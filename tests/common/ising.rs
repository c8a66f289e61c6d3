//! Magnets for the tests, however they keep their spins.

use spinscape::physics::{
    ising::{
        Coupling, Dynamics, Engine, LocalUpdates, Parameters, Spins, Start,
        engine::{ClustersPerSweep, Magnet},
    },
    statistics::integrated_autocorrelation_time,
};

use super::{chi_square_p, counting};

pub fn parameters(temperature: f64, field: f64, coupling: Coupling) -> Parameters {
    Parameters { temperature, field, coupling }
}

pub fn engine<U: LocalUpdates>(side: usize, parameters: Parameters, dynamics: Dynamics, seed: u64) -> Magnet<U> {
    let mut engine = Magnet::new(side, Start::Random, parameters, dynamics, seed).expect("valid");
    // Averages need a number of clusters that does not hang on the state.
    engine.set_clusters_per_sweep(ClustersPerSweep::Fixed(2));
    engine
}

/// Samples ten autocorrelation times apart, compared with the exact joint distribution.
pub fn samples_follow<U: LocalUpdates>(count: &counting::StateCount, dynamics: Dynamics, temperature: f64) {
    const SAMPLES: usize = 20_000;
    for coupling in [Coupling::Ferromagnetic, Coupling::Antiferromagnetic] {
        for field in [0.0, 0.15] {
            let parameters = parameters(temperature, field, coupling);
            let seed = 11 + u64::from(field > 0.0) + 2 * u64::from(coupling.sign() < 0);
            let mut engine = engine::<U>(count.side, parameters, dynamics, seed);
            let mut series = [Vec::new(), Vec::new(), Vec::new()];
            for _ in 0..20_000 {
                engine.sweep();
                let counts = engine.lattice().counts();
                series[0].push(counts.magnetization());
                series[1].push(counts.energy(&parameters));
                series[2].push(counts.staggered_magnetization());
            }
            let time = series.iter().map(|s| integrated_autocorrelation_time(s)).fold(0.5, f64::max);
            let apart = (10.0 * time).ceil() as usize;
            let spins = (count.side * count.side) as i64;
            let (mut by_spin, mut by_bond) = (vec![0.0; spins as usize + 1], vec![0.0; 2 * spins as usize + 1]);
            let (mut expected_spin, mut expected_bond) = (by_spin.clone(), by_bond.clone());
            let spin_cell = |sum: i64| ((sum + spins) / 2) as usize;
            let bond_cell = |sum: i64| ((sum + 2 * spins) / 2) as usize;
            for _ in 0..SAMPLES {
                for _ in 0..apart {
                    engine.sweep();
                }
                by_spin[spin_cell(engine.lattice().spin_sum())] += 1.0;
                by_bond[bond_cell(engine.lattice().bond_sum())] += 1.0;
            }
            for (spin_sum, bond_sum, p) in count.boltzmann(temperature, field, f64::from(coupling.sign())) {
                expected_spin[spin_cell(spin_sum)] += p * SAMPLES as f64;
                expected_bond[bond_cell(bond_sum)] += p * SAMPLES as f64;
            }
            for (what, observed, expected) in [("m", by_spin, expected_spin), ("E", by_bond, expected_bond)] {
                let p = chi_square_p(&observed, &expected);
                println!("{dynamics:?} L={} J={} h={field}: {what} p = {p:.3}", count.side, coupling.sign());
                assert!(p > 1e-6, "{dynamics:?}, J = {}, h = {field}: {what} has p = {p:e}", coupling.sign());
            }
        }
    }
}
