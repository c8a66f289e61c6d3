//! The tree of valleys against exact truths: what is known of rings and tori, the mean number of minima of Sherrington and
//! Kirkpatrick's glass, gauges, and a slow algorithm of another kind.

use rand::{Rng, RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::landscape::{Couplings, LandscapeError, System, Tree};

fn tree(couplings: &Couplings) -> Tree {
    Tree::new(couplings, &|_| true).expect("not stopped")
}

fn of(system: System, spins: usize, seed: u64) -> Couplings {
    Couplings::of(system, spins, seed).expect("allowed")
}

/// Energy, multiplicity and energy of the pass of each leaf, in whole numbers of J.
fn whole(tree: &Tree) -> Vec<(i64, u32, Option<i64>)> {
    let energy = |units: i32| {
        let energy = tree.unit * f64::from(units);
        assert!(energy.fract() == 0.0, "{energy}");
        energy as i64
    };
    let leaf = |leaf: &spinscape::physics::landscape::Leaf| {
        (energy(leaf.energy), leaf.multiplicity, leaf.merge.map(|merge| energy(merge.energy)))
    };
    tree.leaves.iter().map(leaf).collect()
}

#[test]
fn rings_and_tori_have_the_valleys_that_are_known() {
    for spins in [8, 12, 22] {
        let n = spins as i64;
        let found = whole(&tree(&of(System::Ring, spins, 1)));
        assert_eq!(found, [(-n, 1, None), (-n, 1, Some(4 - n))], "a ring of {spins}");
    }
    // Stripes of two columns or rows are valleys too.
    let found = whole(&tree(&of(System::Torus { rows: 4 }, 0, 1)));
    let mut expected = vec![(-32, 1, None), (-32, 1, Some(-12))];
    expected.extend([(-16, 1, Some(-12)); 8]);
    assert_eq!(found, expected);
    let found = whole(&tree(&of(System::Torus { rows: 5 }, 0, 1)));
    let mut expected = vec![(-40, 1, None), (-40, 1, Some(-20))];
    expected.extend([(-24, 1, Some(-20)); 10]);
    expected.extend([(-20, 1, Some(-16)); 4]);
    assert_eq!(found, expected);
}

#[test]
fn the_mean_number_of_minima_of_a_mean_field_glass_is_the_exact_one() {
    // 2^N ∫Dz Φ(z/√(N−2))^N for N = 12; the standard deviation of a system's number is about 4.4.
    const EXACT: f64 = 11.549;
    let count = 1000;
    let numbers: Vec<f64> = (0..count)
        .map(|seed| {
            let couplings = of(System::SherringtonKirkpatrick, 12, seed);
            let tree = tree(&couplings);
            assert!(tree.leaves.len().is_multiple_of(2), "seed {seed}");
            assert_eq!(tree.leaves.iter().filter(|leaf| leaf.merge.is_some()).count(), tree.leaves.len() - 1);
            // Leaves come in pairs of states turned over.
            for leaf in &tree.leaves {
                let turned = tree.leaves.iter().find(|other| other.state == !leaf.state & 0xfff);
                assert_eq!(turned.map(|other| other.energy), Some(leaf.energy), "seed {seed}");
                assert_eq!(leaf.energy, couplings.energy_units(leaf.state));
            }
            tree.leaves.len() as f64
        })
        .collect();
    let mean = numbers.iter().sum::<f64>() / count as f64;
    let variance = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / (count - 1) as f64;
    let error = (variance / count as f64).sqrt();
    assert!(error < 0.2, "{error}");
    assert!((mean - EXACT).abs() < 3.0 * error, "{mean} ± {error}, {EXACT} expected");
}

#[test]
fn energies_of_all_states_have_the_mean_and_variance_of_their_couplings() {
    for system in [System::SherringtonKirkpatrick, System::Gaussian { rows: 4 }, System::Hopfield { patterns: 3 }] {
        let couplings = of(system, 13, 5);
        let spins = couplings.spins();
        let units = |state| i64::from(couplings.energy_units(state));
        assert_eq!((0..1 << spins).map(units).sum::<i64>(), 0, "{system:?}");
        let squares: i128 = (0..1 << spins).map(|state| i128::from(units(state)).pow(2)).sum();
        let all = (0..spins).flat_map(|i| (i + 1..spins).map(move |j| (i, j)));
        let expected: i128 = all.map(|(i, j)| i128::from(couplings.units(i, j)).pow(2)).sum();
        assert_eq!(squares, expected << spins, "{system:?}");
    }
}

/// Energies of leaves and of passes, each sorted.
fn levels(tree: &Tree) -> (Vec<(i32, u32)>, Vec<i32>) {
    let mut leaves: Vec<_> = tree.leaves.iter().map(|leaf| (leaf.energy, leaf.multiplicity)).collect();
    let mut passes: Vec<_> = tree.leaves.iter().filter_map(|leaf| leaf.merge.map(|merge| merge.energy)).collect();
    leaves.sort_unstable();
    passes.sort_unstable();
    (leaves, passes)
}

#[test]
fn turning_spins_over_by_name_and_renaming_them_changes_no_level() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
    for (system, spins) in [
        (System::SherringtonKirkpatrick, 14),
        (System::Gaussian { rows: 4 }, 16),
        (System::PlusMinus { rows: 4 }, 16),
        (System::Hopfield { patterns: 2 }, 15),
    ] {
        for seed in 0..5 {
            let couplings = of(system, spins, seed);
            let expected = levels(&tree(&couplings));
            let mut names: Vec<usize> = (0..spins).collect();
            for place in (1..spins).rev() {
                names.swap(place, rng.random_range(0..=place));
            }
            let signs: Vec<f64> = (0..spins).map(|_| if rng.next_u64() >> 63 == 1 { 1.0 } else { -1.0 }).collect();
            let changed = couplings.pairs().map(|(i, j, value)| (names[i], names[j], signs[i] * signs[j] * value));
            let changed = Couplings::new(spins, changed).expect("allowed");
            assert_eq!(levels(&tree(&changed)), expected, "{system:?} {seed}");
        }
    }
}

