//! The ±J spin glass at a bit a spin: against the plain magnet on a graph, all states, and the rule class by class.

mod common;

use common::{
    ising::parameters,
    states::{agree, enumerate},
};
use rayon::prelude::*;
use spinscape::physics::{
    ising::{
        Coupling, Dynamics, Spins, Start,
        graph::{Design, Disorder, Edges, Geometry, Graph, GraphMagnet},
        local::rule_of,
        measurement::Run,
        packed::{Path, SpinGlass},
        record::{Conditions, Record},
    },
    statistics::Estimate,
};

fn graph(side: usize, coupling: Coupling) -> Graph {
    let design = Design { side, disorder: Disorder::PlusMinus, seed: 11, ..Design::default() };
    Graph::new(design, f64::from(coupling.sign())).expect("an allowed design")
}

#[test]
fn energies_are_those_of_the_same_spins_on_the_graph() {
    for side in [4, 6, 10, 34, 64, 128, 130, 256, 384, 512, 1024] {
        for coupling in [Coupling::Ferromagnetic, Coupling::Antiferromagnetic] {
            let graph = std::sync::Arc::new(graph(side, coupling));
            let parameters = parameters(1.5, 0.4, coupling);
            let mut glass = SpinGlass::new(&graph, Start::Random, parameters, Dynamics::HeatBath, 3).expect("fits");
            (0..3).for_each(|_| glass.sweep());
            let spins: Vec<i8> = (0..side * side).map(|place| glass.lattice().spin(place)).collect();
            let mut plain = GraphMagnet::new(std::sync::Arc::clone(&graph), Start::Up, 1.5, 0.4, 1);
            plain.set_spins(&spins);
            let energy = plain.energy() / (side * side) as f64;
            assert!((glass.energy() - energy).abs() < 1e-9, "{side}: {} against {energy}", glass.energy());
        }
    }
}

#[test]
fn every_class_of_spins_turns_as_often_as_the_rule_says() {
    // From all up and from all down one colour is asked first, and what its neighbours pull is known of every spin.
    for (side, seeds) in [(6, 3000_u64), (34, 120), (64, 40), (128, 12), (130, 12), (256, 4), (1024, 1)] {
        for (temperature, field) in [(2.0, 0.0), (1.1, 0.7), (3.0, -1.4), (f64::INFINITY, 0.0)] {
            for (start, spin) in [(Start::Up, 1_i8), (Start::Down, -1)] {
                for dynamics in [Dynamics::Metropolis, Dynamics::HeatBath] {
                    let graph = graph(side, Coupling::Ferromagnetic);
                    let parameters = parameters(temperature, field, Coupling::Ferromagnetic);
                    let mut counts = [(0_u64, 0_u64); 5];
                    for seed in 0..seeds {
                        let mut glass = SpinGlass::new(&graph, start, parameters, dynamics, seed).expect("fits");
                        glass.sweep();
                        for place in (0..side * side).filter(|place| (place % side + place / side) % 2 == 0) {
                            let pull: f64 =
                                graph.around(place).map(|(_, coupling)| coupling).sum::<f64>() * f64::from(spin);
                            let (flipped, all) = &mut counts[((pull + 4.0) / 2.0) as usize];
                            *flipped += u64::from(glass.lattice().spin(place) != spin);
                            *all += 1;
                        }
                    }
                    for (class, (flipped, all)) in counts.into_iter().enumerate() {
                        let chance = rule_of(dynamics)(&parameters, spin, 2 * class as i32 - 4);
                        let expected = chance * all as f64;
                        let sigma = (expected * (1.0 - chance)).sqrt();
                        assert!(
                            (flipped as f64 - expected).abs() <= 4.8 * sigma,
                            "{side} {dynamics:?} {start:?} at {temperature}, {field}: class {class} flipped {flipped} of {all}, not {expected}"
                        );
                        assert!(all > 1000 || side < 34, "{side}: class {class} was hardly there");
                    }
                }
            }
        }
    }
}

#[test]
fn without_heat_every_spin_that_was_asked_last_follows_its_local_field() {
    // The second colour is asked after the first, and nothing turns around it any more: all its bonds are checked at once.
    for side in [6, 34, 64, 128, 130, 256, 384, 512, 1024] {
        let graph = graph(side, Coupling::Antiferromagnetic);
        let parameters = parameters(0.0, 0.3, Coupling::Antiferromagnetic);
        let mut glass = SpinGlass::new(&graph, Start::Random, parameters, Dynamics::HeatBath, 5).expect("fits");
        glass.sweep();
        let spin = |place: usize| f64::from(glass.lattice().spin(place));
        for place in (0..side * side).filter(|place| (place % side + place / side) % 2 == 1) {
            let pull: f64 = graph.around(place).map(|(other, coupling)| coupling * spin(other)).sum();
            assert_eq!(spin(place), (pull + 0.3).signum(), "{side}: {place}");
        }
    }
}

