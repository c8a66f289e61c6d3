//! The fast magnet against exact truths: every class of spins turns as often as the rule says, small tori follow their
//! distribution, large ones Onsager and Yang; and the bits are the same whatever works them out.

mod common;

use common::{
    counting,
    ising::{engine, parameters, samples_follow},
};
use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::{
    ising::{
        Coupling, Dynamics, Engine, Lattice, LocalUpdates, PackedEngine, Spins, Start,
        engine::ClustersPerSweep,
        exact,
        local::rule_of,
        packed::{PackedLattice, PackedUpdates, Path},
    },
    statistics::{Bins, Estimate},
};

fn random_lattice(side: usize, seed: u64) -> Lattice {
    Lattice::new(side, Start::Random, &mut Xoshiro256PlusPlus::seed_from_u64(seed)).expect("an even side")
}

/// Spins that turned and spins asked, by spin up or not and number of neighbours up, over some half sweeps of one colour
/// from the same lattice.
fn flipped(start: &Lattice, updates: &mut PackedUpdates, rounds: usize) -> [[(u64, u64); 5]; 2] {
    let side = start.side();
    let half = (side * side / 2) as u64;
    let packed = PackedLattice::from(start.clone());
    let mut counts = [[(0, 0); 5]; 2];
    let class = |place: usize| (usize::from(start.spin(place) > 0), ((start.neighbour_sum(place) + 4) / 2) as usize);
    let mut unused = Xoshiro256PlusPlus::seed_from_u64(0);
    for _ in 0..rounds {
        // One colour, from the same state again and again: what the neighbours are is known exactly.
        let mut lattice = packed.clone();
        let (attempt, _) = updates.advance(&mut lattice, &mut unused, half);
        assert_eq!(attempt, half);
        for place in (0..side * side).filter(|place| (place % side + place / side).is_multiple_of(2)) {
            let (up, neighbours) = class(place);
            let (flipped, all) = &mut counts[up][neighbours];
            *flipped += u64::from(lattice.spin(place) != start.spin(place));
            *all += 1;
        }
        let (_, ended) = updates.advance(&mut lattice, &mut unused, half);
        assert!(ended);
    }
    counts
}

#[test]
fn every_class_of_spins_turns_as_often_as_the_rule_says_on_every_kind_of_row() {
    for (side, rounds) in
        [(4, 20_000), (6, 9000), (10, 4000), (34, 400), (128, 40), (130, 40), (256, 10), (384, 5), (512, 3), (1024, 1)]
    {
        let start = random_lattice(side, 3);
        for dynamics in [Dynamics::Metropolis, Dynamics::HeatBath] {
            for coupling in [Coupling::Ferromagnetic, Coupling::Antiferromagnetic] {
                for (temperature, field) in [(2.269, 0.0), (1.3, 0.7), (3.0, -1.9), (f64::INFINITY, 0.0), (0.0, 0.4)] {
                    let parameters = parameters(temperature, field, coupling);
                    let mut updates = PackedUpdates::new(side, &parameters, dynamics, 5);
                    let counts = flipped(&start, &mut updates, rounds);
                    for (counts, spin) in counts.iter().zip([-1, 1]) {
                        for (neighbours, &(flipped, all)) in counts.iter().enumerate() {
                            let p = rule_of(dynamics)(&parameters, spin, 2 * neighbours as i32 - 4);
                            let expected = p * all as f64;
                            let sigma = (expected * (1.0 - p)).sqrt();
                            let off = (flipped as f64 - expected).abs();
                            assert!(
                                off <= 5.0 * sigma + 1e-9,
                                "L={side} {dynamics:?} J={} T={temperature} h={field} spin {spin}, {neighbours} up: \
                                 {flipped} of {all}, {expected:.1} ± {sigma:.1} expected",
                                coupling.sign()
                            );
                        }
                    }
                }
            }
        }
    }
}

/// How often spins with one neighbour against them turn, with its standard error, where that should have a probability.
fn turned(probability: f64, rounds: usize) -> (f64, f64) {
    let temperature = -4.0 / probability.ln();
    let parameters = parameters(temperature, 0.0, Coupling::Ferromagnetic);
    let side = 1024;
    let start = random_lattice(side, 1);
    let mut updates = PackedUpdates::new(side, &parameters, Dynamics::Metropolis, 9);
    let packed = PackedLattice::from(start.clone());
    let mut unused = Xoshiro256PlusPlus::seed_from_u64(0);
    let one_disagrees = |place: &usize| {
        let agreement = i32::from(start.spin(*place)) * start.neighbour_sum(*place);
        (place % side + place / side).is_multiple_of(2) && agreement == 2
    };
    let places: Vec<usize> = (0..side * side).filter(one_disagrees).collect();
    let (mut turned, mut all) = (0_u64, 0_u64);
    for _ in 0..rounds {
        let mut lattice = packed.clone();
        updates.advance(&mut lattice, &mut unused, (side * side / 2) as u64);
        turned += places.iter().map(|&place| u64::from(lattice.spin(place) != start.spin(place))).sum::<u64>();
        all += places.len() as u64;
        updates.advance(&mut lattice, &mut unused, u64::MAX);
    }
    (turned as f64 / all as f64, (probability * (1.0 - probability) / all as f64).sqrt())
}

