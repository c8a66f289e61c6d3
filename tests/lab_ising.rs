//! The magnet behind the lab, driven by hand in slices that end anywhere.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use spinscape::{
    labs::ising::{
        common::live_averages::Phase,
        lattices::{
            frame::LatticeFrame,
            settings::{LatticeSettings, Rule},
            sim::LatticeSimulation,
        },
        magnet::{
            cluster_inside::ClusterState,
            frame::MagnetFrame,
            inspector::Watch,
            picture::ViewRequest,
            settings::MagnetSettings,
            sim::{MagnetCommand, MagnetSimulation},
        },
    },
    physics::ising::{Dynamics, Start, exact, graph::Geometry},
    simulation::{Budget, Clock, Message, Runner, Simulation},
};

#[test]
fn states_are_looked_at_between_updates_only() {
    // Slices that end in the middle of an update, where half of a great cluster may be turned.
    for dynamics in [Dynamics::SwendsenWang, Dynamics::Wolff] {
        let settings =
            MagnetSettings { size: 64, temperature: 2.0, dynamics, start: Start::Up, ..MagnetSettings::default() };
        let mut simulation = MagnetSimulation::new(settings);
        simulation.apply(MagnetCommand::Watch(Watch { correlation: true, ..Watch::default() }));
        let mut frame = MagnetFrame::default();
        for _ in 0..2500 {
            simulation.advance(Budget { work: 1500, steps: 1 });
            simulation.observe(&mut frame);
        }
        assert!(matches!(frame.live.phase, Phase::Settled | Phase::Short), "{:?}", frame.live);
        assert!(frame.correlation.states > 50, "{}", frame.correlation.states);
        // |m| of the endless lattice; at this size and temperature the difference is below 10⁻³.
        let order = frame.correlation.order_square.sqrt();
        let truth = exact::spontaneous_magnetization(2.0);
        assert!((order - truth).abs() < 0.01, "{dynamics:?}: {order} against {truth}");
    }
}

#[test]
fn another_magnet_has_nothing_of_the_one_before() {
    let small = MagnetSettings { size: 64, temperature: 2.5, ..MagnetSettings::default() };
    for watch in [
        Watch { correlation: true, ..Watch::default() },
        Watch { clusters: true, ..Watch::default() },
        Watch { blocks_shown: 16, ..Watch::default() },
    ] {
        let mut simulation = MagnetSimulation::new(small.clone());
        simulation.apply(MagnetCommand::Watch(watch));
        let mut frame = MagnetFrame::default();
        for _ in 0..400 {
            simulation.advance(Budget { work: u64::MAX, steps: 5 });
            simulation.observe(&mut frame);
        }
        let has_blocks = |frame: &MagnetFrame| frame.blur.iter().any(|blocks| blocks.order.is_some());
        let known = frame.correlation.states + frame.clusters.states + u64::from(has_blocks(&frame));
        assert!(known > 0, "{watch:?}");
        let large = MagnetSettings { size: 1024, ..small.clone() };
        for command in [MagnetCommand::Settings(Box::new(large)), MagnetCommand::Restart(1)] {
            simulation.apply(command);
            simulation.observe(&mut frame);
            // A state of the new magnet may have been looked at; the many of the old one are gone.
            assert!(frame.correlation.states <= 1 && frame.clusters.states <= 1, "{watch:?}: {frame:?}");
            assert!(frame.correlation.radial.is_empty() || frame.correlation.side == 1024, "{watch:?}");
            let share = frame.clusters.largest.map_or(0.0, |largest| largest.value);
            assert!(share < 0.05 || frame.clusters.states == 1, "{watch:?}: {share}");
            for _ in 0..3 {
                simulation.advance(Budget { work: u64::MAX, steps: 1 });
                simulation.observe(&mut frame);
            }
        }
    }
}

/// A clock on which every look at it takes two milliseconds, so that slices stay as short as they begin.
#[derive(Default)]
struct SlowClock(AtomicU64);

impl Clock for SlowClock {
    fn now(&self) -> Duration {
        Duration::from_millis(2 * self.0.fetch_add(1, Ordering::Relaxed))
    }
}

#[test]
fn no_half_turned_cluster_is_ever_shown() {
    // All spins up at T = 1: a state of the magnet has |m| near 0.99928 (Yang 1952), and only half of a great cluster that
    // is being turned has less. The deviation of |m| is below 10⁻³ at this size.
    let truth = exact::spontaneous_magnetization(1.0);
    for dynamics in [Dynamics::SwendsenWang, Dynamics::Wolff] {
        let settings =
            MagnetSettings { size: 256, temperature: 1.0, dynamics, start: Start::Up, ..MagnetSettings::default() };
        let (mut runner, mut frames) = Runner::new(MagnetSimulation::new(settings), Arc::new(SlowClock::default()));
        runner.receive([Message::Run(true)]);
        let (mut shown, mut turns_down) = (0, 0);
        for turn in 0..20_000 {
            if turn % 1000 == 999 {
                // A pause in the middle of an update shows no half of it either.
                runner.receive([Message::Run(turn % 2000 != 999)]);
            }
            if !runner.turn().1 {
                continue;
            }
            let frame = &frames.read().frame;
            shown += 1;
            turns_down += usize::from(frame.magnetization < 0.0);
            let magnetization = frame.magnetization.abs();
            assert!((magnetization - truth).abs() < 0.01, "{dynamics:?}: m = {magnetization} in picture {shown}");
        }
        assert!(shown > 100 && turns_down > 10, "{dynamics:?}: {shown} pictures, {turns_down} of them down");
    }
}