#[test]
fn the_smallest_glass_agrees_with_all_of_its_states() {
    for (coupling, temperature, field) in [
        (Coupling::Ferromagnetic, 1.2, 0.0),
        (Coupling::Antiferromagnetic, 1.2, 0.0),
        (Coupling::Ferromagnetic, 1.5, 0.6),
        (Coupling::Antiferromagnetic, 2.0, -0.9),
    ] {
        let graph = graph(4, coupling);
        let truth = enumerate(&graph, temperature, field, |_| true);
        for dynamics in [Dynamics::Metropolis, Dynamics::HeatBath] {
            let runs: Vec<[f64; 2]> = (0..64_u64)
                .into_par_iter()
                .map(|seed| {
                    let parameters = parameters(temperature, field, coupling);
                    let mut glass = SpinGlass::new(&graph, Start::Random, parameters, dynamics, seed).expect("fits");
                    (0..300).for_each(|_| glass.sweep());
                    let mut sums = [0.0; 2];
                    for _ in 0..6000 {
                        glass.sweep();
                        sums[0] += 16.0 * glass.energy() / 6000.0;
                        sums[1] += 16.0 * glass.magnetization().abs() / 6000.0;
                    }
                    sums
                })
                .collect();
            let of = |index: usize| Estimate::of_independent(&runs.iter().map(|run| run[index]).collect::<Vec<_>>());
            agree(&format!("E, {coupling:?} {dynamics:?} {temperature} {field}"), of(0), truth.energy, 0.06);
            agree(
                &format!("|M|, {coupling:?} {dynamics:?} {temperature} {field}"),
                of(1),
                truth.abs_magnetization,
                0.06,
            );
        }
    }
}

#[test]
fn the_bits_are_the_same_on_every_path_and_a_measured_run_is_that_of_the_plain_magnet() {
    for side in [64, 128, 130, 256, 1024] {
        let graph = graph(side, Coupling::Ferromagnetic);
        let parameters = parameters(1.3, 0.0, Coupling::Ferromagnetic);
        let spins = [Path::Widest, Path::Avx2, Path::Plain].map(|path| {
            let mut glass = SpinGlass::new(&graph, Start::Random, parameters, Dynamics::Metropolis, 8).expect("fits");
            glass.set_path(path);
            (0..20).for_each(|_| glass.sweep());
            (0..side * side).map(|place| glass.lattice().spin(place)).collect::<Vec<_>>()
        });
        assert!(spins[0] == spins[1] && spins[1] == spins[2], "{side}");
    }
    // The command's run at a temperature where both settle, against the plain magnet with the same bonds.
    let run = Run {
        lattice: Geometry::Square,
        disorder: Disorder::PlusMinus,
        side: 64,
        parameters: parameters(1.5, 0.0, Coupling::Ferromagnetic),
        dynamics: Dynamics::Metropolis,
        start: Start::Random,
        sweeps: 20_000,
        is_tempered: false,
        warmup: 2000,
        seed: 5,
    };
    let fast = run.measure(|_| true).expect("allowed").expect("not cancelled");
    // Heat bath by clusters goes the way of the graph: the same bonds, another rule and another program.
    let slow = Run { dynamics: Dynamics::SwendsenWang, ..run }.measure(|_| true).expect("allowed").expect("whole");
    let error = fast.energy.error.hypot(slow.energy.error);
    assert!(error < 0.002, "{error}");
    assert!((fast.energy.value - slow.energy.value).abs() < 4.5 * error, "{:?} {:?}", fast.energy, slow.energy);
    // And a plain run of the same rule on a graph of its own, bonds drawn from another seed: equal up to the sample.
    let design = Design { side: 64, disorder: Disorder::PlusMinus, seed: 1, ..Design::default() };
    let graph = std::sync::Arc::new(Graph::new(design, 1.0).expect("allowed"));
    let mut plain = GraphMagnet::new(graph, Start::Random, 1.5, 0.0, 2);
    let mut record = Record::new();
    for sweep in 0..6000 {
        plain.sweep(Dynamics::Metropolis);
        if sweep >= 1000 {
            record.push(plain.energy() / 4096.0, plain.spin_sum() as f64 / 4096.0);
        }
    }
    let plain = record.measured(0, &Conditions { spins: 4096, temperature: 1.5, with_field: false });
    // Energies of samples scatter by about 0.7/L.
    assert!((plain.energy.value - fast.energy.value).abs() < 0.05, "{:?} {:?}", plain.energy, fast.energy);
}

#[test]
fn what_does_not_fit_is_refused_in_a_sentence() {
    let parameters = parameters(1.0, 0.0, Coupling::Ferromagnetic);
    let good = Design { side: 16, disorder: Disorder::PlusMinus, ..Design::default() };
    for (design, dynamics) in [
        (Design { geometry: Geometry::Triangular, ..good }, Dynamics::Metropolis),
        (Design { edges: Edges::Free, ..good }, Dynamics::Metropolis),
        (Design { disorder: Disorder::Gaussian, ..good }, Dynamics::Metropolis),
        (Design { next_coupling: 0.1, ..good }, Dynamics::HeatBath),
        (good, Dynamics::Wolff),
    ] {
        let graph = Graph::new(design, 1.0).expect("allowed");
        let error = SpinGlass::new(&graph, Start::Up, parameters, dynamics, 1).expect_err("it does not fit");
        assert!(error.to_string().contains("±J bonds on a square torus"), "{error}");
    }
}
