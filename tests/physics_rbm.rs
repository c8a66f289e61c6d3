//! The Boltzmann machine against enumeration: every state of small machines is gone through, in plain sums.

mod common;

use spinscape::physics::rbm::{
    Binarise, Machine, Method, RbmError, Samples, Schedule, Shape, Trainer, TrainerSettings, VisibleKind,
    chains::Chains,
    exact,
    network::{Clamp, Network},
    noise::{Purpose, Streams},
    pairs::PixelPairs,
    tempering::Tempered,
    training::{Cause, Stepped, Training},
};

/// A machine whose weights matter: of size about 1.
fn machine(visible: usize, classes: usize, hidden: usize, kind: VisibleKind, seed: u64) -> Machine {
    let shape = Shape { visible, classes, hidden, kind };
    let mut machine = Machine::new(shape, &vec![0.5; visible], seed).expect("in range");
    let stream = Streams::new(seed, Purpose::Measure, 99).row(0);
    machine.weights.iter_mut().zip(0..).for_each(|(weight, index)| *weight = 1.2 * stream.normal(index));
    machine.visible_bias.iter_mut().zip(5000..).for_each(|(bias, index)| *bias = 0.7 * stream.normal(index));
    machine.hidden_bias.iter_mut().zip(7000..).for_each(|(bias, index)| *bias = 0.7 * stream.normal(index));
    machine
}

fn state(index: usize, units: usize) -> Vec<f32> {
    (0..units).map(|unit| (index >> unit & 1) as f32).collect()
}

/// Visible states that can be: pixels anyhow, one label on.
fn visible_states(shape: Shape) -> Vec<Vec<f32>> {
    let classes = shape.classes.max(1);
    let with = |index: usize, class: usize| {
        let mut v = state(index, shape.visible);
        v.resize(shape.units(), 0.0);
        if shape.classes > 0 {
            v[shape.visible + class] = 1.0;
        }
        v
    };
    (0..1 << shape.visible).flat_map(|index| (0..classes).map(move |class| with(index, class))).collect()
}

/// E straight from its definition.
fn energy(machine: &Machine, v: &[f32], h: &[f32]) -> f64 {
    let mut energy = 0.0;
    for (i, &v) in v.iter().enumerate() {
        energy -= f64::from(machine.visible_bias[i] * v);
        for (j, &h) in h.iter().enumerate() {
            energy -= f64::from(machine.weights[i * machine.shape.hidden + j]) * f64::from(v) * f64::from(h);
        }
    }
    energy - h.iter().zip(&machine.hidden_bias).map(|(&h, &c)| f64::from(h) * f64::from(c)).sum::<f64>()
}

/// p(v, h) ∝ e^(−E/T) for all states, and ln Z.
fn brute(machine: &Machine, temperature: f64) -> (Vec<Vec<f64>>, f64) {
    let shape = machine.shape;
    let all = |v: &Vec<f32>| -> Vec<f64> {
        (0..1 << shape.hidden).map(|h| (-energy(machine, v, &state(h, shape.hidden)) / temperature).exp()).collect()
    };
    let mut table: Vec<Vec<f64>> = visible_states(shape).iter().map(all).collect();
    let z: f64 = table.iter().flatten().sum();
    table.iter_mut().flatten().for_each(|p| *p /= z);
    (table, z.ln())
}

/// How likely so large a χ² is, from counts and probabilities.
fn chi_square(counts: &[usize], probabilities: &[f64]) -> f64 {
    let total = counts.iter().sum::<usize>() as f64;
    let observed: Vec<f64> = counts.iter().map(|&count| count as f64).collect();
    let expected: Vec<f64> = probabilities.iter().map(|p| p * total).collect();
    common::chi_square_p(&observed, &expected)
}

