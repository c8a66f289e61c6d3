//! Whether errors can be trusted where a run says so: many independent runs against exact values, and runs that are held by a
//! state, which must not say so.

mod common;

use common::{counting, ising::parameters};
use rayon::prelude::*;
use spinscape::physics::{
    ising::{
        Coupling, Dynamics, Parameters, Start, exact,
        graph::{Design, Disorder, Geometry, Graph},
        measurement::Run,
        record::Measured,
    },
    seeds,
    statistics::Estimate,
};

const SEEDS: u64 = 200;

fn plain(side: usize, temperature: f64, dynamics: Dynamics) -> Run {
    Run {
        lattice: Geometry::Square,
        disorder: Disorder::None,
        side,
        parameters: parameters(temperature, 0.0, Coupling::Ferromagnetic),
        dynamics,
        start: Start::Random,
        sweeps: 20_000,
        warmup: 1000,
        is_tempered: false,
        seed: 0,
    }
}

fn measure(run: Run) -> Measured {
    run.measure(|_| true).expect("allowed").expect("not stopped")
}

/// Values per spin, for the columns of the table; none where the truth is not known.
#[derive(Clone, Copy, Debug, Default)]
struct Truth {
    energy: f64,
    magnetization: Option<f64>,
    absolute: Option<f64>,
    heat: f64,
    susceptibility: Option<f64>,
    binder: Option<f64>,
}

fn found(measured: &Measured) -> [Estimate; 6] {
    [
        measured.energy,
        measured.magnetization,
        measured.abs_magnetization,
        measured.specific_heat.expect("T > 0"),
        measured.susceptibility.expect("T > 0"),
        measured.binder,
    ]
}

/// The same of what orders where neighbours want to differ.
fn found_staggered(measured: &Measured) -> [Estimate; 6] {
    let staggered = measured.staggered.expect("neighbours want to differ, and can");
    [
        measured.energy,
        staggered.magnetization,
        staggered.abs_magnetization,
        measured.specific_heat.expect("T > 0"),
        staggered.susceptibility.expect("T > 0"),
        staggered.binder,
    ]
}

const NAMES: [&str; 6] = ["e", "m", "|m|", "C", "χ", "U"];

/// Pulls of the honest rows: their rms is that of a standard normal number, column by column.
fn are_covered(what: &str, rows: &[Measured], truth: &Truth) {
    columns_are_covered(what, rows, truth, found);
}

fn columns_are_covered(what: &str, rows: &[Measured], truth: &Truth, found: fn(&Measured) -> [Estimate; 6]) {
    let honest: Vec<&Measured> = rows.iter().filter(|row| row.errors_are_honest).collect();
    print!("{what}: {} of {} honest;", honest.len(), rows.len());
    if honest.len() < 40 {
        println!(" too few to judge");
        return;
    }
    let exact =
        [Some(truth.energy), truth.magnetization, truth.absolute, Some(truth.heat), truth.susceptibility, truth.binder];
    let mut wrong = Vec::new();
    for (column, exact) in exact.into_iter().enumerate() {
        let Some(exact) = exact else { continue };
        let pull = |row: &&Measured| (found(row)[column].value - exact) / found(row)[column].error;
        let rms = (honest.iter().map(pull).map(|pull| pull * pull).sum::<f64>() / honest.len() as f64).sqrt();
        let all = (rows.iter().map(|row| pull(&row).powi(2)).sum::<f64>() / rows.len() as f64).sqrt();
        print!(" {} {rms:.2} (all {all:.2})", NAMES[column]);
        // An rms of n normal numbers scatters by 1/√(2n): with 200 of them 0.05.
        if !(0.8..1.25).contains(&rms) {
            wrong.push((NAMES[column], rms));
        }
    }
    println!();
    assert!(wrong.is_empty(), "{what}: {wrong:?}");
}

fn rows(run: Run) -> Vec<Measured> {
    (0..SEEDS).into_par_iter().map(|seed| measure(Run { seed, ..run })).collect()
}

fn share_of_honest(rows: &[Measured]) -> f64 {
    rows.iter().filter(|row| row.errors_are_honest).count() as f64 / rows.len() as f64
}

/// From the probability of each number of up spins, with Kaufman's energies.
fn truth(side: usize, temperature: f64) -> Truth {
    let distribution = if side == 4 {
        let mut distribution = vec![0.0; 17];
        for (spin_sum, _, p) in counting::brute_force_4x4().boltzmann(temperature, 0.0, 1.0) {
            distribution[(spin_sum + 16) as usize / 2] += p;
        }
        distribution
    } else {
        counting::magnetization_distribution(side, temperature)
    };
    let spins = (side * side) as f64;
    let moment = |f: &dyn Fn(f64) -> f64| -> f64 {
        distribution.iter().enumerate().map(|(up, p)| p * f(2.0 * up as f64 / spins - 1.0)).sum()
    };
    let (absolute, second, fourth) = (moment(&f64::abs), moment(&|m| m * m), moment(&|m| m.powi(4)));
    let torus = exact::finite_torus(side, temperature);
    Truth {
        energy: torus.energy,
        magnetization: Some(0.0),
        absolute: Some(absolute),
        heat: torus.specific_heat,
        susceptibility: Some(spins * (second - absolute * absolute) / temperature),
        binder: Some(1.0 - fourth / (3.0 * second * second)),
    }
}

