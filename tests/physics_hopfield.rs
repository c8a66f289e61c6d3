//! The associative memory against definitions written out, enumeration, and the theory of Amit, Gutfreund, Sompolinsky.

mod common;

use std::sync::Arc;

use common::{
    chi_square_p,
    hopfield::{energy_by_definition, generator, random},
};
use proptest::prelude::*;
use rand::RngExt;
use spinscape::physics::hopfield::{
    Cache, Dynamics, HopfieldError, Network, Patterns, Quadratic, Recall, Rule, Settled, Verdict,
    dense::Steepness,
    graded::GradedRecall,
    modern::ModernRecall,
    patterns::{dot, overlap, random_bits, with_noise},
    rules::{LearningNotice, LearningRule, Perceptron},
    verdict::{judge, mixture},
};

/// The energy of a dense network, as it is written: the overlaps from the patterns.
fn dense_energy_by_definition(steepness: Steepness, patterns: &Patterns, state: &[i8]) -> f64 {
    let size = state.len() as f64;
    let overlaps = patterns.iter().map(|pattern| f64::from(dot(pattern, state)));
    match steepness {
        Steepness::Polynomial(power) => -size * overlaps.map(|x| (x / size).max(0.0).powi(power as i32)).sum::<f64>(),
        Steepness::Exponential => -overlaps.map(f64::exp).sum::<f64>().ln(),
    }
}

fn by_definition(network: &Network, patterns: &Patterns, state: &[i8]) -> f64 {
    match network {
        Network::Quadratic(network) => energy_by_definition(network, state),
        Network::Dense(network) => dense_energy_by_definition(network.steepness(), patterns, state),
    }
}