#[test]
fn energies_and_conditionals_are_those_of_the_enumeration() {
    for classes in [0, 3] {
        let machine = machine(5, classes, 4, VisibleKind::Binary, 3);
        let (table, log_z) = brute(&machine, 1.0);
        for (v, row) in visible_states(machine.shape).iter().zip(&table) {
            let p: f64 = row.iter().sum();
            assert!((machine.free_energy(v) + p.ln() + log_z).abs() < 1e-5, "F = −ln Σ_h e^−E");
            for (h, &joint) in row.iter().enumerate() {
                let h = state(h, 4);
                assert!((machine.energy(v, &h) + joint.ln() + log_z).abs() < 1e-5);
            }
            for (j, input) in machine.hidden_input(v).into_iter().enumerate() {
                let on: f64 = row.iter().enumerate().filter(|(h, _)| h >> j & 1 == 1).map(|(_, p)| p).sum();
                assert!((on / p - 1.0 / (1.0 + (-input).exp())).abs() < 1e-6, "p(h_{j} | v)");
            }
        }
        // p(v_i | h) of the pixels, which labels do not touch.
        let states = visible_states(machine.shape);
        for h in 0..16 {
            let p: f64 = table.iter().map(|row| row[h]).sum();
            for (i, input) in machine.visible_input(&state(h, 4)).into_iter().enumerate().take(5) {
                let on: f64 = table.iter().zip(&states).filter(|(_, v)| v[i] == 1.0).map(|(row, _)| row[h]).sum();
                assert!((on / p - 1.0 / (1.0 + (-input).exp())).abs() < 1e-6, "p(v_{i} | h)");
            }
        }
    }
}

#[test]
fn the_exact_partition_function_is_that_of_brute_force() {
    for (visible, classes, hidden) in [(5, 0, 4), (4, 0, 9), (6, 3, 3), (4, 2, 7), (7, 0, 7)] {
        let machine = machine(visible, classes, hidden, VisibleKind::Binary, 11);
        let exact = exact::log_partition(&machine, &|_| true).expect("small").expect("not stopped");
        let brute = brute(&machine, 1.0).1;
        assert!((exact - brute).abs() < 1e-6, "{visible}+{classes}×{hidden}: {exact} against {brute}");
    }
    let large = machine(30, 0, 25, VisibleKind::Binary, 1);
    assert_eq!(exact::log_partition(&large, &|_| true), Err(RbmError::TooLarge { units: 25, most: 20 }));
    let slow = machine(30, 0, 16, VisibleKind::Binary, 1);
    assert_eq!(exact::log_partition(&slow, &|done| done < 0.5), Ok(None), "it can be stopped");
}

#[test]
fn of_gaussian_pixels_the_partition_function_is_the_integral() {
    let machine = machine(4, 0, 3, VisibleKind::Gaussian, 5);
    // Given h the integral falls into one for each pixel, done here by the midpoint rule.
    let pixel = |i: usize, h: &[f32]| -> f64 {
        let bias = f64::from(machine.visible_bias[i]);
        let pull: f64 = (0..3).map(|j| f64::from(machine.weights[3 * i + j]) * f64::from(h[j])).sum();
        let step = 1e-3;
        (-30_000..30_000)
            .map(|k| (f64::from(k) + 0.5) * step)
            .map(|v| (-0.5 * (v - bias).powi(2) + v * pull).exp())
            .sum::<f64>()
            * step
    };
    let hidden =
        |h: &[f32]| -> f64 { h.iter().zip(&machine.hidden_bias).map(|(&h, &c)| f64::from(h * c)).sum::<f64>() };
    let z: f64 =
        (0..8).map(|h| state(h, 3)).map(|h| hidden(&h).exp() * (0..4).map(|i| pixel(i, &h)).product::<f64>()).sum();
    let exact = exact::log_partition(&machine, &|_| true).expect("small").expect("not stopped");
    assert!((exact - z.ln()).abs() < 1e-6, "{exact} against {}", z.ln());
}

/// Counts of the visible states of many independent chains.
fn visible_counts(chains: &Chains, shape: Shape) -> Vec<usize> {
    let classes = shape.classes.max(1);
    let mut counts = vec![0; (1 << shape.visible) * classes];
    for row in 0..chains.count() {
        let bits = &chains.visible().bits;
        let index = (0..shape.visible).map(|unit| usize::from(bits.get(row, unit)) << unit).sum::<usize>();
        let class = (0..shape.classes).find(|class| bits.get(row, shape.visible + class)).unwrap_or(0);
        counts[index * classes + class] += 1;
    }
    counts
}

