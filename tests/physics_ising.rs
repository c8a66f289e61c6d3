//! The magnet against exact truths: counts of states, Kaufman's torus, growth laws, identities.

mod common;

use common::{
    counting,
    ising::{engine as any_engine, parameters, samples_follow},
    mean_and_deviation,
};
use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::{
    ising::{
        Coupling, Dynamics, Engine, LocalUpdates, Parameters, PlainEngine, Spins, Start, exact,
        graph::{Disorder, Geometry},
        local::PlainUpdates,
        measurement::Run,
        packed::PackedUpdates,
    },
    statistics::integrated_autocorrelation_time,
};

fn engine(side: usize, parameters: Parameters, dynamics: Dynamics, seed: u64) -> PlainEngine {
    any_engine(side, parameters, dynamics, seed)
}

#[test]
fn every_dynamics_samples_the_boltzmann_distribution_on_a_4x4_torus() {
    let count = counting::brute_force_4x4();
    for dynamics in Dynamics::ALL {
        samples_follow::<PlainUpdates>(&count, dynamics, 2.8);
    }
}

#[test]
fn every_dynamics_samples_the_boltzmann_distribution_on_a_6x6_torus() {
    let count = counting::transfer_matrix(6);
    for dynamics in Dynamics::ALL {
        samples_follow::<PlainUpdates>(&count, dynamics, 2.9);
    }
}

#[test]
fn held_spins_leave_the_others_in_their_conditional_distribution() {
    held_spins::<PlainUpdates>();
    held_spins::<PackedUpdates>();
}

fn held_spins<U: LocalUpdates>() {
    // One spin of the 4 × 4 torus held up: by symmetry, every state weighed by whether that spin is up.
    let (temperature, field) = (2.8, 0.1);
    let parameters = parameters(temperature, field, Coupling::Ferromagnetic);
    let mut expected = 0.0;
    let mut total = 0.0;
    let count = counting::brute_force_4x4();
    for (spin_sum, _, p) in count.boltzmann(temperature, field, 1.0) {
        let up = (spin_sum + 16) as f64 / 32.0;
        expected += p * up * spin_sum as f64 / 16.0;
        total += p * up;
    }
    let exact = expected / total;
    for dynamics in Dynamics::ALL {
        let mut engine = any_engine::<U>(4, parameters, dynamics, 5);
        engine.lattice_mut().set_spin(5, true);
        engine.lattice_mut().pin(5, true);
        let chains: Vec<f64> = (0..64)
            .map(|_| {
                let mut sum = 0.0;
                for _ in 0..4000 {
                    engine.sweep();
                    sum += engine.lattice().magnetization();
                }
                assert_eq!(engine.lattice().spin(5), 1);
                sum / 4000.0
            })
            .collect();
        let (mean, deviation) = mean_and_deviation(&chains);
        let error = deviation / 8.0;
        assert!(error < 0.003, "{dynamics:?}: error {error}");
        assert!((mean - exact).abs() < 5.0 * error, "{dynamics:?}: {mean} ± {error}, exact {exact}");
    }
}

#[test]
fn energies_on_a_32x32_torus_match_kaufman_within_their_own_errors() {
    for dynamics in Dynamics::ALL {
        for temperature in [1.8, 2.0, exact::critical_temperature(), 2.5, 4.0] {
            let critical = temperature == exact::critical_temperature();
            let local = matches!(dynamics, Dynamics::Metropolis | Dynamics::HeatBath);
            // Local dynamics are slow at T_c: more sweeps for the same error.
            let sweeps = if local && critical { 2_000_000 } else { 100_000 };
            let run = Run {
                lattice: Geometry::Square,
                disorder: Disorder::None,
                side: 32,
                parameters: parameters(temperature, 0.0, Coupling::Ferromagnetic),
                dynamics,
                // From order, so that no stripe can freeze in below T_c.
                start: Start::Up,
                sweeps,
                is_tempered: false,
                warmup: 2000,
                seed: 3,
            };
            let energy = run.measure(|_| true).expect("valid").expect("not stopped").energy;
            let truth = exact::finite_torus(32, temperature).energy;
            println!("{dynamics:?} T = {temperature:.3}: {:.6} ± {:.6}, exact {truth:.6}", energy.value, energy.error);
            assert!(energy.error < 1e-3, "{dynamics:?} at {temperature}: σ = {}", energy.error);
            assert!((energy.value - truth).abs() < 5.0 * energy.error, "{dynamics:?} at {temperature}");
        }
    }
}