fn symmetric_rules() -> impl Strategy<Value = Rule> {
    let fixed = [Rule::Hebb, Rule::Covariance, Rule::Storkey, Rule::PseudoInverse, Rule::Exponential];
    prop_oneof![proptest::sample::select(fixed.to_vec()), (2_u32..=30).prop_map(Rule::Polynomial)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_energy_never_rises_one_by_one_at_zero_temperature_and_is_the_one_written_down(
        rule in symmetric_rules(), neurons in 5_usize..60, count in 1_usize..12, seed in any::<u64>(), random_order in any::<bool>(),
    ) {
        let patterns = random(neurons, count, seed);
        let Ok(network) = rule.network(&patterns) else { return Ok(()) };
        let probe = random_bits(neurons, &mut generator(seed ^ 1));
        let dynamics = if random_order { Dynamics::RandomOrder } else { Dynamics::Sequential };
        let mut recall = Recall::new(Arc::new(network.clone()), &probe, dynamics, seed).expect("fits");
        let mut before = recall.energy().expect("symmetric");
        for _ in 0..3 * neurons {
            recall.attempt();
            let after = recall.energy().expect("symmetric");
            // Sums of weights are exact; the functions of a dense energy are rounded.
            let slack = if network.quadratic().is_some() { 0.0 } else { 1e-13 * before.abs() };
            prop_assert!(after <= before + slack, "{rule:?}: {before} to {after}");
            before = after;
        }
        let written = by_definition(&network, &patterns, recall.state());
        prop_assert!((before - written).abs() <= 1e-9 * written.abs().max(1.0), "{rule:?}: {before}, by definition {written}");
    }

    #[test]
    fn a_local_field_is_half_the_energy_that_turning_lowers(
        rule in symmetric_rules(), neurons in 5_usize..40, count in 1_usize..8, seed in any::<u64>(),
    ) {
        let patterns = random(neurons, count, seed);
        let Ok(network) = rule.network(&patterns) else { return Ok(()) };
        let mut up = random_bits(neurons, &mut generator(seed ^ 2));
        let neuron = (seed % neurons as u64) as usize;
        let mut cache = Cache::default();
        network.energy().prepare(&up, &mut cache);
        let field = network.energy().local_field(neuron, &up, &cache);
        up[neuron] = 1;
        let mut down = up.clone();
        down[neuron] = -1;
        let difference = by_definition(&network, &patterns, &down) - by_definition(&network, &patterns, &up);
        prop_assert!((field - 0.5 * difference).abs() < 1e-9 * field.abs().max(1.0), "{rule:?}: {field}, {}", 0.5 * difference);
    }
}

#[test]
fn energy_and_fields_do_not_drift_in_long_mixed_runs() {
    let patterns = random(200, 30, 5);
    for rule in
        [Rule::Hebb, Rule::Covariance, Rule::Storkey, Rule::PseudoInverse, Rule::Polynomial(4), Rule::Exponential]
    {
        let network = Arc::new(rule.network(&patterns).expect("learns"));
        let mut recall = Recall::new(Arc::clone(&network), patterns.get(0), Dynamics::RandomOrder, 1).expect("fits");
        let mut rng = generator(6);
        for round in 0..200 {
            let dynamics = [
                Dynamics::HeatBath { temperature: 0.8 },
                Dynamics::Synchronous,
                Dynamics::Sequential,
                Dynamics::Annealed { from: 2.0, sweeps: 3 },
            ][round % 4];
            recall.set_dynamics(dynamics).expect("in range");
            for _ in 0..5 {
                recall.sweep();
            }
            recall.set_neuron(rng.random_range(0..200), if round % 2 == 0 { 1 } else { -1 });
        }
        let written = by_definition(&network, &patterns, recall.state());
        let kept = recall.energy().expect("symmetric");
        assert!((kept - written).abs() <= 1e-9 * written.abs(), "{rule:?}: {kept}, by definition {written}");
        if let Some(weights) = network.quadratic() {
            for neuron in 0..200 {
                let heard: f64 = (0..200).map(|j| weights.weight(neuron, j) * f64::from(recall.state()[j])).sum();
                let difference = recall.local_field(neuron) - (heard - weights.threshold(neuron));
                assert!(difference.abs() < 1e-11, "{rule:?}");
            }
        }
    }
}

#[test]
fn a_field_of_zero_keeps_the_neuron() {
    // Two memories that disagree on the last three neurons: there Hebb's field is the sum of the other two, in thirds.
    let mut patterns = Patterns::new(6).expect("in range");
    patterns.push(&[1, 1, 1, 1, 1, 1]).expect("fits");
    patterns.push(&[1, 1, 1, -1, -1, -1]).expect("fits");
    let network = Arc::new(Rule::Hebb.network(&patterns).expect("learns"));
    for (probe, undecided) in [([1, 1, 1, 1, -1, 1], 4), ([1, 1, 1, -1, 1, -1], 4), ([1, 1, 1, 1, 1, -1], 5)] {
        for neuron in 3..6 {
            let mut recall = Recall::new(Arc::clone(&network), &probe, Dynamics::Sequential, 1).expect("fits");
            // The one that differs from the other two is pulled over; each of those hears one of either kind.
            assert_eq!(recall.local_field(neuron) == 0.0, neuron != undecided);
            let attempt = (0..=neuron).map(|_| recall.attempt()).last().expect("asked");
            assert_eq!(attempt.neuron, neuron);
            if attempt.field == 0.0 {
                assert_eq!(attempt.after, probe[neuron]);
            }
        }
    }
}

#[test]
fn small_dense_networks_always_come_to_rest_although_ties_are_common() {
    for rule in [Rule::Exponential, Rule::Polynomial(2), Rule::Polynomial(3), Rule::Polynomial(4)] {
        for seed in 0..2000 {
            let neurons = 5 + (seed % 5) as usize;
            let network = Arc::new(rule.network(&random(neurons, 4, seed)).expect("learns"));
            let probe = random_bits(neurons, &mut generator(seed ^ 7));
            let mut recall = Recall::new(network, &probe, Dynamics::Sequential, seed).expect("fits");
            assert_eq!(recall.run(100), Some(Settled::FixedPoint), "{rule:?}, seed {seed}");
        }
    }
}

#[test]
fn annealing_begins_when_it_is_switched_on_and_ends_at_rest() {
    let patterns = random(100, 4, 15);
    let network = Arc::new(Rule::Hebb.network(&patterns).expect("learns"));
    let mut recall = Recall::new(network, patterns.get(0), Dynamics::HeatBath { temperature: 1.0 }, 1).expect("fits");
    (0..50).for_each(|_| recall.sweep());
    recall.set_dynamics(Dynamics::Annealed { from: 2.0, sweeps: 10 }).expect("in range");
    let mut temperatures = Vec::new();
    for _ in 0..10 {
        temperatures.push(recall.temperature());
        recall.sweep();
    }
    assert!(temperatures.iter().zip(0..).all(|(t, step)| (t - 0.2 * f64::from(10 - step)).abs() < 1e-12));
    assert_eq!(recall.run(30), Some(Settled::FixedPoint));
}

#[test]
fn a_brush_in_the_middle_of_a_sweep_does_not_end_it_too_early() {
    let patterns = random(100, 3, 16);
    let network = Arc::new(Rule::Hebb.network(&patterns).expect("learns"));
    let mut rng = generator(17);
    for _ in 0..200 {
        let mut recall =
            Recall::new(Arc::clone(&network), patterns.get(0), Dynamics::RandomOrder, rng.random()).expect("fits");
        for _ in 0..rng.random_range(1..150) {
            recall.attempt();
        }
        // Twenty turned at once: those already asked in this sweep are asked again before it is called settled.
        (0..20).for_each(|_| recall.set_neuron(rng.random_range(0..100), if rng.random() { 1 } else { -1 }));
        assert_eq!(recall.run(50), Some(Settled::FixedPoint));
        for neuron in 0..100 {
            let field = recall.local_field(neuron);
            assert!(field * f64::from(recall.state()[neuron]) >= 0.0);
        }
    }
}

#[test]
fn rules_are_what_their_papers_write() {
    let (neurons, count) = (24, 5);
    let mut patterns = random(neurons, count, 11);
    // Mostly empty, so that the covariance rule has something to correct.
    let mut empty = vec![-1; neurons];
    empty[3] = 1;
    patterns.push(&empty).expect("fits");
    let size = neurons as f64;
    let bit = |pattern: &[i8], i: usize| f64::from(pattern[i]);
    let weights = |rule: Rule| match rule.network(&patterns).expect("learns") {
        Network::Quadratic(network) => network,
        Network::Dense(_) => unreachable!("these rules have weights"),
    };
    let close = |a: f64, b: f64, what: &str| assert!((a - b).abs() < 1e-6, "{what}: {a}, by definition {b}");

    let mean = patterns.bits().iter().map(|&bit| f64::from(bit)).sum::<f64>() / patterns.bits().len() as f64;
    // Storkey 1997, memory by memory.
    let at = |i: usize, j: usize| i * neurons + j;
    let mut storkey = vec![0.0; neurons * neurons];
    for pattern in patterns.iter() {
        let local = |i: usize, j: usize| -> f64 {
            (0..neurons).filter(|&k| k != i && k != j).map(|k| storkey[at(i, k)] * bit(pattern, k)).sum()
        };
        let mut next = storkey.clone();
        for i in 0..neurons {
            for j in (0..neurons).filter(|&j| j != i) {
                next[at(i, j)] +=
                    (bit(pattern, i) * bit(pattern, j) - bit(pattern, i) * local(j, i) - local(i, j) * bit(pattern, j))
                        / size;
            }
        }
        storkey = next;
    }
    let (hebb, covariance, by_storkey) = (weights(Rule::Hebb), weights(Rule::Covariance), weights(Rule::Storkey));
    for i in 0..neurons {
        let mut threshold = 0.0;
        for j in (0..neurons).filter(|&j| j != i) {
            let correlation = |mean: f64| {
                patterns.iter().map(|p| (bit(p, i) - mean) * (bit(p, j) - mean)).sum::<f64>()
                    / (size * (1.0 - mean * mean))
            };
            close(hebb.weight(i, j), correlation(0.0), "Hebb");
            close(covariance.weight(i, j), correlation(mean), "covariance");
            close(by_storkey.weight(i, j), storkey[at(i, j)], "Storkey");
            threshold += mean * correlation(mean);
        }
        close(covariance.threshold(i), threshold, "threshold");
        for network in [&hebb, &covariance, &by_storkey, &weights(Rule::PseudoInverse), &weights(Rule::Perceptron)] {
            assert_eq!(network.weight(i, i), 0.0);
        }
    }
}

#[test]
fn the_projection_holds_every_memory_as_an_eigenvector_and_is_a_projection() {
    let patterns = random(100, 90, 21);
    let Network::Quadratic(network) = Rule::PseudoInverse.network(&patterns).expect("learns") else {
        unreachable!("it has weights")
    };
    let mut own = vec![0.0; 100];
    for (index, pattern) in patterns.iter().enumerate() {
        for (neuron, own) in own.iter_mut().enumerate() {
            let heard: f64 = (0..100).map(|j| network.weight(neuron, j) * f64::from(pattern[j])).sum();
            // W ξ = ξ with the diagonal that was left out, the same for every memory.
            let left_out = 1.0 - heard * f64::from(pattern[neuron]);
            if index == 0 {
                *own = left_out;
            }
            assert!((left_out - *own).abs() < 1e-5);
            assert!(heard * f64::from(pattern[neuron]) > 0.0, "a fixed point");
        }
    }
    // The trace of a projection is the dimension of its space.
    assert!((own.iter().sum::<f64>() - 90.0).abs() < 1e-3);
}

#[test]
fn memories_that_depend_on_each_other_give_the_least_norm_solution_and_a_notice() {
    let independent = random(60, 4, 31);
    let mut dependent = independent.clone();
    for index in [0, 2, 0] {
        let inverse: Vec<i8> = independent.get(index).iter().map(|bit| -bit).collect();
        dependent.push(&inverse).expect("fits");
    }
    let learned = Rule::PseudoInverse.learn(&dependent, &|_| true).expect("learns").expect("not ended");
    assert_eq!(learned.notice, Some(LearningNotice::Dependent { independent: 4 }));
    let (few, many) = (Rule::PseudoInverse.network(&independent).expect("learns"), learned.network);
    let (Some(few), Some(many)) = (few.quadratic(), many.quadratic()) else { unreachable!("they have weights") };
    let same = |i: usize, j: usize| (few.weight(i, j) - many.weight(i, j)).abs() < 1e-6;
    assert!((0..60).all(|i| (0..60).all(|j| same(i, j))));
}

#[test]
fn every_pseudo_inverse_memory_is_a_fixed_point_below_as_many_as_neurons() {
    // In the last percent or so below N the pull on some neuron is finer than weights in f32 can hold.
    for (neurons, count) in [(50, 25), (100, 95), (225, 215), (300, 290)] {
        let patterns = random(neurons, count, 41);
        let network = Arc::new(Rule::PseudoInverse.network(&patterns).expect("learns"));
        for pattern in patterns.iter() {
            let mut recall = Recall::new(Arc::clone(&network), pattern, Dynamics::RandomOrder, 1).expect("fits");
            assert_eq!(recall.run(2), Some(Settled::FixedPoint));
            assert_eq!(recall.state(), pattern);
        }
    }
}

#[test]
fn one_memory_more_or_less_is_as_learning_from_scratch() {
    // With many more memories than neurons Storkey learns one by one, and agrees with its definition written above.
    let crowd = Rule::Storkey.network(&random(9, 120, 50)).expect("learns");
    assert!(
        crowd.quadratic().is_some_and(|weights| (0..81).all(|pair| weights.weight(pair / 9, pair % 9).is_finite()))
    );
    let all = random(120, 9, 51);
    let mut fewer = all.clone();
    let last = fewer.remove(8);
    for rule in [Rule::Hebb, Rule::Storkey, Rule::PseudoInverse] {
        let (scratch, mut network) = (rule.network(&all).expect("learns"), rule.network(&fewer).expect("learns"));
        let (before, learner) = (network.clone(), rule.learner());
        assert!(learner.add(&mut network, &all), "{rule:?} adds");
        let (Some(a), Some(b)) = (network.quadratic(), scratch.quadratic()) else { unreachable!("they have weights") };
        let most = (0..120)
            .flat_map(|i| (0..120).map(move |j| (i, j)))
            .map(|(i, j)| (a.weight(i, j) - b.weight(i, j)).abs())
            .fold(0.0, f64::max);
        assert!(most < 1e-6, "{rule:?}: {most}");
        assert!((0..120).all(|i| (0..i).all(|j| a.weight(i, j) == a.weight(j, i))), "{rule:?} stays symmetric");
        if rule == Rule::Hebb {
            assert_eq!(network, scratch, "integers, so the same bits");
            assert!(learner.remove(&mut network, &fewer, &last));
            assert_eq!(network, before);
        } else {
            assert!(!learner.remove(&mut network, &fewer, &last), "{rule:?} must learn anew");
        }
    }
    // Storkey weighs by order: another order is another network.
    let mut other = Patterns::new(120).expect("in range");
    (0..9).rev().for_each(|index| other.push(all.get(index)).expect("fits"));
    assert_ne!(Rule::Storkey.network(&all), Rule::Storkey.network(&other));
}

#[test]
fn a_memory_that_comes_again_or_as_its_negative_does_not_take_itself_away_under_storkey() {
    let all = random(100, 3, 52);
    let negative: Vec<i8> = all.get(0).iter().map(|bit| -bit).collect();
    for again in [all.get(0).to_vec(), negative] {
        let mut with_it = all.clone();
        with_it.push(&again).expect("fits");
        let learned = Rule::Storkey.learn(&with_it, &|_| true).expect("learns").expect("not stopped");
        assert_eq!(learned.notice, Some(LearningNotice::Repeated { memories: 1 }));
        let mut network = Rule::Storkey.network(&all).expect("learns");
        assert_eq!(learned.network, network, "it is passed over");
        assert!(!Rule::Storkey.learner().add(&mut network, &with_it), "and not added to a network that stands");
        // What a person sees of it: the memory is still one, with a tenth of it spoiled.
        let mut probe = all.get(0).to_vec();
        probe.iter_mut().step_by(10).for_each(|bit| *bit = -*bit);
        let mut recall = Recall::new(Arc::new(learned.network), &probe, Dynamics::RandomOrder, 1).expect("fits");
        recall.run(20);
        assert_eq!(recall.state(), all.get(0));
    }
}

#[test]
fn the_perceptron_holds_more_random_memories_than_symmetric_rules_with_the_margin_it_names() {
    let patterns = random(100, 120, 61);
    let rule = Perceptron { margin: 0.1, sweeps: 400 };
    let learned = rule.learn(&patterns, &|_| true).expect("learns").expect("not ended");
    assert_eq!(learned.notice, None);
    let Some(weights) = learned.network.quadratic() else { unreachable!("it has weights") };
    assert!(!weights.is_symmetric());
    for neuron in 0..100 {
        let length = (0..100).map(|j| weights.weight(neuron, j).powi(2)).sum::<f64>().sqrt();
        for pattern in patterns.iter() {
            let heard: f64 = (0..100).map(|j| weights.weight(neuron, j) * f64::from(pattern[j])).sum();
            assert!(heard * f64::from(pattern[neuron]) >= 0.1 * length * (1.0 - 1e-9));
        }
    }
    assert_eq!(learned.network.energy_of(patterns.get(0)), None);
    // Beyond Gardner's bound α = 2 no weights hold all of them (at α = 3 and N = 40 far beyond it).
    let learned = Rule::Perceptron.learn(&random(40, 120, 62), &|_| true).expect("learns").expect("not ended");
    assert!(matches!(learned.notice, Some(LearningNotice::Unfinished { neurons }) if neurons > 30));
}

#[test]
fn heat_bath_samples_the_boltzmann_distribution_of_ten_neurons() {
    let mut rng = generator(71);
    let mut weights = vec![0.0; 100];
    for i in 0..10 {
        for j in 0..i {
            let weight = rng.random_range(-0.5..0.5);
            weights[i * 10 + j] = weight;
            weights[j * 10 + i] = weight;
        }
    }
    let thresholds: Vec<f64> = (0..10).map(|_| rng.random_range(-0.3..0.3)).collect();
    let network = Quadratic::from_weights(10, &weights).with_thresholds(&thresholds);
    let state_of = |index: usize| -> Vec<i8> { (0..10).map(|i| if index >> i & 1 == 1 { 1 } else { -1 }).collect() };
    let temperature = 0.9;
    let boltzmann: Vec<f64> =
        (0..1024).map(|index| (-energy_by_definition(&network, &state_of(index)) / temperature).exp()).collect();
    let total: f64 = boltzmann.iter().sum();
    let network = Arc::new(Network::Quadratic(network));
    let samples = 60_000;
    let mut counts = vec![0.0; 1024];
    let mut recall = Recall::new(network, &state_of(0), Dynamics::HeatBath { temperature }, 72).expect("fits");
    for _ in 0..samples {
        // Thinned until nearly independent: at this temperature correlations die within a few sweeps.
        for _ in 0..12 {
            recall.sweep();
        }
        counts[recall.state().iter().rev().fold(0, |index, &spin| 2 * index + usize::from(spin > 0))] += 1.0;
    }
    let expected: Vec<f64> = boltzmann.iter().map(|weight| weight / total * f64::from(samples)).collect();
    let p = chi_square_p(&counts, &expected);
    assert!(p > 1e-3, "p = {p}");
}

#[test]
fn all_at_once_two_neurons_swap_for_ever_and_it_is_named() {
    let network = Arc::new(Network::Quadratic(Quadratic::from_weights(2, &[0.0, 1.0, 1.0, 0.0])));
    let mut recall = Recall::new(Arc::clone(&network), &[1, -1], Dynamics::Synchronous, 1).expect("fits");
    assert_eq!(recall.run(10), Some(Settled::TwoCycle));
    let mut memories = Patterns::new(2).expect("in range");
    memories.push(&[1, 1]).expect("fits");
    assert_eq!(judge(recall.state(), &memories, recall.settled()), Verdict::TwoCycle);
    // One by one they agree.
    let mut recall = Recall::new(network, &[1, -1], Dynamics::RandomOrder, 1).expect("fits");
    assert_eq!(recall.run(10), Some(Settled::FixedPoint));
}

#[test]
fn asymmetric_weights_can_go_round_and_the_length_is_named() {
    // Each neuron copies the one before it, and the first copies the last inverted: a ring of period 2 · 3.
    let weights = [0.0, 0.0, -1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];
    let network = Quadratic::from_weights(3, &weights);
    assert!(!network.is_symmetric());
    let mut recall =
        Recall::new(Arc::new(Network::Quadratic(network)), &[1, 1, 1], Dynamics::Synchronous, 1).expect("fits");
    assert_eq!(recall.energy(), None);
    assert_eq!(recall.run(30), Some(Settled::Cycle(6)));
}

#[test]
fn graded_neurons_fall_downhill_and_rest_where_the_equation_says() {
    let patterns = random(80, 6, 111);
    let network = Arc::new(Rule::Hebb.network(&patterns).expect("learns"));
    let weights = network.quadratic().expect("it has weights");
    for gain in [1.5, 4.0, 8.0] {
        let probe = with_noise(patterns.get(2), 0.2, &mut generator(112));
        let mut recall = GradedRecall::new(Arc::clone(&network), &probe, gain).expect("fits");
        let mut energy = recall.energy();
        for _ in 0..2000 {
            recall.step();
            assert!(recall.energy() <= energy);
            energy = recall.energy();
        }
        assert!(recall.is_at_rest());
        let outputs = recall.outputs();
        // E with ∫₀^V artanh v dv by Simpson's rule, and rest: u = Σ w V.
        let mut written = 0.0;
        for i in 0..80 {
            let pull: f64 = (0..80).map(|j| weights.weight(i, j) * outputs[j]).sum();
            assert!((outputs[i] - (gain * pull).tanh()).abs() < 1e-5, "gain {gain}");
            let (steps, end) = (20_000, outputs[i]);
            let at = |step: usize| (end * step as f64 / steps as f64).atanh();
            let inner: f64 = (1..steps).map(|step| if step % 2 == 1 { 4.0 } else { 2.0 } * at(step)).sum();
            written += -0.5 * pull * end + (at(0) + inner + at(steps)) * end / steps as f64 / 3.0 / gain;
        }
        assert!(
            (energy - written).abs() < 1e-4 * written.abs().max(1.0),
            "gain {gain}: {energy}, by definition {written}"
        );
    }
    let asymmetric = Arc::new(Rule::Perceptron.network(&patterns).expect("learns"));
    assert_eq!(GradedRecall::new(asymmetric, patterns.get(0), 2.0).err(), Some(HopfieldError::NoSymmetricWeights));
}

#[test]
fn the_modern_network_retrieves_in_one_step_and_its_energy_falls() {
    let patterns = random(100, 300, 121);
    let probe: Vec<f64> =
        with_noise(patterns.get(7), 0.25, &mut generator(122)).iter().map(|&bit| f64::from(bit)).collect();
    let mut recall = ModernRecall::new(patterns.clone(), &probe, 2.0).expect("fits");
    let before = recall.energy();
    recall.step();
    assert!(recall.energy() <= before && recall.energy() >= 0.0);
    // Ramsauer and others 2020, theorem 4: after one step the error is exponentially small.
    assert!(recall.state().iter().zip(patterns.get(7)).all(|(s, &bit)| (s - f64::from(bit)).abs() < 1e-6));
    assert!((recall.attention().iter().sum::<f64>() - 1.0).abs() < 1e-12 && recall.attention()[7] > 0.999_999);
    // Attention as written, in a blend at low β; and E never rises on the way.
    let mut recall = ModernRecall::new(patterns.clone(), &probe, 0.02).expect("fits");
    let scores: Vec<f64> = patterns
        .iter()
        .map(|p| (0.02 * p.iter().zip(&probe).map(|(&b, s)| f64::from(b) * s).sum::<f64>()).exp())
        .collect();
    let total: f64 = scores.iter().sum();
    assert!(recall.attention().iter().zip(&scores).all(|(p, score)| (p - score / total).abs() < 1e-12));
    let mut energy = recall.energy();
    for _ in 0..200 {
        recall.step();
        assert!(recall.energy() <= energy + 1e-9);
        energy = recall.energy();
    }
    assert!(recall.is_at_rest());
}

#[test]
fn verdicts_name_memories_inverses_mixtures_and_what_is_none() {
    let memories = random(400, 5, 131);
    let rest = Some(Settled::FixedPoint);
    let noisy = with_noise(memories.get(3), 0.01, &mut generator(132));
    assert_eq!(judge(&noisy, &memories, rest), Verdict::Recalled(3));
    let inverse: Vec<i8> = memories.get(1).iter().map(|bit| -bit).collect();
    assert_eq!(judge(&inverse, &memories, rest), Verdict::Inverted(1));
    let blend = mixture(&memories, &[(0, false), (2, true), (4, false)]);
    let Verdict::Mixture { of, likeness } = judge(&blend, &memories, rest) else { panic!("a mixture") };
    let mut members = of;
    members.sort_unstable();
    assert_eq!((members, likeness), (vec![(0, false), (2, true), (4, false)], 1.0));
    let five = mixture(&memories, &[(0, false), (1, false), (2, false), (3, false), (4, false)]);
    assert!(matches!(judge(&five, &memories, rest), Verdict::Mixture { of, .. } if of.len() == 5));
    // A picture and its inverse on one shelf: each is a memory.
    let mut both = memories.clone();
    both.push(&inverse).expect("fits");
    assert_eq!(judge(&inverse, &both, rest), Verdict::Recalled(5));
    // A near copy of a member must not hide the others of a mixture.
    let mut copied = memories.clone();
    copied.push(&with_noise(memories.get(0), 0.01, &mut generator(134))).expect("fits");
    let Verdict::Mixture { of, .. } = judge(&blend, &copied, rest) else { panic!("a mixture") };
    assert!(of.contains(&(2, true)) && of.contains(&(4, false)));
    let stranger = random_bits(400, &mut generator(133));
    assert_eq!(judge(&stranger, &memories, rest), Verdict::Spurious);
    assert_eq!(judge(&stranger, &memories, None), Verdict::Moving);
    assert_eq!(judge(&stranger, &Patterns::new(400).expect("in range"), rest), Verdict::NoMemories);
}

#[test]
fn hebb_at_low_load_has_the_mixture_of_three_as_a_false_memory() {
    // Amit, Gutfreund, Sompolinsky 1985: symmetric three-mixtures are stable below T = 0.46.
    let memories = random(1000, 3, 141);
    let network = Arc::new(Rule::Hebb.network(&memories).expect("learns"));
    let blend = mixture(&memories, &[(0, false), (1, false), (2, false)]);
    let mut recall = Recall::new(network, &blend, Dynamics::RandomOrder, 1).expect("fits");
    assert_eq!(recall.run(50), Some(Settled::FixedPoint));
    assert!(overlap(recall.state(), &blend) > 0.98);
    // Each takes part with m = ½.
    assert!(memories.overlaps(recall.state()).all(|m| (m - 0.5).abs() < 0.08));
}

#[test]
fn what_cannot_be_learned_is_refused_with_a_reason() {
    let none = Patterns::new(50).expect("in range");
    for rule in Rule::ALL {
        assert_eq!(rule.network(&none), Err(HopfieldError::NoPatterns), "{rule:?}");
    }
    let mut white = Patterns::new(4).expect("in range");
    white.push(&[-1; 4]).expect("fits");
    assert_eq!(Rule::Covariance.network(&white), Err(HopfieldError::NoContrast));
    assert_eq!(Rule::Polynomial(31).network(&random(10, 2, 1)), Err(HopfieldError::Power(31)));
}