#[test]
fn chains_follow_the_exact_distribution_at_any_temperature() {
    for (classes, temperature, seed) in [(0, 1.0, 1), (3, 1.0, 2), (0, 2.5, 3)] {
        let machine = machine(5, classes, 4, VisibleKind::Binary, 21);
        let network = Network::new(&machine);
        let mut chains = Chains::from_noise(&network, 40_000, seed);
        chains.run(&network, temperature, 200, None);
        let expected: Vec<f64> = brute(&machine, f64::from(temperature)).0.iter().map(|row| row.iter().sum()).collect();
        let p = chi_square(&visible_counts(&chains, machine.shape), &expected);
        assert!(p > 1e-3, "{classes} classes at T = {temperature}: p = {p}");
    }
}

#[test]
fn chains_with_pixels_held_follow_the_conditional_distribution() {
    let machine = machine(6, 0, 4, VisibleKind::Binary, 22);
    let network = Network::new(&machine);
    let clamp = Clamp::new([Some(1.0), None, None, Some(0.0), None, None]);
    let mut chains = Chains::from_noise(&network, 40_000, 4);
    chains.run(&network, 1.0, 200, Some(&clamp));
    let fits = |index: usize| index & 1 == 1 && index >> 3 & 1 == 0;
    let mut expected: Vec<f64> = brute(&machine, 1.0).0.iter().map(|row| row.iter().sum()).collect();
    expected.iter_mut().enumerate().filter(|(index, _)| !fits(*index)).for_each(|(_, p)| *p = 0.0);
    let total: f64 = expected.iter().sum();
    expected.iter_mut().for_each(|p| *p /= total);
    let counts = visible_counts(&chains, machine.shape);
    assert!(counts.iter().enumerate().all(|(index, &count)| fits(index) || count == 0), "held pixels stay");
    let p = chi_square(&counts, &expected);
    assert!(p > 1e-3, "p = {p}");
}

#[test]
fn tempered_chains_follow_the_exact_distribution_where_plain_ones_are_stuck() {
    // Two valleys that plain chains do not leave: one hidden unit with strong weights and a bias between them.
    let mut machine = machine(6, 0, 1, VisibleKind::Binary, 23);
    machine.weights.fill(8.0);
    machine.visible_bias.fill(-4.0);
    machine.hidden_bias.fill(-23.5);
    let network = Network::new(&machine);
    let expected: Vec<f64> = brute(&machine, 1.0).0.iter().map(|row| row.iter().sum()).collect();
    let mut tempered = Tempered::from_noise(&network, 4000, 8, 5);
    tempered.run(&network, 1.0, 400, None);
    assert!(tempered.acceptance().iter().all(|&share| share > 0.1), "{:?}", tempered.acceptance());
    let p = chi_square(&visible_counts(tempered.coldest(), machine.shape), &expected);
    assert!(p > 1e-3, "p = {p}");
}

#[test]
fn gaussian_chains_have_the_exact_means_and_variances() {
    let machine = machine(4, 0, 3, VisibleKind::Gaussian, 24);
    let network = Network::new(&machine);
    let count = 60_000;
    let mut chains = Chains::from_noise(&network, count, 6);
    chains.run(&network, 1.0, 60, None);
    // p(h) ∝ e^(c·h) Π_i e^(b_i x_i + ½ x_i²) with x = W h; then v ~ N(b + W h, 1).
    let pull = |i: usize, h: &[f32]| -> f64 { (0..3).map(|j| f64::from(machine.weights[3 * i + j] * h[j])).sum() };
    let weight = |h: &[f32]| -> f64 {
        let bias: f64 = h.iter().zip(&machine.hidden_bias).map(|(&h, &c)| f64::from(h * c)).sum();
        (bias + (0..4).map(|i| f64::from(machine.visible_bias[i]) * pull(i, h) + 0.5 * pull(i, h).powi(2)).sum::<f64>())
            .exp()
    };
    let states: Vec<Vec<f32>> = (0..8).map(|h| state(h, 3)).collect();
    let z: f64 = states.iter().map(|h| weight(h)).sum();
    for i in 0..4 {
        let at = |h: &[f32]| f64::from(machine.visible_bias[i]) + pull(i, h);
        let mean: f64 = states.iter().map(|h| weight(h) / z * at(h)).sum();
        let square: f64 = states.iter().map(|h| weight(h) / z * (at(h).powi(2) + 1.0)).sum();
        let variance = square - mean * mean;
        let values: Vec<f64> = (0..count).map(|row| f64::from(chains.visible().input.row(row)[i])).collect();
        let found = values.iter().sum::<f64>() / count as f64;
        let spread = values.iter().map(|v| (v - found).powi(2)).sum::<f64>() / count as f64;
        let error = (variance / count as f64).sqrt();
        assert!((found - mean).abs() < 4.0 * error, "pixel {i}: {found} against {mean} ± {error}");
        assert!((spread / variance - 1.0).abs() < 0.03, "pixel {i}: variance {spread} against {variance}");
    }
}

