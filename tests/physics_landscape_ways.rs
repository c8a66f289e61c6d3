//! Ways over passes, sharp valleys and flat ones, random curvatures and twins, each against another way to know it.

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::landscape::{
    Couplings, System, Tree,
    curvatures::{exact_chance, roll},
    diffusion::Smoothed,
    potentials::{Line, Potential},
    rates::share_on_the_left,
    sharp_flat::{CurvedNoise, thermal_share_of_the_flat},
    walkers::{Heat, Motion, Walkers},
    ways::{descent, shortest_way},
};

fn energies(couplings: &Couplings) -> Vec<i32> {
    (0..1_u32 << couplings.spins()).map(|state| couplings.energy_units(state)).collect()
}

/// How many turned spins each state is away from one, among states up to a height; plain sweeps until nothing changes.
fn distances(energies: &[i32], spins: usize, from: u32, height: i32) -> Vec<Option<u32>> {
    let mut found = vec![None; energies.len()];
    found[from as usize] = Some(0);
    for distance in 0_u32.. {
        let here: Vec<usize> = (0..found.len()).filter(|&state| found[state] == Some(distance)).collect();
        if here.is_empty() {
            return found;
        }
        for state in here {
            for spin in 0..spins {
                let other = state ^ 1 << spin;
                if found[other].is_none() && energies[other] <= height {
                    found[other] = Some(distance + 1);
                }
            }
        }
    }
    found
}

#[test]
fn passes_between_leaves_are_the_lowest_heights_at_which_they_are_joined() {
    for (system, spins) in [
        (System::SherringtonKirkpatrick, 8),
        (System::SherringtonKirkpatrick, 9),
        (System::Ring, 8),
        (System::Hopfield { patterns: 2 }, 10),
    ] {
        for seed in 0..6 {
            let couplings = Couplings::of(system, spins, seed).expect("allowed");
            let tree = Tree::new(&couplings, &|_| true).expect("not stopped");
            let energies = energies(&couplings);
            let mut heights: Vec<i32> = energies.clone();
            heights.sort_unstable();
            heights.dedup();
            for one in 0..tree.leaves.len() {
                for other in 0..one {
                    let (from, to) = (tree.leaves[one].state, tree.leaves[other].state);
                    let pass = tree.pass_between(one, other);
                    assert_eq!(pass, tree.pass_between(other, one));
                    let joined = |height: i32| {
                        energies[from as usize] <= height
                            && distances(&energies, spins, from, height)[to as usize].is_some()
                    };
                    let lowest = heights[heights.partition_point(|&height| !joined(height))];
                    assert_eq!(pass, lowest, "{system:?}, seed {seed}: {one} and {other}");
                    // The way over it is whole, climbs just so high, and is as short as can be.
                    let way = shortest_way(&couplings, from, to, pass, &|_| true).expect("they are joined");
                    assert_eq!((way.states[0], way.states.last()), (from, Some(&to)));
                    assert!(way.states.windows(2).all(|pair| (pair[0] ^ pair[1]).is_power_of_two()));
                    let own: Vec<i32> = way.states.iter().map(|&state| energies[state as usize]).collect();
                    assert_eq!(way.energies, own);
                    assert_eq!((own.iter().max(), own[way.top()]), (Some(&pass), pass));
                    let distance = distances(&energies, spins, from, pass)[to as usize];
                    assert_eq!(distance, Some(way.states.len() as u32 - 1));
                    // One unit lower there is none.
                    assert!(shortest_way(&couplings, from, to, pass - 1, &|_| true).is_none());
                }
                assert_eq!(tree.pass_between(one, one), tree.leaves[one].energy);
            }
        }
    }
}

#[test]
fn a_ring_is_turned_over_by_a_wall_that_goes_round() {
    // From all down to all up on a ring of eight: two walls come, one goes round, eight spins turn.
    let couplings = Couplings::of(System::Ring, 8, 0).expect("allowed");
    let tree = Tree::new(&couplings, &|_| true).expect("not stopped");
    let height = tree.pass_between(0, 1);
    assert_eq!(tree.unit * f64::from(height), -4.0);
    let way = shortest_way(&couplings, 0, 255, height, &|_| true).expect("joined");
    assert_eq!(way.states.len(), 9);
    assert!(way.energies[1..8].iter().all(|&energy| energy == height));
    assert!(shortest_way(&couplings, 0, 255, height, &|_| false).is_none(), "told to stop, it stops");
    // A single turned spin falls back.
    assert_eq!(descent(&couplings, 0b1000), [0b1000, 0]);
}