#[test]
fn a_quench_coarsens_as_the_square_root_of_time() {
    for dynamics in [Dynamics::Metropolis, Dynamics::HeatBath] {
        let parameters = parameters(1.0, 0.0, Coupling::Ferromagnetic);
        let mut sizes = [0.0, 0.0];
        for seed in 0..4 {
            let mut engine = engine(1024, parameters, dynamics, seed);
            for (time, size) in [20, 380].into_iter().zip(&mut sizes) {
                for _ in 0..time {
                    engine.sweep();
                }
                // The energy above equilibrium is all in the walls, whose length goes as 1/size.
                *size += 1.0 / (engine.energy() - exact::energy(1.0)) / 4.0;
            }
        }
        let exponent = (sizes[1] / sizes[0]).ln() / (400.0_f64 / 20.0).ln();
        println!("{dynamics:?}: domains grow as t^{exponent:.3}");
        assert!((exponent - 0.5).abs() < 0.05, "{dynamics:?}: exponent {exponent}");
    }
}

#[test]
fn the_exact_integers_do_not_drift_under_updates_and_brush_strokes() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(9);
    let mut engine = engine(64, parameters(2.3, 0.05, Coupling::Ferromagnetic), Dynamics::Metropolis, 9);
    let mut updates = 0;
    for round in 0..80 {
        engine.set_dynamics(Dynamics::ALL[round % 4]);
        for _ in 0..4 {
            engine.sweep();
            updates += 4096;
        }
        for _ in 0..200 {
            let place = rng.random_range(0..4096);
            engine.lattice_mut().set_spin(place, round % 3 == 0);
            engine.lattice_mut().pin(place, round % 2 == 0);
        }
        let lattice = engine.lattice();
        let (sums, bonds) = lattice.recount();
        assert_eq!(lattice.spin_sum(), sums[0] + sums[1]);
        assert_eq!(lattice.staggered_sum(), sums[0] - sums[1]);
        assert_eq!(lattice.bond_sum(), bonds);
    }
    assert!(updates > 1_000_000);
}

#[test]
fn the_nearest_correlation_is_half_the_energy() {
    for dynamics in Dynamics::ALL {
        let mut engine = engine(16, parameters(2.4, 0.0, Coupling::Ferromagnetic), dynamics, 4);
        for _ in 0..50 {
            engine.sweep();
            let lattice = engine.lattice();
            let spin = |x: usize, y: usize| f64::from(lattice.spins()[y % 16 * 16 + x % 16]);
            let mut correlation = 0.0;
            for place in 0..256 {
                let (x, y) = (place % 16, place / 16);
                correlation += spin(x, y) * (spin(x + 1, y) + spin(x, y + 1)) / 512.0;
            }
            assert!((correlation + engine.energy() / 2.0).abs() < 1e-12);
        }
    }
}