/// ⟨v_i h_j⟩, ⟨v_i⟩ and ⟨h_j⟩ under weights of the visible states.
fn exact_moments(machine: &Machine, visible: &[(Vec<f32>, f64)]) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let hidden = machine.shape.hidden;
    let mut moments = (vec![0.0; machine.weights.len()], vec![0.0; machine.shape.units()], vec![0.0; hidden]);
    for (v, p) in visible {
        let on: Vec<f64> = machine.hidden_input(v).into_iter().map(|x| 1.0 / (1.0 + (-x).exp())).collect();
        for (j, on) in on.iter().enumerate() {
            moments.2[j] += p * on;
            v.iter().enumerate().for_each(|(i, &v)| moments.0[i * hidden + j] += p * f64::from(v) * on);
        }
        v.iter().zip(&mut moments.1).for_each(|(&v, moment)| *moment += p * f64::from(v));
    }
    moments
}

#[test]
fn contrastive_divergence_goes_to_the_exact_gradient_as_its_dreams_grow_long() {
    let machine = machine(6, 0, 4, VisibleKind::Binary, 31);
    let data = [0b000_111, 0b111_000, 0b010_101, 0b110_110];
    let pictures: Vec<(Vec<f32>, f64)> = data.iter().map(|&index| (state(index, 6), 0.25)).collect();
    let model: Vec<f64> = brute(&machine, 1.0).0.iter().map(|row| row.iter().sum()).collect();
    let model: Vec<(Vec<f32>, f64)> = visible_states(machine.shape).into_iter().zip(model).collect();
    let (seen, dreamt) = (exact_moments(&machine, &pictures), exact_moments(&machine, &model));
    let count = 10_000;
    let grey = data.iter().cycle().take(count).flat_map(|&index| state(index, 6)).map(|v| 255 * v as u8).collect();
    let samples = Samples::new(3, 2, grey, None).expect("whole");
    let which: Vec<u32> = (0..count as u32).collect();
    let gradient = |method: Method, seed: u64| {
        let settings = TrainerSettings {
            method,
            batch: count,
            particles: count,
            rate: 1.0,
            schedule: Schedule::Constant,
            seed,
            ..TrainerSettings::default()
        };
        let mut trainer = Trainer::new(&machine, settings, count).expect("in range");
        trainer.step(&samples, &which, 0, 0.0);
        let after = trainer.network().machine();
        let less = |after: &[f32], before: &[f32]| -> Vec<f64> {
            after.iter().zip(before).map(|(a, b)| f64::from(a - b)).collect()
        };
        (
            less(&after.weights, &machine.weights),
            less(&after.visible_bias, &machine.visible_bias),
            less(&after.hidden_bias, &machine.hidden_bias),
        )
    };
    let exact: Vec<f64> = seen.0.iter().zip(&dreamt.0).map(|(a, b)| a - b).collect();
    let off = |found: &[f64]| found.iter().zip(&exact).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
    let norm = exact.iter().map(|a| a * a).sum::<f64>().sqrt();
    let short = off(&gradient(Method::Cd(1), 1).0);
    assert!(short > 0.2 * norm, "CD-1 is a rough guide here: off by {short} of {norm}");
    for (method, seed) in [(Method::Cd(100), 2), (Method::Pcd(100), 3)] {
        let found = gradient(method, seed);
        // Of ten thousand chains a mean of something between 0 and 1 is uncertain by at most 0.005.
        let error = 0.5 / (count as f64).sqrt();
        for (name, found, seen, dreamt) in [
            ("weights", &found.0, &seen.0, &dreamt.0),
            ("visible biases", &found.1, &seen.1, &dreamt.1),
            ("hidden biases", &found.2, &seen.2, &dreamt.2),
        ] {
            for ((found, seen), dreamt) in found.iter().zip(seen).zip(dreamt) {
                let exact = seen - dreamt;
                assert!((found - exact).abs() < 4.0 * error, "{method:?}, {name}: {found} against {exact}");
            }
        }
        assert!(off(&found.0) < 0.1 * short, "{method:?} is far nearer than CD-1");
    }
}