#[test]
fn rare_events_make_good_what_the_digits_leave_out() {
    // Just below a whole number of 4096ths: cut off it would be 1/4096 too small, at least five standard errors here. The
    // last ones are those of a magnet so hot, or in a field so weak, that nearly every spin turns.
    for (numerator, rounds) in [(700.999_f64, 500), (2049.999, 900), (4000.999, 100), (4095.5, 20), (4095.99, 20)] {
        let probability = numerator / 4096.0;
        let (found, sigma) = turned(probability, rounds);
        assert!(sigma < numerator.fract() / 4096.0 / 5.0, "{sigma} for {probability}");
        assert!((found - probability).abs() < 4.0 * sigma, "{found} ± {sigma}, {probability} expected");
    }
}

#[test]
fn small_tori_follow_the_boltzmann_distribution() {
    let (four, six) = (counting::brute_force_4x4(), counting::transfer_matrix(6));
    for dynamics in Dynamics::ALL {
        samples_follow::<PackedUpdates>(&four, dynamics, 2.8);
        samples_follow::<PackedUpdates>(&six, dynamics, 2.9);
    }
}

#[test]
fn large_tori_have_the_energy_of_onsager_and_the_magnetization_of_yang() {
    for (temperature, start, sweeps, energy, magnetization) in
        [(2.0, Start::Up, 24_000, -1.745_565, Some(0.911_319)), (2.5, Start::Random, 40_000, -1.106_079, None)]
    {
        let parameters = parameters(temperature, 0.0, Coupling::Ferromagnetic);
        let mut engine = PackedEngine::new(1024, start, parameters, Dynamics::Metropolis, 17).expect("valid");
        for _ in 0..2000 {
            engine.sweep();
        }
        let mut series = Vec::new();
        for _ in 0..sweeps / 4 {
            (0..4).for_each(|_| engine.sweep());
            let counts = engine.lattice().counts();
            series.push([counts.energy(&parameters), counts.magnetization().abs()]);
        }
        let bins = Bins::new(series.into_iter(), 60);
        let check = |what: &str, Estimate { value, error }: Estimate, exact: f64| {
            println!("T = {temperature}: {what} = {value:.6} ± {error:.6}, exact {exact}");
            assert!(error < 5e-5, "{what}: error {error}");
            assert!((value - exact).abs() < 5.0 * error, "{what} = {value} ± {error}, exact {exact}");
        };
        check("e", bins.jackknife(|[e, _]| e), energy);
        if let Some(exact) = magnetization {
            check("|m|", bins.jackknife(|[_, m]| m), exact);
        }
    }
}

#[test]
fn without_heat_wolff_turns_all_that_hangs_together_and_nothing_else() {
    for side in [4, 6, 34, 62, 64, 66, 126, 128, 130, 256, 258, 300, 520] {
        for coupling in [Coupling::Ferromagnetic, Coupling::Antiferromagnetic] {
            let hot = parameters(3.0, 0.0, Coupling::Ferromagnetic);
            let mut engine = engine::<PackedUpdates>(side, hot, Dynamics::Metropolis, 4);
            (0..20).for_each(|_| engine.sweep());
            engine.set_dynamics(Dynamics::Wolff);
            engine.set_parameters(parameters(0.0, 0.0, coupling));
            engine.set_clusters_per_sweep(ClustersPerSweep::Fixed(1));
            for _ in 0..30 {
                let before = engine.lattice().clone();
                engine.sweep();
                let turned: Vec<bool> =
                    (0..side * side).map(|place| before.spin(place) != engine.lattice().spin(place)).collect();
                let seed = turned.iter().position(|&turned| turned).expect("a cluster has spins");
                // Along bonds that are content, one spin after the other.
                let mut reached = vec![false; side * side];
                reached[seed] = true;
                let mut waiting = vec![seed];
                while let Some(place) = waiting.pop() {
                    for neighbour in before.neighbours(place) {
                        let is_content = i32::from(before.spin(place) * before.spin(neighbour)) == coupling.sign();
                        if is_content && !reached[neighbour] {
                            reached[neighbour] = true;
                            waiting.push(neighbour);
                        }
                    }
                }
                assert!(turned == reached, "L = {side}, J = {}", coupling.sign());
            }
        }
    }
}

