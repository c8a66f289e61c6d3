//! Where starts come to rest, against the exact chances by enumeration of all states.

use spinscape::physics::landscape::{
    Couplings, System, Tree,
    starts::{Cooling, ends, hottest, share_of_hottest},
};

fn tree(couplings: &Couplings) -> Tree {
    Tree::new(couplings, &|_| true).expect("not cancelled")
}

fn energies(couplings: &Couplings) -> Vec<f64> {
    (0..1_u32 << couplings.spins()).map(|state| couplings.energy(state)).collect()
}

/// The chance of each state, if at each try a spin at random is turned by Metropolis' rule.
fn after_a_try(chances: &[f64], energies: &[f64], spins: usize, temperature: f64) -> Vec<f64> {
    let mut next = vec![0.0; chances.len()];
    for (state, &chance) in chances.iter().enumerate() {
        for spin in 0..spins {
            let other = state ^ 1 << spin;
            let taken = (-(energies[other] - energies[state]).max(0.0) / temperature).exp();
            next[other] += chance * taken / spins as f64;
            next[state] += chance * (1.0 - taken) / spins as f64;
        }
    }
    next
}

/// The chance of each state at the end, if from these chances each try turns a spin at random where that lowers the energy:
/// from high states to low ones, each hands its chance on to its lower neighbours in equal parts.
fn quenched(mut chances: Vec<f64>, energies: &[f64], spins: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|&one, &other| energies[other].total_cmp(&energies[one]));
    for state in order {
        let lower: Vec<_> =
            (0..spins).map(|spin| state ^ 1 << spin).filter(|&s| energies[s] < energies[state]).collect();
        let chance = chances[state];
        if !lower.is_empty() {
            chances[state] = 0.0;
            lower.iter().for_each(|&other| chances[other] += chance / lower.len() as f64);
        }
    }
    chances
}

/// χ² of counts against chances, for leaves of one state each; it has as many degrees of freedom as leaves, less one.
fn chi_squared(counts: &[u32], tree: &Tree, chances: &[f64]) -> f64 {
    let total = f64::from(counts.iter().sum::<u32>());
    let expected = tree.leaves.iter().map(|leaf| total * chances[leaf.state as usize]);
    counts.iter().zip(expected).map(|(&count, expected)| (f64::from(count) - expected).powi(2) / expected).sum()
}

#[test]
fn quenches_and_slow_cooling_end_in_each_valley_as_often_as_enumeration_says() {
    for (seed, spins, cooling) in [
        (3, 10, Cooling::Quench),
        (5, 11, Cooling::Quench),
        (3, 10, Cooling::Slow { sweeps: 20 }),
        (4, 9, Cooling::Slow { sweeps: 10 }),
    ] {
        let couplings = Couplings::of(System::SherringtonKirkpatrick, spins, seed).expect("allowed");
        let (tree, energies) = (tree(&couplings), energies(&couplings));
        let mut chances = vec![1.0 / energies.len() as f64; energies.len()];
        if let Cooling::Slow { sweeps } = cooling {
            for sweep in 0..sweeps {
                let temperature = hottest(&couplings) * share_of_hottest(sweep, sweeps);
                for _ in 0..spins {
                    chances = after_a_try(&chances, &energies, spins, temperature);
                }
            }
        }
        let chances = quenched(chances, &energies, spins);
        let ends_somewhere: f64 = tree.leaves.iter().map(|leaf| chances[leaf.state as usize]).sum();
        assert!((ends_somewhere - 1.0).abs() < 1e-9, "no other state is an end");
        assert!(tree.leaves.len() >= 4, "{} leaves: nothing to choose from", tree.leaves.len());
        let counts = ends(&couplings, &tree, cooling, 7, 0, 40_000, &|_| true).expect("not cancelled");
        assert_eq!(counts.iter().sum::<u32>(), 40_000);
        let (chi, freedom) = (chi_squared(&counts, &tree, &chances), (tree.leaves.len() - 1) as f64);
        // Four standard deviations of χ² above its mean; a wrong rule is off by hundreds.
        assert!(
            chi < freedom + 4.0 * (2.0 * freedom).sqrt(),
            "{cooling:?}: χ² {chi} with {freedom} degrees of freedom"
        );
        // An order of magnitude more than chance would make a test of nothing: the other cooling's chances do not pass.
        let other = quenched(vec![1.0 / energies.len() as f64; energies.len()], &energies, spins);
        if cooling != Cooling::Quench {
            assert!(chi_squared(&counts, &tree, &other) > freedom + 40.0 * (2.0 * freedom).sqrt());
        }
    }
}