#[test]
fn the_centred_gradient_takes_the_means_off() {
    // With offsets at the data's own means, ⟨(v − μ)(h − λ)⟩ of the data is its covariance.
    let machine = machine(6, 0, 4, VisibleKind::Binary, 32);
    let count = 2000;
    let stream = Streams::new(1, Purpose::Measure, 0).row(0);
    let grey = (0..6 * count as u32).map(|index| if stream.uniform(index) < 0.6 { 255 } else { 0 }).collect();
    let samples = Samples::new(3, 2, grey, None).expect("whole");
    let which: Vec<u32> = (0..count as u32).collect();
    let run = |centring: bool| {
        let settings = TrainerSettings {
            method: Method::Cd(1),
            batch: count,
            rate: 1.0,
            schedule: Schedule::Constant,
            centring,
            ..TrainerSettings::default()
        };
        let mut trainer = Trainer::new(&machine, settings, count).expect("in range");
        trainer.step(&samples, &which, 0, 0.0);
        let [data, dream] = std::array::from_fn::<Vec<Vec<f32>>, 2, _>(|side| {
            (0..4).map(|j| trainer.correlations(j)[side].clone()).collect()
        });
        (trainer.network().machine(), data, dream)
    };
    let (plain, data, dream) = run(false);
    let (centred, ..) = run(true);
    for j in 0..4 {
        for i in 0..6 {
            let moved = plain.weights[4 * i + j] - machine.weights[4 * i + j];
            assert!((moved - (data[j][i] - dream[j][i])).abs() < 1e-4, "the difference of the pictures is the change");
        }
    }
    // The centred move is the plain one less μ Δ⟨h⟩ + Δ⟨v⟩ λ, with λ = ⟨h⟩ of the first batch.
    let delta = |after: &[f32], before: &[f32]| -> Vec<f32> { after.iter().zip(before).map(|(a, b)| a - b).collect() };
    let (dv, dh) = (delta(&plain.visible_bias, &machine.visible_bias), delta(&plain.hidden_bias, &machine.hidden_bias));
    let means = samples.means();
    let bits: Vec<Vec<f32>> =
        (0..count).map(|n| samples.grey(n).iter().map(|&g| f32::from(g) / 255.0).collect()).collect();
    for (j, dh) in dh.iter().enumerate() {
        let on: f64 =
            bits.iter().map(|v| 1.0 / (1.0 + (-machine.hidden_input(v)[j]).exp())).sum::<f64>() / count as f64;
        let lambda = on as f32;
        for i in 0..6 {
            let expected = plain.weights[4 * i + j] - means[i] * dh - dv[i] * lambda;
            assert!((centred.weights[4 * i + j] - expected).abs() < 1e-4, "w_{i}{j}");
        }
    }
}

fn noise_pictures(side: usize, count: usize) -> Samples {
    let stream = Streams::new(77, Purpose::Measure, 0).row(0);
    let grey = (0..(side * side * count) as u32).map(|index| stream.bits(index) as u8).collect();
    Samples::new(side, side, grey, None).expect("whole")
}

#[test]
fn the_same_seed_gives_the_same_weights_with_any_number_of_threads() {
    for (kind, method) in [
        (VisibleKind::Binary, Method::Cd(2)),
        (VisibleKind::Binary, Method::Pcd(1)),
        (VisibleKind::Gaussian, Method::Cd(1)),
    ] {
        let samples = noise_pictures(20, 230);
        let shape = Shape { visible: 400, classes: 0, hidden: 300, kind };
        let settings = TrainerSettings {
            method,
            batch: 110,
            rate: 0.002,
            centring: true,
            momentum: 0.5,
            ..TrainerSettings::default()
        };
        let weights = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| {
                let machine = Machine::new(shape, &samples.means(), 3).expect("in range");
                let mut training = Training::new(machine, settings, samples.clone(), None).expect("fits");
                (0..6).for_each(|_| assert_ne!(training.step(), Stepped::RanAway(Cause::Rate)));
                training.trainer().network().machine()
            })
        };
        let one = weights(1);
        assert!(one.weights.iter().any(|&w| w.abs() > 0.03), "it learned something");
        assert_eq!(one, weights(2), "{kind:?} {method:?}");
        assert_eq!(one, weights(3), "{kind:?} {method:?}");
    }
}

