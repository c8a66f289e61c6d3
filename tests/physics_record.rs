//! Errors of a running record: against series of known memory, and against exact values over many independent runs.

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::{
    ising::{
        Coupling, Dynamics, Engine, PackedEngine, Parameters, Spins, Start, exact,
        record::{Conditions, Measured, Record},
    },
    statistics::{Estimate, Recorder, plateau, settled_from},
};

/// Mean square of (value − truth)/σ over independent runs: 1 if the errors are right.
fn mean_square(pulls: &[f64]) -> f64 {
    pulls.iter().map(|pull| pull * pull).sum::<f64>() / pulls.len() as f64
}

fn pull(estimate: Estimate, truth: f64) -> f64 {
    (estimate.value - truth) / estimate.error
}

/// x' = a x + √(1 − a²) noise, with unit variance and τ = ½ + a/(1 − a).
fn autoregressive(a: f64, steps: usize, seed: u64) -> impl Iterator<Item = f64> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    // A sum of twelve uniform numbers: mean 0, variance 1.
    let mut noise = move || (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
    let mut x = noise();
    (0..steps).map(move |_| {
        x = a * x + (1.0 - a * a).sqrt() * noise();
        x
    })
}

#[test]
fn the_plateau_gives_the_scatter_of_the_mean_of_correlated_series() {
    for (a, steps) in [(0.0, 4000), (0.8, 20_000), (0.98, 200_000)] {
        let mut pulls = Vec::new();
        let mut ratios = Vec::new();
        for seed in 0..200 {
            let mut recorder = Recorder::new(2, 2048);
            autoregressive(a, steps, seed).for_each(|x| recorder.push(&[x, x * x]));
            let series: Vec<f64> = recorder.series(0, 0).collect();
            let square = recorder.series(1, 0).sum::<f64>() / recorder.blocks() as f64;
            let found = plateau(&series, recorder.block_length(), square);
            assert!(found.is_reached, "a = {a}, seed {seed}");
            pulls.push(pull(found.mean, 0.0));
            ratios.push(found.mean.error);
        }
        // 200 squares of unit normals: 1 ± 0.1; the plateau itself may be some per cent low.
        let square = mean_square(&pulls);
        assert!((0.65..1.45).contains(&square), "a = {a}: {square}");
        let exact = (2.0 * (0.5 + a / (1.0 - a)) / steps as f64).sqrt();
        let mean = ratios.iter().sum::<f64>() / ratios.len() as f64 / exact;
        assert!((0.88..1.08).contains(&mean), "a = {a}: {mean} of the exact error");
    }
}

#[test]
fn a_beginning_far_away_is_cut_before_it_biases_the_mean() {
    let mut pulls = Vec::new();
    for seed in 0..200 {
        let mut recorder = Recorder::new(2, 2048);
        for (t, x) in autoregressive(0.9, 20_000, seed).enumerate() {
            // A start 30 σ away that is forgotten over 100 steps.
            let x = x + 30.0 * (-(t as f64) / 100.0).exp();
            recorder.push(&[x, x * x]);
        }
        let all: Vec<f64> = recorder.series(0, 0).collect();
        let from = settled_from(&all).expect("it settles in the first twentieth");
        let length = recorder.block_length();
        let cut = from as u64 * length;
        assert!((200..4000).contains(&cut), "seed {seed}: {cut}");
        pulls.push(pull(plateau(&all[from..], length, 1.0).mean, 0.0));
    }
    let square = mean_square(&pulls);
    assert!((0.65..1.5).contains(&square), "{square}");
}

/// Many short independent runs from a cold start, each measured as the lab does.
fn runs(side: usize, temperature: f64, sweeps: u64, count: u64) -> Vec<Measured> {
    let parameters = Parameters { temperature, field: 0.0, coupling: Coupling::Ferromagnetic };
    let one = |seed| {
        let mut engine = PackedEngine::new(side, Start::Up, parameters, Dynamics::HeatBath, 1000 + seed)
            .expect("an even side and allowed parameters");
        let mut record = Record::new();
        for _ in 0..sweeps {
            engine.sweep();
            record.push(engine.energy(), engine.lattice().counts().magnetization());
        }
        let from = record.settled_from().expect("a small hot magnet settles soon");
        record.measured(from, &Conditions::new(side * side, &parameters))
    };
    (0..count).map(one).collect()
}