#[test]
fn clusters_on_rows_of_several_words_have_the_energy_of_kaufman() {
    // Wolff's clusters are many a sweep where they are small.
    let cases = [(64, 2.269, 4), (66, 2.4, 30), (128, 2.1, 2), (130, 2.3, 8), (256, 2.3, 8)];
    for (side, temperature, clusters) in cases {
        for dynamics in [Dynamics::SwendsenWang, Dynamics::Wolff] {
            let parameters = parameters(temperature, 0.0, Coupling::Ferromagnetic);
            let mut engine = engine::<PackedUpdates>(side, parameters, Dynamics::SwendsenWang, 12);
            (0..200).for_each(|_| engine.sweep());
            engine.set_dynamics(dynamics);
            engine.set_clusters_per_sweep(ClustersPerSweep::Fixed(clusters));
            let mut energies = Vec::new();
            for _ in 0..160_000_000 / (side * side) {
                engine.sweep();
                energies.push([engine.energy()]);
            }
            let Estimate { value, error } = Bins::new(energies.into_iter(), 60).jackknife(|[e]| e);
            let exact = exact::finite_torus(side, temperature).energy;
            println!("L = {side}, T = {temperature}, {dynamics:?}: {value:.5} ± {error:.5}, exact {exact:.5}");
            assert!(error < 2e-3, "L = {side} {dynamics:?}: error {error}");
            assert!((value - exact).abs() < 4.0 * error, "L = {side} {dynamics:?}: {value} ± {error}, exact {exact}");
        }
    }
}

#[test]
fn the_bits_are_the_same_on_every_path_with_any_number_of_threads_and_in_any_slices() {
    for side in [18, 128, 1024, 1152] {
        for field in [0.0, 0.3] {
            let parameters = parameters(2.2, field, Coupling::Ferromagnetic);
            let run = |path: Path, threads: usize, budget: u64| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
                let mut engine =
                    PackedEngine::new(side, Start::Random, parameters, Dynamics::HeatBath, 8).expect("valid");
                engine.local_mut().set_path(path);
                pool.install(|| {
                    for _ in 0..6 {
                        while !engine.advance(budget).finished {}
                    }
                });
                engine.lattice().clone()
            };
            let widest = run(Path::Widest, 1, u64::MAX);
            assert_eq!(widest, run(Path::Avx2, 1, u64::MAX), "L = {side}");
            assert_eq!(widest, run(Path::Plain, 1, u64::MAX), "L = {side}");
            assert_eq!(widest, run(Path::Widest, 2, u64::MAX), "L = {side}");
            assert_eq!(widest, run(Path::Widest, 3, 1000), "L = {side}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_spins_on_every_machine() {
    // Written down once: seeds are a promise.
    let pinned = [(16, Dynamics::Metropolis, 0.1), (128, Dynamics::HeatBath, 0.0), (1024, Dynamics::Metropolis, 0.0)]
        .map(|(side, dynamics, field)| {
            let parameters = parameters(2.3, field, Coupling::Ferromagnetic);
            let mut engine = engine::<PackedUpdates>(side, parameters, dynamics, 2024);
            (0..10).for_each(|_| engine.sweep());
            (engine.lattice().spin_sum(), engine.lattice().bond_sum())
        });
    println!("{pinned:?}");
    assert_eq!(pinned, [(230, 420), (364, 19212), (5352, 1_252_648)]);
}

#[test]
fn counts_and_single_spins_are_those_of_the_plain_lattice() {
    for side in [4, 10, 126, 128, 130, 256] {
        let mut plain = random_lattice(side, 6);
        let mut packed = PackedLattice::from(plain.clone());
        for round in 0..200 {
            let place = round * 7919 % (side * side);
            plain.set_spin(place, round % 3 == 0);
            packed.set_spin(place, round % 3 == 0);
            plain.pin(place, round % 2 == 0);
            packed.pin(place, round % 2 == 0);
            assert_eq!(plain.neighbour_sum(place), packed.neighbour_sum(place));
        }
        assert_eq!(plain.counts(), packed.counts(), "L = {side}");
        assert_eq!(plain.pinned_count(), packed.pinned_count());
        for place in 0..side * side {
            assert_eq!((plain.spin(place), plain.is_pinned(place)), (packed.spin(place), packed.is_pinned(place)));
        }
    }
}

#[test]
fn held_spins_stay_and_the_others_go_on() {
    for side in [20, 256] {
        let mut engine =
            engine::<PackedUpdates>(side, parameters(5.0, 0.2, Coupling::Ferromagnetic), Dynamics::Metropolis, 3);
        let pinned: Vec<usize> = (0..side * side).filter(|place| place % 5 == 0).collect();
        for &place in &pinned {
            engine.lattice_mut().pin(place, true);
        }
        let before = engine.lattice().clone();
        (0..20).for_each(|_| engine.sweep());
        assert!(pinned.iter().all(|&place| engine.lattice().spin(place) == before.spin(place)));
        let moved = (0..side * side).filter(|&place| engine.lattice().spin(place) != before.spin(place)).count();
        assert!(moved > side * side / 5, "{moved} spins differ");
    }
}

#[test]
fn a_saved_run_continues_bit_for_bit_even_from_the_middle_of_a_sweep() {
    for dynamics in Dynamics::ALL {
        let mut engine = engine::<PackedUpdates>(64, parameters(2.2, 0.02, Coupling::Ferromagnetic), dynamics, 8);
        engine.sweep();
        engine.advance(700);
        let saved = serde_json::to_string(&engine).expect("an engine is plain data");
        let mut restored: PackedEngine = serde_json::from_str(&saved).expect("what was written can be read");
        for _ in 0..20 {
            engine.sweep();
            restored.sweep();
        }
        assert_eq!(engine, restored, "{dynamics:?}");
    }
}