#[test]
fn learning_that_is_put_away_in_the_middle_of_an_epoch_goes_on_bit_for_bit() {
    for (kind, method) in [
        (VisibleKind::Binary, Method::Cd(2)),
        (VisibleKind::Binary, Method::Pcd(1)),
        (VisibleKind::Gaussian, Method::Pcd(2)),
    ] {
        // Hidden units and pictures that fill neither words nor batches.
        let samples = noise_pictures(6, 130);
        let shape = Shape { visible: 36, classes: 0, hidden: 70, kind };
        let settings = TrainerSettings {
            method,
            batch: 20,
            rate: 0.01,
            centring: true,
            momentum: 0.7,
            sparsity: 0.1,
            sparsity_cost: 0.1,
            ..TrainerSettings::default()
        };
        let machine = Machine::new(shape, &samples.means(), 3).expect("in range");
        let mut training = Training::new(machine, settings, samples.clone(), None).expect("fits");
        (0..15).for_each(|_| assert!(!matches!(training.step(), Stepped::RanAway(_))));
        let state = training.state();
        assert_ne!(state.next, 0, "in the middle of an epoch");
        let mut resumed = Training::resume(&state, settings, samples.clone(), None).expect("it fits itself");
        let stands = |training: &Training| {
            let state = training.state();
            (state.trainer, state.order, state.next, state.epoch, state.curve.len())
        };
        assert!(stands(&resumed) == stands(&training));
        assert_eq!(resumed.epochs_done(), training.epochs_done());
        for _ in 0..30 {
            assert_eq!(training.step(), resumed.step());
        }
        assert!(stands(&training) == stands(&resumed), "{kind:?} {method:?}");
        // Other pictures, or a part that is missing, are no run to go on with.
        assert!(Training::resume(&state, settings, noise_pictures(6, 129), None).is_err());
        assert!(Training::resume(&state, settings, noise_pictures(5, 130), None).is_err());
        let mut broken = state.clone();
        broken.trainer.velocity.pop();
        assert!(Training::resume(&broken, settings, samples.clone(), None).is_err());
        broken = state;
        broken.trainer.activity[3] = f32::NAN;
        assert!(Training::resume(&broken, settings, samples.clone(), None).is_err());
    }
}

#[test]
fn learning_that_runs_away_stops_with_the_last_good_machine_and_says_why() {
    let samples = noise_pictures(4, 60);
    let run = |kind: VisibleKind, settings: TrainerSettings| {
        let shape = Shape { visible: 16, classes: 0, hidden: 12, kind };
        let machine = Machine::new(shape, &samples.means(), 3).expect("in range");
        let mut training = Training::new(machine, settings, samples.clone(), None).expect("fits");
        let cause = (0..20_000).find_map(|_| match training.step() {
            Stepped::RanAway(cause) => Some(cause),
            Stepped::Batch | Stepped::Epoch => None,
        });
        assert_eq!(training.trainer().network().machine().validate(), Ok(()), "what is left is good");
        assert!(training.trainer().network().machine().weights.iter().all(|w| w.abs() < 100.0));
        assert_eq!(training.ran_away(), cause);
        cause
    };
    let settings = TrainerSettings { batch: 10, schedule: Schedule::Constant, ..TrainerSettings::default() };
    let fast = TrainerSettings { rate: 5.0, ..settings };
    assert_eq!(run(VisibleKind::Binary, TrainerSettings { rate: 10.0, l2: 1.0, ..settings }), Some(Cause::Decay));
    assert_eq!(run(VisibleKind::Gaussian, fast), Some(Cause::GaussianRate));
    assert_eq!(run(VisibleKind::Binary, TrainerSettings { rate: 10.0, momentum: 0.95, ..settings }), Some(Cause::Rate));
}