#[test]
fn errors_of_a_magnet_cover_kaufmans_values_as_often_as_they_should() {
    let (side, temperature) = (8, 2.6);
    let truth = exact::finite_torus(side, temperature);
    let all = runs(side, temperature, 40_000, 150);
    assert!(all.iter().filter(|measured| measured.errors_are_honest).count() > 140);
    let energies: Vec<f64> = all.iter().map(|measured| pull(measured.energy, truth.energy)).collect();
    let heats: Vec<f64> =
        all.iter().map(|measured| pull(measured.specific_heat.expect("T > 0"), truth.specific_heat)).collect();
    for (name, pulls) in [("e", energies), ("C", heats)] {
        let square = mean_square(&pulls);
        // 150 squares: 1 ± 0.115.
        assert!((0.65..1.5).contains(&square), "{name}: {square}");
        let mean = pulls.iter().sum::<f64>() / pulls.len() as f64;
        assert!(mean.abs() < 4.0 / (pulls.len() as f64).sqrt(), "{name}: biased by {mean} σ");
    }
}

#[test]
fn the_order_of_a_small_torus_agrees_with_enumeration() {
    // All 2^16 states of the 4 × 4 torus at T = 2.5.
    let all = runs(4, 2.5, 12_000, 100);
    let orders: Vec<f64> = all.iter().map(|measured| pull(measured.abs_magnetization, 0.764_712_39)).collect();
    let binders: Vec<f64> = all.iter().map(|measured| pull(measured.binder, 0.581_527_66)).collect();
    let susceptibility = 16.0 * (0.654_825_76 - 0.764_712_39_f64.powi(2)) / 2.5;
    let responses: Vec<f64> =
        all.iter().map(|measured| pull(measured.susceptibility.expect("T > 0"), susceptibility)).collect();
    for (name, pulls) in [("|m|", orders), ("U", binders), ("χ", responses)] {
        let square = mean_square(&pulls);
        // 100 squares: 1 ± 0.14.
        assert!((0.58..1.6).contains(&square), "{name}: {square}");
    }
}

#[test]
fn a_run_that_has_not_settled_or_is_too_short_says_so() {
    // A quench from hot to cold: domains grow for thousands of sweeps.
    let parameters = Parameters { temperature: 1.5, field: 0.0, coupling: Coupling::Ferromagnetic };
    let mut engine = PackedEngine::new(512, Start::Random, parameters, Dynamics::Metropolis, 5).expect("allowed");
    let mut record = Record::new();
    for _ in 0..150 {
        engine.sweep();
        record.push(engine.energy(), engine.lattice().counts().magnetization());
    }
    let conditions = Conditions::new(512 * 512, &parameters);
    assert!(record.settled_from().is_none_or(|from| !record.measured(from, &conditions).errors_are_honest));
}

#[test]
fn an_order_that_is_conserved_needs_no_error() {
    // Neighbours that change places keep m; the energy alone has to be known.
    let conditions = Conditions { spins: 64, temperature: 2.0, with_field: false };
    let mut record = Record::new();
    autoregressive(0.5, 20_000, 5).for_each(|x| record.push(-1.0 + 0.1 * x, 0.25));
    let measured = record.measured(0, &conditions);
    assert!(measured.errors_are_honest, "{measured:?}");
    let order = measured.abs_magnetization;
    assert!((order.value - 0.25).abs() < 1e-12 && order.error < 1e-12, "{order:?}");
    // Nothing at all that moves is another matter.
    let mut frozen = Record::new();
    (0..20_000).for_each(|_| frozen.push(-1.35, 0.25));
    assert!(!frozen.measured(0, &conditions).errors_are_honest);
}