#[test]
fn every_column_of_small_magnets_is_covered_by_its_errors() {
    for side in [4, 8] {
        for temperature in [1.0, 1.8, 2.2, exact::critical_temperature(), 2.5] {
            let truth = truth(side, temperature);
            for dynamics in Dynamics::ALL {
                let rows = rows(Run { sweeps: 10_000, ..plain(side, temperature, dynamics) });
                are_covered(&format!("L = {side}, T = {temperature:.2}, {dynamics:?}"), &rows, &truth);
            }
        }
    }
}

#[test]
fn staggered_columns_are_covered_by_their_errors() {
    // Turning every other spin makes a ferromagnet of it: what was m is m_s.
    for side in [4, 8] {
        for temperature in [1.8, 2.5] {
            let truth = truth(side, temperature);
            for dynamics in [Dynamics::HeatBath, Dynamics::Wolff] {
                let run = Run { sweeps: 10_000, ..plain(side, temperature, dynamics) };
                let rows = rows(Run { parameters: parameters(temperature, 0.0, Coupling::Antiferromagnetic), ..run });
                let what = format!("J = −1, L = {side}, T = {temperature:.2}, {dynamics:?}");
                columns_are_covered(&what, &rows, &truth, found_staggered);
            }
        }
    }
}

#[test]
fn runs_of_32x32_say_yes_where_they_should_and_cover_kaufman() {
    let critical = exact::critical_temperature();
    for (dynamics, temperature, is_sure) in [
        (Dynamics::Wolff, 1.8, true),
        (Dynamics::Wolff, 2.2, true),
        (Dynamics::Wolff, critical, true),
        (Dynamics::Wolff, 2.5, true),
        (Dynamics::Metropolis, 2.5, true),
        // The sign turns, but so seldom that no run of this length knows χ.
        (Dynamics::Metropolis, 2.2, false),
    ] {
        // A cluster costs a hundred times what so many single spins cost, and is worth it.
        let sweeps = if dynamics == Dynamics::Wolff { 4000 } else { 20_000 };
        let rows = rows(Run { sweeps, ..plain(32, temperature, dynamics) });
        let torus = exact::finite_torus(32, temperature);
        let truth =
            Truth { energy: torus.energy, magnetization: Some(0.0), heat: torus.specific_heat, ..Truth::default() };
        let what = format!("L = 32, T = {temperature:.2}, {dynamics:?}");
        are_covered(&what, &rows, &truth);
        let share = share_of_honest(&rows);
        assert!(if is_sure { share >= 0.9 } else { share <= 0.1 }, "{what}: {share} are honest");
    }
}

#[test]
fn runs_that_are_held_by_a_state_never_call_their_errors_honest() {
    let glass = Run { disorder: Disorder::PlusMinus, side: 32, ..plain(32, 0.2, Dynamics::Metropolis) };
    let in_a_field = |temperature: f64, field: f64, start: Start| Run {
        parameters: parameters(temperature, field, Coupling::Ferromagnetic),
        start,
        ..plain(32, temperature, Dynamics::Metropolis)
    };
    for (what, run, seeds) in [
        ("a small cold magnet that keeps its sign", plain(8, 1.0, Dynamics::Metropolis), 100),
        ("a cold magnet, up", Run { start: Start::Up, ..plain(32, 1.5, Dynamics::HeatBath) }, 40),
        ("two stripes", Run { start: Start::Stripes, ..plain(32, 0.5, Dynamics::Metropolis) }, 40),
        ("a quench", plain(64, 1.0, Dynamics::Metropolis), 40),
        ("nothing moves", Run { start: Start::Up, ..plain(8, 0.1, Dynamics::Metropolis) }, 20),
        ("a frozen glass", glass, 20),
        ("a frozen glass of numbers", Run { disorder: Disorder::Gaussian, side: 16, sweeps: 5000, ..glass }, 10),
        ("against the field", in_a_field(1.2, -0.02, Start::Up), 20),
        ("in random fields", Run { disorder: Disorder::RandomField(1.5), sweeps: 5000, ..glass }, 10),
    ] {
        let rows: Vec<Measured> = (0..seeds).into_par_iter().map(|seed| measure(Run { seed, ..run })).collect();
        let honest = rows.iter().filter(|row| row.errors_are_honest).count();
        assert_eq!(honest, 0, "{what}: {:?}", rows.iter().find(|row| row.errors_are_honest));
    }
    // The same with 100,000 sweeps, where the energy does not vary at all.
    let frozen = measure(Run { sweeps: 100_000, seed: 7, ..glass });
    assert!(!frozen.errors_are_honest, "{frozen:?}");
}

