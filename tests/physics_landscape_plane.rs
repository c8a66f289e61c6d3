//! Planes through the states of a network, and the basins on them.

use std::{collections::HashSet, sync::Arc};

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::{
    hopfield::{Dynamics, Network, Patterns, Recall, Rule, Settled, patterns::overlap},
    landscape::{
        density::coordinate,
        plane::{Basins, End, Plane, corner, shares},
    },
};

fn network(neurons: usize, count: usize, seed: u64) -> (Arc<Network>, Arc<Patterns>) {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let memories = Patterns::random(neurons, count, &mut rng).expect("allowed");
    let learned = Rule::Hebb.learner().learn(&memories, &|_| true).expect("learns").expect("not stopped");
    (Arc::new(learned.network), Arc::new(memories))
}

fn plane(memories: &Patterns, seed: u64) -> Plane {
    Plane::through([memories.get(0), memories.get(1), memories.get(2)], seed)
}

fn states(plane: &Plane, reach: f64) -> usize {
    let places = (0..61 * 61).map(|place| [place % 61, place / 61].map(|along| coordinate(along, 61, reach)));
    places.map(|at| plane.binary(at)).collect::<HashSet<_>>().len()
}

#[test]
fn memories_lie_at_the_corners_and_likeness_is_linear_between_them() {
    let (_, memories) = network(400, 3, 1);
    for memory in 0..3 {
        let shares = shares(corner(memory));
        for (other, share) in shares.iter().enumerate() {
            assert!((share - f64::from(u8::from(other == memory))).abs() < 1e-12, "{shares:?}");
        }
        // At its corner a memory is itself, whatever the thresholds are.
        assert_eq!(plane(&memories, 3).binary(corner(memory)), memories.get(memory));
    }
    // A threshold that lies evenly between −1 and 1 makes the mean of s just x, which is between them in the triangle: the overlap
    // with each memory is Σ a_l q_kl, with q the memories' overlaps with each other, and an error of at most 1/√N.
    let plane = plane(&memories, 3);
    let (mut square, mut count) = (0.0, 0.0);
    for place in 0..31 * 31 {
        let at = [place % 31, place / 31].map(|along| coordinate(along, 31, 1.0));
        let shares = shares(at);
        if shares.iter().any(|share| *share < 0.0) {
            continue;
        }
        let state = plane.binary(at);
        for k in 0..3 {
            let expected: f64 = (0..3).map(|l| shares[l] * overlap(memories.get(k), memories.get(l))).sum();
            let off = overlap(&state, memories.get(k)) - expected;
            assert!(off.abs() < 5.0 / 400.0_f64.sqrt(), "off by {off} at {at:?}");
            (square, count) = (square + off * off, count + 1.0);
        }
    }
    assert!(count > 500.0 && (square / count).sqrt() < 2.0 / 400.0_f64.sqrt(), "off by {}", (square / count).sqrt());
}

#[test]
fn thresholds_make_many_states_of_seven() {
    let (_, memories) = network(100, 3, 2);
    let with = plane(&memories, 5);
    assert!(states(&with, 1.6) > 500, "{}", states(&with, 1.6));
    assert!(states(&Plane::random(100, 5), 1.6) > 1000);
    // Without thresholds, by hand: the sign of a sum of three signs with shares that add up to 1.
    let mut plain = HashSet::new();
    for place in 0..61 * 61 {
        let shares = shares([place % 61, place / 61].map(|along| coordinate(along, 61, 1.6)));
        let x = |neuron: usize| (0..3).map(|k| shares[k] * f64::from(memories.get(k)[neuron])).sum::<f64>();
        plain.insert((0..100).map(|neuron| x(neuron) > 0.0).collect::<Vec<_>>());
    }
    assert!(plain.len() <= 10, "{} states", plain.len());
}

#[test]
fn the_squashing_makes_the_valleys() {
    let (network, memories) = network(100, 3, 4);
    let quadratic = network.quadratic().expect("pairs");
    let plane = plane(&memories, 5);
    let energy = |at: [f64; 2]| plane.graded_energy(quadratic, at);
    // Lower at each memory than on the way to any other, and than far outside.
    for memory in 0..3 {
        let here = corner(memory);
        for other in (0..3).filter(|&other| other != memory) {
            let there = corner(other);
            let between = [0, 1].map(|axis| 0.5 * (here[axis] + there[axis]));
            assert!(energy(here) + 0.05 < energy(between), "{} and {}", energy(here), energy(between));
        }
        assert!(energy(here.map(|x| 2.0 * x)) > energy(here));
    }
}

#[test]
fn the_map_is_that_of_single_recalls_in_the_same_order() {
    let (network, memories) = network(200, 10, 6);
    let plane = plane(&memories, 7);
    let (side, reach, seed) = (25, 1.5, 11);
    let basins = |orders| {
        Basins::new(Arc::clone(&network), Arc::clone(&memories), plane.clone(), seed, orders).expect("of this network")
    };
    let map = basins(1).map(side, reach, &|_| true).expect("not stopped");
    for (place, pixel) in map.iter().enumerate() {
        let start = plane.binary([place % side, place / side].map(|along| coordinate(along, side, reach)));
        let mut recall = Recall::new(Arc::clone(&network), &start, Dynamics::RandomOrder, seed).expect("fits");
        assert_eq!(recall.run(200), Some(Settled::FixedPoint));
        let overlaps: Vec<f64> = memories.overlaps(recall.state()).collect();
        let expected = match pixel.end {
            End::Memory(memory) => overlaps[memory] >= 0.97,
            End::Inverse(memory) => overlaps[memory] <= -0.97,
            End::Mixture | End::Spurious => overlaps.iter().all(|overlap| overlap.abs() < 0.97),
            End::Moving => false,
        };
        assert!(expected, "{pixel:?} with {overlaps:?}");
        assert_eq!((pixel.share, pixel.sweeps), (1.0, recall.sweeps() as f32));
    }
    // Whatever the threads; and over several orders shares say how sure an end is.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    assert_eq!(alone.install(|| basins(1).map(side, reach, &|_| true)), Some(map.clone()));
    let several = basins(8).map(side, reach, &|_| true).expect("not stopped");
    assert!(several.iter().all(|pixel| pixel.share >= 0.125 && (8.0 * pixel.share).fract() == 0.0));
    assert!(several.iter().any(|pixel| pixel.share < 1.0), "some places hang on the order");
    assert!(basins(1).map(side, reach, &|done| done < 0.5).is_none(), "told to stop, it stops");
}

#[test]
fn near_capacity_another_order_changes_some_ends_but_most_stay() {
    let (network, memories) = network(400, 20, 8);
    let plane = plane(&memories, 9);
    let map = |seed| {
        let basins = Basins::new(Arc::clone(&network), Arc::clone(&memories), plane.clone(), seed, 1).expect("fits");
        basins.map(41, 1.2, &|_| true).expect("not stopped")
    };
    let (one, other) = (map(1), map(2));
    let changed = one.iter().zip(&other).filter(|(one, other)| one.end != other.end).count() as f64 / one.len() as f64;
    assert!((0.01..0.45).contains(&changed), "{changed} changed");
    let share = |end| one.iter().filter(|pixel| pixel.end == end).count() as f64 / one.len() as f64;
    for memory in 0..3 {
        assert!(share(End::Memory(memory)) > 0.1, "memory {memory} holds {}", share(End::Memory(memory)));
    }
}
