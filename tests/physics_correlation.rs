//! Correlations and structure factors by transforms, against their definitions summed spin by spin.

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::ising::{
    Coupling, Dynamics, Engine, Lattice, PackedEngine, Parameters, Spins, Start,
    correlation::{CorrelationMeter, MODES, second_moment_length},
};

fn measured(lattice: &impl Spins, slice: u64) -> CorrelationMeter {
    let mut meter = CorrelationMeter::new(lattice.side());
    while !meter.advance(lattice, slice).1 {}
    meter
}

/// (1/N) Σ s(x, y) s(x + dx, y + dy).
fn direct(lattice: &impl Spins, dx: usize, dy: usize) -> f64 {
    let side = lattice.side();
    let pair = |place: usize| {
        let (x, y) = (place % side, place / side);
        lattice.spin(place) * lattice.spin((x + dx) % side + (y + dy) % side * side)
    };
    (0..lattice.len()).map(|place| f64::from(pair(place))).sum::<f64>() / lattice.len() as f64
}

#[test]
fn correlations_are_sums_over_pairs() {
    for side in [12, 30, 64] {
        let lattice =
            Lattice::new(side, Start::Random, &mut Xoshiro256PlusPlus::seed_from_u64(side as u64)).expect("even");
        // Cut anywhere, it comes to the same.
        let meter = measured(&lattice, 100);
        let found = meter.found();
        assert_eq!(found, measured(&lattice, u64::MAX).found());
        assert!((found.abs_magnetization - lattice.magnetization().abs()).abs() < 1e-6);
        for r in 0..=side / 2 {
            let truth = 0.5 * (direct(&lattice, r, 0) + direct(&lattice, 0, r));
            assert!((f64::from(found.axes[r]) - truth).abs() < 1e-5, "L = {side}, r = {r}");
        }
        // By groups of rounded distance: single up to 8, then four in a doubling.
        let mut groups = vec![(0.0, 0.0, 0.0); found.radial.len()];
        for dy in 0..side {
            for dx in 0..side {
                let (x, y) = (dx.min(side - dx) as f64, dy.min(side - dy) as f64);
                let r = x.hypot(y);
                let rounded = r.round() as usize;
                if rounded == 0 || rounded > side / 2 {
                    continue;
                }
                let group =
                    if rounded <= 8 { rounded - 1 } else { 7 + (4.0 * (rounded as f64 / 8.0).log2()).ceil() as usize };
                let (weight, distance, sum) = groups[group];
                groups[group] = (weight + 1.0, distance + r, sum + direct(&lattice, dx, dy));
            }
        }
        for (index, (weight, distance, sum)) in groups.into_iter().enumerate().filter(|(_, group)| group.0 > 0.0) {
            assert!((meter.distances()[index] - distance / weight).abs() < 1e-9, "L = {side}: {index}");
            assert!((found.radial[index] - sum / weight).abs() < 1e-5, "L = {side}: {index}");
        }
    }
}

#[test]
fn the_structure_factor_is_the_square_of_the_fourier_sum() {
    // On the larger lattice only the middle of the zone is shown.
    for side in [10, 144] {
        let lattice = Lattice::new(side, Start::Random, &mut Xoshiro256PlusPlus::seed_from_u64(8)).expect("even");
        let meter = measured(&lattice, u64::MAX);
        let shown = MODES.min(side / 2);
        let square = |kx: i64, ky: i64| {
            let (mut re, mut im) = (0.0, 0.0);
            for place in 0..lattice.len() {
                let (x, y) = ((place % side) as i64, (place / side) as i64);
                let turns = ((kx * x + ky * y).rem_euclid(side as i64)) as f64 / side as f64;
                let (sin, cos) = (std::f64::consts::TAU * turns).sin_cos();
                re += f64::from(lattice.spin(place)) * cos;
                im += f64::from(lattice.spin(place)) * sin;
            }
            (re * re + im * im) / lattice.len() as f64
        };
        let m = shown as i64;
        for (kx, ky) in [(0, 0), (1, 0), (0, -1), (-m, -m), (-m, 3), (m - 1, -m), (2, m - 1), (-3, -2), (-1, -m)] {
            let found = meter.found().structure[((ky + m) * 2 * m + kx + m) as usize];
            let truth = square(kx, ky);
            assert!((f64::from(found) - truth).abs() < 1e-4 * (1.0 + truth), "L = {side}, k = {kx}, {ky}");
        }
        let smallest = 0.5 * (square(1, 0) + square(0, 1));
        assert!((meter.found().smallest_mode - smallest).abs() < 1e-4 * (1.0 + smallest));
    }
}

#[test]
fn above_the_critical_point_the_length_agrees_with_the_exact_decay() {
    // The exact correlation length along an axis is 1/(ln coth K − 2K) (Onsager 1944); the second moment's is smaller by
    // less than one part in a hundred at this temperature (the Ornstein–Zernike form is nearly exact).
    let temperature = 2.8;
    let coupling = 1.0 / temperature;
    let exact = 1.0 / (-f64::ln(f64::tanh(coupling)) - 2.0 * coupling);
    let side = 32;
    let parameters = Parameters { temperature, field: 0.0, coupling: Coupling::Ferromagnetic };
    let mut engine = PackedEngine::new(side, Start::Random, parameters, Dynamics::SwendsenWang, 21).expect("allowed");
    let mut meter = CorrelationMeter::new(side);
    (0..100).for_each(|_| engine.sweep());
    let (mut zero, mut smallest) = (Vec::new(), Vec::new());
    // Five sweeps of clusters forget all at this temperature: the states are independent.
    const STATES: usize = 40_000;
    for _ in 0..STATES {
        (0..5).for_each(|_| engine.sweep());
        while !meter.advance(engine.lattice(), u64::MAX).1 {}
        zero.push(meter.found().zero_mode(engine.lattice().len()));
        smallest.push(meter.found().smallest_mode);
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let length = second_moment_length(side, mean(&zero), mean(&smallest)).expect("above T_c");
    // S(0) scatters by √2 of itself, the mean of two independent modes by 1/√2 of itself; ξ goes with the root of the excess of
    // their ratio over 1.
    let ratio = mean(&zero) / mean(&smallest);
    let error = 0.5 * ratio / (ratio - 1.0) * (2.5 / STATES as f64).sqrt();
    assert!(error < 0.03, "{error}");
    assert!((length / exact - 1.0).abs() < 4.0 * error + 0.01, "{length} against {exact}, error {error}");
}