#[test]
fn settings_and_machines_that_do_not_fit_are_refused_with_what_would() {
    let good = TrainerSettings::default();
    for (settings, name) in [
        (TrainerSettings { method: Method::Cd(0), ..good }, "Gibbs steps"),
        (TrainerSettings { method: Method::Pcd(101), ..good }, "Gibbs steps"),
        (TrainerSettings { rate: f64::NAN, ..good }, "rate"),
        (TrainerSettings { momentum: 1.0, ..good }, "momentum"),
        (TrainerSettings { batch: 0, ..good }, "batch"),
        (TrainerSettings { l2: -0.1, ..good }, "L2"),
    ] {
        let error = settings.validate().expect_err(name).to_string();
        assert!(error.contains(name) && error.contains("give"), "{error}");
    }
    let mut machine = machine(5, 0, 4, VisibleKind::Binary, 1);
    machine.weights[3] = f32::NAN;
    assert_eq!(machine.validate(), Err(RbmError::NotFinite { name: "weights" }));
    machine.weights.pop();
    assert_eq!(machine.validate(), Err(RbmError::Length { name: "weights", expected: 20, found: 19 }));
    let shape = Shape { visible: 3, classes: 0, hidden: 4, kind: VisibleKind::Binary };
    assert!(shape.validate().is_err());
    assert!(Shape { visible: 4096, hidden: 4096, ..shape }.validate().is_ok());
    let _ = Binarise::Threshold;
}

#[test]
fn covariances_of_pixels_are_those_of_the_pictures_and_of_the_machine() {
    let samples = Samples::new(3, 2, (0..6 * 500).map(|at| if at * at % 7 < 3 { 255 } else { 0 }).collect(), None);
    let samples = samples.expect("whole pictures");
    let pairs = || (0..6).flat_map(|i| (i + 1..6).map(move |j| (i, j)));
    // Of the machine by all its states.
    let taught = machine(6, 0, 4, VisibleKind::Binary, 21);
    let (joint, _) = brute(&taught, 1.0);
    let states: Vec<(Vec<f32>, f64)> =
        visible_states(taught.shape).into_iter().zip(joint.iter().map(|row| row.iter().sum())).collect();
    let mean = |f: &dyn Fn(&[f32]) -> f64| states.iter().map(|(v, p)| p * f(v)).sum::<f64>();
    let product = |v: &[f32], i: usize, j: usize| f64::from(v[i] * v[j]);
    let exact = |i: usize, j: usize| mean(&|v| product(v, i, j)) - mean(&|v| v[i].into()) * mean(&|v| v[j].into());
    // Of the pictures, one by one.
    let on = |index: usize, pixel: usize| f64::from(u8::from(samples.grey(index)[pixel] >= 128));
    let of_data = |f: &dyn Fn(usize) -> f64| (0..500).map(f).sum::<f64>() / 500.0;
    let in_data = |i: usize, j: usize| {
        of_data(&|index| on(index, i) * on(index, j)) - of_data(&|index| on(index, i)) * of_data(&|index| on(index, j))
    };
    let network = Network::new(&taught);
    let mut counted = PixelPairs::new(&network, &samples, Binarise::Threshold, 3);
    assert!(counted.covariances().is_none(), "nothing is said before each dream has taken a step");
    while counted.steps() < 200 {
        counted.step(&network);
    }
    let found = counted.covariances().expect("they have gone on");
    assert!((found.noise - 0.25 / 2048_f64.sqrt()).abs() < 1e-12);
    let mut largest: f64 = 0.0;
    let mut squares = 0.0;
    for ((i, j), (&dream, &data)) in pairs().zip(found.dream.iter().zip(&found.data)) {
        assert!((data - in_data(i, j)).abs() < 1e-9, "data {i}, {j}: {data} against {}", in_data(i, j));
        assert!((dream - exact(i, j)).abs() < 4.0 * found.noise, "dream {i}, {j}: {dream} against {}", exact(i, j));
        largest = largest.max(exact(i, j).abs());
        squares += (dream - data) * (dream - data);
    }
    assert!(largest > 10.0 * found.noise, "there is something to find: {largest}");
    assert!((found.mismatch - (squares / 15.0).sqrt()).abs() < 1e-12);
    // Without weights there is none, whatever the biases.
    let mut untaught = machine(6, 0, 4, VisibleKind::Binary, 22);
    untaught.weights.fill(0.0);
    let network = Network::new(&untaught);
    let mut counted = PixelPairs::new(&network, &samples, Binarise::Threshold, 3);
    while counted.steps() < 3 {
        counted.step(&network);
    }
    let found = counted.covariances().expect("they have gone on");
    assert!(found.dream.iter().all(|covariance| covariance.abs() < 4.0 * found.noise), "{:?}", found.dream);
}