#[test]
fn the_limits_of_temperature_and_field_are_what_physics_says() {
    for dynamics in Dynamics::ALL {
        for coupling in [Coupling::Ferromagnetic, Coupling::Antiferromagnetic] {
            // A strong field orders everything at any finite temperature, also at none.
            for (temperature, field) in [(0.0, 1e6), (4.0, -1e6), (8.0, 1e300)] {
                let cluster = matches!(dynamics, Dynamics::Wolff | Dynamics::SwendsenWang);
                if cluster && coupling == Coupling::Antiferromagnetic && temperature == 0.0 {
                    // Every satisfied bond joins at T = 0: one up spin ties its whole cluster to the ghost for ever.
                    continue;
                }
                let mut engine = engine(8, parameters(temperature, field, coupling), dynamics, 1);
                for _ in 0..2000 {
                    engine.sweep();
                }
                assert_eq!(engine.lattice().magnetization(), field.signum(), "{dynamics:?} at h = {field}");
            }
            // At infinite temperature every spin is a coin: ⟨m²⟩ = 1/N.
            let mut engine = engine(8, parameters(f64::INFINITY, 0.3, coupling), dynamics, 2);
            let squares: Vec<f64> = (0..20_000)
                .map(|_| {
                    engine.sweep();
                    engine.lattice().magnetization().powi(2) * 64.0
                })
                .collect();
            let (mean, deviation) = mean_and_deviation(&squares);
            let time = integrated_autocorrelation_time(&squares);
            let error = deviation * (2.0 * time / 20_000.0).sqrt();
            assert!(error < 0.1, "{dynamics:?}: error {error}");
            assert!((mean - 1.0).abs() < 5.0 * error, "{dynamics:?}: N⟨m²⟩ = {mean} ± {error}");
        }
        // At T = 0 the energy only falls, and all-up stays all up, or all down after clusters.
        let mut quenched = engine(32, parameters(0.0, 0.0, Coupling::Ferromagnetic), dynamics, 3);
        let mut energy = quenched.energy();
        for _ in 0..200 {
            quenched.sweep();
            assert!(quenched.energy() <= energy, "{dynamics:?}");
            energy = quenched.energy();
        }
    }
}

#[test]
fn cutting_a_sweep_into_slices_changes_no_bit() {
    for dynamics in Dynamics::ALL {
        let parameters = parameters(2.2, 0.02, Coupling::Ferromagnetic);
        let (mut whole, mut sliced) = (engine(32, parameters, dynamics, 8), engine(32, parameters, dynamics, 8));
        for _ in 0..50 {
            whole.sweep();
            while !sliced.advance(37).finished {}
            assert_eq!(whole.lattice(), sliced.lattice(), "{dynamics:?}");
        }
    }
}

#[test]
fn a_saved_run_continues_bit_for_bit_even_from_the_middle_of_a_sweep() {
    for dynamics in Dynamics::ALL {
        let mut engine = engine(16, parameters(2.2, 0.02, Coupling::Ferromagnetic), dynamics, 8);
        engine.sweep();
        engine.advance(20);
        let saved = serde_json::to_string(&engine).expect("an engine is plain data");
        let mut restored: PlainEngine = serde_json::from_str(&saved).expect("what was written can be read");
        for _ in 0..20 {
            engine.sweep();
            restored.sweep();
        }
        assert_eq!(engine, restored, "{dynamics:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_spins_on_every_machine() {
    // Written down once: seeds are a promise.
    let pinned = Dynamics::ALL.map(|dynamics| {
        let mut engine = engine(16, parameters(2.3, 0.1, Coupling::Ferromagnetic), dynamics, 2024);
        for _ in 0..10 {
            engine.sweep();
        }
        (engine.lattice().spin_sum(), engine.lattice().bond_sum())
    });
    println!("{pinned:?}");
    assert_eq!(pinned, [(144, 352), (184, 372), (50, 108), (94, 276)]);
}

#[test]
fn bad_sizes_and_parameters_are_refused_with_what_would_be_right() {
    let fine = parameters(1.0, 0.0, Coupling::Ferromagnetic);
    let message = |side, parameters| {
        PlainEngine::new(side, Start::Up, parameters, Dynamics::Metropolis, 1).expect_err("refused").to_string()
    };
    assert_eq!(message(7, fine), "size 7 is not allowed: give an even number from 4 to 4096");
    assert_eq!(message(4098, fine), "size 4098 is not allowed: give an even number from 4 to 4096");
    let cold = Parameters { temperature: -1.0, ..fine };
    assert_eq!(message(8, cold), "temperature -1 is not allowed: give 0 or more");
    let wild = Parameters { field: f64::NAN, ..fine };
    assert_eq!(message(8, wild), "field NaN is not allowed: give a finite number");
}