#[test]
fn noise_that_follows_the_curvature_prefers_the_flat_valley_exponentially() {
    // By quadrature made elsewhere, at a hill of ¼.
    for (width, temperature, truth) in [
        (1.5, 0.2, 0.8764),
        (1.5, 0.1, 0.9531),
        (1.5, 0.5, 0.8039),
        (2.0, 0.1, 0.9975),
        (2.0, 0.2, 0.9767),
        (2.0, 0.5, 0.9270),
        (3.0, 0.2, 0.9996),
    ] {
        let share = CurvedNoise::new(width).share_of_the_flat(temperature);
        assert!((share - truth).abs() < 1e-4, "w = {width}, T = {temperature}: {share} against {truth}");
    }
    // Thermal noise prefers it too, but alike at every temperature.
    let line = Line::SharpFlat { width: 1.5 };
    let wells = line.wells().expect("two wells");
    for temperature in [0.05, 0.2, 1.0] {
        let share = share_on_the_left(&line, wells, temperature);
        assert!((share - thermal_share_of_the_flat(1.5)).abs() < 1e-9, "{share}");
    }
}

#[test]
fn counted_shares_of_the_flat_valley_are_the_exact_ones() {
    let (width, temperature, walkers) = (1.5, 0.2, 4000);
    let places: Vec<[f64; 1]> = (0..walkers).map(|index| [if index % 2 == 0 { -width } else { 1.0 }]).collect();
    let heat = Heat { motion: Motion::Euler, temperature, step: 0.02 };
    let share = |potential: &dyn Fn(&mut Walkers<1>, u64)| {
        let mut all = Walkers::new(&places, temperature, 9);
        // It mixes within a time of 50; looks are as far apart.
        potential(&mut all, 10_000);
        let mut mean = 0.0;
        for _ in 0..30 {
            potential(&mut all, 2500);
            mean += all.iter().filter(|walker| walker.at[0] < 0.0).count() as f64 / walkers as f64 / 30.0;
        }
        mean
    };
    let notes = || vec![(); walkers];
    let thermal = share(&|all, steps| {
        all.run(&Line::SharpFlat { width }, heat, steps, &mut notes(), |_, ()| {}).expect("short steps");
    });
    let curved = share(&|all, steps| {
        all.run(&CurvedNoise::new(width), heat, steps, &mut notes(), |_, ()| {}).expect("short steps");
    });
    // At this step the walk itself is off by up to 0.003.
    assert!((thermal - 0.6).abs() < 0.005, "{thermal}");
    let exact = CurvedNoise::new(width).share_of_the_flat(temperature);
    assert!((curved - exact).abs() < 0.005, "{curved} against {exact}");
    assert!((CurvedNoise::new(width).noise([-0.3]) - CurvedNoise::new(width).diffusion(-0.3)).abs() < 1e-15);
}

#[test]
fn all_curvatures_are_upwards_as_often_as_is_known() {
    for (dimensions, rolls) in [(1, 20_000), (2, 100_000), (3, 400_000)] {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(dimensions as u64);
        let hits = (0..rolls).filter(|_| roll(dimensions, &mut rng)).count();
        let exact = exact_chance(dimensions).expect("known");
        let error = (exact * (1.0 - exact) / f64::from(rolls)).sqrt();
        let share = hits as f64 / f64::from(rolls);
        assert!((share - exact).abs() < 4.0 * error, "N = {dimensions}: {share} ± {error}, exact {exact}");
    }
    assert!((exact_chance(2).expect("known") - 0.146_45).abs() < 1e-5);
    assert!((exact_chance(3).expect("known") - 0.024_92).abs() < 1e-5);
    assert_eq!(exact_chance(4), None);
}

#[test]
fn twins_agree_in_class_before_they_agree_in_point() {
    // Two clouds of points, far apart.
    let points: Vec<[f64; 2]> = (0..40)
        .map(|index| {
            let (x, y) = (f64::from(index % 5) * 0.1, f64::from(index / 5 % 4) * 0.1);
            if index < 20 { [x - 1.5, y] } else { [x + 1.1, y] }
        })
        .collect();
    let classes: Vec<usize> = (0..40).map(|index| index / 20).collect();
    let smoothed = Smoothed::new(points, 0.01).expect("allowed");
    let at = |time: f64| smoothed.agreement(&classes, time, 4000, 3);
    let [class, point] = at(1e-5);
    assert!(class > 0.999 && point > 0.99, "{class}, {point}");
    let [class, point] = at(0.1);
    assert!(class > 0.95 && point < 0.2, "the class is decided, the point is not: {class}, {point}");
    let [class, point] = at(4.0);
    assert!((class - 0.5).abs() < 0.01 && (point - 1.0 / 40.0).abs() < 0.002, "only chance is left: {class}, {point}");
    // Two points with σ₀ = 1, so that the density is normal about ±μ e^{−t} with variance 1 at any time: at t = ½ ln(1 + |μ|²)
    // with |μ|² = 2 the twins agree in 0.715, measured elsewhere.
    let two = Smoothed::new(vec![[2_f64.sqrt(), 0.0], [-(2_f64.sqrt()), 0.0]], 1.0).expect("allowed");
    let [class, _] = two.agreement(&[0, 1], 0.5 * 3_f64.ln(), 200_000, 5);
    assert!((class - 0.715).abs() < 0.003, "{class}");
}
