//! Clusters of a state: against a flood fill, the exact second moment, and the known dimensions at the critical point.

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::{
    ising::{
        Coupling, Dynamics, Engine, Lattice, PackedEngine, Parameters, Spins, Start,
        clusters::{ClusterFinder, ClusterKind},
        exact,
    },
    statistics::Estimate,
};

fn at(temperature: f64) -> Parameters {
    Parameters { temperature, field: 0.0, coupling: Coupling::Ferromagnetic }
}

#[test]
fn geometric_clusters_are_those_of_a_flood_fill() {
    for side in [6, 20, 64] {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(side as u64);
        let lattice = Lattice::new(side, Start::Random, &mut rng).expect("even");
        let mut finder = ClusterFinder::new(side);
        finder.begin(ClusterKind::Geometric, &at(2.0));
        while !finder.advance(&lattice, &mut rng, 50).1 {}
        let mut seen = vec![false; lattice.len()];
        let (mut squares, mut largest) = (0.0, 0_usize);
        for start in 0..lattice.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let (mut stack, mut size) = (vec![start], 0);
            while let Some(place) = stack.pop() {
                size += 1;
                assert_eq!(finder.root(place), start as u32, "the smallest place names the cluster");
                for neighbour in lattice.neighbours(place) {
                    if lattice.spin(neighbour) == lattice.spin(start) && !std::mem::replace(&mut seen[neighbour], true)
                    {
                        stack.push(neighbour);
                    }
                }
            }
            squares += (size * size) as f64;
            largest = largest.max(size);
        }
        let spins = lattice.len() as f64;
        assert!((finder.second_moment() - squares / (spins * spins)).abs() < 1e-12);
        assert!((finder.largest_share() - largest as f64 / spins).abs() < 1e-12);
        // Boxes of one spin are its spins; one of each size of the distribution.
        assert_eq!(finder.box_counts().next(), Some((1, largest)));
    }
}

#[test]
fn the_second_moment_of_random_clusters_is_the_square_of_m() {
    // ⟨m²⟩ of the 4 × 4 torus from all its 2^16 states, at T_c and at T = 2.5.
    for (temperature, truth) in [(exact::critical_temperature(), 0.761_358_91), (2.5, 0.654_825_76)] {
        let parameters = at(temperature);
        let mut engine = PackedEngine::new(4, Start::Random, parameters, Dynamics::SwendsenWang, 3).expect("allowed");
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(17);
        let mut finder = ClusterFinder::new(4);
        let mut values = Vec::new();
        for _ in 0..100 {
            let mut sum = 0.0;
            for _ in 0..300 {
                engine.sweep();
                finder.begin(ClusterKind::FortuinKasteleyn, &parameters);
                while !finder.advance(engine.lattice(), &mut rng, u64::MAX).1 {}
                sum += finder.second_moment();
            }
            values.push(sum / 300.0);
        }
        let found = Estimate::of_independent(&values);
        assert!(found.error < 0.003, "{found:?}");
        assert!((found.value - truth).abs() < 4.0 * found.error, "T = {temperature}: {found:?} against {truth}");
    }
}

#[test]
fn at_the_critical_point_the_largest_clusters_have_their_known_dimensions() {
    let side = 512;
    let parameters = at(exact::critical_temperature());
    let mut engine = PackedEngine::new(side, Start::Up, parameters, Dynamics::SwendsenWang, 5).expect("allowed");
    (0..200).for_each(|_| engine.sweep());
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(2);
    let mut finder = ClusterFinder::new(side);
    for kind in ClusterKind::ALL {
        let mut dimensions = Vec::new();
        for _ in 0..60 {
            (0..10).for_each(|_| engine.sweep());
            finder.begin(kind, &parameters);
            while !finder.advance(engine.lattice(), &mut rng, u64::MAX).1 {}
            dimensions.push(finder.dimension().expect("large enough"));
        }
        let found = Estimate::of_independent(&dimensions);
        assert!(found.error < 0.01, "{kind:?}: {found:?}");
        // Boxes from 4 to 64 spins still see a little of both ends of the fractal range.
        assert!((found.value - kind.dimension()).abs() < 4.0 * found.error + 0.02, "{kind:?}: {found:?}");
    }
}