#[test]
fn slow_cooling_finds_the_deepest_valleys_of_a_glass_far_more_often() {
    let couplings = Couplings::of(System::SherringtonKirkpatrick, 14, 7).expect("allowed");
    let tree = tree(&couplings);
    let deepest = |cooling| {
        let counts = ends(&couplings, &tree, cooling, 7, 0, 1000, &|_| true).expect("not cancelled");
        // The deepest valley and its mirror are the first two.
        counts[0] + counts[1]
    };
    assert_eq!(tree.leaves[0].energy, tree.leaves[1].energy);
    let (quench, slow) = (deepest(Cooling::Quench), deepest(Cooling::Slow { sweeps: 1000 }));
    // At most √(1000 · ¼) is the standard deviation of each; five of their difference.
    assert!(f64::from(slow) > f64::from(quench) + 5.0 * 500.0_f64.sqrt(), "{slow} slowly, {quench} at once, of 1000");
}

#[test]
fn counts_add_up_and_do_not_depend_on_the_threads() {
    let couplings = Couplings::of(System::Gaussian { rows: 4 }, 16, 1).expect("allowed");
    let tree = tree(&couplings);
    let cooling = Cooling::Slow { sweeps: 10 };
    let count = |from, count| ends(&couplings, &tree, cooling, 7, from, count, &|_| true).expect("not cancelled");
    let whole = count(0, 350);
    let parts: Vec<u32> = count(0, 150).iter().zip(count(150, 200)).map(|(one, other)| one + other).collect();
    assert_eq!(whole, parts);
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool").install(|| count(0, 350));
    assert_eq!(whole, alone);
    assert_eq!(ends(&couplings, &tree, cooling, 7, 0, 350, &|done| done < 0.5), None);
}

#[test]
fn every_state_falls_into_a_leaf_also_over_plateaus() {
    for system in [
        System::Torus { rows: 4 },
        System::PlusMinus { rows: 4 },
        System::Ring,
        System::Hopfield { patterns: 2 },
        System::SherringtonKirkpatrick,
    ] {
        let couplings = Couplings::of(system, 12, 1).expect("allowed");
        let tree = tree(&couplings);
        let mut at_the_bottom = vec![0_u32; tree.leaves.len()];
        for state in (0..1_u32 << couplings.spins()).step_by(if couplings.spins() > 12 { 3 } else { 1 }) {
            let leaf = tree.leaf_of(&couplings, state).expect("a leaf");
            assert!(tree.leaves[leaf].energy <= couplings.energy_units(state), "{system:?}");
        }
        for (place, leaf) in tree.leaves.iter().enumerate() {
            assert_eq!(tree.leaf_of(&couplings, leaf.state), Some(place), "{system:?}");
        }
        // All states of a leaf's bottom, found among all states, are as many as the tree says.
        for state in 0..1_u32 << couplings.spins() {
            let energy = couplings.energy_units(state);
            if tree.leaves.iter().any(|leaf| leaf.energy == energy) {
                let leaf = tree.leaf_of(&couplings, state).expect("a leaf");
                at_the_bottom[leaf] += u32::from(tree.leaves[leaf].energy == energy);
            }
        }
        let multiplicities: Vec<u32> = tree.leaves.iter().map(|leaf| leaf.multiplicity).collect();
        assert_eq!(at_the_bottom, multiplicities, "{system:?}");
    }
}