#[test]
fn a_cold_wolff_magnet_does_not_wait_for_the_clusters_of_a_hot_one() {
    let hot = MagnetSettings {
        size: 128,
        temperature: 5.0,
        dynamics: Dynamics::Wolff,
        start: Start::Up,
        ..MagnetSettings::default()
    };
    let mut simulation = MagnetSimulation::new(hot.clone());
    let mut frame = MagnetFrame::default();
    // Until a sweep is a fixed number of clusters, thousands of tiny ones.
    while frame.live.phase != Phase::Settled {
        simulation.advance(Budget { work: u64::MAX, steps: 50 });
        simulation.observe(&mut frame);
    }
    simulation.advance(Budget { work: 1000, steps: 1 });
    simulation.apply(MagnetCommand::Settings(Box::new(MagnetSettings { temperature: 1.0, ..hot })));
    let progress = simulation.advance(Budget { work: u64::MAX, steps: 3 });
    // Three sweeps of some two clusters at most, each as large as the magnet; turning counts as visiting.
    assert!(progress.work < 40 * 128 * 128, "{}", progress.work);
}

#[test]
fn looking_inside_a_cluster_is_shown_before_it_turns_and_is_what_turns() {
    let settings = MagnetSettings {
        size: 32,
        temperature: 2.2,
        dynamics: Dynamics::Wolff,
        start: Start::Random,
        ..MagnetSettings::default()
    };
    let mut simulation = MagnetSimulation::new(settings.clone());
    simulation.apply(MagnetCommand::LookInside(true));
    simulation.apply(MagnetCommand::View(ViewRequest::whole(32, 512)));
    let one = Budget { work: u64::MAX, steps: 1 };
    let mut frame = MagnetFrame::default();
    simulation.observe(&mut frame);
    assert_eq!(frame.inside.state, ClusterState::None);
    let (mut sizes, mut energies) = (0, Vec::new());
    for _ in 0..30_000 {
        let before = frame.picture.levels.clone();
        simulation.advance(one);
        simulation.observe(&mut frame);
        assert_eq!((frame.inside.state, &frame.picture.levels), (ClusterState::Grown, &before));
        let marked = frame.inside.pixels.clone();
        let size = marked.iter().filter(|&&pixel| pixel == 1).count();
        assert_eq!(size, frame.inside.size);
        let first = marked.iter().position(|&pixel| pixel == 1).expect("at least one");
        let all_alike = marked.iter().zip(&before).all(|(&marked, &level)| marked == 0 || level == before[first]);
        assert!(all_alike, "a cluster is of one kind");
        simulation.advance(one);
        simulation.observe(&mut frame);
        assert_eq!(frame.inside.state, ClusterState::Turned);
        let turned = before.iter().zip(&frame.picture.levels).zip(&marked);
        assert!(turned.into_iter().all(|((before, after), &marked)| (before != after) == (marked == 1)));
        sizes += size;
        energies.push(frame.energy);
    }
    // It is Wolff's rule: energies are those of the exact solution, and ⟨cluster⟩/N = ⟨m²⟩ < 1.
    let settled = &energies[500..];
    let mean = settled.iter().sum::<f64>() / settled.len() as f64;
    let blocks: Vec<f64> = settled.chunks_exact(500).map(|block| block.iter().sum::<f64>() / 500.0).collect();
    let spread = blocks.iter().map(|block| (block - mean).powi(2)).sum::<f64>() / (blocks.len() - 1) as f64;
    let error = (spread / blocks.len() as f64).sqrt();
    let truth = exact::finite_torus(32, 2.2).energy;
    assert!(error < 0.003 && (mean - truth).abs() < 4.0 * error, "{mean} ± {error} against {truth}");
    assert!(sizes > 30_000 * 300, "clusters are large where it orders: {sizes}");
    // A touch from outside forgets the cluster; what a frozen spin holds stays.
    simulation.apply(MagnetCommand::Settings(Box::new(MagnetSettings { temperature: 0.0, ..settings })));
    simulation.observe(&mut frame);
    assert_eq!((frame.inside.state, frame.inside.pixels.len()), (ClusterState::None, 0));
}

#[test]
fn no_half_turned_cluster_is_shown_on_another_lattice() {
    // As on the square lattice: at T = 1 the triangular one has |m| within 10⁻⁴ of 1 (Potts 1952).
    for rule in [Rule::Wolff, Rule::SwendsenWang] {
        let settings = LatticeSettings {
            geometry: Geometry::Triangular,
            side: 64,
            temperature: 1.0,
            rule,
            start: Start::Up,
            ..LatticeSettings::default()
        };
        // Slices that end as soon as they can: in the middle of a cluster, if that were possible.
        let mut simulation = LatticeSimulation::new(settings);
        let mut frame = LatticeFrame::default();
        let mut turns_down = 0;
        for slice in 0..400 {
            simulation.advance(Budget { work: 1 + slice % 7, steps: 1 + slice % 3 });
            simulation.observe(&mut frame);
            turns_down += usize::from(frame.order < 0.0);
            assert!(frame.order.abs() > 0.99, "{rule:?}: m = {} after slice {slice}", frame.order);
        }
        assert!(turns_down > 100, "{rule:?}: {turns_down} times down");
    }
}