/// e and C of a glass from all its 2¹⁶ states.
fn enumerate(run: &Run) -> Truth {
    let Parameters { temperature, coupling, .. } = run.parameters;
    let seed = seeds::stream_seed(run.seed, &[run.side as u64]);
    let design = Design { geometry: run.lattice, side: run.side, disorder: run.disorder, seed, ..Design::default() };
    let graph = Graph::new(design, f64::from(coupling.sign())).expect("allowed");
    let bonds: Vec<(usize, usize, f64)> = (0..16)
        .flat_map(|site| graph.around(site).map(move |(other, coupling)| (site, other, coupling)).collect::<Vec<_>>())
        .filter(|(site, other, _)| site < other)
        .collect();
    assert_eq!(bonds.len(), 32);
    let spin = |state: u32, site: usize| if state >> site & 1 == 1 { 1.0 } else { -1.0 };
    let mut sums = [0.0; 6];
    for state in 0_u32..1 << 16 {
        let energy: f64 =
            -bonds.iter().map(|&(a, b, coupling)| coupling * spin(state, a) * spin(state, b)).sum::<f64>();
        let m: f64 = f64::from(state.count_ones()) / 8.0 - 1.0;
        let weight = f64::exp(-(energy + 64.0) / temperature);
        for (sum, value) in sums.iter_mut().zip([1.0, energy, energy * energy, m.abs(), m * m, m.powi(4)]) {
            *sum += weight * value;
        }
    }
    let [_, e, e2, absolute, second, fourth] = sums.map(|sum| sum / sums[0]);
    Truth {
        energy: e / 16.0,
        magnetization: Some(0.0),
        absolute: Some(absolute),
        heat: (e2 - e * e) / 16.0 / (temperature * temperature),
        susceptibility: Some(16.0 * (second - absolute * absolute) / temperature),
        binder: Some(1.0 - fourth / (3.0 * second * second)),
    }
}

#[test]
fn glasses_of_4x4_are_covered_by_their_errors_with_and_without_tempering() {
    for (disorder, temperature, dynamics, is_tempered) in [
        (Disorder::PlusMinus, 1.5, Dynamics::Metropolis, false),
        (Disorder::PlusMinus, 0.8, Dynamics::HeatBath, false),
        (Disorder::Gaussian, 1.0, Dynamics::Metropolis, false),
        (Disorder::PlusMinus, 0.8, Dynamics::Metropolis, true),
        (Disorder::Gaussian, 0.7, Dynamics::HeatBath, true),
    ] {
        // Each seed draws bonds of its own, so each has a truth of its own: columns are compared as pulls.
        let run = |seed| Run { disorder, is_tempered, seed, ..plain(4, temperature, dynamics) };
        let pairs: Vec<(Measured, Truth)> =
            (0..SEEDS).into_par_iter().map(|seed| (measure(run(seed)), enumerate(&run(seed)))).collect();
        let shifted: Vec<Measured> = pairs.iter().map(|(measured, truth)| less(measured, truth)).collect();
        let zero = Truth {
            magnetization: Some(0.0),
            absolute: Some(0.0),
            susceptibility: Some(0.0),
            binder: Some(0.0),
            ..Truth::default()
        };
        let what = format!("{disorder}, T = {temperature}, {dynamics:?}, tempered: {is_tempered}");
        are_covered(&what, &shifted, &zero);
        let share = share_of_honest(&shifted);
        println!("{what}: {share} honest");
        assert!(!is_tempered || share > 0.8, "{what}: {share}");
    }
}

/// What was measured less what is true.
fn less(measured: &Measured, truth: &Truth) -> Measured {
    let minus = |estimate: Estimate, truth: Option<f64>| Estimate {
        value: estimate.value - truth.expect("enumerated"),
        ..estimate
    };
    Measured {
        energy: minus(measured.energy, Some(truth.energy)),
        abs_magnetization: minus(measured.abs_magnetization, truth.absolute),
        specific_heat: measured.specific_heat.map(|heat| minus(heat, Some(truth.heat))),
        susceptibility: measured.susceptibility.map(|value| minus(value, truth.susceptibility)),
        binder: minus(measured.binder, truth.binder),
        ..*measured
    }
}

#[test]
fn a_tempered_glass_finds_the_energy_that_a_plain_run_misses() {
    let glass = |temperature: f64, is_tempered: bool| {
        let run = Run {
            disorder: Disorder::PlusMinus,
            sweeps: 4000,
            is_tempered,
            ..plain(16, temperature, Dynamics::Metropolis)
        };
        measure(run)
    };
    let [cold, cool] = [0.3, 0.5].map(|temperature| glass(temperature, true).energy);
    let error = cold.error.hypot(cool.error);
    assert!(cold.value <= cool.value + 4.0 * error, "energy rises with T: {cold:?} at 0.3, {cool:?} at 0.5");
    let frozen = glass(0.3, false).energy;
    assert!(cold.value <= frozen.value + 4.0 * cold.error, "{cold:?} against {frozen:?} of a plain run");
}