/// Leaves and passes by flooding: states from the lowest on, each joining the components of its neighbours that are under
/// water; a level is finished before its components are counted.
fn flooded(couplings: &Couplings) -> (Vec<(i32, u32)>, Vec<i32>) {
    let spins = couplings.spins();
    let energies: Vec<i32> = (0..1_u32 << spins).map(|state| couplings.energy_units(state)).collect();
    let mut states: Vec<usize> = (0..energies.len()).collect();
    states.sort_by_key(|&state| energies[state]);
    let mut parents: Vec<usize> = (0..energies.len()).collect();
    fn root(parents: &mut [usize], mut state: usize) -> usize {
        while parents[state] != state {
            parents[state] = parents[parents[state]];
            state = parents[state];
        }
        state
    }
    // Of each component the energy of its bottom.
    let mut bottoms = vec![i32::MAX; energies.len()];
    let (mut leaves, mut passes) = (Vec::new(), Vec::new());
    for level in states.chunk_by(|&one, &other| energies[one] == energies[other]) {
        let energy = energies[level[0]];
        for &state in level {
            bottoms[state] = energy;
        }
        for &state in level {
            for neighbour in (0..spins).map(|spin| state ^ 1 << spin).filter(|&other| energies[other] <= energy) {
                let (one, other) = (root(&mut parents, state), root(&mut parents, neighbour));
                if one != other {
                    // Two that both began lower meet here.
                    if bottoms[one].max(bottoms[other]) < energy {
                        passes.push(energy);
                    }
                    let (deep, shallow) = if bottoms[one] <= bottoms[other] { (one, other) } else { (other, one) };
                    parents[shallow] = deep;
                }
            }
        }
        let mut new = std::collections::BTreeMap::new();
        for &state in level {
            let root = root(&mut parents, state);
            if bottoms[root] == energy {
                *new.entry(root).or_insert(0_u32) += 1;
            }
        }
        leaves.extend(new.into_values().map(|count| (energy, count)));
    }
    leaves.sort_unstable();
    (leaves, passes)
}

#[test]
fn flooding_finds_the_same_leaves_and_passes() {
    for (system, spins) in [
        (System::SherringtonKirkpatrick, 2),
        (System::SherringtonKirkpatrick, 9),
        (System::SherringtonKirkpatrick, 14),
        (System::Ring, 11),
        (System::Hopfield { patterns: 2 }, 12),
        (System::Hopfield { patterns: 5 }, 14),
        (System::PlusMinus { rows: 4 }, 0),
        (System::Torus { rows: 4 }, 0),
    ] {
        for seed in 0..6 {
            let couplings = of(system, spins, seed);
            assert_eq!(levels(&tree(&couplings)), flooded(&couplings), "{system:?} {spins} {seed}");
        }
    }
    // Uncoupled spins beside a pair: plateaus of many states.
    let loose = Couplings::new(9, [(2, 7, -1.5)]).expect("allowed");
    assert_eq!(levels(&tree(&loose)), flooded(&loose));
    assert_eq!(levels(&tree(&loose)).0.len(), 2);
}

#[test]
fn the_tree_does_not_depend_on_threads_and_can_be_stopped() {
    let couplings = of(System::SherringtonKirkpatrick, 18, 4);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| tree(&couplings))
    };
    assert_eq!(with(1), with(3));
    assert!(Tree::new(&couplings, &|done| done < 0.3).is_none());
}

#[test]
fn a_state_at_the_pass_has_its_energy_and_lies_above_both_valleys() {
    let couplings = of(System::Gaussian { rows: 5 }, 0, 2);
    let tree = tree(&couplings);
    for leaf in &tree.leaves {
        let Some(merge) = leaf.merge else { continue };
        assert_eq!(couplings.energy_units(merge.pass), merge.energy);
        assert!(merge.energy > leaf.energy && leaf.energy >= tree.leaves[merge.into].energy);
    }
}

#[test]
fn what_does_not_fit_is_refused_with_what_would_be_right() {
    let said = |result: Result<Couplings, LandscapeError>| result.expect_err("refused").to_string();
    let sk = |spins| Couplings::of(System::SherringtonKirkpatrick, spins, 1);
    assert_eq!(said(sk(23)), "23 spins are not allowed: give 2 to 22");
    assert_eq!(said(sk(1)), "1 spins are not allowed: give 2 to 22");
    assert_eq!(said(Couplings::of(System::Ring, 2, 1)), "2 spins are not allowed: give 3 to 22");
    assert!(said(Couplings::of(System::Hopfield { patterns: 0 }, 8, 1)).contains("1 to 1000"));
    assert!(said(Couplings::new(3, [(0, 1, f64::NAN)])).contains("spins 0 and 1 is NaN"));
    assert!(said(Couplings::new(3, [(0, 1, 0.0)])).contains("all couplings are 0"));
}
